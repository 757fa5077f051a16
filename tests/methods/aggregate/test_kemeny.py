"""The Condorcet-Kemeny-Young ranking is that of the textbooks, and says what is proven of it."""

import itertools

import numpy as np
import pytest

from helpers.aggregations import matrix, order_of, spread, texts, votes
from softpower.errors import MethodError
from softpower.methods.aggregate import BordaCount, Copeland, Kemeny
from softpower.methods.aggregate.consensus import agreement

TENNESSEE = [(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")]
CONDORCET = [(23, "abc"), (17, "bca"), (2, "bac"), (10, "cab"), (8, "cba")]
PARADOX = [(1, "abc"), (1, "cab"), (1, "bca")]


@pytest.mark.parametrize(
    ("case", "ballots", "order", "score"),
    [
        ("Tennessee", TENNESSEE, "NCKM", 393),
        ("Handbook, Condorcet", CONDORCET, "bca", 104),
    ],
)
def test_orders_are_those_of_the_textbooks(case, ballots, order, score, proof):
    units, y, w = votes(*ballots)
    voters = sum(count for count, _ in ballots)
    found = Kemeny().solved(y, w)
    assert order_of(units, Kemeny()(y, w)) == order
    proof(Kemeny, case, found.consensus.score * voters, score, 1e-8)
    assert "proven to be the most possible" in Kemeny().remark(y, w)
    assert "make it worse" in Kemeny().remark(y, w)


def test_every_order_of_the_handbook_has_the_agreement_that_is_printed_there(proof):
    y, w = matrix("handbook_tai5"), spread(np.ones(8), 5)
    support = Kemeny().support(y, w)
    codes = texts("handbook_tai5", "code")
    orders = [
        [codes.index(code) for code in o.split()] for o in texts("handbook_tai5_orders", "order")
    ]
    printed = np.array([float(score) for score in texts("handbook_tai5_orders", "score")])
    computed = [agreement(support, order) for order in orders]
    proof(Kemeny, "Handbook, Table 37: all 120 orders", computed, printed)
    best = Kemeny().solved(y, w).consensus
    proof(Kemeny, "Handbook, Table 37: the best", best.score, printed.max())


def test_orders_that_are_as_good_are_reported():
    y, w = matrix("handbook_tai5"), spread(np.ones(8), 5)
    said = Kemeny().remark(y, w)
    assert "6.375 of 10 pairwise votes agree with the order, proven" in said
    assert "other orders are as good: places " in said
    _, y, w = votes(*PARADOX)
    said = Kemeny().remark(y, w)
    assert "5/3" not in said
    assert "other orders are as good: a unit could move past several others" in said
    assert "there is no Condorcet winner" in said


def test_units_that_no_pair_tells_apart_share_their_place():
    y = np.array([[1, 5], [3, 3], [3, 3], [0, 0], [5, 1]], float)
    scores = Kemeny()(y, spread([1, 1], 5))
    # The first and the fifth beat each other once, and so do both and the pair in the middle.
    assert scores.tolist() == [1, 1, 1, 0, 1]
    y = np.array([[5, 5], [3, 3], [3, 3], [0, 0]], float)
    assert Kemeny()(y, spread([1, 1], 4)).tolist() == [3, 1, 1, 0]


def test_a_single_unit_and_one_child_are_ranked_as_they_stand():
    assert Kemeny()(np.array([[3.0]]), np.ones((1, 1))).tolist() == [0]
    assert Kemeny().remark(np.array([[3.0]]), np.ones((1, 1))) == ""
    y = np.array([[2.0], [7.0], [2.0]])
    assert Kemeny()(y, np.ones((3, 1))).tolist() == [0, 2, 0]


@pytest.mark.parametrize("seed", range(6))
def test_a_condorcet_winner_comes_first_and_a_loser_last(seed):
    rng = np.random.default_rng(seed)
    y, w = rng.normal(size=(9, 1)) + rng.normal(size=(9, 4)), spread(rng.dirichlet(np.ones(4)), 9)
    scores, pairs = Kemeny()(y, w), Copeland()(y, w)
    if pairs.max() == 8:
        assert scores.argmax() == pairs.argmax()
    if pairs.min() == -8:
        assert scores.argmin() == pairs.argmin()


def test_where_time_runs_out_the_order_is_as_good_as_that_of_borda_and_says_so():
    rng = np.random.default_rng(8)
    y, w = rng.normal(size=(60, 5)), spread(np.ones(5), 60)
    method = Kemeny(seconds=1e-6)
    said = method.remark(y, w)
    assert "not proven to be the most within 1e-06 seconds: no order has more than" in said
    support = method.support(y, w)
    borda = agreement(support, np.argsort(-BordaCount()(y, w)))
    assert method.solved(y, w).consensus.score >= borda


def test_typical_figures_of_all_countries_take_seconds():
    rng = np.random.default_rng(9)
    y = rng.normal(size=(193, 1)) + rng.normal(size=(193, 35))
    w = spread(rng.dirichlet(np.ones(35)), 193)
    assert "proven to be the most possible" in Kemeny(seconds=30).remark(y, w)


def test_the_order_in_which_units_are_listed_matters_not_even_where_orders_tie():
    rng = np.random.default_rng(10)
    for _ in range(20):
        y, w = rng.integers(0, 3, (7, 3)).astype(float), spread([1, 1, 1], 7)
        shuffled = rng.permutation(7)
        np.testing.assert_array_equal(Kemeny()(y[shuffled], w), Kemeny()(y, w)[shuffled])


def test_a_better_value_can_cost_a_place_further_down():
    # Each ordered pair is put ahead by two rankings that agree in nothing else (McGarvey 1953).
    margins = {
        (0, 1): 1.01, (2, 0): 1, (3, 0): 6, (4, 0): 6.99, (5, 0): 5, (1, 2): 3, (1, 3): 3.01,
        (4, 1): 7.99, (5, 1): 7.99, (3, 2): 6, (2, 4): 2.01, (5, 2): 8, (3, 5): 8.01, (5, 4): 9,
        (4, 3): 0.001,
    }  # fmt: skip
    columns, weights = [], []
    for (a, b), margin in margins.items():
        rest = [unit for unit in range(6) if unit not in (a, b)]
        for order in ([a, b, *rest], [*rest[::-1], a, b]):
            columns.append([-order.index(unit) for unit in range(6)])
            weights.append(margin)
    before = np.array(columns, float).T
    at = 2 * list(margins).index((3, 2))
    after = before.copy()
    after[2, at : at + 2] = after[3, at : at + 2] + 0.5  # the third gets ahead of the fourth
    ranked = [Kemeny()(y, spread(weights, 6)) for y in (before, after)]
    assert ranked[1][2] < ranked[0][2]
    assert not Kemeny.monotone


def test_gaps_are_refused_or_compared_pair_by_pair():
    y = np.array([[3, 0.0], [2, 5.0], [1, 7.0]])
    w = np.array([[1, 0], [0.5, 0.5], [0.5, 0.5]])
    with pytest.raises(MethodError, match=r"1 unit has gaps.*kemeny:gaps=pairs"):
        Kemeny()(y, w)
    assert Kemeny(gaps="pairs")(y, w).tolist() == [2, 0, 0]


def test_all_orders_of_a_few_units_agree_with_no_more(proof):
    rng = np.random.default_rng(11)
    y, w = rng.normal(size=(6, 5)), spread(rng.dirichlet(np.ones(5)), 6)
    support = Kemeny().support(y, w)
    best = max(agreement(support, order) for order in itertools.permutations(range(6)))
    proof(Kemeny, "all 720 orders of 6 units", Kemeny().solved(y, w).consensus.score, best)


def test_more_units_than_fit_into_memory_are_refused_before_anything_is_compared():
    y = np.zeros((4001, 1))
    with pytest.raises(
        MethodError, match=r"4,001 units is a choice between 8,002,000 pairs"
    ) as said:
        Kemeny()(y, np.ones_like(y))
    assert said.value.mend == "Set aggregate to borda or copeland."
