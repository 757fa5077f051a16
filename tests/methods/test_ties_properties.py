"""What must hold of the methods for any figures."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from softpower.methods.ties import rank

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
