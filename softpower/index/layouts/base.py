"""What a layout is: how a file is told to have it, and the figures that it yields."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from softpower.index.layouts.ids import slug
from softpower.index.reading.tables import Row

YEAR = re.compile(r"(1[0-9]|20|21)[0-9]{2}")
"""A year as a heading or a cell has it."""


Figure = tuple[int, str, str, str, str, str, str]
"""One cell of a file, before anybody judges it: line, code and name of the country, series, year,
text and note. There are millions, so it is a plain tuple."""


@dataclass(frozen=True, slots=True)
class Series:
    """What a file says of one of its series of figures."""

    title: str
    code: str = ""
    """The publisher's own code; empty if it has none."""
    unit: str = ""
    """As it is typed in the file."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the file says of it that is a column of ``indicators.csv``, such as ``direction``."""

    @property
    def known_as(self) -> str:
        """Return what the publisher knows it by: its code, or its title."""
        return self.code or self.title

    @property
    def id(self) -> str:
        """Return an id that is made of the code, or of the title if the code is a number."""
        return slug(self.code if any(map(str.isalpha, self.code)) else self.title)


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself as a whole."""

    publisher: str = ""
    dataset: str = ""
    updated: str = ""
    """When the publisher last changed the figures."""
    downloaded: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Pillar:
    """A pillar that a file states: its title, its weight and the pillar above it."""

    title: str
    weight: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, and what stands beside it: what a layout is told from."""

    file: str
    rows: Sequence[Row]
    """The first rows that hold something."""
    sheet: str = ""
    header: int | None = None
    """The line of the headings, where a person says so."""
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What the file of metadata beside it says."""
    companions: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """The other files or sheets that belong to it, by what they hold."""
    other: bool = False
    """Whether a person says that something else than countries is ranked."""

    def headings(self, *needed: str, most: int = 30) -> tuple[int, dict[str, int]] | None:
        """Return the place of the first row that has all of the headings, and where each stands.

        Headings are compared without regard to case and to space around them.
        """
        for at, row in enumerate(self.rows[:most]):
            if self.header is not None and row.line != self.header:
                continue
            found: dict[str, int] = {}
            for position, cell in enumerate(row.cells):
                found.setdefault(cell.strip().casefold(), position)
            if all(word in found for word in needed):
                return at, found
        return None


class Layout(ABC):
    """One way in which publishers lay out a file."""

    id: ClassVar[str]
    """Its short name, for ``layout``."""
    title: ClassVar[str]
    coded: ClassVar[bool] = False
    """Whether its publisher gives every country a code, so that what has none is no country."""
    missing: ClassVar[tuple[str, ...]] = ()
    """What its publishers write for a missing figure, beside what everybody does."""
    line: int = 0
    """The line of the last of the headings; 0 if they are in no one place."""
    scheme: str = ""
    """The scheme of codes that their heading names; empty if it names none."""
    width: int = 0
    """So many columns may have a heading; as many as that line has cells if 0."""

    def __init__(self) -> None:
        self.series: dict[str, Series] = {}
        """The series by how `figures` calls them; complete once all rows are read."""
        self.about = About()
        self.pillars: dict[str, Pillar] = {}
        """The pillars by id, where the file states any."""
        self.groups: set[tuple[str, str]] = set()
        """Codes and names that the file says are those of groups; complete once all is read."""
        self.aside: dict[str, str] = {}
        """Columns and rows that are no figures, each with why."""
        self.remarks: list[str] = []
        """What is to be said of how the file was read."""

    @classmethod
    @abstractmethod
    def told(cls, head: Head) -> Self | None:
        """Return the layout of a file if this is it."""

    @abstractmethod
    def figures(self, rows: Iterable[Row]) -> Iterator[Figure]:
        """Yield the figures of all rows of the file, the first rows among them."""

    def say(self, **about: str) -> None:
        """Add to what the file says of itself; what is empty adds nothing."""
        self.about = replace(self.about, **{key: text for key, text in about.items() if text})


def beneath(rows: Iterable[Row], line: int, width: int) -> Iterator[tuple[int, list[str]]]:
    """Yield line and cells of the rows below a line, with at least so many cells each."""
    for row in rows:
        if row.line > line:
            cells = row.cells
            yield row.line, cells if len(cells) >= width else cells + [""] * (width - len(cells))


def cell(row: Row, at: int | None) -> str:
    """Return a cell of a row, empty where the row is shorter or there is no such column."""
    return row.cells[at] if at is not None and at < len(row.cells) else ""


def first_of(found: Mapping[str, int], *names: str) -> int | None:
    """Return where the first of some headings stands that is there."""
    return next((found[name] for name in names if name in found), None)


_UNIT = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)\s*$")


def unit_of(title: str) -> str:
    """Return the unit that stands in brackets at the end of a title, as it is typed.

    Of several brackets the one with a percent sign counts, and otherwise the last.

    >>> unit_of("GDP per capita (current US$)"), unit_of("Attainment (%) (cumulative)")
    ('current US$', '%')
    """
    found: list[str] = []
    rest = title.strip()
    while match := _UNIT.search(rest):
        found.append(match[1].strip())
        rest = rest[: match.start()].strip()
    percent = [text for text in found if "%" in text]
    return next(iter([*percent, *found]), "")
