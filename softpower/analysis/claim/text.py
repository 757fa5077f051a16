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

from softpower.analysis.claim.kinds import Above, Claim, InTop, LeadsBy, RankIs, Relation
from softpower.errors import UsageError
from softpower.index.units import Unit, find_unit

FORMS = """What can be claimed:
  A > B, A above B, A not below B, A level with B, A beats B by 2 points (or places),
  A in the top 5, A not in the bottom 5, A is 3rd"""
"""What can be claimed, each in one of the ways in which it can be written."""

_SIGNS: dict[str, Relation] = {
    ">": ">", ">=": ">=", "=>": ">=", "≥": ">=", "=": "=", "==": "=", "!=": "!=", "≠": "!=",
    "<=": "<=", "=<": "<=", "≤": "<=", "<": "<",
}  # fmt: skip

_WORDS: dict[Relation, str] = {
    ">": r"above|(?:ahead|in front) of|over|higher than|better than|beats|outranks|leads|tops",
    "<": r"below|under|behind|lower than|worse than|trails",
    ">=": r"at least level with|no worse than",
    "<=": r"no better than",
    "=": r"level with|equals?(?: to)?|equal with|tie[sd]?(?: with)?",
}
_NEGATED: dict[Relation, Relation] = {
    ">": "<=", "<": ">=", "=": "!=", "!=": "=", ">=": "<", "<=": ">",
}  # fmt: skip
_VERB = r"(?:is|ranks|ranked|comes|stands|stays|places)"

_SIGN = re.compile(r"\s*(?P<sign>!?[<>=≤≥≠]+)\s*")
_WORD = re.compile(
    rf"\s+(?:{_VERB}\s+)?(?P<no>not\s+)?(?:ranked\s+)?"
    "(?:"
    + "|".join(rf"(?P<w{i}>{words})" for i, words in enumerate(_WORDS.values()))
    + r")(?:\s+|$)",
    re.IGNORECASE,
)
_END = re.compile(
    rf"\s+(?:{_VERB}\s+)?(?:(?P<no>not\s+)?(?:in|among|within)|(?P<out>outside(?:\s+of)?))"
    r"(?:\s+the)?\s+(?P<end>top|bottom)(?:-|\s+|(?=\d)|$)",
    re.IGNORECASE,
)
_IS = re.compile(rf"\s+(?:{_VERB}|at)(?P<no>\s+not)?(?:\s+|(?=#)|$)", re.IGNORECASE)
_BY = re.compile(r"\s+by\s+(?:at\s+least\s+)?", re.IGNORECASE)
_MEASURE = re.compile(r"\s*(?:(points?|pts?\.?)|(places?|ranks?|positions?))?$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?|[a-z]+", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:(?:in|at|on)\s+)?(?:the\s+)?(?:(?:place|rank|position|number|no\.?|nr\.?)\s*)?#?\s*"
    r"(?P<n>\d{1,9}|[a-z]+)(?P<th>-?(?:st|nd|rd|th)\b)?(?P<more>\s+(?:place|rank|position))?$",
    re.IGNORECASE,
)

_LONGEST_NAME = 8
"""In words; where no relation is found, so many are searched for a name."""

_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_SMALL = {word: n for words in (_CARDINALS, _ORDINALS) for n, word in enumerate(words, start=1)}


class _StopError(Exception):
    """Where a way of reading a text stops making sense, and why."""

    def __init__(self, at: int, what: str, mend: str = "") -> None:
        self.at = at
        self.what = what
        self.mend = mend
        super().__init__(what)


def parse_claim(text: str, units: Sequence[Unit]) -> Claim:
    """Return the claim that a text makes about some of the units.

    Raises
    ------
    UsageError
        If it makes none that is understood, showing where it stops making sense.
    """
    said = " ".join(text.split()).rstrip(" .!")
    stops: list[_StopError] = []
    for attempt in _readings(said, units):
        try:
            return attempt()
        except _StopError as failure:
            stops.append(failure)
    stop = max(stops, key=lambda failure: failure.at) if stops else _lost(said, units)
    shown = f"{stop.what}\n  {said}\n  {' ' * stop.at}^"
    raise UsageError(shown, mend=stop.mend)


def _readings(said: str, units: Sequence[Unit]) -> Iterator[Callable[[], Claim]]:
    """Yield every way of cutting a text, the plainest first."""
    readers = ((_SIGN, _order), (_WORD, _order), (_END, _within), (_IS, _at))
    for pattern, reader in readers:
        for cut in pattern.finditer(said):
            yield partial(reader, said, cut, units)


