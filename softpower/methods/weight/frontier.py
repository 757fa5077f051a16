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
"""Most peers that one unit adds to the linear programmes at once."""

AT_ONCE = 50
"""The linear programmes of so many units are solved as one."""

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
        """Return the best weights of units with these values (units x k); equal ones of zeros."""
        y = values / self.units
        units, k = y.shape
        if not self.peers.any():
            return np.full(y.shape, 1 / k)
        if k == 1:
            return np.tile(self.best / self.units / self.peers.max(), (units, 1))
        parts = []
        for first in range(0, units, AT_ONCE):
            some = y[first : first + AT_ONCE]
            parts += self._parts(some, np.stack([self._bounds(own) for own in some]))
        return np.array(parts) * self.best / self.units

    def _parts(self, y: Floats, bounds: Floats) -> list[Floats]:
        """Return the best parts of some units, times what leads to their scores."""
        found, tight = self._solved(y, bounds)
        return [self._even(*each) for each in zip(y, bounds, found, tight, strict=True)]

    def _even(self, y: Floats, bounds: Floats, found: Floats, tight: Mask) -> Floats:
        """Return the evenest of the best parts of a unit, times what leads to its score."""
        score, found, even = self._evened(y, bounds, found, tight)
        for parts in (even, found):  # these are as good, where rounding leaves no even ones
            own = float(parts @ y)
            reach = float((self.peers @ parts).max())
            factor = score / own if own > TINY * reach else 1 / reach
            kept = (bounds @ parts >= -LOOSE * np.abs(bounds * parts).sum(axis=1)).all()
            if kept and factor * reach <= 1 + LOOSE:
                return np.asarray(parts * factor)
        raise _unsolved()

    def _bounds(self, y: Floats) -> Floats:
        """Return rows ``b``, of largest size 1, such that ``b v >= 0`` says the bounds are kept."""
        scale = y if self.points else self.units.min() / self.units
        of, one = np.tile(scale, (y.size, 1)), np.diag(scale)
        rows = [one - self.lower * of] if self.lower > 0 else []
        rows += [self.upper * of - one] if self.upper < 1 else []
        return _of_one_size(np.vstack([np.eye(y.size), *rows]))

    def _evened(
        self, y: Floats, bounds: Floats, found: Floats, tight: Mask
    ) -> tuple[float, Floats, Floats]:
        """Return the best score of a unit, parts that reach it, and those of the evenest weights.

        All weights that reach it satisfy the constraints with equality for which the dual solution
        of the linear programme is not zero (complementary slackness), and any that do, reach it.
        """
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
        """Return the best parts of units, and which peers and bounds have a dual value there.

        The programmes of all units are solved as one, which has a block for each of them. Peers
        that are not exceeded need not be told to the solver; those that are, are added.
        """
        out = np.empty(y.shape)
        tight = np.zeros((len(y), len(self.peers) + bounds.shape[1]), dtype=bool)
        left = np.arange(len(y))
        while left.size:
            told = self.binding.copy()
            found, duals = _solution(y[left], self.peers[told], bounds[left])
            over = np.where(told, 0.0, found @ self.peers.T - 1)
            worst = np.argsort(-over, axis=1, kind="stable")[:, :MOST_ADDED]
            self.binding[worst[np.take_along_axis(over, worst, axis=1) > EXACT]] = True
            done = ~(over > EXACT).any(axis=1)
            out[left[done]] = found[done]
            shown = np.append(told, np.ones(bounds.shape[1], dtype=bool))
            tight[np.ix_(left[done], np.flatnonzero(shown))] = duals[done] > TINY
            left = left[~done]
        return out, tight


def _solution(y: Floats, peers: Floats, bounds: Floats) -> tuple[Floats, Floats]:
    """Return the best parts of units and the dual values of the peers and of the bounds."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    units, k = y.shape
    rows = np.concatenate([np.broadcast_to(peers, (units, *peers.shape)), -bounds], axis=1)
    column = np.broadcast_to(np.arange(y.size).reshape(units, 1, k), rows.shape)
    starts = np.arange(0, rows.size + 1, k)
    blocks = csr_array((rows.ravel(), column.ravel(), starts), shape=(rows.size // k, y.size))
    blocks.eliminate_zeros()
    found = linprog(
        -y.ravel(),
        A_ub=blocks,
        b_ub=np.tile(np.repeat([1.0, 0.0], [len(peers), bounds.shape[1]]), units),
        bounds=(None, None),
        method="highs",
        options={"primal_feasibility_tolerance": EXACT},
    )
    if found.status != 0:
        raise _unsolved()
    return found.x.reshape(units, k), -found.ineqlin.marginals.reshape(units, -1)


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
        sides[np.abs(sides) < NOISE] = 0.0  # or the solver may go astray
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
