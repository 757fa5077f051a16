"""Labels against columns as a figure: a shade and a number where they meet."""

from __future__ import annotations

from collections.abc import Iterator

from softpower.charts import GridChart
from softpower.render.cells import MISSING, NOTHING, decimal, line
from softpower.render.figures.look import Room
from softpower.render.figures.metrics import length, packed, shorten
from softpower.render.figures.scene import Box, Drawing, Group, Mark, Text
from softpower.render.figures.theme import on, shade

_LABELS, _LINES = 0.4, 3
_GAP = 4.0
_FIGURE = 7.0
"""The size of figures."""


def draw_grid(chart: GridChart, room: Room) -> Drawing:
    """Return a cell for each label and column, shaded from the least to the largest figure.

    Columns whose names have no room above them are numbered. What has no room to be read is left
    out: the last rows, and the last columns.
    """
    grid = _Grid(chart, room)
    says = f"{chart.axis}: {len(grid.texts)} rows by {len(chart.columns)} columns. {grid.told()}."
    out = [
        f"The first {shown} of {of} {what} are drawn."
        for shown, of, what in (
            (grid.rows, len(grid.texts), "rows"), (grid.columns, len(chart.columns), "columns")
        )
        if shown < of
    ]  # fmt: skip
    groups = (grid.heading(), *grid.cells(), grid.foot())
    return Drawing(grid.bottom + 1.6 * room.small, groups, says, " ".join(out))


class _Grid:
    """The measures of a grid, and the marks in them."""

    def __init__(self, chart: GridChart, room: Room) -> None:
        self.chart, self.room = chart, room
        self.texts = [line(label) for label in chart.labels]
        self.figures = [
            [MISSING if value is None else decimal(value, chart.digits) for value in row]
            for row in chart.values
        ]
        self.label = min(max(length(text, room.body) for text in self.texts), _LABELS * room.width)
        self.left = self.label + _GAP
        least = max(length(text, _FIGURE) for row in self.figures for text in [*row, "00"]) + 1
        self.columns = min(len(chart.columns), max(int((room.width - self.left) / least), 1))
        self.wide = min((room.width - self.left) / self.columns, 6 * least)
        self.names, self.key = _names(chart, self.columns, self.wide, room)
        self.step = 1.25 * room.small
        self.head = (len(self.key) + max(map(len, self.names))) * self.step + 3
        fit = int(min((room.height - self.head - 1.6 * room.small) / room.row, 1e6))
        self.rows = min(len(self.texts), max(fit, 1))
        self.bottom = self.head + self.rows * room.row
        known = [value for row in chart.values for value in row if value is not None]
        self.low, self.high = min(known, default=0.0), max(known, default=0.0)

    def heading(self) -> Group:
        """Return the names of the columns, beneath the key to them where they are numbered."""
        size, step = self.room.small, self.step
        marks: list[Mark] = [
            Text(0.0, (at + 0.5) * step, row, size, colour="quiet")
            for at, row in enumerate(self.key)
        ]
        for at, name in enumerate(self.names):
            first, x = self.head - 3 - len(name) * step, self.left + (at + 0.5) * self.wide
            marks += [
                Text(x, first + (n + 0.5) * step, row, size, "middle", bold=True)
                for n, row in enumerate(name)
            ]
        return Group(tuple(marks))

    def cells(self) -> Iterator[Group]:
        """Yield the label of each row, and its cells with their figures."""
        for row in range(self.rows):
            middle = self.head + (row + 0.5) * self.room.row
            short = shorten(self.texts[row], self.label, self.room.body)
            yield Group((Text(self.label, middle, short, self.room.body, "end"),))
            for at in range(self.columns):
                yield self._cell(row, at)

    def _cell(self, row: int, at: int) -> Group:
        x, y = self.left + at * self.wide, self.head + row * self.room.row
        figure, value = self.figures[row][at], self.chart.values[row][at]
        nothing = self.low == 0 and value == 0
        span = self.high - self.low if self.high - self.low > NOTHING else 1.0
        role = shade((value - self.low) / span) if value is not None else "missing"
        ink = on(role) if value is not None else "quiet"
        middle, text = y + self.room.row / 2, "" if nothing else figure
        marks = (
            Box(x, y, self.wide - 0.6, self.room.row - 0.6, "page" if nothing else role),
            Text(x + self.wide / 2 - 0.3, middle, text, _FIGURE, "middle", ink),
        )
        return Group(marks, f"{self.texts[row]}, {line(self.chart.columns[at])}: {figure}")

    def foot(self) -> Group:
        """Return what the figures are."""
        size = self.room.small
        y = self.bottom + 0.8 * size
        return Group((Text(self.left, y, line(self.chart.axis), size, colour="quiet"),))

    def told(self) -> str:
        """Return the first rows in words."""
        return "; ".join(
            f"{self.texts[row]} {', '.join(self.figures[row][: self.columns])}"
            for row in range(min(self.rows, 3))
        )


def _names(
    chart: GridChart, columns: int, wide: float, room: Room
) -> tuple[list[list[str]], list[str]]:
    """Return the lines above each column, and those of a key if these are numbers."""
    texts = [line(name) for name in chart.columns[:columns]]
    size = room.small
    split = [[f"{word} " for word in text.split()] or [""] for text in texts]
    names = [packed(parts, wide - 2, size, bold=True, most=_LINES) for parts in split]
    if not any("…" in row for name in names for row in name):
        return names, []
    last = len(texts) - 1
    key = [f"{at} = {text}{', ' * (at <= last)}" for at, text in enumerate(texts, 1)]
    key[-1] = key[-1].rstrip(", ")
    return [[str(at)] for at in range(1, columns + 1)], packed(key, room.width, size)
