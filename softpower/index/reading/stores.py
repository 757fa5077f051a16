"""Where what an index says stands: in the files of a folder, or in the sheets of a workbook.

All else that reads an index speaks of files by their names in a folder; a workbook has a sheet in
place of each, and says so in messages.
"""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

from softpower.errors import InputError, Location
from softpower.index.declared import FileReading, IndexFile, TableName
from softpower.index.find import DECLARATION, METHODOLOGY, is_bare
from softpower.index.ids import PATTERN
from softpower.index.reading.cells import letters_of
from softpower.index.reading.declaration import read_declaration
from softpower.index.reading.keys import declared_by, read_keys
from softpower.index.reading.locate import Lines
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.tables import (
    Numbers,
    RawTable,
    contained,
    find_table,
    read_table,
    read_text,
    sheet_rows,
    tabular,
)
from softpower.index.reading.workbook import read_sheet, sheets_of
from softpower.index.text import listed, shown

MEND = "An index folder holds a file index.toml, or figures.csv; see: softpower new"

FIGURES = "figures"
"""The table that an index may do with alone."""


def store_of(path: Path) -> Store:
    """Return where an index stands: a folder, or else a workbook."""
    path = path.resolve()
    return FolderStore(path) if path.is_dir() else WorkbookStore(path)


