"""Where the lines of a rank chart go: which of them are shown, and the row of each place."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from softpower.charts import Line, RankChart
from softpower.render.cells import MISSING, decimal
from softpower.render.widths import cut, width

_NAME_LINES = 5
_FREE, _PASSED = 2, 8
"""So many places in a row that nobody holds are drawn where no line passes them, and else."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines that are shown, with their rows from the top, counted from 0."""

    lines: tuple[Line, ...]
    rows: tuple[tuple[int, ...], ...]
    """The row of each line under each run. What has no place stands below all that have."""
    height: int
    """The rows that are needed for all places, without those of what has none."""
    left_out: int
    """How many lines are not shown."""
    breaks: Mapping[int, tuple[int, int]]
    """The rows that stand for places that nobody holds, with the first and the last of them."""

    def paths(self, first: int, last: int) -> list[tuple[int, list[tuple[int, int]]]]:
        """Return the stretches of all lines between two runs, the chosen ones last.

        A stretch is the number of a line and its points (run, row); a run where it has no place
        breaks it.
        """
        found: list[tuple[int, list[tuple[int, int]]]] = []
        for at in sorted(range(len(self.lines)), key=lambda at: self.lines[at].chosen):
            points: list[tuple[int, int]] = []
            for run in range(first, last + 1):
                if self.lines[at].places[run] is not None:
                    points.append((run, self.rows[at][run]))
                elif points:
                    found.append((at, points))
                    points = []
            if points:
                found.append((at, points))
        return found


def layout(chart: RankChart, most: int | None = None) -> Layout:
    """Return where the lines of a chart go: places in proportion, from place 1 at the top.

    Places in a row that nobody holds are left out where they are many: where no line passes them
    one row stands for them, and where one does so many that its way still looks long. One of
    these rows is to be drawn as a break. Lines that share a place get a row each.

    Parameters
    ----------
    chart
        A chart with any number of runs and lines.
    most
        How many lines may be shown: of more, the chosen ones and those that come near to them are
        kept.
    """
    lines = _near(chart.lines, most) if most is not None else list(chart.lines)
    runs = range(len(chart.runs))
    counts = [Counter(line.places[run] for line in lines) for run in runs]
    places = sorted({place for line in lines for place in line.places if place is not None})
    start: dict[float | None, int] = {}
    breaks: dict[int, tuple[int, int]] = {}
    height, free = 0, 1
    for place in places:
        first = math.floor(place)
        kept = max(first - free, 0)
        is_passed = _is_passed(lines, free, first)
        if kept > (_PASSED if is_passed else _FREE):
            kept = _PASSED if is_passed else 1
            breaks[height + kept // 2] = (free, first - 1)
        height += kept
        start[place] = height
        rows = max(count[place] for count in counts)
        height += rows
        free = max(free, first + rows)
    start[None] = height
    columns: list[list[int]] = []
    for run in runs:
        before = columns[-1] if columns else [0] * len(lines)
        taken: Counter[int] = Counter()
        column = [0] * len(lines)
        for at in sorted(range(len(lines)), key=lambda at: (before[at], at)):
            first = start[lines[at].places[run]]
            column[at] = first + taken[first]
            taken[first] += 1
        columns.append(column)
    rows_of = tuple(tuple(column[at] for column in columns) for at in range(len(lines)))
    return Layout(tuple(lines), rows_of, height, len(chart.lines) - len(lines), breaks)


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a line is told from the others: by a colour, and where these do not suffice by dashes."""

    hue: int | None
    """The number of its colour; None is grey."""
    dash: int = 0
    """The number of its pattern in `DASHES`."""


DASHES: tuple[tuple[int, ...], ...] = ((), (6, 3), (2, 3), (10, 3, 2, 3), (14, 5))
"""What is drawn and what is left out of a line, in turn; the first is drawn throughout."""


def line_styles(lines: Sequence[Line], hues: int) -> list[LineStyle]:
    """Return the styles of all lines, of which no two are alike but those in grey.

    If some lines are chosen the others are grey. All are grey if there are more than styles.
    """
    told = [at for at, each in enumerate(lines) if each.chosen] or list(range(len(lines)))
    found = [LineStyle(None)] * len(lines)
    if len(told) <= hues * len(DASHES):
        for number, at in enumerate(told):
            found[at] = LineStyle(number % hues, number // hues)
    return found


def _is_passed(lines: Sequence[Line], free: int, first: int) -> bool:
    """Say whether a line goes from above some places to below them, or back."""
    return any(
        min(one, other) < free and max(one, other) >= first
        for each in lines
        for one, other in pairwise(each.places)
        if one is not None and other is not None
    )


def place_text(place: float | None, missing: str = MISSING) -> str:
    """Return a place as it is written beside a line; a shared one may have a half."""
    if place is None:
        return missing
    return decimal(place, 0 if float(place).is_integer() else 1)


def pieces(name: str) -> list[str]:
    """Return the name of a run in pieces between which it may be broken."""
    return [piece for piece in re.split(r"(?=[@+])|(?<=[-_/ ])", name) if piece.strip()]


def filled(parts: Sequence[str], room: int, ellipsis: str = "…") -> list[str]:
    """Return the pieces of a name in a few lines, cut where they are too wide or too many."""
    lines = [""]
    for part in parts:
        fits = not lines[-1] or width((lines[-1] + part).rstrip()) <= room
        if fits or len(lines) == _NAME_LINES:
            lines[-1] += part
        else:
            lines.append(part)
    return [cut(text.rstrip(), room, ellipsis) for text in lines]


def _near(lines: Sequence[Line], most: int) -> list[Line]:
    """Return the chosen lines and those that run nearest to them, or else the first ones."""
    if len(lines) <= most:
        return list(lines)
    chosen = [line for line in lines if line.chosen]
    order = {at: (not line.chosen, _distance(line, chosen), at) for at, line in enumerate(lines)}
    kept = sorted(sorted(order, key=order.__getitem__)[: max(most, len(chosen))])
    return [lines[at] for at in kept]


def _distance(line: Line, chosen: Sequence[Line]) -> float:
    """Return how far a line runs from the nearest chosen one on average, or from the top."""
    held = [(run, place) for run, place in enumerate(line.places) if place is not None]
    if not held:
        return math.inf
    if not chosen:
        return held[0][1]
    gaps = []
    for run, place in held:
        others = [other.places[run] for other in chosen]
        gaps += [min(abs(place - one) for one in others if one is not None)] if any(others) else []
    return sum(gaps) / len(gaps) if gaps else math.inf
