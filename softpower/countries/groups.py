"""Groups of countries: the regions of the United Nations and the World Bank's income groups."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from softpower.countries.folding import fold
from softpower.countries.table import all_countries
from softpower.errors import UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

OTHER_NAMES = MappingProxyType(
    {
        "central africa": "Middle Africa",
        "east africa": "Eastern Africa",
        "east asia": "Eastern Asia",
        "high income countries": "High income",
        "latin america": "Latin America and the Caribbean",
        "low income countries": "Low income",
        "lower middle income countries": "Lower middle income",
        "north africa": "Northern Africa",
        "south asia": "Southern Asia",
        "south east asia": "South-eastern Asia",
        "southeast asia": "South-eastern Asia",
        "southeastern asia": "South-eastern Asia",
        "upper middle income countries": "Upper middle income",
        "west africa": "Western Africa",
        "west asia": "Western Asia",
    }
)
"""Other names of a group, folded. "North America" is none: M49 and the World Bank differ on it."""


@cache
def _members() -> Mapping[str, frozenset[str]]:
    """Return the members of each group: income groups first, then from large regions to small."""
    countries = all_countries()
    columns = (
        sorted({(country.income, country.iso3) for country in countries}),
        sorted({(country.region, country.iso3) for country in countries}),
        sorted({(country.subregion, country.iso3) for country in countries}),
        sorted({(country.intermediate, country.iso3) for country in countries}),
    )
    members: dict[str, set[str]] = {}
    for column in columns:
        for group, iso3 in column:
            members.setdefault(group, set()).add(iso3)
    members.pop("", None)
    return MappingProxyType({group: frozenset(iso3s) for group, iso3s in members.items()})


@cache
def _by_folded_name() -> Mapping[str, str]:
    return MappingProxyType({**OTHER_NAMES, **{fold(group): group for group in _members()}})


def groups() -> tuple[str, ...]:
    """Return the names of all groups: income groups, then regions from large to small."""
    return tuple(_members())


def group_members(name: str) -> frozenset[str]:
    """Return the alpha-3 codes of the countries in a group.

    Parameters
    ----------
    name
        An M49 region, sub-region or intermediate region, or a World Bank income group.

    Raises
    ------
    UsageError
        If the table has no such group.
    """
    group = _by_folded_name().get(fold(name))
    if group is None:
        close = nearest(name, groups())
        hint = f"Did you mean {' or '.join(close)}?" if close else f"Known: {', '.join(groups())}."
        raise UsageError(f'"{name}" is not a group of countries that softpower knows.', mend=hint)
    return _members()[group]
