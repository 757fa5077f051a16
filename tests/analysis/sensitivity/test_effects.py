"""Effects against closed forms, printed estimates and another package."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from softpower.analysis.sensitivity.effects import PairedSums, estimated, exact, intervals
from softpower.methods.shapley import shapley

# Closed forms: Ishigami & Homma (1990) with a = 7, b = 0.1; Shapley effects by Owen (2014).
ISHIGAMI = {
    "first": [0.313905191148, 0.44241114479, 0.0],
    "total": [0.55758885521, 0.44241114479, 0.243683664062],
    "shapley": [0.435747023179, 0.44241114479, 0.121841832031],
}
# Sobol's G with a = 0, 1, 4.5, 9 and four times 99: Saltelli et al. (2010).
G = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])
G_FIRST = [0.716192168879, 0.17904804222, 0.0236757741778, 0.00716192168879]
G_TOTAL = [0.787144126659, 0.242198192818, 0.0343169101541, 0.0104603870652]


def ishigami(u):
    x = np.pi * (2 * u - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def sobol_g(u):
    return np.prod((np.abs(4 * u - 2) + G) / (1 + G), axis=1)


def grid(factors, levels):
    axes = np.meshgrid(*[np.arange(levels)] * factors, indexing="ij")
    return np.stack([axis.ravel() for axis in axes], axis=1)


def paired(function, width, rows=2**14):
    from scipy.stats.qmc import Sobol

    u = Sobol(2 * width, rng=np.random.default_rng(3)).random(rows)
    one, other = u[:, :width], u[:, width:]
    mixed = []
    for factor in range(width):
        both = one.copy()
        both[:, factor] = other[:, factor]
        mixed.append(function(both)[:, None])
    return function(one)[:, None], function(other)[:, None], np.array(mixed)


def test_a_fine_grid_has_the_effects_of_the_closed_form():
    levels = grid(3, 40)
    found = exact(levels, ishigami((levels + 0.5) / 40)[:, None])
    np.testing.assert_allclose(found.first[:, 0], ISHIGAMI["first"], atol=2e-3)
    np.testing.assert_allclose(found.total[:, 0], ISHIGAMI["total"], atol=2e-3)
    np.testing.assert_allclose(found.shapley[:, 0], ISHIGAMI["shapley"], atol=2e-3)


def test_estimates_come_near_the_closed_forms():
    found = estimated(*paired(ishigami, 3))
    np.testing.assert_allclose(found.first[:, 0], ISHIGAMI["first"], atol=0.01)
    np.testing.assert_allclose(found.total[:, 0], ISHIGAMI["total"], atol=0.01)
    found = estimated(*paired(sobol_g, 8))
    np.testing.assert_allclose(found.first[:4, 0], G_FIRST, atol=0.01)
    np.testing.assert_allclose(found.total[:4, 0], G_TOTAL, atol=0.01)


def small_design():
    generator = np.random.default_rng(42)
    one, other = generator.random((2, 16, 3))
    function = lambda x: (x[:, 0] + 2 * x[:, 1] ** 2 + 3 * x[:, 0] * x[:, 2])[:, None]  # noqa: E731
    mixed = []
    for factor in range(3):
        both = one.copy()
        both[:, factor] = other[:, factor]
        mixed.append(function(both))
    return function(one), function(other), np.array(mixed)


def test_estimates_are_those_of_salib():
    from SALib.analyze import sobol

    one, other, mixed = small_design()
    # SALib centres with the mean of all outcomes and wants the rows A, AB_1..AB_3, B interleaved.
    rows = np.concatenate([one[None], mixed, other[None]])[..., 0].T.ravel()
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    theirs = sobol.analyze(problem, rows, calc_second_order=False, seed=1)
    found = estimated(one, other, mixed)
    np.testing.assert_allclose(found.first[:, 0], theirs["S1"], rtol=1e-10)
    np.testing.assert_allclose(found.total[:, 0], theirs["ST"], rtol=1e-10)


def test_shapley_effects_of_a_linear_model_with_dependent_inputs_have_a_closed_form():
    # Owen & Prieur (2017), SIAM/ASA J. Uncertainty Quantification 5; Iooss & Prieur (2019).
    beta = np.array([1.0, 2, -1])
    sigma = np.array([[1, 0.5, 0], [0.5, 2, 0.3], [0, 0.3, 1.5]])
    whole = beta @ sigma @ beta

    def explained(mask):
        u = [i for i in range(3) if mask >> i & 1]
        if not u:
            return 0.0
        slope = np.linalg.solve(sigma[np.ix_(u, u)], sigma[u] @ beta)
        return slope @ sigma[np.ix_(u, u)] @ slope / whole

    expected = [0.21790112998, 0.691744757387, 0.0903541126331]
    np.testing.assert_allclose(shapley([explained(m) for m in range(8)]), expected, atol=1e-10)


@settings(deadline=None, derandomize=True, max_examples=30)
@given(arrays(float, (24, 2), elements=st.integers(-9, 9).map(float)))
def test_shares_of_a_full_design_are_in_order_and_sum_to_one(outcomes):
    levels = np.array([[i, j, k] for i in range(2) for j in range(3) for k in range(4)])
    found = exact(levels, outcomes)
    for at in range(2):
        if np.ptp(outcomes[:, at]) == 0:
            assert np.isnan(found.first[:, at]).all()
            assert found.variance[at] == 0
            continue
        first, total, fair = found.first[:, at], found.total[:, at], found.shapley[:, at]
        assert fair.sum() == pytest.approx(1, abs=1e-12)
        assert (first <= fair + 1e-12).all()
        assert (fair <= total + 1e-12).all()
        assert first.sum() <= 1 + 1e-12


def test_effects_do_not_depend_on_the_order_or_the_names_of_levels():
    generator = np.random.default_rng(5)
    levels, outcomes = grid(3, 3), generator.random((27, 1))
    shuffled = generator.permutation(27)
    renamed = np.array([7, 2, 5])[levels[shuffled]]
    one, other = exact(levels, outcomes), exact(renamed, outcomes[shuffled])
    np.testing.assert_allclose(one.shapley, other.shapley, atol=1e-12)
    np.testing.assert_allclose(one.first, other.first, atol=1e-12)


def test_a_factor_without_influence_has_none():
    levels = grid(3, 4)
    outcomes = (levels[:, [0]] + levels[:, [2]] ** 2).astype(float)
    found = exact(levels, outcomes)
    for shares in (found.first, found.total, found.shapley):
        assert shares[1, 0] == pytest.approx(0, abs=1e-12)


def test_intervals_hold_the_estimates_and_depend_on_the_seed_alone():
    parts = paired(ishigami, 3, rows=256)
    found = estimated(*parts)
    first, total = intervals(*parts, level=0.95, resamples=200, seed=1)
    for ends, share in ((first, found.first), (total, found.total)):
        assert (ends[0] <= share).all()
        assert (share <= ends[1]).all()
        assert (ends[1] - ends[0] < 0.6).all()
    again = intervals(*parts, level=0.95, resamples=200, seed=1)
    np.testing.assert_array_equal(first, again[0])


def test_more_factors_than_shapley_effects_allow_have_the_others():
    levels = grid(13, 2)
    weights = np.arange(1.0, 14)
    found = exact(levels, (levels @ weights)[:, None])
    shares = weights**2 / np.sum(weights**2)
    np.testing.assert_allclose(found.first[:, 0], shares, atol=1e-12)
    np.testing.assert_allclose(found.total[:, 0], shares, atol=1e-12)
    assert found.shapley is None


def test_rows_may_be_lacking():
    generator = np.random.default_rng(8)
    levels = grid(3, 3)[generator.permutation(27)[:19]]
    outcomes = generator.random((19, 1))
    found = exact(levels, outcomes)
    for factor in range(3):
        means = [outcomes[levels[:, factor] == level].mean() for level in levels[:, factor]]
        assert found.first[factor, 0] == pytest.approx(np.var(means) / np.var(outcomes))
    assert found.shapley.sum() == pytest.approx(1)


@given(st.lists(st.integers(1, 4), min_size=3, max_size=3), st.integers(0, 2**32 - 1))
def test_a_row_that_counts_twice_is_as_two_rows(times, seed):
    levels = grid(3, 3)
    generator = np.random.default_rng(seed)
    outcomes = generator.random((27, 1))
    weights = np.array(times)[levels[:, 0]] * np.array([1, 2, 5])[levels[:, 1]]
    kept = generator.random(27) < 0.8
    if np.ptp(outcomes[kept]) == 0:
        return
    levels, outcomes, weights = levels[kept], outcomes[kept], weights[kept]
    found = exact(levels, outcomes, weights.astype(float))
    often = exact(np.repeat(levels, weights, axis=0), np.repeat(outcomes, weights, axis=0))
    for name in ("first", "total", "shapley", "variance"):
        np.testing.assert_allclose(getattr(found, name), getattr(often, name), atol=1e-9)


def test_two_levels_of_unequal_weight_by_hand():
    # f = a + 2 b, with a = 1 in 3 of 4 cases and b = 1 in 1 of 2: V(a) = 3/16, V(2 b) = 1.
    levels = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    outcomes = (levels @ [1.0, 2.0])[:, None]
    found = exact(levels, outcomes, np.array([1.0, 1.0, 3.0, 3.0]))
    assert found.variance[0] == pytest.approx(19 / 16)
    for effect in (found.first, found.total, found.shapley):
        np.testing.assert_allclose(effect[:, 0], [3 / 19, 16 / 19], atol=1e-12)


@pytest.mark.parametrize("offset", [0.0, 1e6])
def test_intervals_are_those_of_a_bootstrap_that_looks_at_every_resample(offset):
    from scipy.stats import bootstrap

    one, other, mixed = (part + offset for part in small_design())

    def effects(rows):
        found = estimated(one[rows], other[rows], mixed[:, rows])
        return np.stack([found.first, found.total])

    rng = np.random.default_rng(7)
    drawn = bootstrap(
        (np.arange(16),),
        effects,
        n_resamples=300,
        confidence_level=0.9,
        method="percentile",
        vectorized=False,
        rng=rng,
    ).confidence_interval
    first, total = intervals(one, other, mixed, level=0.9, resamples=300, seed=7)
    for ends, (low, high) in (
        (first, (drawn.low[0], drawn.high[0])),
        (total, (drawn.low[1], drawn.high[1])),
    ):
        np.testing.assert_allclose(ends, [low, high], rtol=1e-7)


def test_intervals_do_not_depend_on_how_many_resamples_are_drawn_at_once(monkeypatch):
    parts = paired(ishigami, 3, rows=64)
    together = intervals(*parts, level=0.9, resamples=50, seed=2)
    monkeypatch.setattr("softpower.analysis.sensitivity.effects.AT_ONCE", 64 * 7)
    np.testing.assert_allclose(intervals(*parts, level=0.9, resamples=50, seed=2), together)


def test_sums_over_blocks_lead_to_the_estimates_of_all_rows():
    one, other, mixed = paired(ishigami, 3, rows=128)
    still, never = np.full((128, 1), 0.1), np.full((128, 1), np.nan)
    one, other = (np.hstack([part, still, never]) for part in (one, other))
    mixed = np.concatenate([mixed, [still] * 3, [never] * 3], axis=2)
    sums = PairedSums()
    for rows in np.split(np.arange(128), [0, 50, 99]):
        sums.add(one[rows], other[rows], mixed[:, rows])
    assert sums.rows == 128
    found, expected = sums.effects(), estimated(one, other, mixed)
    np.testing.assert_allclose(found.first, expected.first, rtol=1e-10)
    np.testing.assert_allclose(found.total, expected.total, rtol=1e-10)
    assert found.variance[0] == pytest.approx(np.concatenate([one, other])[:, 0].var())
    assert np.isnan(found.first[:, 1]).all()
    assert found.variance[1] == 0
    assert np.isnan(found.variance[2])
