"""Tables as people save them: CSV in its dialects, and spreadsheets, as rows of text."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from softpower.errors import FolderError, InputError, Location, Problem
from softpower.index.declared import FileReading
from softpower.index.ids import folded
from softpower.index.reading.content import contained, read_bytes
from softpower.index.reading.delimited import AT_ONCE, Delimited
from softpower.index.reading.numerals import Mark, Numerals, Real
from softpower.index.reading.plain import Columns, plain_columns
from softpower.index.text import shown

MOST_COLUMNS = 5_000
"""The widest table that is read."""

ENDINGS = (".csv", ".xlsx")

OF_FIGURES = ("figures", "history")
"""The tables that may have millions of cells."""


class Row(NamedTuple):
    """One row below the header: the line it is on, and its cells."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table with a header; cells are text without space around it."""

    file: str
    header: tuple[str, ...]
    rows: Sequence[Row]
    numerals: Numerals
    titles: tuple[str, ...] = ()
    """The headings as they are written."""
    remark: Problem | None = None
    """What to say of the workbook that it is a sheet of."""
    columns: Columns | None = None
    """The columns of a table of figures that were read while it was split into cells."""

    def location(self, line: int | None = None, column: str | None = None) -> Location:
        """Return a place in this table; the column is named as its heading is written."""
        if column in self.header and self.titles:
            column = self.titles[self.header.index(column)]
        return Location(self.file, line, f"column {column}" if column is not None else None)

    def texts(self, at: int) -> list[str]:
        """Return the texts of a column."""
        if self.columns is not None and at in self.columns.texts:
            return self.columns.texts[at].all()
        return [row.cells[at] for row in self.rows]

    def plain(self) -> Columns | None:
        """Return the columns of a table of figures if nothing in them is odd."""
        if self.columns is not None:
            return self.columns
        step, said = 1 + AT_ONCE // len(self.header), self.numerals
        cells = [row.cells for row in self.rows]
        blocks = (cells[k : k + step] for k in range(0, len(cells), step))
        return plain_columns(self.header, blocks, said.decimal, commas=said.commas)

    def number(self, row: Row, at: int) -> float | None:
        """Return the number that a cell holds, ``None`` for an empty one.

        Raises
        ------
        InputError
            With the place, what is wrong and how to mend it.
        """
        try:
            return self.numerals.number(row.cells[at], at)
        except InputError as error:
            raise self._placed(error, row, at) from error

    def with_points(self, row: Row, at: int) -> str:
        """Return a cell that holds two numbers with the decimal points that a program expects.

        Raises
        ------
        InputError
            With the place, if a number in it can be read in two ways.
        """
        try:
            return self.numerals.with_points(row.cells[at], at)
        except InputError as error:
            raise self._placed(error, row, at) from error

    def _placed(self, error: InputError, row: Row, at: int) -> InputError:
        """Return an error about a cell with its place."""
        location = self.location(row.line, self.header[at])
        return InputError(error.what, location=location, mend=error.mend)


def find_table(folder: Path, stem: str) -> Path | None:
    """Return the table of this name in a folder, whichever ending it has.

    Raises
    ------
    InputError
        If there are two.
    """
    found = [path for ending in ENDINGS if os.path.lexists(path := folder / f"{stem}{ending}")]
    if len(found) > 1:
        raise InputError(
            f"There is both {found[0].name} and {found[1].name}.",
            location=Location(folder.name),
            mend="Keep one of them.",
        )
    return found[0] if found else None


def read_table(
    folder: Path,
    path: Path,
    table: str,
    said: FileReading | None = None,
    read: Callable[[Path, Path], bytes] = read_bytes,
) -> RawTable:
    """Return a table of an index folder, from CSV or a spreadsheet.

    Parameters
    ----------
    folder
        The index folder.
    path
        The file in it.
    table
        Which table it is, such as ``figures``.
    said
        How ``index.toml`` says that it is to be read.
    read
        What reads the bytes of a file in a folder.

    Raises
    ------
    InputError
        If the file is not such a table; the message has the place.
    """
    said = said or FileReading()
    name = f"{folder.name}/{path.name}"
    remark = None
    if path.suffix.lower() == ".xlsx":
        rows, remark = _spreadsheet(contained(folder, path), name, table, said.sheet)
    elif said.sheet is not None:
        raise InputError(
            f"It has no sheet {shown(said.sheet)}, for it is no workbook.",
            location=Location(name),
            mend=f"Remove sheet under [files.{table}] in index.toml.",
        )
    else:
        text = Delimited(read(folder, path), name)
        numbers = Numbers(table, said.decimal, commas=text.delimiter == ",")
        columns = _by_columns(text, numbers) if table in OF_FIGURES else None
        return columns or tabular(_split(text), name, numbers)
    return tabular(rows, name, Numbers(table, said.decimal, commas=False), remark)


class Numbers(NamedTuple):
    """What is said of how the numbers of a table are written."""

    table: str
    """Which table it is, such as ``figures``."""
    decimal: Mark | None = None
    commas: bool = False
    """Whether the delimiter is the comma."""


