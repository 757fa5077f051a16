"""The arguments and options that commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from softpower.cli import complete
from softpower.cli.command import option, together

CHANGE = "Change the methodology"
SHOW = "Choose what is shown"
OUTPUT = "Choose the form"


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


run_argument = click.argument(
    "run",
    metavar="INDEX[@VARIANT]",
    shell_complete=complete.runs,
    help="A shipped index or the path of a folder or workbook, perhaps with variants: @ONE or "
    "@ONE+OTHER.",
)
"""The argument that names the run."""

change_options = together(
    option(
        "--set",
        to="change.set",
        metavar="KEY=VALUE",
        multiple=True,
        callback=_settings,
        shell_complete=complete.settings,
        group=CHANGE,
        help="Set a field of the methodology, framework, or a field of an indicator or pillar: "
        "indicators.ID.treat=none. See: softpower methods.",
    ),
    option(
        "-w",
        "--weight",
        to="change.weights",
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
        to="change.omit",
        metavar="NAME",
        multiple=True,
        group=CHANGE,
        help="Leave out an indicator, a pillar or a country.",
    ),
)
"""The options that change the methodology, the weights and what is included."""


def selection_options(
    *,
    country: str = "This country.",
    region: str = "The countries of a region, subregion or income group, or of a group that "
    "they join, such as EU or BRICS@2010; or GROUPING=NAME.",
) -> Callable[[Any], Any]:
    """Return a decorator that adds the options that say what is shown, with these lines of help."""
    return together(
        option(
            "--top",
            to="selection.top",
            type=click.IntRange(min=1),
            metavar="N",
            group=SHOW,
            help="The first N only.",
        ),
        option(
            "--country",
            to="selection.country",
            metavar="NAME",
            multiple=True,
            group=SHOW,
            help=country,
        ),
        option(
            "--region",
            to="selection.region",
            metavar="NAME",
            multiple=True,
            shell_complete=complete.regions,
            group=SHOW,
            help=region,
        ),
    )


chart_option = option(
    "--chart",
    to="output.chart",
    is_flag=True,
    group=SHOW,
    help="Draw it as well, in the terminal or a pipe.",
)
"""The option that draws the answer."""

missing_option = option(
    "--allow-missing",
    to="output.allow_missing",
    is_flag=True,
    group=OUTPUT,
    help="Exit with status 0 although a part could not be computed; it is 3 otherwise.",
)
"""The option that lets an answer be from less than was asked for."""

output_options = together(
    option(
        "-f",
        "--format",
        "form",
        to="output.form",
        type=click.Choice(["table", "csv", "json", "markdown", "latex"]),
        is_eager=True,
        group=OUTPUT,
        help="The form of the answer; a table by default.",
    ),
    option(
        "-o",
        "--output",
        to="output.output",
        metavar="FILE",
        type=File(),
        callback=_writable,
        group=OUTPUT,
        help="Write the answer to a file; its ending says the form: "
        ".csv .json .md .tex .txt .xlsx .html .svg .png .pdf",
    ),
)
"""The options that say in which form and where the answer is given."""
