"""What a call states, refused with the mend where it is of the wrong kind."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import Any

from softpower.errors import UsageError

Names = str | Iterable[str]
"""One name, or several."""


def names(given: Names, word: str) -> tuple[str, ...]:
    """Return the names that a parameter lists; a single one may stand alone.

    Raises
    ------
    UsageError
        If it is neither a name nor a list of names.
    """
    if isinstance(given, str):
        return (given,)
    found = tuple(given) if isinstance(given, Iterable) else (given,)
    if all(isinstance(each, str) for each in found):
        return found
    raise UsageError(
        f"`{word}` is {given!r}, which is no name.", mend="Give a name, or a list of names."
    )


def name(given: Any, word: str) -> str:
    """Return the one name that a parameter says.

    Raises
    ------
    UsageError
        If it is no name.
    """
    if not isinstance(given, str):
        raise UsageError(f"`{word}` is {given!r}, which is no name.", mend="Give one.")
    return given


def switch(given: Any, word: str) -> bool:
    """Return what a parameter says that is on or off.

    Raises
    ------
    UsageError
        If it is neither ``True`` nor ``False``.
    """
    if isinstance(given, bool):
        return given
    mend = "Give True or False."
    if word == "weights" and isinstance(given, Mapping):
        mend = f"Write softpower.load(..., weights={dict(given)})."
    raise UsageError(f"`{word}` is {given!r}, and a switch.", mend=mend)


def count(given: Any, word: str, least: int = 1, most: int | None = None) -> int:
    """Return the whole number that a parameter says.

    Raises
    ------
    UsageError
        If it is no whole number, below the least or above the most.
    """
    whole = isinstance(given, Real) and not isinstance(given, bool) and given % 1 == 0
    if not whole or given < least or (most is not None and given > most):
        bounds = f"from {least} on" if most is None else f"from {least} to {most}"
        raise UsageError(f"`{word}` is {given!r}.", mend=f"Give a whole number {bounds}.")
    return int(given)


def optional_count(given: Any, word: str, most: int | None = None) -> int | None:
    """Return the whole number that a parameter says, ``None`` where it says nothing."""
    return None if given is None else count(given, word, most=most)


def positive(given: Any, word: str) -> float:
    """Return the number above zero that a parameter says.

    Raises
    ------
    UsageError
        If it is none.
    """
    if isinstance(given, bool) or not isinstance(given, Real) or not 0 < float(given) < math.inf:
        raise UsageError(f"`{word}` is {given!r}.", mend="Give a number above zero.")
    return float(given)


def percent(given: Any, word: str) -> float:
    """Return the share that a parameter says, in percent.

    Raises
    ------
    UsageError
        If it is no number, or a share of one where a percentage is meant; the question itself
        refuses what is out of bounds.
    """
    if isinstance(given, bool) or not isinstance(given, Real):
        raise UsageError(f"`{word}` is {given!r}.", mend="Give a number between 0 and 100.")
    share = float(given)
    if 0 < share < 1:
        raise UsageError(
            f"`{word}` is {share:g}, which is less than one percent.",
            mend=f"Write it in percent: `{word}={100 * share:.12g}`.",
        )
    return share


def mapping(given: Any, word: str, example: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a parameter states by name; nothing where it is ``None``.

    Raises
    ------
    UsageError
        If it is no mapping of names; the mend writes it as one.
    """
    if given is None:
        return {}
    if isinstance(given, Mapping) and all(isinstance(key, str) for key in given):
        return given
    if isinstance(given, str) and "=" in given:
        key, _, value = given.partition("=")
        example = {key.strip(): _number(value.strip())}
    raise UsageError(
        f"`{word}` is {given!r}, and no mapping.", mend=f"Write {word}={dict(example)}."
    )


def _number(text: str) -> str | float:
    """Return the number that a text writes, or the text."""
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text
