"""The tables of an index: which are there, what they hold, and the hash of what was read."""

from __future__ import annotations

import hashlib
from pathlib import Path

from softpower.errors import InputError, Location
from softpower.index.declared import FileReading, IndexFile, TableName
from softpower.index.find import DECLARATION
from softpower.index.reading.codes import Coded, written
from softpower.index.reading.indicators import IndicatorTable
from softpower.index.reading.locate import Lines
from softpower.index.reading.store import Store
from softpower.index.reading.tables import ENDINGS, RawTable
from softpower.index.text import NOT_SCORED, shown

CODED: tuple[TableName, ...] = ("figures", "history")
"""The tables of which some figures may be codes for what is missing."""


class IndexFiles:
    """The tables of one index while they are read.

    Parameters
    ----------
    store
        The folder or the workbook.
    declared, lines
        What its index.toml says, and where.
    """

    def __init__(self, store: Store, declared: IndexFile, lines: Lines) -> None:
        self.store = store
        self.declared = declared
        self.lines = lines
        self.problems = store.problems
        self.tables: dict[TableName, RawTable | None] = {}
        """The tables that are there; ``None`` where one cannot be read."""
        self.remarks: list[str] = []
        """What whoever reads an answer must know of how they were read."""
        self._read: list[str] = []

    def place(self, *path: str) -> Location:
        """Return where a key of index.toml stands."""
        return self.problems.file(DECLARATION, self.lines.of(path), ".".join(path))

    def path(self, table: TableName) -> str | None:
        """Return what holds a table, ``None`` if it is absent or there are two."""
        try:
            path = self.store.find(table, self.declared.files.get(table))
        except InputError as error:
            self.problems.caught(error)
            return None
        if path is not None:
            self._read.append(path)
        return path

    def path_of_figures(self, *, needed: bool) -> str | None:
        """Return what holds the figures, ``None`` with an error noted if they are ``needed``."""
        if (name := self.declared.figures.file) is not None:
            return self._named(name)
        before = self.problems.count
        path = self.path("figures")
        if path is None and self.problems.count == before and needed:
            self.problems.error(
                "There is no such file.",
                self.problems.file("figures.csv"),
                "Add the figures, or name the index that has them under [figures] from.",
            )
        return path

    def _named(self, name: str) -> str | None:
        """Return the file that index.toml names, ``None`` with an error noted."""
        path = Path(name)
        if not self.store.documented:
            what = "is a file, and the figures of a workbook are in a sheet of it"
            mend = "Name the sheet under files.figures.sheet, or remove the row."
        elif path.is_absolute() or ".." in path.parts or "\\" in name:
            what = "may lead out of the index folder"
            mend = "Put the file into the folder, and write its name alone."
        elif path.suffix.lower() not in ENDINGS:
            what, mend = "ends neither in .csv nor in .xlsx", "Save it as either."
        else:
            self._read.append(name)
            return name
        self.problems.error(f"{shown(name)} {what}.", self.place("figures", "file"), mend)
        return None

    def table(self, name: TableName, path: str | None) -> RawTable | None:
        """Return a table, ``None`` if it is absent or cannot be read."""
        if path is None:
            return None
        if name in self.tables:
            return self.tables[name]
        self.tables[name] = None
        try:
            table = self.store.table(path, name, self.declared.files.get(name))
        except InputError as error:
            self.problems.caught(error)
            return None
        self.tables[name] = table
        if table.remark is not None:
            self.problems.warn(table.remark.what, table.remark.location, table.remark.mend)
            self.remarks.append(str(table.remark))
        return table

    def without_codes(self, name: TableName, raw: RawTable, listed: IndicatorTable) -> RawTable:
        """Return a table of figures without codes for what is missing, which are counted."""
        everywhere = self.declared.files.get(name, FileReading()).missing_values
        own = {each: item.missing_values for each, item in listed.indicators.items()}
        coded = Coded(raw, everywhere, own)
        blanked = coded.blanked()
        self.remarks += filter(None, [coded.remark()])
        for code in coded.unused() if name == "figures" else ():
            self.problems.warn(
                f"No cell holds {written(code)}, which missing_values names.",
                Location(raw.file),
                "Correct the code, or remove it.",
            )
        return blanked

    def says_more(self) -> bool:
        """Say whether the tables are of more than figures and directions."""
        listed = self.tables.get("indicators")
        if "published" in self.tables or listed is None or "pillar" not in listed.header:
            return "published" in self.tables
        at = listed.header.index("pillar")
        return any(row.cells[at] not in ("", NOT_SCORED) for row in listed.rows)

    def check(self) -> None:
        """Note what is said of a table that is not there, or has nothing of the kind."""
        for table, said in self.declared.files.items():
            if said.missing_values and table not in CODED:
                self.problems.error(
                    f"The table {table} has no figures of which some could be missing.",
                    self.place("files", table, "missing_values"),
                    "Write it under [files.figures] or [files.history].",
                )
            if table not in self.tables and not self.problems.count:
                self.problems.error(
                    f"It says how to read a table {table}, which is not there.",
                    self.place("files", table),
                    "Remove it.",
                )

    def hash(self, more: str) -> str:
        """Return the hash of all files that were read, and of what is taken from elsewhere."""
        digest = hashlib.sha256()
        for name, data in self.store.files(self._read).items():
            digest.update(name.encode())
            digest.update(data)
        digest.update(more.encode())
        return digest.hexdigest()[:32]
