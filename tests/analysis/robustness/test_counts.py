"""Quantiles, shares and shifts of places, against numpy on the ranks of every draw."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower.analysis.robustness.counts import Counts
from softpower.engine.ranking import RankVector
from softpower.engine.sampling.block import Block
from softpower.engine.sampling.draws import FigureDraws
from softpower.engine.sampling.sweep import Failed, Outcome
from softpower.methods.ties import rank

SHARES = st.sampled_from([0.0, 0.05, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.95, 1.0])


@st.composite
def cases(draw):
    """Blocks of draws of different units under two rules on ties, with scores of few values."""
    units = draw(st.integers(2, 6))
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        there = sorted(draw(st.sets(st.integers(0, units - 1), min_size=1)))
        row = st.lists(st.integers(0, 4), min_size=len(there), max_size=len(there))
        scores = draw(st.lists(row, min_size=1, max_size=8))
        blocks.append((there, np.array(scores, dtype=float), draw(st.integers(0, 1))))
    rules = draw(st.sampled_from([("average", "average"), ("competition", "average"),
                                  ("competition", "dense")]))  # fmt: skip
    return units, blocks, rules


def summed(units, blocks, rules):
    """Return the sums over blocks, and the ranks that went in (draws x units)."""
    names = [f"u{i}" for i in range(units)]
    ranking = SimpleNamespace(
        units=[SimpleNamespace(id=name) for name in names],
        ranks=np.arange(1.0, units + 1),
        order=lambda: range(units),
    )
    sweep = SimpleNamespace(drawn=True)
    known = SimpleNamespace(ranking=ranking, halves="average" in rules, sweep=sweep)
    counts = Counts(known, [(0, 1)], 2)
    rows = []
    for there, scores, setup in blocks:
        ties = rules[setup]
        some = RankVector(tuple(names[i] for i in there))
        block = Block(setup, some, ties, len(scores), FigureDraws(scores, ties))
        counts.add(Outcome(setup, len(scores), counts.tally(block)))
        ranks = np.full((len(scores), units), np.nan)
        ranks[:, there] = rank(scores, ties)
        rows.append(ranks)
    return counts, np.concatenate(rows)


def each(ranks, of):
    """Return a figure of the ranks that each unit has, if it has any."""
    there = [column[~np.isnan(column)] for column in ranks.T]
    return [of(column) if column.size else np.nan for column in there]


@settings(deadline=None, max_examples=200)
@given(cases(), SHARES, st.integers(1, 4))
def test_what_is_said_of_places_is_said_of_the_ranks_of_all_draws(case, share, place):
    counts, ranks = summed(*case)
    # Definition 2 of Hyndman & Fan (1996): the mean of two where the share is met exactly.
    quantile = each(ranks, lambda x: np.quantile(x, share, method="averaged_inverted_cdf"))
    np.testing.assert_array_equal(counts.quantile(share), quantile)
    np.testing.assert_allclose(counts.mean(), each(ranks, np.mean), rtol=1e-14)
    np.testing.assert_allclose(counts.within(place), each(ranks, lambda x: np.mean(x <= place)))
    best, worst = counts.extreme()
    np.testing.assert_array_equal(best, each(ranks, np.min))
    np.testing.assert_array_equal(worst, each(ranks, np.max))
    nominal = np.arange(ranks.shape[1]) + 1.5
    shift = each(np.abs(ranks - nominal), np.mean)
    np.testing.assert_allclose(counts.shift(nominal), shift, rtol=1e-14)
    both = ranks[~np.isnan(ranks[:, 0] + ranks[:, 1])]
    assert counts.compared[0] == len(both)
    above = (both[:, 0] < both[:, 1]) + 0.5 * (both[:, 0] == both[:, 1])
    assert counts.above[0] == above.sum()
    assert (counts.draws, counts.failed, counts.made) == (len(ranks), 0, len(ranks))


def test_two_that_tie_under_average_share_one_and_a_half():
    counts, _ = summed(3, [([0, 1, 2], np.array([[5.0, 5, 1]] * 4), 0)], ("average", "average"))
    np.testing.assert_array_equal(counts.axis, [1, 1.5, 2, 2.5, 3])
    np.testing.assert_array_equal(counts.quantile(0.5), [1.5, 1.5, 3])
    np.testing.assert_array_equal(counts.mean(), [1.5, 1.5, 3])
    np.testing.assert_array_equal(counts.extreme(), [[1.5, 1.5, 3]] * 2)


def test_a_quantile_is_that_of_all_draws_so_far():
    counts, _ = summed(2, [([0, 1], np.array([[2.0, 1]] * 3), 0)], ("competition", "dense"))
    assert counts.quantile(0.5).tolist() == [1, 2]
    block = Block(
        0, RankVector(("u0", "u1")), "dense", 9, FigureDraws(np.array([[1.0, 2]] * 9), "dense")
    )
    counts.add(Outcome(0, 9, counts.tally(block)))
    assert counts.quantile(0.5).tolist() == [2, 1]


def test_draws_that_fail_are_counted_by_their_reason():
    counts, _ = summed(2, [([0, 1], np.array([[2.0, 1]] * 3), 0)], ("competition", "dense"))
    for draws, reason in ((2, "that"), (5, "this"), (1, "that")):
        counts.add(Failed(0, draws, reason))
    assert (counts.draws, counts.failed, counts.made) == (11, 8, 3)
    assert counts.reasons == {"that": 3, "this": 5}
    assert counts.mean() == pytest.approx([1, 2])
