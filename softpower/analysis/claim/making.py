"""A claim about one unit or about several, once a text has been cut into its parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from softpower.analysis.claim.kinds import (
    RELATIONS,
    Above,
    Claim,
    InTop,
    LeadsBy,
    RankBetween,
    RankIs,
    Relation,
    ordinal,
)
from softpower.analysis.claim.names import StopError
from softpower.analysis.claim.together import Together, listed
from softpower.index.units import Unit

_OF_SEVERAL: dict[Relation, str] = {
    **RELATIONS,
    ">=": "at least level with",
    "<=": "no better than",
}
"""How a relation between several is written, without a denial."""


def ordered(
    firsts: Sequence[Unit], relation: Relation, seconds: Sequence[Unit], at: int, *, denied: bool
) -> Claim:
    """Return the claim that units are above or below others, or level with them."""
    pairs = [Above(first, relation, second) for first in firsts for second in seconds]
    if len(pairs) == 1:
        return pairs[0]
    _refuse_denied(at, denied=denied)
    sentence = f"{listed(firsts)} {_OF_SEVERAL[relation]} {listed(seconds)}"
    return Together(sentence, tuple(pairs))


def leading(
    firsts: Sequence[Unit],
    seconds: Sequence[Unit],
    number: float,
    counted: Literal["point", "place"],
) -> Claim:
    """Return the claim that units are above others by so many points or places."""
    leads = [LeadsBy(first, second, number, counted) for first in firsts for second in seconds]
    if len(leads) == 1:
        return leads[0]
    sentence = f"{listed(firsts)} above {listed(seconds)} by {leads[0].lead}"
    return Together(sentence, tuple(leads))


def among(units: Sequence[Unit], count: int, at: int, *, top: bool, denied: bool) -> Claim:
    """Return the claim that units are, or are not, among so many at an end of the list."""
    end: Literal["top", "bottom"] = "top" if top else "bottom"
    return _of_all(
        units,
        lambda unit: InTop(unit, count, end, negated=denied),
        f"in the {end} {count}",
        at,
        denied=denied,
    )


def beside(units: Sequence[Unit], relation: Relation, place: int, at: int) -> Claim:
    """Return the claim that units are better than a place, or worse, or have it."""
    if relation in {"=", "!="}:
        return ranked(units, place, at, denied=relation == "!=")
    count = place if relation in {">=", "<"} else place - 1
    if count < 1:
        raise StopError(at, "Nobody is above the 1st place.", "Claim that A is 1st, or not 1st.")
    return among(units, count, at, top=True, denied=relation in {"<", "<="})


def ranked(units: Sequence[Unit], place: int, at: int, *, denied: bool) -> Claim:
    """Return the claim that units have a place, or do not have it."""
    return _of_all(
        units, lambda unit: RankIs(unit, place, denied), f"are {ordinal(place)}", at, denied=denied
    )


def between(units: Sequence[Unit], low: int, high: int, at: int, *, denied: bool) -> Claim:
    """Return the claim that units have one of the places from one to another."""
    if low == 1:
        return among(units, high, at, top=True, denied=denied)
    if low == high:
        return ranked(units, low, at, denied=denied)
    return _of_all(
        units,
        lambda unit: RankBetween(unit, low, high, denied),
        f"are {ordinal(low)} to {ordinal(high)}",
        at,
        denied=denied,
    )


def _of_all(
    units: Sequence[Unit], make: Callable[[Unit], Claim], words: str, at: int, *, denied: bool
) -> Claim:
    """Return a claim about one unit, or the same about several."""
    if len(units) == 1:
        return make(units[0])
    _refuse_denied(at, denied=denied)
    return Together(f"{listed(units)} {words}", tuple(map(make, units)))


def _refuse_denied(at: int, *, denied: bool) -> None:
    if denied:
        raise StopError(
            at, "What is denied of several can be read in two ways.", "Make a claim of each."
        )
