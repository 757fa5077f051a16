"""How often each unit has each place, over any number of draws: two bytes for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    from softpower.engine.block import Taken

    Counts = NDArray[int64]

FULL = 2**15
"""A cell that has come to so many hands them on to a list."""
READ = 1_000_000
"""About so many cells are read at once."""


def places_of(units: int, *, halves: bool) -> int:
    """Return how many places there are: 1, 2, 3, ...; with halves, 1, 1.5, 2, 2.5, ..."""
    return 2 * units - 1 if halves else units


def bytes_of(units: int, *, halves: bool) -> int:
    """Return how much memory a histogram takes."""
    return 2 * units * places_of(units, halves=halves)


class Histogram:
    """How often each unit has each place (units x places)."""

    def __init__(self, units: int, *, halves: bool) -> None:
        """Start without any draws.

        Parameters
        ----------
        units
            How many units there are.
        halves
            Whether units that tie may share the mean of their places.
        """
        self.halves = halves
        self._cells = np.zeros((units, places_of(units, halves=halves)), dtype=np.uint16)
        self._since = 0
        self._full: list[Counts] = []

    @property
    def shape(self) -> tuple[int, int]:
        """How many units and places there are."""
        units, places = self._cells.shape
        return units, places

    def add(self, taken: Taken, draws: int, rows: slice | Counts = slice(None)) -> None:
        """Add who took which place in some draws.

        Parameters
        ----------
        taken
            The places, of all units or of some.
        draws
            In how many draws; fewer than ``FULL``.
        rows
            Which units these are.
        """
        if self._since + draws >= FULL:
            self._hand_on()
        self._since += draws
        units = np.arange(self.shape[0])[rows]
        step = 2 if self.halves else 1
        if taken.counts is not None:
            whole = slice(None, step * units.size, step)
            self._cells[rows, whole] += taken.counts.T.astype(np.uint16)
        place, unit = np.divmod(taken.listed, units.size)
        cells = units[unit] * self.shape[1] + place * (step // taken.step)
        np.add.at(self._cells.reshape(-1), cells, np.uint16(1))

    def of(self, units: Sequence[int]) -> Counts:
        """Return how often some units have each place (units x places)."""
        counts = self._cells[list(units)].astype(np.int64)
        at = np.full(self.shape[0], -1)
        at[list(units)] = np.arange(len(units))
        for cells in self._full:
            unit, place = np.divmod(cells, self.shape[1])
            there = at[unit] >= 0
            counts[at[unit[there]], place[there]] += FULL
        return counts

    def parts(self) -> Iterator[tuple[slice, Counts]]:
        """Yield all units some at a time: which they are, and how often they have each place."""
        units, places = self.shape
        some = max(READ // places, 1)
        for first in range(0, units, some):
            last = min(first + some, units)
            yield slice(first, last), self.of(range(first, last))

    def _hand_on(self) -> None:
        """Make room for as many draws again in every cell."""
        self._since = 0
        cells, some = self._cells.reshape(-1), READ
        for first in range(0, cells.size, some):
            full = first + np.flatnonzero(cells[first : first + some] >= FULL)
            cells[full] -= FULL
            self._full.append(full)
