"""Remembering what a step made of an indicator, so that many scores can share it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import blake2b
from typing import TypeVar

from softpower.methods.model import Floats

Result = TypeVar("Result")


LONGEST = 8192
"""Bytes; of more figures only a digest is remembered."""


class Cache:
    """Results of steps on single indicators, by the step's parameters and the figures.

    All scores that agree so far share them; the rankings are the same as without.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[Hashable, bytes], object] = {}

    def __call__(self, step: Hashable, x: Floats, compute: Callable[[], Result]) -> Result:
        """Return what a step makes of some figures, computed at the first call only.

        Parameters
        ----------
        step
            The method and everything else that the result depends on.
        x
            The figures of one indicator.
        compute
            Computes the result; an error is not remembered.
        """
        figures = x.tobytes()
        if len(figures) > LONGEST:
            figures = blake2b(figures, digest_size=32).digest()
        key = (step, figures)
        if key not in self._known:
            self._known[key] = compute()
        return self._known[key]  # type: ignore[return-value]
