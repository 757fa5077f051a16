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
