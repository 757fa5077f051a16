"""A table as comma-separated values at full precision."""

from __future__ import annotations

import csv
import io

from softpower.answer import Answer, Cell, Table
from softpower.errors import UsageError
from softpower.render.cells import chart_table, clean


def to_csv(answer: Answer) -> str:
    """Return the main table of an answer as CSV, headed by the keys of its columns.

    Floats round-trip, missing figures are empty and texts are quoted where they must be. Nothing
    is altered but characters that could steer a terminal.
    """
    tables = answer.tables or tuple(map(chart_table, answer.charts))
    if not tables:
        raise UsageError("This answer has no table to write as CSV.")
    table = tables[_main(tables)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([clean(column.key, "\n\t") for column in table.columns])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def left_out(answer: Answer) -> tuple[str, ...]:
    """Return the names of the tables that CSV has no place for."""
    main = _main(answer.tables)
    return tuple(
        table.name
        for at, table in enumerate(answer.tables)
        if at != main and not table.says_nothing
    )


def _main(tables: tuple[Table, ...]) -> int:
    """Return the position of the first table with headings, for facts say little as CSV."""
    headed = (n for n, table in enumerate(tables) if table.headed and not table.says_nothing)
    return next(headed, 0)


def _plain(cell: Cell) -> Cell:
    return clean(cell, "\n\t") if isinstance(cell, str) else cell
