"""A workbook in place of a folder: a sheet for each table, and one for what index.toml says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from shlex import quote
from typing import Any, get_args

from softpower.errors import InputError, Location
from softpower.index.declared import FileReading, IndexFile, TableName
from softpower.index.find import METHODOLOGY
from softpower.index.reading.cells import letters_of
from softpower.index.reading.content import contained
from softpower.index.reading.keys import declared_by, read_keys
from softpower.index.reading.locate import Lines
from softpower.index.reading.store import FIGURES, Store, named
from softpower.index.reading.tables import Numbers, RawTable, sheet_rows, tabular
from softpower.index.reading.workbook import read_sheet, sheets_of
from softpower.index.text import listed, shown


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
        return named(declared, self.path.stem), lines

    def _rows(self, title: str | None) -> list[list[Any]]:
        """Return the rows of the sheet methodology."""
        if title is None:
            raise InputError(
                f"It has no sheet {METHODOLOGY}.",
                location=Location(self.name),
                mend="A workbook that is an index has sheets figures, indicators and methodology, "
                "the latter with columns key and value. Sheets that hold something here, and are "
                f"not hidden: {listed(self._sheets) or 'none'}. Of a plain table a folder is made "
                f"by softpower new my-index --from {quote(str(self.path))}",
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
