"""``softpower reach``."""

from __future__ import annotations

import click

from softpower import defaults
from softpower.cli.command import Command, option
from softpower.cli.numbers import Count
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
from softpower.cli.varying import VARY, moving_options


@click.command(
    cls=Command,
    short_help="Show the best and the worst rank that weights can give.",
    examples=(
        "softpower reach open-soft-power China",
        "softpower reach open-soft-power --all --within 25%",
        "softpower reach open-soft-power --pairs --top 10 --within 50% --chart",
        "softpower reach elcano-2021 China --bounds military=5..20 --order 'economic >= soft'",
    ),
)
@run_argument
@click.argument("country", metavar="[COUNTRY]...", nargs=-1, help="Whose ranks are asked for.")
@moving_options
@option(
    "--draws",
    type=Count(1, defaults.MOST_DRAWS),
    metavar="N",
    group=VARY,
    help="Instead of all proof: the best and the worst among so many draws of the weights.",
)
@option(
    "--seed",
    type=Count(0, defaults.LARGEST_SEED),
    metavar="N",
    group=VARY,
    help=f"Another seed gives other draws; {defaults.SEED} by default.",
)
@option("--all", "every", is_flag=True, group=SHOW, help="The ranks of every country.")
@option("--top", type=Count(), metavar="N", group=SHOW, help="Those of the first N.")
@option(
    "--region",
    metavar="NAME",
    multiple=True,
    group=SHOW,
    help="Those of a region, subregion or income group; or GROUPING=NAME.",
)
@option(
    "--pairs",
    is_flag=True,
    group=SHOW,
    help="Instead of ranks, which comparisons hold under all admissible weights.",
)
@drawing_options
@missing_option
@change_options
@output_options
def reach(
    request: Request,
    run: str,
    country: tuple[str, ...],
    weights: str | None,
    levels: str | None,
    seconds: float,
    draws: int | None,
    seed: int | None,
    every: bool,
    top: int | None,
    region: tuple[str, ...],
    pairs: bool,
) -> None:
    """Show the best and the worst rank that weights can give a country, with these weights.

    They are proven, not sampled: no admissible weights lead further. Any weights of the pillars
    are admissible unless something is stated. Ctrl-C shows what has been found so far.
    """
    from softpower.api.weighing import reach

    answer = reach(
        load(run, **request.change),
        country,
        all=every,
        top=top,
        region=region,
        pairs=pairs,
        **request.space,
        weights=weights,
        levels=levels,
        seconds=seconds,
        draws=draws,
        seed=seed,
        watch=watched,
    )
    partly = answer.provenance["reach"].get("partial", False)
    deliver(answer, **request.output, partial=partly)
