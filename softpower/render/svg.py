"""The charts of an answer as figures inside a page, drawn in SVG without a script."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from softpower.answer import (
    BarChart,
    Chart,
    IntervalChart,
    Line,
    OrderChart,
    RankChart,
    StackedBars,
)
from softpower.render.cells import MISSING, NOTHING, chart_digits, decimal, line
from softpower.render.page import escape
from softpower.render.ranks import DASHES, Look, filled, layout, looks, pieces, place_text
from softpower.render.style import PALETTE
from softpower.render.svg_order import draw_order
from softpower.render.widths import cut, width

Drawing = tuple[float, float, list[str]]
"""The width, the height and the elements of a drawing."""

_WIDTH, _LABELS, _FIGURES, _ROW = 720.0, 220.0, 70.0, 22.0
_LETTER = 7.0
"""About as many units as a letter is wide."""
_PLACE, _STEP_LEAST, _NODE, _NAME, _BOLD = 22.0, 96.0, 12.0, 15.0, 7.8
_LONGEST = 60


def figure(chart: Chart) -> str:
    """Return a chart with its title and caption as an element of a page."""
    if isinstance(chart, BarChart):
        size, height, parts = _bars(chart)
    elif isinstance(chart, RankChart):
        size, height, parts = _ranks(chart)
    elif isinstance(chart, IntervalChart):
        size, height, parts = _intervals(chart)
    elif isinstance(chart, OrderChart):
        size, height, parts = draw_order(chart)
    else:
        size, height, parts = _stacked(chart)
    title = escape(chart.title)
    least = f' style="min-width:{size:g}px"' if size > _WIDTH else ""
    out = [
        '<figure class="chart">',
        f"<figcaption><h2>{title}</h2></figcaption>",
        f'<div><svg viewBox="0 0 {size:g} {height:g}" role="img" aria-label="{title}"{least}>',
        *parts,
        "</svg></div>",
    ]
    if chart.caption:
        out.append(f'<p class="caption">{escape(chart.caption)}</p>')
    return "\n".join([*out, "</figure>"])


class _Scale:
    """Where bars begin and end, and what is written beside them."""

    def __init__(self, lows: Sequence[float], highs: Sequence[float]) -> None:
        low, high = min([0.0, *lows]), max([0.0, *highs])
        self.left = _LABELS + (_FIGURES if low < 0 else 0)
        span = high - low if high - low > NOTHING else 1.0
        self.unit = (_WIDTH - self.left - _FIGURES) / span
        self.zero = self.left - low * self.unit

    def at(self, value: float) -> float:
        """Return where a value is."""
        return self.zero + value * self.unit

    def bar(self, top: float, start: float, end: float, look: str = "") -> str:
        """Return the bar between two values in the row that begins at ``top``."""
        left, length = self.at(min(start, end)), abs(end - start) * self.unit
        kind = f' class="{look}"' if look else ""
        return f'<rect x="{left:.2f}" y="{top + 4:.1f}" width="{length:.2f}" height="14"{kind}/>'

    def label(self, top: float, text: str) -> str:
        """Return the label of a row."""
        return (
            f'<text x="{_LABELS - 8:g}" y="{top + _ROW / 2:.1f}" class="label">'
            f"{escape(cut(line(text), 32))}</text>"
        )

    def figure(self, top: float, end: float, text: str, *, leftward: bool = False) -> str:
        """Return what is written beyond the end of a bar."""
        anchor, x = ("end", self.at(end) - 6) if leftward else ("start", self.at(end) + 6)
        return f'<text x="{x:.2f}" y="{top + _ROW / 2:.1f}" text-anchor="{anchor}">{text}</text>'

    def axis(self, top: float, bottom: float, title: str) -> list[str]:
        """Return the line at zero, and what the values are below it."""
        middle = (self.left + _WIDTH - _FIGURES) / 2
        return [
            f'<line x1="{self.zero:.2f}" x2="{self.zero:.2f}" y1="{top:g}" y2="{bottom:g}"/>',
            f'<text x="{middle:.0f}" y="{bottom + 18:g}" class="axis">{escape(title)}</text>',
        ]


def _bars(chart: BarChart) -> Drawing:
    """Return horizontal bars, with a line at zero."""
    scale = _Scale(chart.values, chart.values)
    digits = chart_digits(chart.values)
    parts = []
    for at, (label, value) in enumerate(zip(chart.labels, chart.values, strict=True)):
        top = at * _ROW
        parts.append(
            f"<g><title>{escape(label)}</title>{scale.label(top, label)}"
            + scale.bar(top, 0, value)
            + scale.figure(top, value, decimal(value, digits), leftward=value < 0)
            + "</g>"
        )
    bottom = len(chart.values) * _ROW
    return _WIDTH, bottom + 30, [*parts, *scale.axis(0, bottom, chart.axis)]


def _stacked(chart: StackedBars) -> Drawing:
    """Return bars made of parts with a legend above and their totals beyond the ends."""
    highs = [sum(value for value in row if value > 0) for row in chart.values]
    lows = [sum(value for value in row if value < 0) for row in chart.values]
    scale = _Scale(lows, highs)
    totals = [sum(row) for row in chart.values]
    digits = chart_digits(totals)
    fine = chart_digits([value for row in chart.values for value in row])
    first, parts = _legend(chart.parts)
    for at, (label, values) in enumerate(zip(chart.labels, chart.values, strict=True)):
        top = first + at * _ROW
        parts.append(scale.label(top, label))
        ends = {False: 0.0, True: 0.0}
        for number, (part, value) in enumerate(zip(chart.parts, values, strict=True)):
            start = ends[value < 0]
            ends[value < 0] += value
            says = f"{escape(label)}: {escape(part)} {decimal(value, fine)}"
            drawn = scale.bar(top, start, ends[value < 0], _hue(number))
            parts.append(f"<g><title>{says}</title>{drawn}</g>")
        parts.append(scale.figure(top, ends[False], decimal(totals[at], digits)))
    bottom = first + len(chart.values) * _ROW
    return _WIDTH, bottom + 30, [*parts, *scale.axis(first, bottom, chart.axis)]


def _intervals(chart: IntervalChart) -> Drawing:
    """Return an interval for each label, with a dot for its middle and a ring for its mark."""
    scale = _Scale([], [*chart.highs, *chart.marks])
    digits = chart_digits([*chart.lows, *chart.highs])
    interval, middle, mark = chart.terms
    parts = []
    series = zip(chart.labels, chart.lows, chart.middles, chart.highs, chart.marks, strict=True)
    for row, (label, low, centre, high, place) in enumerate(series):
        top = row * _ROW
        level = f"{top + _ROW / 2:.1f}"
        ends = f"{decimal(low, digits)}–{decimal(high, digits)}"
        says = (
            f"{escape(label)}: {escape(interval)} {ends}, {escape(middle)} "
            f"{decimal(centre, chart_digits([centre]))}, {escape(mark)} "
            f"{decimal(place, chart_digits([place]))}"
        )
        parts.append(
            f"<g><title>{says}</title>{scale.label(top, label)}"
            f'<line x1="{scale.at(low):.2f}" x2="{scale.at(high):.2f}" y1="{level}" y2="{level}" '
            'class="interval"/>'
            f'<circle cx="{scale.at(centre):.2f}" cy="{level}" r="4" class="middle"/>'
            f'<circle cx="{scale.at(place):.2f}" cy="{level}" r="6" class="mark"/>'
            + scale.figure(top, max(high, place), ends)
            + "</g>"
        )
    bottom = len(chart.labels) * _ROW
    terms = f"{chart.axis}: line {interval}, dot {middle}, ring {mark}"
    return _WIDTH, bottom + 30, [*parts, *scale.axis(0, bottom, terms)]


def _legend(names: Sequence[str]) -> tuple[float, list[str]]:
    """Return the height of a legend and its elements."""
    parts: list[str] = []
    x, y = 0.0, 0.0
    for number, name in enumerate(names):
        text = cut(line(name), 40)
        need = 18 + width(text) * _LETTER + 16
        if x and x + need > _WIDTH:
            x, y = 0.0, y + _ROW
        parts.append(
            f'<rect x="{x:g}" y="{y + 5:g}" width="12" height="12" class="{_hue(number)}"/>'
            f'<text x="{x + 18:g}" y="{y + _ROW / 2:g}">{escape(text)}</text>'
        )
        x += need
    return y + _ROW + 8, parts


class _Grid:
    """Where the places of a rank chart are."""

    def __init__(self, chart: RankChart) -> None:
        self.plan = layout(chart)
        self.last = len(chart.runs) - 1
        self.labels = [cut(line(each.label), _LONGEST) for each in self.plan.lines]
        self.side = max(map(width, self.labels)) * _LETTER + 2 * _NODE
        self.step = max((_WIDTH - 2 * self.side) / max(self.last, 1), _STEP_LEAST)
        room = int((self.step - 6) / _BOLD)
        self.names = [filled(pieces(line(run)), room) for run in chart.runs]
        self.head = max(map(len, self.names)) * _NAME + 8
        self.width = max(2 * self.side + self.last * self.step, _WIDTH)
        lowest = max(max(self.plan.rows[at][0], self.plan.rows[at][-1]) for at in self.lines)
        self.height = self.y(max(lowest, self.plan.height - 1)) + 0.6 * _PLACE

    @property
    def lines(self) -> range:
        return range(len(self.plan.lines))

    def x(self, run: int) -> float:
        """Return where a run is."""
        return self.side + run * self.step

    def y(self, row: int) -> float:
        """Return where a row is."""
        return self.head + (row + 0.5) * _PLACE

    def heading(self) -> list[str]:
        """Return the names of the runs."""
        return [
            f'<text x="{self.x(run):.1f}" y="{self.head - 8 - (len(name) - at - 0.5) * _NAME:.1f}"'
            f' class="run">{escape(part)}</text>'
            for run, name in enumerate(self.names)
            for at, part in enumerate(name)
        ]

    def breaks(self) -> list[str]:
        """Return what cuts all lines where places are left out, and says which these are."""
        drawn = []
        for row, (first, last) in self.plan.breaks.items():
            high, size = self.y(row) - _PLACE / 3, 2 * _PLACE / 3
            edges = "".join(
                f'<line x1="0" x2="{self.width:g}" y1="{edge:.1f}" y2="{edge:.1f}"/>'
                for edge in (high, high + size)
            )
            drawn.append(
                f'<g class="break"><rect x="0" y="{high:.1f}" width="{self.width:g}" '
                f'height="{size:.1f}"/>{edges}<text x="{self.width / 2:.1f}" y="{self.y(row):.1f}" '
                f'class="axis small">places {first}–{last}</text></g>'
            )
        return drawn

    def path(self, points: Sequence[tuple[int, int]], dash: Sequence[int]) -> str:
        """Return the curves through some points, or a straight line where there are two runs."""
        drawn = ""
        for (run, row), (after, below) in pairwise(points):
            left, right = self.x(run) + _NODE, self.x(after) - _NODE
            start, end, middle = self.y(row), self.y(below), (left + right) / 2
            curve = f"C{middle:.1f} {start:.1f} {middle:.1f} {end:.1f} "
            drawn += f"M{left:.1f} {start:.1f}{'L' if self.last == 1 else curve}"
            drawn += f"{right:.1f} {end:.1f}"
        pattern = f' stroke-dasharray="{" ".join(map(str, dash))}"' if dash else ""
        return f'<path d="{drawn}"{pattern}/>' if drawn else ""

    def nodes(self, at: int) -> str:
        """Return the places of a line, and its label at both ends."""
        each, rows = self.plan.lines[at], self.plan.rows[at]
        drawn = []
        for run, place in enumerate(each.places):
            x, y = self.x(run), self.y(rows[run])
            if place is not None and each.chosen:
                drawn.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="9.5"/>')
            if place is not None or run in {0, self.last}:
                text = place_text(place, MISSING)
                kind = "axis" if place is None else "place small" if len(text) > 2 else "place"
                drawn.append(f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}">{text}</text>')
        label = escape(self.labels[at])
        for run, side, anchor in [(0, -1, "end"), (self.last, 1, "start")][: 1 + (self.last > 0)]:
            drawn.append(
                f'<text x="{self.x(run) + side * (_NODE + 3):.1f}" y="{self.y(rows[run]):.1f}" '
                f'text-anchor="{anchor}">{label}</text>'
            )
        return "".join(drawn)


def _ranks(chart: RankChart) -> Drawing:
    """Return lines between places: the chosen ones in colours, with their places on them."""
    grid = _Grid(chart)
    told = looks(grid.plan.lines, len(PALETTE))
    paths: dict[int, list[str]] = {at: [] for at in grid.lines}
    for at, points in grid.plan.paths(0, grid.last):
        paths[at].append(grid.path(points, DASHES[told[at].dash]))
    parts = grid.heading()
    for at in sorted(grid.lines, key=lambda at: grid.plan.lines[at].chosen):
        each = grid.plan.lines[at]
        places = ", ".join(place_text(place, MISSING) for place in each.places)
        parts.append(
            f'<g class="{_class(told[at], each)}"><title>{escape(each.label)}: {places}</title>'
            f"{''.join(paths[at])}{grid.nodes(at)}</g>"
        )
    return grid.width, grid.height, [*parts, *grid.breaks()]


def _class(look: Look, each: Line) -> str:
    """Return the classes of a line."""
    kind = "chosen" if each.chosen else "quiet" if look.hue is None else "plain"
    return kind if look.hue is None else f"{kind} {_hue(look.hue)}"


def _hue(number: int) -> str:
    """Return the class of a colour; after the last one they begin again, lighter."""
    again = " light" if number >= len(PALETTE) else ""
    return f"h{number % len(PALETTE)}{again}"
