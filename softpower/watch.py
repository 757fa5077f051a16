"""How far long work has got, told to whoever asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol


class Watch(Protocol):
    """Shows how far long work has got."""

    def __call__(self, total: int, outcomes: Iterable[Any], what: str = "draws") -> Iterable[Any]:
        """Hand outcomes on, of which there will be as many in all; ``what`` is counted."""


def unwatched(total: int, outcomes: Iterable[Any], what: str = "draws") -> Iterable[Any]:
    """Hand outcomes on, and show nothing."""
    del total, what
    return outcomes
