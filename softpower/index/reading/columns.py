"""Which columns of a table name the unit of each row."""

from __future__ import annotations

from softpower.index.reading.tables import RawTable
from softpower.index.reading.units import UnitRegister
from softpower.index.units import Unit

CODES = ("iso3", "code")
NAMES = ("country", "name")
MEASURE = "unit"
"""What is ranked; but in a long table that has another such column, what figures are counted in."""

UNIT_COLUMNS = (*CODES, *NAMES, MEASURE)
"""What the columns that name the unit may be called."""


def naming_columns(sheet: RawTable, register: UnitRegister) -> tuple[list[int], list[int]]:
    """Return the columns with codes of units, and those with their names."""
    at = {title: position for position, title in enumerate(sheet.header)}
    codes = [at[title] for title in CODES if title in at]
    names = [at[title] for title in NAMES if title in at]
    if MEASURE not in at:
        return codes, names
    measure = at[MEASURE]
    if _is_long(sheet):
        others = names or codes
        ranked = not others or (
            (register.world or not names)
            and _holds_names(sheet, measure, register)
            and _pairs_off(sheet, measure, others[0])
        )
        return codes, [measure, *names] if ranked else names
    if register.closed:
        known = [column for column in (measure, *names) if _holds_names(sheet, column, register)]
        return codes, known or [measure]
    return codes, [name for name in names if _differs(sheet, name)] or [measure]


def _is_long(sheet: RawTable) -> bool:
    return {"indicator", "value"} <= set(sheet.header)


def _holds_names(sheet: RawTable, at: int, register: UnitRegister) -> bool:
    """Say whether most texts of a column are names of units, where these are known."""
    texts = {row.cells[at] for row in sheet.rows}
    known = sum(isinstance(register.judge(text), Unit) for text in texts)
    return register.closed and 2 * known > len(texts)


def _pairs_off(sheet: RawTable, at: int, other: int) -> bool:
    """Say whether most texts of a column have their own beside them; kg, also a code, has many."""
    pairs = {(row.cells[at], row.cells[other]) for row in sheet.rows}
    return len(pairs) < 2 * len({text for text, _ in pairs})


def _differs(sheet: RawTable, at: int) -> bool:
    """Say whether a column has another text in each row, so that it can name what is ranked."""
    return len({row.cells[at] for row in sheet.rows}) == len(sheet.rows)
