"""Linear and mixed-integer programs over a region of weights, solved by HiGHS without a word."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from softpower.engine.exact.budget import Budget
from softpower.engine.exact.region import Region
from softpower.methods.model import Floats

PRECISE = 1e-10
"""How far a solution of a linear program may be from its constraints."""

LEFT = 1e-9
"""Weights below this are none."""


class Solution(NamedTuple):
    """What a program leads to."""

    weights: Floats
    """Of the movable weights, in the whole (k)."""
    extra: Floats
    """Of the further variables."""
    value: float
    duals: Floats
    """What each further row is worth (rows); empty for a mixed-integer program."""


class Program:
    """A program over weights of a region, with further variables and rows.

    The variables are the weights, then the further ones; ``rows x >= sides``.
    """

    def __init__(self, region: Region, extra: int = 0) -> None:
        """Take all constraints of the region."""
        self.region = region
        self.size = region.size + extra
        self.bounds = np.concatenate([region.bounds, np.tile([0.0, np.inf], (extra, 1))])
        self.aim = np.zeros(self.size)
        self.whole = np.zeros(extra)
        """1 for each further variable that is a whole number."""
        self.rows = np.empty((0, self.size))
        self.sides = np.empty(0)

    def add(self, rows: Floats, sides: Floats | float) -> None:
        """Ask for ``rows x >= sides``."""
        self.rows = np.concatenate([self.rows, rows])
        self.sides = np.append(self.sides, np.broadcast_to(sides, len(rows)))

    def _matrices(self) -> dict[str, Any]:
        k, mixed = self.region.size, self.region.mixed
        rest = self.size - k + mixed.shape[1] - k
        inside = np.pad(self.region.at_least, ((0, 0), (0, rest)))
        equal = np.pad(self.region.equal, ((0, 0), (0, rest)))
        whole = np.append(np.ones(k), np.zeros(rest))[None, :]
        shares = np.zeros((len(mixed), self.size - k))
        mixtures = np.hstack([mixed[:, :k], shares, mixed[:, k:]])
        rows = np.pad(self.rows, ((0, 0), (0, mixed.shape[1] - k)))
        return {
            "A_ub": -np.concatenate([rows, inside]),
            "b_ub": -np.append(self.sides, np.zeros(len(inside))),
            "A_eq": np.concatenate([whole, equal, mixtures]),
            "b_eq": np.append(1.0, np.zeros(len(equal) + len(mixtures))),
        }

    def _further(self) -> int:
        """Return how many shares of corners stand behind the variables."""
        return int(self.region.mixed.shape[1]) - self.region.size

    def least(self) -> Solution | None:
        """Return the least value of the aim; nothing if the rows cannot be satisfied."""
        from scipy.optimize import linprog

        further = self._further()
        found = linprog(
            np.append(self.aim, np.zeros(further)),
            **self._matrices(),
            bounds=np.concatenate([self.bounds, np.tile([0.0, np.inf], (further, 1))]),
            method="highs",
            options={"primal_feasibility_tolerance": PRECISE},
        )
        if found.status != 0:
            return None
        duals = -np.asarray(found.ineqlin.marginals)[: len(self.rows)]
        return self._solution(np.asarray(found.x), float(found.fun), duals)

    def least_whole(self, budget: Budget) -> tuple[Solution | None, float]:
        """Return the least value with whole numbers, as far as it is found, and a proven bound."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        parts, further = self._matrices(), self._further()
        none = np.zeros(further)
        with silenced():
            found = milp(
                np.append(self.aim, none),
                integrality=np.concatenate([np.zeros(self.region.size), self.whole, none]),
                bounds=Bounds(
                    np.append(self.bounds[:, 0], none), np.append(self.bounds[:, 1], none + np.inf)
                ),
                constraints=[
                    LinearConstraint(parts["A_ub"], -np.inf, parts["b_ub"]),
                    LinearConstraint(parts["A_eq"], parts["b_eq"], parts["b_eq"]),
                ],
                options={"mip_rel_gap": 0.0, **budget.options()},
            )
        budget.spend(int(found.mip_node_count or 0))
        if found.status == 2:  # infeasible
            return None, np.inf
        bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound)
        if found.x is None:
            return None, bound
        return self._solution(np.asarray(found.x), float(found.fun), np.empty(0)), bound

    def _solution(self, x: Floats, value: float, duals: Floats) -> Solution:
        k = self.region.size
        return Solution(cleaned(x[:k]), x[k : self.size], value, duals)


def cleaned(weights: Floats) -> Floats:
    """Return weights without what is left of nothing, with sum 1."""
    kept = np.where(weights > LEFT, weights, 0.0)
    return np.asarray(kept / kept.sum())


@contextmanager
def silenced() -> Iterator[None]:
    """Keep the solver from writing to standard output, which it does beneath Python."""
    try:
        kept = os.dup(1)
    except OSError:  # there is none
        yield
        return
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
