"""``softpower sensitivity``."""

from __future__ import annotations

import click

from softpower import defaults
from softpower.cli.command import Command, option
from softpower.cli.numbers import Percent
from softpower.cli.options import (
    SHOW,
    change_options,
    drawing_options,
    missing_option,
    output_options,
    run_argument,
)
from softpower.cli.progress import watched
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load
from softpower.cli.varying import VARY, vary_options


@click.command(
    cls=Command,
    short_help="Show which of several choices matters most to the ranks.",
    examples=(
        "softpower sensitivity hdi-2022 --vary aggregate=geometric,arithmetic --weights bounds:25",
        "softpower sensitivity open-soft-power --vary omit=none,culture --weights bounds --of all",
        "softpower sensitivity open-soft-power --weights bounds:25 --split",
    ),
)
@run_argument
@vary_options
@option(
    "--split",
    is_flag=True,
    group=VARY,
    help="The weights within each pillar are a factor of their own.",
)
@option(
    "--of",
    metavar="WHAT",
    multiple=True,
    default=(defaults.MEAN_SHIFT,),
    in_csv=1,
    group=SHOW,
    help=f'Of what: "{defaults.MEAN_SHIFT}" (the default), a country, or all for a table of all '
    "countries.",
)
@option(
    "--confidence",
    type=Percent(),
    default=defaults.CONFIDENCE,
    metavar="PERCENT",
    group=SHOW,
    help=f"The level of the intervals of estimates; {defaults.CONFIDENCE:g} by default.",
)
@missing_option
@drawing_options
@change_options
@output_options
def sensitivity(
    request: Request,
    run: str,
    split: bool,
    of: tuple[str, ...],
    confidence: float,
) -> None:
    """Show which of several choices matters most to the ranks.

    With --vary alone, all combinations are computed and the effects are exact. With --weights (or
    figures that vary) they are estimated from as many rankings as --draws allows.
    """
    from softpower.api.sensitivity import sensitivity

    asked = load(run, **request.change)
    answer = sensitivity(
        asked,
        **request.variation,
        **request.drawing,
        **request.space,
        split=split,
        of=of,
        confidence=confidence,
        watch=watched,
    )
    partial = answer.provenance["sensitivity"].get("partial", False)
    deliver(answer, **request.output, partial=partial)
