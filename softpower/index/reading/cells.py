"""The cells of a sheet, each as the workbook has it: where it is, its kind, what it holds."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from softpower.index.reading.package import NoWorkbookError, parse

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,10})")


@dataclass(slots=True)
class Cell:
    """One cell that says something."""

    row: int
    letters: str
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
        return f"{self.letters}{self.row}"


@cache
def column_of(letters: str) -> int:
    """Return the number of a column, counted from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


@cache
def letters_of(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def tell_cells(data: bytes, told: Callable[[Cell], None]) -> None:
    """Tell of each cell of a sheet that holds something or should, in the order of the file."""
    reader = _Reader(told)
    parse(data, reader.start, reader.end, reader.text)


class _Reader:
    """What is known of a sheet at the point that the parser has come to."""

    def __init__(self, told: Callable[[Cell], None]) -> None:
        self.told = told
        self.row = self.column = 0
        self.last = (0, 0)
        """Row and column of the last cell; those of a sound workbook rise."""
        self.cell: Cell | None = None
        self.texts: list[str] = []
        self.taken = self.spoken = False
        """Whether the text that comes is the value of the cell, or only its pronunciation."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        cell = self.cell
        if cell is not None:
            self._within(cell, name)
        elif name == "c":
            self.cell = self._cell(attributes)
        elif name == "row":
            before, self.row = self.row, _number(attributes.get("r"), self.row + 1)
            if self.row <= before:
                raise NoWorkbookError
            self.column = 0

    def _within(self, cell: Cell, name: str) -> None:
        if name == "f":
            cell.formula = True
        elif name == ("is" if cell.kind == "inlineStr" else "v"):
            if cell.valued:
                raise NoWorkbookError
            cell.valued = True
            self.taken = name == "v"
        elif name == "rPh":
            self.spoken = True
        elif name == "t":
            self.taken = cell.kind == "inlineStr" and not self.spoken

    def _cell(self, attributes: Mapping[str, str]) -> Cell:
        row, reference = self.row, attributes.get("r")
        if reference is None:
            self.column += 1
            letters = letters_of(self.column)
        else:
            at = _REFERENCE.fullmatch(reference)
            if at is None:
                raise NoWorkbookError
            row, letters = int(at[2]), at[1].upper()
            self.column = column_of(letters)
        here = (row, self.column)
        if not row or here <= self.last:
            raise NoWorkbookError
        self.last = here
        return Cell(row, letters, attributes.get("t", "n"), attributes.get("s", "0"))

    def text(self, text: str) -> None:
        if self.taken:
            self.texts.append(text)

    def end(self, name: str) -> None:
        cell = self.cell
        if cell is None:
            return
        if name == "c":
            self.cell = None
            cell.text = "".join(self.texts)
            self.texts.clear()
            if cell.text or cell.formula or cell.kind == "e":
                self.told(cell)
        elif name in ("v", "t"):
            self.taken = False
        elif name == "rPh":
            self.spoken = False


def _number(text: str | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not text.isascii() or not text.isdecimal() or len(text) > 10:
        raise NoWorkbookError
    return int(text)
