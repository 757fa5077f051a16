"""Normalisations by the distance from another figure: in percent, on a way, around a reference."""

import numpy as np
import pytest
from pydantic import ValidationError

from helpers.normalisations import COINR, EIGHT, HANDBOOK, NAN, USA, table
from softpower.errors import MethodError
from softpower.methods.normalise import (
    AboveBelow,
    AdjustedMazziottaPareto,
    ConstantIndicatorError,
    Context,
    DistanceToReference,
    RelativeDifference,
)

SCHOOLING = HANDBOOK["schooling"]
AMPI = table("compind_ampi")


@pytest.mark.parametrize(
    ("column", "method"),
    [
        ("diff_mean", RelativeDifference(base=1)),
        ("diff_worst", RelativeDifference(to="worst", base=1)),
    ],
)
def test_relative_differences_give_table_15_of_the_handbook(proof, column, method):
    ours = method(SCHOOLING)
    np.testing.assert_allclose(ours, HANDBOOK[column], rtol=0, atol=1e-10)
    case = f"OECD/JRC Handbook: table 15, {column}"
    proof(RelativeDifference, case, ours, HANDBOOK[f"{column}_printed"], 0.0055)


@pytest.mark.parametrize("to", ["leader", "United States", "target"])
def test_the_difference_from_the_leader_is_its_ratio_less_one(proof, to):
    method = RelativeDifference(to=to, base=1)
    ours = method(SCHOOLING, Context(reference=USA, target=12.0))
    case = f"OECD/JRC Handbook: table 15, ratio_best - 1 by {to}"
    proof(RelativeDifference, case, ours, HANDBOOK["ratio_best"] - 1)


def test_a_difference_in_percent_is_turned_round_where_low_figures_are_better():
    ours = RelativeDifference(to="A")(np.array([10.0, 5.0, NAN, 12.0]), Context(-1, reference=0))
    np.testing.assert_array_equal(ours, [0, 50, NAN, -20])


def test_more_than_a_figure_below_zero_is_better_than_it():
    ours = RelativeDifference(to="A")(np.array([-10.0, -5.0, -12.0]), Context(reference=0))
    np.testing.assert_array_equal(ours, [0, 50, -20])


def test_a_difference_relative_to_zero_is_refused():
    with pytest.raises(MethodError, match="compared with is zero"):
        RelativeDifference()(np.array([-1.0, 1.0]))


@pytest.mark.parametrize(
    "method",
    [RelativeDifference(to=to) for to in ("mean", "leader", "worst")] + [AboveBelow()],
    ids=repr,
)
def test_a_constant_indicator_has_nothing_to_be_compared_with(method):
    with pytest.raises(ConstantIndicatorError, match="All its figures are the same"):
        method(np.array([4.0, NAN, 4.0]))


def test_a_constant_indicator_differs_from_a_target():
    constant = np.array([4.0, NAN, 4.0])
    values = RelativeDifference(to="target")(constant, Context(target=5.0))
    np.testing.assert_allclose(values, [-20, NAN, -20])
    values = RelativeDifference(to="A")(constant, Context(reference=0))
    np.testing.assert_array_equal(values, [0, NAN, 0])


@pytest.mark.parametrize(("column", "clip"), [("dist2ref4", False), ("dist2ref4_cap", True)])
def test_the_distance_to_a_reference_agrees_with_coinr(proof, column, clip):
    method = DistanceToReference(to="D", high=1, clip=clip)
    ours = method(COINR["x"], Context(reference=EIGHT))
    proof(DistanceToReference, f"COINr: {column}", ours, COINR[column], 1e-10)
    turned = method(-COINR["x"], Context(-1, reference=EIGHT))
    proof(DistanceToReference, f"COINr: {column} of -x", turned, COINR[column], 1e-10)


def test_figures_beyond_that_of_the_reference_are_counted_if_they_are_clipped():
    context = Context(reference=EIGHT)
    clipped = DistanceToReference(to="Delos", clip=True)
    assert clipped.remark(COINR["x"], context) == "1 figure beyond that of Delos, clipped"
    assert DistanceToReference(to="Delos").remark(COINR["x"], context) == ""


@pytest.mark.parametrize(
    ("figures", "error", "what"),
    [
        ([2.0, 5.0], MethodError, "Delos has the worst figure"),
        ([NAN, 5.0, 6.0], MethodError, "Delos has no figure to compare with"),
        ([5.0, 5.0], ConstantIndicatorError, "All its figures are the same"),
    ],
)
def test_a_distance_to_a_reference_that_cannot_be_measured_is_refused(figures, error, what):
    with pytest.raises(error, match=what):
        DistanceToReference(to="Delos")(np.array(figures), Context(reference=0))


