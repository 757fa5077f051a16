"""Where movable weights may be: a tree of blocks of siblings, each with its polytope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from softpower.methods.model import Floats
from softpower.methods.polytope import Polytope

BESIDE = 1e-9
"""Weights that are no further from what is admissible are a solver's way to write ones that are."""


@dataclass(frozen=True, eq=False)
class Block:
    """The weights of the children of one pillar."""

    pillar: str
    ids: tuple[str, ...]
    polytope: Polytope
    members: tuple[int | Block, ...]
    """For each child the column of its weight in the whole, or the block beneath it."""
    own: Floats
    """The run's own weights of the children, with sum 1."""

    def columns(self) -> list[int]:
        """Return the columns of all weights beneath."""
        found: list[int] = []
        for member in self.members:
            found += member.columns() if isinstance(member, Block) else [member]
        return found

    def blocks(self) -> list[Block]:
        """Return this block and those beneath it."""
        beneath = [each for m in self.members if isinstance(m, Block) for each in m.blocks()]
        return [self, *beneath]


@dataclass(frozen=True, eq=False)
class Region:
    """Admissible weights in the whole: above zero, with sum 1, in each block as it allows."""

    root: Block
    sides: Floats | None = None
    """Further rows that must not be below zero (rows x k)."""

    @cached_property
    def size(self) -> int:
        """How many weights there are."""
        return len(self.root.columns())

    @cached_property
    def nominal(self) -> Floats:
        """The run's own weights (k)."""
        return self.effective({block.pillar: block.own for block in self.root.blocks()})

    @cached_property
    def inside(self) -> Floats:
        """Weights that are admissible: the run's own, or the middle if these are not (k)."""
        blocks = self.root.blocks()
        own = self.sides is None and all(each.polytope.holds(each.own) for each in blocks)
        return self.effective({b.pillar: b.own if own else b.polytope.middle for b in blocks})

    @cached_property
    def bounds(self) -> Floats:
        """The least and the most of each weight (k x 2)."""
        found = np.tile([0.0, 1.0], (self.size, 1))
        for j, member in enumerate(self.root.members):
            if not isinstance(member, Block):
                found[member] = self.root.polytope.low[j], self.root.polytope.high[j]
        return found

    @cached_property
    def at_least(self) -> Floats:
        """Rows ``g`` such that ``g w >= 0`` holds for all admissible weights (rows x k)."""
        rows = self._rows(equal=False)
        return rows if self.sides is None else np.concatenate([rows, self.sides])

    @cached_property
    def equal(self) -> Floats:
        """Rows ``h`` such that ``h w = 0`` holds for all admissible weights (rows x k)."""
        return self._rows(equal=True)

    @cached_property
    def mixed(self) -> Floats:
        """Rows ``m (w, s) = 0`` that make weights mixtures of corners (rows x k + all corners).

        The further variables ``s``, none below zero, are the shares of the corners in the whole.
        """
        blocks = [each for each in self.root.blocks() if each.polytope.corners is not None]
        further = sum(len(_corners(each)) for each in blocks)
        found, at = [np.empty((0, self.size + further))], self.size
        for block in blocks:
            corners = _corners(block)
            rows = np.zeros((len(block.ids), self.size + further))
            rows[:, : self.size] = self._sums(block)
            rows[:, at : at + len(corners)] = -corners.T
            at += len(corners)
            found.append(rows)
        return np.concatenate(found)

    def _rows(self, *, equal: bool) -> Floats:
        found = [self._of(block, equal=equal) for block in self.root.blocks()]
        return np.concatenate([np.empty((0, self.size)), *found])

    def _of(self, block: Block, *, equal: bool) -> Floats:
        """Return the rows of one block, in terms of the weights in the whole."""
        sums = self._sums(block)
        whole, polytope = sums.sum(axis=0), block.polytope
        pinned = polytope.high - polytope.low <= 0
        if equal:
            return (sums - polytope.low[:, None] * whole)[pinned]
        nested = block is not self.root
        told = ~pinned & np.array([nested or isinstance(m, Block) for m in block.members])
        lower = told & (polytope.low > 0)
        upper = told & (polytope.high < 1)
        return np.concatenate(
            [
                (sums - polytope.low[:, None] * whole)[lower],
                (polytope.high[:, None] * whole - sums)[upper],
                polytope.rows @ sums,
            ]
        )

    def _sums(self, block: Block) -> Floats:
        """Return which weights in the whole add up to that of each member (members x k)."""
        sums = np.zeros((len(block.members), self.size))
        for j, member in enumerate(block.members):
            sums[j, member.columns() if isinstance(member, Block) else [member]] = 1.0
        return sums

    def holds(self, weights: Floats) -> bool:
        """Say whether weights in the whole (k) are admissible, to the precision of a solver."""
        short = np.concatenate(
            [
                weights - self.bounds[:, 0],
                self.bounds[:, 1] - weights,
                self.at_least @ weights,
                -np.abs(self.equal @ weights),
            ]
        )
        local = self.local(weights)
        mixed = all(
            each.polytope.off(local[each.pillar]) <= BESIDE
            for each in self.root.blocks()
            if each.polytope.corners is not None
        )
        return bool((short >= -BESIDE).all()) and mixed

    def effective(self, local: Mapping[str, Floats]) -> Floats:
        """Return weights in the whole from those within each pillar (k)."""
        found = np.zeros(self.size)

        def descend(block: Block, weight: float) -> None:
            for member, share in zip(block.members, local[block.pillar], strict=True):
                if isinstance(member, Block):
                    descend(member, weight * share)
                else:
                    found[member] = weight * share

        descend(self.root, 1.0)
        return found

    def local(self, weights: Floats) -> dict[str, Floats]:
        """Return weights within each pillar from those in the whole.

        Where nothing in the whole is left to a pillar, its children keep their own weights.
        """
        found = {}
        for block in self.root.blocks():
            sums = np.array(
                [
                    weights[member.columns() if isinstance(member, Block) else member].sum()
                    for member in block.members
                ]
            )
            total = sums.sum()
            found[block.pillar] = sums / total if total > 0 else block.own
        return found

    def least(self, rows: Floats) -> Floats:
        """Return the least that each of some linear forms (rows x k) is, without a solver.

        It is exact where `Region.closed`, and no more than exact elsewhere: by the vertices where
        weights are compared with each other, or the fractional knapsack, block by block.
        """
        vertices = self.vertices if self.compared else None
        if vertices is None:
            return _least(self.root, rows)
        return np.asarray((rows @ vertices.T).min(axis=1, initial=np.inf))

    @property
    def closed(self) -> bool:
        """Whether the least of a linear form is known without a solver."""
        return not self.compared or (self.sides is None and self.vertices is not None)

    @property
    def vertices(self) -> Floats | None:
        """Points of which all admissible weights are mixtures (points x k), if these are few.

        Further sides only leave fewer weights; where pillars beneath move too, none are told.
        """
        return None if len(self.root.blocks()) > 1 else self.root.polytope.vertices

    @property
    def compared(self) -> bool:
        """Whether weights are compared with each other: by quotients or orders, or in mixtures."""
        return self.sides is not None or any(
            len(block.polytope.rows) or block.polytope.corners is not None
            for block in self.root.blocks()
        )


def _corners(block: Block) -> Floats:
    found = block.polytope.corners
    assert found is not None  # noqa: S101
    return found


def _least(block: Block, rows: Floats) -> Floats:
    parts = np.stack(
        [
            _least(member, rows) if isinstance(member, Block) else rows[:, member]
            for member in block.members
        ],
        axis=1,
    )
    low, room = block.polytope.low, block.polytope.high - block.polytope.low
    order = np.argsort(parts, axis=1)
    room, ordered = room[order], np.take_along_axis(parts, order, axis=1)
    before = np.cumsum(room, axis=1) - room
    filled = np.clip(1 - low.sum() - before, 0.0, room)
    return np.asarray(parts @ low + (filled * ordered).sum(axis=1))
