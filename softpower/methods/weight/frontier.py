"""The weights that are best for one unit among others, and the most even ones of those."""

from __future__ import annotations

import numpy as np

from softpower.errors import MethodError
from softpower.methods.model import Floats

TINY = 1e-9
"""What counts as zero among numbers of the order of one."""


class Frontier:
    """Values of some units, among which weights are sought that suit one of them best."""

    def __init__(
        self, values: Floats, lower: float, upper: float, *, points: bool, best: float
    ) -> None:
        """Get ready.

        Parameters
        ----------
        values
            Units x k, zero or above; no weighted sum of a unit may exceed ``best``.
        lower, upper
            The bounds of the part of each child in the sum of weights, or in the points.
        points
            Whether they are bounds on the parts of points.
        """
        self.unit = float(values.max()) or 1.0
        self.peers = undominated(values / self.unit)
        self.lower, self.upper, self.points = lower, upper, points
        self.best = best

    def weights(self, values: Floats) -> Floats:
        """Return the best weights of a unit with these values (k); equal ones if all are zero."""
        y = values / self.unit
        if not self.peers.any():
            return np.full(y.size, 1 / y.size)
        if y.size == 1:
            return np.array([self.best / self.unit / self.peers.max()])
        bounds = self._bounds(y)
        score, parts = _best(y, self.peers, bounds)
        if score > 1 - TINY:  # on the frontier, where ties must be ties
            score = 1.0
        own = float(parts @ y)
        factor = score / own if own > TINY else 1 / float((self.peers @ parts).max())
        return parts * factor * self.best / self.unit

    def _bounds(self, y: Floats) -> Floats:
        """Return rows ``b`` such that ``b w >= 0`` says that weights keep the bounds."""
        scale = y if self.points else np.ones(y.size)
        of, one = np.tile(scale, (y.size, 1)), np.diag(scale)
        rows = [one - self.lower * of] if self.lower > 0 else []
        rows += [self.upper * of - one] if self.upper < 1 else []
        return np.vstack([np.eye(y.size), *rows])


def undominated(values: Floats) -> Floats:
    """Return the rows than which no other row is as high throughout, each once."""
    rows = np.unique(values, axis=0)[::-1]
    kept: list[Floats] = []
    for row in rows:  # the lexically largest first, so that nothing later dominates what is kept
        if not kept or not (np.array(kept) >= row).all(axis=1).any():
            kept.append(row)
    return np.array(kept)


def _best(y: Floats, peers: Floats, bounds: Floats) -> tuple[float, Floats]:
    """Return the best score of a unit, and the most even weights that reach it, with sum 1.

    All weights that reach it satisfy the constraints with equality for which the dual solution of
    the linear programme is not zero (complementary slackness), and any that do, reach it.
    """
    from scipy.optimize import linprog

    rows = np.vstack([peers, -bounds])
    limits = np.concatenate([np.ones(len(peers)), np.zeros(len(bounds))])
    found = linprog(-y, A_ub=rows, b_ub=limits, bounds=(None, None), method="highs")
    if found.status != 0:
        raise MethodError(
            "No weights were found that suit a unit best, for numerical reasons.",
            mend="Normalise the figures onto another range, or loosen lower and upper.",
        )
    score = float(-found.fun)
    parts = found.x / found.x.sum() if found.x.sum() > 0 else np.full(y.size, 1 / y.size)
    below = np.vstack([y - score * peers, bounds])
    tight = -found.ineqlin.marginals > TINY
    return score, nearest_to_equal(parts, below[tight], below[~tight])


def nearest_to_equal(parts: Floats, tight: Floats, free: Floats) -> Floats:
    """Return the ``p`` nearest to equal parts with sum 1, ``tight p = 0`` and ``free p >= 0``.

    ``parts`` is one that satisfies all this. The projection onto the polyhedron is a least
    distance problem, solved by non-negative least squares.

    Source: Lawson & Hanson (1974), Solving Least Squares Problems, ch. 23.
    """
    from scipy.optimize import nnls

    k = parts.size
    fixed = np.vstack([np.ones(k), tight])
    _, sizes, vectors = np.linalg.svd(fixed)
    moves = vectors[np.count_nonzero(sizes > TINY) :].T
    if moves.shape[1] == 0:
        return np.maximum(parts, 0.0)
    towards = moves.T @ (1 / k - parts)
    nearest = parts + moves @ towards
    short = -(free @ nearest)
    if (short > TINY).any():
        sides = np.vstack([(free @ moves).T, short])
        aim = np.zeros(len(sides))
        aim[-1] = 1.0
        try:
            residual = sides @ nnls(sides, aim)[0] - aim
        except RuntimeError:  # out of steps
            residual = np.zeros(len(sides))
        if abs(residual[-1]) < TINY:  # no room to move in, but for rounding noise
            return np.maximum(parts, 0.0)
        nearest = nearest - moves @ (residual[:-1] / residual[-1])
    nearest = np.maximum(nearest, 0.0)
    return np.asarray(nearest / nearest.sum())
