"""``softpower export``."""

from __future__ import annotations

from pathlib import Path

import click

from softpower.cli.command import Command, option
from softpower.cli.options import change_options, run_argument
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load


@click.command(
    cls=Command,
    examples=(
        "softpower export hdi-2022 --to xlsx -o hdi.xlsx",
        "softpower export open-soft-power@geometric --to coinr -o geometric",
        "softpower export my-index --to datapackage -o my-package",
    ),
)
@run_argument
@option(
    "--to",
    type=click.Choice(["xlsx", "coinr", "datapackage"]),
    required=True,
    help="xlsx: a workbook with formulas that compute the ranking. coinr: iData.csv and iMeta.csv "
    "for COINr, a package of R. datapackage: the files of the index with a datapackage.json.",
)
@option(
    "-o",
    "--output",
    metavar="PATH",
    type=click.Path(path_type=Path),
    required=True,
    help="The workbook or the folder to make; nothing is written over.",
)
@change_options
def export(request: Request, run: str, to: str, output: Path) -> None:
    """Hand an index over to another program.

    In the workbook, weights, directions and figures can be changed, and the ranking follows. What
    a method without a formula gave stands there as a value, which the workbook and a note say.
    """
    from softpower.api.exporting import export

    deliver(export(load(run, **request.change), to=to, output=output))
