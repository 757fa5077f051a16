"""Codes of countries that are not those of ISO 3166, and telling which scheme codes are of.

The same letters name other countries in other schemes: AU is Australia in ISO 3166 and Austria in
FIPS 10-4, NIG is Niger for the IOC and Nigeria for the Correlates of War project.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from softpower.countries.table import by_iso2, by_iso3, read_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

TITLES = ("FIPS 10-4", "the IOC", "FIFA", "the Correlates of War project")
"""Who made each scheme, in the order of the columns of ``schemes.csv``."""

RESERVED = MappingProxyType({"UK": "GBR"})
"""What ISO 3166 reserves for a country that has another code in it, and people use."""


class Scheme(NamedTuple):
    """A scheme of codes."""

    title: str
    """Who made it, to stand after "a code of"."""
    codes: Mapping[str, str]
    """The alpha-3 code of the country of each code."""


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the schemes other than ISO 3166."""
    rows = list(read_rows("schemes"))
    return tuple(
        Scheme(title, MappingProxyType({row[at]: row[0] for row in rows if row[at]}))
        for at, title in enumerate(TITLES, start=1)
    )


def iso(code: str) -> str:
    """Return the alpha-3 code that a code in capitals stands for in ISO 3166; empty if in none."""
    country = by_iso3().get(code) or by_iso2().get(code)
    return country.iso3 if country is not None else RESERVED.get(code, "")


def scheme_of(pairs: Collection[tuple[str, str]]) -> Scheme | None:
    """Return the scheme that codes are of, ``None`` if none fits better than ISO 3166 does.

    Parameters
    ----------
    pairs
        Each code in capitals, with the alpha-3 code of the country that is named beside it; empty
        where none is.
    """

    def fits(found: str, meant: str) -> bool:
        return bool(found) and meant in ("", found)

    best, most = None, sum(fits(iso(code), meant) for code, meant in pairs)
    if most == len(pairs):
        return None
    for scheme in schemes():
        fitting = sum(fits(scheme.codes.get(code, ""), meant) for code, meant in pairs)
        if fitting > most:
            best, most = scheme, fitting
    return best


def elsewhere(code: str) -> Mapping[str, list[str]]:
    """Return the countries that a code stands for in other schemes: alpha-3 code, and which."""
    found: dict[str, list[str]] = {}
    for scheme in schemes():
        if iso3 := scheme.codes.get(code.strip().upper()):
            found.setdefault(iso3, []).append(scheme.title)
    return found
