"""Where what an index says stands: what a folder and a workbook have in common.

All else that reads an index speaks of files by their names in a folder; a workbook has a sheet in
place of each, and says so in messages.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

from softpower.index.declared import FileReading, IndexFile, TableName
from softpower.index.ids import PATTERN
from softpower.index.reading.locate import Lines
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.tables import RawTable

FIGURES = "figures"
"""The table that an index may do with alone."""


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


def named(declared: IndexFile | None, name: str) -> IndexFile | None:
    """Return what is declared with an id, which is made of a name where none is stated."""
    if declared is None or declared.id:
        return declared
    plain = "-".join(re.findall("[a-z0-9]+", name.casefold())) or "index"
    made = name if re.fullmatch(PATTERN, name) else plain
    return declared.model_copy(update={"id": made})
