"""How a text from a file or a command line is judged, and how a message shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from unicodedata import category

MARKUP = re.compile(r"<[A-Za-z/!?][^<>]*>|\[/?[A-Za-z#@][^\[\]]*\]")
"""What looks like the markup of a web page or a terminal."""


def shown(text: str, longest: int = 60) -> str:
    """Return a text from a file as a message may show it: quoted, short, printable."""
    more = "…" if len(text) > longest else ""
    visible = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text[:longest])
    return f'"{visible}{more}"'


def listed(names: Sequence[str], most: int = 20) -> str:
    """Return names as a message may list them, with the number of those left out."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def invisible(text: str, allowed: str = "") -> str:
    """Return the first character that cannot be seen and is no space, in words; else nothing."""
    if text.isprintable():
        return ""
    for character in text:
        kind = category(character)
        if (kind[0] == "C" or kind in ("Zl", "Zp")) and character not in allowed:
            noun = "control" if kind == "Cc" else "invisible"
            return f"the {noun} character U+{ord(character):04X}"
    return ""
