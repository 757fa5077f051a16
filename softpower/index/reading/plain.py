"""Columns of figures in which nothing is odd, read many rows at a time.

A strict part of what is read cell by cell: numbers have digits, a point at most, a sign and an
exponent, and their points are decimal beyond doubt. A table with anything else in it is left to
those who read each cell and can say what is wrong with it.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from softpower.index.reading.numerals import (
    CHARACTERS,
    LARGEST,
    SMALLEST,
    Mark,
    Real,
    Shown,
    vanishes,
)
from softpower.index.reading.titles import TEXTS
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import int32
    from numpy.typing import NDArray

UNREAD = "note"
"""A column that nothing is taken from."""

LONGEST_BELOW_A_THOUSAND = len("-999")

_PLAIN = CHARACTERS.encode()

Cells = Sequence[str]


class Numbered(dict[Any, int]):
    """Things, each with the number of different ones before it."""

    def __missing__(self, thing: Any) -> int:
        number = self[thing] = len(self)
        return number

    def of(self, things: Iterable[Any], count: int) -> NDArray[int32]:
        """Return the numbers of so many things."""
        return np.fromiter(map(self.__getitem__, things), np.int32, count)


class Texts:
    """A column of texts, each kept once."""

    def __init__(self) -> None:
        self._distinct = Numbered()
        self._written: dict[str, int] = _Stripped(self._distinct)
        self._codes = array("i")

    def take(self, cells: Cells) -> None:
        """Add the cells of further rows."""
        codes = np.fromiter(map(self._written.__getitem__, cells), np.int32, len(cells))
        self._codes.frombytes(codes.tobytes())

    @property
    def distinct(self) -> list[str]:
        """Return the different texts, in the order in which they come first."""
        return [*self._distinct]

    @property
    def codes(self) -> NDArray[int32]:
        """Return which of the different texts each row has."""
        return np.frombuffer(self._codes, np.int32)

    def all(self) -> list[str]:
        """Return the text of each row."""
        return [*map(self.distinct.__getitem__, self._codes)]


class _Stripped(dict[str, int]):
    """Cells as they are written, each with the number of its text, which has no space around it."""

    def __init__(self, distinct: Numbered) -> None:
        super().__init__()
        self.distinct = distinct

    def __missing__(self, cell: str) -> int:
        number = self[cell] = self.distinct[cell.strip()]
        return number


class _Numbers:
    """The numbers of some columns while they are read.

    Parameters
    ----------
    positions
        Where the columns are in a row.
    decimal
        The mark that ``index.toml`` says is decimal, if any.
    commas
        Whether the delimiter is the comma.
    """

    def __init__(self, positions: Sequence[int], decimal: Mark | None, *, commas: bool) -> None:
        self.width = len(positions)
        self.decimal = decimal
        self.commas = commas
        self.read = array("d")
        self._shown = {j: Shown() for j in range(self.width if decimal is None else 0)}
        """The columns that have not shown yet which mark is decimal."""
        self._of = _part(positions)

    def take(self, rows: Sequence[Cells]) -> bool:
        """Add the cells of further rows; say whether nothing is odd in them."""
        cells = [*chain.from_iterable(map(self._of, rows))]
        written = "".join(cells)
        if not written.isascii() or written.encode().translate(None, _PLAIN):
            return False
        if self.decimal == "," and "." in written:
            return False
        for j, shown in [*self._shown.items()]:
            if _shows(shown, cells[j :: self.width]):
                del self._shown[j]
        try:
            numbers = np.fromiter(map(float, _filled(cells)), np.float64, len(cells))
        except ValueError:
            return False
        zero = numbers == 0
        sizes = np.abs(numbers[~zero & ~np.isnan(numbers)])
        if sizes.size and not (sizes.min() >= SMALLEST and sizes.max() <= LARGEST):
            return False
        if any(map(vanishes, {*compress(cells, zero.tolist())})):
            return False
        self.read.frombytes(numbers.tobytes())
        return True

    def doubtful(self) -> bool:
        """Say whether there are points that may not be decimal."""
        return any(
            shown.marks and shown.concluded(commas=self.commas) != "."
            for shown in self._shown.values()
        )

    @property
    def values(self) -> Floats:
        """Return what was read, rows x columns; NaN is an empty cell."""
        return np.frombuffer(self.read).reshape(-1, self.width)


def _part(positions: Sequence[int]) -> Callable[[Cells], Cells]:
    """Return what takes some cells out of a row."""
    if [*positions] == [*range(positions[0], positions[-1] + 1)]:
        return itemgetter(slice(positions[0], positions[-1] + 1))
    return itemgetter(*positions)


def _filled(cells: Cells) -> Cells:
    return [cell or "nan" for cell in cells] if "" in cells else cells


def _shows(shown: Shown, cells: Cells) -> bool:
    """Look at cells without a comma; say whether one of them shows that points are decimal."""
    for cell in cells:
        if "." not in cell:
            if not shown.whole and len(cell) <= LONGEST_BELOW_A_THOUSAND:
                shown.look(cell)
        elif shown.marks and cell[-4:-3] == "." and len(cell) <= 7 and cell[0] in "123456789":
            continue  # as the one before it that could be read in two ways
        elif type(cell) is not Real and shown.look(cell):
            return True
    return False


def _may_be_blank(texts: Collection[Texts]) -> bool:
    """Say whether a row may hold nothing but space, so that it is none."""
    return bool(texts) and all("" in column.distinct for column in texts)


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table of figures in which nothing is odd."""

    count: int
    """How many rows there are."""
    texts: Mapping[int, Texts]
    """The columns of texts, by their positions."""
    numbers: Mapping[int, int]
    """Which column of the values belongs to which position."""
    values: Floats
    """The numbers, rows x columns; NaN is an empty cell."""


def plain_columns(
    header: Sequence[str], blocks: Iterable[Sequence[Cells]], decimal: Mark | None, *, commas: bool
) -> Columns | None:
    """Return the columns of a table of figures, ``None`` if anything in them is odd.

    Parameters
    ----------
    header
        The headings, folded.
    blocks
        The cells of its rows, many rows at a time.
    decimal
        The mark that ``index.toml`` says is decimal, if any.
    commas
        Whether the delimiter is the comma.
    """
    width = len(header)
    texts = {at: Texts() for at, title in enumerate(header) if title in TEXTS - {UNREAD}}
    positions = [at for at, title in enumerate(header) if title not in TEXTS]
    if not positions:
        return None
    numbers, count = _Numbers(positions, decimal, commas=commas), 0
    for rows in blocks:
        if {*map(len, rows)} != {width} or not numbers.take(rows):
            return None
        for at, column in texts.items():
            column.take([*map(itemgetter(at), rows)])
        count += len(rows)
    if numbers.doubtful() or _may_be_blank(texts.values()):
        return None
    places = {at: j for j, at in enumerate(positions)}
    return Columns(count, texts, places, numbers.values)
