"""One row for each country, and a column for each series and year: ``hdi_1990``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Self

from softpower.index.layouts.base import YEAR, Figure, Head, Layout, Series, beneath, first_of
from softpower.index.layouts.headings import CODES, names_among
from softpower.index.reading.tables import Row

_COLUMN = re.compile(rf"(?P<series>.*[^_ ,(])[_ ,(]+(?P<year>{YEAR.pattern})\)?")


class SeriesYear(Layout):
    """A table whose columns are named by series and year, as UNDP's time series of the HDR.

    It is told by headings that end in a year, two of them of one series, beside one that names
    countries.
    """

    id = "series-year"
    title = "a row for each country, a column for each series and year (UNDP)"

    def __init__(
        self,
        row: Row,
        found: dict[str, int],
        names: list[int],
        columns: dict[int, tuple[str, str]],
    ) -> None:
        super().__init__()
        self.line, self.headings = row.line, len(row.cells)
        self.at = [first_of(found, *CODES), next(iter(names), None)]
        self.columns = columns
        if "hdicode" in found:
            url = "https://hdr.undp.org/data-center/documentation-and-downloads"
            self.say(publisher="UNDP", dataset="Human Development Report", url=url)
            self.say(licence="CC BY 3.0 IGO")
        for series, _ in columns.values():
            self.series[series] = Series(series, series)
        for at, text in enumerate(row.cells):
            if at not in columns and at not in self.at and text:
                self.aside[f"column {text}"] = "it is of no year"

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the headings are there."""
        for at, row in enumerate(head.rows[:30]):
            if head.header is not None and row.line != head.header:
                continue
            matches = {k: _COLUMN.fullmatch(text) for k, text in enumerate(row.cells)}
            columns = {k: (m["series"], m["year"]) for k, m in matches.items() if m}
            found = {text.casefold(): k for k, text in reversed([*enumerate(row.cells)])}
            names = names_among(found, other=head.other)
            again = len({series for series, _ in columns.values()}) < len(columns)
            if again and (names or first_of(found, *CODES) is not None):
                return cls(head.rows[at], found, names, columns)
        return None

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures."""
        columns = tuple(self.columns.items())
        code_at, name_at = self.at
        for line, cells in beneath(rows, self.line, self.headings):
            code = cells[code_at] if code_at is not None else ""
            name = cells[name_at] if name_at is not None else ""
            for at, (series, year) in columns:
                yield line, code, name, series, year, cells[at], ""
