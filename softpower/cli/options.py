"""The arguments and options that commands share, and handing an answer over."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from softpower.cli import complete
from softpower.cli.command import option, tell
from softpower.cli.progress import INTERRUPTED

if TYPE_CHECKING:
    from softpower.answer import Answer
    from softpower.engine.run import Run

CHANGE = "Change the methodology"
SHOW = "Choose what is shown"
OUTPUT = "Choose the form"

REMARKS = "softpower.remarks"
"""Where a command keeps what its answer must say of how the indices were read."""

READER = "softpower.reader"
"""Where a command keeps what reads folders for it, each once."""

NO = 3
"""The exit status of a question that was answered with no."""


class File(click.Path):
    """A file to write to, which ``-`` and a path that ends as folders do are not."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path of the file."""
        if value == "-":
            self.fail("without this option the answer is printed; ./- is a file.", param, ctx)
        if str(value).endswith(("/", os.sep)) or not str(value):
            self.fail(f"{value!r} is not the name of a file.", param, ctx)
        return super().convert(value, param, ctx)


def parsed(parse: Callable[[Any], Any], typed: Any) -> Any:
    """Return what a person typed as it is parsed, or refuse it as click does."""
    from softpower.errors import UsageError

    try:
        return parse(typed)
    except UsageError as error:
        raise click.BadParameter(str(error)) from error


def _settings(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> Any:
    from softpower.index.request import parse_settings

    del ctx, param
    return parsed(parse_settings, values)


def _weights(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> Any:
    from softpower.index.request import parse_weights

    del ctx, param
    return parsed(parse_weights, values)


def _writable(ctx: click.Context, param: click.Parameter, output: Path | None) -> Path | None:
    """Refuse a file that cannot be written before any work is done for it."""
    del param
    if output is not None and not ctx.resilient_parsing:
        from softpower.index.own import refuse_own
        from softpower.render import refuse_unwritable

        refuse_unwritable(output, ctx.params.get("form"))
        refuse_own(output)
    return output


def run_argument(function: Any) -> Any:
    """Add the argument that names the run."""
    return click.argument(
        "run",
        metavar="INDEX[@VARIANT]",
        shell_complete=complete.runs,
        help="A shipped index or the path of a folder, perhaps with variants: @ONE or @ONE+OTHER.",
    )(function)


def change_options(function: Any) -> Any:
    """Add the options that change the methodology, the weights and the selection."""
    for decorate in reversed(
        (
            option(
                "--set",
                "settings",
                metavar="KEY=VALUE",
                multiple=True,
                callback=_settings,
                shell_complete=complete.settings,
                group=CHANGE,
                help="Set a field of the methodology, framework, or a field of an indicator: "
                "indicators.ID.treat=none. See: softpower methods.",
            ),
            option(
                "-w",
                "--weight",
                "weights",
                metavar="ID=PERCENT",
                multiple=True,
                callback=_weights,
                shell_complete=complete.weights,
                group=CHANGE,
                help="Set the weight of a pillar or indicator within its parent; "
                "siblings that are not named share the rest.",
            ),
            option(
                "--omit",
                metavar="NAME",
                multiple=True,
                group=CHANGE,
                help="Leave out an indicator, a pillar or a country.",
            ),
        )
    ):
        function = decorate(function)
    return function


def output_options(function: Any) -> Any:
    """Add the options that say in which form and where the answer is given."""
    for decorate in reversed(
        (
            option(
                "-f",
                "--format",
                "form",
                type=click.Choice(["table", "csv", "json", "markdown", "latex"]),
                is_eager=True,
                group=OUTPUT,
                help="The form of the answer; a table by default.",
            ),
            option(
                "-o",
                "--output",
                metavar="FILE",
                type=File(),
                callback=_writable,
                group=OUTPUT,
                help="Write the answer to a file; its ending says the form: "
                ".csv .json .md .tex .txt .xlsx .html .svg .png .pdf",
            ),
        )
    ):
        function = decorate(function)
    return function


def load(name: str, settings: Mapping[str, Any], weights: Mapping[str, float], omit: Any) -> Run:
    """Return the run that the arguments and options of a command name."""
    from softpower.engine.run import load as load_run
    from softpower.index.reading.folder import read

    meta = click.get_current_context().meta
    reader = meta.setdefault(READER, cache(read))
    run = load_run(name, set=settings, weights=weights, omit=omit, reader=reader)
    meta.setdefault(REMARKS, {}).update(dict.fromkeys(run.index.remarks))
    return run


def chart_option(function: Any) -> Any:
    """Add the option that draws the answer."""
    return option(
        "--chart", is_flag=True, group=SHOW, help="Draw it as well, in the terminal or a pipe."
    )(function)


def missing_option(function: Any) -> Any:
    """Add the option that lets an answer be from less than was asked for."""
    return option(
        "--allow-missing",
        is_flag=True,
        group=OUTPUT,
        help="Exit with status 0 although a part could not be computed; it is 3 otherwise.",
    )(function)


def deliver(
    answer: Answer,
    form: str | None,
    output: Path | None,
    *,
    charts: bool = False,
    partial: bool = False,
    allow_missing: bool = False,
    no: int = NO,
) -> None:
    """Show an answer or write it to a file.

    The exit status is 130 if it is about what was computed before an interruption, and else that
    of ``no`` if it says no, or is from less than was asked for and this is not allowed.
    """
    from softpower import render
    from softpower.cli.wording import answer_in_options

    if charts and (output is not None or form not in {None, "table"}):
        raise click.UsageError(
            "--chart draws below a table in the terminal or a pipe. For a picture in a file, take "
            "its ending: -o FILE.svg"
        )
    if charts and not answer.charts:
        raise click.UsageError("--chart has no effect, for this answer has nothing to draw.")
    answer = answer_in_options(answer)
    remarks = tuple(click.get_current_context().meta.get(REMARKS, ()))
    answer = replace(answer, notes=(*remarks, *answer.notes))
    if answer.whole_notes:
        answer = replace(answer, whole_notes=(*remarks, *answer.whole_notes))
    if output is None:
        render.show(answer, form or "table", sys.stdout, sys.stderr, charts=charts)
    else:
        render.write(answer, output, form)
        written = form or render.ENDINGS[output.suffix.lower()]
        render.show_notes(answer, written, sys.stderr)
        tell(f"Written to {output}")
    if partial:
        click.get_current_context().exit(INTERRUPTED)
    if not (answer.complete or allow_missing):
        click.echo("Less was computed than was asked for; --allow-missing accepts it.", err=True)
    if not (answer.holds and (answer.complete or allow_missing)):
        click.get_current_context().exit(no)
