"""``softpower show``."""

from __future__ import annotations

import click

from softpower.cli.command import Command
from softpower.cli.options import change_options, drawing_options, output_options, run_argument
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load


@click.command(
    cls=Command,
    examples=(
        "softpower show hdi-2022",
        "softpower show open-soft-power@brand-finance",
        "softpower show hdi-2022 -o tree.svg",
    ),
)
@run_argument
@drawing_options
@change_options
@output_options
def show(request: Request, run: str) -> None:
    """Show what an index is made of.

    Its tree with nominal and effective weights, its methodology in words, its variants, coverage,
    sources and terms.
    """
    from softpower.api.ranking import show

    deliver(show(load(run, **request.change)), **request.output)
