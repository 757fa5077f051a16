"""The sums over all draws, and what follows from them: quantiles, shares, shifts of places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from softpower.analysis.robustness.tally import BlockCounts, Tally
from softpower.analysis.shared.classes import Classes
from softpower.analysis.shared.study import Study
from softpower.engine.sampling.histogram import Histogram, Part
from softpower.engine.sampling.sweep import Failed, Outcome
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from softpower.engine.sampling.histogram import Counts as Counted


class Counts:
    """The sums over all draws that were made."""

    def __init__(
        self,
        study: Study,
        pairs: Sequence[tuple[int, int]],
        top: int,
        *,
        central: bool = False,
        classes: Classes | None = None,
    ) -> None:
        self.ids = tuple(unit.id for unit in study.ranking.units)
        self.row = {name: i for i, name in enumerate(self.ids)}
        self.tally = Tally(study.ranking, pairs, top, central=central, classes=classes)
        n = len(self.ids)
        self.places = Histogram(n, halves=study.halves)
        """How often each unit has each place."""
        self.above = np.zeros(len(pairs))
        """How often the first of each pair is above the second, half where they tie."""
        self.compared = np.zeros(len(pairs), dtype=np.int64)
        self.same_set = self.same_order = 0
        """In how many draws the first places are held by the same units, and in the same order."""
        self.firsts = np.zeros(n)
        """In how many draws each unit is first."""
        self.moved = np.zeros(n)
        """In how many draws each unit is in another class than its own."""
        self._central: dict[tuple[str, str], tuple[Floats, Floats]] = {}
        self.draws = self.failed = 0
        self.total = 0
        """How much the draws count that led to a ranking: as many as there are, unless
        combinations that are not drawn have weights."""
        self.times = () if study.sweep.drawn else study.sweep.weights
        self.reasons: dict[str, int] = {}
        self._quantiles: dict[float, Floats] = {}

    def add(self, outcome: Outcome[BlockCounts] | Failed) -> None:
        """Add what a block contributes; the order of blocks decides on the last bits of sums."""
        self.draws += outcome.draws
        if isinstance(outcome, Failed):
            self.failed += outcome.draws
            self.reasons[outcome.reason] = self.reasons.get(outcome.reason, 0) + outcome.draws
            return
        part = outcome.value
        times = self.times[outcome.setup] if self.times else 1
        self.total += times * outcome.draws
        rows = slice(None) if part.units == self.ids else self._rows(part.units)
        self.places.add(part.places, outcome.draws, rows, times)
        self._quantiles.clear()
        self.above += times * part.pairs[:, 0]
        self.compared += times * part.pairs[:, 1].astype(np.int64)
        self.same_set += times * part.same_set
        self.same_order += times * part.same_order
        self.moved[rows] += times * part.moved
        if not self.tally.central:
            return
        self.firsts[rows] += times * part.first
        for (pillar, children), sums in part.central.items():
            for k, child in enumerate(children):
                none = (np.zeros(len(self.ids)), np.zeros(len(self.ids)))
                total, count = self._central.setdefault((pillar, child), none)
                total[rows] += sums[:, k]
                count[rows] += part.first

    def _rows(self, units: Sequence[str]) -> Counted:
        return np.array([self.row[name] for name in units], dtype=np.int64)

    def central(self, pillar: str, child: str) -> Floats:
        """Return the mean weight of a child in the draws in which each unit is first (units)."""
        total, count = self._central.get((pillar, child), (np.zeros(0), np.zeros(0)))
        if not count.size:
            return np.full(len(self.ids), np.nan)
        return np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)

    @property
    def made(self) -> int:
        """How many draws led to a ranking."""
        return self.draws - self.failed

    @property
    def axis(self) -> Floats:
        """The places that are counted."""
        return 1 + np.arange(self.places.shape[1]) / (2 if self.places.halves else 1)

    def quantile(self, share: float) -> Floats:
        """Return the place at or before which a unit is in this share of its draws (units).

        The mean of the lower and the upper quantile where the share is met exactly.
        """

        def of(part: Part, axis: Floats) -> Floats:
            counts = part.counts
            total = counts.sum(axis=1, keepdims=True)
            cumulated = np.cumsum(counts, axis=1)
            wanted = share * total
            reached = cumulated >= np.maximum(wanted - 1e-9 * total, 1)
            lower = axis[np.argmax(reached, axis=1)]
            beyond = cumulated > np.minimum(wanted + 1e-9 * total, total - 1)
            upper = axis[np.argmax(beyond, axis=1)]
            return np.where(total[:, 0] > 0, (lower + upper) / 2, np.nan)

        if share not in self._quantiles:
            self._quantiles[share] = self._each(of)
        return self._quantiles[share]

    def leaving(self) -> Floats:
        """Return the share of its draws in which each unit is in another class than its own."""
        times = self._each(lambda part, _: part.counts.sum(axis=1).astype(np.float64))
        return np.divide(self.moved, times, out=np.full(times.shape, np.nan), where=times > 0)

    def mean(self) -> Floats:
        """Return the mean place of each unit."""
        return self._each(lambda part, axis: _share(part.counts @ axis, part.counts))

    def within(self, place: int) -> Floats:
        """Return the share of draws in which each unit is at this place or above it."""

        def of(part: Part, axis: Floats) -> Floats:
            return _share(part.counts[:, axis <= place].sum(axis=1), part.counts)

        return self._each(of)

    def extreme(self) -> tuple[Floats, Floats]:
        """Return the best and the worst place that each unit ever has."""

        def of(part: Part, axis: Floats) -> Floats:
            there = part.counts > 0
            best = axis[np.argmax(there, axis=1)]
            worst = axis[::-1][np.argmax(there[:, ::-1], axis=1)]
            ever = there.any(axis=1, keepdims=True)
            return np.where(ever, np.stack([best, worst], axis=1), np.nan)

        best, worst = self._each(of).T
        return best, worst

    def shift(self, ranks: Floats) -> Floats:
        """Return the mean number of places between each unit and its rank."""

        def of(part: Part, axis: Floats) -> Floats:
            away = np.abs(axis[None, :] - ranks[part.units, None])
            return _share(np.sum(part.counts * away, axis=1), part.counts)

        return self._each(of)

    def _each(self, of: Callable[[Part, Floats], Floats]) -> Floats:
        """Return what follows from the places of each unit, worked out for some at a time."""
        units, found = zip(
            *((part.units, of(part, self.axis[part.places])) for part in self.places.parts()),
            strict=True,
        )
        values = np.concatenate(found)
        out = np.empty_like(values)
        out[np.concatenate(units)] = values
        return out


def _share(sums: Floats, counts: Counted) -> Floats:
    """Return sums over the draws of each unit as shares of them."""
    total = counts.sum(axis=1)
    return np.divide(sums, total, out=np.full(total.shape, np.nan), where=total > 0)
