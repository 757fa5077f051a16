"""How often each cell of a table occurs in long lists of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy import int32
    from numpy.typing import NDArray

    Whole = NDArray[int32]


class Counter:
    """Counts how often each cell of a table occurs in a list, one list after the other.

    That is the row sums of a sparse matrix that has a one for each entry of the list. ``bincount``
    of numpy takes twice as long, and holds up other threads while it looks for the largest cell.
    """

    def __init__(self, entries: int, table: int) -> None:
        """Make workspace for lists of so many entries, and a table of so many cells."""
        from scipy.sparse import csc_array

        self.shape = (entries, table)
        ones, ends = np.ones(entries, np.int32), np.array([0, entries], np.int32)
        column = (ones, np.zeros(entries, np.int32), ends)
        self._column = csc_array(column, shape=(table + 1, 1))
        self._one = np.ones(1, np.int32)

    @property
    def cells(self) -> Whole:
        """The list, to be written over; an entry as large as the table is not counted."""
        cells: Whole = self._column.indices
        return cells

    def counts(self) -> Whole:
        """Return how often each cell occurs in the list."""
        return np.asarray(self._column @ self._one)[:-1]
