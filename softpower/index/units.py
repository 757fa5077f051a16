"""Units: what is ranked. Countries, unless the index says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from shlex import quote

from softpower import countries
from softpower.countries import MEMBERSHIP
from softpower.errors import SoftpowerError, UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Unit:
    """One country, region, city or institution, with the groups that it belongs to."""

    id: str
    name: str
    groups: Mapping[str, str] = field(default_factory=dict, compare=False)
    """Such as ``{"region": "Asia", "income": "High income"}``."""


def known_unit(units: Sequence[Unit], text: str) -> Unit | None:
    """Return the unit that a person means, or None where `find_unit` would refuse."""
    for unit in units:
        if text in (unit.id, unit.name):
            return unit
    if alike := _alike(units, text):
        return alike[0] if len(alike) == 1 else None
    country = countries.find(text)
    if country is None:
        group = countries.find_group(text)
        called = {countries.fold(each) for each in (group[0].name, *group[0].also)} if group else ()
        itself = [unit for unit in units if countries.fold(unit.name) in called]
        return itself[0] if len(itself) == 1 and "@" not in text else None
    return next((unit for unit in units if unit.id == country.iso3), None)


def find_unit(units: Sequence[Unit], text: str) -> Unit:
    """Return the unit that a person means by its id, its name, or a name of the country.

    The very text counts before texts that fold alike, such as C, C++ and C#.

    Raises
    ------
    UsageError
        If none of these units is meant, naming the nearest; or if several could be.
    """
    unit = known_unit(units, text)
    if unit is not None:
        return unit
    if alike := _alike(units, text):
        names = ", ".join(unit.name for unit in alike)
        raise UsageError(f"{text!r} could be any of {names}.", mend="Write the name as it stands.")
    try:
        country = countries.recognise(text)
    except SoftpowerError as error:
        if any("subregion" in unit.groups for unit in units):
            mend = error.mend
            if getattr(error, "reason", "") == "aggregate" and _is_group(units, text):
                shown = f"`region={text!r}`"
                mend = f"Name a country of it; score and compare show a group by {shown}."
            raise UsageError(error.what, mend=mend) from error
    else:
        raise UsageError(f"{country.name} is not among the {len(units)} units of this index.")
    known = dict.fromkeys([*(unit.id for unit in units), *(unit.name for unit in units)])
    raise UsageError(f"{text!r} is not a unit of this index.", mend=did_you_mean(text, list(known)))


def _alike(units: Sequence[Unit], text: str) -> list[Unit]:
    """Return the units whose names fold to the same as a text."""
    folded = countries.fold(text)
    return [unit for unit in units if folded and folded == countries.fold(unit.name)]


def in_group(units: Sequence[Unit], text: str) -> frozenset[str]:
    """Return the ids of the units in one group of one grouping, such as a region.

    ``GROUPING=NAME`` says which grouping is meant, where several have a group of the name. Groups
    that countries join and leave, such as the EU, are those of the grouping ``membership``, with
    the members of a year after ``@``: ``BRICS@2010``.

    Raises
    ------
    UsageError
        If no unit is in a group of this name, naming the nearest groups; or if groups of several
        groupings have it, naming these.
    """
    groupings, name = _stated(units, text)
    declared = _declared(units)
    found = _groups(units, [each for each in groupings if each in declared], name)
    if meant := _joined(units, groupings, name):
        found[MEMBERSHIP] = _members(units, *meant)
    if len(found) > 1:
        written = " or ".join(quote(f"{grouping}={text}") for grouping in found)
        raise UsageError(
            f"{len(found)} groupings have a group {text!r}: {' and '.join(found)}.",
            mend=f"Write {written}.",
        )
    if not found and (unit := known_unit(units, name)) is not None:
        raise UsageError(
            f"{unit.name} is one of the units of this index, and no group.",
            mend=f"Write `country={name!r}`.",
        )
    if not found:
        labels = {unit.groups.get(grouping, "") for unit in units for grouping in groupings}
        joined = countries.group_names() if MEMBERSHIP in groupings else ()
        dated = countries.with_year(name) if joined else ""
        parts = [part.strip() for part in text.split(",")]
        if len(parts) > 1 and all(_is_group(units, part) for part in parts):
            raise UsageError(
                f"{text!r} is {len(parts)} groups.", mend=f"Name each by itself: `region={parts}`."
            )
        mend = _mend(name, list(dict.fromkeys([*sorted(labels - {""}), *joined])))
        if "=" in text:
            mend += f" Groupings: {', '.join(_known(units))}."
        raise UsageError(
            f"There is no group {text!r} among the units of this index.",
            mend=f"A year follows an @: write {quote(dated)}." if dated else mend,
        )
    return next(iter(found.values()))


def _is_group(units: Sequence[Unit], text: str) -> bool:
    """Say whether a text names a group of units."""
    try:
        return bool(in_group(units, text))
    except UsageError:
        return False


def group_remark(units: Sequence[Unit], text: str) -> str:
    """Return whom a group counts that countries join and leave; empty for any other group."""
    meant = _joined(units, *_stated(units, text))
    if meant is None:
        return ""
    group, year = meant
    members = group.members(year)
    there = len(members & {unit.id for unit in units})
    when = f"at the end of {year}" if year is not None else f"as of {group.stated}"
    known = f"; {there} of them are among the units of this index" if there < len(members) else ""
    said = f"{group.name}: its {len(members)} members {when} ({group.source}){known}."
    return f"{said} {group.remark}".strip()


def _declared(units: Sequence[Unit]) -> list[str]:
    """Return the groupings that units state a group of."""
    return list(dict.fromkeys(grouping for unit in units for grouping in unit.groups))


def _known(units: Sequence[Unit]) -> list[str]:
    """Return all groupings, to which countries add that of memberships.

    A column of units.csv that is called membership stands in its place.
    """
    declared = _declared(units)
    return list(dict.fromkeys([*declared, *([MEMBERSHIP] if "subregion" in declared else [])]))


def _stated(units: Sequence[Unit], text: str) -> tuple[list[str], str]:
    """Return the groupings among which a group is looked for, and its name."""
    known = _known(units)
    stated, equals, name = text.partition("=")
    folded = countries.fold(stated)
    chosen = [each for each in known if countries.fold(each) == folded] if equals else []
    return (chosen, name) if chosen else (known, text)


def _joined(
    units: Sequence[Unit], groupings: Sequence[str], name: str
) -> tuple[countries.CountryGroup, int | None] | None:
    """Return the group that countries join and leave which is meant, and the year."""
    if MEMBERSHIP not in groupings or MEMBERSHIP in _declared(units):
        return None
    return countries.find_group(name)


def _members(
    units: Sequence[Unit], group: countries.CountryGroup, year: int | None
) -> frozenset[str]:
    """Return the ids of the units that are members of a group."""
    there = group.members(year) & {unit.id for unit in units}
    if not there:
        raise UsageError(f"No member of {group.name} is among the units of this index.")
    return frozenset(there)


def _groups(
    units: Sequence[Unit], groupings: Sequence[str], name: str
) -> dict[str, frozenset[str]]:
    """Return the members of the group of a name in each grouping that has one.

    The very name counts before names that fold alike, such as A, A+ and A-.

    Raises
    ------
    UsageError
        If several groups of a grouping fold alike, and none has the very name.
    """
    folded = countries.fold(name)
    found = {}
    for grouping in groupings:
        labels = {label for unit in units if (label := unit.groups.get(grouping))}
        alike = sorted(label for label in labels if folded and countries.fold(label) == folded)
        if name not in labels and len(alike) > 1:
            raise UsageError(
                f"{name!r} could be any of the groups {', '.join(alike)}.",
                mend="Write the name as it stands.",
            )
        meant = name if name in labels else next(iter(alike), None)
        if meant is not None:
            found[grouping] = frozenset(u.id for u in units if u.groups.get(grouping) == meant)
    return found


def _mend(name: str, labels: Sequence[str]) -> str:
    """Return the nearest groups, or all of them."""
    if not labels:
        return "Add a column to units.csv that says which units are in which group."
    return did_you_mean(name, labels) or f"Known: {', '.join(labels)}."
