"""The numbers of one series while they are read, and the decimal mark that a number shows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import nan

from softpower.index.reading.numerals import LARGEST, OTHER, SMALLEST, Mark, Real, vanishes

_POINTED = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")
_SPACES = re.compile(r"[\s'’\u00a0\u2009\u202f]")
_ONE = re.compile(r"[+-]?([0-9]*)([.,])([0-9]*)(?:[eE][+-]?[0-9]+)?")
_SMALL = re.compile(r"[+-]?[1-9][0-9]{0,2}")


@dataclass(slots=True)
class Column:
    """What is known of the numbers of one series while they are read."""

    key: str
    """What the layout calls the series."""
    at: int
    """Its place among the series."""
    name: str = ""
    """What messages call it."""
    points: bool = False
    """Whether a number has shown that the point is decimal."""
    later: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Cells that are read at the end: by place among the figures, their line and text."""
    small: bool = False
    """Whether a whole number below a thousand stands there."""
    count: int = 0
    example: str = ""

    def take(self, text: str, line: int, place: int) -> float | None:
        """Return the number of a cell, ``None`` if it is none as a program writes and holds it.

        NaN stands for one that is read at the end, as it may be read in two ways.
        """
        try:
            number = float(text)
        except ValueError:
            return None
        if "_" in text or not text.isascii() or not -LARGEST <= number <= LARGEST:
            return None
        if -SMALLEST < number < SMALLEST and (number or vanishes(text)):
            return None
        self.count += 1
        if self.points or text.__class__ is Real:
            return number
        if "." not in text:
            self.small = self.small or _SMALL.fullmatch(text) is not None
        elif _POINTED.fullmatch(text):
            self.later[place] = (line, text)
            return nan
        else:
            self.points, self.example = True, text
        return number

    def keep(self, text: str, line: int, place: int) -> float:
        """Keep a cell that is read at the end, and return NaN for now."""
        self.count += 1
        self.later[place] = (line, text.replace("\N{MINUS SIGN}", "-"))
        return nan


def shown_mark(text: str) -> tuple[Mark | None, bool]:
    """Return the decimal mark that a number shows, and whether it could part thousands as well.

    >>> shown_mark("12,5"), shown_mark("1.234.567"), shown_mark("1,234"), shown_mark("12 000")
    ((',', False), (',', False), (',', True), (None, False))
    """
    bare = _SPACES.sub("", text.strip().removesuffix("%").strip())
    if one := _ONE.fullmatch(bare):
        mark: Mark = "," if one[2] == "," else "."
        parts = len(one[3]) == 3 and 1 <= len(one[1]) <= 3 and one[1][0] != "0"
        return mark, parts
    marks = [character for character in bare if character in ".,"]
    if not marks or bare.strip("+-0123456789.,"):
        return None, False
    last: Mark = "," if marks[-1] == "," else "."
    return (last if marks.count(last) == 1 and len(set(marks)) == 2 else OTHER[last]), False
