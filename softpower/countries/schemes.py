"""Codes of countries that are not those of ISO 3166, and telling which scheme codes are of.

The same letters name other countries in other schemes: AU is Australia in ISO 3166 and Austria in
FIPS 10-4, NIG is Niger for the IOC and Nigeria for the Correlates of War project. So are numbers:
276 is Germany for the United Nations and Sudan for the FAO.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from softpower.countries.table import all_countries, by_iso2, by_iso3, by_number, read_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

TITLES = {
    "fips": "FIPS 10-4",
    "ioc": "the IOC",
    "fifa": "FIFA",
    "cow": "the Correlates of War project",
    "cow-number": "the Correlates of War project, in numbers",
    "gw": "Gleditsch and Ward",
    "gw-number": "Gleditsch and Ward, in numbers",
    "fao": "the FAO",
    "imf": "the IMF, in numbers",
    "eurostat": "Eurostat",
}
"""Who made each scheme, in the order of the columns of ``schemes.csv``."""

RESERVED = MappingProxyType({"UK": "GBR"})
"""What ISO 3166 reserves for a country that has another code in it, and people use."""

FORMERLY = MappingProxyType(
    {
        "ADO": "AND",
        "IMY": "IMN",
        "KSV": "XKX",
        "ROM": "ROU",
        "TMP": "TLS",
        "WBG": "PSE",
        "ZAR": "COD",
    }
)
"""Codes that the World Bank gave until 2018, where ISO 3166 has others."""

OWID = MappingProxyType({"OWID_KOS": "XKX"})
"""The countries to which Our World in Data gives a code of its own."""


class Scheme(NamedTuple):
    """A scheme of codes."""

    title: str
    """Who made it, to stand after "a code of"."""
    codes: Mapping[str, str]
    """The alpha-3 code of the country of each code."""
    id: str = ""
    """Its short name."""


@cache
def schemes() -> tuple[Scheme, ...]:
    """Return the schemes that have a column of ``schemes.csv``."""
    rows = list(read_rows("schemes"))
    return tuple(
        Scheme(
            title,
            MappingProxyType({code: row[0] for row in rows for code in row[at].split()}),
            identifier,
        )
        for at, (identifier, title) in enumerate(TITLES.items(), start=1)
    )


@cache
def all_schemes() -> Mapping[str, Scheme]:
    """Return every scheme by its short name: ISO 3166 and what is made from it come first."""
    iso3 = {country.iso3: country.iso3 for country in all_countries()}
    iso2 = {country.iso2: country.iso3 for country in all_countries()}
    m49 = {number: country.iso3 for number, country in by_number().items()}
    made = (
        Scheme("ISO 3166", MappingProxyType(iso3 | iso2 | RESERVED), "iso"),
        Scheme("the World Bank", MappingProxyType(iso3 | FORMERLY), "worldbank"),
        Scheme("the OECD", MappingProxyType(iso3), "oecd"),
        Scheme("Our World in Data", MappingProxyType(iso3 | OWID), "owid"),
        Scheme("the United Nations (M49)", MappingProxyType(m49), "m49"),
    )
    return MappingProxyType({scheme.id: scheme for scheme in (*made, *schemes())})


def meant(scheme: Scheme, code: str) -> str:
    """Return the alpha-3 code that a code stands for in a scheme; empty if it has none.

    Numbers of M49 are also read without the zeros before them, and after the apostrophe by which
    the FAO keeps these.
    """
    text = code.strip().lstrip("'").upper()
    if scheme.id == "m49" and text.isdecimal():
        text = text.zfill(3)
    return scheme.codes.get(text, "")


def told(pairs: Collection[tuple[str, str]]) -> Sequence[Scheme]:
    """Return the schemes that codes may be of: one, or several that read them otherwise.

    Parameters
    ----------
    pairs
        Each code, with the alpha-3 code of the country that is named beside it; empty where none
        is.

    Returns
    -------
    sequence of Scheme
        Those that most of the codes fit; ISO 3166 alone if it is one of them. Of several that read
        every code alike the first counts. Empty if no code is known to any.
    """
    most, best = 0, list[Scheme]()
    for scheme in all_schemes().values():
        fitting = sum(_fits(meant(scheme, code), beside) for code, beside in pairs)
        if fitting > most:
            most, best = fitting, [scheme]
        elif fitting == most and most:
            best.append(scheme)
    different = {tuple(_readings(scheme, pairs)): scheme for scheme in reversed(best)}
    if best and best[0].id == "iso":
        return best[:1]
    return [scheme for scheme in best if scheme in different.values()]


def _readings(scheme: Scheme, pairs: Collection[tuple[str, str]]) -> Iterator[str]:
    return (meant(scheme, code) for code, _ in pairs)


def _fits(found: str, beside: str) -> bool:
    return bool(found) and beside in ("", found)


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
    best, most = None, sum(_fits(iso(code), beside) for code, beside in pairs)
    if most == len(pairs):
        return None
    for scheme in schemes():
        fitting = sum(_fits(scheme.codes.get(code, ""), beside) for code, beside in pairs)
        if fitting > most:
            best, most = scheme, fitting
    return best


def elsewhere(code: str) -> Mapping[str, list[str]]:
    """Return the countries that a code stands for in other schemes: alpha-3 code, and which."""
    found: dict[str, list[str]] = {}
    text = code.strip().upper()
    for scheme in schemes():
        if not text.isdecimal() and (iso3 := scheme.codes.get(text)):
            found.setdefault(iso3, []).append(scheme.title)
    return found
