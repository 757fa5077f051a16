"""Rotations are those of the Handbook, of Kaiser's own procedure and of scikit-learn."""

import numpy as np
import pytest

from helpers.weighed import TAI, aligned, table, tai
from softpower.methods.weight import PrincipalComponents
from softpower.methods.weight.derived import correlation
from softpower.methods.weight.varimax import varimax


def unrotated():
    return PrincipalComponents(factors=4).loadings(correlation(tai()))


def criterion(loadings):
    """Return what varimax makes as large as it can."""
    z = loadings / np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    return (z**2).var(axis=0).sum()


def in_planes(loadings):
    """Return loadings after Kaiser's own procedure: one pair of factors at a time."""
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    z, p = loadings / length, len(loadings)
    for _ in range(200):
        for i in range(z.shape[1]):
            for j in range(i):
                x, y = z[:, j].copy(), z[:, i].copy()
                u, v = x**2 - y**2, 2 * x * y
                high = 2 * (u @ v - u.sum() * v.sum() / p)
                low = u @ u - v @ v - (u.sum() ** 2 - v.sum() ** 2) / p
                angle = np.arctan2(high, low) / 4
                z[:, j] = x * np.cos(angle) + y * np.sin(angle)
                z[:, i] = y * np.cos(angle) - x * np.sin(angle)
    return z * length


def test_four_components_of_technology_achievement_turn_as_in_the_handbook(proof):
    printed = np.column_stack([table("tai_factors")[f"varimax{f}"] for f in (1, 2, 3, 4)])
    found = aligned(varimax(unrotated()), printed)
    proof(PrincipalComponents, "Handbook, Table 9: varimax loadings", found, printed, 0.0065)


def test_turning_one_pair_of_factors_at_a_time_ends_at_the_same_place(proof):
    expected = in_planes(unrotated())
    found = aligned(varimax(unrotated()), expected)
    proof(PrincipalComponents, "closed form: Kaiser (1958), plane by plane", found, expected, 1e-9)


def test_the_variance_of_each_factor_is_that_of_table_17(proof):
    explained = np.sort((varimax(unrotated()) ** 2).sum(axis=0))
    printed = [1.19, 1.39, 1.76, 2.64]
    proof(PrincipalComponents, "Handbook, Table 17: explained variance", explained, printed, 0.0055)


def test_rotations_without_kaisers_normalisation_are_those_of_scikit_learn(proof):
    from sklearn.decomposition import FactorAnalysis

    x = np.random.default_rng(1).normal(size=(200, 6)) @ np.random.default_rng(2).normal(
        size=(6, 6)
    )
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    plain = FactorAnalysis(3, svd_method="lapack").fit(x).components_.T
    turned = FactorAnalysis(3, svd_method="lapack", rotation="varimax").fit(x).components_.T
    found = aligned(varimax(plain, kaiser=False), turned)
    proof(PrincipalComponents, "scikit-learn: varimax without normalisation", found, turned, 1e-3)


def test_no_rotation_in_a_plane_makes_the_criterion_larger():
    found = varimax(unrotated())
    best = criterion(found)
    for i in range(4):
        for j in range(i):
            for angle in np.linspace(0, np.pi, 60):
                turned = found.copy()
                turned[:, i] = np.cos(angle) * found[:, i] - np.sin(angle) * found[:, j]
                turned[:, j] = np.sin(angle) * found[:, i] + np.cos(angle) * found[:, j]
                assert criterion(turned) <= best + 1e-9


def test_communalities_stay_what_they_were_and_one_factor_is_left_alone():
    loadings = unrotated()
    before, after = (loadings**2).sum(axis=1), (varimax(loadings) ** 2).sum(axis=1)
    np.testing.assert_allclose(after, before, rtol=1e-12)
    np.testing.assert_array_equal(varimax(loadings[:, :1]), loadings[:, :1])
    assert len(TAI) == len(loadings)


def test_an_indicator_without_any_loading_keeps_none():
    loadings = np.vstack([unrotated(), np.zeros(4)])
    assert varimax(loadings)[-1] == pytest.approx(np.zeros(4))
