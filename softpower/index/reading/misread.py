"""Codes of another scheme, which would be read as other countries by ISO 3166."""

from __future__ import annotations

from collections.abc import Iterable

from softpower import countries
from softpower.errors import InputError
from softpower.index.text import shown
from softpower.index.units import Unit


def likelier_scheme(pairs: Iterable[tuple[str, str]]) -> countries.Scheme | None:
    """Return the scheme that a column fits better than ISO 3166, ``None`` if none does.

    Parameters
    ----------
    pairs
        Each text of the column, with the id of the country that is named beside it; empty where
        none is.
    """
    return countries.scheme_of(
        {
            (text.upper(), meant)
            for text, meant in pairs
            if text.isalpha() and text.isascii() and len(text) in (2, 3)
        }
    )


def check_misread(text: str, unit: Unit, scheme: countries.Scheme | None) -> None:
    """Refuse a code that names one country in ISO 3166, and another in the scheme of its column.

    Raises
    ------
    InputError
        Without a place; with both countries.
    """
    other = scheme.codes.get(text.upper(), unit.id) if scheme is not None else unit.id
    if scheme is None or other == unit.id:
        return
    meant = countries.get(other)
    raise InputError(
        f"{shown(text)} is {unit.name} in ISO 3166 but {meant.name} as a code of {scheme.title}, "
        "which the column fits better.",
        mend=f"Write {unit.id} for {unit.name}, {meant.iso3} for {meant.name}, or the name.",
    )
