"""Names written from right to left, kept from turning round what stands beside them.

Source: Unicode Standard Annex 9, Unicode Bidirectional Algorithm, sec. 2.4 (isolates).
"""

from __future__ import annotations

import re
from unicodedata import bidirectional

_LETTER = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
_BETWEEN = r"[ '’.\-–/\u200c\u200d]{1,2}"
_IN_BRACKETS = rf"\({_LETTER}+(?:{_BETWEEN}{_LETTER}+)*\)"
_RUN = re.compile(f"{_LETTER}+(?:{_BETWEEN}(?:{_IN_BRACKETS}|{_LETTER}+))*")

ISOLATE = "\u2068", "\u2069"
"""What begins and ends a part of a plain text that has a direction of its own."""


def isolated(text: str, marks: tuple[str, str] = ISOLATE) -> str:
    """Return a text in which what runs from right to left is set apart from the rest.

    Beside it, numbers and punctuation would else be drawn on its other side. A text without a
    letter that runs from left to right, such as a name with a number, is set apart as a whole.

    Parameters
    ----------
    text
        One line.
    marks
        What stands before and behind; in a page these are tags.

    Examples
    --------
    >>> isolated("Least is known of דגים: 89 %.", ("[", "]"))
    'Least is known of [דגים]: 89 %.'
    >>> isolated("גבעה 2", ("[", "]")), isolated("Atlantis 2")
    ('[גבעה 2]', 'Atlantis 2')
    """
    before, behind = marks
    if text.isascii() or not _RUN.search(text):
        return text
    if not any(bidirectional(letter) == "L" for letter in text):
        return f"{before}{text}{behind}"
    return _RUN.sub(lambda run: f"{before}{run[0]}{behind}", text)
