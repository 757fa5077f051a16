"""What each figure of a unit would have to be if it alone changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from softpower.analysis.flip.trial import Trial
from softpower.analysis.flip.ways import Way

STEPS = 18
"""So often is the way from a figure to the best one halved."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """What a single figure would have to be."""

    way: Way
    needed: float | None = None
    """The figure that is enough; ``None`` if not even the best one is."""

    @property
    def cost(self) -> float:
        """What the change costs."""
        return float("inf") if self.needed is None else self.way.cost(self.needed)


def improvements(trial: Trial, ways: Sequence[Way]) -> Iterator[Improvement]:
    """Yield what each figure of the unit would have to be if it alone changes."""
    for way in ways:

        def enough(figure: float, way: Way = way) -> bool:
            return trial.reached(trial.scored({way.indicator.id: figure}))

        known = Improvement(way)
        yield replace(known, needed=_least(way, enough)) if enough(way.best) else known


def _least(way: Way, enough: Callable[[float], bool]) -> float:
    """Return the figure nearest to one that is enough, written with a few digits of its change."""
    near, far = 0.0, 1.0
    for _ in range(STEPS):
        middle = (near + far) / 2
        if enough(way.figure + middle * (way.best - way.figure)):
            far = middle
        else:
            near = middle
    figure = way.figure + far * (way.best - way.figure)
    written = way.written(figure)
    return written if enough(written) else figure
