"""A map of the world as a figure, in the Equal Earth projection.

The shapes are those of Natural Earth at 1:110m (public domain), which draws borders as they are
held; how ``world.json`` was made from them is told in ``tests/helpers/make_world.py``. Countries
that would be too small to be seen are dots.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import cache
from pathlib import Path as File

from softpower.charts import MapChart
from softpower.render.cells import NOTHING, decimal, line
from softpower.render.figures.look import Room
from softpower.render.figures.metrics import length
from softpower.render.figures.scene import (
    Anchor,
    Box,
    Disc,
    Drawing,
    Group,
    Mark,
    Path,
    Point,
    Text,
)
from softpower.render.figures.theme import SHADES, shade
from softpower.render.tabled import chart_digits

_STEPS = 20
"""Coordinates of the shapes are in twentieths of a degree."""
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_HALF = 2.7066
"""Half of the width of the world in its radius."""
_NORTH, _SOUTH = 84.0, -56.0
_SMALL = 1.5
"""A country of fewer square points is a dot."""


def equal_earth(longitude: float, latitude: float) -> Point:
    """Return where a point lies, eastwards and northwards, in radii of the world.

    Source: Šavrič, Patterson & Jenny (2019), *The Equal Earth map projection*, eq. 7 to 9.
    """
    theta = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    square = theta * theta
    sixth = square**3
    slope = _A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(theta) / (3 * slope)
    return x, theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))


@cache
def _world() -> tuple[dict[str, list[tuple[Point, ...]]], dict[str, Point]]:
    """Return the rings of all countries, and the points of those without a shape, projected."""
    data = json.loads((File(__file__).parent / "world.json").read_text(encoding="utf-8"))
    shapes = {code: [_ring(ring) for ring in rings] for code, rings in data["shapes"].items()}
    points = {code: equal_earth(x / _STEPS, y / _STEPS) for code, (x, y) in data["points"].items()}
    return shapes, points


def _ring(steps: Sequence[int]) -> tuple[Point, ...]:
    x = y = 0
    found = []
    for right, up in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + right, y + up
        found.append(equal_earth(x / _STEPS, y / _STEPS))
    return tuple(found)


def draw_map(chart: MapChart, room: Room) -> Drawing:
    """Return all countries, shaded by their figures, with what the shades stand for below."""
    shapes, points = _world()
    north, south = equal_earth(0, _NORTH)[1], equal_earth(0, _SOUTH)[1]
    foot = 4.4 * room.small
    unit = min(room.width / (2 * _HALF), (room.height - foot) / (north - south))
    left = (room.width - 2 * _HALF * unit) / 2
    high = (north - south) * unit

    def spot(point: Point) -> Point:
        return left + (point[0] + _HALF) * unit, (north - point[1]) * unit

    scale = _Scale(chart)
    told = dict(zip(chart.codes, zip(chart.labels, chart.values, strict=True), strict=True))
    groups, dots = [], []
    for code in [*shapes, *points]:
        rings = [tuple(spot(point) for point in ring) for ring in shapes.get(code, ())]
        known = told.get(code)
        role = "missing" if known is None else scale.shade(known[1])
        says = f"{line(known[0])}: {scale.text(known[1])}" if known else ""
        area = max((_area(ring) for ring in rings), default=0.0)
        if rings:
            path = Path(tuple(rings), stroke="page", fill=role, wide=0.3)
            groups.append(Group((path,), says or "no figure"))
        if area < _SMALL and known is not None:
            x, y = spot(points[code]) if code in points else _middle(max(rings, key=_area))
            dots.append(Group((Disc(x, y, 0.18 * room.body, role, "quiet", 0.4),), says))
    key = scale.key(room, high + 1.2 * room.small)
    best = sorted(told.values(), key=lambda each: each[1], reverse=not chart.low_is_best)[:5]
    names = ", ".join(f"{line(name)} {scale.text(value)}" for name, value in best)
    says = f"{chart.axis} of {len(told)} on a map of the world. The best: {names}."
    lost = [name for code, (name, _) in told.items() if code not in shapes and code not in points]
    out = f"Not on the map: {', '.join(map(line, lost))}." if lost else ""
    return Drawing(high + foot, (*groups, *dots, Group(key)), says, out)


class _Scale:
    """Which shade stands for which figures."""

    def __init__(self, chart: MapChart) -> None:
        self.axis, self.turned = line(chart.axis), chart.low_is_best
        self.digits = chart_digits(chart.values)
        self.low, self.high = min(chart.values), max(chart.values)
        self.span = self.high - self.low if self.high - self.low > NOTHING else 1.0

    def shade(self, value: float) -> str:
        share = (value - self.low) / self.span
        return shade(1 - share if self.turned else share)

    def text(self, value: float) -> str:
        return decimal(value, self.digits)

    def key(self, room: Room, top: float) -> tuple[Mark, ...]:
        """Return the shades in a row with the figures between them, and that of no figure."""
        size = room.small
        between = self.digits + (not self.digits and self.span < SHADES)
        ends = [decimal(self.low + at * self.span / SHADES, between) for at in range(SHADES + 1)]
        text = max(length(end, size) for end in ends)
        wide = max(min(room.width * 0.6 / SHADES, 36.0), 1.5 * text + 3)
        marks: list[Mark] = [Text(0.0, top, self.axis, size, colour="quiet")]
        y = top + size
        for at in range(SHADES):
            role = shade((SHADES - 1 - at if self.turned else at) / SHADES + 0.01)
            marks.append(Box(at * wide, y, wide, 0.9 * size, role))
        for at, said in enumerate(ends):
            anchor: Anchor = "start" if at == 0 else "end" if at == SHADES else "middle"
            marks.append(Text(at * wide, y + 1.6 * size, said, size, anchor, "quiet"))
        x = length(self.axis, size) + 2 * size
        marks += [
            Box(x, top - 0.45 * size, 1.4 * size, 0.9 * size, "missing"),
            Text(x + 1.9 * size, top, "no figure shown", size, colour="quiet"),
        ]
        return tuple(marks)


def _area(ring: Sequence[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(a * d - b * c for (a, b), (c, d) in pairs)) / 2


def _middle(ring: Sequence[Point]) -> Point:
    return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
