"""What can be seen of a drawing: where its texts are, and which of them touch."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree as ET

from softpower.render.figures.metrics import length
from softpower.render.figures.scene import Group, Mark, Text

Rectangle = tuple[float, float, float, float]


def parsed(svg: str | bytes) -> ET.Element:
    """Return the root of a document that we wrote ourselves."""
    return ET.fromstring(svg)  # noqa: S314


def marks(groups: tuple[Group, ...], kind: type[Mark]) -> list:
    """Return all marks of a kind in the order in which they are drawn."""
    return [mark for group in groups for mark in group.marks if isinstance(mark, kind)]


def texts(groups: tuple[Group, ...]) -> list[str]:
    """Return all that is written."""
    return [mark.text for mark in marks(groups, Text)]


def outline(text: Text) -> Rectangle:
    """Return the left, upper, right and lower end of the letters of a text."""
    wide = length(text.text, text.size, bold=text.bold)
    left = text.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[text.anchor] * wide
    half = 0.4 * text.size
    return left, text.y - half, left + wide, text.y + half


def touching(groups: tuple[Group, ...]) -> list[tuple[str, str]]:
    """Return the texts of which one lies over another."""
    outlines = [(text.text, outline(text)) for text in marks(groups, Text) if text.text.strip()]
    return [
        (one, other)
        for (one, a), (other, b) in combinations(outlines, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 0.5 and min(a[3], b[3]) - max(a[1], b[1]) > 0.5
    ]


def outside(groups: tuple[Group, ...], width: float, height: float) -> list[str]:
    """Return the texts that do not lie within a drawing."""
    slack = 0.5
    return [
        text.text
        for text in marks(groups, Text)
        for left, top, right, bottom in [outline(text)]
        if min(left, top) < -slack or right > width + slack or bottom > height + slack
    ]
