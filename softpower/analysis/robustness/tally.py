"""What one block of draws contributes: places, pairs, and how often the top stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from softpower.analysis.shared.classes import Classes
from softpower.engine.ranking import Ranking
from softpower.engine.sampling.block import Block, Counted
from softpower.engine.sampling.histogram import RankCounts
from softpower.methods.model import Floats, Mask


@dataclass(slots=True)
class BlockCounts:
    """What one block contributes."""

    units: tuple[str, ...]
    halves: bool
    places: RankCounts
    pairs: Floats
    """How often the first of each pair is above the second, half where they tie, and how often
    both have a rank (pairs x 2)."""
    same_set: int
    same_order: int
    first: Floats
    """In how many draws each unit is first (units)."""
    moved: Floats
    """In how many draws each unit is in another class than its own (units)."""
    central: dict[tuple[str, tuple[str, ...]], Floats]
    """The sum of the weights under which each is, by pillar and children (units x children)."""


class Columns(NamedTuple):
    """Where in a block is what is asked for."""

    leaders: list[int] | None
    """The units at the top; ``None`` if one of them has no rank."""
    walk: list[int]
    """Pairs one after the other: the second of one is the first of the next where it can be."""
    steps: list[int]
    """At which column of the walk each pair starts..."""
    pairs: list[int]
    """...and which pairs these are: those of which both have a rank."""


class Tally:
    """Counts what is asked for in blocks of draws."""

    def __init__(
        self,
        ranking: Ranking,
        pairs: Sequence[tuple[int, int]],
        top: int,
        *,
        central: bool,
        classes: Classes | None = None,
    ) -> None:
        """Say what is counted.

        Parameters
        ----------
        ranking
            The ranking whose top may stay.
        pairs
            Which units of it are held against each other.
        top
            The places that count as the top.
        central
            Whether it is counted who is first, and under which weights.
        classes
            The classes of scores, if it is counted who leaves its own.
        """
        ids = [unit.id for unit in ranking.units]
        self.classes = classes
        places = classes.places(ranking.scores).tolist() if classes is not None else [-1] * len(ids)
        self.own = dict(zip(ids, places, strict=True))
        self.pairs = [(ids[i], ids[j]) for i, j in pairs]
        self.top = top
        self.central = central
        order = [i for i in ranking.order() if ranking.ranks[i] <= top]
        self.leaders = [ids[i] for i in order]
        places = [ranking.ranks[i] for i in order]
        self.groups = np.flatnonzero(np.diff(places, prepend=0))
        """With which of the leaders each place starts."""
        self.group = np.cumsum(np.diff(places, prepend=0) > 0)
        """For each of the leaders how many places there are up to theirs."""
        self._columns: dict[tuple[str, ...], Columns] = {}

    def __call__(self, block: Block) -> BlockCounts:
        """Return what a block contributes."""
        units = block.units
        if units not in self._columns:
            self._columns[units] = self._found(units)
        columns = self._columns[units]
        first, central = np.zeros(len(units)), {}
        counted = block.counted(max(len(columns.leaders or ()), 1), columns.walk)
        if self.central:
            ahead = _leading(counted, block)
            first = ahead.sum(axis=0)
            central = {
                (name, block.children[name]): ahead.T @ weights
                for name, weights in block.weights.items()
            }
        same, ordered = self._kept(block, counted, columns.leaders)
        return BlockCounts(
            units,
            block.halves,
            counted.places,
            self._compared(block, counted, columns),
            int(np.count_nonzero(same)),
            int(np.count_nonzero(same & ordered)),
            first,
            self._moved(block),
            central,
        )

    def _moved(self, block: Block) -> Floats:
        """Return in how many draws each unit is in another class than its own."""
        if self.classes is None:
            return np.zeros(len(block.units))
        own = np.array([self.own[name] for name in block.units])
        return (self.classes.places(block.scores) != own).sum(axis=0).astype(np.float64)

    def _found(self, units: tuple[str, ...]) -> Columns:
        column = {name: j for j, name in enumerate(units)}
        whole = set(self.leaders) <= column.keys()
        found = Columns([column[name] for name in self.leaders] if whole else None, [], [], [])
        for at, (one, other) in enumerate(self.pairs):
            if one in column and other in column:
                if found.walk[-1:] != [column[one]]:
                    found.walk.append(column[one])
                found.steps.append(len(found.walk) - 1)
                found.walk.append(column[other])
                found.pairs.append(at)
        return found

    def _kept(self, block: Block, counted: Counted, leaders: list[int] | None) -> tuple[Mask, Mask]:
        """Say in which draws the same units hold the first places, and none of them swap."""
        same, ordered = np.zeros((2, block.draws), dtype=bool)
        if leaders is None:
            return same, ordered
        if len(leaders) == min(self.top, len(block.units)):
            group = np.zeros(len(block.units), dtype=np.int64)
            group[leaders] = self.group
            found = group[counted.first[: len(leaders)]]
            same = np.asarray(found.all(axis=0))
            ordered = np.asarray((found == self.group[:, None]).all(axis=0))
        if counted.tied.size:
            known = self._kept_in_ties(counted.tied_ranks, leaders)
            same[counted.tied], ordered[counted.tied] = known
        return same, ordered

    def _kept_in_ties(self, ranks: Floats, leaders: list[int]) -> tuple[Mask, Mask]:
        """Say the same of draws in which units may tie, from their ranks (draws x units)."""
        leading = np.ascontiguousarray(ranks[:, leaders].T)
        within = np.count_nonzero(ranks <= self.top, axis=1)
        last = first = leading
        if self.groups.size < len(leaders):
            last = np.maximum.reduceat(leading, self.groups, axis=0)
            first = np.minimum.reduceat(leading, self.groups, axis=0)
        same = (last <= self.top).all(axis=0) & (within == len(leaders))
        return same, np.asarray((last[:-1] <= first[1:]).all(axis=0))

    def _compared(self, block: Block, counted: Counted, columns: Columns) -> Floats:
        """Return how often the first of each pair is above the second, and how often both rank."""
        counts = np.zeros((len(self.pairs), 2))
        if columns.pairs:
            counts[columns.pairs, 0] = counted.ahead[columns.steps]
            counts[columns.pairs, 1] = block.draws
        return counts


def _leading(counted: Counted, block: Block) -> Floats:
    """Return 1 for the unit that is first in a draw, or for all that share the first rank."""
    leading = np.zeros((block.draws, len(block.units)))
    leading[np.arange(block.draws), counted.first[0]] = 1.0
    ranks = counted.tied_ranks
    leading[counted.tied] = ranks == ranks.min(axis=1, keepdims=True, initial=np.inf)
    return leading
