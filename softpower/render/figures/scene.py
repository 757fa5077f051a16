"""What a figure is made of: lines, boxes, discs and texts, in points from its upper left corner.

A layout makes marks, a hand draws them. Neither knows the other: a mark says where it is and by
which role it has its colour, and the theme of the hand says which colour that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points, or the outline of shapes.

    ``shapes`` are sequences of points, each closed if ``fill`` is given. Where ``curved`` is true
    a line leaves each point level and arrives at the next one level.
    """

    shapes: tuple[tuple[Point, ...], ...]
    stroke: str = ""
    fill: str = ""
    wide: float = 0.8
    dash: tuple[int, ...] = ()
    curved: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    rounding: float = 0.0
    """The radius of its corners."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle by its centre, filled, drawn as a ring, or both."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    wide: float = 1.0


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text, whose middle is at the height ``y``."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = "start"
    colour: str = "ink"
    bold: bool = False


Mark = Path | Box | Disc | Text


@dataclass(frozen=True, slots=True)
class Group:
    """Marks that belong together, and what they say to who points at them."""

    marks: tuple[Mark, ...]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a layout returns: groups in a room of some height, from its upper edge down."""

    height: float
    groups: tuple[Group, ...]
    says: str
    """What can be seen in it, in a sentence or two for who does not see it."""
    left_out: str = ""
    """What is not drawn for want of room, as a sentence."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole figure."""

    width: float
    height: float
    groups: tuple[Group, ...]
    title: str
    says: str
    left_out: tuple[str, ...] = ()


def straight(start: Point, end: Point, stroke: str = "line", wide: float = 0.6) -> Path:
    """Return a straight line."""
    return Path(((start, end),), stroke=stroke, wide=wide)


def lower(groups: Iterable[Group], down: float, right: float = 0.0) -> tuple[Group, ...]:
    """Return the groups further down, and perhaps further to the right."""
    return tuple(
        Group(tuple(_moved(mark, right, down) for mark in group.marks), group.says)
        for group in groups
    )


def _moved(mark: Mark, right: float, down: float) -> Mark:
    from dataclasses import replace

    if isinstance(mark, Path):
        return replace(mark, shapes=tuple(_shifted(shape, right, down) for shape in mark.shapes))
    return replace(mark, x=mark.x + right, y=mark.y + down)


def _shifted(shape: Sequence[Point], right: float, down: float) -> tuple[Point, ...]:
    return tuple((x + right, y + down) for x, y in shape)
