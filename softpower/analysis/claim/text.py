"""Reading a claim as a person writes it: ``China > Japan``, ``Norway in the top 10``.

A text is cut at a word or sign that can stand between what is claimed and of whom, never at
spaces, so that names may have any words in them. Where there are several such words, the first
that makes sense of the whole text counts; where there is none, the way that got furthest says
what is wrong and where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import isfinite
from typing import Literal

from softpower.analysis.claim import grammar
from softpower.analysis.claim.grammar import FORMS
from softpower.analysis.claim.kinds import (
    Claim,
    Relation,
)
from softpower.analysis.claim.making import among, beside, between, leading, ordered, ranked
from softpower.analysis.claim.names import StopError, one_unit, some_units
from softpower.errors import UsageError
from softpower.index.units import Unit

_LONGEST_NAME = 8
"""In words; where no relation is found, so many are searched for a name."""


def parse_claim(text: str, units: Sequence[Unit]) -> Claim:
    """Return the claim that a text makes about some of the units.

    Raises
    ------
    UsageError
        If it makes none that is understood, showing where it stops making sense.
    """
    said = _plain(text)
    stops: list[StopError] = []
    for attempt in _readings(said, units):
        try:
            return attempt()
        except StopError as failure:
            stops.append(failure)
    stop = max(stops, key=lambda failure: failure.at) if stops else _lost(said, units)
    shown = f"{stop.what}\n  {said}\n  {' ' * stop.at}^"
    raise UsageError(shown, mend=stop.mend)


def _plain(text: str) -> str:
    """Return a text as a plain statement: of a country for its soft power, told and not asked."""
    said = " ".join(text.split()).rstrip(" .!")
    if question := grammar.QUESTION.fullmatch(said):
        said = question["said"]
    if grammar.OF_SOFT_POWER.search(said):
        said = grammar.POSSESSIVE.sub("", grammar.OF_SOFT_POWER.sub("", said))
    return said


def passing_word(text: str, claim: Claim) -> str:
    """Return the word of a text that tells of a change, such as ``passes``; empty if none does.

    Of one ranking it can only be said who is above.
    """
    found = grammar.PASSING.search(text)
    named = any(grammar.PASSING.search(unit.name) for unit in claim.units())
    return found[0] if found and not named else ""


def _readings(said: str, units: Sequence[Unit]) -> Iterator[Callable[[], Claim]]:
    """Yield every way of cutting a text, the plainest first."""
    readers = (
        (grammar.RANK_SIGN, _rank),
        (grammar.SIGN, _order),
        (grammar.WORD, _order),
        (grammar.END, _within),
        (grammar.IS, _at),
        (grammar.BARE, _at),
    )
    for pattern, reader in readers:
        for cut in pattern.finditer(said):
            if pattern is not grammar.BARE or _names(said, cut.start(), units):
                yield partial(reader, said, cut, units)


def _names(said: str, end: int, units: Sequence[Unit]) -> bool:
    """Say whether the beginning of a text names units, so that no verb need follow."""
    try:
        return bool(some_units(said, 0, end, units))
    except StopError:
        return False


def _order(said: str, cut: re.Match[str], units: Sequence[Unit]) -> Claim:
    relation = _relation(cut)
    firsts = some_units(said, 0, cut.start(), units)
    by: re.Match[str] | None = None
    try:
        seconds = some_units(said, cut.end(), len(said), units)
    except StopError:
        if place := _place_alone(said[cut.end() :]) if cut.re is grammar.WORD else 0:
            return beside(firsts, relation, place, cut.end())
        found = list(grammar.BY.finditer(said, cut.end()))
        if not found:
            raise
        by = found[-1]
        seconds = some_units(said, cut.end(), by.start(), units)
    for first in firsts:
        if first in seconds:
            raise StopError(cut.end(), f"{first.name} is compared with itself.", "Name two.")
    if by:
        return _lead(said, by.end(), firsts, relation, seconds)
    denied = relation == "!=" or bool(cut.groupdict().get("no"))
    return ordered(firsts, relation, seconds, cut.start(), denied=denied)


def _relation(cut: re.Match[str]) -> Relation:
    if cut.re is not grammar.WORD:
        if cut["sign"] not in grammar.SIGNS:
            raise StopError(
                cut.start("sign"), f"{cut['sign']!r} is no sign between two names.", FORMS
            )
        return grammar.SIGNS[cut["sign"]]
    relation = list(grammar.WORDS)[int(str(cut.lastgroup).removeprefix("w"))]
    return grammar.NEGATED[relation] if cut["no"] else relation


def _lead(
    said: str, at: int, firsts: Sequence[Unit], relation: Relation, seconds: Sequence[Unit]
) -> Claim:
    if relation not in {">", "<"}:
        raise StopError(at, "A lead can only be claimed of one who is above or below.")
    number, end = _number(said, at, "how many points or places the lead has")
    measure = grammar.MEASURE.match(said, end)
    if measure is None:
        raise StopError(_skip(said, end), "A lead is counted in points or places.")
    counted: Literal["point", "place"] = "place" if measure[2] else "point"
    if number <= 0 or (counted == "place" and not number.is_integer()):
        kind = "a whole number of places" if counted == "place" else "a number"
        raise StopError(at, f"A lead is {kind} above zero.")
    if relation == "<":
        firsts, seconds = seconds, firsts
    return leading(firsts, seconds, number, counted)


def _within(said: str, cut: re.Match[str], units: Sequence[Unit]) -> Claim:
    found = some_units(said, 0, cut.start(), units)
    number, end = _number(said, cut.end(), f"how many are in the {cut['end'].lower()}")
    if end < len(said):
        raise StopError(_skip(said, end), "The claim is complete before this.")
    if number < 1 or not number.is_integer():
        raise StopError(cut.end(), "The number must be whole and at least 1.")
    top = cut["end"].lower() in {"top", "best"}
    return among(found, int(number), cut.start(), top=top, denied=bool(cut["no"] or cut["out"]))


def _rank(said: str, cut: re.Match[str], units: Sequence[Unit]) -> Claim:
    """Read ``China rank <= 5``, in which a smaller number is better."""
    relation = grammar.REVERSED[_relation(cut)]
    found = some_units(said, 0, cut.start(), units)
    place = grammar.number_of(said[cut.end() :])
    if place < 1:
        raise StopError(cut.end(), "A whole number above zero should stand here.", FORMS)
    return beside(found, relation, place, cut.end())


def _place_alone(text: str) -> int:
    """Return the place that a text is, such as ``3rd`` or ``rank 3``; 0 for any other text."""
    found = grammar.PLACE.fullmatch(text)
    if found is None or text.isdecimal() or text.casefold() in grammar.CARDINALS:
        return 0
    return grammar.number_of(found["n"])


def _at(said: str, cut: re.Match[str], units: Sequence[Unit]) -> Claim:
    found, denied, at = some_units(said, 0, cut.start(), units), bool(cut["no"]), cut.end()
    rest = said[at:]
    if bound := grammar.BOUND.fullmatch(rest):
        if (place := _place_alone(bound["place"])) and not denied:
            relation: Relation = ">=" if bound["bound"].lower() == "worst" else "<="
            return beside(found, relation, place, at)
    elif (span := grammar.SPAN.fullmatch(rest)) and (ends := _span(span, at)):
        return between(found, *ends, at, denied=denied)
    elif rest.casefold().startswith("between"):
        raise StopError(
            at,
            "Two places should stand here, such as between 2nd and 4th.",
            "Of two countries, make two claims: A above B, and B above C.",
        )
    named = grammar.PLACE.match(rest)
    word = named["n"].casefold() if named else ""
    if word in {"last", "worst"}:
        return among(found, 1, at, top=False, denied=denied)
    number = 1 if word == "best" else grammar.number_of(word)
    if number < 1:
        raise StopError(at, "A place such as 3rd, or a comparison, should stand here.", FORMS)
    return ranked(found, number, at, denied=denied)


def _span(span: re.Match[str], at: int) -> tuple[int, int] | None:
    """Return the first and the last place of a span; nothing if these are no places."""
    low, high = sorted(grammar.number_of(span[name]) for name in ("low", "high"))
    link = (span["link"] or "to").casefold()
    if low < 1:
        return None
    if not span["between"] and (link == "and" or (link == "or" and high > low + 1)):
        raise StopError(
            at, "A claim is about one place, or those between two.", "Write between 2nd and 4th."
        )
    return low, high


def _number(said: str, at: int, what: str) -> tuple[float, int]:
    """Return the number at a place of the text, and where it ends."""
    found = grammar.NUMBER.match(said, at)
    word = found[0].casefold() if found else ""
    if found is None or not (word[0].isdecimal() or word in grammar.CARDINALS):
        raise StopError(at, f"Here should stand {what}.")
    number = float(grammar.SMALL.get(word, 0) or word)
    if not isfinite(number):
        raise StopError(at, "The number is too large.")
    return number, found.end()


def _skip(said: str, at: int) -> int:
    """Return the place of the next word."""
    return at + len(said[at:]) - len(said[at:].lstrip())


def _lost(said: str, units: Sequence[Unit]) -> StopError:
    """Return where a text without any known relation stops making sense."""
    words = list(re.finditer(r"\S+", said))[:_LONGEST_NAME]
    if not words:
        return StopError(0, "The claim is empty.", FORMS)
    for last in reversed(words):
        try:
            unit = one_unit(said, 0, last.end(), units)
        except StopError:
            continue
        if last.end() == len(said):
            return StopError(
                len(said) + 1,
                f"Nothing is claimed about {unit.name}.",
                f"Put the whole claim into quotation marks. {FORMS}",
            )
        return StopError(_skip(said, last.end()), "This is not a claim that is understood.", FORMS)
    return StopError(0, "This is not a claim that is understood.", FORMS)
