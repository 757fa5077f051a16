"""A polytope of weights: ``w`` between bounds, with sum 1 and ``rows w >= 0``, drawn uniformly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, count
from math import comb

import numpy as np

from softpower.methods.model import Floats, Mask

TINY = 1e-12
"""Bounds nearer to each other than this leave no room between them."""

TRIALS = 2_000
"""So many walks are tried to see how much of their start they remember."""

FADED = 0.08
"""No correlation of the end of a walk with its start may be larger: 3.5 standard errors."""

LEAST_RATE = 1e-3
"""Where fewer of the proposed points are admissible, walks are faster."""

PROPOSED = 20_000
"""So many points are proposed to see how many are admissible."""

MOST_STEPS = 4_096
"""A walk is no longer than this."""

MOST_MEETINGS = 50_000
"""Vertices are looked for where no more sets of sides than this may meet in one."""

ROUNDING = 1e-9
"""So far off may a vertex be that is solved for."""


@dataclass(frozen=True, eq=False)
class Polytope:
    """Weights of k siblings."""

    low: Floats
    """The least that each may be, as tight as sum 1 and the rows make it (k)."""
    high: Floats
    """The most that each may be (k)."""
    rows: Floats
    """``rows w >= 0`` holds for all weights (rows x k)."""
    middle: Floats
    """A point inside, as far from every side as there is room (k)."""
    corners: Floats | None = None
    """If only mixtures of some points are admissible, these points (points x k)."""

    @classmethod
    def mixtures(cls, corners: Floats) -> Polytope:
        """Return all mixtures of some points: their convex hull (points x k)."""
        low, high = corners.min(axis=0), corners.max(axis=0)
        none = np.empty((0, corners.shape[1]))
        return cls(low, high, none, corners.mean(axis=0), np.unique(corners, axis=0))

    @classmethod
    def between(cls, low: Floats, high: Floats, rows: Floats) -> Polytope | None:
        """Return the weights between bounds that satisfy ``rows w >= 0``, if there are any."""
        if (low > high + TINY).any():
            return None
        high = np.maximum(high, low)
        if low.sum() > 1 + TINY or high.sum() < 1 - TINY:
            return None
        low, high = (
            np.maximum(low, 1 - (high.sum() - high)),
            np.minimum(high, 1 - (low.sum() - low)),
        )
        if not len(rows):
            high = np.maximum(high, low)
            return cls(low, high, rows, _blend(low, high))
        return cls._with_rows(low, high, rows)

    @classmethod
    def _with_rows(cls, low: Floats, high: Floats, rows: Floats) -> Polytope | None:
        """Tighten the bounds by linear programs, and find a point inside."""
        k = low.size
        ends = []
        for j in range(k):
            for sign in (1.0, -1.0):
                aim = np.zeros(k)
                aim[j] = sign
                found = _least(aim, low, high, rows)
                if found is None:
                    return None
                ends.append(found)
        points = np.array(ends)
        low, high = points.min(axis=0), points.max(axis=0)
        return cls(low, high, rows, points.mean(axis=0))

    def holds(self, weights: Floats) -> bool:
        """Say whether weights (k) are admissible, but for rounding."""
        bounded = (weights >= self.low - TINY).all() and (weights <= self.high + TINY).all()
        mixed = self.corners is None or self.off(weights) <= TINY
        return bool(bounded and (self.rows @ weights >= -TINY).all() and mixed)

    def off(self, weights: Floats) -> float:
        """Return how far weights are from the nearest mixture of the corners."""
        from scipy.optimize import nnls

        assert self.corners is not None  # noqa: S101
        system = np.vstack([self.corners.T, np.ones(len(self.corners))])
        return float(nnls(system, np.append(weights, 1.0))[1])

    @property
    def size(self) -> int:
        """How many weights there are."""
        return self.low.size

    @cached_property
    def free(self) -> bool:
        """Whether nothing is asked but that weights have sum 1."""
        plain = not len(self.rows) and self.corners is None
        return plain and bool((self.low <= 0).all() and (self.high >= 1).all())

    @cached_property
    def vertices(self) -> Floats | None:
        """The vertices of which all weights are mixtures (points x k), if they are few enough.

        Formula: where ``k - 1`` sides meet, inside all others.
        """
        if self.corners is not None:
            return self.corners
        k = self.size
        capped = self.high < 1 - (self.low.sum() - self.low) - TINY
        sides = np.concatenate([np.eye(k), -np.eye(k)[capped], self.rows])
        limits = np.concatenate([self.low, -self.high[capped], np.zeros(len(self.rows))])
        if comb(len(sides), k - 1) > MOST_MEETINGS:
            return None
        sets = np.array(list(combinations(range(len(sides)), k - 1)), dtype=np.int64)
        whole = np.ones((len(sets), 1, k))
        systems = np.concatenate([sides[sets], whole], axis=1)
        values = np.concatenate([limits[sets], whole[:, :, 0]], axis=1)
        one = np.abs(np.linalg.det(systems)) > TINY
        points = np.linalg.solve(systems[one], values[one][:, :, None])[:, :, 0]
        points = points[(points @ sides.T >= limits - ROUNDING).all(axis=1)]
        ends = np.concatenate([points.min(axis=0), points.max(axis=0)]) if len(points) else None
        if ends is None or np.abs(ends - np.concatenate([self.low, self.high])).max() > ROUNDING:
            return None  # some are lost to rounding
        _, first = np.unique(np.round(points, 9), axis=0, return_index=True)
        return np.asarray(points[first])

    @cached_property
    def chains(self) -> list[list[int]] | None:
        """The orders in which weights are, the largest first, if that is all that is asked."""
        plain = np.isin(self.rows, (-1.0, 0.0, 1.0)).all()
        bounded = (self.low > TINY).any() or not self._only_ordered()
        if not len(self.rows) or not plain or bounded:
            return None
        above = {int(np.argmin(row)): int(np.argmax(row)) for row in self.rows}
        below = {one: other for other, one in above.items()}
        if len(above) < len(self.rows) or len(below) < len(self.rows):
            return None
        chains = []
        for first in range(self.size):
            if first not in above and first in below:
                chain = [first]
                while chain[-1] in below:
                    chain.append(below[chain[-1]])
                chains.append(chain)
        return chains if sum(map(len, chains)) == len(above) + len(chains) else None

    def _only_ordered(self) -> bool:
        """Say whether no weight is bounded from above but by the order."""
        corner = np.zeros(self.size)
        for j in range(self.size):
            above = {j}
            while True:
                more = {
                    int(np.argmax(row)) for row in self.rows if int(np.argmin(row)) in above
                } - above
                if not more:
                    break
                above |= more
            corner[j] = 1 / len(above)
        return bool((self.high >= corner - TINY).all())

    def sampled(self, u: Floats) -> Floats:
        """Return the weights that points of the unit cube stand for (both points x k).

        Points with independent uniform coordinates stand for weights that are uniform on the
        polytope; the same point always stands for the same weights.
        """
        moving = self.high - self.low > TINY
        if not moving.any():
            return np.tile(self.low, (len(u), 1))
        if self.corners is not None:
            return self._mixed(u, self.corners)
        if self.free or self.chains is not None:
            return self._sorted(u)
        if self._proposal is not None:
            return self._accepted(u, self._proposal)
        return self._walked(u, self._steps)

    def _sorted(self, u: Floats) -> Floats:
        """Return exponential quantiles divided by their sum, put in order."""
        amounts = -np.log1p(-np.minimum(u, 1 - 2.0**-53))
        weights = amounts / amounts.sum(axis=1, keepdims=True)
        for chain in self.chains or []:
            weights[:, chain] = -np.sort(-weights[:, chain], axis=1)
        return weights

    @staticmethod
    def _mixed(u: Floats, corners: Floats) -> Floats:
        """Return mixtures in which the shares of the corners are uniform on their simplex."""
        amounts = -np.log1p(-_Chance(u).uniforms(len(corners)))
        return np.asarray(amounts / amounts.sum(axis=1, keepdims=True) @ corners)

    @cached_property
    def _proposal(self) -> Callable[[_Chance], Floats] | None:
        """Return the way to propose points more of which are admissible, if enough are."""
        u = np.random.default_rng(1).random((PROPOSED, self.size))
        ways = (self._between_bounds, self._above_bounds)
        rates = [float(self._inside(way(_Chance(u))).mean()) for way in ways]
        return ways[int(np.argmax(rates))] if max(rates) > LEAST_RATE else None

    def _accepted(self, u: Floats, proposal: Callable[[_Chance], Floats]) -> Floats:
        """Return for each row the first of many proposed points that lies in the polytope."""
        chance, left = _Chance(u), np.arange(len(u))
        out = np.empty((len(u), self.size))
        while left.size:
            points = proposal(chance)
            good = self._inside(points)
            out[left[good]] = points[good]
            left, chance.state = left[~good], chance.state[~good]
        return out

    def _between_bounds(self, chance: _Chance) -> Floats:
        """Return points uniform where all weights but the widest lie between their bounds."""
        last = int(np.argmax(self.high - self.low))
        points = self.low + (self.high - self.low) * chance.uniforms(self.size)
        points[:, last] = 1 - np.delete(points, last, axis=1).sum(axis=1)
        return points

    def _above_bounds(self, chance: _Chance) -> Floats:
        """Return points uniform where no weight lies below its lower bound."""
        amounts = -np.log1p(-chance.uniforms(self.size))
        rest = 1 - self.low.sum()
        return np.asarray(self.low + rest * amounts / amounts.sum(axis=1, keepdims=True))

    def _inside(self, points: Floats) -> Mask:
        bounded = (points >= self.low).all(axis=1) & (points <= self.high).all(axis=1)
        return np.asarray(bounded & (points @ self.rows.T >= 0).all(axis=1))

    @cached_property
    def _steps(self) -> int:
        """How long a walk is: twice as long as it takes until nothing is left of its start."""
        u = np.random.default_rng(1).random((TRIALS, self.size))
        starts = self._corners[np.arange(TRIALS) % len(self._corners)]
        for power in count(4):
            steps = 2**power
            if 2 * steps >= MOST_STEPS:
                return MOST_STEPS
            ends = self._walked(u, steps, starts)
            if self._remembered(starts, ends) < FADED:
                return 2 * steps
        raise AssertionError

    def _remembered(self, starts: Floats, ends: Floats) -> float:
        """Return the largest correlation of an end with a start."""
        some = (starts.std(axis=0) > TINY) & (ends.std(axis=0) > TINY)
        if not some.any():
            return 0.0
        one, other = (
            (each[:, some] - each[:, some].mean(axis=0)) / each[:, some].std(axis=0)
            for each in (starts, ends)
        )
        return float(np.abs(one.T @ other / len(one)).max())

    @cached_property
    def _corners(self) -> Floats:
        """Points near the ends of the polytope in the direction of each weight."""
        found = []
        for j in range(self.size):
            for sign in (1.0, -1.0):
                aim = np.zeros(self.size)
                aim[j] = sign
                end = _least(aim, self.low, self.high, self.rows)
                if end is not None:
                    found.append(0.9 * end + 0.1 * self.middle)
        return np.array(found)

    def _walked(self, u: Floats, steps: int, starts: Floats | None = None) -> Floats:
        """Return the ends of walks of so many steps: hit-and-run.

        A step goes in a random direction, to a uniform point of the chord through where it is.
        """
        chance = _Chance(u)
        at = np.tile(self.middle, (len(u), 1)) if starts is None else starts.copy()
        width = self.high - self.low
        for _ in range(steps):
            towards = chance.normal(self.size) * width
            towards -= width * (towards.sum(axis=1, keepdims=True) / width.sum())
            room = np.concatenate([at - self.low, self.high - at, at @ self.rows.T], axis=1)
            pace = np.concatenate([towards, -towards, towards @ self.rows.T], axis=1)
            room = np.maximum(room, 0.0)
            with np.errstate(divide="ignore", invalid="ignore"):
                far = -room / pace
            ahead = np.where(pace < 0, far, np.inf).min(axis=1)
            back = np.where(pace > 0, far, -np.inf).max(axis=1)
            step = back + (ahead - back) * chance.uniform()
            at += np.where(np.isfinite(step), step, 0.0)[:, None] * towards
        at = np.clip(at, self.low, self.high)
        return at / at.sum(axis=1, keepdims=True)


class _Chance:
    """Random numbers that follow from points of the unit cube, row by row (splitmix64)."""

    def __init__(self, u: Floats) -> None:
        with np.errstate(over="ignore"):
            state = np.zeros(len(u), np.uint64)
            for column in np.ascontiguousarray(u.T).view(np.uint64):
                state = _mixed(state * np.uint64(31) + column)
        self.state = state

    def uniform(self) -> Floats:
        """Return a number from 0 to 1 for each row."""
        with np.errstate(over="ignore"):
            self.state = self.state + np.uint64(0x9E3779B97F4A7C15)
            return (_mixed(self.state) >> np.uint64(11)).astype(np.float64) * 2.0**-53

    def uniforms(self, columns: int) -> Floats:
        """Return independent numbers from 0 to 1, rows x columns."""
        return np.stack([self.uniform() for _ in range(columns)], axis=1)

    def normal(self, columns: int) -> Floats:
        """Return independent normal numbers, rows x columns (Box & Muller, 1958)."""
        half = (columns + 1) // 2
        radius = np.sqrt(-2 * np.log1p(-self.uniforms(half)))
        turn = 2 * np.pi * self.uniforms(half)
        both = np.concatenate([radius * np.cos(turn), radius * np.sin(turn)], axis=1)
        return both[:, :columns]


def _mixed(state: np.ndarray) -> np.ndarray:
    state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(state ^ (state >> np.uint64(31)))


def _least(aim: Floats, low: Floats, high: Floats, rows: Floats) -> Floats | None:
    """Return the weights of the least ``aim w``, if there are any."""
    from scipy.optimize import linprog

    found = linprog(
        aim,
        A_ub=-rows if len(rows) else None,
        b_ub=np.zeros(len(rows)) if len(rows) else None,
        A_eq=np.ones((1, aim.size)),
        b_eq=[1.0],
        bounds=np.column_stack([low, high]),
        method="highs",
    )
    return np.clip(found.x, low, high) if found.status == 0 else None


def _blend(low: Floats, high: Floats) -> Floats:
    """Return the point at the same share of the way from each lower to each upper bound."""
    room = high.sum() - low.sum()
    share = (1 - low.sum()) / room if room > 0 else 0.0
    return np.asarray(low + share * (high - low))
