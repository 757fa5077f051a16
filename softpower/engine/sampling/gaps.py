"""Weighted means throughout a tree, for units of which some have gaps.

Formula: a unit without gaps has the score ``sum_j w_j y_j`` over all indicators, with ``w_j`` the
product of the weights on the way to each. Where children of a pillar are missing, the rule on
missing values makes up for them by what the weights of those that are there sum to, which is the
same for all units with the same gaps. So there is one product for the values of all, a small one
for the patterns of gaps of every pillar, and a correction for the units that have some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from softpower.engine.sampling.workspace import Workspace
from softpower.index.tree import Pillar
from softpower.methods.missing import MissingRule
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]


class Known(NamedTuple):
    """What is known of all pillars of a tree."""

    column: Mapping[str, int]
    """The column of each indicator."""
    covered: Mapping[str, Mask]
    """By the id of a pillar, which units have enough figures in it to have a value."""
    weights: Mapping[str, Floats]
    """The nominal weights of the children; those of zero stay zero in every draw."""
    missing: MissingRule


class GapSum:
    """A pillar of weighted means, with the gaps of some units worked out."""

    def __init__(self, pillar: Pillar, y: Floats, known: Known) -> None:
        """Find the patterns of gaps in normalised figures (units x indicators; NaN is missing)."""
        self.id = pillar.id
        self.rule = known.missing
        self.below = {
            k: GapSum(child, y, known)
            for k, child in enumerate(pillar.children)
            if isinstance(child, Pillar)
        }
        """The pillars below, by their position among the children."""
        columns = [
            self.below[k].values if k in self.below else y[:, [known.column[child.id]]]
            for k, child in enumerate(pillar.children)
        ]
        there: Mask = np.column_stack(
            [
                self.below[k].there if k in self.below else ~np.isnan(columns[k][:, 0])
                for k in range(len(columns))
            ]
        )
        self._counts: Mask = known.weights[pillar.id] > 0
        own = there[:, self._counts]
        self.there: Mask = self.rule.complete(own) & known.covered[pillar.id]
        """Which units have a value."""
        self.values: Floats = np.hstack(columns)
        """Units x indicators beneath, 0 where missing, and where the unit has no value here."""
        self.present: Floats = np.hstack(
            [
                self.below[k].present if k in self.below else 1.0 - np.isnan(columns[k])
                for k in range(len(columns))
            ]
        )
        """1 where there is one of these values, 0 where there is none."""
        for each in (self.values, self.present):
            each[np.isnan(self.values) | ~self.there[:, None]] = 0.0
        there |= ~self._counts
        there &= self.there[:, None]
        lacking: Mask = np.asarray(~there.all(axis=1))
        beneath = [lacking, *(np.isin(np.arange(len(y)), b.rows) for b in self.below.values())]
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
        self._at = {k: np.searchsorted(self.rows, b.rows) for k, b in self.below.items()}
        """For each pillar below, where its units with gaps are among those here."""

    def __call__(self, weights: Mapping[str, Floats], workspace: Workspace) -> Floats | None:
        """Return the values (units x draws), NaN where missing, in memory that is kept.

        ``weights`` has those of the children of every pillar, draws (or 1 for all) x children.
        Nothing is returned where a rule has to look at each unit, as where weights vanish.
        """
        total = self._plain(weights, workspace, self.values)
        try:
            if self.rule.across:
                counted = self.present[self.rows] @ self.shares(weights).T
                counted[self._absent] = 1.0
                total[self.rows] /= _above_zero(counted)
            else:
                self._put_right(weights, workspace, total, self.rows)
        except _Unforeseen:
            return None
        total[~self.there] = np.nan
        return total

    def kinds(self) -> Places:
        """Return what each unit has: 0 no value here, 1 every child, and so on by its pattern."""
        kinds = np.ones(len(self.there), dtype=np.int64)
        kinds[self.rows[self._lacking]] = 2 + self._which
        kinds[~self.there] = 0
        return kinds

    def shares(self, weights: Mapping[str, Floats]) -> Floats:
        """Return what each indicator beneath counts (draws x indicators) where there is no gap."""
        own = weights[self.id]
        if not self.below:
            return own
        parts = []
        for k in range(own.shape[1]):
            share = own[:, k, None]
            parts.append(share * self.below[k].shares(weights) if k in self.below else share)
        return side_by_side(parts)

    def _plain(self, weights: Mapping[str, Floats], workspace: Workspace, values: Floats) -> Floats:
        """Return what values (units x indicators beneath) add up to (units x draws)."""
        shares = self.shares(weights)
        out = workspace.array(f"plain {self.id}", len(values), len(shares))
        return np.matmul(values, shares.T, out=out)

    def _put_right(
        self, weights: Mapping[str, Floats], workspace: Workspace, total: Floats, rows: Places
    ) -> None:
        """Put right what units add up to as if they lacked nothing.

        ``rows`` are those of ``total`` (x draws) that stand for the units with gaps.
        """
        own = weights[self.id].T
        for k, below in self.below.items():
            if below.rows.size:
                total[rows[self._at[k]]] += below._correction(weights, workspace, own[k])  # noqa: SLF001
        if self._lacking.size:
            some = rows[self._lacking]
            total[some] += self._made_up(total[some], own, workspace)
        total[rows[self._absent]] = 0.0

    def _correction(
        self, weights: Mapping[str, Floats], workspace: Workspace, by: Floats
    ) -> Floats:
        """Return what gaps add to the values of the units with gaps, times a weight (draws)."""
        plain = self._plain(weights, workspace, self._gappy)
        if not self.below:
            more = self._made_up(plain, weights[self.id].T, workspace)
        else:
            more = plain.copy()
            self._put_right(weights, workspace, more, np.arange(len(more)))
            np.subtract(more, plain, out=more)
        return np.multiply(more, by, out=more if more.shape[1] == by.size else None)

    def _made_up(self, total: Floats, own: Floats, workspace: Workspace) -> Floats:
        """Return what the units that lack a child are given for it, which may be ``total`` itself.

        ``own`` are the weights of the children (x draws).
        """
        if self.rule.by_count:
            _above_zero(own[self._counts])
        counted = self.patterns @ own
        counted[~self.patterns.any(axis=1)] = 1.0
        itself, mean = self.rule.made_up(_above_zero(counted))
        if itself is not None:
            return np.multiply(total, self._of_each(itself, workspace), out=total)
        if mean is None:
            return np.multiply(total, 0.0, out=total)
        if self.below:
            raise _Unforeseen
        there = self.patterns[self._which][:, self._counts]
        sums = (self._gappy[self._lacking][:, self._counts] * there).sum(axis=1)
        means = sums / np.maximum(there.sum(axis=1), 1.0)
        return np.multiply(means[:, None], self._of_each(mean, workspace))

    def _of_each(self, factors: Floats, workspace: Workspace) -> Floats:
        """Return the factors of patterns (x draws) for each unit that lacks a child."""
        out = workspace.array("factors", self._which.size, factors.shape[1])
        return np.take(factors, self._which, axis=0, out=out, mode="clip")


class _Unforeseen(Exception):  # noqa: N818  a way out
    """What is the same for units with the same gaps does not decide."""


def _above_zero(sums: Floats) -> Floats:
    """Return sums of weights, all of which have to be above zero."""
    if not (sums > 0).all():
        raise _Unforeseen
    return sums


def side_by_side(parts: Sequence[Floats]) -> Floats:
    """Return parts (draws, or 1 for all, x some) as one array."""
    draws = max(part.shape[0] for part in parts)
    return np.hstack([np.broadcast_to(part, (draws, part.shape[1])) for part in parts])
