"""A block of draws of one setup: scores, the order of the units, ranks, and places counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from softpower.engine.ranking import RankVector
from softpower.engine.sampling.cached import lockfree_cached_property
from softpower.engine.sampling.draws import Draws, WeightDraws
from softpower.engine.sampling.histogram import Histogram, RankCounts
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
        self.weights: Weights = source.weights if isinstance(source, WeightDraws) else {}
        """By the id of a pillar, draws x children; pillars that do not vary are left out."""
        self.children = source.batch.children if isinstance(source, WeightDraws) else {}
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
        exact = source.ranks(tied, scores[tied]) if tied.size else np.empty((0, len(self.units)))
        return order, tied, exact

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

    def merits_of(self, name: str, columns: Sequence[int]) -> Floats:
        """Return what puts some units in order (draws x columns), in memory kept by this name.

        The unit with the higher number has the better rank, and those of the same one tie.
        """
        _, tied, exact = self._sorted
        some = np.array(columns, np.intp)
        if self._source is None:
            return -exact[:, some]
        out = self._room.array(name, self.draws, len(columns))
        np.take(self.scores, some, axis=1, out=out, mode="clip")
        if self.sense < 0:
            np.negative(out, out=out)
        out[tied] = -exact[:, some]
        return out

    def first(self, count: int) -> Whole:
        """Return the positions of the first units (draws x count); where they may tie, any."""
        return self._sorted[0][:, :count]

    @property
    def tied_ranks(self) -> Floats:
        """The ranks in the draws in which units may tie (draws that are tied x units)."""
        return self._sorted[2]

    def counts(self) -> Counts:
        """Return how often each unit (rows) has each place.

        Columns are the places 1, 2, 3, ...; or 1, 1.5, 2, 2.5, ... where ties share their mean.
        """
        histogram = Histogram(len(self.units), halves=self.halves)
        histogram.add(self.places(), self.draws)
        return histogram.of(range(len(self.units)))

    def places(self) -> RankCounts:
        """Return which unit takes which place, counted or, where counts would be many, listed."""
        order, tied, exact = self._sorted
        n = order.shape[1]
        step = 2 if self.halves else 1
        listed: Places = np.empty(0, dtype=np.int64)
        if tied.size:
            listed = (step * (exact - 1)).astype(np.int64) * n + np.arange(n)
        bits = bits_of(n)
        if n << bits > SPARSE * order.size:
            clear = np.delete(order, tied, axis=0) + step * n * np.arange(n)
            return RankCounts(None, step, np.concatenate([clear.ravel(), listed.ravel()]))
        counter = self._room.counter(order.size, n << bits)
        cells = counter.cells.reshape(order.shape)
        np.bitwise_or(order, np.arange(n, dtype=np.int32) << bits, out=cells)
        cells[tied] = n << bits
        return RankCounts(counter.counts().reshape(n, -1)[:, :n], step, listed.ravel())

    @property
    def sense(self) -> int:
        """1 where the highest score is best, -1 where the lowest is."""
        return self._scored.sense

    @property
    def tied(self) -> Places:
        """The draws in which units may tie."""
        return self._sorted[1]

    @property
    def halves(self) -> bool:
        """Whether units that tie share the mean of their places."""
        return self._ties == "average"


def _by_rank(ranks: Floats) -> Whole:
    return np.argsort(ranks, axis=1, kind="stable").astype(np.int32)
