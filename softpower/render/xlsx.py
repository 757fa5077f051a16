"""An answer as a workbook: a sheet for each table, and one that says where it came from."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from softpower.answer import Answer, Cell, Column, Table
from softpower.render.cells import clean, heading, is_right, is_whole, line, printed
from softpower.render.tabled import chart_table
from softpower.render.widths import width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_WIDEST = 60
_LONGEST_NAME = 31
_LONGEST_HEADER = 255
_CREATED = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook has no time zone
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def to_xlsx(answer: Answer) -> bytes:
    """Return an answer as the bytes of a workbook, the same bytes for the same answer.

    Numbers are numbers, of sixteen significant digits, with a format that shows the precision of
    their column; text is text even where it begins like a formula.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    tables = answer.tables or tuple(map(chart_table, answer.charts))
    *names, last = sheet_names([*(table.name for table in tables), "provenance"])
    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": line(answer.title)[:_LONGEST_HEADER], "created": _CREATED})
        for name, table in zip(names, tables, strict=True):
            _Sheet(book, book.add_worksheet(name)).table(table, table.title or answer.title)
        _Sheet(book, book.add_worksheet(last)).table(_provenance(answer), "")
    return out.getvalue()


def sheet_names(names: Sequence[str]) -> list[str]:
    """Return names that a workbook accepts, the last one unchanged.

    They have at most 31 characters, none that is reserved, and differ in more than case.
    """
    *others, last = names
    taken = {last.casefold(), "history"}
    out = []
    for name in others:
        safe = re.sub(r"[\[\]:*?/\\\ufffd]", "_", line(name))
        safe = _shortened(safe).strip("' ") or "table"
        candidate, count = safe, 1
        while candidate.casefold() in taken:
            count += 1
            mark = f" {count}"
            candidate = _shortened(safe, _LONGEST_NAME - len(mark)) + mark
        taken.add(candidate.casefold())
        out.append(candidate)
    return [*out, last]


def flattened(value: Any, path: str = "") -> Iterator[tuple[str, Cell]]:
    """Yield the leaves of a JSON value with their paths, such as ``steps[0].name``."""
    if isinstance(value, Mapping) and value:
        for key, part in value.items():
            yield from flattened(part, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple) and value:
        for at, part in enumerate(value):
            yield from flattened(part, f"{path}[{at}]")
    elif isinstance(value, bool):
        yield path, "true" if value else "false"
    elif value is None or isinstance(value, str | int | float):
        yield path, value
    elif value != {} or path:
        yield path, ""


def _shortened(name: str, limit: int = _LONGEST_NAME) -> str:
    """Return a name of at most so many characters as a workbook counts them, in UTF-16."""
    return name.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def _provenance(answer: Answer) -> Table:
    return Table(
        name="provenance",
        title="",
        columns=(Column("key", "Key"), Column("value", "Value")),
        rows=(
            ("title", answer.title),
            *((f"note {at}", note) for at, note in enumerate(answer.notes, start=1)),
            *flattened(answer.provenance),
        ),
    )


class _Sheet:
    """One sheet of a workbook, filled with one table."""

    def __init__(self, book: Workbook, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet

    def table(self, table: Table, title: str) -> None:
        first = 1 if table.headed else 0
        long = self._columns(table)
        if table.headed:
            for at, column in enumerate(table.columns):
                look = {"bold": True, "bottom": 1, "align": "right" if is_right(column) else "left"}
                self._text(0, at, heading(column), {**look, "text_wrap": True, "valign": "bottom"})
            self.sheet.freeze_panes(1, 0)
            self.sheet.repeat_rows(0)
            if table.columns:
                self.sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
        formats = [
            self.book.add_format({"num_format": _number_format(table, at)})
            for at in range(len(table.columns))
        ]
        plain: dict[str, Any] = {"valign": "top"}
        for row, cells in enumerate(table.rows, start=first):
            for at, cell in enumerate(cells):
                if isinstance(cell, str):
                    bold = not table.headed and at == 0
                    self._text(row, at, cell, {**plain, "text_wrap": at in long, "bold": bold})
                elif cell is not None:
                    self.sheet.write_number(row, at, cell, formats[at])
        row = first + len(table.rows) + 1
        if title:
            self._text(row, 0, title, {"bold": True})
        for note in table.notes:
            row += 1
            self._text(row, 0, note, {"italic": True})

    def _columns(self, table: Table) -> set[int]:
        """Set the widths of the columns and return those whose texts are wrapped."""
        long = set()
        for at, cells in enumerate(zip(*printed(table), strict=True)):
            body = max(map(width, cells))
            words = heading(table.columns[at]).split() if table.headed else []
            # The button of the filter hides two characters of a heading.
            size = max(body + 1, *(width(word) + 3 for word in words), 6)
            if size > _WIDEST:
                long.add(at)
            self.sheet.set_column(at, at, min(size, _WIDEST))
        return long

    def _text(self, row: int, column: int, text: str, look: dict[str, Any]) -> None:
        key = {name: value for name, value in look.items() if value is not False}
        self.sheet.write_string(row, column, clean(text, "\n\t"), self.book.add_format(key))


def _number_format(table: Table, at: int) -> str:
    """Return the format in which a column of figures is shown."""
    column = table.columns[at]
    whole = is_whole(table, at)
    units = "#,##0" if any(_is_large(row[at]) for row in table.rows) else "0"
    decimals = "." + "0" * column.digits if column.digits else ""
    match column.kind:
        case "text":
            return "General"
        case "integer":
            return units if whole else units + ".0"
        case "number":
            return units + decimals
        case "percent":
            return f'0{decimals}" "%'
        case "change":
            return f"+0{decimals};-0{decimals};0{decimals}"
        case "movement":
            places = "0" if whole else "0.0"
            return f'[Color10]"▲ "{places};[Red]"▼ "{places};"="'


def _is_large(cell: Cell) -> bool:
    return isinstance(cell, int | float) and abs(cell) >= 10_000
