"""What separates the totals of two units, shared out exactly over pillars and indicators."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from softpower.analysis.explain.decomposition import Decomposition, nodes
from softpower.index.tree import Pillar
from softpower.methods.model import Floats
from softpower.methods.shapley import shapley

MOST_CHILDREN = 12
"""A pillar of more children is not broken down where only enumeration would do."""

MOST_ROWS = 2**18
"""How many hypothetical units may be added up to break one pillar down."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of two totals, before scaling and rounding, and the shares in it."""

    total: float
    shares: dict[str, float]
    """By the ids of pillars and indicators; those of siblings sum to that of their parent."""
    whole: tuple[str, ...]
    """Pillars that are not broken down; the index itself is ``""``."""
    linear: bool

    @property
    def rule(self) -> str:
        """How the shares were worked out, in a sentence."""
        if self.linear:
            return "Exact: weight times value of the one, less weight times value of the other."
        if "" in self.whole:
            return "Not broken down."
        return (
            "Shapley values, exact: what a pillar adds when the values of the one take the place "
            "of the other's, over all orders of the pillars, and of the children within each."
        )


def difference(known: Decomposition, one: int, other: int) -> Difference:
    """Return the difference of the totals of two ranked units and what each node has in it.

    Formula: where totals are weighted sums, ``w_Aj y_Aj - w_Bj y_Bj`` with each unit's own
    weights, after what is missing. Otherwise the Shapley value of the game in which the children
    of the index bring the values of A in place of those of B, and within each of them the Owen
    value, its children being the players and its siblings coming in as a whole. It is computed
    over all coalitions, and adds up to the difference at every level. A pillar whose aggregation
    compares units, or whose scores are normalised again among those of all units, is not broken
    down: there is no unit with half of the values of each.

    Source: Shapley (1953); Owen (1977), Values of games with a priori unions; Shorrocks (2013).
    """
    total = float(known.totals[one] - known.totals[other])
    points = known.ranking.contributions
    if points is not None:
        by_indicator = points[one] - points[other]
        shares = {
            node.id: float(by_indicator[known.beneath(node)].sum()) for _, node in nodes(known)
        }
        return Difference(total, shares, (), linear=True)
    shared: dict[str, float] = {}
    whole: list[str] = []
    _break_down(_Node(known, one, other, known.ranking.framework.root), shared, whole)
    return Difference(total, shared, tuple(whole), linear=False)


@dataclass(frozen=True, slots=True)
class _Node:
    """One pillar on the way down, with the values that its children have for either unit."""

    known: Decomposition
    one: int
    other: int
    pillar: Pillar
    parent: _Node | None = None

    def child(self, pillar: Pillar) -> _Node:
        return _Node(self.known, self.one, self.other, pillar, self)

    @property
    def cost(self) -> int:
        """How many hypothetical units it takes to break this pillar down."""
        above = self.parent.cost if self.parent is not None else 1
        return 2 ** len(self.pillar.children) * above

    def can_be_broken_down(self) -> bool:
        values = self.known.value(self.pillar)[[self.one, self.other]]
        few = len(self.pillar.children) <= MOST_CHILDREN and self.cost <= MOST_ROWS
        alone = self.known.aggregation(self.pillar).rowwise and not (
            self.parent is not None and self.known.entries.compares(self.parent.pillar.id)
        )
        return few and alone and not np.isnan(values).any()

    def coalitions(self) -> Floats:
        """Return the values of the children, coalitions x children: those of the one, if in."""
        values = self.known.children(self.pillar)
        players = np.arange(len(self.pillar.children))
        taken = np.arange(2**players.size)[:, None] >> players & 1
        return np.where(taken == 1, values[self.one], values[self.other])

    def outcomes(self) -> Floats:
        """Return the value of the pillar for each coalition of its children."""
        return self.known.combined(self.pillar, self.coalitions())

    def lifted(self, values: Floats) -> Floats:
        """Return what values of this pillar make of the total, up to a constant.

        It is the share of this pillar in the difference, its siblings being the other players,
        if these were its values for the one unit; and so on up to the index.
        """
        if self.parent is None:
            return values
        siblings = self.parent.pillar.children
        at = next(k for k, child in enumerate(siblings) if child.id == self.pillar.id)
        rows = np.repeat(self.parent.coalitions()[:, None, :], values.size, axis=1)
        with_us = np.arange(len(rows)) >> at & 1 == 1
        rows[with_us, :, at] = self.known.entered(self.parent.pillar, self.pillar.id, values)
        flat = self.known.combined(self.parent.pillar, rows.reshape(-1, len(siblings)))
        lifted = self.parent.lifted(flat).reshape(len(rows), values.size)
        return np.asarray(shapley(list(lifted))[at])


def _break_down(node: _Node, shares: dict[str, float], whole: list[str]) -> None:
    """Share the part of a pillar in the difference out over its children, and so on down."""
    found = shapley(list(node.lifted(node.outcomes()))) if node.can_be_broken_down() else None
    if found is None or np.isnan(found).any():
        whole.append(node.pillar.id)
        return
    for child, share in zip(node.pillar.children, found, strict=True):
        shares[child.id] = float(share)
        if isinstance(child, Pillar):
            _break_down(node.child(child), shares, whole)
