"""Whether a spreadsheet is small enough to be opened, found out before it is.

A file of a few kilobytes may unpack to gigabytes, and two cells in opposite corners of a sheet
make a table of seventeen thousand million cells.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from softpower.errors import InputError, Place

LARGEST_UNPACKED = 128 * 2**20
"""Bytes; the largest spreadsheet, unpacked, that is opened."""

MOST_CELLS = 4_000_000
"""The largest sheet that is opened, from its first cell to its last."""

_TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^<>]*)>")
_REFERENCE = re.compile(rb'\br="([A-Z]{0,3})(\d{1,7})"')


def check_extent(path: Path, name: str) -> None:
    """Do nothing if a spreadsheet is small enough to be opened.

    Raises
    ------
    InputError
        If it is not, or is no spreadsheet.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked <= LARGEST_UNPACKED and archive.testzip() is None:
                for member in archive.namelist():
                    if member.startswith("xl/worksheets/") and member.endswith(".xml"):
                        _check_sheet(archive.read(member), name)
                return
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError) as error:
        raise not_a_spreadsheet(name) from error
    if unpacked <= LARGEST_UNPACKED:
        raise not_a_spreadsheet(name)
    size, most = unpacked / 2**20, LARGEST_UNPACKED / 2**20
    raise InputError(
        f"It unpacks to {size:,.0f} MB; at most {most:.0f} are read.",
        place=Place(name),
        mend="Keep only the sheet that the index uses.",
    )


def not_a_spreadsheet(name: str) -> InputError:
    """Return the error of a file that is none."""
    return InputError(
        "It cannot be read as a spreadsheet.",
        place=Place(name),
        mend="Save it again as .xlsx, or as .csv.",
    )


def _check_sheet(data: bytes, name: str) -> None:
    row = column = rows = columns = 0
    for tag in _TAG.finditer(data):
        kind, attributes = tag.groups()
        at = _REFERENCE.search(attributes)
        if kind == b"row":
            row, column = (int(at[2]) if at else row + 1), 0
        else:
            column = _column(at[1]) if at and at[1] else column + 1
            if not attributes.endswith(b"/"):
                rows, columns = max(rows, row, int(at[2]) if at else 0), max(columns, column)
    if rows * columns > MOST_CELLS:
        raise InputError(
            f"A sheet reaches to row {rows:,} and column {columns:,}; {MOST_CELLS:,} cells are "
            "read at most.",
            place=Place(name),
            mend="Delete what stands far outside the table.",
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
