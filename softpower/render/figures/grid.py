"""Labels against columns as a figure: a shade and a number where they meet."""

from __future__ import annotations

from softpower.charts import GridChart
from softpower.render.cells import MISSING, NOTHING, decimal, line
from softpower.render.figures.look import Room
from softpower.render.figures.metrics import length, packed, shorten
from softpower.render.figures.scene import Box, Drawing, Group, Mark, Text
from softpower.render.figures.theme import on, shade

_LABELS, _LINES = 0.4, 3
_GAP = 4.0


def draw_grid(chart: GridChart, room: Room) -> Drawing:
    """Return a cell for each label and column, shaded from the least to the largest figure.

    Columns whose names have no room above them are numbered. What has no room to be read is left
    out: the last rows, and the last columns.
    """
    texts = [line(label) for label in chart.labels]
    figures = [
        [MISSING if value is None else decimal(value, chart.digits) for value in row]
        for row in chart.values
    ]
    label = min(max(length(text, room.body) for text in texts), _LABELS * room.width)
    least = max(length(text, 7.0) for row in figures for text in [*row, "00"]) + 1
    columns = min(len(chart.columns), max(int((room.width - label - _GAP) / least), 1))
    wide = min((room.width - label - _GAP) / columns, 6 * least)
    names, key = _names(chart, columns, wide, room)
    step = 1.25 * room.small
    head = (len(key) + max(map(len, names))) * step + 3
    axis = Text(0.0, 0.0, line(chart.axis), room.small, colour="quiet")
    fit = int(min((room.height - head - 1.6 * room.small) / room.row, 1e6))
    count = min(len(texts), max(fit, 1))
    known = [v for row in chart.values for v in row if v is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    shares = low == 0
    span = high - low if high - low > NOTHING else 1.0
    marks: list[Mark] = [
        Text(0.0, (at + 0.5) * step, row, room.small, colour="quiet") for at, row in enumerate(key)
    ]
    for at, name in enumerate(names):
        first, x = head - 3 - len(name) * step, label + _GAP + (at + 0.5) * wide
        marks += [
            Text(x, first + (n + 0.5) * step, row, room.small, "middle", bold=True)
            for n, row in enumerate(name)
        ]
    groups = [Group(tuple(marks))]
    for row in range(count):
        y = head + row * room.row
        middle = y + room.row / 2
        short = shorten(texts[row], label, room.body)
        groups.append(Group((Text(label, middle, short, room.body, "end"),)))
        for at in range(columns):
            x, value = label + _GAP + at * wide, chart.values[row][at]
            figure, nothing = figures[row][at], shares and value == 0
            role = shade((value - low) / span) if value is not None else "missing"
            ink = on(role) if value is not None else "quiet"
            cell = (
                Box(x, y, wide - 0.6, room.row - 0.6, "page" if nothing else role),
                Text(x + wide / 2 - 0.3, middle, "" if nothing else figure, 7.0, "middle", ink),
            )
            says = f"{texts[row]}, {line(chart.columns[at])}: {figures[row][at]}"
            groups.append(Group(cell, says))
    bottom = head + count * room.row
    foot = Text(label + _GAP, bottom + 0.8 * room.small, axis.text, room.small, colour="quiet")
    told = "; ".join(
        f"{texts[row]} {', '.join(figures[row][:columns])}" for row in range(min(count, 3))
    )
    says = f"{chart.axis}: {len(texts)} rows by {len(chart.columns)} columns. {told}."
    out = [
        f"The first {shown} of {of} {what} are drawn."
        for shown, of, what in (
            (count, len(texts), "rows"), (columns, len(chart.columns), "columns")
        )
        if shown < of
    ]  # fmt: skip
    return Drawing(bottom + 1.6 * room.small, (*groups, Group((foot,))), says, " ".join(out))


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
