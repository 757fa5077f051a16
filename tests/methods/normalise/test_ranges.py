"""Normalisations from the smallest figure to the largest."""

import numpy as np
import pytest
from pydantic import ValidationError

from helpers.normalisations import COINR, HANDBOOK, NAN
from softpower.errors import MethodError
from softpower.methods.normalise import (
    ConstantIndicatorError,
    Context,
    GoalpostScale,
    LogMinMax,
    MinMax,
    Percentile,
)

POSITIVE = np.array([4.0, 1.5, 300.0, 27.0, 27.0, 0.25])


@pytest.mark.parametrize(
    ("column", "method"),
    [
        ("minmax", MinMax()),
        ("minmax", MinMax(low=0, high=100)),
        ("minmax_1_100", MinMax(low=1)),
        ("minmax_1_100", MinMax().settled(positive=True)),
        ("dist2max", MinMax(high=1)),
    ],
)
def test_min_max_agrees_with_coinr(proof, column, method):
    proof(MinMax, f"COINr: {column}", method(COINR["x"]), COINR[column], 1e-10)


def test_min_max_gives_table_15_of_the_handbook(proof):
    ours = MinMax(high=1)(HANDBOOK["schooling"])
    np.testing.assert_allclose(ours, HANDBOOK["minmax"], rtol=0, atol=1e-10)
    proof(MinMax, "OECD/JRC Handbook: table 15", ours, HANDBOOK["minmax_printed"], 0.0055)


def test_min_max_over_all_periods_is_that_of_scikit_learn_fitted_to_all(proof):
    from sklearn.preprocessing import MinMaxScaler

    now, before = HANDBOOK["schooling"], HANDBOOK["schooling"] * 0.7 + 1
    scaler = MinMaxScaler().fit(np.concatenate([now, before])[:, None])
    ours = MinMax(high=1, over="all-periods")(now, Context(history=tuple(before)))
    proof(MinMax, "scikit-learn: over all periods", ours, scaler.transform(now[:, None])[:, 0])


def test_the_largest_figure_of_all_periods_may_be_one_of_the_past():
    context = Context(history=(0.0, 20.0))
    assert MinMax(over="all-periods")(np.array([5.0, NAN, 10.0]), context)[2] == 50
    turned = MinMax(over="all-periods")(np.array([5.0, 10.0]), context._replace(direction=-1))
    assert turned.tolist() == [75, 50]


def test_figures_that_differ_from_those_of_the_past_alone_are_told_apart():
    assert MinMax(over="all-periods")(np.array([5.0, 5.0]), Context(history=(0.0,)))[0] == 100


def test_all_periods_without_figures_of_others_are_refused():
    with pytest.raises(MethodError, match="It has no figures of other periods"):
        MinMax(over="all-periods")(np.array([1.0, 2.0]))


def test_shifted_logarithms_are_those_of_scikit_learn(proof):
    from sklearn.preprocessing import MinMaxScaler

    x = COINR["x"]
    logs = np.log(x - np.nanmin(x) + 0.01 * (np.nanmax(x) - np.nanmin(x)))
    expected = MinMaxScaler((0, 100)).fit_transform(logs[:, None])[:, 0]
    proof(LogMinMax, "scikit-learn: min-max of logarithms", LogMinMax()(x), expected)
    mirrored = LogMinMax()(-x, Context(direction=-1))
    proof(LogMinMax, "scikit-learn: mirrored", mirrored, expected)


def test_plain_logarithms_are_those_of_pymcdm(proof):
    from pymcdm.normalizations import logarithmic_normalization, minmax_normalization

    expected = 100 * minmax_normalization(logarithmic_normalization(POSITIVE))
    ours = LogMinMax(shift="none")(POSITIVE)
    proof(LogMinMax, "pymcdm: logarithmic, then min-max", ours, expected)
    reversed_ = LogMinMax(shift="none")(POSITIVE, Context(direction=-1))
    proof(LogMinMax, "pymcdm: reversed", reversed_, 100 - expected)


@pytest.mark.parametrize("direction", [1, -1])
def test_plain_logarithms_are_refused_for_a_zero(direction):
    with pytest.raises(MethodError, match="need figures above zero"):
        LogMinMax(shift="none")(np.array([0.0, 2.0]), Context(direction=direction))


@pytest.mark.parametrize(
    "method",
    [MinMax(), LogMinMax(), LogMinMax(shift="none")],
)
@pytest.mark.parametrize(
    ("figures", "what"),
    [
        ([5.0, 5.0, NAN, 5.0], "All its figures are the same"),
        ([1e6, 1e6 * (1 + 1e-13)], "All its figures are the same"),
        ([NAN, 3.0], "It has one figure only"),
        ([NAN, NAN], "It has no figure"),
    ],
)
def test_a_constant_indicator_is_refused(method, figures, what):
    with pytest.raises(ConstantIndicatorError, match=what):
        method(np.array(figures))


@pytest.mark.parametrize(
    ("method", "middle"),
    [(MinMax(), 50.0), (MinMax().settled(positive=True), 50.5), (LogMinMax(low=20), 60.0)],
)
def test_a_range_has_a_middle(method, middle):
    assert method.middle() == middle


def test_an_open_lower_end_leaves_zero_out_for_a_geometric_mean_on_any_range():
    assert MinMax().settled(positive=True).low == 1
    assert MinMax(high=1).settled(positive=True).low == 0.01
    assert MinMax().settled(positive=False).low == 0
    assert MinMax(low=0).settled(positive=True).low == 0


@pytest.mark.parametrize("kind", [MinMax, GoalpostScale, Percentile, LogMinMax])
@pytest.mark.parametrize("ends", [{"low": 100, "high": 0}, {"low": 5, "high": 5}, {"high": -1}])
def test_a_range_runs_upwards(kind, ends):
    with pytest.raises(ValidationError, match="is not below the upper end"):
        kind(**ends)