class Store(ABC):
    """A folder or a workbook, in which the tables of an index stand."""

    documented: bool
    """Whether there can be a README.md."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        """What messages call it."""
        self.problems = ProblemCollector(path.name, self.said)
        self.bare = False
        """Whether nothing is declared, which an index may do without."""

    def said(self, text: str) -> str:
        """Return a message in which files are called what they are here."""
        return text

    @abstractmethod
    def declaration(self) -> tuple[IndexFile | None, Lines]:
        """Return what the index declares, or ``None`` with errors noted, and where."""

    @abstractmethod
    def find(self, stem: str, reading: FileReading | None = None) -> str | None:
        """Return the part that holds the table of a name, if there is one.

        Raises
        ------
        InputError
            If there are two.
        """

    @abstractmethod
    def table(self, part: str, table: TableName, reading: FileReading | None) -> RawTable:
        """Return a table.

        Raises
        ------
        InputError
            If the part is no table; the message has the place.
        """

    @abstractmethod
    def files(self, parts: list[str]) -> Mapping[str, bytes]:
        """Return the files that some parts stand in, by name, in an order of its own."""


class FolderStore(Store):
    """A folder with a file for each table."""

    documented = True

    def declaration(self) -> tuple[IndexFile | None, Lines]:
        """Return what index.toml says; nothing where there are figures alone."""
        path = self.path / DECLARATION
        there = os.path.lexists(path)
        self.bare = not there and is_bare(self.path)
        try:
            text = "" if self.bare else read_text(self.path, path)
        except InputError as error:
            self.problems.error(error.what, error.location, error.mend if there else MEND)
            return None, Lines("")
        declared, lines = read_declaration(text, self.problems)
        return _named(declared, self.name), lines

    def find(self, stem: str, reading: FileReading | None = None) -> str | None:
        """Return the name of the file, whichever ending it has."""
        del reading
        path = find_table(self.path, stem)
        return path.name if path is not None else None

    def table(self, part: str, table: TableName, reading: FileReading | None) -> RawTable:
        """Return what a file holds."""
        return read_table(self.path, self.path / part, table, reading)

    def files(self, parts: list[str]) -> Mapping[str, bytes]:
        """Return these files."""
        names = {*parts, *(() if self.bare else (DECLARATION,))}
        paths = sorted(self.path / name for name in names)
        return {path.name: contained(self.path, path).read_bytes() for path in paths}


class WorkbookStore(Store):
    """A workbook with a sheet for each table, and the sheet methodology in place of index.toml."""

    documented = False

    def __init__(self, path: Path) -> None:
        tables = "|".join(get_args(TableName))
        self._place = re.compile(rf"{re.escape(path.name)}/(?:(index)\.toml|({tables})\.csv)")
        self._file = re.compile(rf"\b(?:(index)\.toml|({tables})\.csv)")
        super().__init__(path)
        self._sheets: list[str] = []
        self.stated: dict[str, Any] = {}
        """What the sheet methodology states, as index.toml would."""

    def said(self, text: str) -> str:
        """Return a message that speaks of sheets."""

        def sheet(found: re.Match[str]) -> str:
            return f"sheet {METHODOLOGY if found[1] else found[2]}"

        text = self._place.sub(lambda found: f"{self.name}, {sheet(found)}", text)
        return (
            self._file.sub(sheet, text)
            .replace("no such file", "no such sheet")
            .replace("as the folder does not say", "as the workbook does not say")
        )

    def declaration(self) -> tuple[IndexFile | None, Lines]:
        """Return what the keys of the sheet methodology say; nothing if there is but figures."""
        try:
            self._sheets = sheets_of(contained(self.path.parent, self.path), self.name)
            title = self.find(METHODOLOGY)
            self.bare = title is None and self.find(FIGURES) is not None
            rows = [] if self.bare else self._rows(title)
        except InputError as error:
            self.problems.caught(error)
            return None, Lines("")
        self.stated, lines = ({}, Lines("")) if self.bare else read_keys(rows, self.problems)
        if self.problems.count:
            return None, lines
        declared = declared_by(self.stated, lines, self.problems)
        return _named(declared, self.path.stem), lines

    def _rows(self, title: str | None) -> list[list[Any]]:
        """Return the rows of the sheet methodology."""
        if title is None:
            raise InputError(
                f"It has no sheet {METHODOLOGY}.",
                location=Location(self.name),
                mend="A workbook that is an index has sheets figures, indicators and methodology, "
                "the latter with columns key and value. Sheets that hold something here, and are "
                f"not hidden: {listed(self._sheets) or 'none'}.",
            )
        return read_sheet(self.path, self.name, METHODOLOGY, title)[0]

    def find(self, stem: str, reading: FileReading | None = None) -> str | None:
        """Return the title of the sheet, whatever the case of its letters."""
        if reading is not None and reading.sheet is not None:
            return reading.sheet
        found = [title for title in self._sheets if title.strip().casefold() == stem]
        if len(found) > 1:
            raise InputError(
                f"There is both a sheet {shown(found[0])} and a sheet {shown(found[1])}.",
                location=Location(self.name),
                mend="Keep one of them.",
            )
        return found[0] if found else None

    def table(self, part: str, table: TableName, reading: FileReading | None) -> RawTable:
        """Return what a sheet holds."""
        values, _ = read_sheet(self.path, self.name, table, part)
        decimal = reading.decimal if reading is not None else None
        read = tabular(sheet_rows(values), self._named(part), Numbers(table, decimal))
        return SheetTable(*(getattr(read, field.name) for field in fields(RawTable)))

    def files(self, parts: list[str]) -> Mapping[str, bytes]:
        """Return the workbook."""
        del parts
        return {self.name: self.path.read_bytes()}

    def _named(self, title: str) -> str:
        return f"{self.name}, sheet {title}"


def _named(declared: IndexFile | None, name: str) -> IndexFile | None:
    """Return what is declared with an id, which is made of a name where none is stated."""
    if declared is None or declared.id:
        return declared
    plain = "-".join(re.findall("[a-z0-9]+", name.casefold())) or "index"
    made = name if re.fullmatch(PATTERN, name) else plain
    return declared.model_copy(update={"id": made})


@dataclass(frozen=True, slots=True)
class SheetTable(RawTable):
    """A table whose columns are known by their letters too."""

    def location(self, line: int | None = None, column: str | None = None) -> Location:
        """Return a place in this sheet."""
        if column is None or column not in self.header:
            return RawTable.location(self, line, column)
        return Location(
            self.file, line, f"column {letters_of(self.header.index(column) + 1)} ({column})"
        )
