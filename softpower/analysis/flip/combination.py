"""Which changes of several figures, the cheapest together, put a unit where it is to be?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from softpower.analysis.flip.trial import Trial
from softpower.analysis.flip.ways import Way
from softpower.engine.exact.changes import Norm
from softpower.engine.exact.cheapest import cheapest
from softpower.methods.model import Floats

HALVES = 40
"""So often is the way from what is not enough to what is halved."""

BEYOND = 1.001
"""Amounts that are level are scaled up to so many times themselves before others are added."""

CLOSE = 2e-3
"""A cost that is larger than what is proven by no more than this share is the smallest: figures are
written with a few digits of their change."""


@dataclass(frozen=True, eq=False)
class Combination:
    """Changes of figures that are enough together, as ``score`` has confirmed."""

    ways: tuple[Way, ...]
    """Of the figures that change, those that change most first."""
    figures: dict[str, float]
    """What each would have to be, by the id of its indicator."""
    norm: Norm
    size: float
    """What it costs: the sum of all parts, or the root of the sum of their squares."""
    bound: float
    """No changes that are enough cost less; 0 where nothing is proven."""
    doubt: str = ""
    """Why nothing is proven; empty where it is."""

    @property
    def proven(self) -> bool:
        """Whether nothing cheaper is enough."""
        return not self.doubt and self.size <= self.bound * (1 + CLOSE)


def cheapest_combination(trial: Trial, ways: Sequence[Way], norm: Norm) -> Combination | None:
    """Return the cheapest changes that are enough; ``None`` if not even the best figures are.

    Parameters
    ----------
    trial
        The unit that is to rise.
    ways
        How its figures may.
    norm
        Whether the sum of costs is to be least, or that of their squares.
    """
    whole = {way.indicator.id: way.best for way in ways}
    if not ways or not trial.reached(trial.scored(whole)):
        return None
    limits = np.array([way.length for way in ways])

    def figures(amounts: Floats) -> dict[str, float]:
        return {
            way.indicator.id: way.at(float(amount))
            for way, amount in zip(ways, amounts, strict=True)
            if amount > 0
        }

    def enough(amounts: Floats) -> bool:
        return trial.reached(trial.scored(figures(amounts)))

    trial.moved = False
    found = cheapest(lambda amounts: trial.lead(figures(amounts)), limits, norm)
    firm = [_made_enough(start, limits, enough) for start in (found.amounts, np.zeros(len(ways)))]
    options = [_written(trial, ways, figures(amounts), norm) for amounts in firm]
    changed, size = min(options, key=lambda option: option[1])
    doubt = _doubt(trial, concave=found.concave)
    order = sorted(
        (way for way in ways if way.indicator.id in changed),
        key=lambda way: -way.cost(changed[way.indicator.id]),
    )
    return Combination(tuple(order), changed, norm, size, 0.0 if doubt else found.bound, doubt)


def _made_enough(start: Floats, limits: Floats, enough: Callable[[Floats], bool]) -> Floats:
    """Return amounts next to the least that are enough: of the same, or of all in proportion."""
    ends = ((0 * start, start), (start, np.minimum(BEYOND * start, limits)), (start, limits))
    near, far = next((pair for pair in ends if enough(pair[1])), ends[-1])
    for _ in range(HALVES):
        middle = (near + far) / 2
        near, far = (near, middle) if enough(middle) else (middle, far)
    return far


def _written(
    trial: Trial, ways: Sequence[Way], figures: dict[str, float], norm: Norm
) -> tuple[dict[str, float], float]:
    """Return figures with as few digits as are enough, and what they cost."""
    at = {way.indicator.id: way for way in ways}
    short = {name: at[name].written(figure) for name, figure in figures.items()}
    kept = short if trial.reached(trial.scored(short)) else figures
    parts = np.array([at[name].cost(figure) for name, figure in kept.items()])
    return kept, float(parts.sum() if norm == "sum" else np.linalg.norm(parts))


def _doubt(trial: Trial, *, concave: bool) -> str:
    """Return why nothing is proven of what is cheapest, with a mend; empty if something is."""
    methodology = trial.setup.methodology
    if not trial.exact:
        return (
            'equal scores are told apart, or rounded (`set={"round": "none", "tiebreak": "none"}`)'
        )
    steps = f"normalise = {methodology.normalise.name()}, treat = {methodology.treat.name()}"
    if trial.moved:
        return f"the scores of others change with the figures of {trial.unit.name} ({steps})"
    return "" if concave else f"scores do not grow less and less as figures rise ({steps})"
