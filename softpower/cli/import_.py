"""``softpower import``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from softpower.cli import complete
from softpower.cli.command import Command, option
from softpower.cli.options import output_options
from softpower.cli.progress import watched
from softpower.cli.request import Request
from softpower.cli.steps import deliver

WRITE = "Take it into an index"
TAKE = "Choose what is taken"
READ = "Say how the file is to be read"


@click.command(
    "import",
    cls=Command,
    short_help="Take figures from files, or see what is in them.",
    examples=(
        "softpower import world-bank.csv",
        "softpower import world-bank.csv owid.csv --into my-index",
        "softpower import fdi.csv --into my-index --as fdi --not-before 2018",
        'softpower import survey.xlsx --sheet "Data 2024" --header 3 --into my-index',
    ),
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="[LAYOUT] FILE...",
    type=click.Path(path_type=Path),
    help="Files as publishers lay them out: CSV or .xlsx; a layout before them is as --layout.",
)
@option(
    "--into",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    group=WRITE,
    help="The folder of the index, which may be new; without it, nothing is written.",
)
@option(
    "--as",
    "as_",
    metavar="ID",
    group=WRITE,
    help="The id of the indicator, if the file has one series.",
)
@option(
    "--date",
    metavar="DATE",
    group=WRITE,
    help="When it was downloaded, such as 2025-03-01, to be written down.",
)
@option(
    "--series",
    metavar="NAME",
    multiple=True,
    group=TAKE,
    help="Take this series only, by code, title or id.",
)
@option(
    "--latest",
    is_flag=True,
    group=TAKE,
    help="Take the newest figure of each country, which is the default.",
)
@option("--year", metavar="YEAR", group=TAKE, help="Take the figures of this year only.")
@option(
    "--all-years",
    is_flag=True,
    group=TAKE,
    help="Take the figures of the other years too, into history.csv.",
)
@option("--not-before", metavar="YEAR", group=TAKE, help="Take no figure of an earlier year.")
@option(
    "--omit",
    metavar="NAME",
    multiple=True,
    group=TAKE,
    help="Leave out a country, or a name that is none.",
)
@option(
    "--missing",
    metavar="CODE",
    multiple=True,
    group=READ,
    help="This stands for a missing figure, as .. and n/a do anyway.",
)
@option(
    "--mark",
    metavar="MARK",
    multiple=True,
    group=READ,
    help="This stands beside numbers and is taken off, as the * of a footnote; it is kept as a "
    "note of the figure.",
)
@option(
    "--units",
    type=click.Choice(["countries", "other"]),
    group=READ,
    help="other: what is ranked is no countries but regions, cities, firms. They are taken as they "
    "are written, into units.csv.",
)
@option(
    "--codes",
    metavar="SCHEME",
    shell_complete=complete.schemes,
    group=READ,
    help="The scheme of the codes of countries: iso, worldbank, oecd, owid, eurostat, m49, fao, "
    "imf, ioc, fifa, fips, cow, cow-number, gw, gw-number.",
)
@option(
    "--layout",
    metavar="NAME",
    shell_complete=complete.layouts,
    group=READ,
    help="The layout, if it cannot be told.",
)
@option("--sheet", metavar="NAME", group=READ, help="The sheet of a workbook.")
@option(
    "--header",
    metavar="LINE",
    type=click.IntRange(min=1),
    group=READ,
    help="The line in which the headings stand.",
)
@option(
    "--decimal",
    type=click.Choice([".", ","]),
    group=READ,
    help="The decimal mark, where the numbers do not show it.",
)
@option("--encoding", metavar="NAME", group=READ, help="The encoding of the text.")
@output_options
def import_(request: Request, files: tuple[Path, ...], layout: str | None, **said: Any) -> None:
    """Take the figures of files into an index, or see what is in them.

    The layout is told from what is in the file: World Bank, Our World in Data, UNDP, WHO, SDMX-CSV
    (OECD, Eurostat, IMF), COINr, COIN Tool, a row for each country or for each figure. What was
    done is written into README.md and indicators.csv of the folder; a folder that is there already
    keeps its directions, weights and notes.
    """
    from softpower.api.importing import import_files
    from softpower.index.layouts.recognise import LAYOUTS

    first = str(files[0])
    if layout is None and len(files) > 1 and first in LAYOUTS and not files[0].exists():
        layout, files = first, files[1:]
    answer = import_files(files, layout=layout, **said, watch=watched)
    deliver(answer, **request.output)
