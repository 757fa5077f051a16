"""Ids for indicators and pillars, made from what publishers call them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize

LONGEST = 60
"""Characters, as many as an id may have."""

_GAPS = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Return an id that is made from a code or title: small letters, digits and ``_``.

    >>> slug("NY.GDP.PCAP.CD"), slug("Life expectancy (years)")
    ('ny_gdp_pcap_cd', 'life_expectancy_years')
    """
    plain = normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    made = _GAPS.sub("_", plain).strip("_")
    if len(made) > LONGEST:
        made = made[: LONGEST + 1].rpartition("_")[0] or made[:LONGEST]
    return made or "series"


def distinct(names: Iterable[str]) -> list[str]:
    """Return an id for each name, with a number behind those that would be alike."""
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        made, number = slug(name), 2
        base = made[: LONGEST - 4].rstrip("_")
        while made in taken:
            made, number = f"{base}_{number}", number + 1
        taken.add(made)
        found.append(made)
    return found
