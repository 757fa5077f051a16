"""Expectation and maximisation arrives where the likelihood is known to be largest."""

import numpy as np
import pytest

from helpers.imputations import NAN, columns, filled, random_figures, sheet_of
from softpower.methods.impute import Em

APPLE = columns("apple")
X = np.column_stack([APPLE["size"], APPLE["wormy"]])


def test_gaps_are_what_the_closed_form_for_monotone_gaps_expects(proof):
    values, remarks = Em()(X, sheet_of(X))
    proof(Em, "Anderson (1957): closed form", values[:, 1], APPLE["wormy_expected"], 1e-6)
    assert remarks == {"": "em: 38 iterations"}


def test_gaps_are_what_the_printed_estimates_lead_to(proof):
    # Means 14.72 and 49.33, variance 89.53 and covariance -90.70 in Little & Rubin.
    expected = 49.3333 - 90.697 / 89.534 * (X[12:, 0] - 14.7222)
    computed = filled(Em(), X)[12:, 1]
    proof(Em, "Little & Rubin (2002): apple crops", computed, expected, 2e-4)


def test_where_one_indicator_has_gaps_it_is_a_regression_as_in_scikit_learn(proof):
    from sklearn.experimental import enable_iterative_imputer  # noqa: F401
    from sklearn.impute import IterativeImputer
    from sklearn.linear_model import LinearRegression

    x = random_figures(3, (40, 4), 0)[0]
    x[::5, 2] = NAN
    expected = IterativeImputer(LinearRegression(), max_iter=1, tol=1).fit_transform(x)
    proof(Em, "scikit-learn: IterativeImputer", filled(Em(), x), expected, 1e-6)


def test_gaps_of_any_pattern_are_what_the_largest_likelihood_found_by_scipy_expects(proof):
    from scipy.optimize import minimize
    from scipy.stats import multivariate_normal

    x = random_figures(5, (60, 3), 0.25)[0]
    x = x[~np.isnan(x).all(axis=1)]
    there = [np.flatnonzero(~np.isnan(row)) for row in x]

    def moments(parameters):
        root = np.zeros((3, 3))
        root[np.tril_indices(3)] = parameters[3:]
        return parameters[:3], root @ root.T

    def unlikely(parameters):
        mean, covariance = moments(parameters)
        return -sum(
            multivariate_normal.logpdf(row[o], mean[o], covariance[np.ix_(o, o)])
            for row, o in zip(x, there, strict=True)
        )

    start = [*np.nanmean(x, axis=0), 1.0, 0.0, 1.0, 0.0, 0.0, 1.0]
    mean, s = moments(minimize(unlikely, start, options={"gtol": 1e-5}).x)
    expected = x.copy()
    for row, o in zip(expected, there, strict=True):
        m = np.flatnonzero(np.isnan(row))
        slopes = s[np.ix_(m, o)] @ np.linalg.inv(s[np.ix_(o, o)])
        row[m] = mean[m] + slopes @ (row[o] - mean[o])
    proof(Em, "scipy: the likelihood itself, maximised", filled(Em(), x), expected, 1e-5)


def test_the_unit_of_an_indicator_does_not_matter():
    x = random_figures(6, (50, 4), 0.2)[0]
    scaled = filled(Em(), x * [1, 1e6, 1e-6, -30] + [0, 5, 1, 100])
    expected = filled(Em(), x) * [1, 1e6, 1e-6, -30] + [0, 5, 1, 100]
    np.testing.assert_allclose(scaled, expected, rtol=1e-6)


def test_a_group_is_filled_as_if_it_were_alone():
    x = random_figures(7, (60, 3), 0.2)[0]
    groups = ["a"] * 30 + ["b"] * 30
    together, remarks = Em(by="side")(x, sheet_of(x, groups))
    alone = [filled(Em(), half) for half in (x[:30], x[30:])]
    np.testing.assert_array_equal(together, np.vstack(alone))
    assert remarks[""].endswith("iterations in 2 fits")


def test_what_a_group_leaves_open_is_filled_from_all_and_it_is_said():
    x = random_figures(8, (40, 3), 0.1)[0]
    groups = ["a"] * 30 + ["b"] * 9 + [""]
    x[30:39, 1] = NAN
    x[39, 0] = NAN
    values, remarks = Em(by="side")(x, sheet_of(x, groups))
    overall = filled(Em(), x)
    np.testing.assert_array_equal(values[30:39, 1], overall[30:39, 1])
    assert values[39, 0] == overall[39, 0]
    assert remarks["i1"] == "9 figures from all units, for lack of any in b"
    assert "i0" not in remarks


def test_too_few_units_are_held_together_by_a_ridge_and_it_is_said():
    x = random_figures(9, (5, 4), 0.2)[0]
    values, remarks = Em()(x, sheet_of(x))
    assert np.isfinite(values).all()
    assert "with a ridge, for too few or collinear figures" in remarks[""]


def test_collinear_indicators_are_held_together_by_a_ridge():
    x = np.random.default_rng(1).normal(size=(30, 3))
    x[:, 2] = 2 * x[:, 0] - x[:, 1]
    truth = x[4, 2]
    x[4, 2] = NAN
    values, remarks = Em()(x, sheet_of(x))
    assert values[4, 2] == pytest.approx(truth, abs=1e-4)
    assert "ridge" in remarks[""]


def test_an_end_before_anything_has_settled_is_said():
    assert Em(iterations=2)(X, sheet_of(X)).remarks == {"": "em: 2 iterations, not settled"}


def test_an_indicator_without_differences_is_filled_with_its_only_figure():
    x = np.column_stack([X, np.where(np.arange(18) < 3, NAN, 7.0), np.full(18, NAN)])
    values = filled(Em(), x)
    assert values[:3, 2].tolist() == [7, 7, 7]
    assert np.isnan(values[:, 3]).all()
    np.testing.assert_array_equal(values[:, :2], filled(Em(), X))


def test_what_is_filled_in_may_be_pulled_to_the_range():
    assert filled(Em(), X)[:, 1].max() > 60
    assert filled(Em(clip=True), X)[:, 1].max() == 59
