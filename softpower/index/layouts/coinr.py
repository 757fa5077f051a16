"""COINr's iData and iMeta, and the workbooks of the COIN Tool: figures with their structure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Self

from softpower.index.layouts.base import Figure, Head, Layout, Pillar, Series, cell, first_of
from softpower.index.layouts.ids import slug
from softpower.index.reading.tables import Row
from softpower.index.text import NOT_SCORED

DIRECTIONS = {"1": "higher", "-1": "lower"}
META = ("icode", "type", "parent")
"""The headings by which an iMeta is told."""


def is_meta(head: Head) -> bool:
    """Say whether a table is an iMeta, which belongs to an iData."""
    return head.headings(*META) is not None


class Coinr(Layout):
    """COINr's iData, with the iMeta that is given beside it.

    It is told by its heading uCode. The iMeta (told by iCode, Type and Parent) says what each
    column is, its direction, weight and denominator, and which aggregates are above it; without
    one, every column of numbers is a series.
    """

    id = "coinr"
    title = "COINr's iData and iMeta"

    def __init__(self, row: Row, found: dict[str, int], meta: Sequence[Row]) -> None:
        super().__init__()
        self.line = row.line
        self.code, self.name = found["ucode"], first_of(found, "uname")
        self.year = first_of(found, "time")
        said = _meta(meta)
        left = {self.code, self.name, self.year}
        self.columns = {at: text for at, text in enumerate(row.cells) if at not in left and text}
        for at, text in tuple(self.columns.items()):
            fields = said.get(text)
            kind = (fields or {}).get("type", "")
            if said and (fields is None or kind in ("Group", "Other")):
                del self.columns[at]
                self.aside[f"column {text}"] = f"iMeta has it as {kind}" if kind else "not in iMeta"
            else:
                self.series[text] = _series(text, fields or {})
        aggregates = {code: each for code, each in said.items() if each.get("type") == "Aggregate"}
        top = {code for code, each in aggregates.items() if each.get("parent", "") in NOTHING}
        for code, each in aggregates.items():
            if code not in top:
                parent = "" if each["parent"] in top else slug(each["parent"])
                self.pillars[slug(code)] = Pillar(each.get("iname", code), _weight(each), parent)
        for text, series in self.series.items():
            if series.fields.get("pillar") in {slug(code) for code in top}:
                self.series[text] = Series(
                    series.title, series.code, series.unit, {**series.fields, "pillar": ""}
                )

    @classmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout if the headings are there."""
        place = head.headings("ucode")
        if place is None:
            return None
        return cls(head.rows[place[0]], place[1], head.companions.get("imeta", ()))

    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures."""
        columns = tuple(self.columns.items())
        for row in rows:
            if row.line <= self.line:
                continue
            code, name, year = cell(row, self.code), cell(row, self.name), cell(row, self.year)
            for at, series in columns:
                yield row.line, code, name, series, year, cell(row, at), ""


NOTHING = ("", "NA", "NaN")


def _meta(rows: Sequence[Row]) -> dict[str, dict[str, str]]:
    """Return the rows of an iMeta by code, each by its folded headings."""
    if not rows:
        return {}
    head = Head("", rows).headings(*META)
    if head is None:
        return {}
    at, found = head
    return {
        cell(row, found["icode"]): {word: cell(row, place) for word, place in found.items()}
        for row in rows[at + 1 :]
        if cell(row, found["icode"])
    }


def _weight(said: Mapping[str, str]) -> str:
    weight = said.get("weight", "")
    return "" if weight in NOTHING else weight


def _series(code: str, said: Mapping[str, str]) -> Series:
    def stated(word: str) -> str:
        return "" if said.get(word, "") in NOTHING else said[word]

    fields = {"direction": DIRECTIONS.get(stated("direction"), ""), "weight": stated("weight")}
    if said.get("type") == "Denominator":
        fields = {"direction": "higher", "pillar": NOT_SCORED}
    elif stated("parent"):
        fields["pillar"] = slug(stated("parent"))
    if stated("denominator"):
        fields["denominator"] = slug(stated("denominator"))
    kept = {key: text for key, text in fields.items() if text}
    return Series(stated("iname") or code, code, stated("unit"), kept)


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
