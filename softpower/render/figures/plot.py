"""The hand that draws a scene with matplotlib, as PDF or PNG."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from softpower.errors import MissingExtraError
from softpower.render.cells import line
from softpower.render.direction import isolated
from softpower.render.figures.scene import Anchor, Box, Disc, Mark, Path, Point, Scene, Text
from softpower.render.figures.svg import BASELINE
from softpower.render.figures.theme import Theme

if TYPE_CHECKING:
    from matplotlib.artist import Artist

_DPI = 300
_MOST_PIXELS = 60_000
_METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_BOTH_WAYS = (3, 11)
"""From this version on Matplotlib sets text that runs from right to left."""
_FALLBACKS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Microsoft YaHei",
    "Hiragino Sans GB",
    "WenQuanYi Zen Hei",
    "Noto Sans",
)


def plot(scene: Scene, theme: Theme, picture: str) -> bytes:
    """Return a scene as the bytes of a ``png`` or a ``pdf``, in which text stays text.

    Raises
    ------
    MissingExtraError
        If matplotlib is not installed.
    """
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
        from matplotlib.font_manager import fontManager
        from matplotlib.transforms import Affine2D
    except ImportError as error:
        raise MissingExtraError("matplotlib") from error
    installed = {font.name for font in fontManager.ttflist}
    families = ["DejaVu Sans", *(name for name in _FALLBACKS if name in installed)]
    dpi = min(_DPI, _MOST_PIXELS * 72 / max(scene.width, scene.height))
    out = io.BytesIO()
    settings: dict[Any, Any] = {"pdf.fonttype": 42, "text.usetex": False, "font.family": families}
    with rc_context(settings), warnings.catch_warnings():
        # A name in a script that no installed font covers is drawn as boxes; its table has it.
        warnings.filterwarnings("ignore", message="(?s).*Glyph.*")
        size = (scene.width / 72, scene.height / 72)
        figure = Figure(figsize=size, dpi=dpi, facecolor=theme.colour("page"))
        down = Affine2D().scale(1 / 72, -1 / 72).translate(0, size[1]) + figure.dpi_scale_trans
        marks = (mark for group in scene.groups for mark in group.marks)
        for order, mark in enumerate(marks):
            artist = _artist(mark, theme)
            artist.set(transform=down, zorder=order, figure=figure)
            figure.add_artist(artist)
        figure.savefig(
            out, format=picture, metadata={"Title": line(scene.title), **_METADATA[picture]}
        )
    return out.getvalue()


def _artist(mark: Mark, theme: Theme) -> Artist:
    from matplotlib import __version_info__ as version_info
    from matplotlib.patches import Circle, FancyBboxPatch, PathPatch, Rectangle
    from matplotlib.text import Text as Written

    if isinstance(mark, Text):
        text = line(mark.text) if version_info < _BOTH_WAYS else isolated(line(mark.text))
        return Written(
            mark.x, mark.y + BASELINE * mark.size, text, color=theme.colour(mark.colour),
            fontsize=mark.size, fontweight="bold" if mark.bold else "normal",
            horizontalalignment=_SIDES[mark.anchor], verticalalignment="baseline", parse_math=False,
        )  # fmt: skip
    paint: dict[str, Any] = {
        "facecolor": theme.colour(mark.fill) if mark.fill else "none",
        "edgecolor": theme.colour(mark.stroke) if mark.stroke else "none",
    }
    if isinstance(mark, Box):
        paint["linewidth"] = 0.8 if mark.stroke else 0.0
        sides = (mark.x, mark.y), mark.width, mark.height
        if not mark.rounding:
            return Rectangle(*sides, **paint)
        corners = f"round,pad=0,rounding_size={mark.rounding}"
        return FancyBboxPatch(*sides, boxstyle=corners, mutation_aspect=1, **paint)
    paint["linewidth"] = mark.wide if mark.stroke else 0.0
    if isinstance(mark, Disc):
        return Circle((mark.x, mark.y), mark.radius, **paint)
    dash = (0, tuple(each / mark.wide for each in mark.dash)) if mark.dash else "-"
    return PathPatch(_path(mark), linestyle=dash, capstyle="butt", **paint)


_SIDES: dict[Anchor, Literal["left", "center", "right"]] = {
    "start": "left",
    "middle": "center",
    "end": "right",
}


def _path(mark: Path) -> Any:
    from matplotlib.path import Path as Outline

    points: list[Point] = []
    codes: list[Any] = []
    for shape in mark.shapes:
        corners = _curve(shape) if mark.curved else shape
        points += corners
        following = Outline.CURVE4 if mark.curved else Outline.LINETO
        codes += [Outline.MOVETO, *[following] * (len(corners) - 1)]
        if mark.fill:
            points.append(shape[0])
            codes.append(Outline.CLOSEPOLY)
    return Outline(points, codes)


def _curve(points: Sequence[Point]) -> list[Point]:
    """Return the ends and the handles of a line that is level at every point."""
    found = [points[0]]
    for (left, top), (right, bottom) in pairwise(points):
        middle = (left + right) / 2
        found += [(middle, top), (middle, bottom), (right, bottom)]
    return found
