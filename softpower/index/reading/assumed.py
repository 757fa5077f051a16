"""What is assumed of an index of which little is said: a catalogue, directions, a methodology."""

from __future__ import annotations

import re
from dataclasses import replace

from softpower.index.declared import IndexFile
from softpower.index.ids import folded
from softpower.index.index import MAIN
from softpower.index.reading.indicators import IndicatorTable
from softpower.index.reading.numerals import Numerals
from softpower.index.reading.tables import RawTable, Row
from softpower.index.reading.titles import LONG, LONG_EXTRA, UNIT_COLUMNS

_YEAR = re.compile(r"(1[0-9]|20|21)[0-9]{2}")


def years_in(figures: RawTable) -> list[str]:
    """Return the headings of a table that are years, where it has a column for each of them."""
    if set(LONG) <= set(figures.header):
        return []
    return [title for title in figures.titles if _YEAR.fullmatch(title)]


def catalogue_of(figures: RawTable) -> RawTable:
    """Return a catalogue of all indicators that a table has figures of, in its place."""
    if set(LONG) <= set(figures.header):
        at = figures.header.index("indicator")
        titles: dict[str, str] = {}
        for text in dict.fromkeys(figures.texts(at)):
            titles.setdefault(folded(text), text)
        names = [*titles.values()]
    else:
        known = (*UNIT_COLUMNS, *LONG, *LONG_EXTRA)
        pairs = zip(figures.header, figures.titles, strict=True)
        names = [title for name, title in pairs if name not in known]
    header = ("id", "title")
    rows = tuple(Row(1, [name.replace(" ", "_"), name]) for name in names)
    numerals = Numerals("indicators", header, rows)
    return replace(
        figures, header=header, titles=header, rows=rows, numerals=numerals, columns=None
    )


def assumptions(declared: IndexFile, indicator_table: IndicatorTable, *, listed: bool) -> str:
    """Return what is assumed where a folder leaves it open, in a sentence; empty if it does not.

    ``listed`` says whether there is a catalogue of indicators.
    """
    if listed and "methodology" in declared.model_fields_set:
        return ""
    said = [] if listed else ["all that there are figures of is an indicator"]
    table, column = indicator_table.table, "direction"
    if column not in table.at or not any(row.cells[table.at[column]] for row in table.rows):
        said.append("more is better in every indicator")
    if "methodology" not in declared.model_fields_set:
        bare = all(placing.weight is None for placing in indicator_table.placings[MAIN])
        if bare and all(entry.weight is None for entry in declared.pillars.values()):
            said.append("weights are equal")
        said.append("figures are put onto a scale by min-max, and added up by arithmetic means")
    return f"Assumed, as the folder does not say: {'; '.join(said)}."
