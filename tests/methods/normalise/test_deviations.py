"""Normalisations by the distance from the middle: standard scores, robust ones, curves."""

import math

import numpy as np
import pytest
from scipy import stats

from helpers.normalisations import COINR, HANDBOOK, NAN
from softpower.errors import MethodError
from softpower.methods.normalise import (
    ConstantIndicatorError,
    Context,
    Logistic,
    Robust,
    ZScore,
)

X = COINR["x"]
PRESENT = ~np.isnan(X)


def spread_out(values):
    """Return values of the figures that are there, NaN elsewhere."""
    out = np.full(X.shape, NAN)
    out[PRESENT] = values
    return out


@pytest.mark.parametrize(
    ("column", "method"),
    [
        ("zscore", ZScore()),
        ("zscore", ZScore().settled(positive=False)),
        ("zscore_100_10", ZScore(mean=100, sd=10)),
        ("zscore_100_10", ZScore().settled(positive=True)),
    ],
)
def test_standard_scores_agree_with_coinr(proof, column, method):
    proof(ZScore, f"COINr: {column}", method(X), COINR[column])


def test_standard_scores_give_table_15_of_the_handbook(proof):
    ours = ZScore()(HANDBOOK["schooling"])
    np.testing.assert_allclose(ours, HANDBOOK["z"], rtol=0, atol=1e-10)
    proof(ZScore, "OECD/JRC Handbook: table 15", ours, HANDBOOK["z_printed"], 0.0055)


def test_the_handbook_divides_by_the_sample_deviation_and_not_by_that_of_the_population(proof):
    sample = ZScore(ddof=1)(HANDBOOK["schooling"])
    population = ZScore(ddof=0)(HANDBOOK["schooling"])
    assert round(float(sample.max()), 2) == HANDBOOK["z_printed"].max() == 1.52
    assert round(float(population.max()), 2) == 1.56
    proof(ZScore, "scipy: zscore", population, stats.zscore(HANDBOOK["schooling"]))


def test_standard_scores_over_all_periods_are_those_of_scikit_learn_fitted_to_all(proof):
    from sklearn.preprocessing import StandardScaler

    now, before = HANDBOOK["schooling"], HANDBOOK["schooling"] * 0.7 + 1
    scaler = StandardScaler().fit(np.concatenate([now, before])[:, None])
    ours = ZScore(ddof=0, over="all-periods")(now, Context(history=tuple(before)))
    proof(ZScore, "scikit-learn: over all periods", ours, scaler.transform(now[:, None])[:, 0])


def test_the_median_may_take_the_place_of_the_mean():
    x = np.array([1.0, 2.0, 3.0, 4.0, 90.0, NAN])
    spread = math.sqrt((19**2 + 18**2 + 17**2 + 16**2 + 70**2) / 4)
    expected = [-2 / spread, -1 / spread, 0, 1 / spread, 87 / spread, NAN]
    np.testing.assert_allclose(ZScore(centre="median")(x), expected, rtol=1e-14)


def test_standard_scores_are_clipped_on_both_sides(proof):
    expected = np.clip(COINR["zscore"], -1.2, 1.2)
    proof(ZScore, "COINr, clipped by numpy", ZScore(clip=1.2)(X), expected)
    assert ZScore(clip=1.2).remark(X) == "2 figures clipped at 1.2 standard deviations"
    assert ZScore(clip=3).remark(X) == ZScore().remark(X) == ""


@pytest.mark.parametrize("direction", [1, -1])
def test_median_deviations_agree_with_scipy(proof, direction):
    x = X[PRESENT]
    mad = stats.median_abs_deviation(x, scale=1 / 1.4826)
    expected = spread_out(direction * (x - np.median(x)) / mad)
    ours = Robust()(X, Context(direction=direction))
    proof(Robust, f"scipy: median_abs_deviation, direction {direction}", ours, expected)


def test_deviations_by_quartiles_agree_with_scikit_learn(proof):
    from sklearn.preprocessing import RobustScaler

    expected = spread_out(RobustScaler().fit_transform(X[PRESENT][:, None])[:, 0])
    proof(Robust, "scikit-learn: RobustScaler", Robust(spread="iqr")(X), expected)
    wide = Robust(spread="iqr", median=100, deviation=10)(X)
    proof(Robust, "scikit-learn: RobustScaler, 100 and 10", wide, 100 + 10 * expected)


def test_quartiles_take_the_place_of_a_median_deviation_of_zero(proof):
    x = np.array([4.0, 4.0, 4.0, 4.0, 8.0, 9.0, NAN])
    expected = (x - 4) / (stats.iqr(x[:6]) / 1.349)
    proof(Robust, "scipy: iqr", Robust()(x), expected)
    assert Robust().remark(x) == "its median deviation is zero, so that its quartiles count"
    assert Robust().remark(X) == Robust(spread="iqr").remark(x) == ""


@pytest.mark.parametrize("spread", ["mad", "iqr"])
def test_quartiles_that_are_the_same_are_refused(spread):
    with pytest.raises(ConstantIndicatorError, match="that its quartiles are"):
        Robust(spread=spread)(np.array([1.0, 4.0, 4.0, 4.0, 4.0, 4.0, 9.0]))


@pytest.mark.parametrize(
    ("curve", "share"), [("logistic", stats.logistic.cdf), ("normal", stats.norm.cdf)]
)
def test_a_curve_is_the_distribution_function_of_scipy(proof, curve, share):
    z = spread_out(stats.zscore(X[PRESENT], ddof=1))
    proof(Logistic, f"scipy: {curve}.cdf", Logistic(curve=curve, high=1)(X), share(z))
    steep = Logistic(curve=curve, low=10, steepness=2.5)(X, Context(direction=-1))
    proof(Logistic, f"scipy: {curve}.cdf, steep", steep, 10 + 90 * share(-2.5 * z))


def test_a_curve_takes_extreme_figures_to_its_ends_without_overflow():
    ours = Logistic(steepness=1e6)(np.array([-1.0, 0.0, 1.0]))
    assert ours.tolist() == [0, 50, 100]


def test_the_median_may_be_the_midpoint_of_a_curve():
    assert Logistic(centre="median")(np.array([1.0, 2.0, 90.0]))[1] == 50


@pytest.mark.parametrize(
    "method", [ZScore(), ZScore(centre="median"), Robust(), Robust(spread="iqr"), Logistic()]
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


def test_all_periods_without_figures_of_others_are_refused():
    with pytest.raises(MethodError, match="It has no figures of other periods"):
        ZScore(over="all-periods")(np.array([1.0, 2.0]))


@pytest.mark.parametrize(
    ("method", "middle"),
    [
        (ZScore(), 0.0),
        (ZScore(mean=100), 100.0),
        (Robust(), 0.0),
        (Robust().settled(positive=True), 100.0),
        (Robust(median=5, deviation=2).settled(positive=True), 5.0),
        (Logistic(), 50.0),
    ],
)
def test_each_scale_has_a_middle(method, middle):
    assert method.middle() == middle
