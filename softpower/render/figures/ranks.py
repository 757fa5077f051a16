"""A slope chart or a bump chart as a figure: places from top to bottom, runs from left to right.

What is asked for stands out, and has its places on its line; all else is grey. Where not all
labels have room on a page, the chosen lines keep theirs, and the others stay as a grey ground.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from softpower.charts import Line, RankChart
from softpower.render.cells import line
from softpower.render.figures.look import Room
from softpower.render.figures.metrics import length, packed, shorten
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
    straight,
)
from softpower.render.figures.theme import LINES, hue, on
from softpower.render.ranks import (
    DASHES,
    Layout,
    LineStyle,
    layout,
    line_styles,
    pieces,
    place_text,
)

_LABELS, _NAMED = 0.3, 4
"""The share of the width that labels at one end may take, and the most lines of a heading."""
_FAR = 2.5
"""How far a label may be moved from the end of its line, in heights of its letters."""
_PLACE = 7.0
"""The size of places."""
_CLOSE = 1.25
"""The least height of a row with a label, in heights of its letters."""


def draw_ranks(chart: RankChart, room: Room) -> Drawing:
    """Return lines between places, with labels at both ends or, where this is too narrow, one."""
    some = any(each.chosen for each in chart.lines)
    plan = layout(chart)
    frame = _Frame(chart, plan, room)
    if some and frame.strays:
        frame = _Frame(chart, plan, room, chosen=True)
    while not some and frame.strays and len(plan.lines) > 1:
        plan = layout(chart, int(0.9 * len(plan.lines)))
        frame = _Frame(chart, plan, room)
    groups = [Group(frame.heading()), *frame.lines(), *frame.breaks()]
    total = len(chart.lines)
    out = ""
    if plan.left_out:
        out = f"The first {len(plan.lines)} of {total} lines are drawn."
    elif len(frame.told) < total:
        out = f"Of {total} lines only chosen ones are labelled."
    return Drawing(frame.height, tuple(groups), _says(chart, plan, frame.key), out)


def _says(chart: RankChart, plan: Layout, key: str) -> str:
    chosen = [each for each in plan.lines if each.chosen] or list(plan.lines[:5])
    told = "; ".join(
        f"{line(each.label)} {', '.join(place_text(place) for place in each.places)}"
        for each in chosen
    )
    runs = key or ", ".join(map(line, chart.runs))
    return f"Places of {len(chart.lines)} under {len(chart.runs)} runs ({runs}). {told}."


def _styles(lines: Sequence[Line]) -> list[LineStyle]:
    """Return the styles of lines: if many and none is chosen, those that move most stand out."""
    if any(each.chosen for each in lines) or len(lines) <= LINES:
        return line_styles(lines, LINES)
    held = [[place for place in each.places if place is not None] for each in lines]
    moved = sorted(
        range(len(lines)), key=lambda at: min(held[at], default=0) - max(held[at], default=0)
    )
    hues = {at: number for number, at in enumerate(sorted(moved[:LINES]))}
    return [LineStyle(hues.get(at)) for at in range(len(lines))]


class _Frame:
    """The measures of a rank chart, and the marks in them.

    Where ``chosen`` is true only the chosen lines are labelled.
    """

    def __init__(self, chart: RankChart, plan: Layout, room: Room, *, chosen: bool = False) -> None:
        self.plan, self.room, self.last = plan, room, len(chart.runs) - 1
        self.some = any(each.chosen for each in plan.lines)
        self.told = [at for at, each in enumerate(plan.lines) if each.chosen or not chosen]
        self.labels = [
            shorten(line(each.label), _LABELS * room.width, room.body, bold=each.chosen)
            for each in plan.lines
        ]
        self.radius = 0.68 * room.body
        places = [place_text(place) for each in plan.lines for place in each.places]
        figures = max(length(text, _PLACE, bold=self.some) for text in [*places, ""])
        self.half = max(self.radius, figures / 2 + 1.5)
        widest = max(
            length(self.labels[at], room.body, bold=plan.lines[at].chosen) for at in self.told
        )
        self.gutter = widest + self.half + 4 + figures
        least = 4.5 * self.half
        self.left = self.gutter
        if room.width - 2 * self.gutter < least * self.last:
            self.left = self.half + 1 + figures
        self.step = (room.width - self.left - self.gutter) / max(self.last, 1)
        self.numbered = self.step >= 2.6 * self.half
        self.both = self.left == self.gutter
        self._head(chart)
        self.lowest = max(max(rows) for rows in plan.rows)
        rows, close = max(self.lowest + 1, plan.height), _CLOSE * room.body
        free = max(room.height - self.head - 2, 3 * close)
        self.pitch = min(1.6 * room.body, free / rows)
        self.tight = self.pitch < close
        self.height = self.head + rows * self.pitch + 2
        self.told = self.told[: int(min((self.height - self.head) / close, 1e6))]
        self.styles = _styles(plan.lines)

    @property
    def strays(self) -> bool:
        """Whether a label stands far from where its line ends."""
        heights = ((run, at, y) for run in {0, self.last} for at, y in self._spread(run).items())
        far = _FAR * self.room.body
        return any(abs(y - self.y(self.plan.rows[at][run])) > far for run, at, y in heights)

    def _head(self, chart: RankChart) -> None:
        """Find the lines of the headings; names that have no room are numbered."""
        size, width = self.room.small, self.step - 4
        edge = min(self.step, 2 * self.left) - 2 if self.both else self.left + self.step / 2 - 2
        rooms = [width] * (self.last + 1)
        rooms[-1] = min(self.step, 2 * self.gutter) - 2
        rooms[0] = edge if self.last else self.room.width
        parts = [pieces(line(run)) or [""] for run in chart.runs]
        narrow = any(
            length(part.rstrip(), size, bold=True) > wide
            for name, wide in zip(parts, rooms, strict=True)
            for part in name
        )
        self.names = [
            packed(name, wide, size, bold=True, most=_NAMED)
            for name, wide in zip(parts, rooms, strict=True)
        ]
        cut = any("…" in row for name in self.names for row in name)
        self.key = ""
        if narrow or cut:
            self.key = ", ".join(self._numbered(chart))
            self.names = [[str(at)] for at in range(1, self.last + 2)]
        parts_of = [
            f"{text}{',' * (at < self.last)} " for at, text in enumerate(self._numbered(chart))
        ]
        self.keys = packed(parts_of, self.room.width, size) if self.key else []
        if not self.some and len(self.plan.lines) > LINES:
            self.keys.append(f"In colour: the {LINES} whose places differ most.")
        self.deep = max(map(len, self.names))
        self.head = (self.deep + len(self.keys)) * 1.25 * size + self.radius + 4 * bool(self.keys)

    def _numbered(self, chart: RankChart) -> list[str]:
        return [f"{at} = {line(run)}" for at, run in enumerate(chart.runs, 1)]

    def heading(self) -> tuple[Mark, ...]:
        """Return the names of the runs."""
        size = self.room.small
        step = 1.25 * size
        keys = [
            Text(0.0, (at + 0.5) * step, row, size, "start", "quiet")
            for at, row in enumerate(self.keys)
        ]
        first = len(self.keys) + (0.4 if self.keys else 0.0)
        names = [
            Text(x, (first + self.deep - len(name) + at + 0.5) * step, row, size, anchor, bold=True)
            for run, name in enumerate(self.names)
            for x, anchor in [self._heads(run)]
            for at, row in enumerate(name)
        ]
        return (*keys, *names)

    def _heads(self, run: int) -> tuple[float, Anchor]:
        """Return where the name of a run stands: the first at the edge if no label is before it."""
        if run == 0 and self.last and not (self.both or self.key):
            return 0.0, "start"
        return self.x(run), "middle"

    def x(self, run: int) -> float:
        """Return where a run is."""
        return self.left + run * self.step

    def y(self, row: float) -> float:
        """Return where a row is."""
        return self.head + (row + 0.5) * self.pitch

    def lines(self) -> list[Group]:
        """Return all lines with their places and labels, the chosen ones last."""
        strokes: dict[int, list[tuple[Point, ...]]] = {at: [] for at in range(len(self.labels))}
        for at, points in self.plan.paths(0, self.last):
            chosen = self.plan.lines[at].chosen
            gap = 0.0 if self.tight else self.half
            inner = gap if self.numbered and (chosen or not self.some) else 0.0
            for (run, top), (after, bottom) in pairwise(points):
                start = gap if run == 0 else inner
                end = gap if after == self.last else inner
                strokes[at].append(
                    ((self.x(run) + start, self.y(top)), (self.x(after) - end, self.y(bottom)))
                )
        order = sorted(
            strokes, key=lambda at: (self.plan.lines[at].chosen, self.styles[at].hue is not None)
        )
        ends = {run: self._spread(run) for run in {0, self.last}}
        return [self._line(at, tuple(strokes[at]), ends) for at in order]

    def _line(
        self, at: int, strokes: tuple[tuple[Point, ...], ...], ends: dict[int, dict[int, float]]
    ) -> Group:
        each, style = self.plan.lines[at], self.styles[at]
        role = "faint" if style.hue is None else hue(style.hue)
        marks: list[Mark] = []
        if strokes:
            wide = 1.8 if each.chosen else 0.6 if self.some or style.hue is None else 1.1
            curved = self.last > 1
            marks.append(Path(strokes, role, wide=wide, dash=DASHES[style.dash], curved=curved))
        for run, place in enumerate(each.places):
            marks += self._place(at, run, place, role)
            if run in ends and at in ends[run]:
                marks += self._label(at, run, ends[run][at], role)
        says = ", ".join(place_text(place) for place in each.places)
        return Group(tuple(marks), f"{line(each.label)}: {says}")

    def _place(self, at: int, run: int, place: float | None, role: str) -> list[Mark]:
        """Return the place of a line at a run, on a disc if it is chosen.

        Where rows are tight only discs with room for it have one; at the ends labels tell it.
        """
        chosen, end = self.plan.lines[at].chosen, run in {0, self.last}
        if (place is None and not end) or (self.tight and not chosen):
            return []
        x, y = self.x(run), self.y(self.plan.rows[at][run])
        text, size = place_text(place), _PLACE
        if place is None or not chosen:
            if not (end or (self.numbered and not self.some)):
                return []
            colour = "quiet" if self.styles[at].hue is None or place is None else "ink"
            return [Text(x, y, text, size, "middle", colour)]
        if not (self.numbered or end) or (self.tight and (end or not self._is_free(at, run))):
            return [Disc(x, y, 0.35 * self.radius, role)]
        half = length(text, size, bold=True) / 2 + 1
        disc: Mark = Disc(x, y, self.radius, role)
        if half > self.radius:
            wide, high = 2 * half, 2 * self.radius
            disc = Box(x - half, y - self.radius, wide, high, role, rounding=self.radius)
        return [disc, Text(x, y, text, size, "middle", on(role), bold=True)]

    def _is_free(self, at: int, run: int) -> bool:
        """Say whether no other chosen line is close to a place."""
        rows = [
            abs(self.plan.rows[at][run] - rows[run])
            for other, rows in enumerate(self.plan.rows)
            if other != at and self.plan.lines[other].chosen
        ]
        return min(rows, default=99) * self.pitch > 2 * self.radius

    def _label(self, at: int, run: int, y: float, role: str) -> list[Mark]:
        """Return the label of a line at one end, and what leads to it where it is moved."""
        each, side = self.plan.lines[at], -1 if run == 0 else 1
        bare = run == 0 and not self.both and self.last > 0
        if bare and not self.tight:
            return []
        side = 1 if self.last == 0 else side
        anchor: Anchor = "end" if side < 0 else "start"
        parts = [] if bare else [self.labels[at]]
        if self.tight:
            parts.insert(0 if side > 0 else 1, place_text(each.places[run]))
        x = self.x(run) + side * (self.half + 3) * (not bare)
        colour = "quiet" if self.styles[at].hue is None else "ink"
        text = Text(x, y, " ".join(parts), self.room.body, anchor, colour, bold=each.chosen)
        own = self.y(self.plan.rows[at][run])
        if abs(own - y) < 1:
            return [text]
        return [straight((x - 3 * side, own), (x - 0.5 * side, y), role, 0.6), text]

    def _spread(self, run: int) -> dict[int, float]:
        """Return the height of each label at a run, so far apart that they do not touch."""
        told = sorted(self.told, key=lambda at: self.plan.rows[at][run])
        least = _CLOSE * self.room.body
        return spread({at: self.y(self.plan.rows[at][run]) for at in told}, least, self.height)

    def breaks(self) -> list[Group]:
        """Return what cuts all lines where places are left out, and says which these are."""
        found = []
        left, right = self.x(0) - self.half, self.x(self.last) + self.half
        for row, (first, last) in self.plan.breaks.items():
            y, half = self.y(row), min(self.pitch, 1.4 * self.room.small) / 2.6
            edges = tuple(
                Path(
                    (((left, y + side * half), (right, y + side * half)),),
                    "quiet",
                    wide=0.5,
                    dash=(1, 2),
                )
                for side in (-1, 1)
            )
            box = Box(left, y - half, right - left, 2 * half, "page")
            said = f"places {first}–{last}"
            wide = length(said, _PLACE)
            x = max(self.x(0) + self.step / 2, wide / 2)
            text = Text(x, y, said, _PLACE, "middle", "quiet")
            ground = Box(x - wide / 2, y - 0.6 * _PLACE, wide, 1.2 * _PLACE, "page")
            fits = not (self.tight and self.some) or wide + 2 * self.half < self.step
            found.append(Group((box, *edges, *((ground, text) if fits else ()))))
        return found


def spread(wanted: dict[int, float], least: float, bottom: float) -> dict[int, float]:
    """Return heights near to the wanted ones, which ascend, at least so far from one another."""
    found: dict[int, float] = {}
    low = least / 2
    for key, y in wanted.items():
        found[key] = max(y, low)
        low = found[key] + least
    high = bottom - least / 2
    for key in reversed(list(found)):
        found[key] = min(found[key], high)
        high = found[key] - least
    return found
