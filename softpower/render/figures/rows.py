"""Labelled rows with a scale, in as many columns beside one another as a page needs for them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from softpower.render.cells import NOTHING, line
from softpower.render.figures.look import Room
from softpower.render.figures.metrics import length, shorten
from softpower.render.figures.scene import Box, Disc, Mark, Path, Text, straight

_SCALE = 60.0
"""The least width in points of the scale of one of several columns."""
_TIGHT = 1.25
"""The least height of a row in heights of its letters, if all rows have room on a page so."""
_BETWEEN, _GAP = 14.0, 4.0


class Rows:
    """Where labelled rows stand, and where a value is in them.

    Parameters
    ----------
    labels
        A label for each row.
    before, after
        What is written at the left and the right end of the scale, of which the longest counts.
    share
        How much of the width labels may take.
    room
        The room that there is.
    around
        The height that is taken above and below the rows.
    """

    def __init__(
        self,
        labels: Sequence[str],
        room: Room,
        around: float,
        *,
        before: Sequence[str] = (),
        after: Sequence[str] = (),
        share: float = 0.5,
    ) -> None:
        self.room = room
        texts = [line(label) for label in labels]
        widths = [length(text, room.body) for text in texts]
        margin = [
            max((length(text, room.small) + _GAP for text in side), default=0.0)
            for side in (before, after)
        ]
        fit = max(int(min(room.height - around, 1e9) / room.row), 1)
        self.row = room.row
        free = room.height - around
        if fit < len(labels) <= free / (_TIGHT * room.body):
            self.row, fit = free / len(labels), len(labels)
        for columns in range(-(-len(labels) // fit), 0, -1):
            self.wide = (room.width - (columns - 1) * _BETWEEN) / columns
            longest = max(widths[: columns * fit])
            if longest + sum(margin) + _SCALE <= self.wide:
                break
        self.shown = min(len(labels), columns * fit)
        self.deep = -(-self.shown // columns)
        self.label = min(longest, share * self.wide)
        self.labels = [shorten(text, self.label, room.body) for text in texts[: self.shown]]
        self.left = self.label + _GAP + 2 + margin[0]
        self.right = self.wide - max(margin[1], room.body / 2)
        self.low = self.unit = 0.0
        self.height = self.deep * self.row

    def spread(self, low: float, high: float) -> None:
        """Let the scale reach from the least to the largest value."""
        self.low = low
        self.unit = (self.right - self.left) / (high - low) if high - low > NOTHING else 0.0

    def corner(self, row: int) -> tuple[float, float]:
        """Return the left end and the middle of the height of a row."""
        column, level = divmod(row, self.deep)
        return column * (self.wide + _BETWEEN), (level + 0.5) * self.row

    def at(self, row: int, value: float) -> float:
        """Return where a value is."""
        return self.corner(row)[0] + self.left + (value - self.low) * self.unit

    def named(self, row: int) -> Text:
        """Return the label of a row."""
        x, y = self.corner(row)
        return Text(x + self.label, y, self.labels[row], self.room.body, "end")

    def rules(self, values: Sequence[float], role: str = "line") -> tuple[Path, ...]:
        """Return lines down all rows at some values."""
        return tuple(
            straight(
                (x, 0.0),
                (x, len(range(first, min(first + self.deep, self.shown))) * self.row),
                role,
            )
            for first in range(0, self.shown, self.deep)
            for x in (self.at(first, value) for value in values)
        )

    def scale(self, values: Sequence[float], texts: Sequence[str]) -> tuple[Text, ...]:
        """Return what is written below the rows at some values."""
        y = self.height + 0.7 * self.room.small
        return tuple(
            Text(self.at(first, value), y, text, self.room.small, "middle", "quiet")
            for first in range(0, self.shown, self.deep)
            for value, text in zip(values, texts, strict=True)
        )


def missing(rows: Rows, count: int, noun: str) -> str:
    """Return what is said of the rows for which there is no room."""
    return f"The first {rows.shown} of {count} {noun} are drawn." if rows.shown < count else ""


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return whole numbers in a scale at equal steps, with both of its ends if they are far off."""
    step = next(
        step
        for power in range(12)
        for step in (10**power, 2 * 10**power, 5 * 10**power)
        if (high - low) / step <= most
    )
    inner = [float(at) for at in range(step * math.ceil(low / step), math.floor(high) + 1, step)]
    if not inner or inner[0] > low:
        inner = [at for at in inner if at - low >= 0.6 * step]
        inner.insert(0, low)
    return inner


Sample = tuple[str, str]
"""The kind of a mark of a legend, with its role behind a space, and what it stands for."""


def legend(samples: Sequence[Sample], room: Room) -> tuple[float, tuple[Mark, ...]]:
    """Return the height of a legend above a drawing, and its marks.

    A sample is a ``box``, a ``bar``, a ``dot`` or a ``ring`` in some role.
    """
    size, marks = room.small, []
    cell, row = 1.4 * size, 1.5 * size
    x, y = 0.0, row / 2
    for look, name in samples:
        kind, _, role = look.partition(" ")
        text = shorten(line(name), room.width - cell, size)
        need = cell + length(text, size)
        if x and x + need > room.width:
            x, y = 0.0, y + row
        marks += [_sample(kind, role, x, y, size), Text(x + cell, y, text, size)]
        x += need + 1.6 * size
    return (y + row / 2 + 0.4 * size if samples else 0.0), tuple(marks)


def _sample(kind: str, role: str, x: float, y: float, size: float) -> Mark:
    if kind == "bar":
        return Box(x, y - 0.2 * size, size, 0.4 * size, role)
    if kind == "dot":
        return Disc(x + size / 2, y, 0.28 * size, role)
    if kind == "ring":
        return Disc(x + size / 2, y, 0.42 * size, stroke=role)
    return Box(x, y - 0.45 * size, 0.9 * size, 0.9 * size, role)
