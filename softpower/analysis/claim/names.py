"""The units that a claim names, one or several: ``Japan, Germany and Trinidad and Tobago``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from softpower.analysis.claim.grammar import AND, OR, SIGN
from softpower.errors import UsageError
from softpower.index.units import Unit, find_unit, known_unit

MOST_LISTED = 20
"""A list has no more names."""


class StopError(Exception):
    """Where a way of reading a text stops making sense, and why."""

    def __init__(self, at: int, what: str, mend: str = "") -> None:
        self.at = at
        self.what = what
        self.mend = mend
        super().__init__(what)


def one_unit(said: str, start: int, end: int, units: Sequence[Unit]) -> Unit:
    """Return the unit that a part of a text names.

    Raises
    ------
    StopError
        If it names none.
    """
    name = _name(said, start, end)
    if not name:
        raise StopError(start, "A name is missing here.")
    sign = SIGN.search(said, start, end)
    if sign and all(name != unit.name for unit in units):
        raise StopError(
            sign.start("sign"), "A claim has one sign between two names.", "Make two claims of it."
        )
    try:
        return find_unit(units, name)
    except UsageError as error:
        raise StopError(start, error.what, error.mend) from error


def _name(said: str, start: int, end: int) -> str:
    return said[start:end].strip(" .,;:!?\"'")


def some_units(said: str, start: int, end: int, units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the units that a part of a text lists, with commas or ``and`` between them.

    The whole text counts as a name before a list, and the longest first name before shorter ones,
    for names may have an ``and`` in them.

    Raises
    ------
    StopError
        If it names somebody who is not known, or twice.
    """
    try:
        return (one_unit(said, start, end, units),)
    except StopError:
        cuts = list(AND.finditer(said, start, end))
        if not cuts:
            _refuse_or(said, start, end)
            raise
    if len(cuts) >= MOST_LISTED:
        raise StopError(start, f"A claim is about {MOST_LISTED} names at most.", "Make several.")
    found = _list(said, start, end, cuts, units)
    if found is None:
        raise _first_unknown(said, start, end, cuts, units)
    for at, unit in enumerate(found):
        if unit in found[:at]:
            raise StopError(start, f"{unit.name} is named twice.", "Name everybody once.")
    return found


def _list(
    said: str, start: int, end: int, cuts: Sequence[re.Match[str]], units: Sequence[Unit]
) -> tuple[Unit, ...] | None:
    """Return the units of a list, or nothing if it is none."""
    if whole := known_unit(units, _name(said, start, end)):
        return (whole,)
    for at in range(len(cuts) - 1, -1, -1):
        first = known_unit(units, _name(said, start, cuts[at].start()))
        if first is None:
            continue
        rest = _list(said, cuts[at].end(), end, cuts[at + 1 :], units)
        if rest is not None:
            return (first, *rest)
    return None


def _first_unknown(
    said: str, start: int, end: int, cuts: Sequence[re.Match[str]], units: Sequence[Unit]
) -> StopError:
    """Return why the first name of a list that is not known is none."""
    starts, ends = [start, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), end]
    for first, last in zip(starts, ends, strict=True):
        try:
            _refuse_or(said, first, last)
            one_unit(said, first, last, units)
        except StopError as error:
            return error
    return StopError(start, "These names are not understood as a list.", "Make a claim of each.")


def _refuse_or(said: str, start: int, end: int) -> None:
    choice = OR.search(said, start, end)
    if choice is not None:
        raise StopError(
            choice.start() + 1,
            'A claim with several names is about all of them, and an "or" leaves one open.',
            "Write and, or make two claims.",
        )
