"""What must hold of the methods for any figures."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from softpower.methods.ties import rank, rounded, significant

quickly = settings(derandomize=True, deadline=None, max_examples=20)

# Figures with few digits, so that differences are either none or well above rounding noise.
figure = st.integers(-1000, 1000).map(lambda k: k / 8)
indicator = arrays(float, st.integers(2, 20), elements=figure)


@st.composite
def gappy(draw, values=indicator):
    """Return an indicator with some figures missing, but two different ones at least."""
    x = draw(values).copy()
    x[draw(arrays(bool, x.size))] = np.nan
    present = x[~np.isnan(x)]
    assume(present.size > 1)
    assume(np.ptp(present) > 0)
    return x


TIES = {
    "competition": "min",
    "modified": "max",
    "dense": "dense",
    "average": "average",
    "ordinal": "ordinal",
}


@pytest.mark.parametrize("ties", TIES)
@quickly
@given(x=indicator)
def test_ranks_are_those_of_scipy(ties, x):
    np.testing.assert_array_equal(rank(x, ties), stats.rankdata(-x, method=TIES[ties]))


@pytest.mark.parametrize("ties", TIES)
@quickly
@given(x=gappy(), seed=st.integers(0, 99))
def test_rounding_noise_moves_no_rank(ties, x, seed):
    noise = np.random.default_rng(seed).choice([-1, 0, 1], x.size)
    in_the_last_digit = x * (1 + noise * 3e-16)
    np.testing.assert_array_equal(rank(in_the_last_digit, ties), rank(x, ties))
    from_parts_of_a_hundred = x + noise * 1e-13
    np.testing.assert_array_equal(rank(from_parts_of_a_hundred, ties, magnitude=100), rank(x, ties))


NEAR = st.builds(
    lambda whole, unit, off: whole * unit + off,
    st.integers(-9, 9),
    st.sampled_from([1.0, 0.05, 1 / 8, 1e-300, 1e300]),
    st.sampled_from([0.0, 1e-15, 1e-13, 1e-11, -1e-11, np.nan]),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(NEAR, min_size=1, max_size=8), st.integers(0, 12), st.sampled_from([0.0, 1.0, 1e3]))
def test_only_what_noise_could_decide_is_rounded_first(values, decimals, magnitude):
    """The short way gives what rounding every value to its significant digits first gives."""
    values = np.array(values)
    careful = significant(values)
    whole = np.abs(careful) >= 2.0**53 / 10.0**decimals
    expected = np.where(whole, careful, np.round(np.where(whole, 0.0, careful), decimals))
    np.testing.assert_array_equal(rounded(values, decimals), expected)
    keys = significant(values, magnitude=magnitude)
    ranks = [np.nan if np.isnan(key) else 1.0 + np.sum(keys > key) for key in keys]
    np.testing.assert_array_equal(rank(values, magnitude=magnitude), ranks)
