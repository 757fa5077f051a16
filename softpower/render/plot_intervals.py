"""Intervals of places as text."""

from __future__ import annotations

from softpower.charts import IntervalChart
from softpower.render.cells import decimal, line
from softpower.render.style import Piece, grouped, wrapped
from softpower.render.tabled import chart_digits
from softpower.render.widths import cut, pad, width

_LONGEST = 72
"""Intervals are not spread over more columns than this, however wide the terminal."""

_INK = {
    True: ("├", "─", "┤", "│", "●", "◇", "◆"),
    False: ("[", "-", "]", "|", "o", "+", "*"),
}
"""The left end, the line, the right end, an interval of one place, the middle, the mark, and
middle and mark in one place."""


def draw_intervals(chart: IntervalChart, columns: int, *, unicode: bool) -> list[list[Piece]]:
    """Return a line for each label: the interval, its middle, the mark, and where it lies."""
    digits = chart_digits([*chart.lows, *chart.highs])
    dash = "–" if unicode else "-"
    figures = [
        f"{decimal(low, digits)}{dash}{decimal(high, digits)}"
        for low, high in zip(chart.lows, chart.highs, strict=True)
    ]
    figure = max(map(width, figures))
    safe = [line(label) for label in chart.labels]
    label = min(max(map(width, safe)), max(min(columns // 3, columns - figure - 14), 1))
    room = max(min(columns - label - figure - 2, _LONGEST), 8)
    first = min(*chart.lows, *chart.marks, 1.0)
    last = max(*chart.highs, *chart.marks)

    def at(place: float) -> int:
        return round((place - first) / (last - first) * (room - 1)) if last > first else 0

    lines = [
        *_legend(chart, columns, unicode=unicode),
        [(" " * (label + 1) + _ruler(first, last, room), "dim")],
    ]
    for row, name in enumerate(safe):
        spots = (chart.lows[row], chart.middles[row], chart.highs[row], chart.marks[row])
        lines.append(
            [
                (pad(cut(name, label, "…" if unicode else "..."), label) + " ", ""),
                *_drawn([at(spot) for spot in spots], room, unicode=unicode),
                (" " + pad(figures[row], figure, right=True), ""),
            ]
        )
    return lines


def _drawn(spots: list[int], room: int, *, unicode: bool) -> list[Piece]:
    low, middle, high, mark = spots
    left, stroke, right, single, dot, ring, both = _INK[unicode]
    cells: list[Piece] = [(" ", "")] * room
    for spot in range(low, high + 1):
        cells[spot] = (stroke, "bar")
    cells[low], cells[high] = (left, "bar"), (right, "bar")
    if low == high:
        cells[low] = (single, "bar")
    cells[middle] = (dot, "bar")
    cells[mark] = (both if mark == middle else ring, "bold")
    return grouped(cells)


def _ruler(first: float, last: float, room: int) -> str:
    low, high = decimal(first, 0), decimal(last, 0)
    return low + " " * (room - width(low) - width(high)) + high


def _legend(chart: IntervalChart, columns: int, *, unicode: bool) -> list[list[Piece]]:
    left, stroke, right, _, dot, ring, both = _INK[unicode]
    interval, middle, mark = chart.terms
    if middle == mark:
        text = f"{line(chart.axis)}: {left}{stroke}{right} {interval}, {both} {mark}"
        return wrapped(text, "dim", columns)
    text = (
        f"{line(chart.axis)}: {left}{stroke}{right} {interval}, {dot} {middle}, {ring} {mark}, "
        f"{both} {middle} and {mark}"
    )
    return wrapped(text, "dim", columns)
