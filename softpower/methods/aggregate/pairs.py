"""Units compared two by two: by how much of the weight each is ahead of each other one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.aggregate.base import Aggregation, refuse_gaps, told_apart
from softpower.methods.model import Floats


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

    def preferences(self, y: Floats, w: Floats, prefer: Callable[[Floats], Floats]) -> Floats:
        """Return the weighted preference for each unit (rows) over each other one (columns).

        Parameters
        ----------
        y, w
            Values and weights, units x children.
        prefer
            Makes differences between the values of one child into preferences from 0 to 1.
        """
        if self.gaps == "refuse":
            refuse_gaps(self, w, f", or compare pairs by what both have ({self.name()}:gaps=pairs)")
        y = told_apart(np.where(w > 0, y, 0.0))
        if not np.ptp(w, axis=0).any():
            counted = np.flatnonzero(w[0])
            parts = (w[0, j] * prefer(np.subtract.outer(y[:, j], y[:, j])) for j in counted)
            return sum(parts, np.zeros((len(y), len(y))))
        there = (w > 0).astype(np.float64)
        shared = w @ there.T
        total = np.zeros(shared.shape)
        for j in np.flatnonzero(there.any(axis=0)):
            preferred = prefer(np.subtract.outer(y[:, j], y[:, j]))
            both = np.outer(w[:, j], there[:, j])
            own = np.divide(both, shared, out=np.zeros_like(both), where=shared > 0)
            total += preferred * (own + own.T) / 2
        return total


def ahead(by: float, largest: float) -> Callable[[Floats], Floats]:
    """Return what tells where a difference is more than ``by``, among values of this size."""
    beyond = by + 1e-12 * max(by, largest) if by > 0 else 0.0
    return lambda d: (d > beyond).astype(np.float64)
