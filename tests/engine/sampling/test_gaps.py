"""Weighted means throughout a tree with gaps: what a loop over units and pillars gives."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.hand_made import leaf, node, tree
from softpower.engine.sampling.gaps import GapSum, Known
from softpower.engine.sampling.workspace import Workspace
from softpower.index.tree import Pillar
from softpower.methods.missing import Renormalise

TREE = tree(
    leaf("a"),
    node("p", leaf("b"), node("q", leaf("c"), node("s", leaf("d"), leaf("h")))),
    node("r", leaf("e"), leaf("f"), leaf("g")),
).root
COLUMN = {indicator.id: j for j, indicator in enumerate(TREE.indicators())}
PILLARS = (TREE, *TREE.pillars())


def sum_of(pillar, y, covered, rule=None):
    """Return a pillar of which all children have a weight."""
    weights = {each.id: np.ones(len(each.children)) for each in PILLARS}
    return GapSum(pillar, y, Known(COLUMN, covered, weights, rule or Renormalise()))


def mean_of(pillar, row, covered, weights):
    """Return the weighted mean of what a unit has, or none."""
    total = count = 0.0
    for child, weight in zip(pillar.children, weights[pillar.id], strict=True):
        deep = isinstance(child, Pillar)
        value = mean_of(child, row, covered, weights) if deep else row[COLUMN[child.id]]
        if not np.isnan(value):
            total, count = total + weight * value, count + weight
    return total / count if count and covered[pillar.id] else np.nan


CELL = st.one_of(st.floats(-3, 9), st.just(float("nan")))
ROWS = st.lists(st.lists(CELL, min_size=len(COLUMN), max_size=len(COLUMN)), min_size=1, max_size=6)


@settings(deadline=None, max_examples=60)
@given(ROWS, st.integers(0, 2**32), st.sets(st.sampled_from(["", "p", "q", "r", "s"])))
def test_gaps_are_made_up_for_as_in_a_loop(rows, seed, varied):
    y, generator = np.array(rows), np.random.default_rng(seed)
    covered = {pillar.id: generator.random(len(y)) < 0.9 for pillar in PILLARS}
    covered[""] = np.ones(len(y), dtype=bool)
    weights = {
        pillar.id: generator.dirichlet(
            np.ones(len(pillar.children)), 3 if pillar.id in varied else 1
        )
        for pillar in PILLARS
    }
    found = sum_of(TREE, y, covered)(weights, Workspace())
    for draw in range(found.shape[1]):
        own = {name: each[draw % len(each)] for name, each in weights.items()}
        for i, row in enumerate(y):
            whether = {name: each[i] for name, each in covered.items()}
            expected = mean_of(TREE, row, whether, own)
            np.testing.assert_allclose(found[i, draw], expected, rtol=1e-12, atol=1e-12)


def test_a_unit_that_has_only_what_does_not_count_is_left_to_the_careful():
    y = np.ones((2, len(COLUMN)))
    y[0, [COLUMN["f"], COLUMN["g"]]] = np.nan
    covered = {pillar.id: np.ones(2, dtype=bool) for pillar in PILLARS}
    weights = {p.id: np.full((1, len(p.children)), 1 / len(p.children)) for p in PILLARS}
    weights["r"] = np.array([[0.0, 0.5, 0.5]])
    assert sum_of(TREE, y, covered)(weights, Workspace()) is None


def test_units_with_the_same_gaps_share_a_pattern():
    y = np.ones((50, len(COLUMN)))
    y[::2, COLUMN["e"]] = np.nan
    covered = {pillar.id: np.ones(50, dtype=bool) for pillar in PILLARS}
    r = sum_of(next(p for p in PILLARS if p.id == "r"), y, covered)
    assert r.patterns.shape == (1, 3)
