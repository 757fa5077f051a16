"""Which indices are on hand?"""

from __future__ import annotations

from softpower.answer import Answer, Column, Table
from softpower.index.find import shipped
from softpower.index.glance import glance


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
    found = [glance(name) for name in shipped()]
    rows = tuple(
        (
            each.id,
            each.title,
            each.publisher,
            each.edition,
            each.units,
            each.indicators,
            each.reproducible,
        )
        for each in found
    )
    table = Table("indices", "Indices on hand", columns, rows)
    return Answer(title=table.title, tables=(table,))
