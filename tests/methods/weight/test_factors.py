"""The most likely factors are those of R and of scikit-learn."""

import numpy as np
import pytest

from helpers.weighed import aligned, said, table, tai, weigh
from softpower.errors import MethodError
from softpower.methods.weight import FactorAnalysis
from softpower.methods.weight.derived import correlation
from softpower.methods.weight.factors import identified, likely
from softpower.methods.weight.varimax import varimax


def two_groups(n=300):
    """Return six indicators, three of each of two things in common."""
    rng = np.random.default_rng(7)
    common = rng.normal(size=(n, 2))
    parts = np.array([[1, 0.8, 0.9, 0.1, 0, 0.2], [0, 0.2, 0.1, 1, 0.7, 0.8]])
    return common @ parts + rng.normal(size=(n, 6)) * [0.5, 0.7, 0.9, 0.6, 0.8, 0.7]


def test_the_likely_factors_are_those_of_scikit_learn(proof):
    from sklearn.decomposition import FactorAnalysis as Reference

    x = two_groups()
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    fitted = Reference(2, svd_method="lapack", tol=1e-12, max_iter=100_000).fit(z)
    loadings, own = likely(correlation(x), 2)
    common = fitted.components_.T @ fitted.components_
    proof(FactorAnalysis, "scikit-learn: unique variances", own, fitted.noise_variance_, 1e-5)
    proof(FactorAnalysis, "scikit-learn: common variances", loadings @ loadings.T, common, 1e-5)


def test_loadings_of_technology_achievement_are_those_of_factanal(proof):
    expected = np.column_stack([table("tai_factors")[f"ml{f}"] for f in (1, 2, 3, 4)])
    found = aligned(varimax(likely(correlation(tai()), 4)[0]), expected)
    proof(FactorAnalysis, "R factanal: rotated loadings", found, expected, 0.002)


def test_weights_of_technology_achievement_follow_from_them(proof):
    weights = weigh(FactorAnalysis(factors=4, assign="loading"), tai())
    proof(FactorAnalysis, "R factanal: weights", weights, table("tai_factors")["ml_weight"], 0.0015)


def test_a_heywood_case_is_remarked_upon():
    remark = said(FactorAnalysis(factors=4), tai())
    assert "its factors explain b, g entirely (a Heywood case)" in remark  # royalties, schooling


def test_no_more_factors_are_kept_than_correlations_can_tell_apart():
    assert [identified(k) for k in (3, 4, 5, 6, 8, 10)] == [1, 1, 2, 3, 4, 6]
    assert FactorAnalysis(factors=9).loadings(correlation(two_groups())).shape == (6, 3)


def test_two_children_weigh_alike():
    assert weigh(FactorAnalysis(), two_groups()[:, :2]) == pytest.approx([0.5, 0.5])
    assert weigh(FactorAnalysis(), -two_groups()[:, :2] * [1, -1]) == pytest.approx([0.5, 0.5])


def test_a_child_that_is_the_sum_of_others_is_refused():
    x = two_groups()
    with pytest.raises(MethodError, match="Some of its children follow from the others"):
        weigh(FactorAnalysis(), np.column_stack([x, x[:, 0] + x[:, 1]]))
