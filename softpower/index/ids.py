"""Ids of indicators, pillars, frameworks and variants: how they are spelled, and when two agree.

An index spells its ids as it likes, ``LPI`` and ``NY.GDP.PCAP.CD`` too, and so they are printed.
Who writes one need not mind the case, nor whether a blank is an underscore.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from softpower.errors import UsageError

T = TypeVar("T")

PATTERN = r"^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$"
"""Letters, digits, and ``-``, ``_`` or ``.`` between them."""


MOST_PARTS = 30
"""Between the points of an id; it has at most 60 characters."""


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


def joined(
    table: Mapping[str, Any], fields: Collection[str] = (), most: int = MOST_PARTS
) -> dict[str, Any]:
    """Return a table in which ids with points stand without quotation marks as it was meant.

    ``fields`` are the keys of its entries, if these are tables themselves; an id has at most so
    many parts between points.

    Examples
    --------
    >>> joined({"NY": {"GDP": {"CD": 30}}, "LPI": 70})
    {'NY.GDP.CD': 30, 'LPI': 70}
    >>> joined({"soft": {"power": {"title": "Soft power"}}}, ["title"])
    {'soft.power': {'title': 'Soft power'}}
    """
    found: dict[str, Any] = {}
    for key, value in table.items():
        if most > 1 and _goes_on(value, fields):
            inner = joined(value, fields, most - 1)
            found |= {f"{key}.{rest}": each for rest, each in inner.items()}
        else:
            found[key] = value
    return found


def _goes_on(value: Any, fields: Collection[str]) -> bool:
    """Say whether the keys of a table are further parts of an id, and not those of an entry."""
    if not isinstance(value, dict) or not value:
        return False
    return not fields or (
        value.keys().isdisjoint(fields) and all(isinstance(each, dict) for each in value.values())
    )


class Spelling:
    """How known ids are spelled."""

    def __init__(self, known: Iterable[str]) -> None:
        self.known = {folded(name): name for name in known}

    def __call__(self, word: str) -> str:
        """Return an id as it is spelled; the word itself if none is meant."""
        return self.known.get(folded(word), word)

    def keys(self, table: Mapping[str, T], noun: str) -> dict[str, T]:
        """Return a table with its keys as they are spelled.

        Raises
        ------
        UsageError
            If two keys are the same id; ``noun`` says what it has two of.
        """
        found: dict[str, T] = {}
        words: dict[str, str] = {}
        for word, value in table.items():
            name = self(word)
            if words.setdefault(name, word) != word:
                raise UsageError(
                    f"{name} has two {noun}s, as {words[name]!r} and {word!r}.",
                    mend="Keep one of them.",
                )
            found[name] = value
        return found
