"""A file that is to be imported: its bytes, how they are text, and its rows."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from softpower.errors import InputError, Location, UsageError, did_you_mean
from softpower.index.layouts.encoding import Encoding, told_encoding
from softpower.index.reading.delimited import cells_limited, malformed
from softpower.index.reading.tables import Row, cell_text
from softpower.index.text import listed, shown

BLOCK = 2**20
"""Bytes that are read at once."""

STEP = 5_000
"""So many rows are read in one step."""

BEGINNING = 80
"""So many rows that hold something are looked at to tell a layout."""

WORKBOOKS = (".xlsx", ".xlsm")
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""How the bytes of a workbook begin, and how they did until 2007."""

PARQUET = b"PAR1"
"""How those of a Parquet file begin."""

DELIMITERS = ",;\t|"


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows that are read in one step."""

    rows: list[Row]
    draws: int
    """So many bytes of the file."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, opened: what it is, and where its rows are."""

    path: Path
    sha256: str
    size: int
    encoding: Encoding
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    """The sheets of a workbook that hold something and are not hidden."""
    beside: dict[str, Any] = field(default_factory=dict)
    """What the file of metadata beside it says."""

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return self.path.name

    def rows(self) -> Iterator[Row]:
        """Yield the rows that hold something; their cells have no space around them.

        Raises
        ------
        InputError
            If the file is no table; the message has the place.
        """
        for block in self.blocks():
            yield from block.rows

    def blocks(self) -> Iterator[Block]:
        """Yield the rows that hold something, so many at once.

        Raises
        ------
        InputError
            If the file is no table; the message has the place.
        """
        if self.sheets:
            yield Block(list(_of_sheet(self.path, self.file, self.sheet)), self.size)
            return
        with (
            self.path.open("rb") as raw,
            io.TextIOWrapper(raw, self.encoding.name, newline="") as text,
        ):
            rows, done = self._delimited(text), 0
            while taken := _next(rows):
                before, done = done, raw.tell()
                yield Block(taken, done - before)

    def _delimited(self, text: Iterable[str]) -> Iterator[Row]:
        reader = csv.reader(text, delimiter=self.delimiter, strict=True)
        line, strip = 1, str.strip
        try:
            for read in reader:
                cells = list(map(strip, read))
                if any(cells):
                    yield Row(line, cells)
                line = reader.line_num + 1
        except csv.Error as error:
            raise malformed(error, Location(self.file, line)) from error

    def beginning(self) -> list[Row]:
        """Return the first rows that hold something."""
        return list(islice(self.rows(), BEGINNING))

    def of(self, sheet: str) -> Source:
        """Return the same workbook with another sheet chosen."""
        return replace(self, sheet=sheet)


def opened(path: Path, encoding: str | None = None, sheet: str | None = None) -> Source:
    """Open a file for import.

    Parameters
    ----------
    path
        The file.
    encoding
        How its bytes are text, where a person says so.
    sheet
        The sheet of a workbook, where a person says so.

    Raises
    ------
    InputError
        If it cannot be read, or is neither text nor a workbook.
    UsageError
        If it has no such sheet, or the encoding is not known.
    """
    location = Location(path.name)
    try:
        digest, size = _digest(path)
    except OSError as error:
        raise InputError(
            f"It cannot be read: {error.strerror}.",
            location=Location(str(path)),
            mend="Correct the name, or allow softpower to read it.",
        ) from error
    if not size:
        raise InputError("It is empty.", location=location, mend="Download it again.")
    with path.open("rb") as file:
        beginning = file.read(4)
    if beginning == OLD:
        raise InputError(
            "It is a workbook of the old kind .xls, which is not read.",
            location=location,
            mend="Save it as .xlsx.",
        )
    if beginning == PARQUET:
        raise InputError(
            "It is a Parquet file, which is read from Python.",
            location=location,
            mend=f"In Python: softpower.index_from({str(path)!r}). Or save it as CSV.",
        )
    if beginning == ZIP:
        _refuse_archive(path)
    if beginning == ZIP or path.suffix.lower() in WORKBOOKS:
        return _workbook(path, digest, size, sheet)
    if sheet is not None:
        raise UsageError(
            f"{path.name} has no sheet {shown(sheet)}, for it is no workbook.",
            mend="Leave `sheet` out.",
        )
    found = told_encoding(path, encoding)
    delimiter = _delimiter(path, found)
    return Source(path, digest, size, found, delimiter, beside=_beside(path))


def _next(rows: Iterator[Row]) -> list[Row]:
    """Return the rows of a step, whose cells are no longer than is allowed."""
    with cells_limited():
        return list(islice(rows, STEP))


def _refuse_archive(path: Path) -> None:
    """Refuse a zip of several files, as publishers give them out, that is no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return
    if names and not any(name.endswith(("[Content_Types].xml", "content.xml")) for name in names):
        raise InputError(
            f"It is an archive, which holds {listed([shown(name) for name in names], 5)}.",
            location=Location(path.name),
            mend="Unpack it, and import the file of figures.",
        )


def _digest(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size


def _delimiter(path: Path, encoding: Encoding) -> str:
    """Return what parts the cells: what gives the most rows of the same width."""
    with path.open(encoding=encoding.name, newline="") as file:
        lines = list(islice(file, BEGINNING))
    return max(DELIMITERS, key=lambda mark: _agreement(lines, mark))


def _agreement(lines: Sequence[str], mark: str) -> int:
    widths: dict[int, int] = {}
    try:
        with cells_limited():
            for cells in csv.reader(lines, delimiter=mark):
                widths[len(cells)] = widths.get(len(cells), 0) + 1
    except csv.Error:
        return 0
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _beside(path: Path) -> dict[str, Any]:
    """Return what the file of metadata says that is downloaded with a table."""
    metadata = path.with_name(f"{path.stem}.metadata.json")
    if not metadata.is_file():
        return {}
    try:
        said = json.loads(metadata.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(
            "It is not well-formed JSON.",
            location=Location(metadata.name),
            mend="Download it again, or remove it; it stands beside the table and describes it.",
        ) from error
    return said if isinstance(said, dict) else {}


def _workbook(path: Path, digest: str, size: int, sheet: str | None) -> Source:
    from softpower.index.reading.workbook import sheets_of

    found = sheets_of(path, path.name)
    if sheet is not None and sheet not in found:
        raise UsageError(
            f"{path.name} has no sheet {shown(sheet)}.", mend=did_you_mean(sheet, found)
        )
    if not found:
        mend = "Look whether the figures stand in another file."
        raise InputError("No sheet holds anything.", location=Location(path.name), mend=mend)
    return Source(path, digest, size, Encoding("", ""), "", sheet or found[0], tuple(found))


def _of_sheet(path: Path, name: str, sheet: str) -> Iterator[Row]:
    from softpower.index.reading.workbook import read_sheet

    values, _ = read_sheet(path, name, "figures", sheet)
    for line, row in enumerate(values, start=1):
        cells = [cell_text(value) for value in row]
        if any(cells):
            yield Row(line, cells)


def named_sheets(sheets: Sequence[str]) -> str:
    """Return the sheets of a workbook as a message lists them."""
    return listed([shown(sheet) for sheet in sheets])
