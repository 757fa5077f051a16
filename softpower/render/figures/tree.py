"""A tree with the weights of its nodes as a figure."""

from __future__ import annotations

from softpower.charts import TreeChart
from softpower.render.cells import decimal, line
from softpower.render.figures.look import Room
from softpower.render.figures.metrics import length
from softpower.render.figures.rows import Rows, missing
from softpower.render.figures.scene import Box, Drawing, Group, Mark, Path, Text
from softpower.render.figures.theme import HUES, hue

_INDENT = "    "


def draw_tree(chart: TreeChart, room: Room) -> Drawing:
    """Return the nodes, each joined with its parent, with a bar and a figure for its weight.

    Nodes at the top have a hue each, and those beneath them the same.
    """
    shares = [share or 0.0 for share in chart.shares]
    figures = ["" if share is None else f"{decimal(share, 1)} %" for share in chart.shares]
    labels = [
        _INDENT * (depth - 1) + line(label)
        for depth, label in zip(chart.depths, chart.labels, strict=True)
    ]
    foot = 1.6 * room.small
    rows = Rows(labels, room, foot, after=figures, share=0.66)
    rows.spread(0.0, max(shares) or 1.0)
    groups: list[Group] = []
    above: dict[int, int] = {}
    top = -1
    for at in range(rows.shown):
        depth = chart.depths[at]
        top += depth == 1
        above[depth] = at
        x, y = rows.corner(at)
        left = x + length(_INDENT, room.body) * (depth - 1)
        end, thick = rows.at(at, shares[at]), (0.72 if depth == 1 else 0.4) * rows.row
        marks: list[Mark] = [
            Text(left, y, rows.labels[at].lstrip(), room.body, "start", bold=depth == 1),
            Box(
                rows.at(at, 0.0), y - thick / 2, end - rows.at(at, 0.0), thick, hue(top % len(HUES))
            ),
            Text(end + 3, y, figures[at], room.small, "start", "ink" if depth == 1 else "quiet"),
        ]
        if depth - 1 in above and above[depth - 1] // rows.deep == at // rows.deep:
            marks.append(_elbow(rows, above[depth - 1], at, left, room))
        groups.append(Group(tuple(marks), f"{line(chart.labels[at])}: {figures[at] or 'unknown'}"))
    axis = Text(
        rows.wide, rows.height + 0.8 * room.small, line(chart.axis), room.small, "end", "quiet"
    )
    heads = [
        f"{line(label)} {figure or 'unknown'}"
        for label, figure, depth in zip(chart.labels, figures, chart.depths, strict=True)
        if depth == 1
    ]
    says = f"A tree of {len(labels)} nodes. {chart.axis}: {'; '.join(heads)}."
    out = missing(rows, len(labels), "nodes")
    return Drawing(rows.height + foot, (*groups, Group((axis,))), says, out)


def _elbow(rows: Rows, parent: int, child: int, left: float, room: Room) -> Path:
    """Return the line from below the label of a parent to before that of a child."""
    x = left - 0.6 * length(_INDENT, room.body)
    high = rows.corner(parent)[1] + 0.55 * room.body
    y = rows.corner(child)[1]
    return Path((((x, high), (x, y), (left - 2, y)),), "faint", wide=0.6)
