"""One row for each country, and a column for each series: what most spreadsheets are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from typing import Self

from softpower import countries
from softpower.errors import InputError, Location
from softpower.index.layouts.base import Figure, Head, Layout, Series, cell, unit_of
from softpower.index.layouts.headings import (
    CODES,
    NOTES,
    SCHEMES,
    UNITS,
    VALUES,
    YEARS,
    codes_among,
    folded,
    named,
    names_among,
    places,
)
from softpower.index.layouts.stacked import is_number, stacked
from softpower.index.reading.cells import letters_of
from softpower.index.reading.tables import Row
from softpower.index.text import shown

FEWEST = 3
"""So many countries in a column tell that it names them, where no heading does."""

LONGEST_CODE = 3
"""A column with no longer text in it holds codes."""

MOST_ASIDE = 200
"""So many lines that are left out are named."""


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
        self.codes, self.names = codes_among(head.rows[at + 1 :], codes), names
        words = [folded(text) for text in head.rows[at].cells]
        naming = {words[k] for k in (*codes, *names)} - {""}
        self.scheme = SCHEMES.get(words[self.codes[0]], "") if self.codes else ""
        self.again = [k for k, word in enumerate(words) if word in naming]
        self.again = [k for k in self.again if k not in (*codes, *names)]
        self.file = head.file
        found = places(head.rows[at].cells)
        self.year = next(iter(named(found, YEARS)), None)
        years = [self.year] if self.year is not None else []
        headings = stacked(head, at, [*codes, *names, *years])
        self.line = headings.line
        self.columns: dict[int, tuple[str, str]] = {}
        rows = [each for each in head.rows[at:] if each.line <= self.line]
        last = max(headings.columns, default=0)
        self.width = max(last + 1, *(len(each.cells) for each in rows))
        self.nameless = set(range(self.width)) - {*codes, *names, *years, *headings.columns}
        stem = head.sheet or PurePath(head.file).stem
        alone = sum(folded(each.title) not in NOTES for each in headings.columns.values()) == 1
        for place, each in headings.columns.items():
            word = folded(each.title)
            if word in UNITS or word in NOTES:
                self.aside[f"column {each.title}"] = "it holds no figures by its heading"
                continue
            title = each.title or stem
            if alone and word in VALUES:
                title = stem
            self._add(place, title, each.year, each.unit)

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if there are countries one beneath the other."""
        found: list[tuple[int, list[int], list[int]]] = []
        for at, row in enumerate(head.rows[:30]):
            if head.header is not None and row.line != head.header:
                continue
            words = places(row.cells)
            codes, names = named(words, CODES), names_among(words, other=head.other)
            if (codes or names) and sum(map(bool, row.cells)) > 1:
                found.append((at, codes, names))
        sure = [each for each in found if _has_countries(head, *each)]
        if sure or found:
            return cls(head, *(sure or found)[0])
        place = _by_content(head)
        if place is None:
            return None
        at, column = place
        texts = [cell(row, column) for row in head.rows[at + 1 :]]
        coded = all(len(text) <= LONGEST_CODE for text in texts)
        return cls(head, at, *(([column], []) if coded else ([], [column])))

    def _add(self, at: int, title: str, year: str, unit: str) -> None:
        """Add a column of figures; one whose heading stands there before is told by its letter."""
        measure = unit_of(title)
        if (title, year) in self.columns.values():
            longer = f"{title} (column {letters_of(at + 1)})"
            self.remarks.append(f"The heading {shown(title)} stands there again: {shown(longer)}.")
            title = longer
        self.columns[at] = (title, year)
        known = self.series.get(title)
        if known is None or not known.unit:
            self.series[title] = Series(title, "", unit or measure)

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures; a row of which only the first cell says something is a footnote."""
        columns = tuple(self.columns.items())
        code_at, name_at = next(iter(self.codes), None), next(iter(self.names), None)
        for row in rows:
            if row.line <= self.line:
                continue
            code, name = cell(row, code_at), cell(row, name_at)
            texts = [(cell(row, at), series) for at, series in columns]
            empty = not any(text for text, _ in texts)
            if empty and not (countries.find(code or name) or countries.find(name)):
                self._leave(row.line, f"no figure stands there, only {shown(code or name)}")
                continue
            if not code and not name:
                self._leave(row.line, "no country is named there")
                continue
            self._refuse_beside(row, code, name)
            for at in [at for at in self.nameless if cell(row, at)]:
                self.nameless.discard(at)
                self.aside[f"column {letters_of(at + 1)}"] = "it has no heading"
            of_row = cell(row, self.year)
            for text, (series, year) in texts:
                yield row.line, code, name, series, year or of_row, text, ""

    def _refuse_beside(self, row: Row, code: str, name: str) -> None:
        """Refuse a row in which a second column, headed as the first, names another country."""
        for at in self.again:
            if (text := cell(row, at)) and text not in (code, name):
                raise InputError(
                    f"{shown(text)} stands beside {shown(name or code)}, under the same heading.",
                    location=Location(self.file, row.line, f"column {letters_of(at + 1)}"),
                    mend="Put tables that stand side by side one beneath the other.",
                )

    def _leave(self, line: int, why: str) -> None:
        if len(self.aside) < MOST_ASIDE:
            self.aside[f"line {line}"] = why
        else:
            self.aside["further lines"] = "they name no country or hold no figure"


def _has_countries(head: Head, at: int, codes: Sequence[int], names: Sequence[int]) -> bool:
    """Say whether a country stands beneath headings that should name countries."""
    return any(
        countries.find(text) is not None or text.isdecimal()
        for row in head.rows[at + 1 : at + 11]
        for place in (*codes, *names)
        if (text := cell(row, place))
    )


def _by_content(head: Head) -> tuple[int, int] | None:
    """Return the row of headings and the column of countries, told by the countries in it."""
    counts: dict[int, list[int]] = {}
    for at, row in enumerate(head.rows):
        for column, text in enumerate(row.cells[:6]):
            if len(text) > 2 and not is_number(text) and countries.find(text) is not None:
                counts.setdefault(column, []).append(at)
    column, hits = max(counts.items(), key=lambda item: len(item[1]), default=(0, []))
    if len(hits) < FEWEST:
        return None
    for at in range(hits[0] - 1, -1, -1):
        stated = head.header is None or head.rows[at].line == head.header
        if stated and sum(map(bool, head.rows[at].cells)) > 1:
            return at, column
    return None
