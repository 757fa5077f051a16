"""Two rankings against each other as a figure."""

from __future__ import annotations

import math

from softpower.charts import ScatterChart
from softpower.render.cells import line
from softpower.render.figures.look import Room
from softpower.render.figures.metrics import length
from softpower.render.figures.rows import ticks
from softpower.render.figures.scene import Anchor, Disc, Drawing, Group, Mark, Point, Text, straight
from softpower.render.ranks import place_text

_LARGEST = 420.0
"""The largest side of the square in points."""

_SIDES: tuple[tuple[float, Anchor], ...] = ((4.0, "start"), (-4.0, "end"))
_BEFORE: dict[Anchor, float] = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a label is to the left of where it is fixed."""

_NEARER, _CLEARLY = 1.5, 2.0
"""So many times as far any other chosen dot has to be from a label as its own, and should be."""

_GREY = 1.7
"""The radius of a dot without a label."""

Rectangle = tuple[float, float, float, float]


def draw_scatter(chart: ScatterChart, room: Room) -> Drawing:
    """Return a dot for each label, those that are chosen in colour and labelled.

    On the diagonal are those with the same place in both. A label stands where it touches no
    other, and is nearer to its own dot than to any other chosen one; one that finds no such spot
    is left out.
    """
    low, high = 1.0, max(2.0, *chart.across, *chart.up)
    margin = length(place_text(high), room.small) + 6
    foot = 3.0 * room.small
    head = 1.6 * room.small
    side = min(room.width - margin - 4, room.height - head - foot, _LARGEST)
    unit = side / (high - low)

    def spot(at: int) -> tuple[float, float]:
        return margin + (chart.across[at] - low) * unit, head + side - (chart.up[at] - low) * unit

    groups = [Group(tuple(_axes(chart, room, (margin, head, side), high)))]
    order = sorted(range(len(chart.labels)), key=lambda at: chart.chosen[at])
    taken = [
        (x - 2.5, y - 2.5, x + 2.5, y + 2.5)
        for at in order
        if chart.chosen[at]
        for x, y in [spot(at)]
    ]
    dots = [spot(at) for at in order if not chart.chosen[at]]
    unlabelled = 0
    for at in order:
        x, y = spot(at)
        says = (
            f"{line(chart.labels[at])}: {line(chart.axes[0])} {place_text(chart.across[at])}, "
            f"{line(chart.axes[1])} {place_text(chart.up[at])}"
        )
        if not chart.chosen[at]:
            groups.append(Group((Disc(x, y, _GREY, "quiet"),), says))
            continue
        marks: list[Mark] = [Disc(x, y, 2.4, "hue 1")]
        others = [spot(n) for n in order if chart.chosen[n] and spot(n) != (x, y)]
        label, square = line(chart.labels[at]), (margin, head, side)
        text, lies = _label(label, (x, y), taken, others, dots, room, square)
        if text is not None:
            marks.append(text)
            taken.append(lies)
        unlabelled += text is None
        groups.append(Group(tuple(marks), says))
    told = [groups[-1 - n].says for n in range(min(5, sum(chart.chosen)))]
    says = (
        f"{len(chart.labels)} places in two rankings, {line(chart.axes[0])} and "
        f"{line(chart.axes[1])}, against each other. {'; '.join(told)}."
    )
    lost = "1 label has" if unlabelled == 1 else f"{unlabelled} labels have"
    out = f"{lost} no room." if unlabelled else ""
    return Drawing(head + side + foot, tuple(groups), says, out)


def _axes(
    chart: ScatterChart, room: Room, square: tuple[float, float, float], high: float
) -> list[Mark]:
    """Return the frame with its ticks, and the diagonal."""
    left, top, side = square
    size, bottom = room.small, top + side
    unit = side / (high - 1)
    marks: list[Mark] = [straight((left, bottom), (left + side, top), "faint", 0.8)]
    for value in ticks(1.0, high, max(int(side / 40), 1)):
        x, y = left + (value - 1) * unit, bottom - (value - 1) * unit
        text = place_text(value)
        marks += [
            straight((x, top), (x, bottom)),
            straight((left, y), (left + side, y)),
            Text(x, bottom + 0.8 * size, text, size, "middle", "quiet"),
            Text(left - 4, y, text, size, "end", "quiet"),
        ]
    across, up = (line(axis) for axis in chart.axes)
    marks += [
        Text(left + side, bottom + 2.1 * size, f"{across} →", size, "end", "quiet"),
        Text(0.0, 0.6 * size, f"↑ {up}", size, "start", "quiet"),
    ]
    return marks


def _label(
    text: str,
    spot: Point,
    taken: list[Rectangle],
    others: list[Point],
    dots: list[Point],
    room: Room,
    square: tuple[float, float, float],
) -> tuple[Text | None, Rectangle]:
    """Return a label beside a dot, and the room that it takes.

    It touches no other label and is nearer to no other of the chosen dots. Of what is left it
    takes the place where it could be taken for the label of the fewest dots.
    """
    (x, y), size = spot, room.small
    wide, half = length(text, size), 0.5 * size
    left, top, side = square
    found: list[tuple[int, Text, Rectangle]] = []
    for across, down, anchor in _places(half):
        start = x + across - _BEFORE[anchor] * wide
        lies = (start, y + down - half, start + wide, y + down + half)
        inside = (
            lies[0] >= left and lies[2] <= max(room.width, left + side)
            and lies[1] >= top and lies[3] <= top + side
        )  # fmt: skip
        own = _apart(lies, spot)
        clear = not any(_touch(lies, other) for other in taken)
        if inside and clear and all(_apart(lies, other) > _NEARER * own for other in others):
            doubts = [_apart(lies, dot) <= max(own, _GREY) for dot in dots]
            doubts += [_apart(lies, other) <= _CLEARLY * own for other in others]
            found.append((sum(doubts), Text(x + across, y + down, text, size, anchor), lies))
    if not found:
        return None, (x, y, x, y)
    _, label, lies = min(found, key=lambda each: each[0])
    return label, lies


def _places(half: float) -> list[tuple[float, float, Anchor]]:
    """Return where a label may stand, seen from its dot: on its sides, above and below."""
    places: list[tuple[float, float, Anchor]] = [
        (across, up, anchor) for up in (0.0, -4.0, 4.0) for across, anchor in _SIDES
    ]
    for up in (-half - 4.0, half + 4.0):
        places += [(0.0, up, "middle"), (-4.0, up, "start"), (4.0, up, "end")]
    return places


def _apart(lies: Rectangle, dot: Point) -> float:
    """Return how far a dot is from the nearest edge of a label; nothing within it."""
    (x, y), (left, top, right, bottom) = dot, lies
    return math.hypot(max(left - x, 0.0, x - right), max(top - y, 0.0, y - bottom))


def _touch(one: Rectangle, other: Rectangle) -> bool:
    return (
        min(one[2], other[2]) > max(one[0], other[0])
        and min(one[3], other[3]) > max(one[1], other[1])
    )  # fmt: skip
