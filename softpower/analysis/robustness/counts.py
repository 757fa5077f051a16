"""What is counted over all draws: places, pairs, first places, and how often the top stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from softpower.analysis.robustness.study import Study
from softpower.engine.sweep import Block, Failed, Outcome
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from softpower.engine.sweep import Counts as Counted


@dataclass(slots=True)
class Part:
    """What one block contributes."""

    units: tuple[str, ...]
    halves: bool
    places: Counted
    pairs: Floats
    same_set: int
    same_order: int
    first: dict[str, tuple[int, dict[str, Floats]]]


class Counts:
    """The sums over all draws that were made."""

    def __init__(self, study: Study, pairs: Sequence[tuple[int, int]], top: int) -> None:
        ranking = study.ranking
        self.ids = tuple(unit.id for unit in ranking.units)
        self.row = {name: i for i, name in enumerate(self.ids)}
        self.pairs = tuple(pairs)
        self.top = top
        order = [i for i in ranking.order() if not np.isnan(ranking.ranks[i])]
        self.leaders = [i for i in order if ranking.ranks[i] <= top]
        n = len(self.ids)
        self.halves = any(s.methodology.ties == "average" for s in study.sweep.setups)
        self.places = np.zeros((n, 2 * n - 1 if self.halves else n), dtype=np.int64)
        """How often each unit has each place."""
        self.above = np.zeros(len(self.pairs))
        """How often the first of each pair is above the second, half where they tie."""
        self.compared = np.zeros(len(self.pairs), dtype=np.int64)
        self.same_set = self.same_order = 0
        """In how many draws the first places are held by the same units, and in the same order."""
        self.firsts = np.zeros(n, dtype=np.int64)
        self.central: dict[str, dict[str, Floats]] = {}
        """The sum of the weights under which a unit is first, by unit and pillar."""
        self.draws = self.failed = 0
        self.reasons: dict[str, int] = {}

    def tally(self, block: Block) -> Part:
        """Return what a block contributes."""
        units = block.units
        counts = block.counts()
        ranks = self._all(block)
        pairs = np.zeros((len(self.pairs), 2))
        if self.pairs:
            one, other = (ranks[:, list(side)] for side in zip(*self.pairs, strict=True))
            both = ~(np.isnan(one) | np.isnan(other))
            pairs[:, 0] = np.sum((one < other) + 0.5 * (one == other), axis=0, where=both)
            pairs[:, 1] = both.sum(axis=0)
        leading = ranks[:, self.leaders]
        expected = np.arange(1, len(self.leaders) + 1)
        first: dict[str, tuple[int, dict[str, Floats]]] = {}
        winners = np.array(block.order[:, 0])
        for winner in np.unique(winners):
            there = winners == winner
            sums = {name: w[there].sum(axis=0) for name, w in block.weights.items()}
            first[units[winner]] = (int(np.count_nonzero(there)), sums)
        return Part(
            units,
            block.halves,
            counts,
            pairs,
            int(np.count_nonzero((leading <= self.top).all(axis=1))),
            int(np.count_nonzero((leading == expected).all(axis=1))),
            first,
        )

    def _all(self, block: Block) -> Floats:
        """Return ranks for all units, draws x units."""
        if block.units == self.ids:
            return block.ranks
        ranks = np.full((block.draws, len(self.ids)), np.nan)
        ranks[:, [self.row[name] for name in block.units]] = block.ranks
        return ranks

    def add(self, outcome: Outcome[Part] | Failed) -> None:
        """Add what a block contributes; the order of blocks decides on the last bits of sums."""
        self.draws += outcome.draws
        if isinstance(outcome, Failed):
            self.failed += outcome.draws
            self.reasons[outcome.reason] = self.reasons.get(outcome.reason, 0) + outcome.draws
            return
        part = outcome.value
        rows = [self.row[name] for name in part.units]
        step = 2 if self.halves and not part.halves else 1
        columns = np.arange(part.places.shape[1]) * step
        self.places[np.array(rows)[:, None], columns] += part.places
        self.above += part.pairs[:, 0]
        self.compared += part.pairs[:, 1].astype(np.int64)
        self.same_set += part.same_set
        self.same_order += part.same_order
        for name, (count, sums) in part.first.items():
            self.firsts[self.row[name]] += count
            kept = self.central.setdefault(name, {})
            for pillar, values in sums.items():
                kept[pillar] = kept[pillar] + values if pillar in kept else values

    @property
    def made(self) -> int:
        """How many draws led to a ranking."""
        return self.draws - self.failed

    @property
    def axis(self) -> Floats:
        """The places that the columns of ``places`` stand for."""
        return 1 + np.arange(self.places.shape[1]) / (2 if self.halves else 1)

    def quantile(self, share: float) -> Floats:
        """Return the place at or before which a unit is in this share of its draws (units).

        The mean of the lower and the upper quantile where the share is met exactly.
        """
        total = self.places.sum(axis=1, keepdims=True)
        cumulated = np.cumsum(self.places, axis=1)
        wanted = share * total
        lower = self.axis[np.argmax(cumulated >= wanted - 1e-9 * total, axis=1)]
        upper = self.axis[np.argmax(cumulated > wanted + 1e-9 * total, axis=1)]
        return np.where(total[:, 0] > 0, (lower + upper) / 2, np.nan)

    def mean(self) -> Floats:
        """Return the mean place of each unit."""
        return self._over(self.places @ self.axis)

    def within(self, place: int) -> Floats:
        """Return the share of draws in which each unit is at this place or above it."""
        return self._over(self.places[:, self.axis <= place].sum(axis=1))

    def extreme(self) -> tuple[Floats, Floats]:
        """Return the best and the worst place that each unit ever has."""
        there = self.places > 0
        none = ~there.any(axis=1)
        best = self.axis[np.argmax(there, axis=1)]
        worst = self.axis[::-1][np.argmax(there[:, ::-1], axis=1)]
        return np.where(none, np.nan, best), np.where(none, np.nan, worst)

    def shift(self, ranks: Floats) -> Floats:
        """Return the mean number of places between each unit and its rank."""
        away = np.abs(self.axis[None, :] - ranks[:, None])
        return self._over(np.sum(self.places * away, axis=1))

    def _over(self, sums: Floats) -> Floats:
        total = self.places.sum(axis=1)
        return np.divide(sums, total, out=np.full(total.shape, np.nan), where=total > 0)
