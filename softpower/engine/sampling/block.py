"""A block of draws of one setup: scores, the order of the units, ranks, and places counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from softpower.engine.ranking import RankVector
from softpower.engine.sampling.cached import lockfree_cached_property
from softpower.engine.sampling.draws import Draws, WeightDraws
from softpower.engine.sampling.histogram import Histogram, RankCounts
from softpower.engine.sampling.kernel.count import MOST, Found, Wanted, count
from softpower.engine.sampling.kernel.loading import kernel
from softpower.engine.sampling.order import bits_of, ordered, places
from softpower.engine.sampling.parts import Weights
from softpower.engine.sampling.workspace import Workspace
from softpower.errors import MethodError
from softpower.methods.model import Floats
from softpower.methods.ties import Ties

if TYPE_CHECKING:
    from numpy import int64, integer
    from numpy.typing import NDArray

    Whole = NDArray[integer[Any]]
    Counts = NDArray[int64]
    Places = NDArray[int64]

SPARSE = 1
"""So many times more cells than places taken are not counted block by block."""


class Counted(NamedTuple):
    """What is counted in a block of draws."""

    places: RankCounts
    """Which unit takes which place."""
    first: Whole
    """The positions of the units in the first places (places x draws); where they may tie, any."""
    ahead: Floats
    """How often each of a walk of units is ahead of the next, half where the two tie."""
    tied: Places
    """The draws in which units may tie..."""
    tied_ranks: Floats
    """...and the ranks in these (draws that are tied x units)."""


class Block:
    """Draws of one setup: their weights, scores and ranks."""

    def __init__(
        self,
        setup: int,
        scored: RankVector,
        ties: Ties,
        draws: int,
        source: Draws | None = None,
        workspace: Workspace | None = None,
    ) -> None:
        self.setup = setup
        """The position of the setup in the sweep."""
        self.weights: Weights = source.weights if source else {}
        """By the id of a pillar, draws x children; pillars that do not vary are left out."""
        self.children = source.children if source else {}
        """The ids of these children, by the id of a pillar."""
        self.draws = draws
        self._scored = scored
        self._ties = ties
        self._source = source
        self._room = workspace or Workspace()

    @lockfree_cached_property
    def scores(self) -> Floats:
        """Score the units (draws x units that have a score)."""
        if self._source is None:
            return self._scored.scores[None, :]
        scores = self._source.scores(self._room.array("scores", self.draws, len(self.units)))
        if self._source.may_fail and np.isnan(scores.min()):
            raise MethodError(
                "Under some drawn weights a unit has no score: all that it has counts 0."
            )
        return scores

    @property
    def units(self) -> tuple[str, ...]:
        """The ids of the units that have a score."""
        return self._scored.units

    @lockfree_cached_property
    def _sorted(self) -> tuple[Whole, Places, Floats]:
        """Sort the units: their order, in which draws that is in doubt, and the ranks of those."""
        source = self._source
        if source is None:
            ranks = self._scored.ranks[None, :]
            return _by_rank(ranks), np.array([0]), ranks
        scores = self.scores
        bounds, merits = source.bounds(scores), scores
        if self.sense < 0:
            bounds, merits = (-bounds[1], -bounds[0]), -scores
        order, close = ordered(merits, bounds, source.largest, self._room)
        tied = np.flatnonzero(close)
        return order, tied, self._exact(tied)

    @property
    def order(self) -> Whole:
        """The positions of the units by rank (draws x units); those that tie in any order."""
        order, tied, ranks = self._sorted
        if tied.size:
            order[tied] = _by_rank(ranks)
        return order

    @lockfree_cached_property
    def ranks(self) -> Floats:
        """Rank the units (draws x units)."""
        order, tied, exact = self._sorted
        ranks = self._room.array("ranks", *order.shape)
        np.add(places(order, self._room), 1, out=ranks)
        ranks[tied] = exact
        return ranks

    def counts(self) -> Counts:
        """Return how often each unit (rows) has each place.

        Columns are the places 1, 2, 3, ...; or 1, 1.5, 2, 2.5, ... where ties share their mean.
        """
        histogram = Histogram(len(self.units), halves=self.halves)
        histogram.add(self.places(), self.draws)
        return histogram.of(range(len(self.units)))

    def places(self) -> RankCounts:
        """Return which unit takes which place, counted or, where counts would be many, listed."""
        return self.counted().places

    def counted(self, first: int = 0, walk: Sequence[int] = ()) -> Counted:
        """Count the places, and what else is asked for, in one pass where that can be.

        Parameters
        ----------
        first
            So many first places: who has them.
        walk
            The positions of units, each of which is held against the next.
        """
        found = self._by_kernel(Wanted(first, walk))
        if found is None:
            order, tied, exact = self._sorted
            return Counted(self._placed(), order[:, :first].T, self._ahead(walk), tied, exact)
        exact = self._exact(found.close)
        counts = None if found.counts is None else found.counts.T
        places = RankCounts(counts, self._step, self._listed(exact), found.order)
        ahead = found.ahead + _ahead(-exact[:, list(walk)], slice(None))
        return Counted(places, found.first, ahead, found.close, exact)

    def _by_kernel(self, wanted: Wanted) -> Found | None:
        """Return what the kernel finds, if there is one that takes so many units."""
        library, source, units = kernel(), self._source, len(self.units)
        if library is None or source is None or units > MOST:
            return None
        added = source.added() if isinstance(source, WeightDraws) else None
        scores, shape = self.scores if added is None else added, (self.draws, units)
        largest, listed = source.largest, units > SPARSE * self.draws
        return count(library, scores, shape, self.sense, largest, wanted, self._room, listed=listed)

    def _exact(self, tied: Places) -> Floats:
        """Return the ranks in draws in which units may tie."""
        if self._source is None or not tied.size:
            return np.empty((0, len(self.units)))
        return self._source.ranks(tied, self.scores[tied])

    def _ahead(self, walk: Sequence[int]) -> Floats:
        """Count how often each of a walk of units is ahead of the next."""
        _, tied, exact = self._sorted
        some = np.array(walk, np.intp)
        if self._source is None:
            return _ahead(-exact[:, some], tied)
        merits = self._room.array("walk", self.draws, some.size)
        np.take(self.scores, some, axis=1, out=merits, mode="clip")
        if self.sense < 0:
            np.negative(merits, out=merits)
        merits[tied] = -exact[:, some]
        return _ahead(merits, tied)

    def _placed(self) -> RankCounts:
        order, tied, exact = self._sorted
        n, step = order.shape[1], self._step
        listed = self._listed(exact)
        bits = bits_of(n)
        if n << bits > SPARSE * order.size:
            return RankCounts(None, step, listed, np.delete(order, tied, axis=0))
        counter = self._room.counter(order.size, n << bits)
        cells = counter.cells.reshape(order.shape)
        np.bitwise_or(order, np.arange(n, dtype=np.int32) << bits, out=cells)
        cells[tied] = n << bits
        return RankCounts(counter.counts().reshape(n, -1)[:, :n], step, listed)

    @property
    def _step(self) -> int:
        return 2 if self.halves else 1

    def _listed(self, ranks: Floats) -> Places:
        """Return the cells of the places that units take, from their ranks (draws x units)."""
        n = len(self.units)
        return ((self._step * (ranks - 1)).astype(np.int64) * n + np.arange(n)).ravel()

    @property
    def sense(self) -> int:
        """1 where the highest score is best, -1 where the lowest is."""
        return self._scored.sense

    @property
    def halves(self) -> bool:
        """Whether units that tie share the mean of their places."""
        return self._ties == "average"


def _by_rank(ranks: Floats) -> Whole:
    return np.argsort(ranks, axis=1, kind="stable").astype(np.int32)


def _ahead(merits: Floats, level: Places | slice) -> Floats:
    """Return how often each column (draws x columns) is above the next, half where they tie.

    They may do so in the rows ``level``.
    """
    if merits.shape[1] < 2 or not merits.size:
        return np.zeros(max(merits.shape[1] - 1, 0))
    above = np.empty(merits.shape, dtype=bool)
    # From one row to the next as well: one pass over all, and the last column is not used.
    np.greater(merits.ravel()[:-1], merits.ravel()[1:], out=above.ravel()[:-1])
    tied = merits[level]
    same = np.count_nonzero(tied[:, :-1] == tied[:, 1:], axis=0)
    return np.asarray(np.count_nonzero(above[:, :-1], axis=0) + 0.5 * same)
