"""Words that head the columns of a table: which of them names the country, the year, the figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from softpower import countries
from softpower.index.layouts.base import cell
from softpower.index.reading.tables import Row

CODES = (
    "iso3", "iso3c", "iso_3", "iso-3", "iso 3", "iso3 code", "iso_code", "iso code", "iso alpha-3",
    "alpha-3", "alpha-3 code", "countrycode", "country_code", "country code", "country iso3",
    "iso", "iso2", "ucode", "code", "ccode", "cowcode", "gwno", "ifscode", "ioc", "fifa",
    "area code (m49)", "m49", "m49 code", "country_id", "economy code", "location", "spatialdim",
    "geo", "ref_area", "unit code", "country_text_id", "ccodealp", "iso code 3", "iso3n",
    "country iso code", "country code (iso3)", "economy_code", "area code", "weo country code",
    "geounit", "geo_unit", "noc", "ioc code", "fifa code", "iso2code", "iso3code",
    "iso numeric", "iso_n3", "numeric code", "un code", "fips", "fips code",
)  # fmt: skip
"""What columns with codes of countries are called, folded."""

NAMES = (
    "country", "country name", "country_name", "countryname", "countries", "country/territory",
    "country or territory", "country / territory", "country or area", "country/area",
    "country/economy", "economy", "economy name", "nation", "state", "territory", "entity", "area",
    "area name", "name", "uname", "reference area", "location name", "geopolitical entity",
    "unit name", "cname", "countries and areas", "countries and territories", "country/region",
    "country or region", "economy/country", "país", "pays", "land", "paese", "member state",
)  # fmt: skip
"""What columns with names of countries are called, folded."""

ANY_NAMES = ("name", "unit name", "entity", "entity name")
"""What columns with names of anything are called, folded."""

OTHER_NAMES = (
    "region", "province", "district", "county", "municipality", "department", "city",
    "town", "university", "school", "hospital", "company", "firm", "organisation", "organization",
    "institution", "bank", "party", "team", "product", "title", "label",
)  # fmt: skip
"""What columns with names of something else are called, where a person says that it is ranked."""

YEARS = (
    "year",
    "edition",
    "reference year",
    "survey year",
    "time",
    "time_period",
    "period",
    "date",
    "année",
    "jahr",
    "año",
    "anno",
    "timedim",
)
SERIES = (
    "indicator", "indicator name", "indicator_name", "indicatorname", "series", "series name",
    "variable", "variable name", "measure", "item", "element", "subject", "indicator_id",
    "indicatorid", "metric", "topic", "subject descriptor", "series title", "series description",
)  # fmt: skip
SERIES_CODES = (
    "indicator code", "indicator_code", "indicatorcode", "series code", "series_code",
    "variable code", "item code", "element code", "weo subject code",
)  # fmt: skip
VALUES = ("value", "obs_value", "figure", "observation value", "amount", "numericvalue", "score")
UNITS = ("unit", "units", "unit_measure", "unit of measure", "uom", "measure unit")
NOTES = (
    "flag", "flags", "flag codes", "note", "notes", "obs_status", "obs_flag", "qualifier",
    "footnote", "footnotes", "comment", "comments", "flag description", "value footnotes",
)  # fmt: skip

SCHEMES = {
    "noc": "ioc", "ioc": "ioc", "ioc code": "ioc", "fifa": "fifa", "fifa code": "fifa",
    "fips": "fips", "fips code": "fips", "cowcode": "cow-number", "gwno": "gw-number",
    "ifscode": "imf", "m49": "m49", "m49 code": "m49", "area code (m49)": "m49",
    "iso numeric": "m49", "iso_n3": "m49",
}  # fmt: skip
"""The scheme that some headings of codes name, folded."""


def codes_among(rows: Sequence[Row], places: Sequence[int]) -> list[int]:
    """Return the columns of codes, the one first in which most codes are those of ISO 3166."""

    def known(place: int) -> int:
        return sum(
            len(text) in (2, 3) and countries.find(text) is not None
            for row in rows
            if (text := cell(row, place))
        )

    return sorted(places, key=known, reverse=True)


def series_codes_among(
    rows: Sequence[Row], titles: Sequence[int], codes: Sequence[int]
) -> list[int]:
    """Return the columns that give each series one code; the IMF's differ by country."""

    def one_each(place: int) -> bool:
        pairs = {(tuple(cell(row, at) for at in titles), cell(row, place)) for row in rows}
        return len(pairs) == len({title for title, _ in pairs})

    return [place for place in codes if not titles or one_each(place)]


def folded(text: str) -> str:
    """Return a heading as it is compared: small letters, single spaces."""
    return " ".join(text.casefold().split())


def places(cells: Iterable[str]) -> dict[str, int]:
    """Return where each heading stands, the first of those that are alike."""
    found: dict[str, int] = {}
    for at, text in enumerate(cells):
        if text:
            found.setdefault(folded(text), at)
    return found


def names_among(found: Mapping[str, int], *, other: bool) -> list[int]:
    """Return the columns of names: of countries, or the one of what else a person says is ranked.

    ``unit`` may be what figures are counted in, and comes last.
    """
    if not other:
        return named(found, NAMES)
    return named(found, (*ANY_NAMES, *OTHER_NAMES, *NAMES, "unit"))[:1]


def named(found: Mapping[str, int], words: Iterable[str]) -> list[int]:
    """Return where the headings among some words stand, in the order of the words."""
    return [found[word] for word in words if word in found]
