"""The stages of a score as sheets of formulas: from the figures to those on the common scale."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from softpower.analysis.export.formulas import unusual
from softpower.analysis.export.sheets import (
    Cell,
    Fixed,
    Formula,
    Grid,
    Sheet,
    grid,
)
from softpower.engine.ranking import Ranking
from softpower.engine.resolving import resolved
from softpower.index.patch import Setup
from softpower.index.tree import Indicator
from softpower.methods.model import Floats

DIRECTION, WEIGHT, FIRST, SECOND = 2, 3, 4, 5
"""Rows above the units of the normalised figures, counted from 1."""

KNOWN = (
    *("coverage", "treat", "impute", "normalise", "weight", "missing", "aggregate"),
    *("scale", "round", "tiebreak", "ties", "constant"),
)
"""The settings that the formulas take into account."""

Text = Callable[[int, Indicator], str | None]
"""The formula of a unit's figure of an indicator; ``None`` where it is a value instead."""


class Stages:
    """The sheets of a score, one after the other, with what is said of them.

    Parameters
    ----------
    setup, ranking
        What was scored, and what came of it.
    figures
        Where the figures stand.
    directions
        The formula of the direction of each indicator.
    weights
        The weight of each indicator within its parent.
    """

    def __init__(
        self,
        setup: Setup,
        ranking: Ranking,
        figures: Grid,
        directions: Mapping[str, str],
        weights: Mapping[str, Cell],
    ) -> None:
        self.setup = setup
        self.ranking = ranking
        self.figures = figures
        self.directions = directions
        self.weights = weights
        self.methodology = resolved(setup.methodology, setup.framework)
        self.strange = unusual(self.methodology, *KNOWN)
        """The settings that the formulas cannot take into account."""
        if any(pillar.direction for pillar in setup.framework.root.pillars()):
            self.strange.append("directions of pillars")
        self.indicators = setup.framework.indicators()
        self.sheets: list[Sheet] = []
        self.fixed: dict[tuple[str, str], list[str]] = {}
        """What has values in place of formulas: columns by their sheet and the method."""

    def values_of(self, sheet: str, method: str, *columns: str) -> None:
        """Note that a sheet, or some columns of it, has values that a method gave."""
        self.fixed.setdefault((sheet, method), []).extend(columns)

    def ranked(self) -> list[bool]:
        """Return which units have enough figures to be scored."""
        found = ~np.isnan(self.ranking.stages["treated"].values)
        return [bool(row.any()) for row in found]

    def values(self, stage: str) -> Floats:
        """Return the figures of a stage, units x indicators."""
        kept = self.ranking.stages[stage]
        return kept.values[:, [kept.ids.index(item.id) for item in self.indicators]]

    def sheet(self, name: str, names: Sequence[str], top: int = 1) -> Sheet:
        """Add a sheet with a row for each unit, and headings above."""
        rows: list[list[Cell]] = [[None, None] for _ in range(top - 1)]
        rows.append(["code", "name", *names])
        rows += [[unit.id, unit.name] for unit in self.ranking.units]
        self.sheets.append(Sheet(name, rows, headings=top, computes=True))
        return self.sheets[-1]

    def stage(self, name: str, values: Floats, text: Text, top: int = 1) -> Grid:
        """Add a sheet with a formula, or else a value, for each figure."""
        ids = [indicator.id for indicator in self.indicators]
        made = self.sheet(name, ids, top)
        for i, row in enumerate(made.rows[top:]):
            for j, indicator in enumerate(self.indicators):
                row.append(cell(text(i, indicator), float(values[i, j])))
        return grid(name, ids, top)


def passed(x: str) -> str:
    """Return the formula of a figure that stays as it is, and of a gap that stays one."""
    return given(x, x)


def given(x: str, text: str) -> str:
    """Return a formula for where there is a figure, which leaves a gap a gap."""
    return f'IF(ISNUMBER({x}),{text},"")'


def cell(text: str | None, value: float, *, array: bool = False) -> Cell:
    """Return a formula with its value, or the value alone where there is no formula."""
    missing = np.isnan(value)
    if text is None:
        return None if missing else Fixed(value)
    return Formula(text, "" if missing else value, array)
