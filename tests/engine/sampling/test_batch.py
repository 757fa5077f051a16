"""Many sets of weights at once give what scoring them one by one gives, to the last rank."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import softpower
from helpers.hand_made import figures_of, leaf, node, tree
from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.parts import UnitGroup
from softpower.engine.score import score
from softpower.errors import MethodError
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Framework, Pillar
from softpower.methods.sample import Simplex

METHODOLOGIES = st.fixed_dictionaries(
    {
        "coverage": st.sampled_from(
            [{"country": 0, "pillar": 0}, {"country": 0.3, "pillar": 0.5, "below": "missing"}]
        ),
        "normalise": st.sampled_from(["minmax", "zscore", "rank", "minmax:1:100", "none"]),
        "aggregate": st.sampled_from(
            [
                "arithmetic", "geometric", "harmonic", "power:2", "power:-3", "power:30", "median",
                "geometric/arithmetic", "arithmetic/geometric", "median/arithmetic",
                "arithmetic/median", "power:0.5/arithmetic", "topsis/arithmetic", "vikor/median",
                "minimum", "mean-min/arithmetic", "arithmetic/mean-min:0.7:0.1", "mazziotta-pareto",
                "mazziotta-pareto:ddof=1", "mazziotta-pareto:weighted=false/mean-min",
                "median:lower", "owa:most", "arithmetic/owa:best-2", "borda:gaps=pairs",
                "copeland:gaps=pairs:indifference=1/borda:gaps=pairs:indifference=0.5",
                "promethee:gaps=pairs/promethee:level:0.2:2:gaps=pairs",
                "promethee:linear:0.1:2:gaps=pairs/promethee:gaussian:s=2:gaps=pairs",
            ]
        ),
        "missing": st.sampled_from(
            [
                "renormalise", "missing-if-any", "flat", "zero",
                "redistribute", "redistribute:in_turn=true",
            ]
        ),
        "ties": st.sampled_from(["competition", "modified", "dense", "average", "ordinal"]),
        "scale": st.sampled_from(["none", "minmax", "zscore", "rank"]),
        "round": st.sampled_from([None, None, 0, 2]),
    }
)  # fmt: skip
TREE = tree(
    leaf("a", 2),
    node("p", leaf("b"), node("q", leaf("c", 3), leaf("d"), weight=2), weight=3),
    node("r", leaf("e", direction=-1), leaf("f"), leaf("g", 0), weight=0.5),
)
NAMES = "abcdefg"
CELL = st.one_of(st.integers(1, 6), st.floats(0.5, 9), st.none())
FIGURES = st.integers(4, 9).flatmap(
    lambda n: st.fixed_dictionaries(
        {name: st.lists(CELL, min_size=n, max_size=n) for name in NAMES}
    )
)


def reweighted(pillar, weights, draw):
    """Return the tree with the weights of one draw stated."""
    total = sum(child.weight for child in pillar.children)
    children = tuple(
        replace(
            reweighted(child, weights, draw) if isinstance(child, Pillar) else child,
            weight=total * weights[pillar.id][draw][k] if pillar.id in weights else child.weight,
        )
        for k, child in enumerate(pillar.children)
    )
    return replace(pillar, children=children)


def one_by_one(setup, weights, draw):
    root = reweighted(setup.framework.root, weights, draw)
    framework = Framework(setup.framework.id, setup.framework.title, root)
    return score(setup.figures, framework, setup.methodology)


def drawn(batch, names, draws, seed=3):
    generator = np.random.default_rng(seed)
    return {name: Simplex()(generator, batch.weights[name], draws) for name in names}


def agrees(setup, weights, draws):
    """Say that a block agrees with a loop, draw by draw."""
    batch = Batch(setup)
    scores = batch.scores(weights)
    ranks = batch.ranks(scores, weights)
    for draw in range(draws):
        single = one_by_one(setup, weights, draw)
        np.testing.assert_allclose(scores[draw], single.scores[batch.scored], rtol=1e-9, atol=1e-9)
        np.testing.assert_array_equal(ranks[draw], single.ranks[batch.scored])


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(FIGURES, METHODOLOGIES, st.sets(st.sampled_from(["", "p", "q", "r"]), min_size=1))
def test_a_block_agrees_with_a_loop_to_the_last_rank(columns, methodology, varied):
    setup = Setup(figures_of(columns), TREE, Methodology(**methodology))
    try:
        batch = Batch(setup)
        weights = drawn(batch, varied, 4)
        agrees(setup, weights, 4)
    except MethodError:
        assume(False)


BETWEEN = st.fixed_dictionaries(
    {
        "coverage": st.just({"country": 0, "pillar": 0}),
        "normalise": st.sampled_from(["minmax", "zscore", "minmax:1:100"]),
        "renormalise": st.sampled_from(
            ["none", "rank", "minmax", "zscore", "none/rank", "rank/none", "percentile/minmax"]
        ),
        "aggregate": st.sampled_from(
            ["arithmetic", "sum", "sum/arithmetic", "arithmetic/sum", "median", "geometric/sum"]
        ),
        "missing": st.sampled_from(["renormalise", "zero", "redistribute:in_turn=true"]),
        "direction": st.sampled_from(["higher", "lower"]),
        "tiebreak": st.sampled_from(["none", "a", "q", "c,p"]),
        "ties": st.sampled_from(["competition", "average", "dense"]),
        "round": st.sampled_from([None, 0]),
        "constant": st.just("mid"),
    }
)
SENSES = st.fixed_dictionaries({name: st.sampled_from([0, 1, -1]) for name in "pqr"})


def turned(pillar, senses):
    """Return the tree with some directions of pillars stated."""
    children = tuple(
        turned(child, senses) if isinstance(child, Pillar) else child for child in pillar.children
    )
    return replace(pillar, children=children, direction=senses.get(pillar.id, 0))


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(FIGURES, BETWEEN, SENSES, st.sets(st.sampled_from(["", "p", "q", "r"]), min_size=1))
def test_what_is_done_between_levels_is_the_same_in_a_block(columns, methodology, senses, varied):
    framework = replace(TREE, root=turned(TREE.root, senses))
    setup = Setup(figures_of(columns), framework, Methodology(**methodology))
    try:
        agrees(setup, drawn(Batch(setup), varied, 4), 4)
    except MethodError:
        assume(False)


@pytest.mark.parametrize(
    "run",
    ["open-soft-power", "open-soft-power@geometric", "hdi-2022", "elcano-2021"],
)
def test_shipped_indices_agree_with_a_loop(run):
    setup = softpower.load(run).setup
    weights = drawn(Batch(setup), Batch(setup).weights, 3)
    agrees(setup, weights, 3)


def test_without_weights_the_ranking_is_that_of_the_setup():
    setup = softpower.load("open-soft-power").setup
    batch = Batch(setup)
    scores = batch.scores({})
    assert scores.shape == (1, batch.scored.size)
    expected = batch.ranking.ranks[batch.scored]
    np.testing.assert_array_equal(batch.ranks(scores, {})[0], expected)


def test_units_that_are_alike_share_their_rank():
    columns = {"a": [1, 5, 5, 9], "b": [2, 7, 7, 1], "c": [3, 3, 3, 4]}
    setup = Setup(figures_of(columns), tree(*(leaf(n) for n in "abc")), Methodology())
    batch = Batch(setup)
    weights = drawn(batch, [""], 200)
    ranks = batch.ranks(batch.scores(weights), weights)
    np.testing.assert_array_equal(ranks[:, 1], ranks[:, 2])


@pytest.mark.parametrize(("units", "draws"), [(97, 500), (150, 100), (51, 1)])
def test_units_that_are_alike_have_the_same_score_to_the_last_bit(units, draws):
    """A matrix product rounds by the column, and would part one draw of some thousands."""
    once = np.random.default_rng(0).normal(size=(units, 35))
    columns = {f"i{j}": np.tile(column, 3) for j, column in enumerate(once.T)}
    setup = Setup(figures_of(columns), tree(*map(leaf, columns)), Methodology())
    batch = Batch(setup)
    first, second, third = np.split(batch.scores(drawn(batch, [""], draws)), 3, axis=1)
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(first, third)


@pytest.mark.parametrize("missing", ["flat", "redistribute", "zero", "missing-if-any"])
def test_what_is_missing_beneath_a_pillar_counts_as_the_rule_says(missing):
    """A and B lack half of what is beneath ``p``, at different depths, and others nothing."""
    columns = {"a": [1, 5, 2, 4, 3], "b": [None, 2, 7, 1, 4], "c": [3, None, 3, 4, 9],
               "d": [None, 8, 1, 2, 6]}  # fmt: skip
    inner = node("q", leaf("c", 3), leaf("d"), weight=2)
    framework = tree(leaf("a", 2), node("p", leaf("b"), inner, weight=3))
    methodology = Methodology(coverage={"country": 0, "pillar": 0}, missing=missing)
    setup = Setup(figures_of(columns), framework, methodology)
    for varied in (["", "p", "q"], ["q"], [""]):
        agrees(setup, drawn(Batch(setup), varied, 20), 20)


# The figures of p cancel out for every unit but Z, up to the rounding of the last bit.
CANCELLING = {
    "a": [0.1, 0.7, 0.3, 1e5 + 0.1, 2],
    "b": [0.2, -0.6, -0.4, -1e5, 3],
    "c": [-0.3, -0.1, 0.1, -0.1, -4],
}
ALL_TIE = tree(node("p", *map(leaf, "abc")), node("q", leaf("a2"), leaf("b2"), leaf("c2")))


@pytest.mark.parametrize("ties", ["competition", "average"])
def test_scores_whose_parts_cancel_tie_whatever_the_weights(ties):
    """All that is left of A to D is noise, and makes no order: they share a rank in every draw."""
    columns = {**CANCELLING, **{f"{name}2": column for name, column in CANCELLING.items()}}
    methodology = Methodology(normalise="none", ties=ties)
    setup = Setup(figures_of(columns), ALL_TIE, methodology)
    shared = 2.0 if ties == "competition" else 3.5
    np.testing.assert_array_equal(Batch(setup).ranking.ranks, [shared] * 4 + [1])
    batch = Batch(setup)
    weights = drawn(batch, [""], 64)
    scores = batch.scores(weights)
    assert (np.ptp(scores[:, :4], axis=1) > 0).any()
    np.testing.assert_array_equal(batch.ranks(scores, weights), [[shared] * 4 + [1]] * 64)


@pytest.mark.parametrize(("scale", "last"), [("minmax", 0.0), ("minmax:1:100", 1.0)])
def test_scores_whose_parts_cancel_are_rescaled_alike(scale, last):
    columns = {**CANCELLING, **{f"{name}2": column for name, column in CANCELLING.items()}}
    setup = Setup(figures_of(columns), ALL_TIE, Methodology(normalise="none", scale=scale))
    batch = Batch(setup)
    np.testing.assert_array_equal(batch.ranking.scores[:4], [last] * 4)
    scores = batch.scores(drawn(batch, [""], 64))
    np.testing.assert_array_equal(scores[:, :4], np.full((64, 4), last))


@pytest.mark.parametrize("aggregate", ["geometric", "harmonic", "power:2"])
def test_scores_that_are_no_sums_have_no_parts_that_cancel(aggregate):
    """A and B are tiny beside C, and yet exact: they differ in every digit."""
    columns = {"a": [1e-15, 2e-15, 3], "b": [2e-15, 3e-15, 4]}
    methodology = Methodology(normalise="none", aggregate=aggregate)
    setup = Setup(figures_of(columns), tree(leaf("a"), leaf("b")), methodology)
    np.testing.assert_array_equal(Batch(setup).ranking.ranks, [3, 2, 1])
    agrees(setup, drawn(Batch(setup), [""], 5), 5)
    batch = Batch(setup)
    weights = drawn(batch, [""], 5)
    np.testing.assert_array_equal(batch.ranks(batch.scores(weights), weights), [[3, 2, 1]] * 5)


@pytest.mark.parametrize("aggregate", ["topsis", "vikor", "promethee", "borda", "copeland"])
def test_units_that_are_held_against_each_other_agree_with_a_loop(aggregate):
    columns = {
        "a": [1, 5, 2, 4, 3],
        "b": [9, 2, 7, 1, 4],
        "c": [3, 6, 3, 4, 5],
        "d": [1, 1, 8, 2, 7],
    }
    children = leaf("a", 2), node("p", leaf("b"), leaf("c", 3), weight=3), leaf("d")
    methodology = Methodology(aggregate=[aggregate, "arithmetic"], normalise="minmax")
    setup = Setup(figures_of(columns), tree(*children), methodology)
    agrees(setup, drawn(Batch(setup), ["", "p"], 12), 12)


def test_what_is_next_to_nothing_beside_the_largest_score_ties_as_in_a_single_score():
    columns = {"a": [1e-14, 2e-14, 300], "b": [2e-14, 3e-14, 400]}
    setup = Setup(figures_of(columns), tree(leaf("a"), leaf("b")), Methodology(normalise="none"))
    batch = Batch(setup)
    np.testing.assert_array_equal(batch.ranking.ranks, [2, 2, 1])
    weights = drawn(batch, [""], 5)
    np.testing.assert_array_equal(batch.ranks(batch.scores(weights), weights), [[2, 2, 1]] * 5)


@pytest.mark.parametrize(
    ("aggregate", "gaps"),
    [
        ("median", True),
        ("owa:most/median", True),
        ("topsis/arithmetic", False),
        ("vikor/mean-min", False),
        ("borda", False),
        ("copeland/promethee:linear:0.1:2", False),
        ("promethee:gaps=pairs/borda:gaps=pairs", True),
    ],
)
def test_a_method_that_takes_many_draws_is_not_called_for_each(aggregate, gaps, monkeypatch):
    columns = {"a": [1, 5, 2, 4, 3], "b": [9, 2, 7, 1, 4], "c": [3, None if gaps else 6, 3, 4, 5]}
    children = leaf("a", 2), node("p", leaf("b"), leaf("c", 3), weight=3)
    methodology = Methodology(aggregate=aggregate, coverage={"country": 0, "pillar": 0})
    setup = Setup(figures_of(columns), tree(*children), methodology)
    batch = Batch(setup)
    monkeypatch.delattr(UnitGroup, "_called")
    assert not batch.one_by_one
    for varied in (["", "p"], [""], ["p"]):
        assert batch.scores(drawn(batch, varied, 7)).shape == (7, 5)
