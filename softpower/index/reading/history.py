"""Reading ``history.csv``: figures of other periods than the one that is scored."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.errors import did_you_mean, nearest
from softpower.index.figures import Figures, History
from softpower.index.reading.columns import UNIT_COLUMNS
from softpower.index.reading.figures import FigureTable
from softpower.index.reading.naming import Naming, naming
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.tables import RawTable, Row
from softpower.index.reading.units import UnitRegister
from softpower.index.text import shown
from softpower.index.units import Unit

NEEDED = ("indicator", "year", "value")
EXTRA = ("source", "note")


def read_history(
    sheet: RawTable,
    known: Sequence[str],
    figures: Figures,
    register: UnitRegister,
    problems: ProblemCollector,
) -> History:
    """Return the figures of a sheet about the known indicators, one row for each figure.

    Its units need not be among those of the figures, unless a misspelt name could not be told from
    a new one. No figure of a year may be in both.
    """
    names = naming(sheet, register, problems)
    if not _whole_header(sheet, problems) or names is None:
        return History()
    return _Past(sheet, names, tuple(known), figures, problems).read(register)


def _whole_header(sheet: RawTable, problems: ProblemCollector) -> bool:
    """Say whether all columns are there, noting those that are not, or are not known."""
    lacking = [title for title in NEEDED if title not in sheet.header]
    if lacking:
        problems.error(
            f"It has no column {' and no column '.join(lacking)}.",
            sheet.location(),
            "Write one row for each figure: country, indicator, year, value.",
        )
        return False
    for title in sheet.header:
        if title not in (*UNIT_COLUMNS, *NEEDED, *EXTRA):
            mend = did_you_mean(title, (*NEEDED, *EXTRA)) or "Remove it."
            problems.error(f"The column {shown(title)} is not known.", sheet.location(), mend)
    if not sheet.rows:
        problems.error(
            "It has no figures.",
            sheet.location(),
            "Add rows beneath the header, or remove the file.",
        )
    return True


class _Past:
    """Figures of other periods while they are read."""

    def __init__(
        self,
        sheet: RawTable,
        names: Naming,
        ids: tuple[str, ...],
        figures: Figures,
        problems: ProblemCollector,
    ) -> None:
        self.sheet = sheet
        self.names = names
        self.matrix = FigureTable(sheet, ids, problems)
        self.problems = problems
        self.at = {title: sheet.header.index(title) for title in NEEDED}
        self.rows: dict[tuple[str, str], int] = {}
        self.cells: dict[tuple[int, int], float] = {}
        self.units = {unit.id for unit in figures.units}
        self.present = {
            (unit.id, name, str(figures.years[i, j]))
            for i, unit in enumerate(figures.units)
            for j, name in enumerate(figures.ids)
            if not np.isnan(figures.values[i, j])
        }
        """The figures of the period that is scored: unit, indicator and year."""

    def read(self, register: UnitRegister) -> History:
        """Return what the rows say."""
        for row in self.problems.rows(self.sheet):
            unit = self.names.unit(row)
            name, year = (row.cells[self.at[title]] for title in ("indicator", "year"))
            j = self.matrix.column.get(name)
            if j is None:
                self.matrix.unknown(name, row.line)
            if not year:
                self.problems.error(
                    "The year is empty.",
                    self.sheet.location(row.line, "year"),
                    "Give every figure the period that it is of.",
                )
            if unit is not None and not self._may_be_new(unit, register):
                self.problems.error(
                    f"{unit.name} has no figures in the period that is scored.",
                    self.sheet.location(row.line, self.names.title),
                    did_you_mean(unit.name, nearest(unit.name, sorted(self.units)))
                    or "Remove the row, or list all units in units.csv.",
                )
            elif unit is not None and j is not None and year:
                self._add(row, (unit.id, unit.name), (name, j), year)
        values = np.full((len(self.rows), len(self.matrix.ids)), np.nan)
        for at, number in self.cells.items():
            values[at] = number
        return History(tuple(self.rows), self.matrix.ids, values)

    def _may_be_new(self, unit: Unit, register: UnitRegister) -> bool:
        """Say whether a unit may be without figures in the period that is scored."""
        return register.closed or register.lost or unit.id in self.units

    def _add(self, row: Row, unit: tuple[str, str], indicator: tuple[str, int], year: str) -> None:
        """Add the figure of a row, unless there is one already."""
        name, j = indicator
        at = (self.rows.setdefault((unit[0], year), len(self.rows)), j)
        again = at in self.cells
        if again or (unit[0], name, year) in self.present:
            figures = (
                f"a second figure for {name} in {year}"
                if again
                else (f"a figure for {name} in {year} among the figures that are scored")
            )
            mend = "Keep one of them." if again else "Remove this row."
            self.problems.error(f"{unit[1]} has {figures}.", self.sheet.location(row.line), mend)
            return
        self.cells[at] = self.matrix.number(row, self.at["value"], name)
