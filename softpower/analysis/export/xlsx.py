"""Sheets as the bytes of a workbook."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from softpower.analysis.export.sheets import Cell, Fixed, Formula, Sheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

CREATED = dt.datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook has no time zone
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDE, NAMES, NARROW = 100, 28, 14
"""Widths of a column of sentences, of one of names, and of others."""

DIGITS = "0.000"
"""How figures look that are computed."""

PLACES = "rank"
"""The column of the ranks, which have no decimals unless ties share a mean place."""

STATED = "#FCE4D6"
"""The colour behind a value that stands where a formula would."""


def to_bytes(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return the bytes of a workbook, the same for the same sheets."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"title": title[:255], "created": CREATED})
        bold = book.add_format({"bold": True})
        fixed = book.add_format({"bg_color": STATED, "num_format": DIGITS})
        shown = book.add_format({"num_format": DIGITS})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(sheet.headings, 2 if sheet.computes else 0)
            page.set_column(0, 60, NARROW)
            if sheet.computes:
                page.set_column(1, 1, NAMES)
            if sheet.wide:
                page.set_column(len(sheet.rows[0]) - 1, len(sheet.rows[0]) - 1, WIDE)
            places = [title == PLACES for title in sheet.rows[max(0, sheet.headings - 1)]]
            for row, cells in enumerate(sheet.rows):
                for column, cell in enumerate(cells):
                    look = wrapped if sheet.wide else None
                    if row < sheet.headings:
                        look = bold
                    elif sheet.computes and not places[column]:
                        look = shown
                    _write(page, (row, column), cell, look, fixed)
    return out.getvalue()


def _write(
    page: Worksheet, at: tuple[int, int], cell: Cell, plain: Format | None, fixed: Format
) -> None:
    match cell:
        case None | "":
            return
        case Formula(text, value, array):
            if array:
                page.write_array_formula(*at, *at, f"{{={text}}}", plain, value)
            else:
                page.write_formula(*at, f"={text}", plain, value)
        case Fixed(value):
            page.write_number(*at, value, fixed)
        case bool():
            page.write_boolean(*at, cell, plain)
        case str():
            page.write_string(*at, cell, plain)
        case _:
            page.write_number(*at, cell, plain)
