"""Values of a choice that lead to the same, whatever the other choices are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from softpower.engine.design import Crossed
from softpower.engine.ranking import Scored
from softpower.engine.run import Run
from softpower.index.patch import Setup


class Coincidence(NamedTuple):
    """Two values of a choice that lead to the same in every combination."""

    key: str
    value: str
    other: str

    def __str__(self) -> str:
        return (
            f"{self.key}={self.value} always leads to the same scores as "
            f"{self.key}={self.other}; both count."
        )


def coinciding(
    design: Crossed, found: Sequence[Scored], alike: Callable[[Setup, Setup], bool]
) -> list[Coincidence]:
    """Return each value that never changes anything, with an earlier one that does the same.

    Parameters
    ----------
    design
        The combinations.
    found
        What each of them leads to.
    alike
        Says whether two setups that lead to the same scores do so in draws as well.
    """
    grid = np.empty(len(found), dtype=object)
    grid[:] = found
    cube = grid.reshape(design.shape)
    cells = np.empty(len(found), dtype=object)
    cells[:] = [cell.run for cell in design.cells]
    cells = cells.reshape(design.shape)
    same = []
    for axis, choice in enumerate(design.choices):
        slices = np.moveaxis(cube, axis, 0).reshape(len(choice.values), -1)
        runs = np.moveaxis(cells, axis, 0).reshape(len(choice.values), -1)
        for at, value in enumerate(choice.values):
            for other in range(at):
                if _same(slices[at], slices[other]) and _alike(runs[at], runs[other], alike):
                    same.append(Coincidence(choice.key, value, choice.values[other]))
                    break
    return same


def _same(one: Sequence[Scored], other: Sequence[Scored]) -> bool:
    """Say whether runs lead to the same scores and ranks, pair by pair, and to any at all."""
    return any(not each.refusal for each in one) and all(
        a.same(b) for a, b in zip(one, other, strict=True)
    )


def _alike(
    one: Sequence[Run | None], other: Sequence[Run | None], alike: Callable[[Setup, Setup], bool]
) -> bool:
    """Say whether runs lead to the same in draws as well, pair by pair, as far as they run."""
    return all(
        alike(a.setup, b.setup)
        for a, b in zip(one, other, strict=True)
        if a is not None and b is not None and a.setup is not None and b.setup is not None
    )
