"""Units: what is ranked. Countries, unless the index says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from softpower import countries
from softpower.errors import SoftpowerError, UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Unit:
    """One country, region, city or institution, with the groups that it belongs to."""

    id: str
    name: str
    groups: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), compare=False)
    """Such as ``{"region": "Asia", "income": "High income"}``."""


def find_unit(units: Sequence[Unit], text: str) -> Unit:
    """Return the unit that a person means by its id, its name, or a name of the country.

    Raises
    ------
    UsageError
        If none of these units is meant, naming the nearest.
    """
    folded = countries.fold(text)
    for unit in units:
        if text in (unit.id, unit.name) or folded == countries.fold(unit.name):
            return unit
    by_id = {unit.id: unit for unit in units}
    try:
        country = countries.recognise(text)
    except SoftpowerError as error:
        if any("subregion" in unit.groups for unit in units):
            raise UsageError(error.what, mend=error.mend) from error
    else:
        if country.iso3 in by_id:
            return by_id[country.iso3]
        raise UsageError(f"{country.name} is not among the {len(units)} units of this index.")
    known = [*by_id, *(unit.name for unit in units)]
    raise UsageError(f"{text!r} is not a unit of this index.", mend=did_you_mean(text, known))


def in_group(units: Sequence[Unit], text: str) -> frozenset[str]:
    """Return the ids of the units in a group, such as a region, whatever grouping it belongs to.

    Raises
    ------
    UsageError
        If no unit is in a group of this name, naming the nearest groups.
    """
    folded = countries.fold(text)
    found = frozenset(
        unit.id
        for unit in units
        if any(label and countries.fold(label) == folded for label in unit.groups.values())
    )
    if not found:
        known = sorted({label for unit in units for label in unit.groups.values() if label})
        mend = did_you_mean(text, known) or f"Known: {', '.join(known)}."
        raise UsageError(f"There is no group {text!r} among the units of this index.", mend=mend)
    return found
