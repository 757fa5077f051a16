"""Codes for what is missing, such as ``..`` and -99, which ``missing_values`` declares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from softpower.index.fields import MissingValue
from softpower.index.ids import folded
from softpower.index.reading.numerals import Numerals
from softpower.index.reading.tables import RawTable, Row
from softpower.index.reading.titles import TEXTS
from softpower.index.text import listed, shown

Codes = Sequence[MissingValue]


class Coded:
    """A table of figures of which some cells are codes for what is missing.

    Parameters
    ----------
    raw
        The table.
    everywhere
        The codes of all its numbers.
    own
        Further codes of indicators, by their ids.
    """

    def __init__(self, raw: RawTable, everywhere: Codes, own: Mapping[str, Codes]) -> None:
        self.raw = raw
        self.everywhere = everywhere
        self.own = {folded(name): codes for name, codes in own.items() if codes}
        self.found: Counter[MissingValue] = Counter()
        """How many cells hold each code."""
        self._known: dict[str, _Known] = {}

    def blanked(self) -> RawTable:
        """Return the table with nothing in the cells that hold a code."""
        if not self.everywhere and not self.own:
            return self.raw
        header = self.raw.header
        columns = [at for at, title in enumerate(header) if title not in TEXTS]
        long = header.index("indicator") if {"indicator", "value"} <= set(header) else None
        rows = tuple(self._row(row, columns, long) for row in self.raw.rows)
        said = self.raw.numerals
        numerals = Numerals(said.table, header, rows, decimal=said.decimal, commas=said.commas)
        return replace(self.raw, rows=rows, numerals=numerals, columns=None)

    def _row(self, row: Row, columns: Sequence[int], long: int | None) -> Row:
        cells = row.cells
        for at in columns:
            if not row.cells[at]:
                continue
            title = self.raw.header[at] if long is None else row.cells[long]
            code = self._of(title).held_by(row.cells[at])
            if code is not None:
                self.found[code] += 1
                cells = cells if cells is not row.cells else [*cells]
                cells[at] = ""
        return row if cells is row.cells else Row(row.line, cells)

    def _of(self, title: str) -> _Known:
        """Return the codes of an indicator."""
        known = self._known.get(title)
        if known is None:
            known = _Known((*self.everywhere, *self.own.get(folded(title), ())))
            self._known[title] = known
        return known

    def remark(self) -> str:
        """Return how many cells hold each code, in a sentence; empty if none does."""
        if not self.found:
            return ""
        count = sum(self.found.values())
        each = [f"{written(code)} {number:,}" for code, number in self.found.most_common()]
        cells = "1 cell is a code" if count == 1 else f"{count:,} cells are codes"
        return f"{self.raw.file}: {cells} for a missing figure ({listed(each)})."

    def unused(self) -> Iterator[MissingValue]:
        """Yield the codes that no cell holds."""
        codes = [*self.everywhere, *(code for own in self.own.values() for code in own)]
        for code in dict.fromkeys(codes):
            if code not in self.found:
                yield code


class _Known:
    """The codes that a cell may hold."""

    def __init__(self, codes: Codes) -> None:
        self.codes = codes
        self.texts = {str(code).casefold() for code in codes}
        self.numbers = {code for code in codes if not isinstance(code, str)}
        self._signed = all(number < 0 for number in self.numbers)

    def held_by(self, text: str) -> MissingValue | None:
        """Return the code that a cell holds, if it does: as it is written, or the same number."""
        said = text.casefold()
        number = None if self._signed and text[0] != "-" else _number(text)
        if said not in self.texts and number not in self.numbers:
            return None
        return next(
            code
            for code in self.codes
            if said == str(code).casefold() or (not isinstance(code, str) and number == code)
        )


def written(code: MissingValue) -> str:
    """Return a code as a message shows it."""
    return shown(code) if isinstance(code, str) else f"{code:.12g}"


def _number(text: str) -> float | None:
    """Return the number that a cell holds, if it is one whatever mark is decimal."""
    try:
        return float(text.replace(",", ".")) if not text.strip("0123456789.,+-") else None
    except ValueError:
        return None
