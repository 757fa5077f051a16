"""Reading ``figures.csv``, one row per figure or one row per country, recognised by its header."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from softpower.errors import did_you_mean
from softpower.index.figures import Figures
from softpower.index.reading.findings import Findings
from softpower.index.reading.tables import Row, Sheet
from softpower.index.text import shown
from softpower.index.reading.units import UNIT_COLUMNS, Roll, unit_column, unit_of
from softpower.index.units import Unit

LONG = ("indicator", "value")
LONG_EXTRA = ("year", "source", "note")


def read_figures(
    sheet: Sheet, known: Collection[str], roll: Roll, findings: Findings
) -> Figures | None:
    """Return the figures of a sheet about the known indicators, or ``None`` with errors noted."""
    column = unit_column(sheet, findings)
    if column is None:
        return None
    if not sheet.rows:
        findings.error("It has no figures.", sheet.place(), "Add rows beneath the header.")
        return None
    matrix = _Matrix(sheet, tuple(known), findings)
    if set(LONG) <= set(sheet.header):
        _read_long(sheet, column, matrix, roll, findings)
    else:
        _read_wide(sheet, column, matrix, roll, findings)
    return matrix.figures()


class _Matrix:
    """Figures while they are read: a row is added when its unit is first named."""

    def __init__(self, sheet: Sheet, ids: tuple[str, ...], findings: Findings) -> None:
        self.sheet = sheet
        self.ids = ids
        self.column = {name: j for j, name in enumerate(ids)}
        self.findings = findings
        self.row: dict[Unit, int] = {}
        self.cells: dict[tuple[int, int], tuple[float, str, str]] = {}
        self.listed: set[tuple[int, int]] = set()

    def row_of(self, unit: Unit) -> int:
        return self.row.setdefault(unit, len(self.row))

    def put(self, i: int, j: int, row: Row, text: str, at: str, year: str, source: str) -> None:
        try:
            number = self.sheet.number(text)
        except ValueError as error:
            self.findings.error(str(error), self.sheet.place(row.line, at))
            return
        if number is not None:
            self.cells[i, j] = (number, year, source)

    def figures(self) -> Figures:
        shape = (len(self.row), len(self.ids))
        values = np.full(shape, np.nan)
        years = np.full(shape, "", dtype="U24")
        sources = np.full(shape, "", dtype=object)
        for (i, j), (number, year, source) in self.cells.items():
            values[i, j] = number
            years[i, j] = year
            if source:
                sources[i, j] = source
        return Figures(tuple(self.row), self.ids, values, years, sources)


def _read_long(
    sheet: Sheet, column: int, matrix: _Matrix, roll: Roll, findings: Findings
) -> None:
    for title in sheet.header:
        if title not in (*UNIT_COLUMNS, *LONG, *LONG_EXTRA):
            mend = did_you_mean(title, (*LONG, *LONG_EXTRA))
            findings.error(f"There is no column {shown(title)}.", sheet.place(), mend)
    at = {title: position for position, title in enumerate(sheet.header)}
    year_at, source_at = at.get("year"), at.get("source")
    for row in sheet.rows:
        unit = unit_of(row, column, sheet, roll, findings)
        name = row.cells[at["indicator"]]
        j = matrix.column.get(name)
        if j is None:
            findings.error(
                f"There is no indicator {shown(name)}.",
                sheet.place(row.line, "indicator"),
                did_you_mean(name, matrix.ids) or "Add it to indicators.csv.",
            )
        if unit is None or j is None:
            continue
        i = matrix.row_of(unit)
        if (i, j) in matrix.listed:
            findings.error(
                f"{unit.name} has a second figure for {name}.",
                sheet.place(row.line),
                "Keep one of them.",
            )
        matrix.listed.add((i, j))
        year = row.cells[year_at] if year_at is not None else ""
        source = row.cells[source_at] if source_at is not None else ""
        matrix.put(i, j, row, row.cells[at["value"]], "value", year, source)


def _read_wide(
    sheet: Sheet, column: int, matrix: _Matrix, roll: Roll, findings: Findings
) -> None:
    columns: list[tuple[int, int]] = []
    for position, title in enumerate(sheet.header):
        if title in matrix.column:
            columns.append((position, matrix.column[title]))
        elif title not in UNIT_COLUMNS:
            findings.error(
                f"There is no indicator {shown(title)}.",
                sheet.place(column=title if title.isprintable() else None),
                did_you_mean(title, matrix.ids) or "Add it to indicators.csv.",
            )
    for row in sheet.rows:
        unit = unit_of(row, column, sheet, roll, findings)
        if unit is None:
            continue
        if unit in matrix.row:
            findings.error(
                f"{unit.name} stands there twice.",
                sheet.place(row.line, sheet.header[column]),
                "Keep one of the rows.",
            )
        i = matrix.row_of(unit)
        for position, j in columns:
            matrix.put(i, j, row, row.cells[position], sheet.header[position], "", "")
