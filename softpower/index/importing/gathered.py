"""All figures of a file, gathered in one pass: places, series, years and numbers in arrays."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field

from softpower.errors import InputError, Location
from softpower.index.importing.column import Column
from softpower.index.importing.marks import taken_off
from softpower.index.importing.numbers import Read, missing_codes, read_later
from softpower.index.layouts.base import Series
from softpower.index.layouts.recognise import Told
from softpower.index.reading.numerals import Mark
from softpower.index.reading.tables import Row
from softpower.watch import Watch, unwatched

_FLOAT = re.compile(r"(?<=^[0-9]{4})\.0+$")
"""What a program puts behind a year that it takes for a fraction, as in ``2020.0``."""

MOST = 20_000_000
"""So many figures are kept at most; more would not fit into the memory of a small computer."""


def every(name: str, series: Series) -> bool:
    """Want every series."""
    del name, series
    return True


@dataclass(slots=True)
class Gathered:
    """What a file holds, before countries are recognised and years are chosen."""

    told: Told
    keys: list[tuple[str, str]] = field(default_factory=list)
    """What names the country of a figure: code and name, each pair once."""
    names: list[str] = field(default_factory=list)
    """The series of which there are figures, as the layout calls them."""
    chosen: tuple[str, ...] = ()
    """The series that are read, and hold numbers."""
    years: list[str] = field(default_factory=list)
    key: array[int] = field(default_factory=lambda: array("i"))
    series: array[int] = field(default_factory=lambda: array("i"))
    year: array[int] = field(default_factory=lambda: array("i"))
    line: array[int] = field(default_factory=lambda: array("i"))
    value: array[float] = field(default_factory=lambda: array("d"))
    notes: dict[int, str] = field(default_factory=dict)
    """What is said of single figures, by place."""
    missing: Counter[str] = field(default_factory=Counter)
    """How often each code of a missing figure stands there."""
    marked: Counter[str] = field(default_factory=Counter)
    """How often each mark of a footnote was taken off a number."""
    read: Read = field(default_factory=lambda: Read((), {}, frozenset()))

    def about(self, series: str) -> Series:
        """Return what the file says of a series."""
        return self.told.layout.series[series]


def gather(
    told: Told,
    *,
    missing: Iterable[str] = (),
    marks: Sequence[str] = (),
    decimal: Mark | None = None,
    wanted: Callable[[str, Series], bool] = every,
    watch: Watch = unwatched,
) -> Gathered:
    """Read all figures of a file.

    Parameters
    ----------
    told
        The file and its layout.
    missing
        What stands for a missing figure, beside what usually does.
    marks
        Marks of footnotes, which are taken off numbers and kept as notes of the figures.
    decimal
        The decimal mark, where a person says so.
    wanted
        Says which series are read, by what the layout calls them and what the file says of them.
    watch
        Hands on the steps of the work, and may show how far it has got.

    Raises
    ------
    InputError
        If a cell is no number, or the file is no table.
    UsageError
        If it cannot be told which mark is decimal.
    """
    found = Gathered(told)
    codes = missing_codes((*told.layout.missing, *missing))
    columns = _take_all(found, codes, marks, watch)
    about, source = told.layout.series, told.source
    chosen = [column for key, column in columns.items() if wanted(key, about[key])]
    for column in chosen:
        column.name = about[column.key].title
    found.chosen = tuple(column.key for column in chosen)
    found.read = read_later(
        chosen, found.value, source.file, decimal=decimal, commas=source.delimiter == ","
    )
    found.chosen = tuple(key for key in found.chosen if key not in found.read.texts)
    return found


def _take_all(
    found: Gathered, codes: Container[str], marks: Sequence[str], watch: Watch
) -> dict[str, Column]:
    """Take the figures of all rows, and return what is known of the numbers of each series."""
    keys: dict[tuple[str, str], int] = {}
    years: dict[str, int] = {}
    columns: dict[str, Column] = {}
    source = found.told.source
    within = _fitting(found.told)
    blocks = watch(source.size, source.blocks(), "bytes")
    rows = (row for block in blocks for row in within(block.rows))
    take_key, take_series, take_year = found.key.append, found.series.append, found.year.append
    take_line, take_value = found.line.append, found.value.append
    place, missing, notes = 0, found.missing, found.notes
    figures = found.told.layout.figures(rows)
    if marks:
        figures = taken_off(figures, marks, codes, found.marked)
    for line, code, name, series, year, text, note in figures:
        if text in codes:
            missing[text] += 1
            continue
        column = columns.get(series)
        if column is None:
            column = columns[series] = Column(series, len(columns))
        value = column.take(text, line, place)
        if value is None:
            if text.casefold() in codes:
                missing[text] += 1
                continue
            value = column.keep(text, line, place)
        take_value(value)
        take_key(keys.setdefault((code, name), len(keys)))
        take_series(column.at)
        take_year(years.setdefault(year, len(years)))
        take_line(line)
        if note:
            notes[place] = note
        place += 1
        if place > MOST:
            raise InputError(
                f"It holds more than {MOST:,} figures.",
                location=Location(source.file, line),
                mend="Keep the series and years that you need.",
            )
    found.keys, found.names = list(keys), list(columns)
    found.years = [_FLOAT.sub("", year) for year in years]
    return columns


def _fitting(told: Told) -> Callable[[Sequence[Row]], Sequence[Row]]:
    """Return what hands rows on, and refuses one with a cell beyond the last heading.

    A comma that is meant to be decimal makes two cells of one.
    """
    file, line = told.source.file, told.layout.line
    headed = [len(row.cells) for row in told.source.beginning() if row.line == line]
    width = told.layout.width or max(headed, default=0)

    def handed(rows: Sequence[Row]) -> Sequence[Row]:
        for row in rows:
            if len(row.cells) > width and row.line > line and any(row.cells[width:]):
                raise InputError(
                    f"It has {len(row.cells)} cells, and the headings are {width}.",
                    location=Location(file, row.line),
                    mend="Put a text or number that has commas into quotation marks, or part the "
                    "cells by semicolons; or give every column a heading.",
                )
        return rows

    return handed if width else lambda rows: rows
