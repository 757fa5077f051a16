"""The weights that are best for one unit among others, and the most even ones of those."""

from __future__ import annotations

import numpy as np

from softpower.errors import MethodError
from softpower.methods.model import Floats, Mask

TINY = 1e-9
"""What counts as zero among numbers of the order of one."""

NOISE = 1e-13
"""What is left of nothing among such numbers, once they have been subtracted."""

EXACT = 1e-10
"""How far a solution of the linear programme may be from its constraints."""

MOST_ADDED = 10
"""Most peers that are added to a linear programme at once."""

LOOSE = 1e-8
"""How far weights may be from keeping what they have to keep."""


class Frontier:
    """Values of some units, among which weights are sought that suit one of them best.

    Each child is measured by its largest value, so that its unit does not matter to the solver:
    for weights ``w`` it is ``w`` times these that is sought.
    """

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
        largest = values.max(axis=0)
        self.units = np.where(largest > 0, largest, largest.max() or 1.0)
        self.peers = undominated(values / self.units)
        self.binding = np.zeros(len(self.peers), dtype=bool)
        """The peers that have stood in the way of some unit: few of them do."""
        self.binding[np.argmax(self.peers, axis=0)] = True
        self.lower, self.upper, self.points = lower, upper, points
        self.best = best

    def weights(self, values: Floats) -> Floats:
        """Return the best weights of a unit with these values (k); equal ones if all are zero."""
        y = values / self.units
        if not self.peers.any():
            return np.full(y.size, 1 / y.size)
        if y.size == 1:
            return self.best / self.units / self.peers.max()
        bounds = self._bounds(y)
        score, found, even = self._best(y, bounds)
        for parts in (even, found):  # these are as good, where rounding leaves no even ones
            own = float(parts @ y)
            reach = float((self.peers @ parts).max())
            factor = score / own if own > TINY * reach else 1 / reach
            kept = (bounds @ parts >= -LOOSE * np.abs(bounds * parts).sum(axis=1)).all()
            if kept and factor * reach <= 1 + LOOSE:
                return parts * factor * self.best / self.units
        raise _unsolved()

    def _bounds(self, y: Floats) -> Floats:
        """Return rows ``b``, of largest size 1, such that ``b v >= 0`` says the bounds are kept."""
        scale = y if self.points else self.units.min() / self.units
        of, one = np.tile(scale, (y.size, 1)), np.diag(scale)
        rows = [one - self.lower * of] if self.lower > 0 else []
        rows += [self.upper * of - one] if self.upper < 1 else []
        return _of_one_size(np.vstack([np.eye(y.size), *rows]))

    def _best(self, y: Floats, bounds: Floats) -> tuple[float, Floats, Floats]:
        """Return the best score of a unit, parts that reach it, and those of the evenest weights.

        All weights that reach it satisfy the constraints with equality for which the dual solution
        of the linear programme is not zero (complementary slackness), and any that do, reach it.
        """
        found, tight = self._solved(y, bounds)
        score, best = float(y @ found), np.maximum(found, 0.0)
        if score > 1 - TINY:  # on the frontier, where ties must be ties
            score = 1.0
        if best.sum() == 0:
            best = self.units
        below = np.vstack([y - score * self.peers, bounds])
        below[np.abs(below) < NOISE] = 0.0
        below = _of_one_size(below * self.units)  # in terms of the weights themselves
        weights = best / self.units
        even = nearest_to_equal(weights / weights.sum(), below[tight], below[~tight]) * self.units
        return score, best / best.sum(), even / even.sum()

    def _solved(self, y: Floats, bounds: Floats) -> tuple[Floats, Mask]:
        """Return the best parts of a unit, and which peers and bounds have a dual value there.

        Peers that are not exceeded need not be told to the solver; those that are, are added.
        """
        from scipy.optimize import linprog

        while True:
            rows = np.vstack([self.peers[self.binding], -bounds])
            limits = np.repeat([1.0, 0.0], [len(rows) - len(bounds), len(bounds)])
            found = linprog(
                -y,
                A_ub=rows,
                b_ub=limits,
                bounds=(None, None),
                method="highs",
                options={"primal_feasibility_tolerance": EXACT},
            )
            if found.status != 0:
                raise _unsolved()
            over = np.where(self.binding, 0.0, self.peers @ found.x - 1)
            if not (over > EXACT).any():
                break
            worst = np.argsort(-over, kind="stable")[:MOST_ADDED]
            self.binding[worst[over[worst] > EXACT]] = True
        tight = np.zeros(len(self.peers) + len(bounds), dtype=bool)
        tight[np.append(self.binding, np.ones(len(bounds), dtype=bool))] = (
            -found.ineqlin.marginals > TINY
        )
        return np.asarray(found.x), tight


def undominated(values: Floats) -> Floats:
    """Return the rows than which no other row is as high throughout, each once."""
    rows = np.unique(values, axis=0)[::-1]
    kept: list[Floats] = []
    for row in rows:  # the lexically largest first, so that nothing later dominates what is kept
        if not kept or not (np.array(kept) >= row).all(axis=1).any():
            kept.append(row)
    return np.array(kept)


def _of_one_size(rows: Floats) -> Floats:
    sizes = np.abs(rows).max(axis=1, keepdims=True)
    return np.asarray(rows / np.where(sizes > 0, sizes, 1.0))


def _unsolved() -> MethodError:
    return MethodError(
        "No weights were found that suit a unit best, for numerical reasons.",
        mend="Normalise the figures onto one range, or loosen lower and upper.",
    )


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
