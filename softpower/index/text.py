"""How a text from a file or a command line is judged, and how a message shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category, name

MARKUP = re.compile(r"<[A-Za-z/!?][^<>]*>|\[/?[A-Za-z#@][^\[\]]*\]")
"""What looks like the markup of a web page or a terminal."""

NOT_SCORED = "-"
"""What a cell of the column pillar says of an indicator that is carried but not scored."""

JOINING = {
    "ARABIC", "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA", "KHMER", "MALAYALAM",
    "MONGOLIAN", "MYANMAR", "ORIYA", "SINHALA", "SYRIAC", "TAMIL", "TELUGU", "TIBETAN",
}  # fmt: skip
"""Scripts that write some words with a joiner of no width, as Persian and Sinhala do."""


def shown(text: str, longest: int = 60) -> str:
    """Return a text from a file as a message may show it: quoted, short, printable."""
    more = "…" if len(text) > longest else ""
    visible = "".join(
        c if c.isprintable() or _joins(text, at) else "\N{REPLACEMENT CHARACTER}"
        for at, c in enumerate(text[:longest])
    )
    return f'"{visible}{more}"'


def listed(names: Sequence[str], most: int = 20) -> str:
    """Return names as a message may list them, with the number of those left out."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def invisible(text: str, allowed: str = "") -> str:
    """Return the first character that cannot be seen and is no space, in words; else nothing.

    A joiner of no width counts as seen between two letters of a script that is written with it.
    """
    if text.isprintable():
        return ""
    for at, character in enumerate(text):
        kind = category(character)
        hidden = kind[0] == "C" or kind in ("Zl", "Zp")
        if hidden and character not in allowed and not _joins(text, at):
            noun = "control" if kind == "Cc" else "invisible"
            return f"the {noun} character U+{ord(character):04X}"
    return ""


def _joins(text: str, at: int) -> bool:
    """Say whether a character is a joiner between two letters that are written with one."""
    if text[at] not in "\u200c\u200d":
        return False
    before, after = _script(text[at - 1 : at]), _script(text[at + 1 : at + 2])
    return before == after and before in JOINING


def _script(letter: str) -> str:
    """Return the script of a letter or of a mark on one; empty if it is something else."""
    if not letter or category(letter)[0] not in "LM":
        return ""
    return name(letter, "").partition(" ")[0]
