"""Where the lines of a rank chart go: which of them are shown, and the row of each place."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from softpower.answer import Line, RankChart
from softpower.render.cells import decimal
from softpower.render.widths import cut, width

_NAME_LINES = 5


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
    """Return where the lines of a chart go: a row for each place that one of them holds.

    Lines that share a place get a row each. Places that nobody holds have no row.

    Parameters
    ----------
    chart
        A chart with any number of runs and lines.
    most
        How many lines may be shown: of more, the chosen ones and those that come near to them are
        kept. A chart that is higher than this is made lower by letting places share a row that
        neither a run nor a line holds both of; so a level line still is one that did not move.
    """
    lines = _near(chart.lines, most) if most is not None else list(chart.lines)
    runs = range(len(chart.runs))
    counts = [Counter(line.places[run] for line in lines) for run in runs]
    places = sorted({place for line in lines for place in line.places if place is not None})
    groups = [[place] for place in places]
    height = sum(_rows(group, counts) for group in groups)
    if most is not None and height > most:
        groups = _shared(places, counts, lines)
    start: dict[float | None, int] = {}
    height = 0
    for group in groups:
        start.update(dict.fromkeys(group, height))
        height += _rows(group, counts)
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
    rows = tuple(tuple(column[at] for column in columns) for at in range(len(lines)))
    return Layout(tuple(lines), rows, height, len(chart.lines) - len(lines))


def place_text(place: float | None, missing: str) -> str:
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


def _rows(group: Iterable[float], counts: Sequence[Counter[float | None]]) -> int:
    """Return how many rows some places need so that no two lines meet under any run."""
    places = list(group)
    return max(sum(count[place] for place in places) for count in counts)


def _shared(
    places: Sequence[float], counts: Sequence[Counter[float | None]], lines: Sequence[Line]
) -> list[list[float]]:
    """Return neighbouring places in groups of which no run and no line holds two.

    A place that lines share is in a group of its own.
    """
    held = [frozenset(line.places) for line in lines]
    groups: list[list[float]] = []
    used: set[tuple[str, int]] = set()
    for place in places:
        uses = {("run", at) for at, count in enumerate(counts) if count[place]}
        uses |= {("line", at) for at, own in enumerate(held) if place in own}
        tied = _rows([place], counts) > 1
        if groups and not tied and not uses & used and _rows(groups[-1], counts) == 1:
            groups[-1].append(place)
            used |= uses
        else:
            groups.append([place])
            used = uses
    return groups
