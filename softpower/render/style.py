"""What text is drawn with: pieces of a line with their styles, bars, letters for names."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from string import ascii_lowercase, ascii_uppercase

from softpower.render.cells import line
from softpower.render.widths import wrap

Piece = tuple[str, str]
"""A text and the name of its style."""

STYLES = {
    "bold": "1",
    "dim": "2",
    "bar": "36",
    "up": "32",
    "down": "31",
    **{f"hue {at}": code for at, code in enumerate(["36", "35", "33", "32", "31", "34"])},
    **{f"mark {at}": f"1;{code}" for at, code in enumerate(["36", "35", "33", "32", "31", "34"])},
}
"""The escape sequence of each style; a ``mark`` is the bold form of its ``hue``."""

HUES = 6
"""How many colours there are before they repeat."""


def join(pieces: Sequence[Piece], *, colour: bool) -> str:
    """Return a line from its pieces, without spaces at its end."""
    kept = list(pieces)
    while kept and not kept[-1][0].strip():
        kept.pop()
    if kept:
        kept[-1] = (kept[-1][0].rstrip(), kept[-1][1])
    if not colour:
        return "".join(text for text, _ in kept)
    return "".join(
        f"\x1b[{STYLES[style]}m{text}\x1b[0m" if style and text.strip() else text
        for text, style in kept
    )


def wrapped(text: str, style: str, limit: int | None) -> list[list[Piece]]:
    """Return a paragraph in one style, wrapped with a hanging indent unless there is no limit."""
    safe = line(text)
    parts = [safe] if limit is None else wrap(safe, limit, hang=2)
    return [[(part.replace("\u00a0", " "), style)] for part in parts]


def grouped(cells: Iterable[Piece]) -> list[Piece]:
    """Return the pieces with neighbours of one style as one piece."""
    out: list[Piece] = []
    for text, style in cells:
        if out and out[-1][1] == style:
            out[-1] = (out[-1][0] + text, style)
        else:
            out.append((text, style))
    return out


def bar(share: float, columns: int, *, unicode: bool = True) -> str:
    """Return a bar that fills a share of the columns, in eighths of a column where possible."""
    if not unicode:
        return "#" * round(share * columns)
    full, eighths = divmod(round(share * columns * 8), 8)
    return "█" * full + " ▏▎▍▌▋▊▉"[eighths].strip()


def letter(label: str, taken: Collection[str]) -> str:
    """Return a letter to stand for a label: one of its own and not yet taken, where possible."""
    own = [each for each in label.upper() if each in ascii_uppercase]
    free = (each for each in [*own, *ascii_uppercase, *ascii_lowercase] if each not in taken)
    return next(free, "*")
