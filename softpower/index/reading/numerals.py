"""How the numbers of a table are written: which mark is decimal, and which parts thousands.

The rule
--------
Without a word in ``index.toml``, a number has digits and at most one mark, which is decimal. Which
mark that is, each column must show, by a number in which the mark cannot stand between thousands:
``12,5``, ``0,125`` or ``1234,567``. A column in which every mark stands before exactly three
digits, such as ``1,234`` and ``12,345``, can be read in two ways, and is refused. Only the points
of a file whose delimiter is the comma need not show it, for that is how programs write numbers;
unless whole numbers from 1 to 999 stand beside them, as in ``1.234`` and ``999``, for programs
write all numbers of a column alike. All columns of a file have the same decimal mark.

Where ``index.toml`` says which mark is decimal, that mark is, and thousands may be parted by the
other one, by spaces or by apostrophes. A number in a cell of a spreadsheet is a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from softpower.errors import InputError
from softpower.index.text import shown

Mark = Literal[".", ","]

LARGEST = 1e305
SMALLEST = 1e-305
"""Between these sizes numbers keep all their digits, and a sum of a thousand is a number."""

MISSING = {"n/a", "na", "nan", "null", "none", "missing", ".", "..", "...", "-", "–", "—", "?"}
"""How people mark a figure that is missing, folded."""

OTHER: Mapping[Mark, Mark] = {".": ",", ",": "."}

CHARACTERS = "0123456789.+-eE"
"""What a number is written with; ``float`` alone would take ``nan``, ``1_000`` and ``１``."""

_MARKED = re.compile(r"[+-]?(?=.?[0-9])([0-9]*)([.,])([0-9]*)([eE][+-]?[0-9]+)?")
_BELOW_A_THOUSAND = re.compile(r"[+-]?[1-9][0-9]{0,2}")
_PARTS = re.compile(r"(\s*(?:\.\.|/)\s*)")
"""What stands between the numbers of a cell that holds two: goalposts, or a denominator."""

_SPACES = " \u00a0\u2009\u202f"
_GROUPS = {
    mark: re.compile(
        rf"([+-]?[1-9][0-9]{{0,2}})((?P<by>[{OTHER[mark]}'’{_SPACES}])[0-9]{{3}}"
        rf"(?:(?P=by)[0-9]{{3}})*)(?:{re.escape(mark)}([0-9]*))?"
    )
    for mark in OTHER
}
"""A number with its thousands parted, by its decimal mark."""


class Real(str):
    """A number in a cell of a spreadsheet, as Python writes it: its point is decimal."""

    __slots__ = ()


class Shown:
    """What the numbers of a column show of the mark that is decimal in it, as far as looked at."""

    __slots__ = ("decimal", "example", "marks", "whole")

    def __init__(self) -> None:
        self.decimal: Mark | None = None
        """The mark that a number shows to be decimal, if one does."""
        self.example = ""
        """The number that shows it, or the first that could be read in two ways."""
        self.marks: set[str] = set()
        """The marks of numbers that could be read in two ways."""
        self.whole = False
        """Whether there are whole numbers from 1 to 999."""

    def look(self, text: str) -> bool:
        """Look at a further number, or a text that is none; say whether it shows the mark."""
        marked = _MARKED.fullmatch(text)
        if marked is None:
            self.whole = self.whole or _BELOW_A_THOUSAND.fullmatch(text) is not None
            return False
        if _can_part_thousands(marked):
            self.example = self.example or text
            self.marks.add(marked[2])
            return False
        self.decimal, self.example = _mark(marked[2]), text
        return True

    def concluded(self, *, commas: bool) -> Mark | None:
        """Return the decimal mark of the column, ``None`` if it could be either.

        ``commas`` says whether the delimiter is the comma.
        """
        programs = commas and self.marks == {"."} and not self.whole
        return "." if self.decimal is None and programs else self.decimal


class _Column(NamedTuple):
    """How the numbers of a column are written: the decimal mark, and the number that shows it."""

    decimal: Mark | None
    """``None`` if it could be either."""
    example: str
    where: str


class Numerals:
    """The numbers of one table, read by one rule.

    Parameters
    ----------
    table
        The name under which ``index.toml`` may say which mark is decimal, such as ``figures``.
    header
        The names of the columns.
    rows
        Each row as its line and its cells.
    decimal
        The decimal mark that ``index.toml`` names, if any.
    commas
        Whether the delimiter is the comma, so that points are decimal unless they look otherwise.
    """

    def __init__(
        self,
        table: str,
        header: Sequence[str],
        rows: Iterable[tuple[int, Sequence[str]]],
        *,
        decimal: Mark | None = None,
        commas: bool = True,
    ) -> None:
        self.table = table
        self.header = header
        self.rows = rows
        self.decimal = decimal
        self.commas = commas
        self._columns: dict[int, _Column] = {}
        self._pointed: set[int] = set()
        """Columns in which points are decimal, as they are in all others that show a mark."""
        self._first: _Column | None = None
        """The first column that was found to have a decimal mark."""

    def number(self, text: str, at: int) -> float | None:
        """Return the number that a cell of a column holds, ``None`` for an empty one.

        Raises
        ------
        InputError
            Without a place; with what is wrong and how to mend it.
        """
        if not text:
            return None
        pointed = self._with_point(text, at)
        number = _float(pointed)
        if number is None:
            raise InputError(f"{shown(text)} is not a number.", mend=self._mend(text))
        if vanishes(pointed) if number == 0 else not SMALLEST <= abs(number) <= LARGEST:
            size = "large" if abs(number) > 1 else "small"
            raise InputError(
                f"{shown(text)} is too {size} a number.", mend="Correct it, or take another unit."
            )
        return number

    def with_points(self, text: str, at: int) -> str:
        """Return a cell such as ``20,5..85`` with the decimal points that a program expects.

        Raises
        ------
        InputError
            Without a place, if a number in it can be read in two ways.
        """
        parts = _PARTS.split(text)
        parts[::2] = [self._with_point(part, at) for part in parts[::2]]
        return "".join(parts)

    def _with_point(self, text: str, at: int) -> str:
        """Return a number as a program writes it, and a text that is none as it is."""
        if isinstance(text, Real):
            return text
        if self.decimal is not None:
            return _declared(text, self.decimal)
        if "," not in text and ("." not in text or at in self._pointed):
            return text
        marked = _MARKED.fullmatch(text)
        if marked is None:
            return text
        column = self._columns.get(at) or self._shown(at)
        if column.decimal is None:
            raise self._ambiguous(column)
        for other in (column, self._first):
            if other is not None and other.decimal != marked[2]:
                raise self._mixed(text, other)
        if column.decimal == ".":
            self._pointed.add(at)
        return text.replace(",", ".")

    def _shown(self, at: int) -> _Column:
        """Return what a column shows of its decimal mark, and remember it."""
        column = self._columns[at] = self._look(at)
        if self._first is None and column.decimal is not None:
            self._first = column
        return column

    def _look(self, at: int) -> _Column:
        """Return what a column shows of its decimal mark."""
        where, shown = f"column {self.header[at]}", Shown()
        for line, cells in self.rows:
            cell = cells[at]
            if isinstance(cell, Real):
                continue
            parts = _PARTS.split(cell) if ".." in cell or "/" in cell else (cell,)
            if any(map(shown.look, parts)):
                where = f"line {line}, {where}"
                break
        return _Column(shown.concluded(commas=self.commas), shown.example, where)

    def _key(self, *marks: Mark) -> str:
        """Return what to write into ``index.toml``."""
        said = " or ".join(f'decimal = "{mark}"' for mark in marks)
        return f"{said} under [files.{self.table}] in index.toml"

    def _ambiguous(self, column: _Column) -> InputError:
        text = column.example
        mark: Mark = "," if "," in text else "."
        name = {".": "point", ",": "comma"}[mark]
        thousand, decimal = text.replace(mark, ""), text.replace(mark, ".")
        return InputError(
            f"{shown(text)} can be read in two ways, as {thousand} and as {decimal}: every {name} "
            f"of the column stands before three digits.",
            mend=f"Say which is meant: {self._key(OTHER[mark])} makes it {thousand}, "
            f'decimal = "{mark}" makes it {decimal}.',
        )

    def _mixed(self, text: str, other: _Column) -> InputError:
        return InputError(
            f"{shown(text)} and {shown(other.example)} ({other.where}) have different marks, and "
            "only one of them can be decimal.",
            mend="Write all numbers of the file with the same decimal mark; or, if the other mark "
            f"stands between thousands, say which is decimal: {self._key('.', ',')}.",
        )

    def _mend(self, text: str) -> str:
        """Return how to write a number that is not written as one."""
        if text.casefold() in MISSING or text.startswith("#"):
            empty = "Leave the cell empty where a figure is missing"
            if self.table not in ("figures", "history"):
                return f"{empty}."
            code = f"missing_values = [{shown(text)}] under [files.{self.table}] in index.toml"
            return f"{empty}, or write {code}."
        if text.endswith("%"):
            return "Write it without the percent sign, and say % in the unit of the indicator."
        if not text.isascii() and _float(text.replace("\N{MINUS SIGN}", "-")) is not None:
            return "Write the minus sign as a hyphen."
        if any(character.isdecimal() and not character.isascii() for character in text):
            return "Write it with the digits 0 to 9 and a decimal point."
        if _float(re.sub(r"[.,'’\s_]", "", text)) is None:
            return "Write digits with a decimal point, or leave the cell empty."
        if self.decimal is not None:
            return (
                f'index.toml says decimal = "{self.decimal}" of this table: write it once at most, '
                "and anything else only between thousands, before groups of three digits."
            )
        return (
            "Write it without separators between thousands, or say which mark is decimal: "
            f"{self._key('.', ',')}."
        )


def _mark(text: str) -> Mark:
    return "," if text == "," else "."


def _can_part_thousands(marked: re.Match[str]) -> bool:
    """Say whether the mark of a number may stand between thousands."""
    whole, _, fraction, exponent = marked.groups()
    return len(fraction) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0" and not exponent


def _declared(text: str, decimal: Mark) -> str:
    """Return a number whose decimal mark is known as a program writes it."""
    if grouped := _GROUPS[decimal].fullmatch(text):
        first, groups, by, fraction = grouped.group(1, 2, "by", 4)
        return f"{first}{groups.replace(by, '')}{f'.{fraction}' if fraction else ''}"
    if decimal == "." or not _MARKED.fullmatch(text):
        return text
    return text.translate({ord(","): ".", ord("."): ","})


def vanishes(text: str) -> bool:
    """Say whether a number that a program takes for zero is written as another."""
    return bool(text.casefold().partition("e")[0].strip("+-0."))


def with_clear_points(texts: Sequence[str]) -> list[str]:
    """Return numbers of a column so that they are read as the program meant that wrote them.

    Where no number shows that points are decimal, and whole numbers leave it open, a zero is added
    behind those whose points stand before three digits. What is no number stays.

    Examples
    --------
    >>> with_clear_points(["1.234", "7", ".."]), with_clear_points(["1.234", "7", "0.5"])
    (['1.2340', '7', '..'], ['1.234', '7', '0.5'])
    """
    seen = Shown()
    shown = any(map(seen.look, texts)) or seen.concluded(commas=True) is not None
    if shown or seen.marks != {"."}:
        return [*texts]
    return [f"{text}0" if _MARKED.fullmatch(text) else text for text in texts]


def _float(text: str) -> float | None:
    """Return the number that a program wrote, ``None`` if it is none."""
    if text.strip(CHARACTERS):
        return None
    try:
        return float(text)
    except ValueError:
        return None
