"""The charts of an answer as figures: one layout for each kind, two hands, one look.

A layout (`bars`, `intervals`, `order`, `ranks`, ...) says in points where marks and labels of a
chart stand in a room of some width and height, and what is left out where it is not enough. The
hands draw the marks that it yields and decide on nothing: `svg` writes them, for files and for
pages, and `plot` has matplotlib draw them as PDF or PNG. A terminal has a grid so coarse that it
needs layouts of its own (`softpower.render.plot`); it shares with these the description of a chart
and, for places, which lines are shown and in which rows (`softpower.render.ranks`).

Before, each kind was laid out for pages (334 lines) and again for matplotlib (487 lines), which
also wrote the SVG of files: 3.1 s of CPU and 800 kB for 180 places under three runs, 6.5 s and
3.1 MB under fourteen. Written by hand from a layout the same file takes no library and a tenth of
that, so matplotlib is left where text must be set in a font: PDF and PNG.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from softpower.answer import Answer
from softpower.charts import (
    BarChart,
    Chart,
    GridChart,
    IntervalChart,
    MapChart,
    OrderChart,
    RankChart,
    ScatterChart,
    StackedBars,
    TreeChart,
)
from softpower.render.cells import line
from softpower.render.figures.bars import draw_bars, draw_stacked
from softpower.render.figures.grid import draw_grid
from softpower.render.figures.intervals import draw_intervals
from softpower.render.figures.look import PICTURES, Look, Room, no_chart
from softpower.render.figures.metrics import broken
from softpower.render.figures.order import draw_order
from softpower.render.figures.ranks import draw_ranks
from softpower.render.figures.scatter import draw_scatter
from softpower.render.figures.scene import Drawing, Group, Scene, Text, lower
from softpower.render.figures.source import source_of
from softpower.render.figures.svg import to_svg
from softpower.render.figures.theme import THEMES
from softpower.render.figures.tree import draw_tree
from softpower.render.figures.world import draw_map
from softpower.render.tabled import is_empty

__all__ = ["PICTURES", "Look", "left_out", "no_chart", "svg_of", "to_picture"]

_LAYOUTS: dict[type, Callable[[Any, Room], Drawing]] = {
    BarChart: draw_bars,
    RankChart: draw_ranks,
    StackedBars: draw_stacked,
    IntervalChart: draw_intervals,
    OrderChart: draw_order,
    ScatterChart: draw_scatter,
    TreeChart: draw_tree,
    GridChart: draw_grid,
    MapChart: draw_map,
}
_MARGIN, _BETWEEN = 4.0, 14.0
_TITLE = 9.0
_LONGEST = "Of 999 intervals only the chosen ones are labelled."
"""What takes as much room as anything that is said of what is left out."""


def svg_of(chart: Chart, *, width: str | float = "text", theme: str = "page") -> str:
    """Return a chart as an SVG element for a page, without its title and caption.

    Parameters
    ----------
    chart
        A chart that is not empty.
    width
        For which width it is laid out: ``column``, ``text``, ``slide`` or centimetres. A page may
        show it at any.
    theme
        ``page`` for the colours of the page, whose style sheet gives them as the variables of
        `softpower.render.figures.theme.variables`; ``light`` or ``dark``.
    """
    drawing = _drawn(chart, Look(width, tall=True).room)
    room = Look(width, tall=True).room
    scene = Scene(room.width, drawing.height, drawing.groups, line(chart.title), drawing.says)
    return to_svg(scene, THEMES[theme], alone=False)


def to_picture(answer: Answer, picture: str, look: Look | None = None) -> bytes:
    """Return the charts of an answer, one below the other, as the bytes of a picture.

    Parameters
    ----------
    answer
        An answer with at least one chart.
    picture
        ``svg``, ``png`` or ``pdf``.
    look
        How it is to look.

    Raises
    ------
    UsageError
        If the answer has no chart.
    MissingExtraError
        If matplotlib is not installed, which SVG does not need.
    """
    look = look or Look()
    scene = _scene(answer, look)
    if picture == "svg":
        return to_svg(scene, THEMES[look.theme]).encode()
    from softpower.render.figures.plot import plot

    return plot(scene, THEMES[look.theme], picture)


def left_out(answer: Answer, look: Look | None = None) -> tuple[str, ...]:
    """Return what a picture of an answer leaves out for want of room, in sentences."""
    return _scene(answer, look or Look()).left_out


def _drawn(chart: Chart, room: Room) -> Drawing:
    return _LAYOUTS[type(chart)](chart, room)


def _scene(answer: Answer, look: Look) -> Scene:
    """Return all charts of an answer below their titles, and what they are from beneath."""
    charts = [chart for chart in answer.charts if not is_empty(chart)]
    if not charts:
        raise no_chart()
    room = look.room
    inner = replace(room, width=room.width - 2 * _MARGIN)
    titles = [chart.title for chart in charts]
    if look.title is not None:
        titles = [look.title, *titles[1:]]
    heads = [_lines(title, inner, _TITLE, bold=True) for title in titles]
    source = source_of(answer.provenance)
    said = [chart.caption for chart in charts]
    said[-1] = f"{said[-1]} {source}"
    feet = [_lines(f"{_LONGEST} {text}", inner, room.small) for text in said]
    beside = sum(_high(head) + _high(foot) for head, foot in zip(heads, feet, strict=True))
    free = room.height - beside - 2 * _MARGIN - (len(charts) - 1) * _BETWEEN
    drawings = [_drawn(chart, replace(inner, height=free / len(charts))) for chart in charts]
    feet = [
        _lines(f"{drawing.left_out} {text}", inner, room.small)
        for drawing, text in zip(drawings, said, strict=True)
    ]
    groups: list[Group] = []
    y = _MARGIN
    for head, drawing, foot in zip(heads, drawings, feet, strict=True):
        groups += lower([Group(tuple(head))], y, _MARGIN)
        groups += lower(drawing.groups, y + _high(head), _MARGIN)
        y += _high(head) + drawing.height
        groups += lower([Group(tuple(foot))], y + 4, _MARGIN)
        y += _high(foot) + _BETWEEN
    height = y - _BETWEEN + _MARGIN
    out = tuple(drawing.left_out for drawing in drawings if drawing.left_out)
    says = " ".join(drawing.says for drawing in drawings)
    return Scene(room.width, height, tuple(groups), line(titles[0]), says, out)


def _lines(text: str, room: Room, size: float, *, bold: bool = False) -> list[Text]:
    colour = "ink" if bold else "quiet"
    rows = broken(line(text), room.width, size, bold=bold)
    step = 1.3 * size
    return [
        Text(0.0, (at + 0.5) * step, row, size, "start", colour, bold=bold)
        for at, row in enumerate(rows)
    ]


def _high(texts: Sequence[Text]) -> float:
    """Return the height of a paragraph with the space beside it."""
    return sum(1.3 * text.size for text in texts) + 5 if texts else 0.0
