"""A table as comma-separated values at full precision."""

from __future__ import annotations

import csv
import io

from softpower.answer import Answer, Cell, Table
from softpower.errors import UsageError
from softpower.render.cells import clean
from softpower.render.tabled import chart_table

_FORMULA = ("=", "+", "-", "@", "\t", "\n")
"""How a text begins that a spreadsheet takes for a formula, also behind space that it skips."""


def to_csv(answer: Answer) -> str:
    """Return the main table of an answer as CSV, headed by the keys of its columns.

    Floats round-trip, missing figures are empty and texts are quoted where they must be. Nothing
    is altered but characters that could steer a terminal: a text that begins like a formula is
    what it is to whoever reads the file again, and `formulas` says where a spreadsheet errs.
    """
    table = _written(answer)
    if table is None:
        raise UsageError("This answer has no table to write as CSV.")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([clean(column.key, "\n\t") for column in table.columns])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def formulas(answer: Answer) -> list[str]:
    """Return the texts of the table written, each once, that a spreadsheet takes for a formula."""
    return [text for text in _texts(answer) if text.startswith(_FORMULA)]


def beyond_ascii(answer: Answer) -> list[str]:
    """Return the texts of the table written, each once, that a spreadsheet may misread.

    It takes a file without a byte order mark for one in the encoding of the system.
    """
    return [text for text in _texts(answer) if not text.isascii()]


def _texts(answer: Answer) -> list[str]:
    table = _written(answer)
    if table is None:
        return []
    keys = [column.key for column in table.columns]
    texts = [cell for row in [keys, *table.rows] for cell in row if isinstance(cell, str)]
    return list(dict.fromkeys(texts))


def left_out(answer: Answer) -> tuple[str, ...]:
    """Return the names of the tables that CSV has no place for."""
    main = _main(answer.tables, answer.title)
    return tuple(
        table.name
        for at, table in enumerate(answer.tables)
        if at != main and not table.says_nothing
    )


def _written(answer: Answer) -> Table | None:
    tables = answer.tables or tuple(map(chart_table, answer.charts))
    return tables[_main(tables, answer.title)] if tables else None


def _main(tables: tuple[Table, ...], title: str) -> int:
    """Return the position of the first table with headings, for facts say little as CSV.

    One without rows is passed over, but not the one that the answer is named for.
    """
    headed = (
        n
        for n, table in enumerate(tables)
        if table.headed and (table.title == title or not table.says_nothing)
    )
    return next(headed, 0)


def _plain(cell: Cell) -> Cell:
    return clean(cell, "\n\t") if isinstance(cell, str) else cell
