"""The order that agrees best with all pairwise votes: found exactly, by linear programming.

For each pair ``a < b`` a variable says whether ``a`` comes before ``b``. An order is a choice of
them without cycles, which is a constraint on each three units, far too many to state at once: they
are added as they are violated.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Triples = NDArray[int64]
    """Rows ``a, b, c, sign``: three units whose constraint is violated, from above or below."""

EQUAL = 1e-6
"""Orders whose scores differ by less are equally good; solvers are no more exact than that."""

MOST_ADDED = 20_000
"""Most constraints that are added at once."""

SHAKES, SHUFFLED = 200, 8
"""How often so many neighbours are shuffled in search of a better order."""

SOLVED, IMPOSSIBLE = 0, 2
"""What the solvers of scipy answer."""

FINEST = 1000
"""The smallest step between scores that is made use of is one part in so many."""


class Consensus(NamedTuple):
    """The best order that was found, and what is proven of it."""

    order: tuple[int, ...]
    """The units from first to last."""
    score: float
    """The votes that agree with it, over all pairs."""
    bound: float
    """No order has a higher score."""

    @property
    def proven(self) -> bool:
        """Whether no order is better."""
        return self.bound <= self.score


def consensus(support: Floats, seconds: float) -> Consensus:
    """Return the order in which the most votes agree.

    Parameters
    ----------
    support
        The votes for each unit (rows) against each other one (columns).
    seconds
        How long to look for it. Where that does not suffice, the best order found so far is
        returned, with the bound that is proven so far.
    """
    return _Search(support, monotonic() + seconds).result()


def improved(support: Floats, order: Sequence[int], until: float = np.inf) -> list[int]:
    """Return an order that moving any one unit to another place makes no better.

    Each unit in turn is moved to its best place, once, and again and again ``until`` that time.
    """
    order = list(order)
    margin = support - support.T
    better = True
    while better:
        better = False
        for unit in tuple(order):
            at = order.index(unit)
            passed = np.concatenate([[0.0], np.cumsum(margin[unit, order])])
            to = int(np.argmin(passed))
            if passed[at] - passed[to] > 1e-9:
                order.insert(to - (to > at), order.pop(at))
                better = monotonic() <= until
    return order


def agreement(support: Floats, order: Sequence[int]) -> float:
    """Return the votes that agree with an order."""
    return float(np.triu(support[np.ix_(order, order)], 1).sum())


class _Search:
    def __init__(self, support: Floats, until: float) -> None:
        self.until = until
        by_votes = np.argsort(-support.sum(axis=1), kind="stable").tolist()
        self.start = improved(support, by_votes, until)
        self.support = support[np.ix_(self.start, self.start)]
        """The votes among the units in the order that the search starts from."""
        n = len(support)
        self.best = list(range(n))
        self.score = agreement(self.support, self.best)
        self.pairs = np.triu_indices(n, 1)
        self.number = np.zeros((n, n), dtype=np.int64)
        self.number[self.pairs] = np.arange(self.pairs[0].size)
        self.gain = (self.support - self.support.T)[self.pairs]
        self.base = float(self.support.T[self.pairs].sum())
        self.fixed = np.zeros(self.gain.size), np.ones(self.gain.size)
        """What each variable is at least, and at most."""
        self.slack = _step(self.gain) - EQUAL
        """Less than this an order cannot be better than another."""
        self.rows: Triples = np.zeros((0, 4), dtype=np.int64)
        x = (self.gain >= 0).astype(np.float64)
        self.bound = self.base + float(self.gain @ x)
        self.cut = self._violated(x)

    def result(self) -> Consensus:
        """Close the gap between the best order and the bound, or run out of time."""
        while not self._done():
            while self.cut.size and not self._done():
                self.rows = np.vstack([self.rows, self.cut])
                self._relax()
            self._shake()
            if self._done() or not self._branch():
                break
        order = tuple(self.start[unit] for unit in self.best)
        bound = self.score if self._proven() else max(self.bound, self.score)
        return Consensus(order, self.score, bound)

    def _done(self) -> bool:
        return self._proven() or self._left() <= 0

    def _proven(self) -> bool:
        """Say whether no order can be better than the best: scores differ by whole steps."""
        return self.bound - self.score <= self.slack

    def _left(self) -> float:
        return self.until - monotonic()

    def _relax(self) -> None:
        """Solve without asking for whole numbers, and fix what cannot be otherwise."""
        from scipy.optimize import linprog

        matrix, limits = self._constraints()
        found: Any = linprog(
            -self.gain,
            A_ub=matrix,
            b_ub=limits,
            bounds=np.column_stack(self.fixed),
            method="highs",
            options={"time_limit": max(self._left(), 0.01)},
        )
        if found.status != SOLVED:
            self._give_up(found.status)
            return
        before, self.bound = self.bound, min(self.bound, self.base - float(found.fun))
        self._take(found.x)
        cost = np.abs(found.lower.marginals + found.upper.marginals)
        worse = self.base - float(found.fun) - cost < self.score + self.slack - EQUAL
        for bounds in self.fixed:
            bounds[worse] = np.round(found.x[worse])
        if self.bound < before - EQUAL:
            self.rows = self.rows[found.slack < EQUAL]
        self.cut = self._violated(found.x)

    def _branch(self) -> bool:
        """Solve in whole numbers, and say whether constraints are left that this violates."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        matrix, limits = self._constraints()
        with quiet():
            found: Any = milp(
                -self.gain,
                constraints=LinearConstraint(matrix, -np.inf, limits),
                bounds=Bounds(*self.fixed),
                integrality=np.ones(self.gain.size),
                options={"time_limit": max(self._left(), 0.01), "mip_rel_gap": 0.0},
            )
        if found.mip_dual_bound is not None:
            self.bound = min(self.bound, self.base - float(found.mip_dual_bound))
        if found.x is None:
            self._give_up(found.status)
            return False
        self._take(found.x)
        self.cut = self._violated(np.round(found.x))
        return found.status == SOLVED and bool(self.cut.size)

    def _give_up(self, status: int) -> None:
        """Take it that there is nothing better, or that there was no time to find out.

        What is fixed leaves room only for better orders than the best, and so may leave none.
        """
        if status == IMPOSSIBLE:
            self.bound = self.score
        else:
            self.until = -np.inf

    def _take(self, x: Floats) -> None:
        """Try the order that a solution suggests."""
        ahead = np.zeros(self.support.shape)
        ahead[self.pairs] = x
        ahead.T[self.pairs] = 1.0 - x
        self._try(np.argsort(-ahead.sum(axis=1), kind="stable").tolist())

    def _shake(self) -> None:
        """Shuffle a few neighbours of the best order again and again, and go up from there."""
        generator = np.random.default_rng(0)
        width = min(SHUFFLED, len(self.best))
        for _ in range(SHAKES):
            if self._done():
                return
            at = int(generator.integers(len(self.best) - width + 1))
            order = self.best.copy()
            order[at : at + width] = generator.permutation(order[at : at + width]).tolist()
            self._try(order)

    def _try(self, order: list[int]) -> None:
        """Keep an order, once improved, if none so far is better."""
        order = improved(self.support, order, self.until)
        score = agreement(self.support, order)
        if score >= self.score - 1e-9:
            self.best, self.score = order, max(score, self.score)

    def _violated(self, x: Floats) -> Triples:
        """Return the constraints ``0 <= x_ab + x_bc - x_ac <= 1`` that are violated most."""
        n = len(self.support)
        ahead = np.zeros((n, n))
        ahead[self.pairs] = x
        upper = np.triu(np.ones((n, n), dtype=bool), 1)
        found, by = [], []
        for a in range(n - 2):
            if self._left() <= 0:
                break
            later = slice(a + 1, n)
            sums = ahead[a, later, None] + ahead[later, later] - ahead[a, None, later]
            excess = np.where(upper[later, later], np.maximum(sums - 1.0, -sums), 0.0)
            b, c = np.nonzero(excess > EQUAL)
            sign = np.where(sums[b, c] > 0.5, 1, -1)
            found.append(np.column_stack([np.full(b.size, a), b + a + 1, c + a + 1, sign]))
            by.append(excess[b, c])
        if not found:
            return np.zeros((0, 4), dtype=np.int64)
        worst = np.argsort(-np.concatenate(by), kind="stable")[:MOST_ADDED]
        return np.concatenate(found)[worst]

    def _constraints(self) -> tuple[Any, Floats]:
        """Return the constraints so far as a sparse matrix and its upper limits."""
        from scipy.sparse import csr_array

        a, b, c, sign = self.rows.T
        columns = np.column_stack([self.number[a, b], self.number[b, c], self.number[a, c]])
        values = np.multiply.outer(sign, [1.0, 1.0, -1.0])
        where = np.repeat(np.arange(len(self.rows)), 3), columns.ravel()
        shape = (len(self.rows), self.gain.size)
        return csr_array((values.ravel(), where), shape=shape), (sign > 0).astype(np.float64)


def _step(gain: Floats) -> float:
    """Return a number of which all gains are multiples, if there is one that is not tiny."""
    distinct = np.unique(np.round(np.abs(gain), 9))
    if distinct.size > FINEST * distinct.max(initial=0.0) + 1:
        return 2 * EQUAL
    for parts in range(1, FINEST + 1):
        if np.all(np.abs(distinct * parts - np.round(distinct * parts)) < EQUAL):
            return 1.0 / parts
    return 2 * EQUAL


_ONE_AT_A_TIME = Lock()


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what a library prints past Python off the standard output.

    The solver of scipy writes lines meant for its makers to the file descriptor itself.
    """
    with _ONE_AT_A_TIME:
        try:
            kept = os.dup(1)
        except OSError:  # there is no standard output to keep clean
            yield
            return
        if sys.stdout is not None:
            sys.stdout.flush()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            yield
        finally:
            _flush()
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)


def _flush() -> None:
    """Have the C library write out what it holds back."""
    import ctypes

    try:
        ctypes.CDLL(None).fflush(None)
    except (OSError, TypeError, AttributeError):  # Windows has no such common library
        ctypes.cdll.msvcrt.fflush(None)
