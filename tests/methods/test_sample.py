"""Drawn weights have the moments and the bounds that their distributions promise."""

import math

import numpy as np
import pytest
from scipy import stats

from softpower.methods.sample import Bounds, Dirichlet, Simplex

NOMINAL = np.array([0.5, 0.3, 0.2])


def drawn(method, count=200_000, weights=NOMINAL):
    return method(np.random.default_rng(7), weights, count)


def test_dirichlet_weights_have_the_moments_of_the_distribution(proof):
    w = drawn(Dirichlet(concentration=20))
    exact = stats.dirichlet(20 * NOMINAL)
    proof(Dirichlet, "scipy.stats.dirichlet: means", w.mean(axis=0), exact.mean(), 2e-3)
    proof(Dirichlet, "scipy.stats.dirichlet: variances", w.var(axis=0), exact.var(), 2e-4)


def test_weights_on_the_simplex_are_uniform(proof):
    w = drawn(Simplex())
    exact = stats.dirichlet(np.ones(3))
    proof(Simplex, "scipy.stats.dirichlet: means", w.mean(axis=0), exact.mean(), 2e-3)
    proof(Simplex, "scipy.stats.dirichlet: variances", w.var(axis=0), exact.var(), 5e-4)
    assert stats.kstest(w[:, 0], stats.beta(1, 2).cdf).pvalue > 1e-4


def test_proportions_stay_within_relative_bounds(proof):
    w = drawn(Bounds(percent=25))
    ratios = w[:, 0] / w[:, 1] / (0.5 / 0.3)
    assert 0.75 / 1.25 <= ratios.min() < 0.62
    assert 1.6 < ratios.max() <= 1.25 / 0.75
    # Two uniform numbers from 0.75 to 1.25: the mean of their quotient is 2 ln(5/3).
    proof(Bounds, "closed form: mean quotient", ratios.mean(), 2 * np.log(5 / 3), 2e-3)


@pytest.mark.parametrize("percent", [10, 25, 60])
def test_bounds_lie_as_far_below_a_weight_as_above_it(percent):
    """The quotient of two weights has the distribution of that of two uniform numbers.

    With both from ``a`` to ``b``, and ``q`` at least 1, it is above ``q`` with the probability
    ``(b/q - a)^2 q / (2 (b - a)^2)``, and below ``1/q`` with the same. A right draw fails at this
    level for one seed in 100,000; a centre that is off by 1 % of the weight is seen.
    """
    a, b = 1 - percent / 100, 1 + percent / 100

    def above(q):
        return q * np.clip(b / q - a, 0, None) ** 2 / (2 * (b - a) ** 2)

    def cdf(q):
        return np.where(q > 1, 1 - above(np.maximum(q, 1)), above(1 / np.minimum(q, 1)))

    u = np.random.default_rng(3).random((200_000, 3))
    for w in (drawn(Bounds(percent=percent)), Bounds(percent=percent).from_uniform(u, NOMINAL)):
        for i, j in ((0, 1), (0, 2), (1, 2)):
            quotient = w[:, i] / w[:, j] / (NOMINAL[i] / NOMINAL[j])
            assert stats.kstest(quotient, cdf).pvalue > 1e-5


@pytest.mark.parametrize("method", [Bounds(), Dirichlet(), Simplex(), Bounds(percent=100)])
def test_weights_sum_to_one_and_zero_stays_zero(method):
    weights = np.array([0.6, 0.0, 0.4])
    for w in (
        drawn(method, 500, weights),
        method.from_uniform(np.random.default_rng(1).random((500, 3)), weights),
    ):
        np.testing.assert_allclose(w.sum(axis=1), 1)
        assert (w >= 0).all()
        assert not w[:, 1].any()


@pytest.mark.parametrize("method", [Bounds(), Dirichlet(), Simplex()])
def test_points_of_the_unit_cube_give_weights_of_the_same_distribution(method):
    u = np.random.default_rng(2).random((20_000, 3))
    mapped, direct = method.from_uniform(u, NOMINAL), drawn(method, 20_000)
    for j in range(3):
        assert stats.ks_2samp(mapped[:, j], direct[:, j]).pvalue > 1e-4


def test_weights_of_thirty_five_indicators_have_the_closed_form_moments(proof):
    # Kotz, Balakrishnan & Johnson (2000), ch. 49; P(max > x) by inclusion and exclusion (Darling,
    # 1953), where at most four of the weights can exceed a fifth.
    k, x = 35, 0.2
    equal = np.full(k, 1 / k)
    w = drawn(Simplex(), 400_000, equal)
    proof(Simplex, "closed form: mean of 35 weights", w.mean(axis=0), equal, 2e-4)
    variance = (k - 1) / (k**2 * (k + 1))
    assert variance == pytest.approx(0.000770975056689, rel=1e-9)
    proof(Simplex, "closed form: variance of 35 weights", w.var(axis=0).mean(), variance, 2e-6)
    above = sum((-1) ** (j + 1) * math.comb(k, j) * (1 - j * x) ** (k - 1) for j in range(1, 5))
    assert above == pytest.approx(0.0177300611443, rel=1e-9)
    proof(Simplex, "closed form: P(largest > 0.2)", np.mean(w.max(axis=1) > x), above, 1e-3)


def test_the_concentration_says_how_far_a_weight_is_off():
    # cv^2 = (1 - w) / (w (c + 1)): a quarter of itself at w = 1/35 for c = 543.
    w = drawn(Dirichlet(concentration=543), 200_000, np.full(35, 1 / 35))
    assert np.mean(w.std(axis=0) / w.mean(axis=0)) == pytest.approx(0.25, abs=2e-3)


@pytest.mark.parametrize("concentration", [0.001, 0.01, 0.4, 3.0])
def test_weights_keep_their_moments_however_small_the_concentration(concentration, proof):
    exact = stats.dirichlet(concentration * NOMINAL)
    method = Dirichlet(concentration=concentration)
    u = np.random.default_rng(4).random((100_000, 3))
    for w in (drawn(method, 100_000), method.from_uniform(u, NOMINAL)):
        proof(Dirichlet, "scipy.stats.dirichlet: small, means", w.mean(axis=0), exact.mean(), 6e-3)
        proof(
            Dirichlet, "scipy.stats.dirichlet: small, variances", w.var(axis=0), exact.var(), 4e-3
        )
        assert not np.any(np.ptp(w, axis=1) == 0)


@pytest.mark.parametrize("concentration", [5e-324, 1e-307, 1e-200])
def test_the_least_concentration_leaves_all_the_weight_to_one_in_proportion(concentration, proof):
    # The limit of the Dirichlet distribution: j alone counts, with probability w_j.
    method = Dirichlet(concentration=concentration)
    u = np.random.default_rng(5).random((100_000, 3))
    for w in (drawn(method, 100_000), method.from_uniform(u, NOMINAL)):
        proof(Dirichlet, "closed form: no concentration", w.mean(axis=0), NOMINAL, 6e-3)
        assert (w.max(axis=1) == 1).all()


def test_next_to_no_weight_is_hardly_ever_drawn():
    weights = np.array([1e-300, 0.5, 0.5])
    w = drawn(Dirichlet(concentration=1e-300), 1000, weights)
    assert w.sum(axis=1) == pytest.approx(1)
    assert w[:, 0].max() == 0
