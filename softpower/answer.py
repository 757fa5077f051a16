"""What an answer is: tables, charts and where they came from, as plain data.

A question returns an :class:`Answer`; ``softpower.render`` shows it. Cells are ``str``, ``int``,
``float`` or ``None`` (missing) at full precision; how to print them is a property of the column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Cell = str | int | float | None
"""One cell of a table; ``None`` is a missing figure. Never NaN."""

Kind = Literal["text", "integer", "number", "percent", "change", "movement"]
"""How a column prints.

``text`` left-aligned; ``integer`` and ``number`` right-aligned, the latter with ``digits``
decimals; ``percent`` a share from 0 to 1 printed as a percentage; ``change`` a signed number;
``movement`` a signed number of places, printed with an arrow (positive is up).
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key (for JSON and CSV), its heading and how its cells print."""

    key: str
    title: str
    kind: Kind = "text"
    digits: int = 1
    unit: str = ""
    bar: bool = False
    """Whether a terminal with room to spare may draw the column as a bar too."""
    whole: bool = False
    """Whether its cells are names that a reader types again, and so never shortened."""
    detail: bool = False
    """Whether a printed table leaves it out, as too much to read; every other form has it."""
    instead: str = ""
    """The key of the column whose cell a printed table shows where this one has none."""


@dataclass(frozen=True, slots=True)
class Table:
    """A rectangular part of an answer."""

    name: str
    """A short identifier: the key in JSON, the sheet in a workbook."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    headed: bool = True
    """Whether the headings are shown; a list of facts needs none."""
    silent: bool = False
    """Whether every form but CSV, which needs a table, leaves it out if it has no rows."""

    @property
    def says_nothing(self) -> bool:
        """Whether nobody misses it."""
        return self.silent and not self.rows

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows as mappings from column key to cell."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


@dataclass(frozen=True, slots=True)
class BarChart:
    """Labelled lengths: what (labels) against what (values)."""

    name: str
    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    axis: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """The places of one label under one run after another; ``None`` where it has none."""

    label: str
    places: tuple[float | None, ...]
    chosen: bool = False
    """Whether it is one of those that the reader asked about."""


@dataclass(frozen=True, slots=True)
class RankChart:
    """Places under several runs with lines between: a slope chart for two, a bump chart for more.

    Place 1 is at the top.
    """

    name: str
    title: str
    runs: tuple[str, ...]
    lines: tuple[Line, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class StackedBars:
    """Labelled bars, each made of the same parts; a negative part extends to the left."""

    name: str
    title: str
    labels: tuple[str, ...]
    parts: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    """One row for each label, one figure for each part."""
    axis: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """Labelled intervals of places, each with its middle and a mark; place 1 is on the left."""

    name: str
    title: str
    labels: tuple[str, ...]
    lows: tuple[float, ...]
    middles: tuple[float, ...]
    highs: tuple[float, ...]
    marks: tuple[float, ...]
    terms: tuple[str, str, str]
    """What an interval, its middle and a mark are, such as ``5-95 %``, ``median``, ``rank``."""
    axis: str
    caption: str = ""


Chart = BarChart | RankChart | StackedBars | IntervalChart


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, with all that is needed to show it and to repeat it."""

    title: str
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader must know to read the figures; goes to stderr beside a machine format."""
    provenance: Mapping[str, Any] = field(default_factory=dict)
    """Version, index, hash and methodology in full, as plain JSON values."""
    holds: bool = True
    """False where the question was answered with no; the command then exits with status 3."""
    complete: bool = True
    """False where less was computed than was asked for, as the title says; the command then exits
    with status 3, unless it is told to allow it."""
    whole_notes: tuple[str, ...] = ()
    """The notes with nothing left out, where notes are shortened for print; JSON has these."""


def facts(name: str, title: str, items: Sequence[tuple[str, Cell]]) -> Table:
    """Return a two-column table of labelled facts, without those that are missing."""
    return Table(
        name=name,
        title=title,
        columns=(Column("fact", "Fact"), Column("value", "Value")),
        rows=tuple(item for item in items if item[1] not in (None, "")),
        headed=False,
    )
