"""One row for each figure: country, indicator, year, value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Self

from softpower.index.layouts.base import Figure, Head, Layout, Series, beneath, unit_of
from softpower.index.layouts.headings import (
    CODES,
    NOTES,
    SCHEMES,
    SERIES,
    SERIES_CODES,
    UNITS,
    VALUES,
    YEARS,
    codes_among,
    folded,
    named,
    names_among,
    places,
    series_codes_among,
)
from softpower.index.reading.tables import Row


class RowPerFigure(Layout):
    """A table with one row for each figure.

    It is told by its headings: one that names countries, one that names indicators (indicator,
    series, variable, item ...), and one of values.
    """

    id = "row-per-figure"
    title = "a row for each figure"

    def __init__(
        self, row: Row, found: dict[str, int], names: list[int], rows: Sequence[Row]
    ) -> None:
        super().__init__()
        self.line, self.headings = row.line, len(row.cells)
        self.codes, self.names = codes_among(rows, named(found, CODES)), names
        self.scheme = SCHEMES.get(folded(row.cells[self.codes[0]]), "") if self.codes else ""
        self.series_at = [at for at in named(found, SERIES) if at not in self.names]
        below = [each for each in rows if each.line > row.line]
        self.series_codes = series_codes_among(below, self.series_at, named(found, SERIES_CODES))
        self.years = named(found, YEARS)
        self.units = [at for at in named(found, UNITS) if at not in names]
        self.value, self.note = named(found, VALUES)[0], named(found, NOTES)
        used = {
            *self.codes, *self.names, *self.series_at, *self.series_codes, *self.years,
            *self.units, self.value, *self.note,
        }  # fmt: skip
        for at, text in enumerate(row.cells):
            if at not in used and text:
                self.aside[f"column {text}"] = "it is neither country, series, year, value nor unit"

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the headings are there."""
        for row in head.rows[:30]:
            found = places(row.cells)
            if head.header is not None and row.line != head.header:
                continue
            names = names_among(found, other=head.other)
            what = named(found, SERIES) or named(found, SERIES_CODES)
            if (named(found, CODES) or names) and what and named(found, VALUES):
                return cls(row, found, names, head.rows)
        return None

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures."""
        telling = [*self.series_at, *self.series_codes, *self.units[:1]]
        width = self.headings
        code, name, year, note = (
            at[0] if at else width for at in (self.codes, self.names, self.years, self.note)
        )
        which, value = itemgetter(*telling), self.value
        keys: dict[str | tuple[str, ...], str] = {}
        for line, cells in beneath(rows, self.line, width + 1):
            said = which(cells)
            key = keys.get(said)
            if key is None:
                key = keys[said] = self._new(cells)
            yield line, cells[code], cells[name], key, cells[year], cells[value], cells[note]

    def _new(self, cells: list[str]) -> str:
        """Add a series, and return what it is called."""
        title = ", ".join(filter(None, (cells[at] for at in self.series_at)))
        short = ".".join(filter(None, (cells[at] for at in self.series_codes)))
        measure = cells[self.units[0]] if self.units else ""
        if any(title == known.title for known in self.series.values()):
            title = f"{title} ({measure})" if measure else title
        whole = len(self.series_codes) >= len(self.series_at)
        key = f"{title}|{short}|{measure}"
        self.series[key] = Series(title or short, short if whole else "", measure or unit_of(title))
        return key
