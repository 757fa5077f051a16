"""The Global Health Observatory of the WHO."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from softpower.index.layouts.base import Figure, Head, Layout, Series, cell, first_of, unit_of
from softpower.index.reading.tables import Row

DIMENSIONS = (("dim1valuecode", "dim1"), ("dim2valuecode", "dim2"), ("dim3valuecode", "dim3"))


class WhoGho(Layout):
    """A file of WHO's Global Health Observatory.

    It is told by its headings: IndicatorCode, FactValueNumeric and SpatialDimValueCode (the site),
    or IndicatorCode, NumericValue and SpatialDim (the programming interface).
    """

    id = "who-gho"
    title = "WHO Global Health Observatory"
    missing = ("No data", "Not applicable", "Data not available")

    def __init__(self, row: Row, found: dict[str, int]) -> None:
        super().__init__()
        url = "https://www.who.int/data/gho"
        self.say(
            publisher="World Health Organization", dataset="Global Health Observatory", url=url
        )
        self.line = row.line
        self.code = first_of(found, "spatialdimvaluecode", "spatialdim")
        self.name = first_of(found, "location")
        self.year = first_of(found, "period", "timedim")
        self.value = first_of(found, "factvaluenumeric", "numericvalue")
        self.shown = first_of(found, "value")
        self.note = first_of(found, "factcomments", "comments")
        self.unit = first_of(found, "factvalueuom")
        self.indicator = found["indicatorcode"]
        self.kind = first_of(found, "location type", "spatialdimtype")
        self.words = first_of(found, "indicator")
        self.updated = first_of(found, "datemodified", "date")
        self.dimensions = [
            (code, label if label is not None else code)
            for code, label in (
                (first_of(found, pair[0], pair[1]), first_of(found, pair[1])) for pair in DIMENSIONS
            )
            if code is not None
        ]

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the headings are there."""
        place = head.headings("indicatorcode", "factvaluenumeric", "spatialdimvaluecode")
        place = place or head.headings("indicatorcode", "numericvalue", "spatialdim")
        return cls(head.rows[place[0]], place[1]) if place else None

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures; indicator and what it is broken down by make the series."""
        for row in rows:
            if row.line <= self.line:
                continue
            codes = [cell(row, self.indicator), *(cell(row, at) for at, _ in self.dimensions)]
            key = ".".join(filter(None, codes))
            if key not in self.series:
                self._new(row, key)
            text = cell(row, self.value)
            shown = cell(row, self.shown)
            if not text and not any(map(str.isdigit, shown)):
                text = shown
            code, name, year = cell(row, self.code), cell(row, self.name), cell(row, self.year)
            if cell(row, self.kind).casefold() not in ("", "country"):
                self.groups.add((code, name))
            yield row.line, code, name, key, year, text, cell(row, self.note)

    def _new(self, row: Row, key: str) -> None:
        title = cell(row, self.words) or cell(row, self.indicator)
        parts = [text for _, at in self.dimensions if (text := cell(row, at))]
        unit = cell(row, self.unit) or unit_of(title)
        self.series[key] = Series(", ".join([title, *parts]), key, unit)
        self.say(updated=cell(row, self.updated))
