"""What must hold of the methods for any figures."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from softpower.methods.impute import GroupMean, GroupMedian, Mean
from softpower.methods.impute import Median as MedianImputation
from softpower.methods.normalise import (
    Goalposts,
    GoalpostScale,
    MinMax,
    NoNormalisation,
    Percentile,
    RankScale,
    ShareOfMax,
    ZScore,
)
from softpower.methods.ties import rank
from softpower.methods.treat import Winsorise

quickly = settings(derandomize=True, deadline=None, max_examples=20)

ORDINAL = [RankScale(), RankScale(ties="min"), Percentile(), Percentile(kind="ecdf")]
INTERVAL = [MinMax(), MinMax(low=1), ZScore(), ZScore(centre="median"), ZScore(mean=100, sd=10)]
FIXED = [GoalpostScale(), GoalpostScale(clip=False), NoNormalisation()]
NORMALISATIONS = [*ORDINAL, Percentile(kind="handbook"), *INTERVAL, *FIXED]

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


@pytest.mark.parametrize("method", [*ORDINAL, *INTERVAL], ids=repr)
@quickly
@given(x=gappy(), slope=st.sampled_from([0.01, 0.5, 3.0, 1000.0]), shift=figure)
def test_a_change_of_unit_changes_nothing(method, x, slope, shift):
    np.testing.assert_allclose(method(slope * x + shift), method(x), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("method", NORMALISATIONS, ids=repr)
@quickly
@given(x=gappy(), direction=st.sampled_from([1, -1]))
def test_a_better_figure_never_gets_a_lower_value(method, x, direction):
    y = method(x, direction=direction, goalposts=Goalposts(-50.0, 50.0))
    order = np.argsort(direction * x)[: np.count_nonzero(~np.isnan(x))]
    assert (np.diff(y[order]) >= 0).all()
    assert y[order[-1]] > y[order[0]] or method == GoalpostScale()
    np.testing.assert_array_equal(np.isnan(y), np.isnan(x))


@quickly
@given(x=gappy(arrays(float, 9, elements=st.integers(1, 800).map(lambda k: k / 8))))
def test_a_dearer_unit_never_gets_a_higher_inverse_share(x):
    y = ShareOfMax(lower="inverse")(x, direction=-1)
    order = np.argsort(x)[: np.count_nonzero(~np.isnan(x))]
    assert (np.diff(y[order]) <= 0).all()
    assert y[order[0]] == 100


@pytest.mark.parametrize("method", NORMALISATIONS, ids=repr)
@quickly
@given(x=gappy(), seed=st.integers(0, 99))
def test_the_order_of_units_does_not_matter(method, x, seed):
    shuffled = np.random.default_rng(seed).permutation(x.size)
    posts = Goalposts(-50.0, 50.0)
    expected = method(x, goalposts=posts)[shuffled]
    np.testing.assert_allclose(method(x[shuffled], goalposts=posts), expected, rtol=1e-12)


@pytest.mark.parametrize("method", [MinMax(), MinMax(low=-3, high=7), Percentile()], ids=repr)
@quickly
@given(x=gappy())
def test_values_stay_on_the_scale(method, x):
    y = method(x)
    assert np.nanmin(y) >= (method.low or 0)
    assert np.nanmax(y) <= method.high


@quickly
@given(x=gappy())
def test_standard_scores_have_mean_zero_and_deviation_one(x):
    z = ZScore()(x)
    assert np.nanmean(z) == pytest.approx(0, abs=1e-12)
    assert np.nanstd(z, ddof=1) == pytest.approx(1, abs=1e-12)


@quickly
@given(x=gappy(), points=st.integers(1, 6), otherwise=st.just("keep"))
def test_winsorised_figures_stay_within_the_original_range_and_in_order(x, points, otherwise):
    rule = Winsorise(points=points, otherwise=otherwise, skewness=0.3, kurtosis=-2)
    treated = rule(x).values
    order = np.argsort(x)[: np.count_nonzero(~np.isnan(x))]
    assert (np.diff(treated[order]) >= 0).all()
    assert np.nanmin(treated) >= np.nanmin(x)
    assert np.nanmax(treated) <= np.nanmax(x)
    assert np.nanmax(treated) > np.nanmin(treated)
    np.testing.assert_array_equal(np.isnan(treated), np.isnan(x))


@quickly
@given(x=gappy(), points=st.integers(1, 6))
def test_what_is_not_winsorised_is_what_it_was(x, points):
    treated = Winsorise(points=points, otherwise="keep", skewness=0.3, kurtosis=-2)(x)
    changed = ~np.isnan(x) & (treated.values != x)
    assert bool(treated.remark) == bool(changed.any())
    ends = (np.nanmin(treated.values), np.nanmax(treated.values))
    assert np.isin(treated.values[changed], ends).all()


@pytest.mark.parametrize("method", [Mean(), MedianImputation(), GroupMean(), GroupMedian()])
@quickly
@given(data=st.data())
def test_imputation_changes_no_figure_that_is_there_and_stays_within_their_range(method, data):
    shape = data.draw(st.tuples(st.integers(1, 8), st.integers(1, 4)))
    x = data.draw(arrays(float, shape, elements=figure)).copy()
    x[data.draw(arrays(bool, shape))] = np.nan
    groups = data.draw(st.lists(st.sampled_from("ab"), min_size=shape[0], max_size=shape[0]))
    filled = method(x, groups)
    there = ~np.isnan(x)
    np.testing.assert_array_equal(filled[there], x[there])
    for before, after in zip(x.T, filled.T, strict=True):
        present = before[~np.isnan(before)]
        if present.size == 0:
            assert np.isnan(after).all()
        else:
            assert (after >= present.min()).all()
            assert (after <= present.max()).all()


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
