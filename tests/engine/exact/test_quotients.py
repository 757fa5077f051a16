"""Where units lack different figures exact answers hold against a fine grid of weights."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.movable import form
from softpower.engine.exact.changes import smallest_change
from softpower.engine.exact.extremes import change_to_rank, extreme_rank
from softpower.engine.exact.quotients import LEAST_COUNTED, turning_rows
from softpower.engine.exact.unlike import lead_signs, seen_below
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
@example([(None, None, 0), (None, 0, None), (0, None, 1)])
def test_no_weights_of_a_grid_lead_further(table):
    found = form(dict(zip("abc", zip(*table, strict=True), strict=True)), *BOUNDS)
    weights = grid(0.2, 0.6)
    scores = found.scores(weights)
    able = (weights @ found.counted.T >= LEAST_COUNTED).all(axis=1)
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


@settings(max_examples=5, deadline=None)
@given(TABLES)
def test_no_change_on_a_grid_is_smaller(table):
    bounds = ("a=20..40", "b=20..40", "c=20..60")
    found = form(dict(zip("abc", zip(*table, strict=True), strict=True)), *bounds)
    weights = grid(0.2, 0.4)
    ranks = rank(found.scores(weights), magnitude=9.0)
    sizes = np.abs(weights - found.region.nominal).sum(axis=1)
    own = rank(found.scores(found.region.nominal)[None, :], magnitude=9.0)[0]
    for unit in range(len(table)):
        if own[unit] > 1:
            change = change_to_rank(found, unit, own[unit] - 1, 0.3)
            there = ranks[:, unit] <= own[unit] - 1
            least = sizes[there].min() if there.any() else np.inf
            assert change is None or change.bound <= least + 1e-6
            assert change is not None or not there.any()


def test_a_change_to_a_rank_by_hand():
    # The first has 3; the second 7/10 * 2 + 3/10 * 4 = 2.6, and is above where w < 1/2.
    found = form({"a": [3, 2], "b": [None, 4]}, weights={"a": 7, "b": 3})
    change = change_to_rank(found, 1, 1, 600)
    assert change is not None
    assert change.size == pytest.approx(0.4, abs=1e-5)
    assert change.bound == pytest.approx(0.4, abs=1e-5)
    assert change_to_rank(form({"a": [3, 2], "b": [None, 2]}, "a=10..90"), 1, 1, 600) is None


def test_pairs_by_hand():
    # 3 is above 4 - 2 w where w > 1/2 only, above 3 - w at any w, and never above 3 or 4.
    found = form({"a": [3, 2, 2, 3], "b": [None, 4, 3, 4]}, "a=10..90")
    none = np.zeros(4, dtype=bool)
    assert list(lead_signs(found, 0, range(4), none)) == [1, -1, 1, -1]
    assert list(lead_signs(found, 1, range(4), none)) == [-1, 1, 1, -1]
    seen = seen_below(found, range(4))
    assert seen[0, 1]
    assert seen[1, 0]
    assert not seen[0, 2]
