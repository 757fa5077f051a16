"""One unit under other figures of its own: is it where it is to be, and if not, how far off?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from softpower.analysis.flip.goal import Goal
from softpower.engine.cache import Cache
from softpower.engine.ranking import Ranking
from softpower.engine.score import score_setup
from softpower.errors import MethodError, UsageError
from softpower.index.patch import Setup
from softpower.index.tree import Indicator
from softpower.index.units import find_unit

SAME = 1e-9
"""Scores of others that differ by less than this share of the largest are as they were."""


class Trial:
    """Scores a setup anew with some figures of one unit changed."""

    def __init__(self, setup: Setup, goal: Goal) -> None:
        """Score the setup as it is.

        Raises
        ------
        UsageError
            If a unit is not known or not ranked, or is where it is to be.
        """
        self.setup = setup
        self.cache = Cache()
        self.ranking = score_setup(setup, self.cache)
        self.unit = find_unit(self.ranking.units, goal.unit)
        above = goal.above
        self.above = None if above is None else find_unit(self.ranking.units, above)
        self.rank = goal.rank or 1
        self.row = self.ranking.units.index(self.unit)
        self.moved = False
        """Whether what the unit must get above has been another under some of its figures."""
        for unit in filter(None, (self.unit, self.above)):
            if self.ranking[unit.id].rank is None:
                why = self.ranking.unranked.get(unit.id, "has no rank")
                raise UsageError(f"{unit.name} is not ranked: it {why}.", mend="Name another.")
        if self.reached(self.ranking):
            where = self.ranking[self.unit.id].rank
            raise UsageError(
                f"{self.unit.name} is there already: rank {where:g}.", mend="Ask for more."
            )
        self._bar = self.bar(self.ranking)

    @property
    def aim(self) -> str:
        """Where the unit is to be, in words."""
        if self.above is not None:
            return f"above {self.above.name}"
        return "first" if self.rank == 1 else f"at rank {self.rank} or better"

    def indicators(self) -> tuple[Indicator, ...]:
        """Return the indicators of which the unit has a figure."""
        return tuple(
            indicator
            for indicator in self.setup.framework.indicators()
            if not np.isnan(self.setup.figures.columns([indicator.id])[self.row, 0])
        )

    def scored(self, figures: Mapping[str, float]) -> Ranking | None:
        """Return the ranking with some figures of the unit changed; ``None`` if it is refused."""
        values = self.setup.figures.values.copy()
        for name, figure in figures.items():
            values[self.row, self.setup.figures.positions([name])[0]] = figure
        changed = replace(self.setup, figures=replace(self.setup.figures, values=values))
        try:
            return score_setup(changed, self.cache)
        except MethodError:
            return None

    def reached(self, ranking: Ranking | None) -> bool:
        """Say whether the unit is where it is to be."""
        if ranking is None:
            return False
        place = ranking.ranks[self.row]
        if self.above is None:
            return bool(place <= self.rank)
        return bool(place < ranking.ranks[ranking.units.index(self.above)])

    @property
    def exact(self) -> bool:
        """Whether the unit is where it is to be just if its total is no less than the bar."""
        methodology = self.setup.methodology
        plain = methodology.round is None or methodology.scale.name() == "none"
        return plain and not methodology.tiebreak and methodology.ties != "dense"

    def bar(self, ranking: Ranking) -> float:
        """Return the total that the unit must get to, the larger the better.

        Rounded scores are equal already where the total is less than half a step short.
        """
        totals = ranking.sense * ranking.totals
        if self.above is not None:
            bar = float(totals[ranking.units.index(self.above)])
        else:
            others = np.delete(np.where(np.isnan(ranking.ranks), np.nan, totals), self.row)
            bar = float(-np.sort(-others[~np.isnan(others)])[self.rank - 1])
        digits = self.setup.methodology.round
        if digits is None:
            return bar
        level = self.above is None and self.setup.methodology.ties == "competition"
        return round(bar, digits) + (-0.5 if level else 0.5) * 10.0**-digits

    def lead(self, figures: Mapping[str, float]) -> float:
        """Return how far the unit is above what it must get above, under some figures."""
        ranking = self.scored(figures)
        if ranking is None:
            return -np.inf
        bar = self.bar(ranking)
        self.moved |= abs(bar - self._bar) > SAME * max(abs(self._bar), SAME)
        return float(ranking.sense * ranking.totals[self.row]) - bar
