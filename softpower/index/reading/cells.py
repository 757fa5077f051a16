"""The cells of a sheet, each as the workbook has it: where it is, its kind, what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from softpower.index.reading.package import NoWorkbookError, parse

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,10})")


@dataclass(slots=True)
class Cell:
    """One cell that says something."""

    row: int
    column: int
    kind: str
    """The type of its value: ``n`` a number, ``s`` the place of a shared text, ``e`` an error."""
    style: str
    text: str = ""
    """What it holds; of a formula, what that came to when it was saved."""
    formula: bool = False
    valued: bool = False
    """Whether it states a value, be it an empty text."""

    @property
    def reference(self) -> str:
        """Return where it is, such as ``C7``."""
        letters, number = "", self.column
        while number:
            number, letter = divmod(number - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.row}"


def tell_cells(data: bytes, told: Callable[[Cell], None]) -> None:
    """Tell of each cell of a sheet that holds something or should, in the order of the file."""
    reader = _Reader(told)
    parse(data, reader.start, reader.end, reader.text)


class _Reader:
    """What is known of a sheet at the point that the parser has come to."""

    def __init__(self, told: Callable[[Cell], None]) -> None:
        self.told = told
        self.row = self.column = 0
        self.cell: Cell | None = None
        self.texts: list[str] = []
        self.within: list[str] = []
        """The elements of the cell that are open."""
        self.value = "v"
        """The element of the cell that has its value."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        cell = self.cell
        if cell is not None:
            self.within.append(name)
            cell.formula = cell.formula or name == "f"
            if self.within == [self.value]:
                if cell.valued:
                    raise NoWorkbookError
                cell.valued = True
        elif name == "row":
            self.row, self.column = _number(attributes.get("r"), self.row + 1), 0
        elif name == "c":
            self.cell = self._cell(attributes)
            self.value = "is" if self.cell.kind == "inlineStr" else "v"

    def _cell(self, attributes: Mapping[str, str]) -> Cell:
        row, self.column = self.row, self.column + 1
        if "r" in attributes:
            at = _REFERENCE.fullmatch(attributes["r"])
            if at is None:
                raise NoWorkbookError
            row, self.column = _number(at[2], 0), 0
            for letter in at[1].upper():
                self.column = self.column * 26 + ord(letter) - ord("A") + 1
        if not row:
            raise NoWorkbookError
        return Cell(row, self.column, attributes.get("t", "n"), attributes.get("s", "0"))

    def text(self, text: str) -> None:
        within = self.within
        if within[:1] != [self.value]:
            return
        if within == ["v"] or (within[-1] == "t" and "rPh" not in within):
            self.texts.append(text)

    def end(self, name: str) -> None:
        if self.cell is None:
            return
        if self.within:
            self.within.pop()
        elif name == "c":
            cell, self.cell = self.cell, None
            cell.text = "".join(self.texts)
            self.texts.clear()
            if cell.text or cell.formula or cell.kind == "e":
                self.told(cell)


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not text.isascii() or not text.isdecimal() or len(text) > 10:
        raise NoWorkbookError
    return int(text)
