"""Reading ``figures.csv``, one row per figure or one row per country, recognised by its header."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np

from softpower.errors import InputError, did_you_mean, nearest
from softpower.index.figures import Figures
from softpower.index.reading.columns import UNIT_COLUMNS
from softpower.index.reading.naming import Naming, naming
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
    """Figures while they are read: a row is added when its unit is first named.

    As there may be millions, they are kept one after the other in arrays.
    """

    def __init__(self, sheet: RawTable, ids: tuple[str, ...], problems: ProblemCollector) -> None:
        self.sheet = sheet
        self.ids = ids
        self.column = {name: j for j, name in enumerate(ids)}
        self.problems = problems
        self.units: dict[str, Unit] = {}
        self.row: dict[str, int] = {}
        self.places = array("q")
        """Where each figure belongs: its row times the number of indicators, plus its column."""
        self.values = array("d")
        self.errors = array("d")
        self.years: list[str] = []
        self.sources: list[str] = []
        self.taken: set[int] = set()
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
        return Figures(
            tuple(self.units.values()),
            self.ids,
            self._placed(self.values, np.nan),
            self._placed(self.years, ""),
            self._placed(self.sources, ""),
            self._placed(self.errors, np.nan),
        )

    def _placed(self, read: Sequence[float] | Sequence[str], otherwise: float | str) -> Any:
        """Return what was read of all figures, if anything, units x indicators."""
        kind = np.float64 if isinstance(otherwise, float) else object
        out = np.full(len(self.row) * len(self.ids), otherwise, dtype=kind)
        if read:
            out[np.asarray(self.places)] = np.asarray(read, dtype=kind)
        return out.reshape(len(self.row), len(self.ids))


def _read_long(
    sheet: RawTable, names: Naming, matrix: FigureTable, problems: ProblemCollector
) -> None:
    _check_headings(sheet, problems)
    at = {title: position for position, title in enumerate(sheet.header)}
    indicator_at, value_at = at["indicator"], at["value"]
    year_at, source_at, error_at = at.get("year"), at.get("source"), at.get("standard_error")
    values = sheet.plain(value_at)
    width = len(matrix.ids)
    for k, row in enumerate(problems.rows(sheet)):
        cells = row.cells
        name = cells[indicator_at]
        unit, j = names.unit(row), matrix.column.get(name)
        if j is None:
            matrix.unknown(name, row.line)
        elif unit is None:
            matrix.doubtful.add(name)
        if unit is None or j is None:
            continue
        place = width * matrix.row_of(unit) + j
        if place in matrix.taken:
            problems.error(
                f"{unit.name} has a second figure for {name}.",
                sheet.location(row.line),
                "Keep one of them.",
            )
            continue
        matrix.taken.add(place)
        matrix.places.append(place)
        matrix.values.append(values[k] if values else matrix.number(row, value_at, name))
        if year_at is not None:
            matrix.years.append(cells[year_at])
        if source_at is not None:
            matrix.sources.append(cells[source_at])
        if error_at is not None:
            matrix.errors.append(matrix.standard_error(row, error_at, name))


def _check_headings(sheet: RawTable, problems: ProblemCollector) -> None:
    for title in sheet.header:
        if title not in (*UNIT_COLUMNS, *LONG, *LONG_EXTRA):
            mend = did_you_mean(title, (*LONG, *LONG_EXTRA)) or "Remove it."
            problems.error(f"The column {shown(title)} is not known.", sheet.location(), mend)


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
    plain = _plain(sheet, [position for position, _ in columns])
    for k, row in enumerate(problems.rows(sheet)):
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
        first = len(matrix.ids) * matrix.row_of(unit)
        matrix.places.extend(first + j for _, j in columns)
        matrix.values.extend(
            (numbers[k] for numbers in plain)
            if plain
            else (matrix.number(row, at, sheet.header[at]) for at, _ in columns)
        )


def _plain(sheet: RawTable, columns: Sequence[int]) -> list[array[float]]:
    """Return the numbers of columns with nothing odd in any of them, or else nothing."""
    found: list[array[float]] = []
    for at in columns:
        numbers = sheet.plain(at)
        if numbers is None:
            return []
        found.append(numbers)
    return found
