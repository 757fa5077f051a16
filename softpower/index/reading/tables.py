"""Tables as people save them: CSV in its dialects, and spreadsheets, as rows of text."""

from __future__ import annotations

import csv
import io
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from softpower.errors import FolderError, InputError, Location, Problem
from softpower.index.declared import FileReading
from softpower.index.ids import folded
from softpower.index.reading.numerals import Mark, Numerals, Real
from softpower.index.text import shown

LARGEST_FILE = 16 * 2**20
"""Bytes; the largest file that is read."""

LONGEST_CELL = 131_072
"""The most characters of a cell of CSV."""

MOST_COLUMNS = 5_000
"""The widest table that is read."""

ENDINGS = (".csv", ".xlsx")

_CONTROL = bytes({*range(32), 127} - {*b"\t\n\r"})


class Row(NamedTuple):
    """One row below the header: the line it is on, and its cells."""

    line: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table with a header; cells are text without space around it."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    numerals: Numerals
    titles: tuple[str, ...] = ()
    """The headings as they are written."""
    remark: Problem | None = None
    """What to say of the workbook that it is a sheet of."""

    def location(self, line: int | None = None, column: str | None = None) -> Location:
        """Return a place in this table; the column is named as its heading is written."""
        if column in self.header and self.titles:
            column = self.titles[self.header.index(column)]
        return Location(self.file, line, f"column {column}" if column is not None else None)

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


def contained(folder: Path, path: Path) -> Path:
    """Return a path if it is an ordinary file inside the folder, after following links.

    Raises
    ------
    InputError
        If it leaves the folder, is not an ordinary file, or is too large.
    """
    location = Location(f"{folder.name}/{path.name}")
    try:
        real = path.resolve()
        inside = real.is_relative_to(folder.resolve())
        status = real.stat() if inside else None
    except FileNotFoundError as error:
        raise _no_file(path, location) from error
    except (OSError, RuntimeError, ValueError) as error:
        # A link to itself is an OSError or a RuntimeError, as the version of Python has it.
        if path.is_symlink():
            raise _no_file(path, location) from error
        reason = getattr(error, "strerror", None) or "this cannot be the name of a file"
        mend = "Give it another name, or allow softpower to read it."
        raise InputError(f"It cannot be read: {reason}.", location=location, mend=mend) from error
    if status is None:
        raise InputError(
            "It leads out of the index folder.",
            location=location,
            mend="Put the file itself into the folder.",
        )
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not an ordinary file"
        raise InputError(
            f"It is {kind}.", location=location, mend="Put a file of this name in its place."
        )
    if status.st_size > LARGEST_FILE:
        raise InputError(
            f"It has {status.st_size / 2**20:.0f} MB; at most {LARGEST_FILE / 2**20:.0f} are read.",
            location=location,
            mend="Keep only what the index uses.",
        )
    return real


def _no_file(path: Path, location: Location) -> InputError:
    if path.is_symlink():
        mend = "Put the file itself into the folder."
        return InputError("It is a link that leads nowhere.", location=location, mend=mend)
    mend = "Put it there, or correct its name."
    return InputError("There is no such file.", location=location, mend=mend)


def read_text(folder: Path, path: Path) -> str:
    """Return the text of a file inside the folder, in UTF-8 with or without a byte order mark.

    Raises
    ------
    InputError
        If it cannot be read as text.
    """
    location = Location(f"{folder.name}/{path.name}")
    try:
        data = contained(folder, path).read_bytes()
    except OSError as error:
        raise InputError(
            f"It cannot be read: {error.strerror}.",
            location=location,
            mend="Allow softpower to read it.",
        ) from error
    save = 'Save it again as text in UTF-8; a spreadsheet calls that "CSV UTF-8".'
    if len(data.translate(None, _CONTROL)) != len(data):
        position = next(i for i, byte in enumerate(data) if byte in _CONTROL)
        raise InputError(
            f"It is not a text file: it holds the control character U+{data[position]:04X}.",
            location=Location(location.file, _line(data, position)),
            mend=save,
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            "It is not text in UTF-8.",
            location=Location(location.file, _line(data, error.start)),
            mend=save,
        ) from error


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def read_table(folder: Path, path: Path, table: str, said: FileReading | None = None) -> RawTable:
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
        commas = False
    elif said.sheet is not None:
        raise InputError(
            f"It has no sheet {shown(said.sheet)}, for it is no workbook.",
            location=Location(name),
            mend=f"Remove sheet under [files.{table}] in index.toml.",
        )
    else:
        rows, commas = _delimited(read_text(folder, path), name)
    return tabular(rows, name, Numbers(table, said.decimal, commas=commas), remark)


class Numbers(NamedTuple):
    """What is said of how the numbers of a table are written."""

    table: str
    """Which table it is, such as ``figures``."""
    decimal: Mark | None = None
    commas: bool = False
    """Whether the delimiter is the comma."""


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


def _delimited(text: str, name: str) -> tuple[list[Row], bool]:
    """Return the rows, and whether the delimiter is the comma."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    first = text[start : end if end >= 0 else None]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line, strip = [], 1, str.strip
    try:
        with cells_limited():
            for read in reader:
                cells = list(map(strip, read))
                if any(cells):
                    rows.append(Row(line, cells))
                line = reader.line_num + 1
    except csv.Error as error:
        raise malformed(error, Location(name, line)) from error
    return rows, delimiter == ","


@contextmanager
def cells_limited() -> Iterator[None]:
    """Refuse longer cells than `LONGEST_CELL`, whatever a library has set for the process."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def malformed(error: csv.Error, location: Location) -> InputError:
    """Return what is wrong with a file that is no CSV, with the place and the mend."""
    if "field larger" in str(error):
        return InputError(
            f"A cell has more than {LONGEST_CELL:,} characters.",
            location=location,
            mend="Look for a quotation mark that is not closed, or shorten the cell.",
        )
    if "unexpected end" in str(error):
        return InputError(
            "A quotation mark is opened here and not closed.",
            location=location,
            mend='Close it; a quotation mark within a text is written twice: "".',
        )
    what = f"It is not well-formed CSV: {error}."
    if "expected after" in str(error):
        what = "A text goes on after its quotation mark is closed."
    return InputError(
        what,
        location=location,
        mend='Look at its quotation marks; one within a text is written twice: "".',
    )


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
