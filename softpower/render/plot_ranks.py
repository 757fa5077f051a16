"""A slope chart or a bump chart as text: places from top to bottom, runs from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from softpower.charts import Line, RankChart
from softpower.render.canvas import BLANK, Ascii, Braille, Canvas
from softpower.render.cells import line
from softpower.render.ranks import DASHES, Layout, filled, layout, line_styles, pieces, place_text
from softpower.render.style import HUES, Piece, grouped, letter, wrapped
from softpower.render.widths import cut, pad, width

MOST = 30
"""So many lines are drawn; of more, the chosen ones and those near to them."""

_LABEL_LEAST = 8
_PITCH = 36
_GAP_LEAST = 4
_NAME_LEAST = 12
_PARTS = 2
_MARKS = "●■▲◆▼★"


def draw_ranks(chart: RankChart, columns: int, *, unicode: bool) -> list[list[Piece]]:
    """Return the lines of a chart, at most so many columns wide.

    Place 1 is at the top. A chart with more runs than there is room for is drawn in parts, each
    beginning with the run with which the one before it ends.
    """
    plan = layout(chart, MOST)
    frame = _Frame(chart, plan, columns, unicode=unicode)
    out: list[list[Piece]] = []
    for first, last in frame.parts():
        if out:
            out.append([])
        out += frame.part(first, last)
    notes = [*frame.legend, *([_left_out(plan)] if plan.left_out else [])]
    return out + [row for note in notes for row in wrapped(note, "dim", columns)]


def _left_out(plan: Layout) -> str:
    chosen = any(each.chosen for each in plan.lines)
    shown = "the chosen ones and those near to them" if chosen else "the first ones"
    return f"{plan.left_out} of {plan.left_out + len(plan.lines)} are not drawn, only {shown}."


@dataclass(frozen=True, slots=True)
class _Look:
    """How a line is told from the others."""

    line: str
    """The style of what is drawn."""
    text: str
    """The style of what is written."""
    mark: str = ""
    weight: int = 1
    dash: Sequence[int] = ()


def _looks(lines: Sequence[Line], *, unicode: bool) -> list[_Look]:
    """Return the looks of all lines: if some are chosen these stand out with a mark each."""
    some = any(each.chosen for each in lines)
    taken: list[str] = []
    found = []
    for each, look in zip(lines, line_styles(lines, HUES), strict=True):
        hue, dash = look.hue, DASHES[look.dash]
        if some and not each.chosen:
            found.append(_Look("dim", "dim", weight=0))
        elif not some:
            style = "" if hue is None else f"hue {hue}"
            found.append(_Look(style, style, dash=dash))
        else:
            # Marks that repeat do so beside another colour.
            at = len(taken) + len(taken) // len(_MARKS)
            taken.append(_MARKS[at % len(_MARKS)] if unicode else letter(each.label, taken))
            line, text = ("", "bold") if hue is None else (f"hue {hue}", f"mark {hue}")
            found.append(_Look(line, text, taken[-1], weight=2, dash=dash))
    return found


class _Frame:
    """The measures of a chart: labels and places at both ends, and columns of places between."""

    def __init__(self, chart: RankChart, plan: Layout, columns: int, *, unicode: bool) -> None:
        self.plan, self.columns, self.unicode = plan, columns, unicode
        self.ellipsis, self.missing = ("…", "–") if unicode else ("...", "-")
        self.looks = _looks(plan.lines, unicode=unicode)
        self.texts = [
            [place_text(place, self.missing) for place in each.places] for each in plan.lines
        ]
        self.digits = max(width(text) for row in self.texts for text in row)
        self.mark = max(width(look.mark) for look in self.looks)
        self.names = [pieces(line(run)) for run in chart.runs]
        self.label = self._label_width([line(each.label) for each in plan.lines])
        self.labels = [cut(line(each.label), self.label, self.ellipsis) for each in plan.lines]
        self.legend: list[str] = []
        if self._count(self.label) > _PARTS:
            # So many parts are worse than looking up the names, if that saves any.
            numbered = (f"{at} = {line(run)}" for at, run in enumerate(chart.runs, start=1))
            self.legend = ["; ".join(text.replace(" ", "\u00a0") for text in numbered)]
            self.names = [[str(at)] for at in range(1, len(self.names) + 1)]

    def _label_width(self, labels: Sequence[str]) -> int:
        """Return the width of the labels: narrow ones where this saves a part of the chart."""
        longest = max(map(width, labels))
        room = (self.columns - 2 * self._beside(0) - 2 * self.digits - _GAP_LEAST) // 2
        most = max(min(longest, room, max(_LABEL_LEAST, self.columns // 4)), 1)
        least = min(most, _LABEL_LEAST)
        return min(range(most, least - 1, -1), key=self._count)

    def _free_columns(self, label: int) -> int:
        """Return the columns between the first and the last place beside labels of some width."""
        return self.columns - 2 * self._beside(label) - self.digits

    def _beside(self, label: int) -> int:
        """Return the columns at one end for a label of some width, its mark and spaces."""
        return label + 1 + (self.mark + 1 if self.mark else 0)

    def _count(self, label: int) -> int:
        """Return how many parts the chart has beside labels of some width."""
        words = max(width(piece) for name in self.names for piece in [*name, ""])
        pitch = max(self.digits + self.mark + _GAP_LEAST, min(words, _NAME_LEAST) + 1)
        return -(-(len(self.names) - 1) // max(self._free_columns(label) // pitch, 1))

    def parts(self) -> list[tuple[int, int]]:
        """Return the first and the last run of each part."""
        steps = len(self.names) - 1
        count = self._count(self.label)
        bounds = [round(at * steps / count) for at in range(count + 1)] if steps else [0, 0]
        return list(pairwise(bounds))

    def part(self, first: int, last: int) -> list[list[Piece]]:
        """Return the lines of one part: the names of its runs, and a row for each place."""
        pitch = min(self._free_columns(self.label) // (last - first), _PITCH) if last > first else 0
        starts = {run: (run - first) * pitch for run in range(first, last + 1)}
        rows = self._drawn(starts, first, last)
        for at, each in enumerate(self.plan.lines):
            for run, start in starts.items():
                row = self.plan.rows[at][run]
                if each.places[run] is not None or run in {first, last}:
                    text = pad(self.texts[at][run], self.digits, right=True)
                    if first < run < last:
                        text += pad(self.looks[at].mark, self.mark)
                    rows[row][start : start + width(text)] = self._styled(text, at)
        ends = self._ends(first), self._ends(last) if last > first else {}
        lowest = max(self.plan.rows[at][run] for at in range(len(self.labels)) for run in starts)
        lines = []
        for row, cells in enumerate(rows[: lowest + 1]):
            if row in self.plan.breaks:
                lines.append(self._break(row, cells))
                continue
            left, right = self._left(ends[0].get(row)), self._right(ends[1].get(row))
            drawn = grouped(cells if right else _stripped(cells))
            lines.append([*left, *drawn, *right])
        return self._heading(starts, pitch) + lines

    def _drawn(self, starts: dict[int, int], first: int, last: int) -> list[list[Piece]]:
        """Return all rows of a part with nothing but the lines between places."""
        size, height = starts[last] + self.digits, self.plan.height + len(self.plan.lines)
        kind: type[Braille | Ascii] = Braille if self.unicode else Ascii
        canvas: Canvas = kind(size, height)
        space = 1 if starts.get(first + 1, 0) - self.digits - self.mark > _GAP_LEAST else 0
        gaps = {
            run: (
                start + self.digits + (self.mark if run > first else 0) + space,
                starts[run + 1] - space,
            )
            for run, start in starts.items()
            if run < last
        }
        for at, points in self.plan.paths(first, last):
            look = self.looks[at]
            for (run, top), (_, bottom) in pairwise(points):
                canvas.curve(*gaps[run], top, bottom, look.line, look.weight, look.dash)
        rows = [canvas.cells(row) for row in range(height)]
        if self.unicode:
            for row in rows:
                for left, right in gaps.values():
                    row[left:right] = [(text.replace(" ", BLANK), s) for text, s in row[left:right]]
        return rows

    def _break(self, row: int, cells: Sequence[Piece]) -> list[Piece]:
        """Return a row that stands for places that nobody holds, and says which."""
        dash, fill = ("–", "┈") if self.unicode else ("-", "~")
        said = dash.join(map(str, self.plan.breaks[row]))
        filled = [(fill, "dim") if text in {" ", BLANK} else (text, s) for text, s in cells]
        return [(pad(f"{said} ", self._beside(self.label), right=True), "dim"), *grouped(filled)]

    def _styled(self, text: str, at: int) -> list[Piece]:
        return [(character, self.looks[at].text) for character in text]

    def _ends(self, run: int) -> dict[int, int]:
        """Return the number of the line in each row at a run where labels stand."""
        return {rows[run]: at for at, rows in enumerate(self.plan.rows)}

    def _left(self, at: int | None) -> list[Piece]:
        """Return the label of a line to the left of the places, with its mark."""
        if at is None:
            return [(" " * self._beside(self.label), "")]
        mark = f" {pad(self.looks[at].mark, self.mark)}" if self.mark else ""
        return [(f"{pad(self.labels[at], self.label, right=True)}{mark} ", self.looks[at].text)]

    def _right(self, at: int | None) -> list[Piece]:
        """Return the label of a line to the right of the places, with its mark."""
        if at is None:
            return []
        mark = f" {pad(self.looks[at].mark, self.mark)}" if self.mark else ""
        return [(f"{mark} {self.labels[at]}", self.looks[at].text)]

    def _heading(self, starts: dict[int, int], pitch: int) -> list[list[Piece]]:
        """Return the names of the runs above their places, in as few lines as they need."""
        room = pitch - 1 if len(starts) > 1 else self.columns
        names = [filled(self.names[run], room, self.ellipsis) for run in starts]
        height = max(map(len, names))
        lines: list[list[Piece]] = []
        for level in range(height):
            text = ""
            for name, start in zip(names, starts.values(), strict=True):
                part = name[level - height + len(name)] if level >= height - len(name) else ""
                middle = self._beside(self.label) + start + self.digits / 2
                begin = min(round(middle - width(part) / 2), self.columns - width(part))
                text = pad(text, max(begin, 0)) + part
            lines.append([(text, "bold")])
        return lines


def _stripped(cells: Sequence[Piece]) -> list[Piece]:
    """Return the cells without blank ones at the end."""
    kept = list(cells)
    while kept and kept[-1][0] in {" ", BLANK}:
        kept.pop()
    return kept
