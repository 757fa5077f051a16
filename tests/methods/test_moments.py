"""What is told of one indicator does not depend on its unit."""

import numpy as np
import pytest
from scipy import stats

from softpower.methods.moments import exponents, is_constant, skewness_and_kurtosis

NAN = float("nan")
UNITS = [1e-300, 1e-13, 1.0, 7e5, 1e300]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    ("apart", "same"), [(0.0, True), (5e-13, True), (2e-12, False), (1e-8, False), (0.5, False)]
)
def test_figures_are_the_same_to_within_a_part_of_their_size(unit, apart, same):
    assert is_constant(unit * np.array([1 - apart, NAN, 1.0])) is same
    assert is_constant(-unit * np.array([1 - apart, NAN, 1.0])) is same


@pytest.mark.parametrize("unit", UNITS)
def test_figures_around_zero_differ_however_small_they_are(unit):
    assert not is_constant(unit * np.array([-1e-4, 0.0, 1e-4]))
    assert is_constant(np.zeros(3))


def test_sums_may_be_the_same_to_within_a_part_of_what_was_added_up():
    noise = np.array([-1e-14, 0.0, 2e-14])
    assert is_constant(noise, 100.0)
    assert not is_constant(noise, 1e-3)


def test_figures_of_which_there_is_none_do_not_differ():
    assert is_constant(np.array([NAN, NAN]))
    assert is_constant(np.array([]))


@pytest.mark.parametrize("unit", UNITS)
def test_skewness_and_kurtosis_are_those_of_scipy_in_any_unit(unit):
    x = np.array([1.0, 2.0, 2.5, 4.0, 9.0, 30.0])
    expected = stats.skew(x, bias=False), stats.kurtosis(x, bias=False)
    assert skewness_and_kurtosis(unit * x) == pytest.approx(expected, rel=1e-12)


def test_a_power_of_two_brings_values_to_a_size_of_one_without_rounding_them():
    x = np.array([[3.0, 1e-300, 0.0], [NAN, -7e300, 0.0]])
    assert exponents(x, axis=0).tolist() == [2, 1000, 0]
    assert exponents(x) == 1000
    sized = np.ldexp(x, -exponents(x, axis=0))
    assert np.nanmax(np.abs(sized), axis=0) == pytest.approx([0.75, 0.6532, 0], abs=1e-4)
    assert exponents(np.array([NAN])) == 0
