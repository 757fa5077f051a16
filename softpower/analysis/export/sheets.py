"""Sheets of a workbook as plain data: values, and formulas with the values that they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from softpower.index.reading.cells import letters_of

UNIT_COLUMNS = 2
"""The columns of a sheet of figures that name the unit: its code, and its name."""

TOP = 7
"""The row above the first unit of a sheet that computes, counted from 1; it has the headings."""


class Formula(NamedTuple):
    """A formula, with the value that it has: what the engine computed."""

    text: str
    value: float | str | bool
    array: bool = False
    """Whether it works on whole ranges inside, so that older programs must be told."""


class Fixed(NamedTuple):
    """What was computed by a method that has no formula, as a value."""

    value: float


Cell = str | float | bool | Formula | Fixed | None


@dataclass(slots=True)
class Sheet:
    """One sheet: rows of cells from A1 on."""

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    headings: int = 1
    """So many rows at the top are headings."""
    wide: bool = False
    """Whether its last column holds sentences."""
    computes: bool = False
    """Whether it has a row for each unit, named in the first two columns."""


class Grid(NamedTuple):
    """Where the figures of a stage stand: a sheet with a row for each unit."""

    sheet: str
    top: int
    """The row above the first unit, counted from 1."""
    columns: Mapping[str, int]
    """The column of each indicator or pillar, counted from 1."""

    def cell(self, row: int, name: str) -> str:
        """Return the cell of a unit, whose rows are counted from 0."""
        return f"{self.sheet}!{letters_of(self.columns[name])}{self.top + 1 + row}"

    def column(self, name: str, units: int) -> str:
        """Return the cells of all units."""
        letters = letters_of(self.columns[name])
        return f"{self.sheet}!{letters}${self.top + 1}:{letters}${self.top + units}"

    def above(self, row: int, name: str) -> str:
        """Return a cell above the units, by its row counted from 1."""
        return f"{self.sheet}!{letters_of(self.columns[name])}${row}"

    def run(self, row: int, names: Sequence[str], *, fixed: bool = False) -> str:
        """Return neighbouring cells in a row of the sheet, counted from 1."""
        first, last = letters_of(self.columns[names[0]]), letters_of(self.columns[names[-1]])
        mark = "$" if fixed else ""
        return f"{self.sheet}!{first}{mark}{row}:{last}{mark}{row}"


def grid(sheet: str, names: Sequence[str], top: int = TOP) -> Grid:
    """Return where figures stand, from left to right beside the columns that name the unit."""
    return Grid(sheet, top, {name: at for at, name in enumerate(names, start=UNIT_COLUMNS + 1)})


def neighbours(names: Sequence[str], of: Mapping[str, Grid]) -> Iterator[tuple[Grid, list[str]]]:
    """Yield names in groups that stand side by side, each with its grid."""
    group: list[str] = []
    for name in names:
        there = of[name]
        if group:
            last = of[group[-1]]
            beside = there.columns[name] == last.columns[group[-1]] + 1
            if there.sheet == last.sheet and beside:
                group.append(name)
                continue
            yield last, group
        group = [name]
    if group:
        yield of[group[-1]], group
