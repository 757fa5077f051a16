"""The World Bank: the CSV of its programming interface, and extracts of the DataBank."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import ClassVar, Self

from softpower.index.layouts.base import YEAR, Figure, Head, Layout, Series, cell, unit_of
from softpower.index.reading.tables import Row

PUBLISHER = "World Bank"
TERMS = "CC BY 4.0, unless the World Bank says otherwise of a series"

_BRACKETED = re.compile(r"(?P<title>.*\S)\s*\[(?P<code>[A-Za-z0-9_.]+)\]")
_YEAR = re.compile(rf"(?P<year>{YEAR.pattern})(\s*\[YR[0-9]{{4}}\])?")


def _years(row: Row, width: int = 4) -> dict[int, str]:
    """Return the years that the headings of columns say, by column."""
    found = {at: _YEAR.fullmatch(text) for at, text in enumerate(row.cells) if at >= width}
    return {at: match["year"] for at, match in found.items() if match}


class _YearsAcross(Layout):
    """One row for each country and series, and a column for each year."""

    coded = True
    word: ClassVar[str]
    """What the headings call a series."""

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the headings are there."""
        names = ("country name", "country code", f"{cls.word} name", f"{cls.word} code")
        place = head.headings(*names)
        if place is None:
            return None
        row = head.rows[place[0]]
        years = _years(row)
        return cls(row.line, place[1], years) if years else None

    def __init__(self, line: int, found: dict[str, int], years: dict[int, str]) -> None:
        super().__init__()
        self.say(publisher=PUBLISHER, licence=TERMS, url="https://data.worldbank.org")
        self.line = line
        self.years = years
        headings = ("country code", "country name", f"{self.word} code", f"{self.word} name")
        self.at = [found[heading] for heading in headings]

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures; what stands above and below the table says what the file is."""
        years = tuple(self.years.items())
        width = max(self.years) + 1
        for row in rows:
            if row.line < self.line or sum(map(bool, row.cells)) <= 2:
                self._preamble(row)
                continue
            if row.line == self.line:
                continue
            code, name, key, title = (cell(row, at) for at in self.at)
            if key not in self.series:
                self.series[key] = Series(title, key, unit_of(title))
            cells = row.cells + [""] * (width - len(row.cells))
            for at, year in years:
                yield row.line, code, name, key, year, cells[at], ""

    def _preamble(self, row: Row) -> None:
        key, _, rest = " ".join(filter(None, row.cells)).partition(":")
        words = row.cells[1] if len(row.cells) > 1 else ""
        if row.cells[0] == "Data Source":
            self.say(dataset=words)
        elif row.cells[0] == "Last Updated Date":
            self.say(updated=words)
        elif key == "Data from database":
            self.say(dataset=rest.strip())
        elif key == "Last Updated":
            self.say(updated=rest.strip())


class WorldBankApi(_YearsAcross):
    """A CSV of the World Bank's programming interface.

    It is told by its headings: Country Name, Country Code, Indicator Name, Indicator Code, and then
    a column for each year.
    """

    id = "world-bank-api"
    title = "World Bank API: a column for each year"
    word = "indicator"


class WorldBankDataBank(_YearsAcross):
    """An extract of the World Bank's DataBank with years across.

    It is told by its headings: Country Name, Country Code, Series Name, Series Code in any order,
    and years such as ``2015 [YR2015]``.
    """

    id = "world-bank-databank"
    title = "World Bank DataBank: a column for each year"
    word = "series"


class WorldBankDataBankSeries(Layout):
    """An extract of the World Bank's DataBank with series across.

    It is told by its headings: Time, Time Code, Country Name, Country Code, and series with their
    codes in square brackets.
    """

    id = "world-bank-databank-series"
    title = "World Bank DataBank: a column for each series"
    coded = True

    def __init__(self, row: Row, found: dict[str, int], columns: dict[int, str]) -> None:
        super().__init__()
        self.say(publisher=PUBLISHER, licence=TERMS, url="https://databank.worldbank.org")
        self.line = row.line
        self.at = [found["country code"], found["country name"], found["time"]]
        self.columns = columns
        for at, code in columns.items():
            match = _BRACKETED.fullmatch(row.cells[at])
            title = match["title"] if match else row.cells[at]
            self.series[code] = Series(title, code, unit_of(title))

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the headings are there."""
        place = head.headings("time", "time code", "country name", "country code")
        if place is None:
            return None
        row = head.rows[place[0]]
        found = {at: _BRACKETED.fullmatch(text) for at, text in enumerate(row.cells)}
        columns = {at: match["code"] for at, match in found.items() if match}
        return cls(row, place[1], columns) if columns else None

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures; lines beneath the table say where it is from."""
        columns = tuple(self.columns.items())
        width = max(self.columns) + 1
        for row in rows:
            if row.line <= self.line:
                continue
            code, name, year = (cell(row, at) for at in self.at)
            if not code and not YEAR.fullmatch(year):
                key, _, rest = row.cells[0].partition(":")
                if key == "Data from database":
                    self.say(dataset=rest.strip())
                elif key == "Last Updated":
                    self.say(updated=rest.strip())
                continue
            cells = row.cells + [""] * (width - len(row.cells))
            for at, series in columns:
                yield row.line, code, name, series, year, cells[at], ""
