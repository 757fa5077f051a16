"""``softpower methods``."""

from __future__ import annotations

import click

from softpower.cli import complete
from softpower.cli.command import Command
from softpower.cli.options import output_options
from softpower.cli.request import Request
from softpower.cli.steps import deliver


@click.command(
    cls=Command,
    short_help="List the methods, or explain one.",
    examples=(
        "softpower methods",
        "softpower methods normalise",
        "softpower methods aggregate geometric",
    ),
)
@click.argument(
    "names",
    metavar="[STEP] [METHOD]",
    nargs=-1,
    shell_complete=complete.methods,
    help="A step such as normalise, a method such as minmax, or both; all without it.",
)
@output_options
def methods(request: Request, names: tuple[str, ...]) -> None:
    """List the methods, or explain one: formula, source, parameters and how to write it."""
    from softpower.analysis.methods import list_methods

    if len(names) > 2:
        raise click.UsageError("Name a step, a method, or a step and one of its methods.")
    deliver(list_methods(*names), **request.output)
