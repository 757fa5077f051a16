"""Arrays that a thread keeps, to be written over block by block."""

from __future__ import annotations

from threading import local

import numpy as np

from softpower.methods.model import Floats


class Room(local):
    """Arrays by name; each thread has its own.

    Without them every block would ask the system for fresh memory, for which threads queue.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Floats] = {}

    def array(self, name: str, rows: int, columns: int) -> Floats:
        """Return an array of this shape; what it holds is whatever was last written to it."""
        size = rows * columns
        if name not in self._kept or self._kept[name].size < size:
            self._kept[name] = np.empty(size)
        return self._kept[name][:size].reshape(rows, columns)
