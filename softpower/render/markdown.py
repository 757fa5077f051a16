"""An answer as Markdown with GitHub's tables."""

from __future__ import annotations

import re

from softpower.answer import Answer, Table
from softpower.render.cells import heading, indent, is_right, line, printed
from softpower.render.tabled import readable
from softpower.render.widths import pad, width

_SPECIAL = re.compile(r"([\\`*\[\]<>|~#]|(?<![^\W_])_|_(?![^\W_])|&(?=#|[A-Za-z]))")

_WIDEST = 40
"""The source is aligned up to this width."""


def to_markdown(answer: Answer, *, notes: bool = False) -> str:
    """Return an answer as Markdown.

    Parameters
    ----------
    answer
        The answer; its charts are shown as tables where it has none.
    notes
        Whether the notes of the answer stand below the tables.
    """
    blocks = [f"## {escape(answer.title)}"] if answer.title.strip() else []
    for table in readable(answer):
        if table.title.strip() and line(table.title) != line(answer.title):
            blocks.append(f"**{escape(table.title.strip())}**")
        blocks.append(_table(table))
        blocks += _italics(table.notes)
    if notes:
        blocks += _italics(answer.notes)
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    """Return a text so that Markdown shows it as it is, its leading spaces included."""
    spaces, bare = indent(line(text))
    return "&nbsp;" * spaces + _SPECIAL.sub(r"\\\1", bare)


def _italics(notes: tuple[str, ...]) -> list[str]:
    return [f"*{escape(note.strip())}*" for note in notes if note.strip()]


def _table(table: Table) -> str:
    titles = [escape(heading(column)) if table.headed else "" for column in table.columns]
    cells = [[escape(cell) for cell in row] for row in printed(table)]
    rights = [is_right(column) for column in table.columns]
    widths = [
        max(3, width(title), *(width(row[at]) for row in cells)) for at, title in enumerate(titles)
    ]
    rule = [
        "-" * (size - 1) + ":" if right else "-" * size
        for size, right in zip(widths, rights, strict=True)
    ]
    padded = [
        [
            pad(cell, size, right=right)
            for cell, size, right in zip(row, widths, rights, strict=True)
        ]
        for row in [titles, *cells]
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in [padded[0], rule, *padded[1:]])
