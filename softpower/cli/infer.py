"""``softpower infer``."""

from __future__ import annotations

import click

from softpower.cli import complete
from softpower.cli.command import Command, option
from softpower.cli.options import change_options, missing_option, output_options, run_argument
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load
from softpower.cli.varying import VARY, space_options

FROM = "Choose what is known"


@click.command(
    cls=Command,
    examples=(
        "softpower infer elcano-2021",
        "softpower infer hdi-2022 --ranks",
        "softpower infer sea-survey-2020 --bounds laos=5..15",
        "softpower infer open-soft-power --against gspi-2026",
    ),
)
@run_argument
@option(
    "--against",
    metavar="INDEX[@VARIANT]",
    shell_complete=complete.runs,
    group=FROM,
    help="Which weights bring the ranking closest to that of another index?",
)
@option("--ranks", is_flag=True, group=FROM, help="From ranks, though scores are known.")
@option(
    "--tolerance",
    type=click.FloatRange(min=0, min_open=True),
    metavar="POINTS",
    group=FROM,
    help="By how much a published score may be off; half a unit of its last decimal by default.",
)
@space_options
@option(
    "--levels",
    metavar="LEVEL,...",
    group=VARY,
    help="Which weights are sought: pillars (by default), indicators, all, or those within the "
    "pillars of these ids.",
)
@missing_option
@change_options
@output_options
def infer(
    request: Request,
    run: str,
    against: str | None,
    ranks: bool,
    tolerance: float | None,
    levels: str | None,
) -> None:
    """Show which weights are behind a published ranking.

    They are those that are consistent with the scores or ranks that the index publishes, rounding
    allowed for. If no weights are consistent, it shows those that come closest, with
    the countries that are furthest off, and the exit status is 3.
    """
    from softpower.api.inference import infer
    from softpower.index.name import full_name

    answer = infer(
        load(run, **request.change),
        against=load(full_name(against, run)) if against is not None else None,
        ranks=ranks,
        tolerance=tolerance,
        **request.space,
        levels=levels,
    )
    deliver(answer, **request.output)
