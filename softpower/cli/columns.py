"""Which of its tables an answer shows, and which columns of them in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from softpower.answer import Answer, Table


def chosen(answer: Answer, names: Sequence[str]) -> tuple[Answer, str]:
    """Return an answer with these columns of its tables, in this order, and what that leaves out.

    A table that has none of them is left out, and pictures stay as they are.

    Parameters
    ----------
    answer
        The answer.
    names
        The keys of columns, as CSV has them for its headings, or their titles, in any case.

    Raises
    ------
    UsageError
        If no table has a column of a name, with the nearest and all that there are.
    """
    from softpower.errors import UsageError, nearest

    known = list(dict.fromkeys(c.key for table in answer.tables for c in table.columns))
    titles = [column.title for table in answer.tables for column in table.columns]
    folded = {each.casefold() for each in (*known, *titles)}
    for name in names:
        if name.casefold() not in folded:
            close = nearest(name, known)
            meant = f"Did you mean {' or '.join(close)}? " if close else ""
            raise UsageError(
                f"No table of this answer has a column {name!r}.",
                mend=f"{meant}Known: {', '.join(known)}.",
            )
    narrowed = {table.name: _narrowed(table, names) for table in answer.tables}
    left = [name for name, table in narrowed.items() if table is None]
    noun = "a table" if len(left) == 1 else f"{len(left)} tables"
    note = f"--columns leaves out {noun} with none of them: {', '.join(left)}." if left else ""
    tables = tuple(table for table in narrowed.values() if table is not None)
    return replace(answer, tables=tables), note


def alone(answer: Answer, name: str) -> Answer:
    """Return an answer with one of its tables.

    Raises
    ------
    UsageError
        If there is none of this name, with the nearest or all.
    """
    return replace(answer, tables=(answer.table(name),))


def _narrowed(table: Table, names: Sequence[str]) -> Table | None:
    """Return a table with these columns, ``None`` if it has none of them."""
    kept = [
        at
        for name in names
        for at, column in enumerate(table.columns)
        if name.casefold() in (column.key.casefold(), column.title.casefold())
    ]
    kept = list(dict.fromkeys(kept))
    if not kept:
        return None
    return replace(
        table,
        columns=tuple(replace(table.columns[at], detail=False, code_of="") for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows),
        detail=False,
    )
