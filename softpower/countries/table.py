"""The table of countries: codes, names, regions and income groups."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from softpower.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory with a code of its own in ISO 3166, or Kosovo."""

    iso3: str
    """The ISO 3166 alpha-3 code."""
    iso2: str
    """The ISO 3166 alpha-2 code."""
    numeric: str
    """The ISO 3166 numeric code, which is also the M49 code: three digits; empty for Kosovo."""
    name: str
    """The short name in plain English."""
    region: str
    """The M49 region (a continent); empty for Antarctica."""
    subregion: str
    """The M49 sub-region."""
    intermediate: str
    """The M49 intermediate region, which only parts of Africa and the Americas have."""
    income: str
    """The World Bank's income group; empty for others than members of the United Nations."""
    un_member: bool
    """Whether the country is a member of the United Nations."""

    @property
    def label(self) -> str:
        """The name with the code behind it, as messages and suggestions print it."""
        return f"{self.name} ({self.iso3})"


def read_rows(name: str) -> Iterator[list[str]]:
    """Read the rows of a csv file of this package, without its header."""
    with Path(__file__).with_name(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        yield from rows


@cache
def all_countries() -> tuple[Country, ...]:
    """Return every country that softpower knows, in order of alpha-3 code."""
    return tuple(_country(row) for row in read_rows("countries"))


def _country(row: list[str]) -> Country:
    iso3, iso2, numeric, name, region, subregion, intermediate, income, un_member = row
    return Country(
        iso3, iso2, numeric, name, region, subregion, intermediate, income, un_member == "yes"
    )


@cache
def by_iso3() -> Mapping[str, Country]:
    """Return the countries by alpha-3 code."""
    return MappingProxyType({country.iso3: country for country in all_countries()})


@cache
def by_iso2() -> Mapping[str, Country]:
    """Return the countries by alpha-2 code."""
    return MappingProxyType({country.iso2: country for country in all_countries()})


@cache
def by_number() -> Mapping[str, Country]:
    """Return the countries by numeric code, which is that of M49 too."""
    return MappingProxyType(
        {country.numeric: country for country in all_countries() if country.numeric}
    )


def get(iso3: str) -> Country:
    """Return the country of an alpha-3 code in capitals.

    Raises
    ------
    UsageError
        If no country has the code.
    """
    try:
        return by_iso3()[iso3]
    except KeyError:
        known = by_iso3()
        raise UsageError(
            f'"{iso3}" is not an ISO 3166 alpha-3 code that softpower knows.',
            mend=did_you_mean(iso3, known),
        ) from None
