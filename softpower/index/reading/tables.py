"""Tables as people save them: CSV in its dialects, and spreadsheets, as rows of text."""

from __future__ import annotations

import csv
import io
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from softpower.errors import InputError, Place
from softpower.index.text import shown

LARGEST_FILE = 64 * 2**20
"""Bytes; the largest file that is read."""

ENDINGS = (".csv", ".xlsx")

NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


class Row(NamedTuple):
    """One row below the header: the line it is on, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with a header; cells are text without space around it."""

    file: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    decimal_comma: bool = False

    def place(self, line: int | None = None, column: str | None = None) -> Place:
        """Return a place in this table."""
        return Place(self.file, line, f"column {column}" if column is not None else None)

    def number(self, text: str) -> float | None:
        """Return the number that a cell holds, ``None`` for an empty one.

        Raises
        ------
        ValueError
            With a sentence that says what is wrong and how to mend it.
        """
        if not text:
            return None
        plain = text.replace(",", ".") if self.decimal_comma and "." not in text else text
        if not NUMBER.fullmatch(plain):
            raise ValueError(f"{shown(text)} is not a number. {_mend_number(text)}")
        number = float(plain)
        if number in (float("inf"), float("-inf")):
            raise ValueError(f"{shown(text)} is too large for a number.")
        return number


def _mend_number(text: str) -> str:
    if text.casefold() in {"n/a", "na", "nan", "null", "none", "..", "-", "–", "—", "missing"}:
        return "Leave the cell empty where a figure is missing."
    if NUMBER.fullmatch(re.sub(r"[,'’\s_]", "", text)):
        return "Write it without separators between thousands, and with a decimal point."
    if text.endswith("%"):
        return "Write it without the percent sign, and say % in the unit of the indicator."
    return "Write digits with a decimal point, or leave the cell empty."


def find_table(folder: Path, stem: str) -> Path | None:
    """Return the table of this name in a folder, whichever ending it has.

    Raises
    ------
    InputError
        If there are two.
    """
    found = [path for ending in ENDINGS if (path := folder / f"{stem}{ending}").exists()]
    if len(found) > 1:
        raise InputError(
            f"There is both {found[0].name} and {found[1].name}.",
            place=Place(folder.name),
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
    place = Place(f"{folder.name}/{path.name}")
    try:
        real = path.resolve(strict=True)
        status = real.stat()
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError("There is no such file.", place=place) from error
    if not real.is_relative_to(folder.resolve()):
        raise InputError(
            "It leads out of the index folder.",
            place=place,
            mend="Put the file itself into the folder.",
        )
    if not stat.S_ISREG(status.st_mode):
        raise InputError("It is not an ordinary file.", place=place)
    if status.st_size > LARGEST_FILE:
        raise InputError(
            f"It has {status.st_size / 2**20:.0f} MB; at most {LARGEST_FILE / 2**20:.0f} are read.",
            place=place,
            mend="Keep only the figures that the index uses.",
        )
    return real


def read_text(folder: Path, path: Path) -> str:
    """Return the text of a file inside the folder, in UTF-8 with or without a byte order mark.

    Raises
    ------
    InputError
        If it cannot be read as text.
    """
    place = Place(f"{folder.name}/{path.name}")
    try:
        data = contained(folder, path).read_bytes()
    except OSError as error:
        raise InputError(f"It cannot be read: {error.strerror}.", place=place) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            "It is not text in UTF-8.",
            place=Place(place.file, line),
            mend='Save it again as "CSV UTF-8" or with the encoding UTF-8.',
        ) from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError("It is not a text file.", place=Place(place.file, line))
    return text


def read_table(folder: Path, path: Path) -> Sheet:
    """Return a table of an index folder, from CSV or a spreadsheet.

    Raises
    ------
    InputError
        If the file is not such a table; the message has the place.
    """
    name = f"{folder.name}/{path.name}"
    if path.suffix.lower() == ".xlsx":
        rows, comma = _spreadsheet(contained(folder, path), name), False
    else:
        rows, comma = _delimited(read_text(folder, path), name)
    filled = [row for row in rows if any(row.cells)]
    if not filled:
        raise InputError("It is empty.", place=Place(name), mend="Give it a header and rows.")
    header = _header(filled[0], name)
    width = len(header)
    for row in filled[1:]:
        if len(row.cells) < width or any(row.cells[width:]):
            raise InputError(
                f"It has {len(row.cells)} cells where the header has {width}.",
                place=Place(name, row.line),
                mend="Give every row one cell for each column, empty where nothing is known.",
            )
    return Sheet(name, header, tuple(Row(r.line, r.cells[:width]) for r in filled[1:]), comma)


def _header(row: Row, name: str) -> tuple[str, ...]:
    cells = list(row.cells)
    while cells and not cells[-1]:
        cells.pop()
    header = tuple(cell if ":" in cell else cell.casefold().replace(" ", "_") for cell in cells)
    for position, title in enumerate(header):
        if not title:
            raise InputError(
                f"Column {position + 1} has no heading.", place=Place(name, row.line)
            )
        if title in header[:position]:
            raise InputError(
                f"The column {shown(title)} stands there twice.",
                place=Place(name, row.line),
                mend="Remove one of them.",
            )
    return header


def _delimited(text: str, name: str) -> tuple[list[Row], bool]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple([cell.strip() for cell in cells])))
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"It is not well-formed CSV: {error}.",
            place=Place(name, line),
            mend="Look for a quotation mark that is not closed.",
        ) from error
    return rows, delimiter != ","


def _spreadsheet(path: Path, name: str) -> list[Row]:
    import python_calamine

    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            values = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (python_calamine.CalamineError, OSError, ValueError, IndexError) as error:
        raise InputError(
            "It cannot be read as a spreadsheet.",
            place=Place(name),
            mend="Save it again as .xlsx, or as .csv.",
        ) from error
    return [Row(line, tuple(map(_cell, row))) for line, row in enumerate(values, start=1)]


def _cell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return repr(value) if isinstance(value, float) else str(value).strip()
