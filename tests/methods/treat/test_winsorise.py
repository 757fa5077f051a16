"""Outliers are found and pulled in as COINr does it; moments are those of scipy."""

import math

import numpy as np
import pytest
from scipy import stats

from helpers.treatments import NAN, OUTLIERS, X, columns
from softpower.methods.moments import is_constant, skewness_and_kurtosis
from softpower.methods.treat import LogTreatment, NoTreatment, Winsorise

STEPS = columns("outlier_steps")


@pytest.mark.parametrize("seed", range(5))
def test_the_moments_are_those_of_scipy(seed):
    x = np.random.default_rng(seed).lognormal(0, 1 + seed / 4, 4 + 9 * seed)
    expected = stats.skew(x, bias=False), stats.kurtosis(x, bias=False)
    assert skewness_and_kurtosis(x) == pytest.approx(expected, rel=1e-11)
    expected = stats.skew(x), stats.kurtosis(x)
    assert skewness_and_kurtosis(x, "population") == pytest.approx(expected, rel=1e-11)
    with_gaps = np.insert(x, [0, 2], NAN)
    assert skewness_and_kurtosis(with_gaps) == skewness_and_kurtosis(x)


@pytest.mark.parametrize("figures", [[1.0, 2.0, 9.0], [1.0, 2.0, NAN, 9.0], [4.0] * 9])
def test_fewer_than_four_or_equal_figures_have_no_moments(figures):
    assert all(math.isnan(moment) for moment in skewness_and_kurtosis(np.array(figures)))


@pytest.mark.parametrize("step", range(1, 4))
@pytest.mark.parametrize("forced", [False, True])
def test_each_step_of_winsorising_is_that_of_the_reference(step, forced, proof):
    rule = Winsorise(force=step) if forced else Winsorise(points=step, otherwise="keep")
    treated = rule(X).values
    case = f"COINr's rule, by numpy and scipy: {step} {'forced' if forced else 'flagged'}, skewness"
    proof(Winsorise, case, skewness_and_kurtosis(treated)[0], STEPS["G1"][step], 1e-10)
    assert skewness_and_kurtosis(treated)[1] == pytest.approx(STEPS["G2"][step], rel=1e-10)
    assert (treated.max(), treated.min()) == (STEPS["max"][step], STEPS["min"][step])


def test_so_many_figures_as_are_forced_are_pulled_in_whatever_the_moments_are():
    even = np.array([1.0, 2.0, 3.0, 4.0, 6.0])
    assert Winsorise()(even).remark == ""
    treated = Winsorise(force=2)(even)
    # First the 6; the longer tail is then the lower one.
    assert treated.values.tolist() == [2, 2, 3, 4, 4]
    assert treated.remark == "2 figures winsorised"
    # Equal figures go together, and the last two different ones stay apart.
    assert Winsorise(force=1)(np.array([1.0, 2.0, 9.0, 9.0])).values.tolist() == [2, 2, 9, 9]
    assert Winsorise(force=9)(np.array([1.0, 2.0, 9.0])).values.tolist() == [1, 2, 2]
    # What was forced is not logged, even if it is still flagged.
    assert not Winsorise(force=1)(X).logged


def test_it_is_said_that_fewer_than_four_figures_are_not_tested():
    said = "as it was, for fewer than four figures are not tested"
    assert Winsorise()(np.array([1.0, 2.0, NAN, 9.0])).remark == said
    assert Winsorise()(np.array([1.0, 2.0, 3.0, 9.0])).remark == ""
    assert Winsorise()(np.array([NAN, NAN])).remark == ""


def test_the_moments_of_the_population_flag_less():
    g1, g2 = skewness_and_kurtosis(X)
    between = {"skewness": (g1 + 2.91938848348) / 2, "kurtosis": 0}
    assert Winsorise(**between).flags(X)
    assert not Winsorise(estimator="population", **between).flags(X)
    kurtosis = (g2 + 7.05800272714) / 2
    assert not Winsorise(estimator="population", kurtosis=kurtosis).flags(X)


def test_winsorising_stops_as_soon_as_the_indicator_passes(proof):
    treated = Winsorise()(X)
    proof(Winsorise, "COINr's rule, by numpy and scipy", treated.values, OUTLIERS["winsorised"], 0)
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


def test_winsorising_leaves_the_last_two_different_figures_apart():
    almost_nobody = np.array([0.0] * 40 + [1.0])
    kept = Winsorise(otherwise="keep")(almost_nobody)
    np.testing.assert_array_equal(kept.values, almost_nobody)
    assert kept.remark == ""
    assert Winsorise()(almost_nobody).logged


def test_no_treatment_changes_nothing(proof):
    treated = NoTreatment()(X)
    proof(NoTreatment, "the figures themselves", treated.values, X, 0)
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
