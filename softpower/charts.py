"""The charts of an answer, as plain data: what is drawn, never how."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class _Titled:
    """What every chart has."""

    name: str
    """A short identifier: the key in JSON."""
    title: str
    caption: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class _Labelled(_Titled):
    """A chart of things that have labels."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BarChart(_Labelled):
    """Labelled lengths: what (labels) against what (values)."""

    values: tuple[float, ...]
    axis: str


@dataclass(frozen=True, slots=True)
class Line:
    """The places of one label under one run after another; ``None`` where it has none."""

    label: str
    places: tuple[float | None, ...]
    chosen: bool = False
    """Whether it is one of those that the reader asked about."""


@dataclass(frozen=True, slots=True)
class RankChart(_Titled):
    """Places under several runs with lines between: a slope chart for two, a bump chart for more.

    Place 1 is at the top.
    """

    runs: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class StackedBars(_Labelled):
    """Labelled bars, each made of the same parts; a negative part extends to the left."""

    parts: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]
    """One row for each label, one figure for each part."""
    axis: str


@dataclass(frozen=True, slots=True)
class IntervalChart(_Labelled):
    """Labelled intervals of places, each with its middle and a mark; place 1 is on the left."""

    lows: tuple[float, ...]
    middles: tuple[float, ...]
    highs: tuple[float, ...]
    marks: tuple[float, ...]
    terms: tuple[str, str, str]
    """What an interval, its middle and a mark are, such as ``5-95 %``, ``median``, ``rank``."""
    axis: str


@dataclass(frozen=True, slots=True)
class OrderChart(_Labelled):
    """A Hasse diagram: labels in tiers, the best on top, with lines to those next below."""

    tiers: tuple[int, ...]
    """The tier of each label, from 1."""
    covers: tuple[tuple[int, int], ...]
    """The positions of two labels, the first next above the second."""
    axis: str
    """What a tier is called."""


@dataclass(frozen=True, slots=True)
class ScatterChart(_Labelled):
    """Labelled places in two rankings against each other; place 1 is at the lower left."""

    across: tuple[float, ...]
    up: tuple[float, ...]
    chosen: tuple[bool, ...]
    """Which of them are labelled, such as those that were asked for."""
    axes: tuple[str, str]
    """What the places across and those upwards are."""


@dataclass(frozen=True, slots=True)
class TreeChart(_Labelled):
    """A tree, each node beneath its parent, with its weight."""

    depths: tuple[int, ...]
    """How deep each node is, from 1."""
    shares: tuple[float | None, ...]
    """The weight of each in the whole, in percent; ``None`` where it is not known."""
    axis: str


@dataclass(frozen=True, slots=True)
class GridChart(_Labelled):
    """Labels against columns, with a shade and a figure where they meet; ``None`` is missing."""

    columns: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    """One row for each label, one figure for each column."""
    digits: int
    axis: str
    """What the figures are."""


@dataclass(frozen=True, slots=True)
class MapChart(_Labelled):
    """A figure for each of many countries, on a map of the world."""

    codes: tuple[str, ...]
    """Their ISO 3166 alpha-3 codes."""
    values: tuple[float, ...]
    axis: str
    low_is_best: bool = False
    """Whether a low figure, such as a rank, is a good one."""


Chart = (
    BarChart
    | RankChart
    | StackedBars
    | IntervalChart
    | OrderChart
    | ScatterChart
    | TreeChart
    | GridChart
    | MapChart
)
