"""What must hold of the methods for any figures."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from softpower.methods.aggregate import Arithmetic, Geometric, Harmonic, Median, Power
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


@st.composite
def rows(draw):
    """Return the values and weights of some units, all children counting."""
    shape = draw(st.tuples(st.integers(1, 5), st.integers(1, 6)))
    y = draw(arrays(float, shape, elements=st.integers(1, 800).map(lambda k: k / 8)))
    w = draw(arrays(float, shape, elements=st.integers(1, 9).map(float)))
    return y, w / w.sum(axis=1, keepdims=True)


MEANS = [Arithmetic(), Geometric(), Harmonic(), Power(p=2), Power(p=-3.5), Power(p=0.3)]


@pytest.mark.parametrize("method", [*MEANS, Median(), Median(kind="lower")], ids=repr)
@quickly
@given(given_rows=rows(), data=st.data())
def test_a_higher_value_never_lowers_the_mean(method, given_rows, data):
    y, w = given_rows
    j = data.draw(st.integers(0, y.shape[1] - 1))
    raised = y.copy()
    raised[:, j] += data.draw(st.integers(1, 100)) / 8
    before, after = method(y, w), method(raised, w)
    assert (after >= before * (1 - 1e-13)).all()
    if method in MEANS:
        assert (after > before).all()


@pytest.mark.parametrize("method", [*MEANS, Median(), Median(kind="lower")], ids=repr)
@quickly
@given(given_rows=rows())
def test_a_mean_lies_between_the_smallest_and_the_largest_value(method, given_rows):
    y, w = given_rows
    mean = method(y, w)
    assert (mean >= y.min(axis=1) * (1 - 1e-12)).all()
    assert (mean <= y.max(axis=1) * (1 + 1e-12)).all()


@pytest.mark.parametrize("method", [*MEANS, Median(), Median(kind="lower")], ids=repr)
@quickly
@given(given_rows=rows(), value=st.floats(1e-6, 1e6))
def test_the_mean_of_equal_values_is_that_value(method, given_rows, value):
    y, w = given_rows
    np.testing.assert_allclose(method(np.full(y.shape, value), w), value, rtol=1e-12)


@quickly
@given(given_rows=rows())
def test_means_are_in_the_order_of_their_exponents(given_rows):
    y, w = given_rows
    exponents = (-20, -2, -1, -0.5, 0, 0.5, 1, 2, 20)
    means = np.array([Power(p=p)(y, w) for p in exponents])
    assert (np.diff(means, axis=0) >= -1e-11 * means[:-1]).all()
    for p, method in ((-1, Harmonic()), (0, Geometric()), (1, Arithmetic())):
        np.testing.assert_array_equal(means[exponents.index(p)], method(y, w))


@pytest.mark.parametrize("method", [*MEANS, Median()], ids=repr)
@quickly
@given(given_rows=rows(), factor=st.sampled_from([1e-3, 0.7, 40.0]))
def test_a_mean_of_values_in_another_unit_is_the_mean_in_that_unit(method, given_rows, factor):
    y, w = given_rows
    np.testing.assert_allclose(method(factor * y, w), factor * method(y, w), rtol=1e-11)


@pytest.mark.parametrize("method", [*MEANS, Median(), Median(kind="lower")], ids=repr)
@quickly
@given(given_rows=rows(), seed=st.integers(0, 99))
def test_the_order_of_children_does_not_matter(method, given_rows, seed):
    y, w = given_rows
    shuffled = np.random.default_rng(seed).permutation(y.shape[1])
    np.testing.assert_allclose(method(y[:, shuffled], w[:, shuffled]), method(y, w), rtol=1e-12)


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
