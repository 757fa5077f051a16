"""An answer as text, for a terminal, a pipe or a file."""

from __future__ import annotations

import shutil
from dataclasses import replace

from softpower.answer import Answer
from softpower.errors import UsageError, did_you_mean

FORMATS: tuple[str, ...] = ("table", "csv", "json", "markdown", "latex")
"""The formats that a terminal or a pipe can take."""


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
            return place.answer(said_once(answer), notes=notes, charts=charts)
        case "csv":
            from softpower.render.delimited import to_csv

            return to_csv(answer)
        case "json":
            from softpower.render.jsonfile import to_json

            return to_json(telling(answer))
        case "markdown":
            from softpower.render.markdown import to_markdown

            return to_markdown(said_once(answer), notes=notes)
        case "latex":
            from softpower.render.latex import to_latex

            return to_latex(said_once(answer), notes=notes)
    raise UsageError(
        f'"{format}" is not a format to print.',
        mend=did_you_mean(format, FORMATS) or f"Known: {', '.join(FORMATS)}.",
    )


def telling(answer: Answer) -> Answer:
    """Return an answer without the tables that say nothing; CSV alone needs one."""
    return replace(answer, tables=tuple(t for t in answer.tables if not t.says_nothing))


def said_once(answer: Answer) -> Answer:
    """Return an answer as a person reads it from its top: every note where it is first said."""
    said: set[str] = set()

    def new(notes: tuple[str, ...]) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(note for note in notes if note not in said))
        said.update(found)
        return found

    shown = telling(answer)
    tables = tuple(replace(table, notes=new(table.notes)) for table in shown.tables)
    return replace(shown, tables=tables, notes=new(shown.notes))
