"""Reading ``figures.csv``, one row per figure or one row per country, recognised by its header."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from softpower.errors import did_you_mean, nearest
from softpower.index.figures import Figures, placed
from softpower.index.ids import folded
from softpower.index.reading.at_once import long_figures, wide_figures
from softpower.index.reading.naming import UnitTable
from softpower.index.reading.tables import Row
from softpower.index.reading.titles import LONG, LONG_EXTRA, UNIT_COLUMNS
from softpower.index.text import shown
from softpower.index.units import Unit

NAN = float("nan")
IN_LONG = (*UNIT_COLUMNS, *LONG, *LONG_EXTRA)
"""The columns that a table with one row for each figure may have."""


class Reading(NamedTuple):
    """What a sheet of figures says."""

    figures: Figures | None
    """``None`` if there is nothing, with errors noted."""
    doubtful: Collection[str] = ()
    """Indicators of which something was refused, so that they may only seem to lack figures."""


def read_figures(table: UnitTable, known: Sequence[str]) -> Reading:
    """Return the figures of a table about the known indicators."""
    if table.naming is None:
        return Reading(None)
    if not table.rows:
        table.error("It has no figures.", "Add rows beneath the header.")
        return Reading(None)
    matrix = FigureTable(table, tuple(known))
    stated = [title for title in LONG if title in table.at and title not in matrix.column]
    if stated and all(title in table.at for title in LONG):
        figures = long_figures(table, matrix.ids, IN_LONG) or _read_long(table, matrix)
    elif stated:
        table.error(
            f"It has a column {stated[0]} without the other of indicator and value.",
            "Name the columns country, indicator, value; or give each indicator a column.",
        )
        return Reading(None)
    else:
        at_once = wide_figures(table, matrix.ids, matrix.column, UNIT_COLUMNS)
        figures = at_once or _read_wide(table, matrix)
    return Reading(figures, matrix.ids if table.full else matrix.doubtful)


class FigureTable:
    """Figures while they are read: a row is added when its unit is first named.

    As there may be millions, they are kept one after the other in arrays.
    """

    def __init__(self, table: UnitTable, ids: tuple[str, ...]) -> None:
        self.table = table
        self.ids = ids
        self.column = {folded(name): j for j, name in enumerate(ids)}
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

    def number(self, row: Row, column: str, indicator: str) -> float:
        """Return the number in a cell, NaN where it is empty or an error was noted."""
        before = self.table.problems.count
        number = self.table.number(row, column)
        if self.table.problems.count != before:
            self.doubtful.add(indicator)
        return NAN if number is None else number

    def standard_error(self, row: Row, indicator: str) -> float:
        """Return the standard error in a row, NaN where it is empty or an error was noted."""
        column = "standard_error"
        number = self.number(row, column, indicator)
        if number < 0:
            self.table.error(
                f"The standard error {shown(row.cells[self.table.at[column]])} is below zero.",
                "Write zero or a number above it, or leave the cell empty.",
                row,
                column,
            )
        return number

    def column_of(self, name: str, row: Row) -> int | None:
        """Return the column of an indicator that a row names, ``None`` with an error noted."""
        j = self.column.get(name)
        if j is None:
            j = self.column.get(folded(name))
            if j is None:
                self.unknown(name, row)
        return j

    def unknown(self, name: str, row: Row | None = None) -> None:
        """Note that there is no indicator of this name."""
        if name not in self._mends:
            close = nearest(name, self.ids)
            self.doubtful.update(close)
            self._mends[name] = did_you_mean(name, close or self.ids)
        what = f"There is no indicator {shown(name)}." if name else "The cell is empty."
        mend = self._mends[name] or "Add it to indicators.csv."
        column = "indicator" if row is not None else None
        self.table.error(what, mend, row, column)

    def figures(self) -> Figures:
        """Return what was read, as arrays."""
        shape, places = (len(self.row), len(self.ids)), np.asarray(self.places)
        return Figures(
            tuple(self.units.values()),
            self.ids,
            placed(shape, places, self.values, np.nan),
            placed(shape, places, self.years, ""),
            placed(shape, places, self.sources, ""),
            placed(shape, places, self.errors, np.nan),
        )


def _read_long(table: UnitTable, matrix: FigureTable) -> Figures:
    table.refuse_unknown_columns(IN_LONG, (*LONG, *LONG_EXTRA))
    indicator_at = table.at["indicator"]
    year_at, source_at = table.at.get("year"), table.at.get("source")
    stated = "standard_error" in table.at
    width = len(matrix.ids)
    for row in table.readable():
        cells = row.cells
        unit, j = table.unit(row), matrix.column_of(cells[indicator_at], row)
        if unit is None and j is not None:
            matrix.doubtful.add(matrix.ids[j])
        if unit is None or j is None:
            continue
        name = matrix.ids[j]
        place = width * matrix.row_of(unit) + j
        if place in matrix.taken:
            table.error(f"{unit.name} has a second figure for {name}.", "Keep one of them.", row)
            continue
        matrix.taken.add(place)
        matrix.places.append(place)
        matrix.values.append(matrix.number(row, "value", name))
        if year_at is not None:
            matrix.years.append(cells[year_at])
        if source_at is not None:
            matrix.sources.append(cells[source_at])
        if stated:
            matrix.errors.append(matrix.standard_error(row, name))
    return matrix.figures()


def _read_wide(table: UnitTable, matrix: FigureTable) -> Figures:
    columns: list[tuple[str, int]] = []
    for title in table.header:
        if title in matrix.column:
            columns.append((title, matrix.column[title]))
        elif title in LONG_EXTRA:
            table.error(
                f"A table with a column for each indicator has none for the {title}.",
                "Remove it, or write one row for each figure: country, indicator, value, year.",
            )
        elif title not in UNIT_COLUMNS:
            matrix.unknown(title)
    for row in table.readable():
        unit = table.unit(row)
        if unit is None:
            matrix.doubtful.update(matrix.ids[j] for _, j in columns)
            continue
        if unit.id in matrix.row:
            table.twice(unit, row)
            continue
        first = len(matrix.ids) * matrix.row_of(unit)
        matrix.places.extend(first + j for _, j in columns)
        matrix.values.extend(matrix.number(row, title, matrix.ids[j]) for title, j in columns)
    return matrix.figures()
