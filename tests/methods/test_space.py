"""Admissible weights are stated as they are printed, and drawn uniformly."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower.errors import UsageError
from softpower.methods.polytope import Polytope
from softpower.methods.space import WeightSpace

EQUAL = np.full(3, 1 / 3)
IDS = ("a", "b", "c")


def drawn(statement, count=100_000, own=EQUAL):
    siblings = WeightSpace.parse([statement]).among(IDS, own)
    return siblings(np.random.default_rng(5), own, count)


def test_ordered_weights_have_the_means_of_the_ordered_simplex(proof):
    """The means are those of ordered spacings: Rao & Sobel (1980), J. Multivariate Analysis 10."""
    proof(
        WeightSpace,
        "11/18, 5/18, 2/18",
        drawn("a>=b>=c").mean(axis=0),
        [11 / 18, 5 / 18, 1 / 9],
        2e-3,
    )


def test_weights_between_bounds_are_uniform_on_them():
    w = drawn("a=20..40,b=20..40")
    # Both are uniform on a square: nothing of it is cut off, for c has all of the rest.
    assert np.allclose(w[:, :2].mean(axis=0), 0.3, atol=2e-3)
    assert np.allclose(w[:, :2].var(axis=0), 0.2**2 / 12, atol=5e-5)
    assert abs(np.corrcoef(w[:, 0], w[:, 1])[0, 1]) < 0.02


def test_no_weight_leaves_its_relative_bounds():
    own = np.array([0.5, 0.3, 0.2])
    w = drawn("25%", own=own)
    assert (np.abs(w / own - 1) <= 0.25 + 1e-12).all()
    assert (np.abs(w / own - 1).max(axis=0) > [0.23, 0.24, 0.24]).all()


def test_a_walk_and_a_rejection_lead_to_the_same_distribution():
    polytope = WeightSpace.parse(["a>=b,c=10..50"]).polytope(IDS, EQUAL)
    u = np.random.default_rng(3).random((20_000, 3))
    walked, picked = polytope._walked(u, polytope._steps), polytope.sampled(u)
    assert np.allclose(walked.mean(axis=0), picked.mean(axis=0), atol=5e-3)
    assert np.allclose(walked.std(axis=0), picked.std(axis=0), atol=5e-3)


def test_a_walk_is_long_enough_to_forget_where_it_started():
    polytope = WeightSpace.parse(["a=30..31"]).polytope(IDS, EQUAL)
    u = np.random.default_rng(4).random((4_000, 3))
    starts = polytope._corners[np.arange(4_000) % len(polytope._corners)]
    ends = polytope._walked(u, polytope._steps, starts)
    assert polytope._remembered(starts, starts) == pytest.approx(1)
    assert polytope._remembered(starts, ends) < 0.06  # 4 standard errors


def test_the_same_points_stand_for_the_same_weights_in_any_company():
    polytope = WeightSpace.parse(["25%"]).polytope(IDS, EQUAL)
    u = np.random.default_rng(6).random((50, 3))
    assert np.array_equal(polytope.sampled(u)[:7], polytope.sampled(u[:7]))
    assert np.array_equal(polytope._walked(u, 9)[:7], polytope._walked(u[:7], 9))


STATEMENTS = st.lists(
    st.sampled_from(["40%", "a=10..60", "b=..50", "a/b=0.5..3", "a>=c", "b>=c"]), unique=True
)


@settings(max_examples=25, deadline=None)
@given(STATEMENTS)
def test_drawn_weights_satisfy_what_is_stated(stated):
    space = WeightSpace.parse(stated) if stated else WeightSpace.stated()
    assert WeightSpace.parse(space.statements()) == space if stated else True
    polytope = space.polytope(IDS, EQUAL)
    for w in (
        polytope.sampled(np.random.default_rng(1).random((200, 3))),
        polytope._walked(np.random.default_rng(1).random((50, 3)), 16),
    ):
        assert np.allclose(w.sum(axis=1), 1)
        assert (w >= polytope.low - 1e-9).all()
        assert (w <= polytope.high + 1e-9).all()
        assert (w @ polytope.rows.T >= -1e-9).all()


def test_a_weight_of_zero_stays_zero_unless_bounds_are_stated():
    own = np.array([0.5, 0.5, 0.0])
    assert (drawn("a>=b", 100, own)[:, 2] == 0).all()
    assert drawn("c=0..20", 2_000, own)[:, 2].max() > 0.15


@pytest.mark.parametrize(
    ("statement", "complaint"),
    [
        ("a>b", "states nothing about weights"),
        ("a>=b>=a", "names a weight twice"),
        ("a>=b<=c", "is no order of weights"),
        ("a=40..10", "no bounds of the weight of a"),
        ("a=10..120", "no bounds of the weight of a"),
        ("a/a=1..2", "compares a weight with itself"),
        ("a/b=2..1", "no bounds of a/b"),
        ("a=1..2,a=3..4", "Bounds of a are stated twice"),
        ("25%,30%", "Two shares"),
        ("120%", "cannot be off by 120 %"),
        ("a=x..3", "states nothing about weights"),
    ],
)
def test_what_cannot_be_meant_is_refused(statement, complaint):
    with pytest.raises(UsageError, match=complaint):
        WeightSpace.parse([statement])


@pytest.mark.parametrize(
    "statement", ["a=50..,b=60..", "a=..10,b=..10,c=..10", "a=40..,c=50..,b>=a"]
)
def test_weights_that_satisfy_nothing_are_refused(statement):
    with pytest.raises(UsageError, match="No weights of a, b, c satisfy"):
        WeightSpace.parse([statement]).polytope(IDS, EQUAL)


def test_bounds_are_as_tight_as_the_sum_makes_them():
    found = Polytope.between(np.array([0.5, 0.2, 0.0]), np.ones(3), np.empty((0, 3)))
    assert np.allclose(found.high, [0.8, 0.5, 0.3])


@pytest.mark.parametrize(
    ("stated", "vertices"),
    [
        ([], [(0, 0, 1), (0, 1, 0), (1, 0, 0)]),
        (["a>=b>=c"], [(1 / 3, 1 / 3, 1 / 3), (1 / 2, 1 / 2, 0), (1, 0, 0)]),
        (["a=20..50", "b=..40"], [(0.2, 0, 0.8), (0.2, 0.4, 0.4), (0.5, 0, 0.5), (0.5, 0.4, 0.1)]),
        (["a=50", "b/c=1"], [(0.5, 0.25, 0.25)]),
    ],
)
def test_vertices_are_those_on_paper(stated, vertices):
    space = WeightSpace.parse(stated) if stated else WeightSpace.stated()
    found = space.polytope(("a", "b", "c"), np.full(3, 1 / 3)).vertices
    assert np.allclose(sorted(map(tuple, found)), vertices, atol=1e-12)


def test_of_many_weights_vertices_are_not_looked_for():
    ids = tuple(f"w{i}" for i in range(30))
    within = WeightSpace.parse(["25%"]).polytope(ids, np.full(30, 1 / 30))
    assert within.vertices is None
    assert len(WeightSpace.stated().polytope(ids, np.full(30, 1 / 30)).vertices) == 30
