"""Arrays that a thread keeps, to be written over block by block."""

from __future__ import annotations

from threading import local
from typing import TYPE_CHECKING, Any, TypeVar, overload

import numpy as np

from softpower.engine.sampling.counting import Counter
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Kind = TypeVar("Kind", bound=np.generic)


LINE = 64
"""The bytes of a line of memory."""


class Workspace(local):
    """Arrays by name; each thread has its own.

    Without them every block would ask the system for fresh memory, for which threads queue.
    """

    def __init__(self) -> None:
        self._kept: dict[str, Floats] = {}
        self._counter: Counter | None = None

    @overload
    def array(self, name: str, rows: int, columns: int) -> Floats: ...
    @overload
    def array(self, name: str, rows: int, columns: int, kind: type[Kind]) -> NDArray[Kind]: ...
    def array(
        self, name: str, rows: int, columns: int, kind: type[Any] = np.float64
    ) -> NDArray[Any]:
        """Return an array of this shape; what it holds is whatever was last written by its name."""
        size = rows * columns
        if name not in self._kept or self._kept[name].size < size:
            self._kept[name] = _aligned(size)
        return self._kept[name].view(kind)[:size].reshape(rows, columns)

    def counter(self, entries: int, table: int) -> Counter:
        """Return a counter for lists of so many entries, and a table of so many cells."""
        if self._counter is None or self._counter.shape != (entries, table):
            self._counter = Counter(entries, table)
        return self._counter


def _aligned(size: int) -> Floats:
    """Return an array that starts with a line of memory, as vectors of a processor want it."""
    room = np.empty(size + LINE // 8)
    first = -room.ctypes.data % LINE // 8
    return room[first : first + size]
