"""Ranks under the five tie rules are those done by hand and those of scipy."""

import numpy as np
import pytest
from scipy import stats

from softpower.methods.ties import rank, rounded, significant

NAN = float("nan")
SCIPY = {
    "competition": "min",
    "modified": "max",
    "dense": "dense",
    "average": "average",
    "ordinal": "ordinal",
}
BY_HAND = {
    "competition": [3, 4, 4, 1, 7, 4, 1],
    "modified": [3, 6, 6, 2, 7, 6, 2],
    "dense": [2, 3, 3, 1, 4, 3, 1],
    "average": [3, 5, 5, 1.5, 7, 5, 1.5],
    "ordinal": [3, 4, 5, 1, 7, 6, 2],
}


@pytest.mark.parametrize("ties", BY_HAND)
def test_ties_share_ranks_as_they_do_by_hand(ties):
    values = np.array([5.0, 3, 3, 8, 1, 3, 8])
    assert rank(values, ties).tolist() == BY_HAND[ties]


@pytest.mark.parametrize("ties", SCIPY)
@pytest.mark.parametrize("seed", range(4))
def test_ranks_agree_with_scipy(ties, seed):
    values = np.random.default_rng(seed).integers(-6, 6, 50) / 7
    ascending = rank(values, ties, descending=False)
    np.testing.assert_array_equal(ascending, stats.rankdata(values, method=SCIPY[ties]))
    descending = rank(values, ties)
    np.testing.assert_array_equal(descending, stats.rankdata(-values, method=SCIPY[ties]))


@pytest.mark.parametrize("ties", SCIPY)
def test_missing_values_have_no_rank_and_take_no_place(ties):
    ranks = rank(np.array([NAN, 2.0, NAN, 7.0]), ties)
    np.testing.assert_array_equal(ranks, [NAN, 2, NAN, 1])


def test_nothing_has_no_ranks():
    assert rank(np.array([])).size == 0
    assert np.isnan(rank(np.array([NAN]))).all()


def test_values_that_differ_by_rounding_noise_are_equal():
    assert rank(np.array([0.1 + 0.2, 0.3, 0.2])).tolist() == [1, 1, 3]
    assert rank(np.array([1e15 + 1, 1e15, 1.0])).tolist() == [1, 1, 3]


def test_values_that_differ_in_the_twelfth_digit_are_not_equal():
    assert rank(np.array([0.300000000001, 0.3])).tolist() == [1, 2]
    assert rank(np.array([3.00000000001e-9, 3e-9])).tolist() == [1, 2]


def test_what_is_left_of_large_parts_that_cancel_out_is_noise():
    values = np.array([8e-17, 0.0, -9e-17, 1e-3])
    assert rank(values).tolist() == [2, 3, 4, 1]
    assert rank(values, magnitude=1.5).tolist() == [2, 2, 2, 1]


def test_a_magnitude_coarsens_only_what_is_a_hundred_times_smaller():
    values = np.array([40.0000000001, 40.0, 0.0123456789013, 0.0123456789011])
    assert rank(values).tolist() == [1, 2, 3, 4]
    assert rank(values, magnitude=90.0).tolist() == [1, 2, 3, 3]


def test_rounding_to_significant_digits_keeps_sign_size_and_gaps():
    values = np.array([123456.789, -0.00123456, 0.0, NAN, 9.9999, 5e-300, 7e300])
    expected = [123000, -0.00123, 0, NAN, 10, 5e-300, 7e300]
    np.testing.assert_allclose(significant(values, 3), expected, rtol=1e-14)


def test_rounding_noise_decides_on_no_half():
    noisy = np.array([3.5 - 4e-16, 3.5, 3.5 + 4e-16, 3.4999])
    np.testing.assert_array_equal(rounded(noisy, 0), [4, 4, 4, 3])
    np.testing.assert_array_equal(rounded(np.array([np.nan, -0.25 - 1e-17]), 1), [np.nan, -0.2])


@pytest.mark.parametrize("unit", [1e-307, 1e-300, 1e-13, 1e13, 1e300])
def test_values_of_any_size_are_told_apart_in_the_same_digits(unit):
    values = np.array([1.4, 1.0, 1.0 + 1e-13, 1.0 + 1e-10])
    assert rank(values * unit).tolist() == [1, 3, 3, 2]
    np.testing.assert_allclose(
        significant(unit * values) / unit, [1.4, 1, 1, 1 + 1e-10], rtol=1e-14
    )


@pytest.mark.parametrize("value", [1e300, -3e15, 123456789012.0])
def test_a_large_value_has_no_decimals_to_round(value):
    assert rounded(np.array([value]), 12).tolist() == [value]


def test_equal_values_share_the_mean_of_their_places():
    assert rank(np.array([7.0, 5, 5, 3, 3, 3]), "average").tolist() == [1, 2.5, 2.5, 5, 5, 5]
