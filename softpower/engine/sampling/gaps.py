"""Weighted means throughout a tree, for units of which some have gaps.

Formula: a unit without gaps has the score ``sum_j w_j y_j`` over all indicators, with ``w_j`` the
product of the weights on the way to each. Where children of a pillar are missing, what the pillar
brings is divided by the sum of the weights of those that are there, which is the same for all units
with the same gaps. So there is one product for the values of all, a small one for the patterns of
gaps of every pillar, and a correction for the units that have some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from softpower.engine.sampling.workspace import Workspace
from softpower.index.tree import Pillar
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]


class GapSum:
    """A pillar of weighted means, with the gaps of some units worked out."""

    def __init__(
        self, pillar: Pillar, y: Floats, column: Mapping[str, int], covered: Mapping[str, Mask]
    ) -> None:
        """Find the patterns of gaps.

        Parameters
        ----------
        pillar
            The pillar.
        y
            Normalised figures (units x indicators of the index); NaN is missing.
        column
            The column of each indicator.
        covered
            By the id of a pillar, which units have enough figures in it to have a value.
        """
        self.id = pillar.id
        self._below = {
            k: GapSum(child, y, column, covered)
            for k, child in enumerate(pillar.children)
            if isinstance(child, Pillar)
        }
        there: Mask = np.column_stack(
            [
                self._below[k].there if k in self._below else ~np.isnan(y[:, column[child.id]])
                for k, child in enumerate(pillar.children)
            ]
        )
        self.there: Mask = np.asarray(there.any(axis=1) & covered[pillar.id])
        """Which units have a value."""
        there &= self.there[:, None]
        self.values: Floats = np.column_stack(
            [
                self._below[k].values if k in self._below else y[:, column[child.id]]
                for k, child in enumerate(pillar.children)
            ]
        )
        """Units x indicators beneath, 0 where missing, and where the unit has no value here."""
        self.values[np.isnan(self.values) | ~self.there[:, None]] = 0.0
        lacking: Mask = np.asarray(~there.all(axis=1))
        beneath = [lacking, *(np.isin(np.arange(len(y)), b.rows) for b in self._below.values())]
        self.rows: Places = np.flatnonzero(np.any(beneath, axis=0))
        """The units that have gaps, here or further below."""
        self._gappy = self.values[self.rows]
        self._absent = np.flatnonzero(~self.there[self.rows])
        """Where among them are those without a value here."""
        self._lacking = np.flatnonzero(lacking[self.rows])
        """Where among them are those that lack a child..."""
        found, which = np.unique(there[lacking], axis=0, return_inverse=True)
        self.patterns: Floats = found.astype(np.float64)
        """...which children they have (patterns x children), 1 for yes..."""
        self._which: Places = which.ravel()
        """...and the pattern of each."""
        self._at = {k: np.searchsorted(self.rows, b.rows) for k, b in self._below.items()}
        """For each pillar below, where its units with gaps are among those here."""

    def __call__(self, weights: Mapping[str, Floats], workspace: Workspace) -> Floats | None:
        """Return the values (units x draws), NaN where missing, in memory that is kept.

        ``weights`` has those of the children of every pillar, draws (or 1 for all) x children.
        Nothing is returned where nothing that some unit has in a pillar has a weight.
        """
        total = self._plain(weights, workspace, self.values)
        if not self._put_right(weights, workspace, total, self.rows):
            return None
        total[~self.there] = np.nan
        return total

    def shares(self, weights: Mapping[str, Floats]) -> Floats:
        """Return what each indicator beneath counts (draws x indicators) where there is no gap."""
        own = weights[self.id]
        if not self._below:
            return own
        parts = []
        for k in range(own.shape[1]):
            share = own[:, k, None]
            parts.append(share * self._below[k].shares(weights) if k in self._below else share)
        return side_by_side(parts)

    def _plain(self, weights: Mapping[str, Floats], workspace: Workspace, values: Floats) -> Floats:
        """Return what values (units x indicators beneath) add up to (units x draws)."""
        shares = self.shares(weights)
        out = workspace.array(f"plain {self.id}", len(values), len(shares))
        return np.matmul(values, shares.T, out=out)

    def _put_right(
        self, weights: Mapping[str, Floats], workspace: Workspace, total: Floats, rows: Places
    ) -> bool:
        """Put right what units add up to as if they lacked nothing, and say whether that can be.

        ``rows`` are those of ``total`` (x draws) that stand for the units with gaps.
        """
        own = weights[self.id].T
        for k, below in self._below.items():
            if below.rows.size:
                more = below._correction(weights, workspace, own[k])  # noqa: SLF001
                if more is None:
                    return False
                total[rows[self._at[k]]] += more
        if self._lacking.size:
            counted = self._counted(own)
            if counted is None:
                return False
            total[rows[self._lacking]] *= self._of_each(1.0 / counted, workspace)
        total[rows[self._absent]] = 0.0
        return True

    def _correction(
        self, weights: Mapping[str, Floats], workspace: Workspace, by: Floats
    ) -> Floats | None:
        """Return what gaps add to the values of the units that have some, times a weight (draws).

        That is ``p (1 / c - 1)`` for a unit that has values ``p`` in all that count ``c``.
        """
        plain = self._plain(weights, workspace, self._gappy)
        if not self._below:
            counted = self._counted(weights[self.id].T)
            if counted is None:
                return None
            plain *= self._of_each(1.0 / counted - 1.0, workspace)
        else:
            values = plain.copy()
            if not self._put_right(weights, workspace, values, np.arange(len(values))):
                return None
            np.subtract(values, plain, out=plain)
        return np.multiply(plain, by, out=plain if plain.shape[1] == by.size else None)

    def _counted(self, own: Floats) -> Floats | None:
        """Return what the children of each pattern count (patterns x draws); 1 where none are.

        Nothing is returned where some are there and have no weight.
        """
        counted = self.patterns @ own
        counted[~self.patterns.any(axis=1)] = 1.0
        return counted if (counted > 0).all() else None

    def _of_each(self, factors: Floats, workspace: Workspace) -> Floats:
        """Return the factors of patterns (x draws) for each unit that lacks a child."""
        out = workspace.array("factors", self._which.size, factors.shape[1])
        return np.take(factors, self._which, axis=0, out=out, mode="clip")


def side_by_side(parts: Sequence[Floats]) -> Floats:
    """Return parts (draws, or 1 for all, x some) as one array."""
    draws = max(part.shape[0] for part in parts)
    return np.hstack([np.broadcast_to(part, (draws, part.shape[1])) for part in parts])
