"""One row for each country, and a column for each series: what most spreadsheets are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Self

from softpower import countries
from softpower.errors import InputError, Location
from softpower.index.layouts.base import YEAR, Figure, Head, Layout, Series, cell, unit_of
from softpower.index.layouts.headings import CODES, NAMES, UNITS, YEARS, folded, named, places
from softpower.index.reading.cells import letters_of
from softpower.index.reading.tables import Row
from softpower.index.text import shown

FEWEST = 3
"""So many countries in a column tell that it names them, where no heading does."""


class RowPerCountry(Layout):
    """A table with one row for each country, or for each country and year.

    It is told by a heading that names countries, or by a column of countries. Titles above the
    headings count for nothing; headings may be merged over several columns, with others beneath;
    a row without a country between the headings and the first country holds units. A heading that
    is a year is one, and the series is then called as the heading above it or as the file.
    """

    id = "row-per-country"
    title = "a row for each country"

    def __init__(self, head: Head, at: int, codes: Sequence[int], names: Sequence[int]) -> None:
        super().__init__()
        self.codes, self.names = codes, names
        self.file = head.file
        row = head.rows[at]
        above = (
            head.rows[at - 1] if at and _merged(head.rows[at - 1], row, names or codes) else None
        )
        below = self._beneath(head.rows[at + 1 : at + 3])
        self.line = row.line
        if above is None and below and _blank(row, below[0]):
            above, row, below = row, below[0], below[1:]
            self.line = row.line
        units = below[0] if below else None
        if units is not None:
            self.line = units.line
        first = head.rows[at]
        found = places(first.cells)
        self.year = next(iter(named(found, YEARS)), None)
        self.columns = self._columns(first, row, above, units, head)

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if there are countries one beneath the other."""
        for at, row in enumerate(head.rows[:30]):
            if head.header is not None and row.line != head.header:
                continue
            found = places(row.cells)
            codes, names = named(found, CODES), named(found, NAMES)
            if (codes or names) and sum(map(bool, row.cells)) > 1:
                return cls(head, at, codes, names)
        place = _by_content(head)
        return cls(head, place[0], [], [place[1]]) if place else None

    def _beneath(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows between the headings and the first country."""
        found: list[Row] = []
        for row in rows:
            named_here = any(cell(row, at) for at in (*self.codes, *self.names))
            numbers = sum(_is_number(text) and not YEAR.fullmatch(text) for text in row.cells)
            if named_here or numbers or not any(row.cells):
                break
            found.append(row)
        return found

    def _columns(
        self, first: Row, row: Row, above: Row | None, units: Row | None, head: Head
    ) -> dict[int, tuple[str, str]]:
        """Return the series and the year of each column, and note what each series is."""
        left = {*self.codes, *self.names, self.year}
        columns: dict[int, tuple[str, str]] = {}
        group = ""
        stem = head.sheet or PurePath(head.file).stem
        for at in range(max(len(row.cells), len(first.cells))):
            if above is not None:
                group = cell(above, at) or group
            text = cell(row, at)
            if at in left or not (text or (group and above is not None)):
                continue
            if folded(text) in UNITS or (not text and not group):
                self.aside[f"column {text}"] = "it holds units"
                continue
            parts = [part for part in (group, text) if part]
            year = next((part for part in parts if YEAR.fullmatch(part)), "")
            title = ": ".join(part for part in parts if part != year) or stem
            if (title, year) in columns.values():
                raise InputError(
                    f"The heading {shown(title)} stands there twice.",
                    location=Location(head.file, row.line, f"column {letters_of(at + 1)}"),
                    mend="Give each column a heading of its own; or say by `header` in which line "
                    "the headings stand.",
                )
            columns[at] = (title, year)
            unit = cell(units, at) if units is not None else ""
            known = self.series.get(title)
            if known is None or not known.unit:
                self.series[title] = Series(title, "", unit.strip("()[] ") or unit_of(title))
        return columns

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures; a row of which only the first cell says something is a footnote."""
        columns = tuple(self.columns.items())
        code_at, name_at = next(iter(self.codes), None), next(iter(self.names), None)
        for row in rows:
            if row.line <= self.line:
                continue
            code, name = cell(row, code_at), cell(row, name_at)
            texts = [(cell(row, at), series) for at, series in columns]
            if not any(text for text, _ in texts) and not (
                countries.find(code or name) or countries.find(name)
            ):
                self.aside[f"line {row.line}"] = (
                    f"no figure stands there, only {shown(code or name)}"
                )
                continue
            if not code and not name:
                self.aside[f"line {row.line}"] = "no country is named there"
                continue
            of_row = cell(row, self.year)
            for text, (series, year) in texts:
                yield Figure(row.line, code, name, series, year or of_row, text)


def _merged(above: Row, row: Row, naming: Sequence[int]) -> bool:
    """Say whether a row holds headings that stand over several of those beneath."""
    left = set(naming)
    said = [cell(above, at) for at in range(len(row.cells)) if at not in left]
    filled = [text for text in said if text]
    blank = any(not text for text in said)
    return len(filled) > 1 and blank and not any(cell(above, at) for at in left)


def _blank(row: Row, below: Row) -> bool:
    """Say whether headings are merged: some of the cells are empty that have one beneath."""
    return any(cell(below, at) and not cell(row, at) for at in range(len(below.cells)))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _by_content(head: Head) -> tuple[int, int] | None:
    """Return the row of headings and the column of countries, told by the countries in it."""
    counts: Mapping[int, list[int]] = {}
    counts = {}
    for at, row in enumerate(head.rows):
        for column, text in enumerate(row.cells[:6]):
            if len(text) > 2 and not _is_number(text) and countries.find(text) is not None:
                counts.setdefault(column, []).append(at)
    column, hits = max(counts.items(), key=lambda item: len(item[1]), default=(0, []))
    if len(hits) < FEWEST or hits[0] == 0:
        return None
    for at in range(hits[0] - 1, -1, -1):
        if sum(map(bool, head.rows[at].cells)) > 1:
            if head.header is not None and head.rows[at].line != head.header:
                continue
            return at, column
    return None
