"""Outliers are found and pulled in as COINr does it; moments are those of scipy."""

import math

import numpy as np
import pytest
from outside import table
from scipy import stats

from softpower.methods.moments import is_constant, skewness_and_kurtosis
from softpower.methods.treat import LogTreatment, NoTreatment, Winsorise, shifted_log

NAN = float("nan")
OUTLIERS = table("outliers")
STEPS = table("outlier_steps")
X = OUTLIERS["x"]


@pytest.mark.parametrize("seed", range(5))
def test_the_moments_are_the_unbiased_ones_of_scipy(seed):
    x = np.random.default_rng(seed).lognormal(0, 1 + seed / 4, 4 + 9 * seed)
    expected = stats.skew(x, bias=False), stats.kurtosis(x, bias=False)
    assert skewness_and_kurtosis(x) == pytest.approx(expected, rel=1e-11)
    with_gaps = np.insert(x, [0, 2], NAN)
    assert skewness_and_kurtosis(with_gaps) == skewness_and_kurtosis(x)


@pytest.mark.parametrize("figures", [[1.0, 2.0, 9.0], [1.0, 2.0, NAN, 9.0], [4.0] * 9])
def test_fewer_than_four_or_equal_figures_have_no_moments(figures):
    assert all(math.isnan(moment) for moment in skewness_and_kurtosis(np.array(figures)))


@pytest.mark.parametrize("step", range(4))
def test_each_step_of_winsorising_is_that_of_the_reference(step):
    treated = X if step == 0 else Winsorise(points=step, otherwise="keep")(X).values
    expected = STEPS["G1"][step], STEPS["G2"][step]
    assert skewness_and_kurtosis(treated) == pytest.approx(expected, rel=1e-10)
    assert (treated.max(), treated.min()) == (STEPS["max"][step], STEPS["min"][step])


def test_winsorising_stops_as_soon_as_the_indicator_passes():
    treated = Winsorise()(X)
    np.testing.assert_array_equal(treated.values, OUTLIERS["winsorised"])
    assert treated.remark == "3 figures winsorised"
    assert not treated.logged


def test_winsorising_pulls_in_the_lower_tail_of_a_mirror_image():
    np.testing.assert_array_equal(Winsorise()(-X).values, -OUTLIERS["winsorised"])


def test_an_indicator_that_winsorising_does_not_mend_is_logged_from_its_original_figures():
    treated = Winsorise(points=2)(X)
    np.testing.assert_allclose(treated.values, OUTLIERS["logged"], rtol=1e-11)
    assert treated.remark == "logarithm"
    assert treated.logged


def test_an_indicator_that_winsorising_does_not_mend_may_stay_winsorised():
    treated = Winsorise(points=1, otherwise="keep")(X)
    np.testing.assert_array_equal(treated.values, np.where(X == 80, 75, X))
    assert treated.remark == "1 figure winsorised"


def test_the_shifted_logarithm_is_that_of_the_reference():
    np.testing.assert_allclose(LogTreatment()(X).values, OUTLIERS["logged"], rtol=1e-11)
    np.testing.assert_allclose(LogTreatment()(-X).values, -OUTLIERS["logged"], rtol=1e-11)


def test_the_logarithm_touches_flagged_indicators_only_unless_all_are_asked_for():
    even = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    np.testing.assert_array_equal(LogTreatment()(even).values, even)
    logged = LogTreatment(only="all")(even)
    np.testing.assert_allclose(logged.values, np.log(even - 1 + 0.04), rtol=1e-15)
    assert logged.logged


def test_a_logarithm_that_does_not_help_is_said_not_to_help():
    almost_nobody = np.array([0.0] * 40 + [1.0])
    treated = LogTreatment()(almost_nobody)
    assert treated.remark == "logarithm, still skewed and heavy-tailed after it"


def test_winsorising_leaves_the_last_two_different_figures_apart():
    almost_nobody = np.array([0.0] * 40 + [1.0])
    kept = Winsorise(otherwise="keep")(almost_nobody)
    np.testing.assert_array_equal(kept.values, almost_nobody)
    assert kept.remark == ""
    assert Winsorise()(almost_nobody).logged


def test_no_treatment_changes_nothing():
    treated = NoTreatment()(X)
    np.testing.assert_array_equal(treated.values, X)
    assert treated.remark == ""


def test_both_thresholds_must_be_passed_for_an_indicator_to_be_flagged():
    g1, g2 = skewness_and_kurtosis(X)
    assert Winsorise(skewness=g1, kurtosis=g2).flags(X)
    assert not Winsorise(skewness=g1 * 1.001, kurtosis=g2).flags(X)
    assert not Winsorise(skewness=g1, kurtosis=g2 * 1.001).flags(X)


def test_the_rule_is_that_of_the_jrc_unless_it_is_set_otherwise():
    # A skewness of 2 with an excess kurtosis of 3.5, and at most five figures.
    assert Winsorise() == Winsorise(points=5, skewness=2, kurtosis=3.5, otherwise="log")
    assert LogTreatment() == LogTreatment(only="flagged", skewness=2, kurtosis=3.5)


def test_treatment_does_not_write_into_what_it_is_given():
    before = X.copy()
    Winsorise()(X)
    LogTreatment()(X)
    np.testing.assert_array_equal(X, before)


def test_a_missing_figure_stays_missing_and_no_other_becomes_so():
    with_gap = np.insert(X, 4, NAN)
    for method in (Winsorise(), Winsorise(points=1), LogTreatment(only="all")):
        assert np.flatnonzero(np.isnan(method(with_gap).values)).tolist() == [4]


@pytest.mark.parametrize(
    ("figures", "constant"),
    [
        ([], True),
        ([NAN, NAN], True),
        ([NAN, 3.0], True),
        ([0.1 + 0.2, 0.3], True),
        ([1e9, 1e9 + 1e-4], True),
        ([1e9, 1e9 + 1e-2], False),
        ([0.0, 1e-11], False),
    ],
)
def test_figures_are_constant_when_they_differ_by_rounding_noise_only(figures, constant):
    assert is_constant(np.array(figures)) is constant


def test_the_logarithm_of_an_upper_tail_is_least_at_the_least_figure():
    x = np.array([2.0, 4.0, 12.0])
    np.testing.assert_allclose(shifted_log(x), np.log([0.1, 2.1, 10.1]), rtol=1e-14)
    np.testing.assert_allclose(shifted_log(x, upper=False), -np.log([10.1, 8.1, 0.1]), rtol=1e-14)
