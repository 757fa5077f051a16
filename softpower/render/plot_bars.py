"""Horizontal bars as text: plain ones, and ones that are made of parts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from softpower.charts import BarChart, StackedBars
from softpower.render.cells import NOTHING, decimal, line
from softpower.render.style import HUES, Piece, bar, letter, wrapped
from softpower.render.tabled import chart_digits
from softpower.render.widths import cut, pad, width

_LONGEST = 72
"""Bars are not made longer than this, however wide the terminal."""

_FILLS = {True: "█▓▒░", False: "#=+."}
_AXIS = {True: "│", False: "|"}
_BAR_LEAST = 12
_NAMED = 3
"""The bars in which a part is too small to be seen are named if they are not more than this."""


def draw_bars(chart: BarChart, columns: int, *, unicode: bool) -> list[list[Piece]]:
    """Return a bar chart: labels on the left, values on the right.

    Bars are drawn in eighths of a column, those of negative values in halves, to the left of a
    line at zero.
    """
    frame = _Frame(chart.labels, chart.values, chart.axis, columns, unicode=unicode)
    frame.scale(chart.values, chart.values)
    lines = frame.heading()
    for at, value in enumerate(chart.values):
        length = abs(value) * frame.unit
        left = [(_leftward(length, unicode=unicode), "bar")] if value < 0 else []
        right = [(_rightward(length, frame.right, unicode=unicode), "bar")] if value > 0 else []
        lines.append(frame.row(at, left, right))
    return lines


def draw_stacked(chart: StackedBars, columns: int, *, unicode: bool) -> list[list[Piece]]:
    """Return bars made of parts, with a legend above them and their totals on the right.

    Up to four parts have a shade each. More of them, or shades made of ASCII, are told apart by a
    letter at the beginning of each part too. Negative parts stand to the left of a line at zero.
    """
    totals = [sum(row) for row in chart.values]
    frame = _Frame(chart.labels, totals, chart.axis, columns, unicode=unicode)
    frame.scale(
        [sum(value for value in row if value < 0) for row in chart.values],
        [sum(value for value in row if value > 0) for row in chart.values],
    )
    looks = _looks(chart.parts, unicode=unicode)
    lines = [*_legend(chart.parts, looks, columns), *frame.heading()]
    unseen: dict[str, list[str]] = {}
    for at, row in enumerate(chart.values):
        sides: list[list[Piece]] = []
        for sign in (-1, 1):
            sizes = _sizes([max(sign * value, 0.0) * frame.unit for value in row])
            for part, value, size in zip(chart.parts, row, sizes, strict=True):
                if value * sign > 0 and not size:
                    unseen.setdefault(line(part), []).append(line(chart.labels[at]))
            side = [look.segment(size) for look, size in zip(looks, sizes, strict=True)]
            sides.append(side[::sign])
        lines.append(frame.row(at, *sides))
    if unseen:
        lines += wrapped(_unseen(unseen), "dim", columns)
    return lines


class _Look:
    """How a part is told from the others: by its colour, its fill and perhaps a letter."""

    def __init__(self, at: int, mark: str, *, unicode: bool) -> None:
        self.style = f"hue {at % HUES}"
        self.fill = _FILLS[unicode][at % 4]
        self.mark = mark

    def segment(self, size: int) -> Piece:
        """Return the part of a bar that is so many columns long."""
        return (self.mark + self.fill * size)[:size], self.style

    @property
    def sample(self) -> str:
        return (self.mark + self.fill)[:2]


def _looks(parts: Sequence[str], *, unicode: bool) -> list[_Look]:
    marks: list[str] = []
    for part in parts:
        plain = unicode and len(parts) <= len(_FILLS[True])
        marks.append("" if plain else letter(line(part), marks))
    return [_Look(at, mark, unicode=unicode) for at, mark in enumerate(marks)]


def _legend(parts: Sequence[str], looks: Sequence[_Look], columns: int) -> list[list[Piece]]:
    """Return the names of the parts, each behind a sample of it."""
    lines: list[list[Piece]] = []
    used = columns
    for part, look in zip(parts, looks, strict=True):
        name = cut(f" {line(part)}", columns - width(look.sample))
        need = width(look.sample + name)
        if used + 3 + need > columns:
            lines.append([])
            used = -3
        elif lines:
            lines[-1].append(("   ", ""))
        lines[-1] += [(look.sample, look.style), (name, "")]
        used += 3 + need
    return lines


def _sizes(lengths: Sequence[float]) -> list[int]:
    """Return whole columns for lengths so that every sum of the first ones is right."""
    edges = [0]
    total = 0.0
    for length in lengths:
        total += length
        edges.append(round(total))
    return [after - before for before, after in pairwise(edges)]


def _unseen(found: dict[str, list[str]]) -> str:
    """Return a sentence on the parts that are too small to be drawn."""
    parts = [
        f"{part} ({', '.join(names) if len(names) <= _NAMED else f'{len(names)} bars'})"
        for part, names in found.items()
    ]
    return f"Too small to be drawn: {', '.join(parts)}."


class _Frame:
    """The measures of a bar chart: a label, a bar to the left or right of zero, and a value."""

    def __init__(
        self,
        labels: Sequence[str],
        values: Sequence[float],
        axis: str,
        columns: int,
        *,
        unicode: bool,
    ) -> None:
        self.axis, self.columns, self.unicode = axis, columns, unicode
        digits = chart_digits(values) if values else 0
        self.values = [decimal(value, digits, unicode=unicode) for value in values]
        self.value = max(map(width, self.values), default=0)
        safe = [line(label) for label in labels]
        room = max(min(columns // 3, columns - self.value - _BAR_LEAST), 1)
        self.label = min(max(map(width, safe), default=0), room)
        self.labels = [cut(label, self.label, "…" if unicode else "...") for label in safe]
        self.left = self.right = 0
        self.unit = 0.0

    def scale(self, lows: Sequence[float], highs: Sequence[float]) -> None:
        """Find how many columns there are on both sides of zero, and for one unit."""
        low, high = min([0.0, *lows]), max([0.0, *highs])
        room = min(self.columns - self.label - self.value - 2, _LONGEST)
        if low < 0:
            room -= 1
            most = room - 1 if high > 0 else room
            self.left = min(max(round(room * -low / (high - low)), 1), most)
        self.right = room - self.left if high > 0 else 0
        sides = [(self.left, -low), (self.right, high)]
        self.unit = min((cells / most for cells, most in sides if most > NOTHING), default=0.0)

    def heading(self) -> list[list[Piece]]:
        """Return what the values are, above them."""
        if not self.axis.strip():
            return []
        size = self.label + self.left + bool(self.left) + self.right + self.value + 2
        return [[(pad(cut(line(self.axis), self.columns), size, right=True), "dim")]]

    def row(self, at: int, left: Sequence[Piece], right: Sequence[Piece]) -> list[Piece]:
        """Return the line of one bar from what is drawn on both sides of zero."""
        before = self.left - sum(len(text) for text, _ in left)
        after = self.right - sum(len(text) for text, _ in right)
        return [
            (pad(self.labels[at], self.label), ""),
            (" " * (before + 1), ""),
            *left,
            (_AXIS[self.unicode] if self.left else "", "dim"),
            *right,
            (" " * (after + 1), ""),
            (pad(self.values[at], self.value, right=True), ""),
        ]


def _rightward(length: float, columns: int, *, unicode: bool) -> str:
    """Return a bar to the right of zero; however short it is, it is seen where possible."""
    return bar(length / columns, columns, unicode=unicode) or ("▏" if unicode else "")


def _leftward(length: float, *, unicode: bool) -> str:
    """Return a bar to the left of zero, where there are only halves of a column."""
    if not unicode:
        return "#" * round(length)
    full, half = divmod(round(length * 2), 2)
    return "▐" * half + "█" * full or "▐"
