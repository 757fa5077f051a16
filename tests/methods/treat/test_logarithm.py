"""Logarithms and powers are those of COINr and scipy, on figures that are shifted first."""

import numpy as np
import pytest
from scipy import stats

from helpers.treatments import NAN, OUTLIERS, X, columns
from softpower.errors import MethodError
from softpower.methods.moments import skewness_and_kurtosis
from softpower.methods.treat import BoxCox, LogTreatment
from softpower.methods.treat.logarithm import shifted_log

EVEN = np.array([1.0, 2.0, 3.0, 4.0, 5.0])


def divided(x):
    """Return figures divided by their geometric mean."""
    return x / stats.gmean(x)


def test_the_shifted_logarithm_is_that_of_the_reference(proof):
    proof(
        LogTreatment, "COINr's rule log_CT, by numpy", LogTreatment()(X).values, OUTLIERS["logged"]
    )
    mirrored = LogTreatment()(-X).values
    proof(LogTreatment, "COINr's rule log_CT_plus, by numpy", mirrored, -OUTLIERS["logged"])


def test_one_may_be_added_in_place_of_a_hundredth_of_the_range(proof):
    expected = stats.boxcox(X - X.min() + 1, 0)
    computed = LogTreatment(shift="one")(X).values
    proof(LogTreatment, "COINr's rule log_CT_orig, by scipy", computed, expected)


def test_positive_figures_may_be_logged_as_they_are():
    positive = X - X.min() + 2
    np.testing.assert_array_equal(LogTreatment(shift="none")(positive).values, np.log(positive))
    with pytest.raises(MethodError, match="1 of its figures is not above zero"):
        LogTreatment(shift="none")(X)
    with pytest.raises(MethodError, match="1 of its figures is not above zero"):
        BoxCox(shift="none")(X)


def test_a_lower_tail_is_shifted_even_where_figures_are_not_to_be():
    np.testing.assert_allclose(LogTreatment(shift="none")(-X).values, -OUTLIERS["logged"])


def test_the_logarithm_touches_flagged_indicators_only_unless_all_are_asked_for():
    np.testing.assert_array_equal(LogTreatment()(EVEN).values, EVEN)
    logged = LogTreatment(only="all")(EVEN)
    np.testing.assert_allclose(logged.values, np.log(EVEN - 1 + 0.04), rtol=1e-15)
    assert logged.logged


def test_a_logarithm_that_does_not_help_is_said_not_to_help():
    almost_nobody = np.array([0.0] * 40 + [1.0])
    treated = LogTreatment()(almost_nobody)
    assert treated.remark == "logarithm, still skewed and heavy-tailed after it"


def test_the_logarithm_of_an_upper_tail_is_least_at_the_least_figure():
    x = np.array([2.0, 4.0, 12.0])
    np.testing.assert_allclose(shifted_log(x), np.log([0.1, 2.1, 10.1]), rtol=1e-14)
    np.testing.assert_allclose(shifted_log(x, upper=False), -np.log([10.1, 8.1, 0.1]), rtol=1e-14)


def test_a_given_power_leads_to_the_skewness_of_the_reference(proof):
    for exponent, skewness in zip(*columns("box_cox").values(), strict=True):
        treated = BoxCox(exponent=exponent)(X)
        computed = skewness_and_kurtosis(treated.values)[0]
        proof(BoxCox, f"numpy: exponent {exponent:g}, skewness", computed, skewness)
        assert treated.remark.startswith(f"Box-Cox, exponent {exponent:g}")
        assert treated.logged


@pytest.mark.parametrize("seed", range(5))
def test_the_most_likely_power_is_that_of_scipy(seed, proof):
    rng = np.random.default_rng(seed)
    x = stats.skewnorm.rvs(4 - 2 * seed, size=60, random_state=rng)
    shift = 0.01 * np.ptp(x)
    expected, _ = stats.boxcox(divided(x - x.min() + shift))
    proof(BoxCox, "scipy.stats.boxcox", BoxCox(only="all")(x).values, expected, 1e-4)
    positive = rng.lognormal(2, 1, 50)
    expected, exponent = stats.boxcox(divided(positive))
    treated = BoxCox(only="all", shift="none")(positive)
    proof(BoxCox, "scipy.stats.boxcox, no shift", treated.values, expected, 1e-4)
    assert treated.remark == f"Box-Cox, exponent {exponent:.3g}"
    shifted = BoxCox(only="all", shift="one")(x)
    expected, _ = stats.boxcox(divided(x - x.min() + 1))
    proof(BoxCox, "scipy.stats.boxcox, COINr's shift", shifted.values, expected, 1e-4)


def test_a_power_touches_flagged_indicators_only_unless_all_are_asked_for():
    np.testing.assert_array_equal(BoxCox()(EVEN).values, EVEN)
    assert not BoxCox()(EVEN).logged
    assert BoxCox(only="all")(EVEN).logged
    assert BoxCox()(X).logged


def test_an_exponent_of_one_only_shifts():
    treated = BoxCox(exponent=1, only="all", shift="none")(EVEN)
    np.testing.assert_allclose(treated.values, divided(EVEN) - 1, rtol=1e-12)


def test_a_steep_power_keeps_the_digits_of_figures_far_from_one():
    years = np.array([1990.0, 1991, 1992, 2000, 2020])
    treated = BoxCox(exponent=-5, only="all", shift="none")(years).values
    expected = -(years**-5.0 - years[0] ** -5.0) / (years[0] ** -5.0 - years[-1] ** -5.0)
    np.testing.assert_allclose((treated - treated[0]) / np.ptp(treated), expected, rtol=1e-10)


def test_an_indicator_without_differences_stays_as_it_is():
    same = np.array([7.0, 7.0, NAN, 7.0, 7.0])
    for method in (BoxCox(only="all"), LogTreatment(only="all")):
        np.testing.assert_array_equal(method(same).values, same)
        assert method(same).remark == ""


def test_a_zero_is_counted_among_the_figures_that_have_no_logarithm():
    with pytest.raises(MethodError, match="2 of its figures are not above zero"):
        LogTreatment(only="all", shift="none")(np.array([0.0, 0.0, 1, 2, 9]))
