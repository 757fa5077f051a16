"""Showing an answer: as text for a terminal or a pipe, or as a file.

This floor knows tables and charts and nothing of what they are about. Each format has a module,
and what it needs is imported when it is used.
"""

from __future__ import annotations

import os
import shutil
from codecs import BOM_UTF8
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from softpower.answer import Answer
from softpower.document import Document
from softpower.errors import MissingExtraError, UsageError, did_you_mean

if TYPE_CHECKING:
    from softpower.render.figures import Look

__all__ = [
    "ENDINGS",
    "FORMATS",
    "print_note",
    "refuse_picture",
    "refuse_unwritable",
    "rendered",
    "show",
    "show_notes",
    "to_text",
    "write",
]

FORMATS: tuple[str, ...] = ("table", "csv", "json", "markdown", "latex")
"""The formats that a terminal or a pipe can take."""

ENDINGS: dict[str, str] = {
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".tex": "latex",
    ".txt": "table",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".html": "html",
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
}
"""The format of a file by its ending."""


def to_text(
    answer: Answer,
    format: str,  # noqa: A002 - the word of the command line
    *,
    width: int | None = None,
    terminal: bool = False,
    colour: bool = False,
    unicode: bool = True,
    notes: bool = False,
    charts: bool = False,
) -> str:
    """Return an answer as text that ends with a line break.

    Parameters
    ----------
    answer
        What to show.
    format
        One of ``FORMATS``.
    width
        The columns of the terminal, by default those of the one at hand. A pipe has no width.
    terminal
        Whether a person reads it on a terminal: tables are then fitted to the width and get bars.
    colour
        Whether the terminal understands escape sequences; without it there are none.
    unicode
        Whether arrows, rules and bars may leave ASCII. Names are never changed.
    notes
        Whether the notes of the answer stand below it. JSON always has them, CSV never.
    charts
        Whether the format ``table`` draws the charts of the answer below its tables, in a pipe
        80 columns wide. The other formats are not concerned.

    Raises
    ------
    UsageError
        If the format is not known, or is CSV and the answer has no table.
    """
    match format:
        case "table":
            from softpower.render.terminal import Terminal

            limit = (width or shutil.get_terminal_size().columns) if terminal else None
            place = Terminal(limit, colour=colour, unicode=unicode)
            return place.answer(_said_once(answer), notes=notes, charts=charts)
        case "csv":
            from softpower.render.delimited import to_csv

            return to_csv(answer)
        case "json":
            from softpower.render.jsonfile import to_json

            return to_json(_telling(answer))
        case "markdown":
            from softpower.render.markdown import to_markdown

            return to_markdown(_said_once(answer), notes=notes)
        case "latex":
            from softpower.render.latex import to_latex

            return to_latex(_said_once(answer), notes=notes)
    raise UsageError(
        f'"{format}" is not a format to print.',
        mend=did_you_mean(format, FORMATS) or f"Known: {', '.join(FORMATS)}.",
    )


def _telling(answer: Answer) -> Answer:
    """Return an answer without the tables that say nothing; CSV alone needs one."""
    return replace(answer, tables=tuple(t for t in answer.tables if not t.says_nothing))


def _said_once(answer: Answer) -> Answer:
    """Return an answer as a person reads it from its top: every note where it is first said."""
    said: set[str] = set()

    def new(notes: tuple[str, ...]) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(note for note in notes if note not in said))
        said.update(found)
        return found

    shown = _telling(answer)
    tables = tuple(replace(table, notes=new(table.notes)) for table in shown.tables)
    return replace(shown, tables=tables, notes=new(shown.notes))


