"""When drawn figures are scores already, and when they have to be scored first."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.hand_made import figures_of, leaf, node, tree
from softpower.engine.sampling.design import Sweep
from softpower.engine.sampling.draws import as_it_is
from softpower.engine.sampling.perturb import noise
from softpower.engine.sampling.sweep import sweep
from softpower.index.indicator_row import Denominator
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.methods.aggregate.votes import Copeland
from softpower.methods.transform import Log
from softpower.methods.treat import NoTreatment

COLUMNS = {"a": [1.0, 2.0, 5.0], "b": [3.0, 4.0, 6.0]}
PLAIN = Setup(figures_of(COLUMNS), tree(leaf("a")), Methodology(normalise="none"))

FIVE = Copeland(indifference=5)
"""Nobody is ahead of anybody by less than five."""


def test_one_figure_of_each_unit_as_it_is_is_its_score():
    assert as_it_is(PLAIN)


@pytest.mark.parametrize(
    "children",
    [
        [leaf("a"), leaf("b")],
        [leaf("a", direction=-1)],
        [leaf("a", transform=Log())],
        [leaf("a", denominator=Denominator(figure="b"))],
        [leaf("a", treat=NoTreatment())],
        [leaf("a", zero_fill=True)],
        [node("p", leaf("a"), aggregate=FIVE)],
        [replace(node("p", leaf("a")), direction=-1)],
    ],
)
def test_a_tree_that_does_more_has_to_be_scored(children):
    assert not as_it_is(replace(PLAIN, framework=tree(*children)))


@pytest.mark.parametrize(
    "step",
    [
        {"treat": "winsorise"},
        {"impute": "mean"},
        {"normalise": "minmax"},
        {"scale": "minmax"},
        {"round": 1},
        {"aggregate": FIVE},
        {"aggregate": "geometric"},
        {"aggregate": "sum"},
        {"renormalise": "rank"},
        {"weight": "benefit-of-the-doubt"},
    ],
)
def test_a_methodology_that_does_more_has_to_be_scored(step):
    methodology = Methodology(**{"normalise": "none", **step})
    assert not as_it_is(replace(PLAIN, methodology=methodology))


def test_what_ties_the_figures_ties_them_in_draws():
    methodology = Methodology(normalise="none", aggregate=FIVE)
    setup = replace(PLAIN, methodology=methodology)
    shake = noise(setup, {}, everywhere=0.1, errors=False)
    design = Sweep((setup,), figure_sampling=shake, draws=3)
    ranks = [outcome.value for outcome in sweep(design, lambda block: block.ranks.tolist())]
    assert np.vstack(ranks).tolist() == 3 * [[1.0, 1.0, 1.0]]


def test_figures_with_gaps_have_to_be_scored():
    assert not as_it_is(replace(PLAIN, figures=figures_of({"a": [1.0, None, 5.0]})))
