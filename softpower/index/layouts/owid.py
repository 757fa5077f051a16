"""Our World in Data: Entity, Code, Year, and a column for each series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

from softpower.index.layouts.base import Figure, Head, Layout, Series, beneath, first_of
from softpower.index.reading.tables import Row


class OurWorldInData(Layout):
    """A file of Our World in Data's grapher.

    It is told by its headings, which begin with Entity, Code, Year (or Day). Title, unit, source
    and date of download come from the ``.metadata.json`` that is downloaded with it, if it stands
    beside the file.
    """

    id = "owid"
    title = "Our World in Data"
    coded = True

    def __init__(self, row: Row, time: int, beside: Mapping[str, Any]) -> None:
        super().__init__()
        self.line = row.line
        self.time = time
        self.columns = {at: text for at, text in enumerate(row.cells) if at > time and text}
        self.say(publisher="Our World in Data", url="https://ourworldindata.org")
        chart = _mapping(beside.get("chart"))
        self.say(
            dataset=_text(chart.get("title")),
            url=_text(chart.get("originalChartUrl")),
            downloaded=_text(beside.get("dateDownloaded")),
        )
        told = _mapping(beside.get("columns"))
        by_name = {_text(_mapping(each).get("shortName")): each for each in told.values()}
        for title in self.columns.values():
            said = _mapping(told.get(title) or by_name.get(title))
            source = _text(said.get("citationShort")) or _text(said.get("citationLong"))
            self.series[title] = Series(
                _text(said.get("titleShort")) or title,
                title,
                _text(said.get("unit")),
                {"source": source, "note": ""} if source else {},
            )

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the headings are there."""
        place = head.headings("entity", "code")
        if place is None:
            return None
        at, found = place
        time = first_of(found, "year", "day", "date")
        row = head.rows[at]
        if (found["entity"], found["code"], time) != (0, 1, 2) or len(row.cells) < 4:
            return None
        return cls(row, 2, head.beside)

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures."""
        columns = tuple(self.columns.items())
        width = max(self.columns, default=self.time) + 1
        for line, cells in beneath(rows, self.line, width):
            name, code, year = cells[:3]
            for at, series in columns:
                yield line, code, name, series, year, cells[at], ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
