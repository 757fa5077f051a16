"""How much of the variance of a weighted sum one of its parts explains: lines and smooth curves."""

from __future__ import annotations

from typing import Literal

import numpy as np

from softpower.methods.model import Floats

Estimator = Literal["linear", "poly2", "poly3", "spline"]

GRID = np.linspace(-10.0, 10.0, 101)
"""Decimal logarithms of smoothing parameters, relative to how rough a curve typically is."""

WIDTH = float(GRID[1] - GRID[0]) * np.log(10.0)

STEPS = 4
"""How many Newton steps follow from the best of these."""

TINY = float(np.finfo(float).tiny)

CLOSE = 1e-4
"""Places that are closer than this part of their range count as one, so that curves stay sound."""


class Curve:
    """The curves of one kind over one x, each for some weighted sum of columns."""

    def __init__(self, x: Floats, columns: Floats) -> None:
        """Get ready: ``columns`` (n x k) are what is added up."""
        self.n = x.size
        centred = columns - columns.mean(axis=0)
        self.square = centred.T @ centred
        self.parts = self.basis(x).T @ centred

    def basis(self, x: Floats) -> Floats:
        """Return orthonormal functions of x, as columns, that the curves are made of."""
        raise NotImplementedError

    def kept(self, parts: Floats, beyond: float) -> Floats:
        """Return how much of each function the curve has, from the square of its part in y."""
        del beyond
        return np.ones(parts.size)

    def share(self, weights: Floats) -> float:
        """Return the variance of the curve as a part of that of the weighted sum."""
        total = float(weights @ self.square @ weights)
        if total <= 0:
            return 0.0
        parts = (self.parts @ weights) ** 2
        kept = self.kept(parts, max(total - float(parts.sum()), 0.0))
        return float((kept**2 * parts).sum() / total)


class Polynomial(Curve):
    """Polynomials fitted by least squares."""

    def __init__(self, x: Floats, columns: Floats, degree: int) -> None:
        self.degree = degree
        super().__init__(x, columns)

    def basis(self, x: Floats) -> Floats:
        """Return orthonormal polynomials without the constant."""
        z = (x - x.mean()) / x.std()
        powers = np.column_stack([z**p for p in range(1, self.degree + 1)])
        left, sizes, _ = np.linalg.svd(powers - powers.mean(axis=0), full_matrices=False)
        return np.asarray(left[:, sizes > 1e-9 * sizes[0]])


class Smooth(Curve):
    """Cubic smoothing splines, as smooth as generalised cross-validation (GCV) says.

    Formula: the ``f`` that minimises ``sum (y - f(x))^2 + lambda int f''^2``, with the ``lambda``
    that minimises ``n RSS / (n - df)^2``. In the basis of Demmler and Reinsch, in which both
    terms are diagonal, a curve for another ``y`` or ``lambda`` costs next to nothing.

    Source: Green & Silverman (1994), Nonparametric Regression and Generalized Linear Models,
    ch. 2 and 3; Demmler & Reinsch (1975), Numerische Mathematik 24:375-382.
    """

    def basis(self, x: Floats) -> Floats:
        """Return the basis, and note what each smoothing parameter takes from each function."""
        places = np.round((x - x.min()) / np.ptp(x) / CLOSE) * CLOSE
        knots, place, count = np.unique(places, return_inverse=True, return_counts=True)
        root = np.sqrt(count)
        rough, functions = np.linalg.eigh(_roughness(knots) / np.outer(root, root))
        rough[:2] = 0.0  # lines
        rough = np.maximum(rough, 0.0)
        self.rough = rough / np.median(rough[2:]) if rough.size > 2 else rough
        """How rough each function is, in terms of a typical one."""
        lost = _lost(10.0**GRID, self.rough)
        self.lost, self.free = lost**2, self.n - rough.size + lost.sum(axis=1)
        return np.asarray((functions / root[:, None])[place])

    def kept(self, parts: Floats, beyond: float) -> Floats:
        """Return how much of each function is left after smoothing."""
        if self.rough.size < 3:
            return np.ones(self.rough.size)
        rss = beyond + self.lost @ parts
        score = np.log(rss + TINY) - 2 * np.log(self.free + TINY)  # of the GCV, up to a constant
        at = GRID[int(np.argmin(score))] * np.log(10.0)
        for _ in range(STEPS):
            at += np.clip(self._step(at, parts, beyond), -WIDTH, WIDTH)
        return np.asarray(1 - _lost(np.exp([at]), self.rough)[0])

    def _step(self, at: float, parts: Floats, beyond: float) -> float:
        """Return the Newton step towards the least GCV in the logarithm of the smoothing."""
        lost = _lost(np.exp([at]), self.rough)[0]
        first = lost * (1 - lost)
        second = first * (1 - 2 * lost)
        rss = beyond + float(lost**2 @ parts) + TINY
        free = self.n - lost.size + float(lost.sum()) + TINY
        up, down = 2 * float((lost * first) @ parts) / rss, float(first.sum()) / free
        slope = up - 2 * down
        bend = 2 * float((first**2 + lost * second) @ parts) / rss - up**2
        bend -= 2 * (float(second.sum()) / free - down**2)
        return -slope / bend if bend > 0 else 0.0


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


def curve(estimator: Estimator, x: Floats, columns: Floats) -> Curve:
    """Return the curves over one x, by the name of their kind."""
    if estimator == "spline":
        return Smooth(x, columns)
    return Polynomial(x, columns, 1 if estimator == "linear" else int(estimator[-1]))
