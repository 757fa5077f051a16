"""Which indices are on hand?"""

from __future__ import annotations

from softpower.answer import Answer, Cell, Column, Table
from softpower.index.find import locate, shipped
from softpower.index.index import Index
from softpower.index.reading.folder import read


def list_indices() -> Answer:
    """Return the indices that come with softpower, and whether each can be recomputed."""
    columns = (
        Column("id", "Id", whole=True),
        Column("title", "Title"),
        Column("publisher", "Publisher"),
        Column("edition", "Edition"),
        Column("countries", "Countries", "integer"),
        Column("indicators", "Indicators", "integer"),
        Column("reproducible", "Reproducible", whole=True),
    )
    rows = tuple(_row(read(locate(name))) for name in shipped())
    table = Table("indices", "Indices on hand", columns, rows)
    return Answer(title=table.title, tables=(table,))


def _row(index: Index) -> tuple[Cell, ...]:
    source = index.figures if index.figures is not None else index.published
    return (
        index.id,
        index.declared.title,
        index.declared.publisher,
        index.declared.edition,
        len(source.units) if source is not None else 0,
        len(index.main.indicators()) if index.frameworks else None,
        index.reproducible,
    )