def write(
    answer: Answer | Document,
    path: Path,
    format: str | None = None,  # noqa: A002
    *,
    bom: bool = False,
    look: Look | None = None,
) -> None:
    """Write an answer or a report to a file, whole or not at all.

    Parameters
    ----------
    answer
        What to write; a report to a file of .html, .docx or .pdf.
    path
        The file. One that is there is replaced once the new one is complete.
    format
        One of the values of ``ENDINGS``, by default the one of the ending of the path.
    bom
        Whether the file begins with the mark by which spreadsheets know that a text is UTF-8.
    look
        How a picture is to look.

    Raises
    ------
    UsageError
        If the ending or the format is not known, or if it cannot hold this answer.
    InputError
        If the file cannot be written.
    MissingExtraError
        If the format needs a library that is not installed.
    """
    from softpower.render.files import write_whole

    write_whole(path, rendered(answer, path, format, bom=bom, look=look))


def rendered(
    answer: Answer | Document,
    path: Path,
    format: str | None = None,  # noqa: A002
    *,
    bom: bool = False,
    look: Look | None = None,
) -> bytes:
    """Return the bytes that `write` writes to a file."""
    if isinstance(answer, Document):
        from softpower.render.documents import to_bytes

        return to_bytes(answer, path)
    return BOM_UTF8 * bom + _renderer(format or _format_of(path), look)(answer)


def refuse_unwritable(path: Path, format: str | None = None) -> None:  # noqa: A002
    """Refuse to write to a path in a format, before there is an answer to write.

    Parameters
    ----------
    path, format
        As for `write`.

    Raises
    ------
    UsageError
        If the ending is not known, or does not go with the format.
    InputError
        If the file could not be written.
    MissingExtraError
        If the format needs a library that is not installed.
    """
    from importlib.util import find_spec

    from softpower.render.figures.look import PLOTTED
    from softpower.render.files import refuse_unwritable as refuse

    of_ending = ENDINGS.get(path.suffix.lower(), format)
    if format is not None and of_ending != format:
        raise UsageError(
            f"The ending {path.suffix} of {path.name} does not go with -f {format}.",
            mend="Leave -f out, or take another ending.",
        )
    if (format or _format_of(path)) in PLOTTED and find_spec("matplotlib") is None:
        raise MissingExtraError("matplotlib")
    if of_ending == "docx" and find_spec("docx") is None:
        raise MissingExtraError("python-docx")
    refuse(path)


def refuse_picture(path: Path, format: str | None = None) -> None:  # noqa: A002
    """Refuse to write a picture of an answer that has no chart.

    Raises
    ------
    UsageError
        If the format or the ending is one of pictures.
    """
    from softpower.render.figures.look import PICTURES, no_chart

    if (format or ENDINGS.get(path.suffix.lower())) in PICTURES:
        raise no_chart()


def _format_of(path: Path) -> str:
    ending = path.suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    says = f'The ending "{path.suffix}" of' if path.suffix else "The missing ending of"
    raise UsageError(
        f"{says} {path.name or path} does not say what to write.",
        mend=did_you_mean(ending, ENDINGS),
    )


def _renderer(format: str, look: Look | None) -> Callable[[Answer], bytes]:  # noqa: A002
    """Return the function that makes the bytes of a file in this format."""
    if format in FORMATS:
        return lambda answer: to_text(answer, format, notes=True).encode()
    match format:
        case "xlsx":
            from softpower.render.xlsx import to_xlsx

            return lambda answer: to_xlsx(_telling(answer))
        case "docx":
            from softpower.render.docx import to_docx

            return lambda answer: to_docx(_said_once(answer))
        case "html":
            from softpower.render.html import to_html

            return lambda answer: to_html(_said_once(answer)).encode()
        case "svg" | "png" | "pdf":
            from softpower.render.figures import to_picture

            return lambda answer: to_picture(answer, format, look)
    known = list(dict.fromkeys(ENDINGS.values()))
    raise UsageError(
        f'"{format}" is not a format to write.',
        mend=did_you_mean(format, known) or f"Known: {', '.join(known)}.",
    )


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
    shown = _said_once(answer) if in_tables else answer
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
