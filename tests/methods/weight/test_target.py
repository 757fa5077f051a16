"""Importance under the weights found is the stated one; curves are those of numpy and scipy."""

import numpy as np
import pytest

from helpers.weighed import said, tai, weigh
from softpower.errors import MethodError
from softpower.methods.weight import TargetImportance
from softpower.methods.weight.curves import Curves, smooth_functions, smoothed
from softpower.methods.weight.target import importance

R = np.array([[1, 0.8, 0.2], [0.8, 1, 0.1], [0.2, 0.1, 1]])


def with_correlations(r, n=80):
    """Return figures with standard deviation 1 whose correlations are exactly these."""
    z = np.random.default_rng(11).normal(size=(n, len(r)))
    z = np.linalg.qr(z - z.mean(axis=0))[0]
    return 50 + np.sqrt(n) * z @ np.linalg.cholesky(r).T


def reached(estimator, x, weights):
    return importance([Curves(estimator, column, x) for column in x.T], weights)


def share(estimator, x, columns, weights):
    """Return the part of the variance of a weighted sum that a curve over x explains."""
    form = Curves(estimator, x, columns).explained(weights)
    return weights @ form @ weights / len(x) / (columns @ weights).var()


def test_lines_give_the_weights_that_solve_for_squared_correlations(proof):
    # Weights under which R w is in proportion to the roots of the targets: w = R^-1 sqrt(t).
    targets = [0.4, 0.3, 0.3]
    behind = np.linalg.solve(R, np.sqrt(targets))
    found = weigh(TargetImportance(estimator="linear"), with_correlations(R), stated=targets)
    case = "closed form: R^-1 sqrt(t)"
    proof(TargetImportance, case, found, behind / behind.sum(), 1e-7)


def test_squared_correlations_of_equal_weights_are_those_of_the_matrix(proof):
    # (R w)_j^2 / w' R w with w = 1: 2.0, 1.9 and 1.3, squared, of 5.2.
    x = with_correlations(R)
    shares = [share("linear", column, x, np.ones(3)) for column in x.T]
    expected = np.array([4, 3.61, 1.69]) / 5.2
    proof(TargetImportance, "closed form: squared correlations", shares, expected, 1e-12)


def test_polynomials_explain_what_those_of_numpy_do(proof):
    x = tai()
    weights = np.arange(1.0, 9)
    y = x @ weights
    expected, found = [], []
    for degree in (2, 3):
        for column in x.T:
            fit = np.polynomial.Polynomial.fit(column, y, degree)(column)
            expected.append(fit.var() / y.var())
            found.append(share(f"poly{degree}", column, x, weights))
    proof(TargetImportance, "numpy.polynomial: curves", found, expected, 1e-9)


def test_smooth_curves_are_those_of_scipy(proof):
    from scipy.interpolate import make_smoothing_spline

    rng = np.random.default_rng(3)
    expected, found = [], []
    for n, noise in ((40, 0.3), (193, 0.3), (193, 1.0)):
        x = np.sort(rng.permutation(5000)[:n] / 500)
        y = np.sin(x / 2) + noise * rng.normal(size=n)
        fit = make_smoothing_spline(x, y)(x)  # chosen by generalised cross-validation too
        expected.append(fit.var() / y.var())
        found.append(share("spline", x, y[:, None], np.ones(1)))
    case = "scipy make_smoothing_spline: curves by GCV"
    proof(TargetImportance, case, found, expected, 1e-4)


def test_ties_are_fitted_by_their_means(proof):
    from scipy.interpolate import make_smoothing_spline

    rng = np.random.default_rng(4)
    knots = np.linspace(0, 10, 12)
    x = np.repeat(knots, rng.integers(1, 9, 12))
    y = np.cos(x) + 0.2 * rng.normal(size=x.size)
    basis = smooth_functions(x)
    centred = y - y.mean()
    kept = smoothed(basis, (basis.functions.T @ centred) ** 2, centred @ centred)
    smoothing = (1 / kept[2] - 1) / basis.rough[2]
    means = np.array([y[x == knot].mean() for knot in knots])
    counts = np.array([(x == knot).sum() for knot in knots], float)
    lam = smoothing * _unit(knots, counts)
    fit = make_smoothing_spline(knots, means, w=counts, lam=lam)(x)
    found = share("spline", x, y[:, None], np.ones(1))
    proof(TargetImportance, "scipy make_smoothing_spline: ties", found, fit.var() / y.var(), 1e-6)


