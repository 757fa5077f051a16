"""What differs between an answer and the same answer computed again, and by how much.

Numbers at full precision agree where they are equal to `RELATIVE`, which is what another processor
or another release of a library for linear algebra may change; ranks and counts must be equal, and
texts as well. Printed numbers agree where the last digit differs by one, and the numbers behind
them agree.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Any

RELATIVE = 1e-9
ABSOLUTE = 1e-12
"""Below this, what should be zero is."""

SHOWN = ("title", "tables", "charts", "notes")
"""The parts of the JSON of an answer that are compared; its provenance tells the version too."""

OPAQUE = (".xlsx", ".docx", ".png", ".pdf")
"""Files whose bytes tell nothing by themselves: what they show is in the answer."""

_NUMBER = re.compile(r"(?<![\w.])[+\-−]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?")
_PROVENANCE = re.compile(r"<details><summary>Provenance</summary>.*?</details>", re.DOTALL)


class Verdict(IntEnum):
    """How far something came out again, from best to worst."""

    SAME = 0
    ROUNDING = 1
    WORDS = 2
    NUMBERS = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two of the same."""

    verdict: Verdict = Verdict.SAME
    count: int = 0
    """How many numbers, or else texts, differ beyond rounding."""
    largest: float | None = None
    """The largest difference between two numbers."""
    place: str = ""
    """Where that is, or the first of the texts."""


def between_answers(before: bytes, after: bytes) -> Difference:
    """Return what differs between two answers, given as their JSON."""
    known, again = _parts(before), _parts(after)
    return _summed(
        (_of_cells(one, other), place)
        for key in SHOWN
        for place, one, other in _leaves(known.get(key), again.get(key), key)
    )


def _parts(data: bytes) -> Mapping[str, Any]:
    """Return the parts of an answer, none where somebody made it unreadable."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def between_files(name: str, before: bytes, after: bytes, behind: Difference) -> Difference:
    """Return what differs between two files of a name.

    Parameters
    ----------
    name
        The name, whose ending says the form.
    before, after
        What was packed, and what was computed again.
    behind
        What differs between the answers that the files show.
    """
    if before == after:
        return Difference()
    if behind.verdict > Verdict.ROUNDING:
        return behind
    ending = PurePosixPath(name).suffix.lower()
    if ending in OPAQUE:
        return Difference(Verdict.ROUNDING, 0, behind.largest, behind.place)
    if ending == ".json":
        return max(
            Difference(Verdict.ROUNDING, 0, behind.largest, behind.place),
            between_answers(before, after),
            key=lambda each: each.verdict,
        )
    texts = _summed(_lines(_text(before), _text(after)))
    return texts if texts.verdict else Difference(Verdict.ROUNDING, 0, behind.largest)


def _summed(found: Iterator[tuple[tuple[Verdict, float], str]]) -> Difference:
    """Return the worst that differs, how often that is, and where it is largest."""
    worst, count, largest, where = Verdict.SAME, 0, -1.0, ""
    for (verdict, size), place in found:
        if verdict == Verdict.SAME or verdict < worst:
            continue
        if verdict > worst:
            worst, count, largest = verdict, 0, -1.0
        count += 1
        if size > largest:
            largest, where = size, place
    if worst == Verdict.SAME:
        return Difference()
    most = largest if worst != Verdict.WORDS and math.isfinite(largest) else None
    return Difference(worst, count if worst > Verdict.ROUNDING else 0, most, where)


def _of_cells(one: Any, other: Any) -> tuple[Verdict, float]:
    """Return how far two cells agree, and by how much they differ."""
    if isinstance(one, bool) or isinstance(other, bool):
        return (Verdict.SAME if one is other else Verdict.WORDS), 0.0
    numbers = [isinstance(each, int | float) for each in (one, other)]
    if not any(numbers):
        return (Verdict.SAME if one == other else Verdict.WORDS), 0.0
    if not all(numbers):
        return Verdict.NUMBERS, math.inf
    if one == other:
        return Verdict.SAME, 0.0
    whole = isinstance(one, int) and isinstance(other, int)
    close = math.isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    return (Verdict.ROUNDING if close and not whole else Verdict.NUMBERS), abs(one - other)


def _leaves(one: Any, other: Any, place: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield the cells of two JSON values in the same places."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys([*one, *other]):
            yield from _leaves(one.get(key), other.get(key), f"{place}.{key}")
    elif isinstance(one, list) and isinstance(other, list):
        for at, (each, again) in enumerate(zip_longest(one, other), 1):
            yield from _leaves(each, again, f"{place}[{at}]")
    else:
        yield place, one, other


def _text(data: bytes) -> str:
    return _PROVENANCE.sub("", data.decode("utf-8-sig", "replace"))


def _lines(before: str, after: str) -> Iterator[tuple[tuple[Verdict, float], str]]:
    """Yield how far the lines of two texts agree."""
    for at, (one, other) in enumerate(zip_longest(before.split("\n"), after.split("\n")), 1):
        if one != other:
            yield _of_lines(one, other), f"line {at}"


def _of_lines(one: str | None, other: str | None) -> tuple[Verdict, float]:
    """Return how far two lines agree, whose numbers may be rounded to another last digit."""
    if one is None or other is None or _NUMBER.sub("#", one) != _NUMBER.sub("#", other):
        return Verdict.WORDS, 0.0
    pairs = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=True)
    sizes = [(_unit(a), abs(_value(a) - _value(b))) for a, b in pairs if a != b]
    if all(size <= 1.01 * unit for unit, size in sizes):
        return Verdict.ROUNDING, max(size for _, size in sizes)
    return Verdict.NUMBERS, max(size for _, size in sizes)


def _value(text: str) -> float:
    return float(text.replace("−", "-"))


def _unit(text: str) -> float:
    """Return what one in the last digit of a printed number is; nothing for whole numbers."""
    digits, _, exponent = text.lower().partition("e")
    decimals = len(digits.partition(".")[2])
    power = max(-300, min(300, int(exponent or 0) - decimals))
    return 10.0**power if decimals or exponent else 0.0
