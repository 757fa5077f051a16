"""Groups that countries join and leave: the EU, BRICS, NATO and others, with members by year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from softpower.countries.folding import fold
from softpower.countries.table import read_rows
from softpower.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

MEMBERSHIP = "membership"
"""What the grouping is called, beside region, subregion and income."""

_YEAR = re.compile(r"(?P<name>.*\S)\s*@\s*(?P<year>\d{4})")
_SPOKEN = re.compile(r"(?P<name>.+?)\s*(?:\bin\s+)?(?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class Spell:
    """One membership of one country."""

    iso3: str
    since: int
    """The year in which it joined."""
    until: int | None
    """The year in which it left."""


@dataclass(frozen=True, slots=True)
class CountryGroup:
    """A group of countries, with everybody who was ever a member."""

    name: str
    also: tuple[str, ...]
    """Other names that people type."""
    source: str
    """The group's own site, which lists its members."""
    stated: str
    """The day up to which memberships are known: ``2025-10-31``."""
    remark: str
    """Who is counted and who is not, where one might doubt it."""
    spells: tuple[Spell, ...]

    @property
    def last_year(self) -> int:
        """The last year of which the members are known."""
        return int(self.stated[:4])

    def members(self, year: int | None = None) -> frozenset[str]:
        """Return the alpha-3 codes of the members at the end of a year, or as last known.

        Raises
        ------
        UsageError
            If nobody was a member then, or it is not known who is.
        """
        if year is None:
            return frozenset(spell.iso3 for spell in self.spells if spell.until is None)
        first = min(spell.since for spell in self.spells)
        if not first <= year <= self.last_year:
            raise UsageError(
                f"Who was in {self.name} in {year} is not known: members are known from {first} "
                f"to {self.last_year}.",
                mend=f"Write a year of these, such as {self.name}@{self.last_year}.",
            )
        return frozenset(
            spell.iso3
            for spell in self.spells
            if spell.since <= year and (spell.until is None or spell.until > year)
        )


@cache
def country_groups() -> tuple[CountryGroup, ...]:
    """Return every group of which the table knows the members."""
    spells: dict[str, list[Spell]] = {}
    for group, iso3, since, until in read_rows("members"):
        left = int(until[:4]) if until else None
        spells.setdefault(group, []).append(Spell(iso3, int(since[:4]), left))
    return tuple(
        CountryGroup(name, tuple(also.split("|")), source, stated, remark, tuple(spells[name]))
        for name, also, source, stated, remark in read_rows("groups")
    )


def find_group(text: str) -> tuple[CountryGroup, int | None] | None:
    """Return the group that a text means, with the year after ``@``; ``None`` if it means none.

    Examples
    --------
    >>> group, year = find_group("brics@2010")
    >>> group.name, sorted(group.members(year))
    ('BRICS', ['BRA', 'CHN', 'IND', 'RUS'])
    """
    name, year = text, None
    if dated := _YEAR.fullmatch(text.strip()):
        name, year = dated["name"], int(dated["year"])
    group = None if "@" in name else _called(name)
    return None if group is None else (group, year)


def with_year(text: str) -> str:
    """Return how a group and a year are written that stand one after the other; else nothing.

    Examples
    --------
    >>> with_year("BRICS 2010")
    'BRICS@2010'
    """
    spoken = _SPOKEN.fullmatch(text.strip())
    group = _called(spoken["name"]) if spoken else None
    return f"{group.name}@{spoken['year']}" if spoken and group else ""


def group_names() -> Sequence[str]:
    """Return the names of the groups, as they are printed."""
    return [group.name for group in country_groups()]


def _called(text: str) -> CountryGroup | None:
    folded = fold(text)
    for group in country_groups():
        if folded and folded in map(fold, (group.name, *group.also)):
            return group
    return None
