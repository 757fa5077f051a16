"""The words and signs of claims: where a text is cut, and what is said there."""

from __future__ import annotations

import re

from softpower.analysis.claim.kinds import Relation

FORMS = """What can be claimed:
  A > B, A above B and C, A not below B, A level with B, A passes B,
  A beats B by 2 points (or places), A in the top 5, A not in the bottom 5, A is 3rd, A is last,
  A between 2nd and 4th, A at worst 10th, A rank <= 5"""
"""What can be claimed, each in one of the ways in which it can be written."""

SIGNS: dict[str, Relation] = {
    ">": ">", ">=": ">=", "=>": ">=", "≥": ">=", "=": "=", "==": "=", "!=": "!=", "≠": "!=",
    "<=": "<=", "=<": "<=", "≤": "<=", "<": "<",
}  # fmt: skip

NEGATED: dict[Relation, Relation] = {
    ">": "<=", "<": ">=", "=": "!=", "!=": "=", ">=": "<", "<=": ">",
}  # fmt: skip

REVERSED: dict[Relation, Relation] = {
    ">": "<", "<": ">", "=": "=", "!=": "!=", ">=": "<=", "<=": ">=",
}  # fmt: skip
"""What a relation between two ranks as numbers says of their places: a smaller one is better."""

_PASSED = r"passed|overtaken|surpassed|outranked|beaten"
_PASSES = (
    r"pass(?:es)?|passed(?!\s+by\b)|overtakes?|overtook|overtaken(?!\s+by\b)|"
    r"surpass(?:es)?|surpassed(?!\s+by\b)"
)
WORDS: dict[Relation, str] = {
    ">": r"above|(?:ahead|in front) of|over|higher than|better than|beats?|outranks?|leads?|"
    rf"tops?(?!\s+\d)|{_PASSES}",
    "<": rf"below|under|behind|lower than|worse than|trails?|(?:{_PASSED})\s+by|falls? behind",
    ">=": r"at least level with|no worse than",
    "<=": r"no better than|at most level with",
    "=": r"level with|equals?(?: to)?|equal with|tie[sd]?(?: with)?",
}
_VERB = r"(?:is|are|ranks?|ranked|comes?|stands?|stays?|places?|has|have)"
_AUXILIARY = rf"(?:{_VERB}|does|do|did)"

SIGN = re.compile(r"\s*(?P<sign>!?[<>=≤≥≠]+)\s*")
RANK_SIGN = re.compile(r"(?:['’]s)?\s+rank\s*(?P<sign>!?[<>=≤≥≠]+)\s*", re.IGNORECASE)
_RELATION = "|".join(rf"(?P<w{i}>{words})" for i, words in enumerate(WORDS.values()))
WORD = re.compile(
    rf"\s+(?:{_AUXILIARY}\s+)?(?P<no>not\s+)?(?:ranked\s+|been\s+)?(?:{_RELATION})(?:\s+|$)",
    re.IGNORECASE,
)
END = re.compile(
    rf"(?:\s+(?:{_VERB}\s+)?(?:(?P<no>not\s+)?(?:in|among|within|one\s+of)|"
    rf"(?P<out>outside(?:\s+of)?))|\s+{_VERB})?"
    r"(?:\s+the)?\s+(?P<end>top|bottom|best|worst)(?:-|\s+|(?=\d)|$)",
    re.IGNORECASE,
)
IS = re.compile(
    rf"(?:['’]s\s+(?:rank|place|position)(?:\s+is)?|\s+(?:{_VERB}|at))(?P<no>\s+not)?"
    r"(?:\s+|(?=#)|$)",
    re.IGNORECASE,
)
BARE = re.compile(
    r"\s+(?P<no>not\s+)?(?=between\b|from\b|(?:the\s+)?(?:best|worst|last|first|#?\d+(?:st|nd|rd|th))$)",
    re.IGNORECASE,
)
BY = re.compile(r"\s+by\s+(?:at\s+least\s+)?", re.IGNORECASE)
OF_SOFT_POWER = re.compile(r"['’]s?\s+soft\s+power\b", re.IGNORECASE)
POSSESSIVE = re.compile(r"['’]s?(?=\s|,|$)", re.IGNORECASE)
QUESTION = re.compile(r"(?:is|are|does|do|did|has|have)\s+(?P<said>.*\S)\s*\?", re.IGNORECASE)
AND = re.compile(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*", re.IGNORECASE)
OR = re.compile(r"\s+or\s+", re.IGNORECASE)
MEASURE = re.compile(r"\s*(?:(points?|pts?\.?)|(places?|ranks?|positions?))?$", re.IGNORECASE)
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?|[a-z]+", re.IGNORECASE)
PASSING = re.compile(rf"\b(?:{_PASSES}|(?:passed|overtaken|surpassed)\s+by)\b", re.IGNORECASE)

_KEY = r"(?:the\s+)?(?:(?:places?|ranks?|positions?|number|no\.?|nr\.?)\s*)?#?\s*"
_ORDINAL = r"(?:\d{1,9}|[a-z]+)(?:-?(?:st|nd|rd|th)\b)?"
_AFTER = r"(?:\s+(?:places?|ranks?|positions?))?$"
PLACE = re.compile(
    rf"(?:(?:in|at|on)\s+)?{_KEY}(?P<n>\d{{1,9}}|[a-z]+)(?P<th>-?(?:st|nd|rd|th)\b)?"
    r"(?P<more>\s+(?:place|rank|position|best))?$",
    re.IGNORECASE,
)
SPAN = re.compile(
    rf"(?:(?:in|at)\s+)?(?:(?P<between>between)\s+|from\s+)?{_KEY}(?P<low>{_ORDINAL})"
    rf"(?:\s+(?P<link>and|to|through|or)\s+|\s*[-–]\s*){_KEY}(?P<high>{_ORDINAL}){_AFTER}",
    re.IGNORECASE,
)
BOUND = re.compile(
    rf"(?:at\s+)?(?P<bound>best|worst)\s+(?P<place>{_KEY}{_ORDINAL}{_AFTER})", re.IGNORECASE
)

CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
SMALL = {word: n for words in (CARDINALS, _ORDINALS) for n, word in enumerate(words, start=1)}


def number_of(place: str) -> int:
    """Return the number of a place such as ``3``, ``3rd``, ``third``; 0 if it is none.

    Examples
    --------
    >>> number_of("3rd"), number_of("third"), number_of("Japan")
    (3, 3, 0)
    """
    word = re.sub(r"(?<=\d)-?(?:st|nd|rd|th)$", "", place.casefold())
    return int(word) if word.isdecimal() else SMALL.get(word, 0)
