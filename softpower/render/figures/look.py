"""How a figure is to look: its width, its title, its theme, and whether it may be tall."""

from __future__ import annotations

import math
from dataclasses import dataclass

from softpower.errors import UsageError

POINTS = 72 / 2.54
"""Points in a centimetre."""

PICTURES = ("svg", "png", "pdf")
PLOTTED = ("png", "pdf")
"""The pictures that take matplotlib."""

WIDTHS = {"column": 8.5, "text": 16.5, "slide": 25.4}
"""Widths in centimetres: a column of a journal, the text of an A4 page, and a slide."""

_PAGE, _SLIDE = 24.0, 14.2
_LEAST, _MOST = 6.0, 120.0
_BODIES = ((9.5, 7.0), (20.0, 8.0), (math.inf, 9.0))
"""Up to which width in centimetres letters have which size."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a figure is to look.

    Parameters
    ----------
    width
        ``column``, ``text``, ``slide``, or centimetres.
    title
        What stands above it instead of the title of the chart; nothing if it is empty.
    theme
        ``light`` or ``dark``.
    tall
        Whether it may be taller than a page, so that nothing is left out.
    """

    width: str | float = "text"
    title: str | None = None
    theme: str = "light"
    tall: bool = False

    @property
    def room(self) -> Room:
        """Return the room that there is for a figure."""
        wide = centimetres(self.width)
        high = _SLIDE if self.width == "slide" else _PAGE
        return Room(wide * POINTS, math.inf if self.tall else high * POINTS, _body(wide))


@dataclass(frozen=True, slots=True)
class Room:
    """The room that a layout has, in points, and the size of its letters."""

    width: float
    height: float
    body: float

    @property
    def small(self) -> float:
        """The size of what is said beside the figures."""
        return max(self.body - 1, 7.0)

    @property
    def row(self) -> float:
        """The height of a row of labels."""
        return 1.5 * self.body


def no_chart() -> UsageError:
    """Return what is said where an answer without a chart should become a picture."""
    return UsageError(
        "This answer has no chart to draw.",
        mend="What is drawn is in the gallery (softpower guide gallery). Its tables can be written "
        "as .csv, .json, .md, .tex, .txt, .xlsx, .docx or .html.",
    )


def centimetres(width: str | float) -> float:
    """Return a width in centimetres.

    Raises
    ------
    UsageError
        If it is no width, or none that a figure can have.
    """
    text = str(width).strip().casefold()
    if text in WIDTHS:
        return WIDTHS[text]
    try:
        wide = float(text.removesuffix("cm").replace(",", "."))
    except ValueError:
        raise UsageError(
            f"{width!r} is not a width.",
            mend=f"Write {', '.join(WIDTHS)}, or centimetres: 12.5",
        ) from None
    if not _LEAST <= wide <= _MOST:
        raise UsageError(
            f"A figure of {wide:g} cm cannot be drawn.",
            mend=f"A width is from {_LEAST:g} to {_MOST:g} cm; a column has {WIDTHS['column']:g}.",
        )
    return wide


def _body(wide: float) -> float:
    return next(size for most, size in _BODIES if wide <= most)
