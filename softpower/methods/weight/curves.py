"""How much of the variance of a weighted sum one of its parts explains: lines and smooth curves."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np

from softpower.methods.model import Floats

Estimator = Literal["linear", "poly2", "poly3", "spline"]

GRID = np.linspace(-10.0, 10.0, 101)
"""Decimal logarithms of smoothing parameters, in terms of what halves a typical function."""

WIDTH = float(GRID[1] - GRID[0]) * np.log(10.0)

STEPS = 4
"""How many Newton steps follow from the best of these."""

TINY = float(np.finfo(float).tiny)

CLOSE = 1e-4
"""Places that are closer than this part of their range count as one, so that curves stay sound."""


class Curves:
    """What curves over one part explain of any weighted sum of parts."""

    def __init__(self, estimator: Estimator, x: Floats, columns: Floats) -> None:
        """Get ready.

        Parameters
        ----------
        estimator
            The kind of curve.
        x
            What the curves run over (n).
        columns
            What is added up (n x k).
        """
        self.columns = columns - columns.mean(axis=0)
        self.basis: Basis | None = None
        if estimator == "spline":
            self.basis = smooth_functions(x)
            functions = self.basis.functions
        else:
            functions = polynomials(x, 1 if estimator == "linear" else int(estimator[-1]))
        self.parts = functions.T @ self.columns

    def explained(self, weights: Floats) -> Floats:
        """Return ``A`` (k x k) such that curves explain ``v' A v`` of a sum with weights v.

        Explained are the squares about the mean. A curve is linear in what it is fitted to, for
        it is as smooth for all ``v`` as it should be for ``weights``.
        """
        parts = self.parts
        if self.basis is not None:
            sums = self.columns @ weights
            kept = smoothed(self.basis, (parts @ weights) ** 2, float(sums @ sums))
            parts = kept[:, None] * parts
        return np.asarray(parts.T @ parts)


def polynomials(x: Floats, degree: int) -> Floats:
    """Return orthonormal polynomials of x without the constant, as columns."""
    z = (x - x.mean()) / x.std()
    powers = np.column_stack([z**p for p in range(1, degree + 1)])
    left, sizes, _ = np.linalg.svd(powers - powers.mean(axis=0), full_matrices=False)
    return np.asarray(left[:, sizes > 1e-9 * sizes[0]])


class Basis(NamedTuple):
    """The functions that cubic smoothing splines over some x are made of."""

    functions: Floats
    """Orthonormal functions at each x, as columns."""
    rough: Floats
    """``int f''^2`` of each function, in terms of a typical one; zero for lines."""


def smooth_functions(x: Floats) -> Basis:
    """Return the basis in which fit and roughness are both diagonal.

    Source: Demmler & Reinsch (1975), Numerische Mathematik 24:375-382; Green & Silverman (1994),
    Nonparametric Regression and Generalized Linear Models.
    """
    places = np.round((x - x.min()) / np.ptp(x) / CLOSE) * CLOSE
    knots, place, count = np.unique(places, return_inverse=True, return_counts=True)
    root = np.sqrt(count)
    rough, functions = np.linalg.eigh(_roughness(knots) / np.outer(root, root))
    rough[:2] = 0.0
    rough = np.maximum(rough, 0.0)
    if rough.size > 2:
        rough /= np.median(rough[2:])
    return Basis((functions / root[:, None])[place], rough)


def smoothed(basis: Basis, parts: Floats, total: float) -> Floats:
    """Return how much of each function is left in the smooth curve.

    Formula: ``1 / (1 + lambda rough)``, with the ``lambda`` that minimises the generalised
    cross-validation ``n RSS / (n - df)^2``.

    Source: Craven & Wahba (1979), Numerische Mathematik 31:377-403; Green & Silverman (1994).

    Parameters
    ----------
    basis
        The functions.
    parts
        The square of the part that each has in what is smoothed.
    total
        The sum of squares of what is smoothed.
    """
    n, m = basis.functions.shape
    if m < 3:
        return np.ones(m)
    beyond = max(total - float(parts.sum()), 0.0)
    lost = _lost(10.0**GRID, basis.rough)
    score = np.log(beyond + lost**2 @ parts + TINY)
    score -= 2 * np.log(n - m + lost.sum(axis=1) + TINY)
    at = float(GRID[int(np.argmin(score))]) * np.log(10.0)
    for _ in range(STEPS):
        at += np.clip(_newton(at, basis, parts, beyond), -WIDTH, WIDTH)
    return np.asarray(1 - _lost(np.exp([at]), basis.rough)[0])


def _newton(at: float, basis: Basis, parts: Floats, beyond: float) -> float:
    """Return the Newton step towards the least GCV in the logarithm of lambda."""
    n, m = basis.functions.shape
    lost = _lost(np.exp([at]), basis.rough)[0]
    first = lost * (1 - lost)
    second = first * (1 - 2 * lost)
    rss = beyond + float(lost**2 @ parts) + TINY
    free = n - m + float(lost.sum()) + TINY
    up, down = 2 * float((lost * first) @ parts) / rss, float(first.sum()) / free
    bend = 2 * float((first**2 + lost * second) @ parts) / rss - up**2
    bend -= 2 * (float(second.sum()) / free - down**2)
    return -(up - 2 * down) / bend if bend > 0 else 0.0


def _lost(smoothing: Floats, rough: Floats) -> Floats:
    """Return what each smoothing parameter takes from each function, parameters x functions."""
    scaled = smoothing[:, None] * rough
    return np.asarray(scaled / (1 + scaled))


def _roughness(knots: Floats) -> Floats:
    """Return the matrix K of ``int f''^2 = f' K f`` for natural cubic splines."""
    m = knots.size
    if m < 3:
        return np.zeros((m, m))
    h = np.diff(knots)
    q = np.zeros((m, m - 2))
    at = np.arange(m - 2)
    q[at, at], q[at + 2, at] = 1 / h[:-1], 1 / h[1:]
    q[at + 1, at] = -1 / h[:-1] - 1 / h[1:]
    r = np.diag((h[:-1] + h[1:]) / 3) + np.diag(h[1:-1] / 6, 1) + np.diag(h[1:-1] / 6, -1)
    return np.asarray(q @ np.linalg.solve(r, q.T))
