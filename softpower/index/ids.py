"""Ids of indicators, pillars, frameworks and variants: how they are spelled, and when two agree.

An index spells its ids as it likes, ``LPI`` and ``NY.GDP.PCAP.CD`` too, and so they are printed.
Who writes one need not mind the case, nor whether a blank is an underscore.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

PATTERN = r"^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$"
"""Letters, digits, and ``-``, ``_`` or ``.`` between them."""


def folded(word: str) -> str:
    """Return what all ways to write an id have in common.

    Examples
    --------
    >>> folded("LPI"), folded("Life expectancy")
    ('lpi', 'life_expectancy')
    """
    return word.casefold().replace(" ", "_")


def spelled(word: str, known: Iterable[str]) -> str:
    """Return an id as it is spelled among those that are known; the word itself if none is meant.

    Examples
    --------
    >>> spelled("ny.gdp.pcap.cd", ["NY.GDP.PCAP.CD", "LPI"]), spelled("gdp", ["LPI"])
    ('NY.GDP.PCAP.CD', 'gdp')
    """
    known = known if isinstance(known, dict | set | frozenset) else tuple(known)
    if word in known:
        return word
    wanted = folded(word)
    return next((name for name in known if folded(name) == wanted), word)


def twins(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each id that another before it agrees with but for the spelling, after that one."""
    first: dict[str, str] = {}
    for name in ids:
        other = first.setdefault(folded(name), name)
        if other != name:
            yield other, name


def joined(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table in which ids with points stand without quotation marks as it was meant.

    Examples
    --------
    >>> joined({"NY": {"GDP": {"CD": 30}}, "LPI": 70})
    {'NY.GDP.CD': 30, 'LPI': 70}
    """
    found: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= {f"{key}.{rest}": inner for rest, inner in joined(value).items()}
        else:
            found[key] = value
    return found
