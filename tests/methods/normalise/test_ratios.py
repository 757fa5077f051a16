"""Normalisations that divide each figure by another one."""

import numpy as np
import pytest
from pydantic import ValidationError

from helpers.normalisations import COINR, HANDBOOK, NAN, USA
from softpower.errors import MethodError
from softpower.methods.normalise import (
    ConstantIndicatorError,
    Context,
    Ratio,
    RelativeDifference,
    ShareOfMax,
)

PRICES = np.array([4.0, NAN, 2.0, 8.0])
LOW = Context(direction=-1, reference=0, target=1.0)


def test_the_share_of_the_maximum_agrees_with_coinr(proof):
    proof(ShareOfMax, "COINr: fracmax", ShareOfMax(high=1)(COINR["x"]), COINR["fracmax"])


@pytest.mark.parametrize(
    ("column", "method"),
    [
        ("ratio_best", ShareOfMax(high=1)),
        ("ratio_mean", Ratio(base=1)),
        ("ratio_worst", Ratio(to="worst", base=1)),
        ("ratio_best", Ratio(to="United States", base=1)),
        ("ratio_best", Ratio(to="target", base=1)),
    ],
)
def test_ratios_give_table_15_of_the_handbook(proof, column, method):
    ours = method(HANDBOOK["schooling"], Context(reference=USA, target=12.0))
    np.testing.assert_allclose(ours, HANDBOOK[column], rtol=0, atol=1e-10)
    case = f"OECD/JRC Handbook: table 15, {column} by {getattr(method, 'to', 'maximum')}"
    proof(type(method), case, ours, HANDBOOK[f"{column}_printed"], 0.0055)


def test_the_share_of_the_maximum_depends_on_where_a_thermometer_starts(proof):
    # OECD/JRC Handbook, table 14: A and B in 2003 and 2004, composites in Celsius and Fahrenheit.
    humidity = {2003: [75, 50], 2004: [70, 45]}
    warmth = {
        2003: ([35, 39], [95, 102.2], [0.949, 0.833], [0.965, 0.833]),
        2004: ([35.9, 40], [96.62, 104], [0.949, 0.821], [0.965, 0.821]),
    }
    share = ShareOfMax(high=1)
    for year, (celsius, fahrenheit, *printed) in warmth.items():
        for degrees, expected in zip((celsius, fahrenheit), printed, strict=True):
            ours = (share(np.array(degrees)) + share(np.array(humidity[year], float))) / 2
            proof(ShareOfMax, f"OECD/JRC Handbook: table 14, {year}", ours, expected, 6e-4)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        # Three prices, 2, 4 and 8: the cheapest, the dearest, the first or the target of 1.
        (ShareOfMax(lower="inverse"), [50, NAN, 100, 25]),
        (Ratio(to="worst", lower="inverse"), [200, NAN, 400, 100]),
        (Ratio(to="A", lower="inverse"), [100, NAN, 200, 50]),
        (Ratio(to="target", lower="inverse"), [25, NAN, 50, 12.5]),
        (Ratio(lower="inverse", base=12), [14, NAN, 28, 7]),
    ],
)
def test_the_inverse_ratio_compares_the_other_figure_with_each(method, expected):
    np.testing.assert_allclose(method(PRICES, LOW), expected, rtol=1e-15)


def test_a_quotient_is_refused_where_low_figures_are_better():
    with pytest.raises(MethodError, match="A share of the maximum has no meaning where low"):
        ShareOfMax()(PRICES, LOW)
    with pytest.raises(MethodError, match="A ratio has no meaning where low"):
        Ratio()(PRICES, LOW)


def test_the_inverse_is_refused_for_a_zero():
    with pytest.raises(MethodError, match="inverse share of the maximum needs figures above zero"):
        ShareOfMax(lower="inverse")(np.array([0.0, 2.0]), LOW)
    with pytest.raises(MethodError, match="inverse ratio needs figures above zero"):
        Ratio(to="target", lower="inverse")(PRICES, LOW._replace(target=-1.0))


@pytest.mark.parametrize("largest", [0.0, -1.0])
def test_a_share_of_a_maximum_that_is_not_above_zero_is_refused(largest):
    with pytest.raises(MethodError, match="needs a maximum above zero"):
        ShareOfMax()(np.array([-3.0, largest]))


@pytest.mark.parametrize(
    ("to", "what"),
    [
        ("mean", "A ratio needs a mean above zero"),
        ("worst", "A ratio needs a worst figure above zero"),
        ("target", "A ratio needs a target above zero"),
        ("Atlantis", "A ratio needs a figure of Atlantis above zero"),
    ],
)
def test_a_ratio_to_what_is_not_above_zero_is_refused(to, what):
    with pytest.raises(MethodError, match=what):
        Ratio(to=to)(np.array([-3.0, 1.0]), Context(reference=0, target=0.0))


@pytest.mark.parametrize(
    ("context", "what"),
    [
        (Context(), "There is no unit Atlantis to compare with here"),
        (Context(reference=1), "Atlantis has no figure to compare with"),
    ],
)
def test_a_ratio_to_a_unit_without_a_figure_is_refused(context, what):
    with pytest.raises(MethodError, match=what):
        Ratio(to="Atlantis")(PRICES, context)


def test_a_ratio_to_a_target_that_is_not_stated_is_refused():
    with pytest.raises(MethodError, match="It has no target"):
        Ratio(to="target")(PRICES)


@pytest.mark.parametrize("method", [ShareOfMax(lower="inverse"), Ratio(lower="inverse")])
@pytest.mark.parametrize("direction", [1, -1])
def test_a_quotient_of_no_figure_is_refused(method, direction):
    with pytest.raises(ConstantIndicatorError, match="It has no figure"):
        method(np.array([NAN, NAN]), Context(direction=direction))


def test_the_ratio_to_the_leader_has_a_name_of_its_own():
    with pytest.raises(ValidationError, match="is the method share-of-max"):
        Ratio(to="leader")


@pytest.mark.parametrize("name", ["", "Atlan\ntis", "[red]Atlantis", "<b>", "x" * 201])
def test_what_can_be_no_name_of_a_unit_is_refused(name):
    with pytest.raises(ValidationError, match=r"character|brackets"):
        Ratio(to=name)


def test_a_scale_is_not_turned_round():
    with pytest.raises(ValidationError, match="greater than 0"):
        ShareOfMax(high=-100)
    with pytest.raises(ValidationError, match="greater than 0"):
        Ratio(base=0)


def test_each_scale_has_a_middle():
    assert ShareOfMax().middle() == 50
    assert Ratio().middle() == 100


@pytest.mark.parametrize("method", [ShareOfMax(), Ratio(), Ratio(to="worst")], ids=repr)
def test_a_constant_indicator_has_nothing_to_be_divided_by(method):
    with pytest.raises(ConstantIndicatorError, match="All its figures are the same"):
        method(np.array([4.0, 4.0]))
    assert Ratio(to="target")(np.array([4.0, 4.0]), Context(target=5.0)).tolist() == [80, 80]


@pytest.mark.parametrize("unit", [1e-300, 1e-13, 0.1, 1.0, 1e13, 1e300])
def test_a_mean_that_is_zero_but_for_noise_is_zero_in_any_unit(unit):
    x = unit * np.array([1.0, 2, -3])
    with pytest.raises(MethodError, match="needs a mean above zero"):
        Ratio()(x)
    with pytest.raises(MethodError, match="compared with is zero"):
        RelativeDifference()(x)
