"""Figures of many draws are treated at once as they are one draw after the other."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower.methods.treat.base import NoTreatment
from softpower.methods.treat.logarithm import BoxCox, LogTreatment
from softpower.methods.treat.winsorise import Fences, Winsorise

FIGURE = st.one_of(st.integers(0, 5).map(float), st.floats(0.5, 9), st.sampled_from([40.0, -60.0]))
DRAWS = st.integers(3, 14).flatmap(
    lambda n: st.lists(st.lists(FIGURE, min_size=n, max_size=n), min_size=1, max_size=4)
)
METHODS = [
    NoTreatment(),
    Winsorise(points=2),
    Winsorise(points=3, otherwise="keep"),
    Winsorise(force=2),
    Winsorise(skewness=0.5, kurtosis=0, estimator="population"),
    LogTreatment(skewness=1, kurtosis=1),
    BoxCox(only="all", exponent=0.5),
    Fences(),
]


@pytest.mark.parametrize("method", METHODS, ids=str)
@settings(deadline=None, max_examples=30)
@given(DRAWS, st.booleans())
def test_many_draws_are_treated_as_each_of_them_is(method, draws, gap):
    x = np.array(draws)
    if gap:
        x[:, 0] = np.nan
    found = method.of_draws(x.copy())
    for row, values, left, logged in zip(x, *found, strict=True):
        treated = method(row)
        if not left:
            np.testing.assert_array_equal(values, treated.values)
            assert logged == treated.logged


def test_most_draws_of_a_long_tail_are_treated_at_once():
    x = np.random.default_rng(1).pareto(1.5, (50, 60))
    found = Winsorise(points=1).of_draws(x)
    assert not found.left.any()
    assert 0 < np.count_nonzero(found.logged) < 50
