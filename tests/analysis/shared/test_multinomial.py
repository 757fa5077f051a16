"""Exact sets for shares: binomial chances worked by hand, and how scores are read."""

import numpy as np
import pytest
from scipy.stats import binom

import softpower
from softpower.analysis.shared.confidence import rank_sets
from softpower.analysis.shared.multinomial import holm, told_apart_exactly
from softpower.errors import UsageError


def poll(scores, **methodology):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame({"unit": [f"Party {k}" for k in "ABCDEF"[: len(scores)]], "share": scores})
    plain = {"coverage": {"country": 0, "pillar": 0}, "normalise": "none", **methodology}
    return softpower.index_from(frame, id="poll", units="other", methodology=plain)


def test_two_are_told_apart_by_the_binomial_chance():
    # P(B(10, 1/2) >= 9) = 11/1024 = 0.0107, held against half of the level.
    assert told_apart_exactly(np.array([9.0, 1.0]), 97.8).simultaneous[0, 1] == 1
    assert told_apart_exactly(np.array([9.0, 1.0]), 97.9).simultaneous[0, 1] == 0
    assert told_apart_exactly(np.array([9.0, 1.0]), 97.8).marginal[1, 0] == -1
    assert told_apart_exactly(np.array([9.0, 1.0]), 97.8, -1).marginal[1, 0] == 1


def test_holms_steps_stop_at_the_first_that_is_not_rejected():
    # Of 0.05 over 4, 3, 2 and 1: 0.0125, 0.0167, 0.025 and 0.05.
    assert holm(np.array([0.017, 1e-5, 0.1, 0.02]), 0.05).tolist() == [False, True, False, False]
    assert holm(np.array([0.016, 1e-5, 0.04, 0.02]), 0.05).tolist() == [True] * 4


def test_sets_are_those_of_a_loop_over_all_pairs():
    counts = np.array([40.0, 25.0, 22.0, 8.0, 0.0])
    tests = sorted(
        (binom.sf(counts[k] - 1, counts[k] + counts[j], 0.5), k, j)
        for k in range(5)
        for j in range(5)
        if k != j
    )
    best, worst = np.ones(5), np.full(5, 5.0)
    for step, (chance, k, j) in enumerate(tests):
        if chance > 0.05 / (len(tests) - step):
            break
        best[j] += 1
        worst[k] -= 1
    low, high = rank_sets(told_apart_exactly(counts, 95).simultaneous)
    assert (low.tolist(), high.tolist()) == (best.tolist(), worst.tolist())
    assert low.tolist() == [1, 1, 1, 3, 4]
    own_low, own_high = rank_sets(told_apart_exactly(counts, 95).marginal)
    assert (own_low >= low).all()
    assert (own_high <= high).all()


@pytest.mark.parametrize(
    ("scores", "respondents", "read"),
    [
        ([40.0, 25.0, 30.0], 1000, "percentages"),
        ([0.40, 0.25, 0.30], 1000, "shares of one"),
        ([400.0, 250.0, 300.0], 1000, "numbers of answers"),
    ],
)
def test_shares_are_read_in_one_way_and_the_answer_says_in_which(scores, respondents, read):
    answer = softpower.robustness(poll(scores), confidence=95, respondents=respondents, first=1)
    assert any(f"read as {read}: 950 of 1,000" in note for note in answer.notes)
    rows = answer.table("confidence").records()
    assert [(row["low"], row["high"]) for row in rows] == [(1, 1), (2, 3), (2, 3)]
    whole = {"percentages": 100, "shares of one": 1, "numbers of answers": 1000}[read]
    assert rows[0]["error"] == pytest.approx(whole * (0.4 * 0.6 / 1000) ** 0.5)
    assert answer.provenance["confidence"]["respondents"] == 1000


@pytest.mark.parametrize(
    ("scores", "respondents", "said"),
    [
        ([40.0, 25.0], 80, "may be numbers of 80 respondents"),
        ([40.5, 95.0], 1000, "Scores sum to 135.5"),
        ([600.0, 500.0], 1000, "Scores sum to 1100"),
        ([-1.0, 5.0], 1000, "A score is -1"),
    ],
)
def test_what_are_no_shares_is_refused(scores, respondents, said):
    with pytest.raises(UsageError, match=said):
        softpower.robustness(poll(scores), confidence=95, respondents=respondents)


def test_shares_that_were_changed_on_the_way_are_refused():
    with pytest.raises(UsageError, match="not the shares of one question"):
        softpower.robustness(poll([4.0, 2.0], normalise="minmax"), confidence=95, respondents=9)
