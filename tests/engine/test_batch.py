"""Many sets of weights at once give what scoring them one by one gives, to the last rank."""

from dataclasses import replace

import numpy as np
import pytest
from hand_made import figures_of, leaf, node, tree
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import softpower
from softpower.engine.batch import Batch
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
                "arithmetic/median", "power:0.5/arithmetic",
            ]
        ),
        "missing": st.sampled_from(["renormalise", "missing-if-any"]),
        "ties": st.sampled_from(["competition", "modified", "dense", "average", "ordinal"]),
        "scale": st.sampled_from(["none", "minmax", "zscore"]),
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
    children = tuple(
        replace(
            reweighted(child, weights, draw) if isinstance(child, Pillar) else child,
            weight=weights[pillar.id][draw][k] if pillar.id in weights else child.weight,
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
    expected = batch.ranking.ranks[batch.scored]
    np.testing.assert_array_equal(batch.ranks(scores, {})[0], expected)


def test_units_that_are_alike_share_their_rank():
    columns = {"a": [1, 5, 5, 9], "b": [2, 7, 7, 1], "c": [3, 3, 3, 4]}
    setup = Setup(figures_of(columns), tree(*(leaf(n) for n in "abc")), Methodology())
    batch = Batch(setup)
    weights = drawn(batch, [""], 200)
    ranks = batch.ranks(batch.scores(weights), weights)
    np.testing.assert_array_equal(ranks[:, 1], ranks[:, 2])
