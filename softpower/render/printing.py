"""Printing an answer, and beside it what a reader must know."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, TextIO

from softpower.answer import Answer
from softpower.render.text import said_once, to_text

if TYPE_CHECKING:
    from softpower.render.figures import Look


def show(
    answer: Answer,
    format: str,  # noqa: A002
    stdout: TextIO,
    stderr: TextIO,
    *,
    width: int | None = None,
    terminal: bool | None = None,
    colour: bool | None = None,
    unicode: bool | None = None,
    charts: bool = False,
) -> None:
    """Print an answer on stdout, and on stderr what a reader must know beside it.

    Parameters
    ----------
    answer
        What to show.
    format
        One of ``FORMATS``.
    stdout, stderr
        Where to print. On stdout there is nothing but the answer with the notes of its tables.
    width, terminal, colour, unicode
        As for `to_text`; what is None is found out from stdout and the environment
        (``NO_COLOR``, ``TERM``, ``COLUMNS``).
    charts
        As for `to_text`.

    Raises
    ------
    BrokenPipeError
        If the reader of stdout has gone away; the caller should end quietly.
    """
    from softpower.render.streams import can_print, print_text

    if terminal is None:
        terminal = stdout.isatty()
    if colour is None:
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        colour = terminal and not plain
    if unicode is None:
        unicode = can_print("▲▼–−─█▏…●⠶", stdout)
    text = to_text(
        answer,
        format,
        width=width,
        terminal=terminal,
        colour=colour,
        unicode=unicode,
        charts=charts,
    )
    print_text(text, stdout, exact=format != "table")
    stdout.flush()
    show_notes(answer, format, stderr)


def show_notes(
    answer: Answer,
    format: str,  # noqa: A002
    stderr: TextIO,
    *,
    unmarked: bool = False,
    look: Look | None = None,
) -> None:
    """Print the notes of an answer, and what its format has no place for.

    On a terminal they are wrapped between words; elsewhere each is one line.

    Parameters
    ----------
    answer
        The answer that was shown or written.
    format
        The format in which it was.
    stderr
        Where to print.
    unmarked
        Whether it is a file without the mark by which spreadsheets know that a text is UTF-8.
    look
        How a picture was to look.
    """
    in_tables = format in {"table", "markdown", "latex", "html"}
    shown = said_once(answer) if in_tables else answer
    for note in dict.fromkeys(shown.notes):
        print_note(note, stderr)
    if format in {"svg", "png", "pdf"}:
        from softpower.render.figures import left_out as not_drawn

        for note in not_drawn(answer, look):
            print_note(f"{note} More have room with --tall, or in another --width.", stderr)
    if format == "latex":
        from softpower.render.latex import FOREIGN, foreign

        if unknown := foreign(answer):
            print_note(FOREIGN.format(unknown), stderr)
    if format == "csv":
        from softpower.render.delimited import beyond_ascii, formulas, left_out

        names = left_out(answer)
        if names:
            noun = "the table" if len(names) == 1 else "the tables"
            print_note(
                f"CSV has room for one table; it leaves out {noun} "
                f"{', '.join(names)}. Each by itself: --table {names[0]}; all of them: -f json or "
                "-o FILE.xlsx.",
                stderr,
            )
        if found := formulas(answer):
            print_note(
                f"A spreadsheet reads {_first_of(found)} as a formula: import as text, or use "
                "-o FILE.xlsx.",
                stderr,
            )
        if unmarked and (found := beyond_ascii(answer)):
            print_note(
                f"A spreadsheet may misread {_first_of(found)}: add --bom, or use -o FILE.xlsx.",
                stderr,
            )


def _first_of(texts: list[str]) -> str:
    """Return the first text, and how many more there are."""
    return f"{texts[0]}{f' and {len(texts) - 1} more' if texts[1:] else ''}"


def print_note(text: str, stderr: TextIO) -> None:
    """Print one note, wrapped between words if it is read on a terminal."""
    from softpower.render.cells import line
    from softpower.render.streams import print_text
    from softpower.render.widths import wrap

    note = f"note: {line(text)}"
    rows = wrap(note, shutil.get_terminal_size().columns, hang=2) if stderr.isatty() else [note]
    print_text("".join(f"{row}\n" for row in rows), stderr)
