"""``softpower reproduce``."""

from __future__ import annotations

import click

from softpower import defaults
from softpower.cli.command import Command, option
from softpower.cli.numbers import Count
from softpower.cli.options import SHOW, change_options, output_options, run_argument
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load


@click.command(
    cls=Command,
    short_help="Recompute an index, and hold it against what was published.",
    examples=("softpower reproduce hdi-2022", "softpower reproduce elcano-2021 --worst 3"),
)
@run_argument
@option(
    "--worst",
    type=Count(0),
    default=defaults.WORST,
    metavar="N",
    show_default=True,
    group=SHOW,
    help="How many rows to show, those that differ most first.",
)
@change_options
@output_options
def reproduce(request: Request, run: str, worst: int) -> None:
    """Hold recomputed scores, ranks and pillar scores against the published ones.

    The exit status is 3 where they differ beyond rounding, or where something that is published
    is not computed. Ties that the publisher broke by hand are told apart.
    """
    from softpower.api.ranking import reproduce

    deliver(reproduce(load(run, **request.change), worst=worst), **request.output)
