"""The arguments and options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from softpower.cli import complete
from softpower.cli.command import option, together
from softpower.cli.forms import File, Form, writable
from softpower.cli.numbers import Count

CHANGE = "Change the methodology"
SHOW = "Choose what is shown"
OUTPUT = "Choose the form"
PICTURE = "Choose the look of a picture (-o FILE.svg, .png or .pdf)"


def parsed(parse: Callable[[Any], Any], typed: Any) -> Any:
    """Return what a person typed as it is parsed, or refuse it as click does."""
    from softpower.cli.wording import in_options
    from softpower.errors import UsageError

    try:
        return parse(typed)
    except UsageError as error:
        raise click.BadParameter(in_options(str(error))) from error


def _settings(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> Any:
    from softpower.index.request import parse_settings

    del ctx, param
    return parsed(parse_settings, values)


def _weights(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> Any:
    from softpower.index.request import parse_weights

    del ctx, param
    return parsed(parse_weights, values)


def _columns(
    ctx: click.Context, param: click.Parameter, typed: str | None
) -> tuple[str, ...] | None:
    """Return the names of columns, of which none may be named twice."""
    if typed is None or ctx.resilient_parsing:
        return None
    names = tuple(name.strip() for name in typed.split(","))
    if not all(names):
        raise click.BadParameter("names stand between commas, such as rank,country,score.")
    for name in names:
        if names.count(name) > 1:
            raise click.BadParameter(f"{name} is named twice.", ctx, param)
    return names


def _width(ctx: click.Context, param: click.Parameter, typed: str | None) -> str | None:
    from softpower.render.figures.look import centimetres

    del ctx, param
    if typed is not None:
        parsed(centimetres, typed)
    return typed


def named(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return names of countries, of which an option takes one at a time."""
    for text in values:
        if "," in text and not ctx.resilient_parsing:
            from softpower.cli.wording import quoted
            from softpower.countries import find

            parts = [part.strip() for part in text.split(",")]
            if find(text) is None and all(find(part) is not None for part in parts):
                option = param.opts[-1]
                line = " ".join(f"{option} {quoted(part)}" for part in parts)
                raise click.BadParameter(f"{text!r} is {len(parts)} countries. Type: {line}")
    return values


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
        callback=named,
        group=CHANGE,
        help="Leave out an indicator, a pillar or a country.",
    ),
)
"""The options that change the methodology, the weights and what is included."""


def selection_options(
    *,
    top: str = "The first N only.",
    country: str = "This country.",
    region: str = "The countries of a region, subregion or income group, or of a group that "
    "they join, such as EU or BRICS@2010; or GROUPING=NAME.",
) -> Callable[[Any], Any]:
    """Return a decorator that adds the options that say what is shown, with these lines of help."""
    return together(
        option(
            "--top",
            to="selection.top",
            type=Count(),
            metavar="N",
            group=SHOW,
            help=top,
        ),
        option(
            "--country",
            to="selection.country",
            metavar="NAME",
            multiple=True,
            callback=named,
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


notes_option = option(
    "--notes",
    to="output.notes",
    is_flag=True,
    default=None,
    group=OUTPUT,
    help="Print the notes in full that are counted otherwise.",
)
"""The option that leaves no note short."""

drawing_options = together(
    option(
        "--chart",
        to="output.chart",
        is_flag=True,
        group=SHOW,
        help="Draw it as well, in the terminal or a pipe.",
    ),
    option(
        "--width",
        to="output.width",
        metavar="WIDTH",
        callback=_width,
        shell_complete=complete.widths,
        group=PICTURE,
        help="column (8.5 cm), text (16.5 cm; the default), slide (25.4 cm) or centimetres. "
        "Letters have 7 to 9 points.",
    ),
    option(
        "--title",
        to="output.title",
        metavar="TEXT",
        group=PICTURE,
        help="What stands above it; '' for nothing.",
    ),
    option(
        "--theme",
        to="output.theme",
        type=click.Choice(["light", "dark"]),
        group=PICTURE,
        help="The ground; light by default.",
    ),
    option(
        "--tall",
        to="output.tall",
        is_flag=True,
        default=None,
        group=PICTURE,
        help="All that there is to draw, on more than a page where it takes more.",
    ),
)
"""The options that draw the answer, and say how it looks in a file of .svg, .png or .pdf."""

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
        type=Form(),
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
        callback=writable,
        group=OUTPUT,
        help="Write the answer to a file; its ending says the form: "
        ".csv .json .md .tex .txt .xlsx .docx .html .svg .png .pdf",
    ),
    option(
        "--table",
        to="output.table",
        metavar="NAME",
        group=OUTPUT,
        help="This table of the answer alone, by its name in -f json; so CSV takes any.",
    ),
    option(
        "--columns",
        to="output.columns",
        metavar="NAME,NAME",
        callback=_columns,
        group=OUTPUT,
        help="These columns of the tables alone, in this order: rank,country,score. Their names "
        "are the headings of -f csv.",
    ),
    option(
        "--bom",
        to="output.bom",
        is_flag=True,
        default=None,
        group=OUTPUT,
        help="Begin a .csv file with the mark (byte order mark) by which spreadsheets know UTF-8.",
    ),
)
"""The options that say in which form and where the answer is given."""
