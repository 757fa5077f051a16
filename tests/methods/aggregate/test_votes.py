"""Borda counts and Copeland scores are those of the textbooks."""

import tracemalloc

import numpy as np
import pytest

from helpers.aggregations import matrix, order_of, spread, votes
from softpower.errors import MethodError
from softpower.methods.aggregate import BordaCount, Copeland, Promethee

MOULIN = [(3, "abcd"), (5, "acbd"), (7, "bdca"), (6, "cbda")]
CONDORCET = [(23, "abc"), (17, "bca"), (2, "bac"), (10, "cab"), (8, "cba")]
FISHBURN = [(3, "cbad"), (2, "badc"), (2, "adcb")]
TENNESSEE = [(42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")]


@pytest.mark.parametrize(
    ("case", "ballots", "points"),
    [
        ("Handbook, Moulin", MOULIN, [24, 44, 38, 20]),
        ("Handbook, Condorcet", CONDORCET, [58, 69, 53]),
        ("Handbook, Fishburn", FISHBURN, [13, 12, 11, 6]),
        ("Tennessee", TENNESSEE, [173, 107, 126, 194]),
    ],
)
def test_borda_counts_are_those_of_the_textbooks(case, ballots, points, proof):
    _, y, w = votes(*ballots)
    voters = sum(count for count, _ in ballots)
    proof(BordaCount, case, BordaCount()(y, w) * voters, points)


def test_leaving_the_last_out_reverses_the_order_that_borda_gives_the_others():
    units, y, w = votes(*FISHBURN)
    assert order_of(units, BordaCount()(y, w)) == "abcd"
    assert order_of(units[:3], BordaCount()(y[:3], w[:3])) == "cba"


def test_copeland_scores_are_those_of_the_textbook(proof):
    units, y, w = votes(*TENNESSEE)
    proof(Copeland, "Tennessee", Copeland()(y, w), [1, -1, -3, 3])
    assert order_of(units, Copeland()(y, w)) == "NCKM"


def test_copeland_puts_the_order_of_the_handbook_where_every_pair_agrees(proof):
    units, y, w = votes(*MOULIN)
    scores = Copeland()(y, w)
    assert order_of(units, scores) == "cbda"
    proof(Copeland, "Handbook, Moulin: order c b d a", scores, [-3, 1, 3, -1])


def test_pairwise_support_is_that_of_the_handbook(proof):
    # OECD/JRC (2008), Table 36: five countries, eight indicators of the same weight.
    y = matrix("handbook_tai5")
    support = BordaCount().support(y, spread(np.ones(8), 5))
    expected = [
        [0.5, 0.5, 0.375, 0.75, 0.625],
        [0.5, 0.5, 0.5, 0.625, 0.625],
        [0.625, 0.5, 0.5, 0.75, 0.625],
        [0.25, 0.375, 0.25, 0.5, 0.75],
        [0.375, 0.375, 0.375, 0.25, 0.5],
    ]
    proof(BordaCount, "Handbook, Table 36", support, expected)


def test_the_condorcet_winner_is_reported_and_none_is_made_up():
    _, y, w = votes(*TENNESSEE)
    assert "the first beats every other one" in Copeland().remark(y, w)
    _, y, w = votes(*CONDORCET)
    assert "there is no Condorcet winner" in Copeland().remark(y, w)
    assert Copeland().remark(y[:1], w[:1]) == ""


def test_a_child_of_more_than_half_of_the_weight_is_reported():
    y = np.array([[1, 2], [2, 1.0]])
    assert "one child has 60% of the weight" in Copeland().remark(y, spread([3, 2], 2))
    assert "of the weight" not in Copeland().remark(y, spread([1, 1], 2))
    gappy = np.array([[0.5, 0.5], [1.0, 0.0]])
    assert "of the weight" not in Copeland(gaps="pairs").remark(y, gappy)


def test_differences_up_to_the_indifference_are_a_tie():
    y, w = np.array([[0.8], [0.6], [0.1]]), np.ones((3, 1))
    assert BordaCount(indifference=0.2)(y, w).tolist() == [1.5, 1.5, 0]
    assert Copeland(indifference=0.2)(y, w).tolist() == [1, 1, -2]


def test_weights_that_sum_to_a_half_but_for_rounding_are_a_tie():
    y = np.array([[1, 1, 0, 0, 0], [0, 0, 1, 1, 1.0]])
    assert Copeland()(y, spread([0.1, 0.4, 0.2, 0.2, 0.1], 2)).tolist() == [0, 0]


def test_borda_is_the_net_flow_of_the_usual_preference():
    rng = np.random.default_rng(5)
    y, w = rng.integers(0, 5, (9, 4)) / 2, spread(rng.dirichlet(np.ones(4)), 9)
    np.testing.assert_allclose(BordaCount()(y, w), 4 * Promethee()(y, w) + 4, atol=1e-11)


@pytest.mark.parametrize("method", [BordaCount(), Copeland()], ids=repr)
def test_gaps_are_refused_or_compared_pair_by_pair(method):
    y, w = np.array([[3, 0.0], [2, 5.0], [1, 7.0]]), np.array([[1, 0], [0.5, 0.5], [0.5, 0.5]])
    with pytest.raises(MethodError, match=f"1 unit has gaps.*{method.name()}:gaps=pairs"):
        method(y, w)
    pairs = method.model_copy(update={"gaps": "pairs"})
    assert pairs(y, w).argmax() == 0


@pytest.mark.parametrize("indifference", [0.0, 0.1, 2.0])
def test_counting_by_sorting_is_the_sum_of_pairwise_support(indifference, proof):
    rng = np.random.default_rng(4)
    y = rng.integers(0, 60, (80, 4)) / 10
    w = spread(rng.dirichlet(np.ones(4)), 80)
    method = BordaCount(indifference=indifference)
    computed, pairs = method(y, w), method.support(y, w).sum(axis=1) - 0.5
    proof(
        BordaCount, f"the pairs one by one, indifference {indifference:g}", computed, pairs, 1e-10
    )


@pytest.mark.parametrize(
    "method", [BordaCount(gaps="pairs"), Copeland(), Copeland(gaps="pairs")], ids=repr
)
def test_comparing_a_few_units_at_a_time_gives_the_same(method, monkeypatch):
    rng = np.random.default_rng(5)
    y, w = rng.integers(0, 9, (11, 3)).astype(float), spread([2, 1, 1], 11)
    if method.gaps == "pairs":
        w[0] = [0, 0.5, 0.5]
    whole = method(y, w)
    said = method.remark(y, w)
    monkeypatch.setattr("softpower.methods.aggregate.pairs.MOST_AT_ONCE", 25)
    assert method(y, w).tobytes() == whole.tobytes()
    assert method.remark(y, w) == said
    assert len(list(method.votes(y, w))) == 6


def test_ten_thousand_units_are_counted_in_little_memory():
    y = np.arange(10_000.0)[:, None]
    tracemalloc.start()
    points = BordaCount()(y, np.ones_like(y))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert points.tolist() == list(range(10_000))
    assert most < 20 * y.nbytes
