"""The steps around a question: load what it is asked of, deliver the answer."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from softpower.cli.command import TAKER, TYPED, Option, tell
from softpower.cli.progress import INTERRUPTED

if TYPE_CHECKING:
    from softpower.answer import Answer
    from softpower.document import Document
    from softpower.engine.run import Run
    from softpower.render.figures.look import Look

REMARKS = "softpower.remarks"
"""Where a command keeps what its answer must say of how the indices were read."""

READER = "softpower.reader"
"""Where a command keeps what reads folders for it, each once."""

NO = 3
"""The exit status of a question that was answered with no."""


def load(
    name: str,
    *,
    set: Mapping[str, Any] | None = None,  # noqa: A002  the same word as on the command line
    weights: Mapping[str, float] | None = None,
    omit: tuple[str, ...] = (),
) -> Run:
    """Return the run of this name, under the changes of a request if they are given."""
    from softpower.engine.loading import load as load_run
    from softpower.index.reading.folder import read

    meta = click.get_current_context().meta
    reader = meta.setdefault(READER, cache(read))
    return remarked(load_run(name, set=set, weights=weights, omit=omit, reader=reader))


def remarked(run: Run) -> Run:
    """Return a run whose remarks and doubts the answer of the command will have."""
    said = click.get_current_context().meta.setdefault(REMARKS, {})
    said.update(dict.fromkeys((*run.index.remarks, *run.doubts)))
    return run


def deliver(
    answer: Answer,
    *,
    form: str | None = None,
    output: Path | None = None,
    bom: bool = False,
    notes: bool = False,
    chart: bool = False,
    table: str | None = None,
    columns: tuple[str, ...] = (),
    width: str = "text",
    title: str | None = None,
    theme: str = "light",
    tall: bool = False,
    allow_missing: bool = False,
    partial: bool = False,
    no: int = NO,
) -> None:
    """Show an answer or write it to a file.

    The exit status is 130 if it is about what was computed before an interruption, and else that
    of ``no`` if it says no, or is from less than was asked for and this is not allowed.
    """
    from softpower.cli.wording import answer_in_options
    from softpower.render.figures.look import Look
    from softpower.render.printing import show

    if chart and not answer.charts:
        raise click.UsageError("--chart has no effect, for this answer has nothing to draw.")
    answer = _narrowed(answer, table, columns)
    answer = signed(_noted(answer_in_options(answer), whole=notes))
    look = Look(width, title, theme, tall)
    if taker := click.get_current_context().meta.get(TAKER):
        accepted = replace(answer, complete=answer.complete or allow_missing)
        taker(accepted, partial=partial, bom=bom, look=look)
        return
    if output is None:
        show(answer, form or "table", sys.stdout, sys.stderr, charts=chart)
    else:
        _save(answer, output, form, look, bom=bom)
    if partial:
        click.get_current_context().exit(INTERRUPTED)
    if not (answer.complete or allow_missing):
        click.echo(f"Less was computed than was asked for{_accepting()}.", err=True)
    if not (answer.holds and (answer.complete or allow_missing)):
        click.get_current_context().exit(no)


def _narrowed(answer: Answer, table: str | None, columns: tuple[str, ...]) -> Answer:
    """Return an answer with one table alone, or some columns only, if that is asked for."""
    if table is not None:
        from softpower.cli.columns import alone

        answer = alone(answer, table)
        context = click.get_current_context()
        for param in context.command.params:
            if isinstance(param, Option):
                param.refuse_beside_table(context.params.get(str(param.name)), table)
    if columns:
        from softpower.cli.columns import chosen
        from softpower.render.printing import print_note

        answer, left_out = chosen(answer, columns)
        if left_out:
            print_note(left_out, sys.stderr)
    return answer


def _save(answer: Answer, output: Path, form: str | None, look: Look, *, bom: bool) -> None:
    """Write an answer to a file, and say what a reader must know and where it is."""
    from softpower.render.printing import show_notes
    from softpower.render.saving import ENDINGS, write

    in_full = replace(answer, notes=answer.whole_notes)  # a file has room for them
    write(in_full, output, form, bom=bom, look=look)
    written = form or ENDINGS[output.suffix.lower()]
    show_notes(answer, written, sys.stderr, unmarked=not bom, look=look)
    tell(f"Written to {output}")


def _accepting() -> str:
    """Return which option of this command accepts less than was asked for, if it has one."""
    params = click.get_current_context().command.params
    accepts = any(param.name == "allow_missing" for param in params)
    return "; --allow-missing accepts it" if accepts else ""


def hand_over(document: Document, output: Path, *, allow_missing: bool = False) -> None:
    """Write a report to a file, and say what it lacks.

    The exit status is that of ``NO`` if a section could not be computed and this is not allowed.
    """
    from softpower.cli.wording import document_in_options
    from softpower.render.printing import print_note
    from softpower.render.saving import write

    context = click.get_current_context()
    remarks = tuple(context.meta.get(REMARKS, ()))
    whole = document_in_options(replace(document, notes=(*remarks, *document.notes)))
    write(whole, output)
    for note in whole.notes:
        print_note(note, sys.stderr)
    tell(f"Written to {output}")
    if not (document.complete or allow_missing):
        click.echo("A section could not be computed; --allow-missing accepts it.", err=True)
        context.exit(NO)


def signed(answer: Answer) -> Answer:
    """Return an answer whose provenance tells the line that was typed, to be typed back."""
    from softpower.cli.wording import typed_line

    line = typed_line(click.get_current_context().meta[TYPED])
    return replace(answer, provenance={**answer.provenance, "command": line})


def _noted(answer: Answer, *, whole: bool) -> Answer:
    """Return an answer with the remarks of its command, and its notes in full if they should be.

    What is said in short points to the option that says it in full.
    """
    remarks = tuple(click.get_current_context().meta.get(REMARKS, ()))
    full = (*remarks, *(answer.whole_notes or answer.notes))
    if whole:
        return replace(answer, notes=full, whole_notes=full)
    short = (*remarks, *answer.notes)
    pointed = (note if note in full else f"{note.rstrip('.')} (--notes)." for note in short)
    return replace(answer, notes=tuple(pointed), whole_notes=full)
