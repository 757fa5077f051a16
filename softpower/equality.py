"""Equality by value for what holds arrays, which compare cell by cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any


class ByValue:
    """A dataclass with arrays among its fields: equal if all of them are, a missing figure too.

    It takes the place of what ``dataclass(eq=True)`` would write, which cannot compare arrays.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        if other is self:
            return True
        names = [each.name for each in fields(self) if each.compare]  # type: ignore[arg-type]
        return all(_same(getattr(self, name), getattr(other, name)) for name in names)

    def __hash__(self) -> int:
        texts = (getattr(self, each.name) for each in fields(self))  # type: ignore[arg-type]
        return hash((type(self), *(text for text in texts if isinstance(text, str))))


def _same(one: Any, other: Any) -> bool:
    """Say whether two values of a field are equal."""
    import numpy as np

    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        missing = one.dtype.kind == "f" == other.dtype.kind
        return np.array_equal(one, other, equal_nan=missing)
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return list(one) == list(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
