"""The hand that draws a scene as SVG, in which text stays text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import pairwise

from softpower.render.cells import line
from softpower.render.direction import isolated
from softpower.render.figures.scene import Box, Disc, Group, Mark, Path, Point, Scene, Text
from softpower.render.figures.theme import Theme

FONTS = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif"
BASELINE = 0.35
"""How far below the middle of a line of text its baseline is, in heights of its letters."""


def to_svg(scene: Scene, theme: Theme, *, alone: bool = True) -> str:
    """Return a scene as an SVG document, or else as an element of a page.

    Parameters
    ----------
    scene
        What to draw.
    theme
        The colours.
    alone
        Whether it is a file of its own, with its size in points and the ground of its theme.
    """
    wide, high = number(scene.width), number(scene.height)
    size = f' width="{wide}pt" height="{high}pt"' if alone else ' class="chart"'
    fonts = f' font-family="{FONTS}"' if alone else ""
    ground = [_box(Box(0, 0, scene.width, scene.height, "page"), theme)] if alone else []
    head = '<?xml version="1.0" encoding="UTF-8"?>\n' if alone else ""
    about = f"<title>{_text(scene.title)}</title><desc>{_text(scene.says)}</desc>"
    space = 'xmlns="http://www.w3.org/2000/svg" ' if alone else ""
    return "\n".join(
        [
            f'{head}<svg {space}viewBox="0 0 {wide} {high}"{size}{fonts} role="img">',
            about,
            *ground,
            *(_group(group, theme) for group in scene.groups),
            "</svg>\n",
        ]
    )


def number(value: float) -> str:
    """Return a length with as many decimals as can be seen."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(text: str) -> str:
    return escape(isolated(line(text)))


def _group(group: Group, theme: Theme) -> str:
    marks = "".join(_mark(mark, theme) for mark in group.marks)
    return f"<g><title>{_text(group.says)}</title>{marks}</g>" if group.says else marks


def _mark(mark: Mark, theme: Theme) -> str:
    if isinstance(mark, Text):
        return _written(mark, theme)
    if isinstance(mark, Box):
        return _box(mark, theme)
    if isinstance(mark, Disc):
        return (
            f'<circle cx="{number(mark.x)}" cy="{number(mark.y)}" r="{number(mark.radius)}"'
            f"{_paint(mark.fill, mark.stroke, mark.wide, theme)}/>"
        )
    dash = f' stroke-dasharray="{" ".join(map(str, mark.dash))}"' if mark.dash else ""
    paint = _paint(mark.fill, mark.stroke, mark.wide, theme)
    return f'<path d="{_shapes(mark)}"{paint}{dash}/>'


def _box(box: Box, theme: Theme) -> str:
    sides = f'width="{number(box.width)}" height="{number(box.height)}"'
    paint = _paint(box.fill, box.stroke, 0.8, theme)
    paint += f' rx="{number(box.rounding)}"' if box.rounding else ""
    return f'<rect x="{number(box.x)}" y="{number(box.y)}" {sides}{paint}/>'


def _paint(fill: str, stroke: str, wide: float, theme: Theme) -> str:
    inside = f' fill="{theme.colour(fill)}"' if fill else ' fill="none"'
    outside = f' stroke="{theme.colour(stroke)}" stroke-width="{number(wide)}"' if stroke else ""
    return inside + outside


def _written(text: Text, theme: Theme) -> str:
    anchor = f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
    bold = ' font-weight="bold"' if text.bold else ""
    return (
        f'<text x="{number(text.x)}" y="{number(text.y + BASELINE * text.size)}"'
        f' font-size="{number(text.size)}"{anchor}{bold} fill="{theme.colour(text.colour)}">'
        f"{_text(text.text)}</text>"
    )


def _shapes(path: Path) -> str:
    if path.fill:
        return "".join(map(_outline, path.shapes))
    return "".join(map(_curve if path.curved else _straight, path.shapes))


def _outline(points: Sequence[Point]) -> str:
    """Return an outline in steps of a tenth of a point, which are a third of what places are."""
    x, y = (round(10 * each) for each in points[0])
    drawn = f"M{x / 10:g},{y / 10:g}l"
    for right, down in points[1:]:
        step = round(10 * right) - x, round(10 * down) - y
        x, y = x + step[0], y + step[1]
        if any(step):
            drawn += "".join(f"{'' if each < 0 else ' '}{each / 10:g}" for each in step)
    return f"{drawn}Z"


def _straight(points: Sequence[Point]) -> str:
    return "M" + "L".join(_pairs(points))


def _curve(points: Sequence[Point]) -> str:
    """Return a line that is level at every point."""
    drawn = f"M{next(iter(_pairs(points)))}"
    for (left, top), (right, bottom) in pairwise(points):
        middle = (left + right) / 2
        drawn += "C" + " ".join(_pairs([(middle, top), (middle, bottom), (right, bottom)]))
    return drawn


def _pairs(points: Iterable[Point]) -> Iterable[str]:
    return (f"{number(x)},{number(y)}" for x, y in points)
