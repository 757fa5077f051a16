"""What a person states about weights, as it is written: bounds, ratios, orders."""

from __future__ import annotations

import re
from collections.abc import Mapping

from softpower.errors import UsageError
from softpower.methods.short_form import as_word

Ends = tuple[float] | tuple[float, float]
"""The least and the most that something may be, or the least alone."""

NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
RANGE = re.compile(rf"({NUMBER})?\s*%?\s*\.\.\s*({NUMBER})?\s*%?|({NUMBER})\s*%?")
SHARE = re.compile(rf"(?:within\s*=\s*)?({NUMBER})\s*%")
ORDER = re.compile(r">=|<=|≥|≤")
FORM = "Write within=25%, ID=10..40, ID/OTHER=1..2 or 'ID>=OTHER'."


def parse_ends(text: str) -> tuple[str, Ends]:
    """Return what ``ID=10..40`` or ``ID/OTHER=1..2`` is about, and the two ends.

    Raises
    ------
    UsageError
        If the text is not of that form.
    """
    name, equals, written = (part.strip() for part in text.partition("="))
    parts = [part.strip() for part in name.split("/")]
    found = RANGE.fullmatch(written)
    if not equals or found is None or not all(parts) or len(parts) > 2:
        raise UsageError(f"{text!r} states nothing about weights.", mend=FORM)
    if len(set(parts)) < len(parts):
        raise UsageError(f"{text!r} compares a weight with itself.", mend="Name two.")
    low, high, alone = found.groups()
    if alone is not None:
        return "/".join(parts), (float(alone), float(alone))
    least = float(low or 0)
    return "/".join(parts), (least,) if high is None else (least, float(high))


def parse_order(text: str) -> list[list[str]]:
    """Return the ids of ``A >= B >= C``, the largest weight first.

    Raises
    ------
    UsageError
        If the text is not of that form.
    """
    parts = [part.strip() for part in ORDER.split(text)]
    signs = {sign in {">=", "≥"} for sign in ORDER.findall(text)}
    if (
        len(parts) < 2
        or len(signs) != 1
        or not all(parts)
        or any(set("<>=") & set(p) for p in parts)
    ):
        raise UsageError(
            f"{text!r} is no order of weights.", mend="Write 'culture >= digital >= education'."
        )
    if len(set(parts)) < len(parts):
        raise UsageError(f"{text!r} names a weight twice.", mend="Name each once.")
    return [parts if signs == {True} else parts[::-1]]


def typed(ends: Ends) -> str:
    """Return two ends as they are typed."""
    if len(ends) == 2 and ends[0] == ends[1]:
        return as_word(ends[0])
    return f"{as_word(ends[0])}..{''.join(map(as_word, ends[1:]))}"


def problem_of(
    within: float | None,
    bounds: Mapping[str, Ends],
    ratios: Mapping[str, Ends],
    order: tuple[tuple[str, ...], ...],
) -> UsageError | None:
    """Return what is wrong with statements about weights, if anything is."""
    if within is not None and not 0 < within <= 100:
        return UsageError(
            f"Weights cannot be off by {within:g} % of themselves.",
            mend="Give a number above 0, and at most 100.",
        )
    for name, ends in bounds.items():
        if not 0 <= ends[0] <= ends[-1] <= 100:
            return UsageError(
                f"{typed(ends)} are no bounds of the weight of {name}.",
                mend=f"Give percent of its parent, the least first: {name}=10..40.",
            )
    for name, ends in ratios.items():
        if not 0 <= ends[0] <= ends[-1] or ends[-1] == 0 < len(ends) - 1:
            return UsageError(
                f"{typed(ends)} are no bounds of {name}.",
                mend=f"Give the least first: {name}=1..2.",
            )
        parts = name.split("/")
        if len(parts) != 2 or not all(parts):
            return UsageError(f"{name!r} is no quotient of two weights.", mend=FORM)
    for chain in order:
        if len(chain) < 2 or not all(chain):
            return UsageError(f"{' '.join(chain)!r} is no order of weights.", mend=FORM)
    return None


def is_statement(text: str) -> bool:
    """Say whether a text states something about weights, and names no method."""
    return bool(text.lstrip().startswith("within=") or ".." in text or ORDER.search(text))