def _order(said: str, cut: re.Match[str], units: Sequence[Unit]) -> Claim:
    relation = _relation(cut)
    first = _unit(said, 0, cut.start(), units)
    by: re.Match[str] | None = None
    try:
        second = _unit(said, cut.end(), len(said), units)
    except _StopError:
        found = list(_BY.finditer(said, cut.end()))
        if not found:
            raise
        by = found[-1]
        second = _unit(said, cut.end(), by.start(), units)
    if first == second:
        raise _StopError(cut.end(), f"{first.name} is compared with itself.", "Name two.")
    return _lead(said, by.end(), first, relation, second) if by else Above(first, relation, second)


def _relation(cut: re.Match[str]) -> Relation:
    if cut.re is _SIGN:
        if cut["sign"] not in _SIGNS:
            raise _StopError(
                cut.start("sign"), f"{cut['sign']!r} is no sign between two names.", FORMS
            )
        return _SIGNS[cut["sign"]]
    relation = list(_WORDS)[int(str(cut.lastgroup).removeprefix("w"))]
    return _NEGATED[relation] if cut["no"] else relation


def _lead(said: str, at: int, first: Unit, relation: Relation, second: Unit) -> Claim:
    if relation not in {">", "<"}:
        raise _StopError(at, "A lead can only be claimed of one who is above or below.")
    number, end = _number(said, at, "how many points or places the lead has")
    measure = _MEASURE.match(said, end)
    if measure is None:
        raise _StopError(_skip(said, end), "A lead is counted in points or places.")
    counted: Literal["point", "place"] = "place" if measure[2] else "point"
    if number <= 0 or (counted == "place" and not number.is_integer()):
        kind = "a whole number of places" if counted == "place" else "a number"
        raise _StopError(at, f"A lead is {kind} above zero.")
    if relation == "<":
        first, second = second, first
    return LeadsBy(first, second, number, counted)


def _within(said: str, cut: re.Match[str], units: Sequence[Unit]) -> Claim:
    unit = _unit(said, 0, cut.start(), units)
    number, end = _number(said, cut.end(), f"how many are in the {cut['end'].lower()}")
    if end < len(said):
        raise _StopError(_skip(said, end), "The claim is complete before this.")
    if number < 1 or not number.is_integer():
        raise _StopError(cut.end(), "The number must be whole and at least 1.")
    end_of_list: Literal["top", "bottom"] = "top" if cut["end"].lower() == "top" else "bottom"
    return InTop(unit, int(number), end_of_list, negated=bool(cut["no"] or cut["out"]))


def _at(said: str, cut: re.Match[str], units: Sequence[Unit]) -> Claim:
    unit = _unit(said, 0, cut.start(), units)
    negated = bool(cut["no"])
    found = _PLACE.match(said, cut.end())
    word = found["n"].casefold() if found else ""
    if word == "last":
        return InTop(unit, 1, "bottom", negated=negated)
    place = int(word) if word.isdecimal() else _SMALL.get(word, 0)
    if place < 1:
        raise _StopError(
            cut.end(), "A place such as 3rd, or a comparison, should stand here.", FORMS
        )
    return RankIs(unit, place, negated)


def _unit(said: str, start: int, end: int, units: Sequence[Unit]) -> Unit:
    name = said[start:end].strip(" .,;:!?\"'")
    if not name:
        raise _StopError(start, "A name is missing here.")
    sign = _SIGN.search(said, start, end)
    if sign and all(name != unit.name for unit in units):
        raise _StopError(
            sign.start("sign"), "A claim has one sign between two names.", "Make two claims of it."
        )
    try:
        return find_unit(units, name)
    except UsageError as error:
        raise _StopError(start, error.what, error.mend) from error


def _number(said: str, at: int, what: str) -> tuple[float, int]:
    """Return the number at a place of the text, and where it ends."""
    found = _NUMBER.match(said, at)
    word = found[0].casefold() if found else ""
    if found is None or not (word[0].isdecimal() or word in _CARDINALS):
        raise _StopError(at, f"Here should stand {what}.")
    number = float(_SMALL.get(word, 0) or word)
    if not isfinite(number):
        raise _StopError(at, "The number is too large.")
    return number, found.end()


def _skip(said: str, at: int) -> int:
    """Return the place of the next word."""
    return at + len(said[at:]) - len(said[at:].lstrip())


def _lost(said: str, units: Sequence[Unit]) -> _StopError:
    """Return where a text without any known relation stops making sense."""
    words = list(re.finditer(r"\S+", said))[:_LONGEST_NAME]
    if not words:
        return _StopError(0, "The claim is empty.", FORMS)
    for last in reversed(words):
        try:
            unit = _unit(said, 0, last.end(), units)
        except _StopError:
            continue
        if last.end() == len(said):
            return _StopError(
                len(said) + 1,
                f"Nothing is claimed about {unit.name}.",
                f"Put the whole claim into quotation marks. {FORMS}",
            )
        return _StopError(_skip(said, last.end()), "This is not a claim that is understood.", FORMS)
    return _StopError(0, "This is not a claim that is understood.", FORMS)
