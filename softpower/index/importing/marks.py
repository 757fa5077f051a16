"""Marks of footnotes at numbers, as in ``5,35*``: which one it is, and the number without it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from softpower.errors import Location, Problem, UsageError
from softpower.index.layouts.base import Figure
from softpower.index.text import listed, shown

NUMBER = re.compile(r"[+-]?[0-9.,'’\s]*[0-9][0-9.,'’\s]*(?:[eE][+-]?[0-9]+)?\s*%?")
"""What has the characters of a number, well put or not."""

_BRACKETED = r"\[[0-9A-Za-z*†‡§¶#]{1,3}\]|\([0-9A-Za-z*†‡§¶#]{1,3}\)"
_BARE = r"[^\s0-9.,+\-−%<>≤≥≈~±=:/()\[\]'’]{1,3}"
_MARK = re.compile(rf"{_BRACKETED}|{_BARE}")
_BEHIND = re.compile(rf"({NUMBER.pattern})\s*({_BRACKETED}|{_BARE})\s*")
_BEFORE = re.compile(rf"({_BRACKETED}|{_BARE})\s*({NUMBER.pattern})")

FEW = 3
"""So many marked cells of a series are shown."""


def marks_stated(given: Sequence[str]) -> tuple[str, ...]:
    """Return the marks that a person states, the longest first.

    Raises
    ------
    UsageError
        If one may be a part of a number, or says what the number means.
    """
    for mark in given:
        if _MARK.fullmatch(mark) is None:
            raise UsageError(
                f"`mark` is {mark!r}, which is no mark of a footnote.",
                mend="Give what stands beside a number and says nothing of its size, such as * or "
                "(b).",
            )
    return tuple(sorted(given, key=len, reverse=True))


def unmarked(text: str, marks: Iterable[str], codes: Container[str]) -> tuple[str, list[str]]:
    """Return a number, or a code of a missing one, without marks before and behind it, and these.

    A text that is neither stays as it is.
    """
    bare, taken = text.strip(), []
    while found := next((m for m in marks if bare != m and _beside(bare, m)), ""):
        bare = bare.removesuffix(found) if bare.endswith(found) else bare.removeprefix(found)
        bare = bare.strip()
        taken.append(found)
    if taken and (NUMBER.fullmatch(bare) or bare.casefold() in codes):
        return bare, taken
    return text, []


def taken_off(
    figures: Iterable[Figure], marks: Sequence[str], codes: Container[str], counts: Counter[str]
) -> Iterator[Figure]:
    """Yield figures without marks, which are counted and kept as notes.

    Parameters
    ----------
    figures
        The figures as a layout yields them.
    marks
        The marks, the longest first.
    codes
        What stands for a missing figure.
    counts
        How often each mark was taken off; added to.
    """
    for line, code, name, series, year, text, note in figures:
        bare, taken = unmarked(text, marks, codes)
        counts.update(taken)
        said = [note, f"marked {''.join(taken)}" if taken else ""]
        yield line, code, name, series, year, bare, "; ".join(filter(None, said))


def _beside(text: str, mark: str) -> bool:
    return text.endswith(mark) or text.startswith(mark)


def mark_of(text: str) -> str:
    """Return the mark that stands at a number; empty if none does, or more is said by it.

    >>> mark_of("5,35*"), mark_of("b 12"), mark_of("7 (1)"), mark_of("8**"), mark_of("<5")
    ('*', 'b', '(1)', '*', '')
    """
    if behind := _BEHIND.fullmatch(text.strip()):
        mark = behind[2]
    elif before := _BEFORE.fullmatch(text.strip()):
        mark = before[1]
    else:
        return ""
    return mark[0] if len(set(mark)) == 1 and not mark[0].isalnum() else mark


def marked(name: str, cells: Mapping[str, Sequence[tuple[int, str]]], file: str) -> Problem:
    """Return what is said of the marked numbers of a series, once, with the mend.

    Parameters
    ----------
    name
        The series.
    cells
        By their mark: lines and texts.
    file
        The name of the file.
    """
    every = sorted(cell for each in cells.values() for cell in each)
    examples = listed([f"{shown(text)} in line {line}" for line, text in every], FEW)
    stated = [repr(mark) for mark in cells]
    count = f"{len(every):,} number has" if len(every) == 1 else f"{len(every):,} numbers have"
    return Problem(
        f"{count} a mark beside {'it' if len(every) == 1 else 'them'}: {examples}.",
        Location(file, None, name),
        f"If it is of a footnote, take it off: `mark={stated[0]}`."
        if len(stated) == 1
        else f"If they are of footnotes, take them off: `mark=[{', '.join(stated)}]`.",
    )
