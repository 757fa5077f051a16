"""Text measured in the columns of a terminal, where an east Asian character takes two."""

from __future__ import annotations

import re

_JOINER = re.compile("(?<=[\u0300-\u1fff\ua800-\uabff])\u200d")
"""A joiner of letters, which takes no column and neither hides the letter behind it, as it does
in an emoji."""


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(_JOINER.sub("", text))


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """Return the text filled with spaces, on its left if it is aligned to the right."""
    space = " " * (columns - width(text))
    return space + text if right else text + space


def cut(text: str, columns: int, ellipsis: str = "…") -> str:
    """Return the text, with an ellipsis where it is too wide."""
    if width(text) <= columns:
        return text
    return _head(text, columns - width(ellipsis))[0].rstrip() + ellipsis


def wrap(text: str, columns: int, hang: int = 0) -> list[str]:
    """Return the text in lines of at most so many columns, broken at spaces where there are any.

    The lines after the first keep the leading spaces of the text, so that a tree keeps its shape,
    and are indented by ``hang`` more.
    """
    if width(text) <= columns:
        return [text]
    bare = text.lstrip(" ")
    margin = min(len(text) - len(bare), columns // 2)
    lines: list[str] = []
    current = " " * margin
    empty = True
    for word in filter(None, bare.split(" ")):
        if not empty and width(current) + 1 + width(word) <= columns:
            current += f" {word}"
            continue
        if not empty:
            lines.append(current)
            current = " " * (margin + hang)
        rest = word
        while width(rest) > columns - width(current):
            head, rest = _head(rest, columns - width(current))
            lines.append(current + head)
            current = " " * (margin + hang)
        current += rest
        empty = False
    return [*lines, current] if current.strip() else lines or [""]


def _head(text: str, columns: int) -> tuple[str, str]:
    """Return as much of the text as fits, at least one character, and what is left."""
    if text.isascii():
        at = max(columns, 1)
        return text[:at], text[at:]
    at = 1
    while at < len(text) and width(text[: at + 1]) <= max(columns, 2):
        at += 1
    return text[:at], text[at:]
