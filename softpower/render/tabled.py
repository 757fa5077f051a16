"""A chart as a table, for a format that has no pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from softpower.answer import Answer, Cell, Column, Kind, Table
from softpower.charts import (
    BarChart,
    Chart,
    GridChart,
    IntervalChart,
    MapChart,
    OrderChart,
    RankChart,
    ScatterChart,
    StackedBars,
    TreeChart,
)
from softpower.render.cells import uncoded, unique

Part = tuple[list[Column], Sequence[tuple[Cell, ...]]]
"""The columns beside that of the labels, and rows that begin with a label."""


def readable(answer: Answer) -> tuple[Table, ...]:
    """Return the tables of an answer for someone to read, those of its charts where it has none."""
    return tuple(map(uncoded, answer.tables or map(chart_table, answer.charts)))


def chart_table(chart: Chart) -> Table:
    """Return a chart as a table."""
    columns, rows = _TABLES[type(chart)](chart)
    notes = (chart.caption,) if chart.caption else ()
    return Table(chart.name, chart.title, (Column("label", ""), *columns), tuple(rows), notes)


def is_empty(chart: Chart) -> bool:
    """Say whether a chart has nothing to draw."""
    if isinstance(chart, RankChart):
        return not (chart.lines and chart.runs)
    if not isinstance(chart, BarChart | StackedBars | GridChart):
        return not chart.labels
    if isinstance(chart, GridChart):
        return not (chart.labels and chart.columns)
    return not chart.values or (isinstance(chart, StackedBars) and not chart.parts)


def chart_digits(values: Sequence[float]) -> int:
    """Return the decimals with which the values of a chart are written beside its bars."""
    if all(float(value).is_integer() for value in values):
        return 0
    largest = max((abs(value) for value in values), default=0.0)
    return 1 if largest >= 10 else 2 if largest >= 1 else 3


def _of_values(chart: BarChart | MapChart) -> Part:
    column = Column("value", chart.axis, "number", chart_digits(chart.values), bar=True)
    return [column], tuple(zip(chart.labels, chart.values, strict=True))


def _of_ranks(chart: RankChart) -> Part:
    columns = _columns(chart.runs, "integer")
    return columns, [(each.label, *each.places) for each in chart.lines]


def _of_parts(chart: StackedBars) -> Part:
    digits = chart_digits([value for row in chart.values for value in row])
    keys = unique(["label", *chart.parts, "total"])[1:]
    columns = [
        Column(key, title, "number", digits)
        for key, title in zip(keys, [*chart.parts, chart.axis], strict=True)
    ]
    figures = zip(chart.labels, chart.values, strict=True)
    return columns, [(name, *values, sum(values)) for name, values in figures]


def _of_intervals(chart: IntervalChart) -> Part:
    interval, middle, mark = chart.terms
    series = {
        "mark": (mark, chart.marks),
        "middle": (middle, chart.middles),
        "low": (f"{interval}, from", chart.lows),
        "high": (f"{interval}, to", chart.highs),
    }
    columns = [
        Column(key, title, "number", chart_digits(values))
        for key, (title, values) in series.items()
    ]
    return columns, tuple(
        zip(chart.labels, *(values for _, values in series.values()), strict=True)
    )


def _of_order(chart: OrderChart) -> Part:
    below = [
        ", ".join(chart.labels[lower] for upper, lower in chart.covers if upper == at) or None
        for at in range(len(chart.labels))
    ]
    columns = [Column("tier", chart.axis, "integer"), Column("below", "Next below")]
    return columns, tuple(zip(chart.labels, chart.tiers, below, strict=True))


def _of_points(chart: ScatterChart) -> Part:
    across, up = chart.axes
    columns = [Column("x", across, "integer"), Column("y", up, "integer")]
    return columns, tuple(zip(chart.labels, chart.across, chart.up, strict=True))


def _of_nodes(chart: TreeChart) -> Part:
    labels = [
        "  " * (depth - 1) + each for depth, each in zip(chart.depths, chart.labels, strict=True)
    ]
    column = Column("share", chart.axis, "number", 1, bar=True)
    return [column], tuple(zip(labels, chart.shares, strict=True))


def _of_grid(chart: GridChart) -> Part:
    columns = _columns(chart.columns, "number", chart.digits)
    return columns, [(name, *row) for name, row in zip(chart.labels, chart.values, strict=True)]


def _columns(titles: Sequence[str], kind: Kind, digits: int = 1) -> list[Column]:
    """Return a column for each title, whose key is the title itself."""
    keys = unique(["label", *titles])[1:]
    return [Column(key, title, kind, digits) for key, title in zip(keys, titles, strict=True)]


_TABLES: dict[type, Callable[[Any], Part]] = {
    BarChart: _of_values,
    RankChart: _of_ranks,
    StackedBars: _of_parts,
    IntervalChart: _of_intervals,
    OrderChart: _of_order,
    ScatterChart: _of_points,
    TreeChart: _of_nodes,
    GridChart: _of_grid,
    MapChart: _of_values,
}
