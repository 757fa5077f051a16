"""Reading ``figures.csv``, one row per figure or one row per country, recognised by its header."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from softpower.errors import InputError, did_you_mean, nearest
from softpower.index.figures import Figures
from softpower.index.reading.naming import UNIT_COLUMNS, Naming, naming
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.tables import RawTable, Row
from softpower.index.reading.units import UnitRegister
from softpower.index.text import shown
from softpower.index.units import Unit

NAN = float("nan")
LONG = ("indicator", "value")
LONG_EXTRA = ("year", "source", "note", "standard_error")


class Reading(NamedTuple):
    """What a sheet of figures says."""

    figures: Figures | None
    """``None`` if there is nothing, with errors noted."""
    doubtful: Collection[str] = ()
    """Indicators of which something was refused, so that they may only seem to lack figures."""


def read_figures(
    sheet: RawTable, known: Sequence[str], register: UnitRegister, problems: ProblemCollector
) -> Reading:
    """Return the figures of a sheet about the known indicators."""
    names = naming(sheet, register, problems)
    if names is None:
        return Reading(None)
    if not sheet.rows:
        problems.error("It has no figures.", sheet.location(), "Add rows beneath the header.")
        return Reading(None)
    matrix = FigureTable(sheet, tuple(known), problems)
    stated = [title for title in LONG if title in sheet.header and title not in matrix.column]
    if len(stated) == len(LONG):
        _read_long(sheet, names, matrix, problems)
    elif stated:
        problems.error(
            f"It has a column {stated[0]} without the other of indicator and value.",
            sheet.location(),
            "Name the columns country, indicator, value; or give each indicator a column.",
        )
        return Reading(None)
    else:
        _read_wide(sheet, names, matrix, problems)
    return Reading(matrix.figures(), matrix.ids if problems.full(sheet.file) else matrix.doubtful)


class FigureTable:
    """Figures while they are read: a row is added when its unit is first named."""

    def __init__(self, sheet: RawTable, ids: tuple[str, ...], problems: ProblemCollector) -> None:
        self.sheet = sheet
        self.ids = ids
        self.column = {name: j for j, name in enumerate(ids)}
        self.problems = problems
        self.units: dict[str, Unit] = {}
        self.row: dict[str, int] = {}
        self.cells: dict[tuple[int, int], tuple[float, str, str, float]] = {}
        self.doubtful: set[str] = set()
        self._mends: dict[str, str] = {}

    def row_of(self, unit: Unit) -> int:
        """Return the row of a unit, a new one if it is named for the first time."""
        row = self.row.get(unit.id)
        if row is None:
            row = self.row[unit.id] = len(self.row)
            self.units[unit.id] = unit
        return row

    def number(self, row: Row, at: int, indicator: str) -> float:
        """Return the number in a cell, NaN where it is empty or an error was noted."""
        try:
            number = self.sheet.number(row, at)
        except InputError as error:
            self.problems.caught(error)
            self.doubtful.add(indicator)
            return NAN
        return NAN if number is None else number

    def standard_error(self, row: Row, at: int, indicator: str) -> float:
        """Return the standard error in a cell, NaN where it is empty or an error was noted."""
        number = self.number(row, at, indicator)
        if number < 0:
            self.problems.error(
                f"The standard error {shown(row.cells[at])} is below zero.",
                self.sheet.location(row.line, "standard_error"),
                "Write zero or a number above it, or leave the cell empty.",
            )
        return number

    def unknown(self, name: str, line: int | None) -> None:
        """Note that there is no indicator of this name."""
        if name not in self._mends:
            close = nearest(name, self.ids)
            self.doubtful.update(close)
            self._mends[name] = did_you_mean(name, close or self.ids)
        what = f"There is no indicator {shown(name)}." if name else "The cell is empty."
        mend = self._mends[name] or "Add it to indicators.csv."
        column = "indicator" if line is not None else None
        self.problems.error(what, self.sheet.location(line, column), mend)

    def figures(self) -> Figures:
        """Return what was read, as arrays."""
        shape = (len(self.row), len(self.ids))
        values, errors = np.full(shape, np.nan), np.full(shape, np.nan)
        years = np.full(shape, "", dtype=object)
        sources = np.full(shape, "", dtype=object)
        if self.cells:
            at = tuple(map(list, zip(*self.cells, strict=True)))
            figures, in_years, from_sources, off_by = zip(*self.cells.values(), strict=True)
            values[at] = figures
            years[at] = np.array(in_years, dtype=object)
            sources[at] = np.array(from_sources, dtype=object)
            errors[at] = off_by
        return Figures(tuple(self.units.values()), self.ids, values, years, sources, errors)


def _read_long(
    sheet: RawTable, names: Naming, matrix: FigureTable, problems: ProblemCollector
) -> None:
    for title in sheet.header:
        if title not in (*UNIT_COLUMNS, *LONG, *LONG_EXTRA):
            mend = did_you_mean(title, (*LONG, *LONG_EXTRA)) or "Remove it."
            problems.error(f"The column {shown(title)} is not known.", sheet.location(), mend)
    at = {title: position for position, title in enumerate(sheet.header)}
    indicator_at, value_at = at["indicator"], at["value"]
    year_at, source_at, error_at = at.get("year"), at.get("source"), at.get("standard_error")
    for row in problems.rows(sheet):
        cells = row.cells
        name = cells[indicator_at]
        unit, j = names.unit(row), matrix.column.get(name)
        if j is None:
            matrix.unknown(name, row.line)
        elif unit is None:
            matrix.doubtful.add(name)
        if unit is None or j is None:
            continue
        i = matrix.row_of(unit)
        if (i, j) in matrix.cells:
            problems.error(
                f"{unit.name} has a second figure for {name}.",
                sheet.location(row.line),
                "Keep one of them.",
            )
            continue
        matrix.cells[i, j] = (
            matrix.number(row, value_at, name),
            cells[year_at] if year_at is not None else "",
            cells[source_at] if source_at is not None else "",
            matrix.standard_error(row, error_at, name) if error_at is not None else NAN,
        )


def _read_wide(
    sheet: RawTable, names: Naming, matrix: FigureTable, problems: ProblemCollector
) -> None:
    columns: list[tuple[int, int]] = []
    for position, title in enumerate(sheet.header):
        if title in matrix.column:
            columns.append((position, matrix.column[title]))
        elif title in LONG_EXTRA:
            problems.error(
                f"A table with a column for each indicator has none for the {title}.",
                sheet.location(),
                "Remove it, or write one row for each figure: country, indicator, value, year.",
            )
        elif title not in UNIT_COLUMNS:
            matrix.unknown(title, None)
    for row in problems.rows(sheet):
        unit = names.unit(row)
        if unit is None:
            matrix.doubtful.update(sheet.header[position] for position, _ in columns)
            continue
        if unit.id in matrix.row:
            problems.error(
                f"{unit.name} stands there twice.",
                sheet.location(row.line, names.title),
                "Keep one of the rows.",
            )
            continue
        i = matrix.row_of(unit)
        for position, j in columns:
            number = matrix.number(row, position, sheet.header[position])
            matrix.cells[i, j] = (number, "", "", NAN)
