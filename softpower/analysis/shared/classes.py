"""Into which class does a score fall, where an index says so by cut points?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from softpower.answer import Cell
from softpower.engine.loading import arranged
from softpower.engine.run import Run, scale_of
from softpower.index.patch import Setup
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import integer
    from numpy.typing import NDArray

    Whole = NDArray[integer[Any]]

NOISE = 1e-12
"""A score that is short of a cut point by this part of it is on it."""


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes of scores, from that of the lowest scores to that of the highest."""

    names: tuple[str, ...]
    cuts: tuple[float, ...]
    """The lowest score of each class but the first."""

    def places(self, scores: Floats) -> Whole:
        """Return the position of the class of each score; -1 where there is no score."""
        cuts = np.array(self.cuts)
        found = np.searchsorted(cuts - NOISE * np.abs(cuts), scores, side="right")
        return np.where(np.isnan(scores), -1, found)

    def named(self, scores: Floats) -> list[Cell]:
        """Return the name of the class of each score."""
        return [self.names[k] if k >= 0 else None for k in self.places(scores)]


def classes_of(run: Run, setups: Sequence[Setup] = ()) -> Classes | None:
    """Return the classes of the scores of a run, if its index has any on their scale.

    Cut points are on the scale of the index as it is published: if another normalisation or
    aggregation makes another scale, for the run or for any of ``setups``, they say nothing.
    """
    entry = run.index.declared.classes
    if entry is None:
        return None
    own = [*setups, *([run.setup] if run.setup is not None else [])]
    if own:
        declared = arranged(run.index, ()).setup if run.patch else run.setup
        if declared is None or not all(_on_scale(setup, declared) for setup in own):
            return None
    return Classes(tuple(entry.names), tuple(entry.cuts))


def _on_scale(setup: Setup, declared: Setup) -> bool:
    """Say whether scores are on the scale of another setup, and no count of votes or distances."""
    last, usual = (
        each.framework.root.aggregate or each.methodology.aggregation_at(0)
        for each in (setup, declared)
    )
    return scale_of(setup) == scale_of(declared) and (last.rowwise or last == usual)


def without_classes(run: Run, classes: Classes | None) -> list[str]:
    """Return why there are no classes, if the index has some."""
    if classes is not None or run.index.declared.classes is None:
        return []
    said = (
        "No class is given: its cut points are on the scale of the index as it is published, and "
        "here scores have another."
    )
    return [said]
