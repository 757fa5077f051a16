"""Values of a choice that lead to the same, whatever the other choices are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np

from softpower.engine.ranking import RankVector
from softpower.engine.run import Run
from softpower.engine.sampling.grid import Grid
from softpower.index.patch import Setup

Alike = Callable[[Setup, Setup], bool]
"""Says whether two setups that lead to the same scores do so in draws as well."""

TRIED = 20
"""In so many combinations it is tried whether two values lead to the same in draws."""


def coinciding(
    design: Grid, found: Sequence[RankVector], alike: Alike | None = None
) -> tuple[str, ...]:
    """Return which values never change anything, as a sentence about each.

    Parameters
    ----------
    design
        The combinations.
    found
        What each of them leads to.
    alike
        Tries setups in draws; ``None`` where nothing is drawn.
    """
    pairs = np.empty(len(found), dtype=object)
    pairs[:] = list(zip(found, (cell.run for cell in design.cells), strict=True))
    cube = pairs.reshape(design.shape)
    said = []
    for axis, (key, values, _) in enumerate(design.choices):
        slices = np.moveaxis(cube, axis, 0).reshape(len(values), -1)
        for at, value in enumerate(values):
            first = next((n for n in range(at) if _same(slices[at], slices[n], alike)), None)
            if first is not None:
                same = f"{key}={values[first]}"
                said.append(f"{key}={value} always leads to the same scores as {same}; both count.")
    return tuple(said)


def _same(
    one: Sequence[tuple[RankVector, Run | None]],
    other: Sequence[tuple[RankVector, Run | None]],
    alike: Alike | None,
) -> bool:
    """Say whether runs lead to the same, pair by pair, and to a ranking at all."""
    if all(scored.refusal for scored, _ in one):
        return False
    if not all(a.same(b) for (a, _), (b, _) in zip(one, other, strict=True)):
        return False
    setups = (
        (a.setup, b.setup)
        for (_, a), (_, b) in zip(one, other, strict=True)
        if a is not None and b is not None
    )
    return alike is None or all(
        alike(a, b) for a, b in islice(setups, TRIED) if a is not None and b is not None
    )
