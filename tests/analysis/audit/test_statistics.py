"""Measures of an audit against the Handbook's tables and against scipy."""

import numpy as np
import pytest
from scipy import stats

from helpers.weighed import TAI, tai
from softpower.analysis.audit.statistics import (
    alpha_without,
    correlations,
    cronbach,
    item_rest,
    partial_correlation,
    pearson,
    rank_correlation,
)
from softpower.analysis.audit.weights import ratio

R = correlations(tai())


def test_correlations_are_those_of_the_handbook():
    printed = {  # OECD/JRC Handbook (2008), table 6
        ("patents", "exports"): 0.45,
        ("royalties", "telephones"): 0.56,
        ("internet", "electricity"): 0.84,
        ("internet", "exports"): -0.45,
        ("exports", "electricity"): -0.36,
        ("schooling", "university"): 0.08,
    }
    for (one, other), r in printed.items():
        assert R[TAI.index(one), TAI.index(other)] == pytest.approx(r, abs=0.0055)
    assert np.array_equal(R, R.T)
    np.testing.assert_allclose(R, np.corrcoef(tai(), rowvar=False), atol=1e-12)


def test_alpha_and_what_each_indicator_does_to_it_are_those_of_the_handbook():
    # OECD/JRC Handbook (2008), p. 72 and table 11
    rest = [0.261, 0.527, 0.566, -0.108, 0.701, 0.614, 0.451, 0.249]
    without = [0.704, 0.645, 0.636, 0.774, 0.603, 0.624, 0.662, 0.706]
    assert cronbach(R) == pytest.approx(0.704, abs=0.0006)
    np.testing.assert_allclose(item_rest(R), rest, atol=0.0006)
    np.testing.assert_allclose(alpha_without(R), without, atol=0.0006)


def test_alpha_is_that_of_the_variances_of_standardised_sums():
    z = stats.zscore(tai())
    k = z.shape[1]
    alpha = k / (k - 1) * (1 - z.var(axis=0).sum() / z.sum(axis=1).var())
    assert cronbach(R) == pytest.approx(alpha, abs=1e-12)
    others = [stats.pearsonr(z[:, j], np.delete(z, j, 1).sum(axis=1))[0] for j in range(k)]
    np.testing.assert_allclose(item_rest(R), others, atol=1e-12)


def test_correlations_are_over_what_both_have():
    x = np.array([1.0, 2, 3, np.nan, 5, 9])
    y = np.array([2.0, 1, 4, 7, np.nan, 5])
    assert pearson(x, y) == pytest.approx(stats.pearsonr([1, 2, 3, 9], [2, 1, 4, 5])[0])
    assert rank_correlation(x, y) == pytest.approx(stats.spearmanr([1, 2, 3, 9], [2, 1, 4, 5])[0])
    assert pearson(1e300 * x, 1e-300 * y) == pytest.approx(pearson(x, y))
    assert np.isnan(pearson(x[:4], y[:4]))
    assert np.isnan(pearson(x, np.ones(6)))


def test_a_partial_correlation_is_that_of_the_inverse_matrix():
    x = tai()
    ranks = stats.rankdata(x[:, :4], axis=0)
    inverse = np.linalg.inv(np.corrcoef(ranks, rowvar=False))
    expected = -inverse[0, 1] / np.sqrt(inverse[0, 0] * inverse[1, 1])
    assert partial_correlation(x[:, 0], x[:, 1], x[:, 2:4]) == pytest.approx(expected, abs=1e-9)


def test_a_line_explains_the_square_of_the_correlation_and_a_spline_finds_a_curve():
    x = np.linspace(-1, 1, 41)
    assert ratio("linear", x, x**2) == pytest.approx(0, abs=1e-12)
    assert ratio("spline", x, x**2) > 0.99
    y = tai()
    r = stats.pearsonr(y[:, 2], y[:, 5])[0]
    assert ratio("linear", y[:, 2], y[:, 5]) == pytest.approx(r**2, abs=1e-12)
    assert ratio("spline", np.ones(41), x) == 0
