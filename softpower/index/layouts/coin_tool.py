"""Workbooks of the COIN Tool: figures with their structure above them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

from softpower.index.layouts.base import Figure, Head, Layout, Pillar, Series, cell
from softpower.index.layouts.coinr import DIRECTIONS
from softpower.index.layouts.ids import slug
from softpower.index.reading.tables import Row


class CoinTool(Layout):
    """A workbook of the COIN Tool of the European Commission's Joint Research Centre.

    It is told by its sheets Database and Framework. In Database, indicators stand from column E on:
    weights, directions and goalposts in rows 7 to 10, the aggregates above them in rows 11 to 14,
    names and codes in rows 15 and 16; units stand from row 17 on, names in column B and codes in C.
    """

    id = "coin-tool"
    title = "COIN Tool"
    SHEET = "Database"
    FRAMEWORK = "Framework"
    FIRST = 4

    def __init__(self, rows: Mapping[int, Row], framework: Sequence[Row]) -> None:
        super().__init__()
        weights, directions, codes, names = (rows[line] for line in (7, 8, 16, 15))
        lows, highs = rows.get(9), rows.get(10)
        self.columns: dict[int, str] = {}
        levels = self._levels(rows, len(codes.cells))
        for at in range(self.FIRST, len(codes.cells)):
            code = cell(codes, at)
            if not code or code in ("--", "n/a"):
                continue
            self.columns[at] = code
            fields = {
                "direction": DIRECTIONS.get(cell(directions, at), ""),
                "weight": cell(weights, at),
                "pillar": slug(cell(levels[0], at)) if levels else "",
            }
            if lows and highs and cell(lows, at) and cell(highs, at):
                fields["goalposts"] = f"{cell(lows, at)}..{cell(highs, at)}"
            kept = {key: text for key, text in fields.items() if text}
            self.series[code] = Series(cell(names, at) or code, code, "", kept)
        self._pillars(levels, framework)

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the sheets are there."""
        rows = {row.line: row for row in head.rows if row.line <= 16}
        if head.sheet != cls.SHEET or cls.FRAMEWORK not in head.companions:
            return None
        if not all(line in rows for line in (7, 8, 15, 16)):
            return None
        return cls(rows, head.companions[cls.FRAMEWORK])

    def _levels(self, rows: Mapping[int, Row], width: int) -> list[Row]:
        """Return the rows of aggregates that are used, from the one next to the indicators up."""
        found = [rows[line] for line in (14, 13, 12) if line in rows]
        return [
            row
            for row in found
            if len({cell(row, at) for at in range(self.FIRST, width)} - {""}) > 1
        ]

    def _pillars(self, levels: Sequence[Row], framework: Sequence[Row]) -> None:
        titles = {cell(row, 2): row for row in framework}
        for depth, row in enumerate(levels):
            above = levels[depth + 1] if depth + 1 < len(levels) else None
            for at in self.columns:
                code = cell(row, at)
                said = titles.get(code)
                title = cell(said, 7) if said is not None else ""
                weight = cell(said, 4) if said is not None else ""
                parent = slug(cell(above, at)) if above is not None else ""
                self.pillars[slug(code)] = Pillar(title or code, weight, parent)

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures."""
        columns = tuple(self.columns.items())
        for row in rows:
            code, name = cell(row, 2), cell(row, 1)
            if row.line < 17 or not (code or name):
                continue
            for at, series in columns:
                yield row.line, code, name, series, "", cell(row, at), ""
