"""Where units lack different figures exact answers hold against a fine grid of weights."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.movable import form
from softpower.engine.exact.changes import smallest_change
from softpower.engine.exact.extremes import extreme_rank
from softpower.engine.exact.quotients import turning_rows
from softpower.errors import MethodError
from softpower.methods.ties import rank

BOUNDS = ("a=20..60", "b=20..60")


def grid(low, high, steps=40):
    """Return weights of which the first two lie between bounds, in steps of a part of one."""
    sides = np.arange(int(low * steps), int(high * steps) + 1) / steps
    a, b = np.meshgrid(sides, sides)
    weights = np.column_stack([a.ravel(), b.ravel(), 1 - a.ravel() - b.ravel()])
    return weights[weights[:, 2] >= 0]


FIGURES = st.one_of(st.none(), st.integers(0, 9))
TABLES = st.lists(
    st.tuples(FIGURES, FIGURES, FIGURES).filter(lambda row: any(x is not None for x in row)),
    min_size=3,
    max_size=3,
).filter(lambda rows: all(any(row[j] is not None for row in rows) for j in range(3)))


@settings(max_examples=6, deadline=None)
@given(TABLES)
def test_no_weights_of_a_grid_lead_further(table):
    found = form(dict(zip("abc", zip(*table, strict=True), strict=True)), *BOUNDS)
    scores = found.scores(grid(0.2, 0.6))
    able = ~np.isnan(scores).any(axis=1)
    ranks = rank(scores[able], magnitude=9.0)
    for unit in range(len(table)):
        for end, most in (("best", ranks.min(axis=0)), ("worst", ranks.max(axis=0))):
            told = extreme_rank(found, unit, end, 0.2)
            sign = 1 if end == "best" else -1
            assert sign * told.bound <= sign * most[unit]
            assert sign * told.bound <= sign * told.rank
            assert rank(found.scores(told.weights), magnitude=9.0)[unit] == told.rank


def test_a_rank_by_hand():
    # The first has 3 whatever the weights; the second 4 - 2 w, and so is above below one half.
    found = form({"a": [3, 2, 0], "b": [None, 4, 0]}, "a=10..45")
    assert not found.linear
    assert [extreme_rank(found, 0, end, 9)[:2] for end in ("best", "worst")] == [(2, 2), (2, 2)]
    wider = form({"a": [3, 2, 0], "b": [None, 4, 0]}, "a=10..60")
    assert [extreme_rank(wider, 1, end, 9)[:2] for end in ("best", "worst")] == [(1, 1), (2, 2)]


def test_a_change_by_hand():
    found = form({"a": [3, 2], "b": [None, 4]}, weights={"a": 7, "b": 3})
    rows = turning_rows(found, 1, 0, "sum")
    assert smallest_change(found.region, rows).size == pytest.approx(0.4)


def test_the_smallest_change_is_that_of_a_grid():
    columns = {"a": [6, None], "b": [None, 1], "c": [2, 5]}
    weights = {"a": 5, "b": 3, "c": 2}
    found = form(columns, "a=10..80", "b=5..80", "c=5..80", weights=weights)
    # (6 a + 2 c) / (a + c) against (b + 5 c) / (b + c)
    rows = turning_rows(found, 1, 0, "sum")
    size = smallest_change(found.region, rows).size
    some = grid(0.05, 0.8, steps=400)
    some = some[(some[:, 0] >= 0.1) & (some[:, 2] >= 0.05)]
    scores = found.scores(some)
    reached = np.abs(some - [0.5, 0.3, 0.2]).sum(axis=1)[scores[:, 1] >= scores[:, 0]].min()
    assert reached - 0.01 <= size <= reached + 1e-9


def test_no_rows_are_given_where_no_weights_turn_a_pair():
    # 4 b / (a + b) against (8 a + 3 c) / (a + c), of which a grid finds no equal.
    bounds = ("a=10..80", "b=10..80", "c=10..80")
    found = form({"a": [8, 0], "b": [None, 4], "c": [3, None]}, *bounds)
    some = grid(0.1, 0.8)
    scores = found.scores(some[some[:, 2] >= 0.1])
    assert (scores[:, 0] > scores[:, 1]).all()
    assert turning_rows(found, 1, 0, "sum") is None


def test_what_only_sums_answer_is_refused():
    found = form({"a": [1, None, 3], "b": [3, 1, None]})
    with pytest.raises(MethodError, match="lack different figures"):
        found.comparisons(0)
