"""Extreme ranks are those that an enumeration of all weights finds, ties and doubles included."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.movable import form, setup_of, tai
from helpers.weighed import weigh
from softpower.engine.exact.budget import Budget
from softpower.engine.exact.certificate import ranks_under, rescored, shortest
from softpower.engine.exact.extremes import extreme_rank
from softpower.engine.exact.pairs import widest_lead
from softpower.engine.exact.places import most_places
from softpower.engine.exact.satisfied import Rows, most_satisfied
from softpower.errors import MethodError
from softpower.methods.ties import rank
from softpower.methods.weight.doubt import BenefitOfTheDoubt

SIDES = [(1, 0, 0), (0, 1, 0), (0, 0, 1)]
STATED = {"": [], "a>=b": [(1, -1, 0)], "a=20..60": [(4, -1, -1), (-2, 3, 3)]}
"""What is stated of three weights, and the same as whole-number rows that are not negative."""


def everywhere(values, stated):
    """Return weights, in whole numbers, on every face of the arrangement of all comparisons.

    The sides, and the lines on which two units are level, cut the weights into faces: corners,
    edges and cells. Means of one, two and three corners lie inside every one of them, and the order
    of the units is the same throughout each.
    """
    rows = np.array(SIDES + STATED[stated])
    pairs = [values[i] - values[j] for i, j in combinations(range(len(values)), 2)]
    lines = np.unique([*map(tuple, rows), *map(tuple, pairs)], axis=0)
    corners = np.cross(*np.array(list(combinations(lines, 2))).transpose(1, 0, 2))
    corners = np.concatenate([corners, -corners])
    corners = corners[(corners.sum(axis=1) > 0) & (corners @ rows.T >= 0).all(axis=1)]
    corners = np.unique(corners // np.gcd.reduce(corners, axis=1)[:, None], axis=0)
    points = [corners]
    for many in (2, 3):
        sets = np.array(list(combinations(corners, many)))
        if len(sets):
            sums = sets.sum(axis=2)
            rest = np.prod(sums, axis=1, keepdims=True) // sums
            points.append((sets * rest[:, :, None]).sum(axis=1))
    return np.concatenate(points)


TABLES = st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=2, max_size=4)


@settings(max_examples=15, deadline=None)
@given(
    TABLES,
    st.sampled_from(["competition", "modified", "average", "ordinal"]),
    st.sampled_from(list(STATED)),
)
@example([(1, 0, 0), (2, 0, 0), (1, 1, 0)], "competition", "")
@example([(1, 1, 1), (1, 1, 1), (2, 0, 1)], "competition", "")
@example([(3, 0, 0), (0, 3, 0), (1, 1, 0), (1, 1, 0)], "modified", "a>=b")
def test_extreme_ranks_are_those_of_an_enumeration(table, ties, stated):
    values = np.array(table)
    if (values == values[:1]).all():
        return
    found = form(
        dict(zip("abc", values.T.tolist(), strict=True)), *filter(None, [stated]), ties=ties
    )
    ranks = rank((everywhere(values, stated) @ values.T).astype(float), ties)
    for unit in range(len(table)):
        for end, extreme in (("best", ranks.min(axis=0)), ("worst", ranks.max(axis=0))):
            told = extreme_rank(found, unit, end, 60)
            assert (told.rank, told.bound) == (extreme[unit], extreme[unit])
            written = shortest(found, told.weights, lambda r, u=unit, k=told.rank: r[u] == k)
            local = {name: each / each.sum() for name, each in written.items()}
            assert ranks_under(found, local)[unit] == told.rank
    for first, second in ((0, 1), (1, 0)):
        most = (ranks[:, second] - ranks[:, first]).max()
        assert most_places(found, first, second, nodes=9_000) == (most, most)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(*[st.integers(1, 9)] * 4), min_size=3, max_size=6, unique=True))
@example([(1, 1, 1, 2), (1, 1, 1, 3), (1, 1, 2, 1)])
def test_drawn_ranks_lie_inside_and_the_frontier_is_who_can_be_first(table):
    values = np.array(table, dtype=float)
    found = form(dict(zip("abcd", values.T.tolist(), strict=True)))
    drawn = rank(np.random.default_rng(2).dirichlet(np.ones(4), 300) @ values.T)
    for unit in range(len(table)):
        best, worst = (extreme_rank(found, unit, end, 60) for end in ("best", "worst"))
        assert best.proven
        assert worst.proven
        assert best.rank <= drawn[:, unit].min()
        assert drawn[:, unit].max() <= worst.rank
        assert (best.rank == 1) is (widest_lead(found, unit).value <= 1e-9)
    own = weigh(BenefitOfTheDoubt(of="weights", lower=0, upper=1, best=1), values)
    first = [extreme_rank(found, unit, "best", 60).rank == 1 for unit in range(len(table))]
    assert first == list((own * values).sum(axis=1) > 1 - 1e-9)


def test_a_double_never_stands_in_the_way_and_never_lets_go():
    found = form({"a": [3, 3, 1], "b": [0, 0, 9]})
    assert extreme_rank(found, 0, "best", 9).rank == 1
    assert extreme_rank(found, 0, "worst", 9).rank == 2
    modified = form({"a": [3, 3, 1], "b": [0, 0, 9]}, ties="modified")
    assert extreme_rank(modified, 0, "best", 9).rank == 2


def test_a_unit_that_is_only_ever_level_at_a_corner_is_not_above():
    # Level where all weight is on the first, behind everywhere else.
    found = form({"a": [5, 5, 0], "b": [4, 1, 0]})
    worst = extreme_rank(found, 0, "worst", 9)
    assert (worst.rank, worst.bound) == (1, 1)
    assert extreme_rank(found, 1, "best", 9).rank == 1


def test_what_cannot_hold_at_once_is_refuted_and_not_believed():
    # Each of two may be above zero, both only level: w1 > w2 and w2 > w1.
    region = form({"a": [1, 2], "b": [2, 1]}).region
    forms = np.array([[1.0, -1.0], [-1.0, 1.0]])
    strict = most_satisfied(region, Rows(forms, np.array([True, True]), np.ones(2)), Budget.of(9))
    weak = most_satisfied(region, Rows(forms, np.array([False, False]), np.ones(2)), Budget.of(9))
    assert (strict.worth, strict.most) == (1, 1)
    assert (weak.worth, weak.most) == (2, 2)


def test_a_time_limit_gives_the_proven_bound():
    _, found = tai()
    told = extreme_rank(found, 12, "worst", 0.0)
    proven = extreme_rank(found, 12, "worst", 60)
    assert told.rank <= proven.rank == proven.bound <= told.bound
    assert not told.proven


def test_so_many_nodes_prove_the_same_bound_every_time():
    _, found = tai()
    told, again = (extreme_rank(found, 12, "worst", nodes=0) for _ in range(2))
    proven = extreme_rank(found, 12, "worst", nodes=9_000)
    assert told[:2] == again[:2]
    assert told.rank < proven.rank == proven.bound < told.bound


def test_certificates_are_scored_anew_and_written_short():
    codes, found = tai("25%")
    korea = codes.index("KOR")
    best = extreme_rank(found, korea, "best", 60)
    written = shortest(found, best.weights, lambda ranks: ranks[korea] == best.rank)
    assert np.array_equal(written[""], np.round(written[""], 2))
    assert written[""].sum() == pytest.approx(100)

    batch = found.batch
    columns = dict(zip(found.ids, batch.y.T.tolist(), strict=True))
    setup = setup_of(columns)
    assert rescored(setup, batch.ranking, {"": written[""]}).ranks[korea] == best.rank


def test_geometric_means_are_solved_in_logarithms():
    found = form({"a": [1, 8, 3], "b": [8, 1, 3]}, aggregate="geometric")
    # At equal weights sqrt(8) < 3, but each of the others wins on its own ground.
    assert [extreme_rank(found, unit, "best", 9).rank for unit in range(3)] == [1, 1, 1]
    assert extreme_rank(found, 2, "worst", 9).rank == 2
    arithmetic = form({"a": [1, 8, 3], "b": [8, 1, 3]})
    assert extreme_rank(arithmetic, 2, "best", 9).rank == 2


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"aggregate": "borda"}, "borda aggregation is no mean"),
        ({"round": 1}, "rounded before they are ranked"),
        ({"ties": "dense"}, "ties = dense"),
    ],
)
def test_what_is_not_linear_is_refused(change, complaint):
    with pytest.raises(MethodError, match=complaint):
        form({"a": [1, 2, 3], "b": [3, 1, 2]}, **change)


def test_a_zero_under_a_geometric_mean_is_refused():
    with pytest.raises(MethodError, match="A is zero for Unit B"):
        form({"a": [1, 0, 3], "b": [3, 1, 2]}, aggregate="geometric")


def test_nothing_of_the_solver_is_printed(capfd):
    _, found = tai()
    extreme_rank(found, 5, "worst", 60)
    assert capfd.readouterr().out == ""


def test_weights_beside_what_is_admissible_prove_nothing():
    # c >= b keeps the second below the first, by next to nothing where they are the same.
    columns = {
        "a": [3000, 0, 5000],
        "b": [0.06, 0.04, 0.01],
        "c": [4000, 7000, 0],
        "d": [5000, 5000, 8000],
    }
    stated = ("a=4..72", "a>=b", "b>=c")
    found = form(columns, *stated, ties="average", weights={"a": 1, "b": 1, "c": 4, "d": 2})
    told = extreme_rank(found, 0, "worst", 30)
    assert found.region.holds(told.weights)
    assert told.rank == 2


def test_what_weights_next_to_zero_decide_is_not_called_proven():
    # The third is first at c = 1.5e-7, which the solver takes for no weight at all.
    columns = {
        "a": [0.008, 0.007, 0.002, 0.002, 0.003],
        "b": [0, 0.008, 0.007, 0.007, 0.005],
        "c": [1e4, 2e4, 3e4, 2e4, 4e4],
    }
    found = extreme_rank(form(columns, ties="modified"), 2, "best", 5.0)
    assert found.rank == 1 or not found.proven
    assert found.bound == 1


def test_the_rest_is_proven_beside_what_weights_next_to_zero_decide():
    # Of the second and the third one is above the first, and never both; the fourth is above it
    # but where c is next to all.
    columns = {"a": [5, 9, 1, 6], "b": [5, 1, 9, 6], "c": [1, 1, 1, 1 - 1e-7]}
    worst = extreme_rank(form(columns), 0, "worst", 5.0)
    assert worst.rank == worst.bound == 3
