"""Checking that every indicator has figures, something to be divided by, and a source."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from softpower.errors import Location, did_you_mean
from softpower.index.figures import Figures
from softpower.index.ids import folded, spelled
from softpower.index.reading.indicators import IndicatorTable
from softpower.index.reading.problems import ProblemCollector
from softpower.index.text import listed, shown


class AvailableFigures:
    """Which indicators have figures."""

    def __init__(self, figures: Figures, doubtful: Collection[str]) -> None:
        """``doubtful`` are indicators that may only seem to lack figures: some were refused."""
        self.known = dict.fromkeys(figures.ids)
        self.some = set(doubtful)
        self.positive = set(doubtful)
        for name, column in zip(figures.ids, figures.values.T, strict=True):
            if not np.isnan(column).all():
                self.some.add(name)
            if (column > 0).any():
                self.positive.add(name)

    def check(self, divisor: str, location: Location, problems: ProblemCollector) -> None:
        """Check that there are figures to divide by."""
        divisor = spelled(divisor, self.known)
        if divisor not in self.some:
            problems.error(
                f"The denominator {shown(divisor)} has no figure.",
                location,
                did_you_mean(divisor, sorted(self.some)) or "Give it figures.",
            )
        elif divisor not in self.positive:
            problems.error(
                f"The denominator {shown(divisor)} is nowhere above zero.",
                location,
                "Correct its figures, or divide by another.",
            )


def check_references(
    indicator_table: IndicatorTable, figures: Figures, doubtful: Collection[str]
) -> None:
    """Check that every indicator has figures, something to be divided by, and a source."""
    table = indicator_table.table
    row = {folded(row.cells[table.at["id"]]): row for row in table.rows}
    there = AvailableFigures(figures, doubtful)
    for indicator in indicator_table.indicators.values():
        at = row.get(folded(indicator.id))
        if indicator.id not in there.some and not (indicator.formula and table.problems.count):
            what = f"The indicator {indicator.id} has no figure."
            table.error(what, "Give it figures, or remove the row.", at)
        divisor = indicator.denominator
        if divisor is not None and (
            divisor.figure in there.some or divisor.figure not in indicator_table.indicators
        ):
            there.check(divisor.figure, table.place(at, "denominator"), table.problems)
    lacking = [
        indicator.id
        for indicator in indicator_table.indicators.values()
        if not indicator.source and not indicator.formula
    ]
    if lacking:
        many = f"{len(lacking):,} indicators name no source: {listed(lacking)}."
        table.warn(
            many if len(lacking) > 1 else f"The indicator {lacking[0]} names no source.",
            "Name the publisher and series.",
            row.get(folded(lacking[0])) if len(lacking) == 1 else None,
            "source",
        )
