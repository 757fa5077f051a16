"""The way of a figure to the best that anybody has, and what a part of it costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import Literal, get_args

import numpy as np

from softpower.analysis.flip.trial import Trial
from softpower.analysis.shared.formatting import enumerated
from softpower.engine.context import divisors
from softpower.errors import MethodError, UsageError
from softpower.index.tree import Indicator
from softpower.methods.model import Floats

Cost = Literal["spread", "achieved", "raw"]
"""What a change is measured by."""

COSTS: tuple[Cost, ...] = get_args(Cost)


def cost_named(given: str | None) -> Cost:
    """Return the measure that a person names, the range of figures by default.

    Raises
    ------
    UsageError
        If it is none.
    """
    found: dict[str, Cost] = {cost: cost for cost in COSTS}
    if given is None:
        return "spread"
    if given not in found:
        raise UsageError(f"`cost` is {given!r}.", mend=f"Take one of {', '.join(COSTS)}.")
    return found[given]


HALVES = 50
"""So often is a way halved to find the figure at a cost."""

DIGITS = 4
"""A figure that is enough is written with so many digits of its change, rounded up."""


@dataclass(frozen=True, eq=False)
class Way:
    """How one figure of a unit may rise, up to the best of all."""

    indicator: Indicator
    figure: float
    best: float
    """The best figure of all units."""
    divisor: float
    """What the figure is divided by; 1 without a denominator."""
    plain: bool
    """Whether cost is counted in the figure itself, and not in what its transform makes of it."""
    measure: float
    """What a change of this much of the scale counts as 1."""
    known: dict[float, float] = field(default_factory=dict)
    """Figures that were worked out, by their cost."""

    @property
    def length(self) -> float:
        """What the whole way costs."""
        return self.cost(self.best)

    def cost(self, figure: float) -> float:
        """Return what it costs to get to a figure."""
        here, there = self._scaled(self.figure), self._scaled(figure)
        return abs(there - here) / self.measure

    def at(self, cost: float) -> float:
        """Return the figure that a cost leads to."""
        if cost <= 0 or cost >= self.length:
            return self.figure if cost <= 0 else self.best
        if self.plain or self.indicator.transform is None:
            return self.figure + cost / self.length * (self.best - self.figure)
        if cost not in self.known:
            near, far = self.figure, self.best
            for _ in range(HALVES):
                middle = (near + far) / 2
                near, far = (near, middle) if self.cost(middle) >= cost else (middle, far)
            self.known[cost] = far
        return self.known[cost]

    def written(self, figure: float) -> float:
        """Return a figure no nearer than one, with a few digits of its change."""
        change = figure - self.figure
        if not change:
            return figure
        unit = 10.0 ** (floor(log10(abs(change))) - DIGITS + 1)
        sign = 1.0 if change > 0 else -1.0
        found = float(f"{self.figure + sign * ceil(abs(change) / unit) * unit:.12g}")
        return float(min(found, self.best) if sign > 0 else max(found, self.best))

    def _scaled(self, figure: float) -> float:
        if self.plain:
            return figure
        return float(scaled(self.indicator, np.array([figure]), self.divisor)[0])


def scaled(indicator: Indicator, figures: Floats, divisor: Floats | float) -> Floats:
    """Return figures as an index compares them: divided, and after their transform."""
    ready = figures / divisor
    return ready if indicator.transform is None else indicator.transform(ready)


def ways_of(trial: Trial, cost: Cost) -> tuple[Way, ...]:
    """Return the ways of all figures of the unit that can rise, and whose change can be measured.

    Parameters
    ----------
    trial
        The unit, and who else there is.
    cost
        ``spread``: shares of the range of the figures of all, after their transform; ``achieved``:
        shares of what others achieved over the years of the index, the median of those that
        improved; ``raw``: the figures themselves.

    Raises
    ------
    UsageError
        If the index has no figures of other years, or its figures are of several units.
    """
    indicators = trial.indicators()
    if cost == "achieved" and not trial.setup.figures.history.rows:
        raise UsageError(
            "What others achieved is not known: there are no figures of other years.",
            mend="Put them into history.csv (country, indicator, year, value), or take "
            '`cost="spread"`.',
        )
    if cost == "raw":
        _refuse_units(indicators)
    found = (_way(trial, indicator, cost) for indicator in indicators)
    return tuple(way for way in found if way is not None and way.length > 0)


def _refuse_units(indicators: Sequence[Indicator]) -> None:
    units = list(dict.fromkeys(each.unit or "none" for each in indicators))
    if len(units) > 1:
        raise UsageError(
            f"Figures of several units do not add up: {enumerated(units, 4)}.",
            mend='Take `cost="spread"`.',
        )


def _way(trial: Trial, indicator: Indicator, cost: Cost) -> Way | None:
    """Return the way of one figure; ``None`` where there is nothing to measure it by."""
    source = trial.setup.figures
    figures = source.columns([indicator.id])[:, 0]
    by = divisors(source, [indicator])[:, 0]
    best = float(np.nanmax(figures) if indicator.direction > 0 else np.nanmin(figures))
    figure, divisor = float(figures[trial.row]), float(by[trial.row])
    if np.isnan(divisor):
        return None
    measure = 1.0
    try:
        if cost == "spread":
            ready = scaled(indicator, figures, by)
            measure = float(np.nanmax(ready) - np.nanmin(ready))
        elif cost == "achieved":
            measure = achieved(trial, indicator)
        way = Way(indicator, figure, best, divisor, cost == "raw", measure)
        return way if measure > 0 and np.isfinite(way.length) else None
    except MethodError:
        return None


def achieved(trial: Trial, indicator: Indicator) -> float:
    """Return by how much the others improved since their first year, the median of those that did.

    It is measured after the transform; 0 where nobody is known to have improved.
    """
    figures, history = trial.setup.figures, trial.setup.figures.history
    now = scaled(
        indicator, figures.columns([indicator.id])[:, 0], divisors(figures, [indicator])[:, 0]
    )
    past = scaled(
        indicator, history.columns([indicator.id])[:, 0], divisors(history, [indicator])[:, 0]
    )
    years = figures.years[:, figures.positions([indicator.id])[0]]
    gains = []
    for row, unit in enumerate(figures.units):
        then = [
            (when, value)
            for (name, when), value in zip(history.rows, past, strict=True)
            if name == unit.id and not np.isnan(value) and (not years[row] or when < years[row])
        ]
        if then and row != trial.row and not np.isnan(now[row]):
            gains.append(indicator.direction * (now[row] - min(then)[1]))
    improved = [gain for gain in gains if gain > 0]
    return float(np.median(improved)) if improved else 0.0
