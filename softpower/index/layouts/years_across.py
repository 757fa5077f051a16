"""One row for each country and series, and a column for each year, by whomever."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Self

from softpower.index.layouts.base import YEAR, Figure, Head, Layout, Series, cell, unit_of
from softpower.index.layouts.headings import (
    CODES,
    SCHEMES,
    SERIES,
    SERIES_CODES,
    UNITS,
    codes_among,
    folded,
    named,
    names_among,
    places,
    series_codes_among,
)
from softpower.index.reading.tables import Row

_YEAR = re.compile(rf"[YyXx]?(?P<year>{YEAR.pattern})")
SCALES = ("scale", "magnitude")
FEWEST = 2


class YearsAcross(Layout):
    """A table with a row for each country and series, and a column for each year.

    It is told by its headings: one that names countries, one that names series, and two or more
    years, such as ``2015`` or ``Y2015``. So the IMF and the FAO lay out what they have.
    """

    id = "years-across"
    title = "a row for each country and series, a column for each year (IMF, FAO)"
    missing = ("--",)

    def __init__(
        self,
        row: Row,
        found: dict[str, int],
        names: list[int],
        years: dict[int, str],
        rows: Sequence[Row],
    ) -> None:
        super().__init__()
        self.line = row.line
        self.years = years
        self.code = next(iter(codes_among(rows, named(found, CODES))), None)
        self.scheme = SCHEMES.get(folded(row.cells[self.code]), "") if self.code is not None else ""
        self.name = next(iter(names), None)
        self.titles = named(found, SERIES)
        beneath = [each for each in rows if each.line > row.line]
        self.codes = series_codes_among(beneath, self.titles, named(found, SERIES_CODES))
        self.units = [at for at in named(found, UNITS) if at not in names]
        self.scale = named(found, SCALES)
        used = {self.code, self.name, *self.titles, *self.codes, *self.units, *self.scale, *years}
        for at, text in enumerate(row.cells):
            if at not in used and text:
                self.aside[f"column {text}"] = "it is neither a year nor says which series it is"

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the headings are there."""
        for row in head.rows[:30]:
            if head.header is not None and row.line != head.header:
                continue
            found = places(row.cells)
            matches = {at: _YEAR.fullmatch(text) for at, text in enumerate(row.cells)}
            years = {at: match["year"] for at, match in matches.items() if match}
            names = names_among(found, other=head.other)
            series = named(found, SERIES) or named(found, SERIES_CODES)
            if len(years) >= FEWEST and (named(found, CODES) or names) and series:
                return cls(row, found, names, years, head.rows)
        return None

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures."""
        years = tuple(self.years.items())
        width = max(self.years) + 1
        for row in rows:
            code, name = cell(row, self.code), cell(row, self.name)
            if row.line <= self.line or not (code or name):
                continue
            title = ", ".join(filter(None, (cell(row, at) for at in self.titles)))
            short = ".".join(filter(None, (cell(row, at) for at in self.codes)))
            unit = ", ".join(filter(None, (cell(row, at) for at in (*self.units, *self.scale))))
            key = f"{title}|{short}|{unit}"
            if key not in self.series:
                whole = short if len(self.codes) >= len(self.titles) else ""
                self.series[key] = Series(title or short, whole, unit or unit_of(title))
            cells = row.cells + [""] * (width - len(row.cells))
            for at, year in years:
                yield row.line, code, name, key, year, cells[at], ""
