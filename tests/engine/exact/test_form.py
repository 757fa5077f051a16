"""The form of a ranking gives what `score` gives, whatever is missing and wherever weights move."""

import numpy as np
import pytest

from helpers.hand_made import ALL_COUNT, figures_of, leaf, node, tree
from softpower.engine.exact.form import _refuse_unlike, form_of
from softpower.engine.exact.pairs import least_of
from softpower.engine.sampling.batch import Batch
from softpower.errors import MethodError
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.methods.space import WeightSpace

FULL = {
    "a": [10, 20, 30, 44],
    "b": [70, 35, 20, 11],
    "c": [15, 90, 33, 41],
    "d": [62, 18, 77, 12],
}
ONE_GAP = FULL | {"b": [70, None, 20, 11]}
PILLAR_GONE = ONE_GAP | {"c": [15, 90, None, 41], "d": [62, 18, None, 12]}
RULES = ("renormalise", "redistribute", "flat", "zero", "missing-if-any")


def batch(columns, **methodology):
    methodology = {"normalise": "none", "treat": "none", "coverage": ALL_COUNT} | methodology
    children = (
        node("x", leaf("a", 2), leaf("b", 1), weight=3),
        node("y", leaf("c", 1), leaf("d", 4), weight=2),
    )
    return Batch(Setup(figures_of(columns), tree(*children), Methodology(**methodology)))


def like(made, pillars, *stated):
    """Return whether a form gives the scores of a batch under some weights."""
    space = WeightSpace.parse(stated) if stated else WeightSpace.stated()
    form = form_of(made, space, pillars)
    generator = np.random.default_rng(3)
    local = {
        block.pillar: block.polytope.sampled(generator.random((9, len(block.ids))))
        for block in form.region.root.blocks()
    }
    weights = [form.region.effective({k: w[t] for k, w in local.items()}) for t in range(9)]
    scores = form.scores(np.array(weights))
    p = form.batch.methods[form.region.root.pillar].exponent()
    return np.allclose(np.exp(scores) if p == 0 else scores, made.scores(local))


@pytest.mark.parametrize("pillars", [("",), ("x",), ("y",), ("x", "y"), ("", "x"), ("", "x", "y")])
@pytest.mark.parametrize("aggregate", ["arithmetic", "geometric"])
def test_weights_of_any_levels_make_the_scores(pillars, aggregate):
    assert like(batch(FULL, aggregate=aggregate), pillars)
    assert like(batch(FULL, aggregate=aggregate), pillars, "30%")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("columns", [ONE_GAP, PILLAR_GONE], ids=["figure", "pillar"])
@pytest.mark.parametrize("pillar", ["", "x", "y"])
def test_weights_of_one_pillar_make_the_scores_where_figures_are_missing(rule, columns, pillar):
    assert like(batch(columns, missing=rule), (pillar,))


@pytest.mark.parametrize("rule", ["flat", "zero", "missing-if-any"])
def test_weights_of_all_levels_make_the_scores_under_rules_that_stay_linear(rule):
    assert like(batch(PILLAR_GONE, missing=rule), ("", "x", "y"))


def test_a_part_of_a_pillar_that_keeps_its_weight_makes_no_linear_form():
    with pytest.raises(MethodError, match="1 unit lacks figures in x"):
        like(batch(ONE_GAP), ("", "x", "y"))


def test_levels_of_different_means_are_refused():
    made = batch(FULL, aggregate=["geometric", "arithmetic"])
    assert like(made, ("",))
    with pytest.raises(MethodError, match="different means"):
        like(made, ("", "x"))


def test_a_form_that_ranks_otherwise_is_refused():
    form = form_of(batch(FULL), WeightSpace.stated(), ("",))
    form.values[0] += 50
    with pytest.raises(MethodError, match="does more with weights"):
        _refuse_unlike(form)


@pytest.mark.parametrize("stated", [(), ("25%",), ("x=30..70", "a=10..60")])
def test_bounds_without_a_solver_are_those_of_linear_programs(stated):
    space = WeightSpace.parse(stated) if stated else WeightSpace.stated()
    form = form_of(batch(FULL), space, ("", "x", "y"))
    forms = form.values - form.values[0]
    compared = form_of(batch(FULL), WeightSpace.parse([*stated, "x/y=0.001..1000"]), ("", "x", "y"))
    assert compared.region.compared
    assert np.allclose(least_of(form.region, forms), least_of(compared.region, forms), atol=0.1)
    assert (form.region.least(forms) <= least_of(compared.region, forms) + 1e-9).all()


def test_weights_within_pillars_and_in_the_whole_are_the_same():
    form = form_of(batch(FULL), WeightSpace.stated(), ("", "x", "y"))
    assert np.allclose(form.region.nominal, [0.4, 0.2, 0.08, 0.32])
    local = form.region.local(form.region.nominal)
    assert np.allclose(local["x"], [2 / 3, 1 / 3])
    assert np.allclose(form.region.effective(local), form.region.nominal)


def test_where_low_scores_are_good_the_lowest_is_the_best():
    form = form_of(batch(FULL, direction="lower"), WeightSpace.stated(), ("",))
    scored = form.batch.nominal
    assert scored.ranks.argmin() == scored.scores.argmin()
    assert np.allclose(form.scores(form.region.nominal), -scored.scores)


def test_scores_of_pillars_that_are_normalised_again_are_weighed_as_they_enter():
    made = batch(FULL, renormalise="minmax")
    assert like(made, ("",))
    with pytest.raises(MethodError, match="put on a scale again between levels"):
        like(made, ("", "x"))
    with pytest.raises(MethodError, match="put on a scale again between levels"):
        like(made, ("x",))


def test_what_tells_equal_scores_apart_is_not_weighed():
    with pytest.raises(MethodError, match="told apart by other values"):
        form_of(batch(FULL, tiebreak="a"), WeightSpace.stated(), ("",))


def test_gaps_that_are_closed_in_turn_are_refused():
    rule = {"method": "redistribute", "in_turn": True}
    with pytest.raises(MethodError, match="figures are missing"):
        like(batch(ONE_GAP, missing=rule), ("x",))
