"""How one cell prints: digits, signs, arrows, and characters that must not reach a terminal."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from softpower.answer import Cell, Column, Table

MISSING = "–"
"""What stands for a missing figure where a person reads it."""

FIGURE_SPACE = "\u2007"
"""A blank as wide as a digit, for what has letters of more than one width."""

_MORE_DIGITS = 4
"""So many more digits than usual a figure may be printed with to be told from another."""

NOTHING = 1e-200
"""A length that is not drawn: nothing can be measured by it."""

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)
_BREAKS = re.compile("\r\n|[\t\n\v\f\r\u0085\u2028\u2029]")


def clean(text: str, keep: str = "") -> str:
    """Return the text with every character that could steer a terminal made visible as U+FFFD.

    Parameters
    ----------
    text
        Any text, also with lone surrogates or escape sequences.
    keep
        Control characters that may stay.
    """
    return _UNSAFE.sub(lambda found: found[0] if found[0] in keep else "\ufffd", text)


def line(text: str) -> str:
    """Return the text as one safe line: breaks and tabs become spaces, the rest is cleaned."""
    return clean(_BREAKS.sub(" ", text))


def heading(column: Column) -> str:
    """Return the heading of a column with its unit, if it has one that its cells do not show."""
    shown = column.unit and not (column.kind == "percent" and column.unit == "%")
    return line(f"{column.title} ({column.unit})" if shown else column.title)


def is_right(column: Column) -> bool:
    """Say whether a column is aligned to the right."""
    return column.kind != "text"


def indent(text: str) -> tuple[int, str]:
    """Return the number of leading spaces, which show a tree, and the text after them."""
    bare = text.lstrip(" ")
    return len(text) - len(bare), bare


def decimal(value: float, digits: int, *, signed: bool = False, unicode: bool = True) -> str:
    """Return a number with a fixed count of decimals.

    Thousands are separated from 10,000 on. Zero has no sign, and a number too large to be read
    digit by digit is printed with an exponent.
    """
    if not math.isfinite(value):
        text = str(abs(value))
    elif abs(value) >= 1e15:
        text = f"{abs(value):.6g}"
    else:
        separator = "," if round(abs(value), digits) >= 10_000 else ""
        text = f"{abs(value):{separator}.{digits}f}"
    if not text.strip("0.,"):
        return text
    if value < 0:
        return ("−" if unicode else "-") + text
    return f"+{text}" if signed else text


def movement(places: float, *, unicode: bool = True) -> str:
    """Return a number of places as an arrow and a count; up is positive."""
    if places == 0:
        return "="
    arrow = ("▲ " if places > 0 else "▼ ") if unicode else ("^" if places > 0 else "v")
    return arrow + decimal(abs(places), 0 if float(places).is_integer() else 1)


def shown(cell: Cell, column: Column, *, unicode: bool = True, missing: str = MISSING) -> str:
    """Return a cell as a person reads it, at the precision of its column.

    Parameters
    ----------
    cell
        The cell; text in a column of numbers prints as it is.
    column
        The column it stands in.
    unicode
        Whether arrows and minus signs may leave ASCII.
    missing
        What stands for ``None``; where nothing moved that could be compared, nothing stands.
    """
    if cell is None:
        return "" if column.kind == "movement" else missing
    return line(cell) if isinstance(cell, str) else _figure(cell, column, unicode=unicode)


def _figure(cell: float, column: Column, *, unicode: bool) -> str:
    match column.kind:
        case "text":
            return str(cell) if isinstance(cell, int) else _significant(cell, unicode=unicode)
        case "integer":
            return decimal(cell, 0, unicode=unicode)
        case "number":
            return decimal(cell, column.digits, unicode=unicode)
        case "percent":
            return decimal(cell * 100, column.digits, unicode=unicode) + " %"
        case "change":
            return decimal(cell, column.digits, signed=True, unicode=unicode)
        case "movement":
            return movement(cell, unicode=unicode)


def _significant(value: float, *, unicode: bool) -> str:
    if 1e6 <= abs(value) < 1e15:
        return decimal(value, 0, unicode=unicode)
    text = f"{value:.6g}"
    return text.replace("-", "−") if unicode and "e" not in text else text


def printed(table: Table, *, unicode: bool = True, missing: str = MISSING) -> list[list[str]]:
    """Return all cells of a table as a person reads them, row by row.

    A column of integers that holds halves, such as shared ranks, prints one decimal throughout.
    Figures that other columns hold apart get more digits where they would print alike, and those
    beside them blanks in their place.
    """
    columns = [
        _with_halves(column) if column.kind == "integer" and not is_whole(table, at) else column
        for at, column in enumerate(table.columns)
    ]
    texts = [
        [
            shown(cell, column, unicode=unicode, missing=missing)
            for cell, column in zip(row, columns, strict=True)
        ]
        for row in table.rows
    ]
    keys = [column.key for column in columns]
    for at, column in enumerate(columns):
        if column.apart in keys:
            _tell_apart(table, at, keys.index(column.apart), texts, unicode=unicode)
    return texts


def _tell_apart(
    table: Table, at: int, other: int, texts: list[list[str]], *, unicode: bool
) -> None:
    """Print the figures of a column that another column holds apart with the digits it takes."""
    usual = table.columns[at].digits
    alike: dict[str, list[int]] = {}
    for n, row in enumerate(table.rows):
        if isinstance(row[at], float):
            alike.setdefault(texts[n][at], []).append(n)
    digits = dict.fromkeys(range(len(texts)), usual)
    for rows in alike.values():
        if len({table.rows[n][other] for n in rows}) > 1:
            digits |= dict.fromkeys(rows, _digits_apart(table, at, other, rows))
    most = max(digits.values(), default=usual)
    for n, own in digits.items():
        figure = table.rows[n][at]
        if own > usual and isinstance(figure, float):
            texts[n][at] = decimal(figure, own, unicode=unicode)
        texts[n][at] += " " * (most - own + (own == 0 < most))


def _digits_apart(table: Table, at: int, other: int, rows: Sequence[int]) -> int:
    """Return with how many digits figures print apart that differ in another column.

    It is the usual number if none that can be read does it.
    """
    usual = table.columns[at].digits
    for digits in range(usual + 1, usual + _MORE_DIGITS + 1):
        held = {
            (decimal(float(table.rows[n][at] or 0), digits), table.rows[n][other]) for n in rows
        }
        if len({text for text, _ in held}) == len(held):
            return digits
    return usual


def is_whole(table: Table, at: int) -> bool:
    """Say whether a column holds no number with a fraction."""
    figures = (row[at] for row in table.rows)
    return all(not isinstance(figure, float) or figure.is_integer() for figure in figures)


def _with_halves(column: Column) -> Column:
    return Column(column.key, column.title, "number", 1, column.unit, column.bar)


def shares(table: Table, at: int) -> list[float | None] | None:
    """Return the length of each bar of a column from 0 to 1, or None if it can have no bars.

    A column with a negative figure or without a positive one has none.
    """
    figures = [None if isinstance(row[at], str) else row[at] for row in table.rows]
    present = [float(figure) for figure in figures if figure is not None]
    largest = max(present, default=0.0)
    if largest <= 0 or min(present) < 0 or not math.isfinite(largest):
        return None
    return [None if figure is None else float(figure) / largest for figure in figures]


def uncoded(table: Table) -> Table:
    """Return a table without the codes that are the names beside them in every row."""
    place = {column.key: at for at, column in enumerate(table.columns)}
    kept = [
        at
        for at, column in enumerate(table.columns)
        if column.code_of not in place
        or any(row[at] != row[place[column.code_of]] for row in table.rows)
    ]
    if not table.rows or len(kept) == len(table.columns):
        return table
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
    )


def unique(names: Sequence[str]) -> list[str]:
    """Return the names with a number appended to those that occurred before."""
    taken: set[str] = set()
    out = []
    for name in names:
        candidate, count = name, 1
        while candidate in taken:
            count += 1
            candidate = f"{name}-{count}"
        taken.add(candidate)
        out.append(candidate)
    return out
