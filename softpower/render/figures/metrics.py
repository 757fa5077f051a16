"""How wide a text is, without the font: by the advance widths of DejaVu Sans.

It is as wide as any common sans serif, so what has room in it has room in Arial, Helvetica or the
font of a browser too. Bold letters and those of other scripts are taken for as wide as they get.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache

_ADVANCES = {
    "'": 275, "ijlıłIJ": 295, " ,.‘’·": 318, "/:;\\|": 337, "f-": 361, "()[]t": 392, "!r": 411,
    '"': 460, "*_`–°§s": 521, "“”„z?": 531, "cLŁ": 562, "Fk•vxy": 592, "PTYÞoaeðø«»": 615,
    "hnubdgpqSEßþđ": 635, "0123456789${}": 636, "AVXZKB": 686, "RC": 698, "UNH": 752,
    "▲▼DGÐĐ&OQØ": 787, "w": 818, "#+<=>^~−×±→←≥≤≈√": 838, "M": 863, "%mÆæW": 989, "@—…": 1000,
    "œŒ": 1070,
}  # fmt: skip
"""The advance widths of DejaVu Sans 2.37 in thousandths of its size, rounded up."""

_EMS = {letter: advance / 1000 for letters, advance in _ADVANCES.items() for letter in letters}
_BOLD, _UNKNOWN, _WIDE = 1.16, 0.8, 1.05
_ELLIPSIS = "…"


@cache
def _em(letter: str) -> float:
    if letter in _EMS:
        return _EMS[letter]
    if unicodedata.combining(letter):
        return 0.0
    base = unicodedata.normalize("NFD", letter)[0]
    if base in _EMS:
        return _EMS[base]
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _UNKNOWN


def length(text: str, size: float, *, bold: bool = False) -> float:
    """Return how wide a text is at most, in the unit of its size."""
    return sum(map(_em, text)) * size * (_BOLD if bold else 1.0)


def shorten(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """Return the text, with an ellipsis where it is too wide for its room."""
    if length(text, size, bold=bold) <= room:
        return text
    kept = text
    while kept and length(kept + _ELLIPSIS, size, bold=bold) > room:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS


def broken(text: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """Return the text in lines that fit; what has no break is cut."""
    return packed([f"{word} " for word in text.split()], room, size, bold=bold)


def packed(
    parts: Sequence[str], room: float, size: float, *, bold: bool = False, most: int = 99
) -> list[str]:
    """Return the parts of a text in lines that fit, of which the last one of so many is cut."""
    lines: list[str] = []
    for part in parts:
        longer = lines[-1] + part if lines else part
        if lines and (length(longer.rstrip(), size, bold=bold) <= room or len(lines) == most):
            lines[-1] = longer
        else:
            lines.append(part)
    return [shorten(each.rstrip(), room, size, bold=bold) for each in lines]
