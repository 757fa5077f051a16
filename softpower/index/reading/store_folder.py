"""An index in a folder, and which of a folder and a workbook it stands in."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from softpower.errors import InputError
from softpower.index.declared import FileReading, IndexFile, TableName
from softpower.index.find import DECLARATION, is_bare
from softpower.index.name import is_place
from softpower.index.reading.content import ENCODING, contained, read_bytes
from softpower.index.reading.declaration import read_declaration
from softpower.index.reading.locate import Lines
from softpower.index.reading.store import Store, named
from softpower.index.reading.tables import RawTable, find_table, read_table

MEND = "An index folder holds a file index.toml, or figures.csv; see: softpower new"


def store_of(path: Path) -> Store:
    """Return where an index stands: a folder, or else a workbook."""
    path = path.resolve()
    if not is_place(str(path)) or path.is_dir():
        return FolderStore(path)
    from softpower.index.reading.store_workbook import WorkbookStore

    return WorkbookStore(path)


class FolderStore(Store):
    """A folder with a file for each table."""

    documented = True

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._held: dict[Path, bytes] = {}
        """What was read already: the hash is of the bytes that the tables were read from."""

    def declaration(self) -> tuple[IndexFile | None, Lines]:
        """Return what index.toml says; nothing where there are figures alone."""
        path = self.path / DECLARATION
        there = os.path.lexists(path)
        self.bare = not there and is_bare(self.path)
        try:
            text = "" if self.bare else self._read(self.path, path).decode(ENCODING)
        except InputError as error:
            self.problems.error(error.what, error.location, error.mend if there else MEND)
            return None, Lines("")
        declared, lines = read_declaration(text, self.problems)
        return named(declared, self.name), lines

    def find(self, stem: str, reading: FileReading | None = None) -> str | None:
        """Return the name of the file, whichever ending it has."""
        del reading
        path = find_table(self.path, stem)
        return path.name if path is not None else None

    def table(self, part: str, table: TableName, reading: FileReading | None) -> RawTable:
        """Return what a file holds."""
        return read_table(self.path, self.path / part, table, reading, self._read)

    def files(self, parts: list[str]) -> Mapping[str, bytes]:
        """Return these files."""
        names = {*parts, *(() if self.bare else (DECLARATION,))}
        paths = sorted(self.path / name for name in names)
        return {
            path.name: self._held.get(path) or contained(self.path, path).read_bytes()
            for path in paths
        }

    def _read(self, folder: Path, path: Path) -> bytes:
        """Return what a file holds, and hold it."""
        held = self._held[path] = read_bytes(folder, path)
        return held
