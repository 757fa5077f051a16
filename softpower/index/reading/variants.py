"""Reading ``variants.csv``: a row for each variant, a column for each weight."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from pydantic import ValidationError

from softpower.errors import Location, did_you_mean
from softpower.index.ids import folded
from softpower.index.messages import validation_messages
from softpower.index.reading.table import Table
from softpower.index.reading.tables import Row
from softpower.index.text import shown
from softpower.index.variant import Variant, VariantRow

TEXTS = ("title", "reason", "source", "framework")
"""The columns that say what a variant is, beside its id and its weights."""


class VariantTable:
    """Variants while they are read from a table.

    Parameters
    ----------
    table
        The table.
    declared
        The variants of ``index.toml``; a row may add the weights to one of them.
    ids
        The pillars and indicators that may be given a weight.
    """

    def __init__(self, table: Table, declared: Mapping[str, Variant], ids: Collection[str]) -> None:
        self.table = table
        self.variants = dict(declared)
        """All variants: those of ``index.toml``, and those of the table."""
        self.places: dict[str, Location] = {}
        """Where the variants of the table stand."""
        self.names = {folded(name): name for name in declared}
        self.columns = self._columns({folded(name): name for name in ids})

    def _columns(self, known: Mapping[str, str]) -> dict[str, str]:
        """Return the id that each column of weights is about."""
        table, columns = self.table, {}
        for title in table.header:
            if title in known and title in ("id", *TEXTS):
                table.error(
                    f"The column {title} cannot hold weights of {known[title]}.",
                    "Give the pillar or indicator another id.",
                )
            elif title in known:
                columns[title] = known[title]
            elif title not in ("id", *TEXTS):
                table.error(
                    f"There is no pillar or indicator {shown(title)} to be given a weight.",
                    did_you_mean(title, [*known.values()]) or "Remove the column.",
                )
        if "id" not in table.at:
            table.error("It has no column id.", "Give every variant an id.")
        if not table.rows:
            table.error("It lists no variant.", "Add one row for each, or remove it.")
        return columns

    def read(self) -> None:
        """Add what the rows say to the variants."""
        if "id" not in self.table.at:
            return
        for row in self.table.readable():
            before = self.table.problems.count
            cells = dict(zip(self.table.header, row.cells, strict=True))
            weights = {
                name: weight
                for title, name in self.columns.items()
                if (weight := self.table.number(row, title)) is not None
            }
            identifier = self.names.get(folded(cells["id"]), cells["id"])
            texts = {key: cells[key] for key in TEXTS if cells.get(key)}
            what, mend = self._refused(identifier, weights, texts)
            if what:
                self.table.error(what, mend, row, "id")
            if self.table.problems.count != before:
                continue
            variant = self._variant(identifier, texts, weights, row)
            if variant is not None:
                self.variants[identifier] = variant
                self.names[folded(identifier)] = identifier
                self.places[identifier] = self.table.place(row)

    def _refused(
        self, identifier: str, weights: Mapping[str, float], texts: Mapping[str, str]
    ) -> tuple[str, str]:
        """Return why a row cannot be used, if so, and how to mend it."""
        if not identifier:
            return "The id is empty.", "Give the variant one, or remove the row."
        if identifier in self.places:
            what = f"The variant {shown(identifier)} stands there twice."
            return what, "Give each row an id of its own."
        if not weights:
            return f"The variant {identifier} states no weight.", "Add one, or remove the row."
        if identifier in self.variants and self.variants[identifier].weights:
            what = f"The variant {identifier} has weights in index.toml too."
            return what, "Keep them in one of the two."
        before = self.variants.get(identifier)
        for key, text in texts.items():
            if before is not None and getattr(before, key) not in ("", None, text):
                what = f"The variant {identifier} has another {key} in index.toml."
                return what, "Keep one of the two."
        return "", ""

    def _variant(
        self, identifier: str, texts: Mapping[str, str], weights: Mapping[str, float], row: Row
    ) -> Variant | None:
        """Return the variant that a row states, on top of what index.toml says of it."""
        before = self.variants.get(identifier)
        stated = before.model_dump(exclude_unset=True) if before is not None else {}
        says = {"title": identifier, **stated, **texts, "weights": weights, "id": identifier}
        try:
            return VariantRow.model_validate(says)
        except ValidationError as error:
            for path, what, mend in validation_messages(error, VariantRow):
                self.table.error(what, mend, row, folded(path[-1]) if path else None)
        return None