def _unit(knots, counts):
    """Return lambda in units of x per unit of smoothing, from the roughness of scipy's splines."""
    from scipy.interpolate import CubicSpline

    identity = np.eye(knots.size)
    bend = [CubicSpline(knots, row, bc_type="natural").derivative(2) for row in identity]
    grid = np.linspace(knots[0], knots[-1], 20001)
    curves = np.array([b(grid) for b in bend])
    k = np.trapezoid(curves[:, None] * curves[None], grid, axis=2)
    values = np.linalg.eigvalsh(k / np.sqrt(np.outer(counts, counts)))
    return 1 / np.median(values[2:])


@pytest.mark.parametrize("estimator", ["linear", "poly2", "poly3", "spline"])
def test_importance_is_what_was_asked_for_if_it_can_be(estimator):
    x = with_correlations(R)
    targets = np.array([0.4, 0.3, 0.3])
    weights = weigh(TargetImportance(estimator=estimator), x, stated=100 * targets)
    assert weights.sum() == pytest.approx(1)
    np.testing.assert_allclose(reached(estimator, x, weights), targets, atol=2e-6)
    text = said(TargetImportance(estimator=estimator), x, stated=targets)
    assert text == "importance is exactly as stated: a 0.400, b 0.300, c 0.300"


def test_importance_that_is_hard_to_find_is_found(proof):
    # Figures and weights were drawn; targets are the squared correlations that these lead to.
    rng = np.random.default_rng(227)
    assert rng.integers(3, 5) == 3
    mixed = rng.standard_normal((20, 3)) @ (np.eye(3) + 0.8 * rng.standard_normal((3, 3)))
    x = np.round(mixed, 1)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    behind = np.array([0.11, 0.51, 0.37]) / 0.99
    squared = (np.corrcoef(x.T) @ behind) ** 2
    found = weigh(TargetImportance(estimator="linear"), x, stated=squared / squared.sum())
    case = "weights behind squared correlations that searches from near the target miss"
    proof(TargetImportance, case, found, behind, 1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_the_smooth_curves_that_count_are_those_of_the_sum_that_was_found(proof, seed):
    from scipy.interpolate import make_smoothing_spline

    def shares(weights):
        y = x @ weights
        found = [
            make_smoothing_spline(column[order], y[order])(column[order]).var()
            for column, order in zip(x.T, np.argsort(x, axis=0).T, strict=True)
        ]
        return found / np.sum(found)

    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 1, (60, 3))
    x[:, 1] = np.sin(9 * x[:, 0]) + 0.3 * rng.standard_normal(60)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    targets = shares(np.array([0.2, 0.3, 0.5]))
    found = shares(weigh(TargetImportance(), x, stated=targets))
    case = "scipy make_smoothing_spline: importance in the sum that was found"
    proof(TargetImportance, case, found, targets, 1e-4)
    assert "exactly as stated" in said(TargetImportance(), x, stated=targets)


def test_importance_that_cannot_be_had_is_reported():
    # The three are as good as one, so that none can matter three times as much as another.
    r = np.array([[1, 0.95, 0.9], [0.95, 1, 0.95], [0.9, 0.95, 1]])
    text = said(TargetImportance(estimator="linear"), with_correlations(r), stated=[8, 1, 1])
    assert "importance is not as stated, at most 0.4" in text
    weights = weigh(TargetImportance(estimator="linear"), with_correlations(r), stated=[8, 1, 1])
    assert weights == pytest.approx([1, 0, 0], abs=1e-6)


def test_uncorrelated_children_weigh_the_root_of_their_targets():
    weights = weigh(
        TargetImportance(estimator="linear"), with_correlations(np.eye(2)), stated=[4, 1]
    )
    assert weights == pytest.approx([2 / 3, 1 / 3])


def test_a_child_stated_at_zero_gets_none():
    weights = weigh(TargetImportance(estimator="linear"), with_correlations(R), stated=[2, 0, 1])
    assert weights[1] == 0
    two = weigh(
        TargetImportance(estimator="linear"), with_correlations(R)[:, [0, 2]], stated=[2, 1]
    )
    assert weights[[0, 2]] == pytest.approx(two)
    only = weigh(TargetImportance(), with_correlations(R), stated=[0, 1, 0])
    assert only.tolist() == [0, 1, 0]
    assert said(TargetImportance(), with_correlations(R), stated=[0, 1, 0]) == ""


def test_a_child_without_differences_cannot_matter():
    x = with_correlations(R)
    x[:, 1] = 3
    with pytest.raises(MethodError, match="b is the same for every unit and cannot matter"):
        weigh(TargetImportance(), x)
    assert weigh(TargetImportance(), x, stated=[1, 0, 1])[1] == 0
