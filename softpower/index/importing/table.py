"""A table of a folder that is added to: its rows as they are, cell by cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from softpower.errors import InputError, Location
from softpower.index.ids import folded
from softpower.index.reading.content import read_text
from softpower.index.reading.delimited import cells_limited, malformed
from softpower.index.reading.numerals import with_clear_points

CODES = ("iso3", "code")
NAMES = ("country", "name", "unit")


@dataclass(slots=True)
class Rows:
    """A CSV of a folder: its headings, and each row as a mapping from heading to cell."""

    header: list[str]
    rows: list[dict[str, str]]

    @property
    def text(self) -> str:
        """Return the table as it is written."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.header)
        writer.writerows([row.get(title, "") for title in self.header] for row in self.rows)
        return out.getvalue()

    def need(self, titles: Iterable[str]) -> None:
        """Add the headings that are not there."""
        self.header += [title for title in dict.fromkeys(titles) if title not in self.header]

    def show_points(self, title: str) -> None:
        """Write the numbers of a column so that none of their points seems to part thousands."""
        texts = with_clear_points([row.get(title, "") for row in self.rows])
        for row, text in zip(self.rows, texts, strict=True):
            row[title] = text

    def of(self, indicator: str) -> list[dict[str, str]]:
        """Return the rows of an indicator, however its id is spelled in them."""
        wanted = folded(indicator)
        return [row for row in self.rows if folded(row.get("indicator", "")) == wanted]

    def replace(self, indicator: str, rows: Sequence[Mapping[str, str]]) -> None:
        """Put rows in place of those of an indicator, or at the end."""
        old = {id(row) for row in self.of(indicator)}
        at = next((k for k, row in enumerate(self.rows) if id(row) in old), len(self.rows))
        before, after = self.rows[:at], self.rows[at:]
        kept = [row for row in after if id(row) not in old]
        self.rows = [*before, *(dict(row) for row in rows), *kept]


def read_rows(folder: Path, name: str, header: Sequence[str]) -> Rows:
    """Return a table of a folder, a new one with these headings if it is not there.

    Raises
    ------
    InputError
        If it is no CSV that can be added to.
    """
    path = folder / name
    location = Location(f"{folder.name}/{name}")
    if (folder / name).with_suffix(".xlsx").exists():
        raise InputError(
            "A workbook cannot be added to.",
            location=Location(f"{folder.name}/{path.with_suffix('.xlsx').name}"),
            mend="Save the sheet as CSV.",
        )
    if not path.exists():
        return Rows(list(header), [])
    text = read_text(folder, path)
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        with cells_limited():
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
            cells = [row for row in reader if any(row)]
    except csv.Error as error:
        raise malformed(error, location) from error
    if not cells:
        return Rows(list(header), [])
    titles = [folded(title.strip()) for title in cells[0]]
    if delimiter != ",":
        raise InputError(
            "Its cells are not parted by commas, so that it cannot be added to.",
            location=location,
            mend="Save it as CSV with commas.",
        )
    return Rows(titles, [dict(zip(titles, map(str.strip, row), strict=False)) for row in cells[1:]])


def naming(header: Sequence[str], iso3: str, name: str) -> dict[str, str]:
    """Return the cells that name a country in a table with these headings."""
    codes = [title for title in CODES if title in header]
    names = [title for title in NAMES if title in header]
    if not codes and names:
        return {names[0]: iso3, **dict.fromkeys(names[1:], name)}
    return {**dict.fromkeys(codes, iso3), **dict.fromkeys(names, name)}
