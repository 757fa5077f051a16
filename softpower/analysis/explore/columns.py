"""The figures of a page, each column once, however many variants have it."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

import numpy as np

from softpower.methods.model import Floats, Mask


class Columns:
    """A table of columns that grows, and knows those that it has."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, bytes], int] = {}

    def add(self, values: Floats, silent: Mask | None = None) -> int:
        """Return the place of a column (units), which is put there if it is new.

        ``silent`` are its zeros which say only that a list does not name the unit.
        """
        data = np.ascontiguousarray(values, dtype="<f8").tobytes()
        said = b"" if silent is None or not silent.any() else np.packbits(silent).tobytes()
        return self._known.setdefault((data, said), len(self._known))

    def plain(self) -> list[dict[str, Any]]:
        """Return all columns: little-endian numbers of 64 bits in base64, and the silent zeros."""
        return [{"data": _text(data), "silent": list(_places(said))} for data, said in self._known]


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _places(bits: bytes) -> Iterable[int]:
    return np.flatnonzero(np.unpackbits(np.frombuffer(bits, dtype=np.uint8))).tolist()
