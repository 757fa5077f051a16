"""How often each unit has each place, over any number of draws: in as little memory as that takes.

Most units of many are near few places. So places are kept in strips, those only that some unit has
ever been on, in two bytes a place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from softpower.engine.sampling.kernel.loading import Kernel, kernel

if TYPE_CHECKING:
    from numpy import int64, integer, uint16
    from numpy.typing import NDArray

    Counts = NDArray[int64]
    Whole = NDArray[integer[Any]]

STRIP = 256
"""So many places next to each other are kept together."""
FULL = 2**15
"""A count that has come to so many is handed on to a list."""
READ = 250_000
"""About so many counts are read at once."""


class RankCounts(NamedTuple):
    """Which unit takes which place in some draws."""

    counts: Whole | None
    """How often each whole place is taken by each unit (places x units), but for what is listed."""
    step: int
    """How many rows there are for each place: 2 where ties share the mean of their places."""
    listed: Counts
    """The cells (row times units plus unit) of places taken one by one."""
    order: Whole | None = None
    """The positions of the units from the first place on in some of the draws (draws x units)."""


class Part(NamedTuple):
    """How often some units have the places that they are near."""

    units: Counts
    """Which units these are."""
    places: slice
    """Which places are counted, from the first that any of them has to the last."""
    counts: Counts
    """How often each of them has each of these (units x places)."""


def most_bytes(units: int, *, halves: bool) -> int:
    """Return how much memory the places of so many units can take, if all have all of them."""
    return 2 * units * units * (2 if halves else 1)


class Histogram:
    """How often each unit has each place (units x places).

    Places are 1, 2, 3, ...; with ``halves``, where units that tie may share the mean of their
    places, 1, 1.5, 2, 2.5, ...
    """

    def __init__(self, units: int, *, halves: bool) -> None:
        self.halves = halves
        self.shape = units, 2 * units - 1 if halves else units
        """How many units and places there are."""
        strips = -(-units // STRIP)
        self._at = np.full((units, strips * (2 if halves else 1)), -1)
        """Where the strips of each unit are: those of whole places, then those of halves."""
        self._strips = np.zeros((0, STRIP), dtype=np.uint16)
        self._used = 0
        self._since = 0
        self._full: list[tuple[Counts, int]] = []
        """Cells, and what each of them counts beside its two bytes."""

    def add(
        self, taken: RankCounts, draws: int, rows: slice | Counts = slice(None), times: int = 1
    ) -> None:
        """Add who took which place in some draws.

        Parameters
        ----------
        taken
            The places, of all units or of some.
        draws
            In how many draws; fewer than ``FULL``.
        rows
            Which units these are.
        times
            How often each of the draws counts; more than once only where they are taken singly.
        """
        whole, rest = divmod(times, FULL)
        if self._since + draws * rest >= FULL:
            self._hand_on()
        self._since += draws * rest
        units = np.arange(self.shape[0])[rows]
        place, unit = np.divmod(taken.listed, units.size)
        half = place % taken.step
        cells = [self._count(units[unit], place // taken.step, half, np.uint16(rest))]
        if taken.counts is not None:
            place, unit = np.nonzero(taken.counts)
            count = (taken.counts[place, unit] * rest).astype(np.uint16)
            cells.append(self._count(units[unit], place, np.zeros_like(place), count))
        if taken.order is not None:
            cells.append(self._count_order(units, taken.order, rest, listed=bool(whole)))
        if whole:
            self._full.append((np.concatenate(cells), whole * FULL))

    def of(self, units: Sequence[int]) -> Counts:
        """Return how often some units have each place (units x places)."""
        units = list(units)
        return self._within(units, 0, self._at.shape[1])

    def _within(self, units: Sequence[int] | Counts, first: int, last: int) -> Counts:
        """Return how often some units have each place of some strips (units x places)."""
        kinds = 2 if self.halves else 1
        at = self._at.reshape(self.shape[0], kinds, -1)[units, :, first:last]
        at = at.reshape(len(units), -1)
        there = at >= 0
        strips = self._strips[at[there]].astype(np.int64)
        row = np.full(self._used if self._full else 0, -1)
        if self._full:
            row[at[there]] = np.arange(len(strips))
        for cells, count in self._full:
            strip, place = np.divmod(cells, STRIP)
            wanted = row[strip] >= 0
            strips[row[strip[wanted]], place[wanted]] += count
        kept = np.zeros((*at.shape, STRIP), dtype=np.int64)
        kept[there] = strips
        places = kept.reshape(len(at), kinds, -1)[:, :, : self.shape[0] - first * STRIP]
        beside = places.swapaxes(1, 2).reshape(len(at), -1)
        return beside[:, : self.shape[1] - kinds * first * STRIP]

    def parts(self) -> Iterator[Part]:
        """Yield all units some at a time, those with near places together."""
        kinds = 2 if self.halves else 1
        there = np.any((self._at >= 0).reshape(self.shape[0], kinds, -1), axis=1)
        low = np.argmax(there, axis=1)
        high = np.where(there.any(axis=1), there.shape[1] - np.argmax(there[:, ::-1], axis=1), 1)
        order = np.lexsort((high, low))
        for units in _runs(order, low, high, max(READ // (kinds * STRIP), 1)):
            first = int(low[units[0]])
            counts = self._within(units, first, int(high[units].max()))
            start = kinds * first * STRIP
            yield Part(units, slice(start, start + counts.shape[1]), counts)

    def _count(
        self, unit: Counts, place: Counts, half: Counts, times: NDArray[uint16] | uint16
    ) -> Counts:
        """Count places, and return their cells.

        Each is a whole place counted from 0, and whether it is half a place on.
        """
        strip, within = np.divmod(place, STRIP)
        strip += half * (self._at.shape[1] // 2)
        return self._counted(unit * self._at.shape[1] + strip, within, times)

    def _counted(self, at: Counts, within: Counts, times: NDArray[uint16] | uint16) -> Counts:
        """Count cells, by where their strips are looked up and which they are in these."""
        strips = np.take(self._at, at)
        fresh = strips < 0
        if fresh.any():
            wanted = np.zeros(self._at.size, dtype=bool)
            wanted[at[fresh]] = True
            self._start(np.flatnonzero(wanted))
            strips = np.take(self._at, at)
        strips *= STRIP
        strips += within
        cells = strips.ravel()
        np.add.at(self._strips.reshape(-1), cells, times)
        return cells

    def _count_order(self, units: Counts, order: Whole, times: int, *, listed: bool) -> Counts:
        """Count the places of units in draws in which they are in this order.

        Their cells are returned if they are to be ``listed``.
        """
        rows = units * self._at.shape[1]
        library = None if listed or order.dtype != np.uint16 else kernel()
        if library is not None:
            self._count_by_kernel(library, rows, order, times)
            return np.empty(0, np.int64)
        place = np.arange(units.size)
        at = np.take(rows, order)
        at += place // STRIP
        return self._counted(at, place % STRIP, np.uint16(times))

    def _count_by_kernel(self, library: Kernel, rows: Counts, order: Whole, times: int) -> None:
        used, done = np.array([self._used]), 0
        while True:
            done = library.places(
                order.ctypes.data,
                *order.shape,
                done,
                rows.ctypes.data,
                self._at.ctypes.data,
                STRIP,
                self._strips.ctypes.data,
                used.ctypes.data,
                len(self._strips),
                times,
            )
            self._used = int(used[0])
            if done == order.size:
                return
            self._make_room(self._used + order.shape[1])

    def _start(self, strips: Counts) -> None:
        """Make workspace for further strips."""
        used = self._used + strips.size
        self._make_room(used)
        self._at.reshape(-1)[strips] = np.arange(self._used, used)
        self._used = used

    def _make_room(self, strips: int) -> None:
        if strips > len(self._strips):
            self._strips.resize((strips + strips // 16, STRIP), refcheck=False)

    def _hand_on(self) -> None:
        """Make workspace for as many draws again in every count."""
        self._since = 0
        cells = self._strips.reshape(-1)
        for first in range(0, cells.size, READ):
            full = first + np.flatnonzero(cells[first : first + READ] >= FULL)
            cells[full] -= FULL
            self._full.append((full, FULL))


def _runs(order: Counts, low: Counts, high: Counts, most: int) -> Iterator[Counts]:
    """Yield units in this order, so many that they have at most so many strips between them."""
    start, last = 0, 0
    for at, unit in enumerate(order.tolist()):
        wider = max(last, int(high[unit]))
        if at > start and (at + 1 - start) * (wider - int(low[order[start]])) > most:
            yield order[start:at]
            start, wider = at, int(high[unit])
        last = wider
    yield order[start:]