def test_a_distance_to_one_of_the_words_is_another_method():
    with pytest.raises(ValidationError, match="there is no unit leader; minmax is"):
        DistanceToReference(to="leader")


def test_above_and_below_the_mean_are_those_of_table_15_of_the_handbook(proof):
    case = "OECD/JRC Handbook: table 15"
    proof(AboveBelow, case, AboveBelow()(SCHOOLING), HANDBOOK["above_below_printed"])
    turned = AboveBelow()(SCHOOLING, Context(direction=-1))
    proof(AboveBelow, f"{case}, reversed", turned, -HANDBOOK["above_below_printed"])


@pytest.mark.parametrize("direction", [1, -1])
def test_nothing_is_above_a_mean_that_is_not_above_zero(direction):
    with pytest.raises(MethodError, match="needs a mean above zero"):
        AboveBelow()(np.array([-1.0, 1.0]), Context(direction))


@pytest.mark.parametrize(("now", "other"), [(2010, 2011), (2011, 2010)])
def test_the_adjusted_mazziotta_pareto_index_is_that_of_compind(proof, now, other):
    method = AdjustedMazziottaPareto(to="target", over="all-periods")
    columns = [
        method(AMPI[f"{name}_{now}"], Context(target=at, history=tuple(AMPI[f"{name}_{other}"])))
        for name, at in (("employment", 50.0), ("energy", 100.0))
    ]
    mean, sd = np.mean(columns, axis=0), np.std(columns, axis=0)
    case = f"Compind: ci_ampi, {now}"
    proof(AdjustedMazziottaPareto, case, mean - sd * sd / mean, AMPI[f"ampi_{now}"], 5.1e-4)


def test_a_reference_is_a_hundred_and_the_middle_of_the_range_makes_it_seventy_to_130(proof):
    x = np.array([20.0, 30.0, NAN, 40.0])
    expected = [70, 100, NAN, 130]
    proof(AdjustedMazziottaPareto, "closed form", AdjustedMazziottaPareto()(x), expected)
    ours = AdjustedMazziottaPareto(to="A")(x, Context(-1, reference=0))
    proof(AdjustedMazziottaPareto, "closed form: lower is better", ours, [100, 70, NAN, 40])


def test_the_mean_of_all_periods_makes_periods_comparable(proof):
    # Range 10 to 60 and mean 35 of both years, worked by hand: 100 + 60 (x - 35) / 50.
    first, last = np.array([10.0, 20, 30, 40]), np.array([30.0, 40, 50, 60])
    method = AdjustedMazziottaPareto(over="all-periods")
    case = "definition, worked by hand: mean of all periods"
    then = method(first, Context(history=tuple(last)))
    now = method(last, Context(history=tuple(first)))
    proof(AdjustedMazziottaPareto, case, [then, now], [[70, 82, 94, 106], [94, 106, 118, 130]])


def test_figures_may_all_be_above_the_mean_of_all_periods():
    above = AdjustedMazziottaPareto(over="all-periods", centre=0)
    assert (above(np.array([5.0, 6.0]), Context(history=(1.0, 2.0))) > 0).all()
    assert not above.negative()
    assert AdjustedMazziottaPareto(centre=0).negative()


def test_it_is_centred_on_neither_end():
    with pytest.raises(ValidationError, match="centred on the mean, a target or a unit"):
        AdjustedMazziottaPareto(to="worst")


def test_a_constant_indicator_has_no_range():
    with pytest.raises(ConstantIndicatorError, match="All its figures are the same"):
        AdjustedMazziottaPareto()(np.array([2.0, 2.0]))


@pytest.mark.parametrize(
    ("method", "middle"),
    [
        (RelativeDifference(), 0.0),
        (DistanceToReference(to="A"), 50.0),
        (AboveBelow(), 0.0),
        (AdjustedMazziottaPareto(), 100.0),
    ],
)
def test_each_scale_has_a_middle(method, middle):
    assert method.middle() == middle


@pytest.mark.parametrize("unit", [1e-300, 0.1, 0.3, 1.0, 1e300])
def test_a_figure_on_the_edge_of_the_margin_is_neither_above_nor_below(unit):
    x = unit * np.array([8.0, 12, 10, 7.9, 12.1])  # a mean of 10
    assert AboveBelow()(x).tolist() == [0, 0, 0, -1, 1]
    for margin in (0.1, 0.15, 0.3, 0.7, 0.9):
        y = unit * np.array([10 * (1 - margin), 10 * (1 + margin), 10])
        assert AboveBelow(margin=margin)(y).tolist() == [0, 0, 0]