def _split(text: Delimited) -> list[Row]:
    return [Row(line, cells) for line, cells in text.rows()]


class _SplitLater(Sequence[Row]):
    """The rows of a table beneath its header, split into cells when one of them is asked for."""

    def __init__(self, text: Delimited, count: int) -> None:
        self._text = text
        self._count = count

    @cached_property
    def _rows(self) -> list[Row]:
        return _split(self._text)[1:]

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __getitem__(self, at: Any) -> Any:
        return self._rows[at]


def _by_columns(text: Delimited, numbers: Numbers) -> RawTable | None:
    """Return a table of figures, ``None`` if anything in it is odd."""
    blocks = text.blocks()
    try:
        heading, *rows = next(blocks, [list[str]()])
        titles = tuple(map(str.strip, heading))
        header = tuple(map(folded, titles))
        if not all(header) or len({*header}) < len(header) or len(header) > MOST_COLUMNS:
            return None
        columns = plain_columns(
            header, chain([rows] if rows else (), blocks), numbers.decimal, commas=numbers.commas
        )
    except csv.Error:
        return None
    if columns is None:
        return None
    later = _SplitLater(text, columns.count)
    numerals = Numerals(
        numbers.table, header, later, decimal=numbers.decimal, commas=numbers.commas
    )
    return RawTable(text.name, header, later, numerals, titles, columns=columns)


LAID_OUT = (
    "If the file stands as its publisher gives it, with lines above the header or a column for "
    "each year, softpower import FILE reads it."
)
"""What is said where a table may not be one of an index folder."""


def _mend_of(row: Row, width: int) -> str:
    """Return how a row of another width than the header is mended."""
    mend = "Give every row one cell for each column, empty where nothing is known."
    if len(row.cells) > width:
        mend += " A cell that holds a comma stands in quotation marks."
    return f"{mend} {LAID_OUT}" if len(row.cells) > width + 1 else mend


def tabular(
    rows: Sequence[Row], name: str, numbers: Numbers, remark: Problem | None = None
) -> RawTable:
    """Return rows, the first of which is the header, as a table.

    Raises
    ------
    InputError
        If there is no row, a heading is missing or stands there twice, or rows are of uneven width.
    """
    if not rows:
        raise InputError("It is empty.", location=Location(name), mend="Give it a header and rows.")
    header = _header(rows[0], name)
    width = len(header)
    uneven = [row for row in rows if len(row.cells) != width and not _cut(row, width)]
    if uneven:
        problems = [
            Problem(
                f"It has {_count(len(row.cells), 'cell')} where the header has {width}.",
                Location(name, row.line),
                _mend_of(row, width),
            )
            for row in uneven
        ]
        raise FolderError(name, problems)
    beneath = tuple(rows[1:])
    numerals = Numerals(
        numbers.table, header, beneath, decimal=numbers.decimal, commas=numbers.commas
    )
    return RawTable(name, header, beneath, numerals, tuple(rows[0].cells[:width]), remark)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _cut(row: Row, width: int) -> bool:
    """Take empty cells beyond the header off a row; say whether it has the right width then."""
    if not any(row.cells[width:]):
        del row.cells[width:]
    return len(row.cells) == width


def _header(row: Row, name: str) -> tuple[str, ...]:
    cells = list(row.cells)
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > MOST_COLUMNS:
        raise InputError(
            f"It has {_count(len(cells), 'column')}; at most {MOST_COLUMNS:,} are read.",
            location=Location(name, row.line),
            mend="Put each figure into a row of its own: country, indicator, value.",
        )
    header = tuple(map(folded, cells))
    seen: set[str] = set()
    for position, title in enumerate(header):
        if not title:
            raise InputError(
                f"Column {position + 1} has no heading.",
                location=Location(name, row.line),
                mend="Give it one, or remove the column.",
            )
        if title in seen:
            raise InputError(
                f"The column {shown(title)} stands there twice.",
                location=Location(name, row.line),
                mend="Remove one of them.",
            )
        seen.add(title)
    return header


def _spreadsheet(
    path: Path, name: str, table: str, sheet: str | None
) -> tuple[list[Row], Problem | None]:
    """Return the rows of a sheet, and what to say of the others."""
    from softpower.index.reading.workbook import read_sheet

    values, remark = read_sheet(path, name, table, sheet)
    return sheet_rows(values), remark


def sheet_rows(values: Sequence[Sequence[Any]]) -> list[Row]:
    """Return the rows of a sheet that hold something, as texts, each with its number."""
    rows = [
        Row(line, [cell_text(value) for value in row]) for line, row in enumerate(values, start=1)
    ]
    return [row for row in rows if any(row.cells)]


def cell_text(value: Any) -> str:
    """Return the text of a cell that holds a value of a program: its numbers are numbers."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Real(value)
    if isinstance(value, float):
        return Real(int(value) if value.is_integer() and abs(value) < 2**53 else repr(value))
    return str(value).strip()
