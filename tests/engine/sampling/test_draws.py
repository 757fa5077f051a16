"""When drawn figures are scores already, and when they have to be scored first."""

from dataclasses import replace

import pytest

from helpers.hand_made import figures_of, leaf, tree
from softpower.engine.sampling.draws import as_it_is
from softpower.index.indicator_row import Denominator
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.methods.transform import Log
from softpower.methods.treat import NoTreatment

COLUMNS = {"a": [1.0, 2.0, 5.0], "b": [3.0, 4.0, 6.0]}
PLAIN = Setup(figures_of(COLUMNS), tree(leaf("a")), Methodology(normalise="none"))


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
    ],
)
def test_a_methodology_that_does_more_has_to_be_scored(step):
    methodology = Methodology(**{"normalise": "none", **step})
    assert not as_it_is(replace(PLAIN, methodology=methodology))


def test_figures_with_gaps_have_to_be_scored():
    assert not as_it_is(replace(PLAIN, figures=figures_of({"a": [1.0, None, 5.0]})))
