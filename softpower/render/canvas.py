"""Canvases of characters on which curves are drawn, finely in braille or coarsely in ASCII.

A canvas knows cells; a curve runs from the middle of one cell's height to that of another, level
at both ends and steepest half-way, so that lines between places are told apart where they begin
and end. What is emphasised is drawn heavier and over what is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Protocol

from softpower.render.style import Piece

_CROSSING = 10
"""The columns in which lines between neighbouring places cross, and two more for a place more."""

_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


BLANK = "\u2800"
"""A braille character without dots: where braille is wider than letters, only it aligns."""


class Canvas(Protocol):
    """Something to draw curves on, of ``width`` by ``height`` cells."""

    def curve(
        self, left: int, right: int, top: int, bottom: int, style: str, weight: int,
        dash: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """Draw from row ``top`` at the left edge of a cell to row ``bottom`` at that of another.

        ``weight`` is 0 for a line in the background, 1 for a plain and 2 for a heavy one. ``dash``
        is how much is drawn and left out, in turn.
        """

    def cells(self, row: int) -> list[Piece]:
        """Return the cells of a row with their styles."""


class Braille:
    """A canvas of braille characters, each two dots wide and four high."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._bits = [[0] * width for _ in range(height)]
        self._over: list[list[tuple[int, str]]] = [[(-1, "")] * width for _ in range(height)]

    def curve(
        self, left: int, right: int, top: int, bottom: int, style: str, weight: int,
        dash: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """Draw a curve; one in the background is dotted, a heavy one two dots thick."""
        pattern = dash if weight else (1, 1)
        start, end = 4 * top + 1, 4 * bottom + 1
        shares = _shares(2 * left, 2 * right, abs(bottom - top), fine=2)
        heights = [round(start + (end - start) * share) for share in shares]
        for at, (x, y) in enumerate(_steps(2 * left, start, heights)):
            if not _is_drawn(at, pattern):
                continue
            self._dot(x, y, style, weight)
            if weight > 1:
                self._dot(x, y + 1, style, weight)
                if abs(end - start) > right - left and x + 1 < 2 * right:
                    self._dot(x + 1, y, style, weight)

    def _dot(self, x: int, y: int, style: str, weight: int) -> None:
        row, column = y // 4, x // 2
        over, _ = self._over[row][column]
        if weight < over:
            return
        if weight > over:
            self._bits[row][column] = 0
        self._bits[row][column] |= _DOTS[y % 4][x % 2]
        self._over[row][column] = (weight, style)

    def cells(self, row: int) -> list[Piece]:
        """Return the cells of a row with their styles."""
        return [
            (chr(0x2800 + bits) if bits else " ", style)
            for bits, (_, style) in zip(self._bits[row], self._over[row], strict=True)
        ]


class Ascii:
    r"""A canvas of the characters ``- / \ |``, with ``X`` and ``+`` where lines cross."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._cells: list[list[Piece]] = [[(" ", "")] * width for _ in range(height)]
        self._weights = [[-1] * width for _ in range(height)]

    def curve(
        self, left: int, right: int, top: int, bottom: int, style: str, weight: int,
        dash: Sequence[int] = (),
    ) -> None:  # fmt: skip
        """Draw a curve; one in the background is a row of full stops."""
        down = bottom > top
        shares = _shares(left, right, abs(bottom - top))
        edges = [top, *(round(top + (bottom - top) * share) for share in shares)]
        for x, (here, there) in enumerate(pairwise(edges), start=left):
            if not _is_drawn(x - left, dash):
                continue
            # A slope stands in the lower of the two rows that it joins, as the eye reads it.
            rows = range(here + 1, there + 1) if down else range(here, there, -1)
            first = there if here == there else rows[0] if down else rows[-1]
            for row in rows or [here]:
                mark = "-" if here == there else "|" if row != first else "\\" if down else "/"
                self._put(x, row, mark, style, weight)

    def _put(self, x: int, row: int, mark: str, style: str, weight: int) -> None:
        if weight < self._weights[row][x]:
            return
        if weight == 0:
            mark = "."
        elif weight == self._weights[row][x]:
            pair = {mark, self._cells[row][x][0]}
            mark = "X" if pair == {"/", "\\"} else "+" if pair == {"-", "|"} else mark
        self._cells[row][x] = (mark, style)
        self._weights[row][x] = weight

    def cells(self, row: int) -> list[Piece]:
        """Return the cells of a row with their styles."""
        return self._cells[row]


def _is_drawn(at: int, dash: Sequence[int]) -> bool:
    """Say whether a dot of a line is drawn, so many steps from its beginning."""
    if not dash:
        return True
    at %= sum(dash)
    for number, length in enumerate(dash):
        if at < length:
            return number % 2 == 0
        at -= length
    return False


def _steps(left: int, top: int, heights: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the dots of a curve without gaps, from left to right."""
    previous = top
    for x, y in enumerate(heights, start=left):
        step = 1 if y >= previous else -1
        yield from ((x, between) for between in range(previous + step, y, step))
        yield x, y
        previous = y


def _shares(left: int, right: int, rows: int, fine: int = 1) -> list[float]:
    """Return which part of its way a curve has gone at the end of each step from left to right.

    It is level at both ends. Where there is much room it moves in the middle of it only, so that
    lines that cross do not run along each other.
    """
    room = right - left
    moving = min(room, fine * (_CROSSING + 2 * rows))
    still = (room - moving) / 2
    ways = (min(max((at - still) / max(moving, 1), 0.0), 1.0) for at in range(1, room + 1))
    return [way * way * (3 - 2 * way) for way in ways]
