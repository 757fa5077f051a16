"""Reading ``history.csv``: figures of other periods than the one that is scored."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.errors import did_you_mean, nearest
from softpower.index.figures import Figures, History
from softpower.index.reading.at_once import long_history
from softpower.index.reading.figures import FigureTable
from softpower.index.reading.naming import UnitTable
from softpower.index.reading.tables import Row
from softpower.index.reading.titles import UNIT_COLUMNS
from softpower.index.units import Unit

NEEDED = ("indicator", "year", "value")
EXTRA = ("source", "note")


def read_history(table: UnitTable, known: Sequence[str], figures: Figures) -> History:
    """Return the figures of a table about the known indicators, one row for each figure.

    Its units need not be among those of the figures, unless a misspelt name could not be told from
    a new one. No figure of a year may be in both.
    """
    named = table.naming is not None
    if not _whole_header(table) or not named:
        return History()
    ids = tuple(known)
    return long_history(table, ids, figures) or _Past(table, ids, figures).read()


def _whole_header(table: UnitTable) -> bool:
    """Say whether all columns are there, noting those that are not, or are not known."""
    lacking = [title for title in NEEDED if title not in table.at]
    if lacking:
        table.error(
            f"It has no column {' and no column '.join(lacking)}.",
            "Write one row for each figure: country, indicator, year, value.",
        )
        return False
    table.refuse_unknown_columns((*UNIT_COLUMNS, *NEEDED, *EXTRA), (*NEEDED, *EXTRA))
    if not table.rows:
        table.error("It has no figures.", "Add rows beneath the header, or remove the file.")
    return True


class _Past:
    """Figures of other periods while they are read."""

    def __init__(self, table: UnitTable, ids: tuple[str, ...], figures: Figures) -> None:
        self.table = table
        self.matrix = FigureTable(table, ids)
        self.rows: dict[tuple[str, str], int] = {}
        self.cells: dict[tuple[int, int], float] = {}
        self.figures = figures
        self.units = {unit.id: i for i, unit in enumerate(figures.units)}
        self.columns = {name: j for j, name in enumerate(figures.ids)}
        """Where the figures of the period that is scored are, by unit and indicator."""

    def read(self) -> History:
        """Return what the rows say."""
        table = self.table
        indicator_at, year_at = table.at["indicator"], table.at["year"]
        for row in table.readable():
            unit = table.unit(row)
            year = row.cells[year_at]
            j = self.matrix.column_of(row.cells[indicator_at], row)
            if not year:
                table.error(
                    "The year is empty.", "Give every figure the period that it is of.", row, "year"
                )
            if unit is not None and not self._may_be_new(unit):
                table.error(
                    f"{unit.name} has no figures in the period that is scored.",
                    did_you_mean(unit.name, nearest(unit.name, sorted(self.units)))
                    or "Remove the row, or list all units in units.csv.",
                    row,
                    table.naming.title if table.naming is not None else None,
                )
            elif unit is not None and j is not None and year:
                self._add(row, unit, j, year)
        values = np.full((len(self.rows), len(self.matrix.ids)), np.nan)
        for at, number in self.cells.items():
            values[at] = number
        return History(tuple(self.rows), self.matrix.ids, values)

    def _may_be_new(self, unit: Unit) -> bool:
        """Say whether a unit may be without figures in the period that is scored."""
        register = self.table.register
        return register.closed or register.lost or unit.id in self.units

    def _scored(self, unit: str, name: str, year: str) -> bool:
        """Say whether a figure is among those of the period that is scored."""
        i, j = self.units.get(unit), self.columns.get(name)
        if i is None or j is None or self.figures.years[i, j] != year:
            return False
        return not np.isnan(self.figures.values[i, j])

    def _add(self, row: Row, unit: Unit, j: int, year: str) -> None:
        """Add the figure of a row, unless there is one already."""
        name = self.matrix.ids[j]
        at = (self.rows.setdefault((unit.id, year), len(self.rows)), j)
        again = at in self.cells
        if again or self._scored(unit.id, name, year):
            figures = (
                f"a second figure for {name} in {year}"
                if again
                else (f"a figure for {name} in {year} among the figures that are scored")
            )
            mend = "Keep one of them." if again else "Remove this row."
            self.table.error(f"{unit.name} has {figures}.", mend, row)
            return
        self.cells[at] = self.matrix.number(row, "value", name)
