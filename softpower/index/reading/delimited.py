"""Text that is split into cells by commas, semicolons or tabs: CSV in its dialects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

from softpower.errors import InputError, Location
from softpower.index.reading.content import ENCODING

LONGEST_CELL = 131_072
"""The most characters of a cell of CSV."""

MOST_SHARED = 100_000
"""So many different texts are kept once, however many cells hold them."""

AT_ONCE = 4096
"""About so many cells are split at once where rows are taken many at a time."""


class Delimited:
    """A file of CSV, which is split into cells as often as they are asked for.

    Parameters
    ----------
    data
        What it holds, in UTF-8.
    name
        The file, as messages name it.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        text = data.decode(ENCODING).lstrip()
        first = text[: text.find("\n")] if "\n" in text else text
        self.delimiter = max(",;\t", key=first.count)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows that hold something: the line that each begins on, and its cells.

        Space around cells is taken off.

        Raises
        ------
        InputError
            Where it is no CSV, with the place and the mend.
        """
        reader = csv.reader(self._text(), delimiter=self.delimiter, strict=True)
        line, stripped = 1, _Stripped().__getitem__
        try:
            with cells_limited():
                for read in reader:
                    cells = list(map(stripped, read))
                    if any(cells):
                        yield line, cells
                    line = reader.line_num + 1
        except csv.Error as error:
            raise malformed(error, Location(self.name, line)) from error

    def blocks(self) -> Iterator[list[list[str]]]:
        """Yield the cells of its rows as they are written, many rows at a time.

        Raises
        ------
        csv.Error
            Where it is no CSV.
        """
        reader = csv.reader(self._text(), delimiter=self.delimiter, strict=True)
        size = 1
        while True:
            with cells_limited():
                block = [*islice(reader, size)]
            if not block:
                return
            filled = [*filter(any, block)]
            if filled:
                yield filled
                size = 1 + AT_ONCE // len(filled[0])

    def _text(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(io.BytesIO(self.data), encoding=ENCODING, newline="")


class _Stripped(dict[str, str]):
    """Cells without space around them, equal ones the same in memory, as far as they are few."""

    def __missing__(self, cell: str) -> str:
        text = cell.strip()
        if len(self) < MOST_SHARED:
            self[cell] = text
        return text


@contextmanager
def cells_limited() -> Iterator[None]:
    """Refuse longer cells than `LONGEST_CELL`, whatever a library has set for the process."""
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def malformed(error: csv.Error, location: Location) -> InputError:
    """Return what is wrong with a file that is no CSV, with the place and the mend."""
    if "field larger" in str(error):
        return InputError(
            f"A cell has more than {LONGEST_CELL:,} characters.",
            location=location,
            mend="Look for a quotation mark that is not closed, or shorten the cell.",
        )
    if "unexpected end" in str(error):
        return InputError(
            "A quotation mark is opened here and not closed.",
            location=location,
            mend='Close it; a quotation mark within a text is written twice: "".',
        )
    what = f"It is not well-formed CSV: {error}."
    if "expected after" in str(error):
        what = "A text goes on after its quotation mark is closed."
    return InputError(
        what,
        location=location,
        mend='Look at its quotation marks; one within a text is written twice: "".',
    )
