"""Intervals of places as a figure."""

from __future__ import annotations

from softpower.charts import IntervalChart
from softpower.render.cells import line
from softpower.render.figures.look import Room
from softpower.render.figures.rows import Rows, legend, missing, ticks
from softpower.render.figures.scene import Box, Disc, Drawing, Group, Mark, Text, lower
from softpower.render.ranks import place_text

_TICK = 28.0
"""About as many points as there are from tick to tick at least."""


def draw_intervals(chart: IntervalChart, room: Room) -> Drawing:
    """Return an interval for each label, with a dot for its middle and a ring for its mark.

    An interval whose middle is its mark has the ring alone.
    """
    interval, middle, mark = chart.terms
    dots = middle != mark
    samples = [("bar hue 5", interval), ("dot hue 0", middle), ("ring hue 1", mark)]
    samples = [sample for sample in samples if dots or sample[0] != "dot hue 0"]
    head, key = legend(samples, room)
    spans = [
        place_text(low) if low == high else f"{place_text(low)}–{place_text(high)}"
        for low, high in zip(chart.lows, chart.highs, strict=True)
    ]
    foot = 3.2 * room.small
    rows = Rows(chart.labels, room, head + foot, after=spans)
    seen = slice(rows.shown)
    ends = (
        min(1.0, *chart.lows[seen], *chart.marks[seen]),
        max(*chart.highs[seen], *chart.marks[seen]),
    )
    rows.spread(*ends)
    values = ticks(*ends, max(int((rows.right - rows.left) / _TICK), 1))
    groups = [Group(rows.rules(values))]
    for at in range(rows.shown):
        low, high = rows.at(at, chart.lows[at]), rows.at(at, chart.highs[at])
        y, thick = rows.corner(at)[1], 0.36 * rows.row
        dot = [Disc(rows.at(at, chart.middles[at]), y, 0.16 * rows.row, "hue 0")]
        marks: tuple[Mark, ...] = (
            rows.named(at),
            Box(low - 0.5, y - thick / 2, high - low + 1, thick, "hue 5"),
            *(dot if dots else []),
            Disc(rows.at(at, chart.marks[at]), y, 0.27 * rows.row, stroke="hue 1"),
            Text(rows.corner(at)[0] + rows.wide, y, spans[at], room.small, "end", "quiet"),
        )
        groups.append(Group(marks, _said(chart, at, spans[at])))
    scale = rows.scale(values, [place_text(value) for value in values])
    title = Text(
        rows.left, rows.height + 2.2 * room.small, line(chart.axis), room.small, "start", "quiet"
    )
    groups.append(Group((*scale, title)))
    told = f"{interval}, {middle} and {mark}" if dots else f"{interval} and {mark}"
    says = f"{chart.axis} of {len(spans)}: {told}. " + " ".join(
        f"{_said(chart, at, spans[at])}." for at in range(min(len(spans), 5))
    )
    out = missing(rows, len(spans), "intervals")
    return Drawing(head + rows.height + foot, (Group(key), *lower(groups, head)), says, out)


def _said(chart: IntervalChart, at: int, span: str) -> str:
    interval, middle, mark = chart.terms
    dot = f"{middle} {place_text(chart.middles[at])}, " if middle != mark else ""
    said = f"{line(chart.labels[at])}: {interval} {span}, {dot}"
    return f"{said}{mark} {place_text(chart.marks[at])}"
