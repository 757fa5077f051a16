"""Horizontal bars as a figure: plain ones, and ones that are made of parts."""

from __future__ import annotations

from softpower.charts import BarChart, StackedBars
from softpower.render.cells import decimal, line
from softpower.render.figures.look import Room
from softpower.render.figures.rows import Rows, legend, missing
from softpower.render.figures.scene import Anchor, Box, Drawing, Group, Mark, Text, lower
from softpower.render.figures.theme import hue
from softpower.render.tabled import chart_digits

_THICK = 0.72
"""The share of a row that a bar takes."""


def draw_bars(chart: BarChart, room: Room) -> Drawing:
    """Return a bar for each value, with its figure behind its end and a line at zero."""
    digits = chart_digits(chart.values)
    figures = [decimal(value, digits) for value in chart.values]
    rows = _rows(chart.labels, chart.values, chart.values, figures, room, 1.6 * room.small)
    groups = []
    for at in range(rows.shown):
        value = chart.values[at]
        marks = (
            rows.named(at),
            _bar(rows, at, 0.0, value, "hue 0"),
            _figure(rows, at, value, figures[at]),
        )
        groups.append(Group(marks, f"{line(chart.labels[at])}: {figures[at]}"))
    foot, low = _axis(rows, chart.axis)
    best = max(range(len(figures)), key=lambda at: chart.values[at])
    least = min(range(len(figures)), key=lambda at: chart.values[at])
    says = f"{chart.axis}, bars of {len(figures)}."
    if len(figures) > 1:
        says += (
            f" Highest: {chart.labels[best]}, {figures[best]}. "
            f"Lowest: {chart.labels[least]}, {figures[least]}."
        )
    return Drawing(low, (*groups, foot), says, missing(rows, len(figures), "bars"))


def draw_stacked(chart: StackedBars, room: Room) -> Drawing:
    """Return bars made of parts with a legend above and their totals behind the ends."""
    totals = [sum(row) for row in chart.values]
    digits = chart_digits(totals)
    fine = chart_digits([value for row in chart.values for value in row])
    highs = [sum(value for value in row if value > 0) for row in chart.values]
    lows = [sum(value for value in row if value < 0) for row in chart.values]
    figures = [decimal(total, digits) for total in totals]
    head, samples = legend([(f"box {hue(at)}", name) for at, name in enumerate(chart.parts)], room)
    rows = _rows(chart.labels, lows, highs, figures, room, head + 1.6 * room.small, totals=True)
    groups = []
    for at in range(rows.shown):
        label = line(chart.labels[at])
        groups.append(Group((rows.named(at),)))
        ends = {False: 0.0, True: 0.0}
        for number, (part, value) in enumerate(zip(chart.parts, chart.values[at], strict=True)):
            start = ends[value < 0]
            ends[value < 0] += value
            says = f"{label}: {line(part)} {decimal(value, fine)}"
            groups.append(Group((_bar(rows, at, start, ends[value < 0], hue(number)),), says))
        groups.append(Group((_figure(rows, at, highs[at], figures[at]),)))
    foot, low = _axis(rows, chart.axis)
    told = "; ".join(
        f"{name} {text}" for name, text in list(zip(chart.labels, figures, strict=True))[:5]
    )
    says = f"{chart.axis}, bars made of {', '.join(chart.parts)}. Totals: {told}."
    out = missing(rows, len(totals), "bars")
    return Drawing(head + low, (Group(samples), *lower([*groups, foot], head)), says, out)


def _rows(
    labels: tuple[str, ...],
    lows: tuple[float, ...] | list[float],
    highs: tuple[float, ...] | list[float],
    figures: list[str],
    room: Room,
    around: float,
    *,
    totals: bool = False,
) -> Rows:
    low, high = min(0.0, *lows), max(0.0, *highs)
    before = figures if low < 0 and not totals else ()
    after = figures if high > 0 or totals else ()
    rows = Rows(labels, room, around, before=before, after=after)
    rows.spread(min(0.0, *lows[: rows.shown]), max(0.0, *highs[: rows.shown]))
    return rows


def _bar(rows: Rows, row: int, start: float, end: float, role: str) -> Box:
    x, other = sorted((rows.at(row, start), rows.at(row, end)))
    thick = _THICK * rows.row
    return Box(x, rows.corner(row)[1] - thick / 2, other - x, thick, role)


def _figure(rows: Rows, row: int, end: float, text: str) -> Text:
    side = -1 if end < 0 else 1
    anchor: Anchor = "end" if end < 0 else "start"
    x, y = rows.at(row, end) + 3 * side, rows.corner(row)[1]
    return Text(x, y, text, rows.room.small, anchor)


def _axis(rows: Rows, title: str) -> tuple[Group, float]:
    """Return the lines at zero and what the values are, and the height with them."""
    marks: list[Mark] = [*rows.rules([0.0], "quiet")]
    if not title.strip():
        return Group(tuple(marks)), rows.height
    size = rows.room.small
    text = Text(rows.left, rows.height + 0.8 * size, line(title), size, "start", "quiet")
    return Group((*marks, text)), rows.height + 1.6 * size
