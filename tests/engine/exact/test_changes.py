"""The smallest change of weights is what a drawing on paper, and all choices tried, say."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.movable import form
from softpower.engine.exact.certificate import firm_change, ranks_under
from softpower.engine.exact.changes import smallest_change
from softpower.engine.exact.extremes import change_to_rank, extreme_rank
from softpower.engine.exact.solver import Program

TWO = {"a": [3, 0], "b": [0, 1]}
"""The second is level with the first where ``3 w = 1 - w``, and so at a quarter."""


def test_a_change_by_hand():
    found = form(TWO)
    ahead = found.comparisons(0)[[1]]
    assert smallest_change(found.region, ahead).size == pytest.approx(0.5)
    squares = smallest_change(found.region, ahead, "squares")
    assert squares.size == pytest.approx(0.25 * np.sqrt(2))
    assert np.allclose(squares.weights, [0.25, 0.75])


def test_bounds_that_forbid_a_change_forbid_the_flip():
    found = form(TWO, "a=30..60")
    ahead = found.comparisons(0)[[1]]
    assert smallest_change(found.region, ahead) is None
    assert smallest_change(found.region, ahead, "squares") is None


def test_written_weights_go_as_far_as_the_order_turns_and_hardly_further():
    found = form(TWO)
    change, percent = firm_change(
        found, found.comparisons(0)[[1]], "sum", lambda ranks: ranks[1] < ranks[0]
    )
    assert change.size == pytest.approx(0.5)
    assert percent[""].sum() == pytest.approx(100)
    assert 24.9 < percent[""][0] < 25
    assert ranks_under(found, {"": percent[""] / 100})[1] == 1


def test_units_that_can_be_level_at_most_are_told():
    found = form({"a": [2, 1, 0], "b": [1, 1, 5]})
    change, percent = firm_change(
        found, found.comparisons(0)[[1]], "sum", lambda ranks: ranks[1] < ranks[0]
    )
    assert percent is None
    assert change.size == pytest.approx(1)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=3, max_size=5, unique=True))
def test_the_smallest_change_to_a_rank_is_that_of_all_choices_tried(table):
    values = np.array(table, dtype=float)
    found = form(dict(zip("abc", values.T.tolist(), strict=True)))
    ranks = found.batch.nominal.ranks
    for unit in range(len(table)):
        ahead = np.delete(found.comparisons(unit), unit, axis=0)
        for rank in range(1, int(ranks[unit])):
            sizes = [
                change.size
                for some in combinations(range(len(ahead)), len(ahead) - rank + 1)
                if (change := smallest_change(found.region, -ahead[list(some)])) is not None
            ]
            told = change_to_rank(found, unit, rank, 60)
            assert (told is None) is (not sizes)
            assert (extreme_rank(found, unit, "best", 60).rank > rank) is (not sizes)
            if told is not None:
                assert told.size == pytest.approx(min(sizes), abs=1e-7)
                assert told.bound == pytest.approx(told.size)


def test_the_smallest_change_to_a_worse_rank():
    # Level where 3 w = 1 - w: beyond that the first is second.
    found = form(TWO)
    assert change_to_rank(found, 0, 2, 9, "worst").size == pytest.approx(0.5, abs=1e-6)
    assert change_to_rank(found, 1, 2, 9, "worst").size == 0
    assert change_to_rank(form(TWO, "a=30..60"), 0, 2, 9, "worst") is None


def test_what_no_time_is_left_for_is_not_excluded(monkeypatch):
    monkeypatch.setattr(Program, "least_whole", lambda *_: (None, -np.inf))
    change = change_to_rank(form({"a": [3, 2, 0], "b": [1, 0, 2]}), 2, 1, 1)
    assert (change.size, change.bound) == (np.inf, 0)
