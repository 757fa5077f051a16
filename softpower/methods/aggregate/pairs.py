"""Units compared two by two: by how much of the weight each is ahead of each other one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.aggregate.base import Aggregation, refuse_gaps, told_apart
from softpower.methods.model import Floats

MOST_AT_ONCE = 2**20
"""So many pairs are compared at once."""


class Pairwise(Aggregation):
    """An aggregation that compares every unit with every other one, child by child."""

    rowwise: ClassVar[bool] = False
    gaps: Literal["refuse", "pairs"] = Field(
        "refuse",
        description="What is done where values are missing: refuse them, or compare each pair by "
        "the children that both have.",
    )

    def by_shared(self) -> bool:
        """Say whether pairs are compared by what both have."""
        return self.gaps == "pairs"

    def told(self, y: Floats, w: Floats) -> Floats:
        """Return the values without the noise of rounding; refuse gaps if these are refused."""
        if self.gaps == "refuse":
            refuse_gaps(self, w, f", or compare pairs by what both have ({self.name()}:gaps=pairs)")
        return told_apart(np.where(w > 0, y, 0.0))

    def net(self, y: Floats, w: Floats, prefer: Callable[[Floats], Floats]) -> Iterator[Floats]:
        """Yield the preference for units over each other one, less that for it over them.

        Some units (rows) at a time are compared with all (columns), so that memory is bounded.

        Parameters
        ----------
        y, w
            Values and weights, units x children.
        prefer
            Makes differences between the values of one child into preferences from 0 to 1.
        """
        y = self.told(y, w)
        size = max(1, MOST_AT_ONCE // len(y))
        for first in range(0, len(y), size):
            rows = slice(first, first + size)
            won = np.zeros((len(y[rows]), len(y)))
            lost = np.zeros_like(won)
            for j, share in shares_of_pairs(w, rows):
                apart = np.subtract.outer(y[rows, j], y[:, j])
                won += share * prefer(apart)
                lost += share * prefer(-apart)
            yield won - lost


def shares_of_pairs(w: Floats, rows: slice) -> Iterator[tuple[int, Floats]]:
    """Yield each child with the weight that it has in comparisons of some units with all.

    That is the mean of the weights of both, each divided by the sum over what both have.
    """
    if not np.ptp(w, axis=0).any():
        yield from ((int(j), w[0, j]) for j in np.flatnonzero(w[0]))
        return
    there = (w > 0).astype(np.float64)
    ours, theirs = w[rows] @ there.T, there[rows] @ w.T
    for j in np.flatnonzero(there.any(axis=0)):
        own, other = np.outer(w[rows, j], there[:, j]), np.outer(there[rows, j], w[:, j])
        for part, of in ((own, ours), (other, theirs)):
            np.divide(part, of, out=part, where=of > 0)
        yield int(j), (own + other) / 2


def ahead(by: float, largest: float) -> Callable[[Floats], Floats]:
    """Return what tells where a difference is more than ``by``, among values of this size."""
    beyond = least_ahead(by, largest)
    return lambda d: (d > beyond).astype(np.float64)


def least_ahead(by: float, largest: float) -> float:
    """Return what a difference is above that is more than ``by``, among values of this size."""
    return by + 1e-12 * max(by, largest) if by > 0 else 0.0
