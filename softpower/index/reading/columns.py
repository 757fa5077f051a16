"""Which columns of a table name the unit of each row."""

from __future__ import annotations

from softpower.index.reading.table import Table
from softpower.index.reading.titles import CODES, MEASURE, NAMES
from softpower.index.reading.units import UnitRegister
from softpower.index.units import Unit


def naming_columns(table: Table, register: UnitRegister) -> tuple[list[int], list[int]]:
    """Return the columns with codes of units, and those with their names."""
    at = table.at
    codes = [at[title] for title in CODES if title in at]
    names = [at[title] for title in NAMES if title in at]
    if MEASURE not in at:
        return codes, names
    measure = at[MEASURE]
    if _is_long(table):
        others = names or codes
        ranked = not others or (
            (register.world or not names)
            and _holds_names(table, measure, register)
            and _pairs_off(table, measure, others[0])
        )
        return codes, [measure, *names] if ranked else names
    if register.closed:
        known = [column for column in (measure, *names) if _holds_names(table, column, register)]
        return codes, known or [measure]
    return codes, [name for name in names if _differs(table, name)] or [measure]


def _is_long(table: Table) -> bool:
    return {"indicator", "value"} <= set(table.header)


def _holds_names(table: Table, at: int, register: UnitRegister) -> bool:
    """Say whether most texts of a column are names of units, where these are known."""
    texts = {*table.texts(at)}
    known = sum(isinstance(register.judge(text), Unit) for text in texts)
    return register.closed and 2 * known > len(texts)


def _pairs_off(table: Table, at: int, other: int) -> bool:
    """Say whether most texts of a column have their own beside them; kg, also a code, has many."""
    pairs = {*zip(table.texts(at), table.texts(other), strict=True)}
    return len(pairs) < 2 * len({text for text, _ in pairs})


def _differs(table: Table, at: int) -> bool:
    """Say whether a column has another text in each row, so that it can name what is ranked."""
    return len({*table.texts(at)}) == len(table.rows)
