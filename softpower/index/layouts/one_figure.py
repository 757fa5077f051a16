"""One row for each figure: country, indicator, year, value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from softpower.index.layouts.base import Figure, Head, Layout, Series, cell, unit_of
from softpower.index.layouts.headings import (
    CODES,
    NAMES,
    NOTES,
    SERIES,
    SERIES_CODES,
    UNITS,
    VALUES,
    YEARS,
    named,
    places,
)
from softpower.index.reading.tables import Row


class RowPerFigure(Layout):
    """A table with one row for each figure.

    It is told by its headings: one that names countries, one that names indicators (indicator,
    series, variable, item ...), and one of values.
    """

    id = "row-per-figure"
    title = "a row for each figure"

    def __init__(self, row: Row, found: dict[str, int]) -> None:
        super().__init__()
        self.line = row.line
        self.codes, self.names = named(found, CODES), named(found, NAMES)
        self.series_at = [at for at in named(found, SERIES) if at not in self.names]
        self.series_codes = named(found, SERIES_CODES)
        self.years, self.units = named(found, YEARS), named(found, UNITS)
        self.value, self.note = named(found, VALUES)[0], named(found, NOTES)
        used = {
            *self.codes, *self.names, *self.series_at, *self.series_codes, *self.years,
            *self.units, self.value, *self.note,
        }  # fmt: skip
        for at, text in enumerate(row.cells):
            if at not in used and text:
                self.aside[f"column {text}"] = "it is none that a row for each figure needs"

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the headings are there."""
        for row in head.rows[:30]:
            found = places(row.cells)
            if head.header is not None and row.line != head.header:
                continue
            who = named(found, CODES) or named(found, NAMES)
            what = named(found, SERIES) or named(found, SERIES_CODES)
            if who and what and named(found, VALUES):
                return cls(row, found)
        return None

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures."""
        code, name = next(iter(self.codes), None), next(iter(self.names), None)
        year, note = next(iter(self.years), None), next(iter(self.note), None)
        unit = next(iter(self.units), None)
        for row in rows:
            if row.line <= self.line:
                continue
            titles = [cell(row, at) for at in self.series_at]
            codes = [cell(row, at) for at in self.series_codes]
            title, short = ", ".join(filter(None, titles)), ".".join(filter(None, codes))
            measure = cell(row, unit)
            key = "|".join((short or title, measure))
            if key not in self.series:
                self.series[key] = Series(title or short, short or title, measure or unit_of(title))
            yield Figure(
                row.line, cell(row, code), cell(row, name), key, cell(row, year),
                cell(row, self.value), cell(row, note),
            )  # fmt: skip
