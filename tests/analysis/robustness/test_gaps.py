"""Ranks by what is missing: every one attained by a filling, and none beyond it."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import softpower
from softpower.errors import UsageError

pd = pytest.importorskip("pandas")

COUNTED = {"coverage": {"country": 0, "pillar": 0}, "normalise": "minmax"}
UNITS = ("Atlantis", "Lemuria", "Ruritania", "Thule")


def made(values, **methodology):
    frame = pd.DataFrame(values, columns=["music", "ships"], index=list(UNITS))
    return softpower.index_from(
        frame,
        id="places",
        units="other",
        indicators={"music": {}, "ships": {"direction": "lower"}},
        methodology={**COUNTED, **methodology},
    )


def records(answer, name="gaps"):
    return answer.table(name).records()


def test_a_gap_takes_the_best_and_the_worst_of_what_others_have():
    index = made([[90, 10], [50, 20], [np.nan, 30], [10, 40]])
    # Music 10 to 90, ships 10 to 40 (fewer are better). Scores: Atlantis 100,
    # Lemuria 58.3, Thule 0. Ruritania has 33.3 of ships, and so 66.7 with the best of music,
    # 16.7 with the worst.
    answer = softpower.robustness(index, gaps=True, country="Ruritania")
    (row,) = records(answer)
    assert (row["missing"], row["best"], row["worst"]) == (1, 2, 3)
    assert records(answer, "filling") == [
        {"country": "Ruritania", "indicator": "music", "best": 90.0, "worst": 10.0}
    ]
    assert {r["indicator"]: (r["best"], r["worst"]) for r in records(answer, "admissible")} == {
        "music": (90, 10),
        "ships": (10, 40),
    }
    assert answer.notes[:2] == (
        "1 of 8 figures is missing of the units that are ranked.",
        "No other admissible filling goes beyond these ranks.",
    )


tables = st.lists(
    st.tuples(
        st.sampled_from([0.0, 1.0, 2.0, 5.0, np.nan]), st.sampled_from([1.0, 3.0, 4.0, np.nan])
    ),
    min_size=4,
    max_size=4,
)


@settings(max_examples=25, deadline=None)
@given(tables)
def test_no_filling_goes_beyond_and_score_computes_the_ranks_again(values):
    values = np.array(values)
    known = ~np.isnan(values)
    if known.all() or any(len(set(values[known[:, j], j])) < 2 for j in (0, 1)):
        return
    if not known.any(axis=1).all():
        return
    index = made(values)
    found = {row["country"]: row for row in records(softpower.robustness(index, gaps=True))}
    cells = [tuple(cell) for cell in np.argwhere(~known)]
    choices = [sorted(set(values[known[:, j], j])) for _, j in cells]
    ends = {name: set() for name in UNITS}
    for filling in product(*choices):
        whole = values.copy()
        for cell, value in zip(cells, filling, strict=True):
            whole[cell] = value
        for standing in softpower.load(made(whole)).score():
            ends[standing.name].add(standing.rank)
    for name in UNITS:
        assert found[name]["best"] == min(ends[name])
        assert found[name]["worst"] == max(ends[name])


def test_a_country_without_a_rank_has_those_it_could_have():
    index = made([[90, 10], [50, 20], [np.nan, np.nan], [10, 40]])
    answer = softpower.robustness(index, gaps=True, country="Ruritania")
    (row,) = records(answer)
    assert (row["rank"], row["best"], row["worst"]) == (None, 1, 3)


def test_denominators_are_multiplied_back():
    frame = pd.DataFrame(
        {"music": [90.0, 50, np.nan, 10], "people": [9.0, 10, 100, 10], "ships": [1.0, 2, 3, 4]},
        index=list(UNITS),
    )
    index = softpower.index_from(
        frame,
        id="places",
        units="other",
        indicators={
            "music": {"pillar": "all", "denominator": "people"},
            "ships": {"pillar": "all"},
            "people": {"pillar": "-"},
        },
        pillars={"all": {"title": "All"}},
        methodology=COUNTED,
    )
    answer = softpower.robustness(index, gaps=True, country="Ruritania")
    # Music per head is 10, 5 and 1, so that Atlantis has 50 in all, Lemuria 38.9 and Thule 50.
    # Ruritania, with 66.7 of ships, has 83.3 with the best of music, 33.3 with the worst.
    (row,) = records(answer)
    assert (row["best"], row["worst"]) == (1, 4)
    assert records(answer, "filling")[0]["best"] == 10


@pytest.mark.parametrize(
    ("methodology", "said"),
    [
        ({"normalise": "zscore"}, "normalise"),
        ({"treat": "winsorise"}, "treat"),
        ({"weight": "equal"}, None),
        ({"aggregate": "geometric", "normalise": {"method": "minmax", "low": 1}}, None),
        ({"aggregate": "borda", "impute": "mean"}, "aggregate"),
    ],
)
def test_what_is_not_proven_is_said(methodology, said):
    index = made([[90, 10], [50, 20], [np.nan, 30], [10, 40]], **methodology)
    note = softpower.robustness(index, gaps=True).notes[1]
    assert ("may go beyond" in note) is (said is not None)
    assert said is None or note.endswith(f"hangs on {said} here.")


def test_gaps_go_with_nothing_that_is_drawn_and_need_figures():
    with pytest.raises(UsageError, match="`draws` has no effect"):
        softpower.robustness("hdi-2022", gaps=True, draws=100)
    with pytest.raises(UsageError, match="`vary` has no effect"):
        softpower.robustness("hdi-2022", gaps=True, vary="aggregate=geometric,arithmetic")
    with pytest.raises(UsageError, match="no figure is missing"):
        softpower.robustness("gspi-2026", gaps=True)


@pytest.mark.parametrize("idle", [{"confidence": 95}, {"first": 3}])
def test_what_gaps_have_no_use_for_is_refused(idle):
    with pytest.raises(UsageError, match=f"`{next(iter(idle))}` has no effect"):
        softpower.robustness("hdi-2022", gaps=True, **idle)
