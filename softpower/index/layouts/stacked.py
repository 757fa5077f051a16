"""Headings that stand in several rows: merged ones above, units beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from softpower.index.layouts.base import YEAR, Head, cell
from softpower.index.reading.tables import Row


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above one column of figures."""

    title: str
    """The words above it, from the top down; empty if there is only a year."""
    year: str
    unit: str


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of a table, and the line of the last of them."""

    line: int
    columns: dict[int, Heading]


def stacked(head: Head, at: int, naming: Sequence[int]) -> Headings:
    """Return the headings of a table whose countries are named by some columns.

    Parameters
    ----------
    head
        The beginning of the file.
    at
        The row in which the naming columns have their headings.
    naming
        The columns that name countries or years, which hold no figures.
    """
    row = head.rows[at]
    before = head.rows[at - 1] if at else None
    above = before if before is not None and _merged(before, row, naming) else None
    below = _beneath(head.rows[at + 1 : at + 3], naming)
    if above is None and below and _spread(row, below[0], naming):
        above, row, below = row, below[0], below[1:]
    units = below[0] if below else None
    last = units or row
    width = max(len(row.cells), len(above.cells) if above is not None else 0)
    columns: dict[int, Heading] = {}
    group = ""
    for place in range(width):
        over = cell(above, place) if above is not None else ""
        group = over or group
        text = cell(row, place)
        if place in naming or not (text or over):
            continue
        parts = [part for part in (group if above is not None else "", text) if part]
        unit = cell(units, place) if units is not None else ""
        if YEAR.fullmatch(unit):
            parts, unit = [*parts, unit], ""
        year = next((part for part in parts if YEAR.fullmatch(part)), "")
        title = ": ".join(part for part in parts if part != year)
        columns[place] = Heading(title, year, unit.strip("()[] "))
    return Headings(last.line, columns)


def is_number(text: str) -> bool:
    """Say whether a text is a number as a program writes it."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def _merged(above: Row, row: Row, naming: Sequence[int]) -> bool:
    """Say whether a row holds headings that stand over several of those beneath."""
    said = [cell(above, at) for at in range(len(row.cells)) if at not in naming]
    filled = [text for text in said if text]
    blank = any(not text for text in said)
    return len(filled) > 1 and blank and not any(cell(above, at) for at in naming)


def _beneath(rows: Sequence[Row], naming: Sequence[int]) -> list[Row]:
    """Return the rows between the headings and the first country."""
    found: list[Row] = []
    for row in rows:
        named = any(cell(row, at) for at in naming)
        if named or any(is_number(text) and not YEAR.fullmatch(text) for text in row.cells):
            break
        found.append(row)
    return found


def _spread(row: Row, below: Row, naming: Sequence[int]) -> bool:
    """Say whether a heading stands over several: a cell beside it is empty, or says the same."""
    said = [cell(row, at) for at in range(len(below.cells)) if at not in naming]
    gap = any(cell(below, at) and not cell(row, at) for at in range(len(below.cells)))
    return gap or len(set(said)) < len(said)
