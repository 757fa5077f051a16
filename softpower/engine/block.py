"""A block of draws of one setup: scores, the order of the units, ranks, and places counted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from softpower.engine.draws import Draws, Weighed
from softpower.engine.order import ordered
from softpower.engine.parts import Weights
from softpower.engine.ranking import Scored
from softpower.engine.room import Room
from softpower.methods.model import Floats
from softpower.methods.ties import Ties

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Counts = NDArray[int64]
    Places = NDArray[int64]

SPARSE = 1
"""So many times more cells than places taken are not counted block by block."""


class Taken(NamedTuple):
    """Which unit takes which place in some draws."""

    counts: Counts | None
    """How often each unit has each whole place, but for what is listed."""
    step: int
    """How many columns there are for each place: 2 where ties share the mean of their places."""
    listed: Places
    """The cells (unit times columns plus column) of places taken one by one."""

    def add_to(self, total: Counts) -> None:
        """Add them to a table of units x places."""
        if self.counts is not None:
            total[:, :: self.step] += self.counts
        if self.listed.size:
            np.add.at(total.ravel(), self.listed, 1)


class Block:
    """Draws of one setup: their weights, scores and ranks."""

    def __init__(
        self,
        setup: int,
        scored: Scored,
        ties: Ties,
        draws: int,
        source: Draws | None = None,
        room: Room | None = None,
    ) -> None:
        self.setup = setup
        """The position of the setup in the sweep."""
        self.weights: Weights = source.weights if isinstance(source, Weighed) else {}
        """By the id of a pillar, draws x children; pillars that do not vary are left out."""
        self.children = source.batch.children if isinstance(source, Weighed) else {}
        """The ids of these children, by the id of a pillar."""
        self.draws = draws
        self._scored = scored
        self._ties = ties
        self._source = source
        self._room = room or Room()

    @cached_property
    def scores(self) -> Floats:
        """Draws x units that have a score."""
        return self._scored.scores[None, :] if self._source is None else self._source.scores()

    @property
    def units(self) -> tuple[str, ...]:
        """The ids of the units that have a score."""
        return self._scored.units

    @cached_property
    def _sorted(self) -> tuple[Places, Places, Floats]:
        """The order of the units, the draws in which it is in doubt, and the ranks of those."""
        source = self._source
        if source is None:
            ranks = self._scored.ranks[None, :]
            return np.argsort(ranks, axis=1, kind="stable"), np.array([0]), ranks
        room, units = self._room, len(self.units)
        keys, spare = (room.array(name, self.draws, units) for name in ("keys", "spare"))
        kept = room.array("scores", self.draws, units) if source.costly else None
        source.scores(keys if kept is None else kept)
        if kept is not None:
            keys[:] = kept
        order, close = ordered(keys, source.bounds(keys), source.largest, spare)
        tied = np.flatnonzero(close)
        exact = np.empty((0, units))
        if tied.size:
            exact = source.ranks(tied, None if kept is None else kept[tied])
        return order.view(np.int64), tied, exact

    @property
    def order(self) -> Places:
        """The positions of the units by rank (draws x units); those that tie in any order."""
        order, tied, ranks = self._sorted
        if tied.size:
            order[tied] = np.argsort(ranks, axis=1, kind="stable")
        return order

    @cached_property
    def ranks(self) -> Floats:
        """The ranks, draws x units."""
        order, tied, exact = self._sorted
        draws, units = order.shape
        ranks = self._room.array("ranks", draws, units)
        ranks[np.arange(draws)[:, None], order] = np.arange(1.0, units + 1)
        ranks[tied] = exact
        return ranks

    def ranks_of(self, name: str, columns: Sequence[int]) -> Floats:
        """Return the ranks of some units (draws x columns), in memory kept by this name."""
        out = self._room.array(name, self.draws, len(columns))
        return np.take(self.ranks, columns, axis=1, out=out, mode="clip")

    def counts(self) -> Counts:
        """Return how often each unit (rows) has each place.

        Columns are the places 1, 2, 3, ...; or 1, 1.5, 2, 2.5, ... where ties share their mean.
        """
        n = len(self.units)
        total = np.zeros((n, 2 * n - 1 if self.halves else n), dtype=np.int64)
        self.places().add_to(total)
        return total

    def places(self) -> Taken:
        """Return which unit takes which place, counted or, where counts would be many, listed."""
        order, tied, exact = self._sorted
        n = order.shape[1]
        step = 2 if self.halves else 1
        columns = step * (n - 1) + 1
        listed: Places = np.empty(0, dtype=np.int64)
        if tied.size:
            listed = (step * (exact - 1)).astype(np.int64) + np.arange(n) * columns
            order = np.delete(order, tied, axis=0)
        bits = max(n - 1, 1).bit_length()
        if n << bits > SPARSE * order.size:
            clear = order * columns + step * np.arange(n)
            return Taken(None, step, np.concatenate([clear.ravel(), listed.ravel()]))
        cells = self._room.array("spare", *order.shape).view(np.int64)
        np.bitwise_or(order, np.arange(n) << bits, out=cells)
        counts = np.bincount(cells.ravel(), minlength=n << bits).reshape(n, -1)[:, :n].T
        return Taken(counts, step, listed.ravel())

    @property
    def clear(self) -> bool:
        """Whether no two units come near to a tie in any of the draws."""
        return not self._sorted[1].size

    @property
    def halves(self) -> bool:
        """Whether units that tie share the mean of their places."""
        return self._ties == "average"
