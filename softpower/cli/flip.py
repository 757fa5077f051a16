"""``softpower flip``."""

from __future__ import annotations

import click

from softpower.cli.command import Command, option
from softpower.cli.numbers import Count
from softpower.cli.options import change_options, missing_option, output_options, run_argument
from softpower.cli.progress import watched
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load
from softpower.cli.varying import moving_options

AIM = "Choose what is to change"


@click.command(
    cls=Command,
    short_help="Show the smallest change of weights that turns an order.",
    examples=(
        "softpower flip open-soft-power Germany Netherlands",
        "softpower flip open-soft-power --first France",
        "softpower flip open-soft-power Portugal --rank 20",
        "softpower flip open-soft-power --all --within 25%",
        "softpower flip open-soft-power Portugal --rank 23 --figures",
    ),
)
@run_argument
@click.argument(
    "country",
    metavar="[AHEAD BEHIND]",
    nargs=-1,
    help="Two countries: what puts the one behind above the other? Or one, with --rank.",
)
@option(
    "--rank",
    type=Count(),
    metavar="N",
    group=AIM,
    help="What gives the country this rank, or a better one?",
)
@option("--first", metavar="NAME", group=AIM, help="What puts this country first?")
@option("--all", "every", is_flag=True, group=AIM, help="What puts the next above each country?")
@option(
    "--squares",
    is_flag=True,
    group=AIM,
    help="The change with the least sum of squares (L2), not with the least sum (L1).",
)
@option(
    "--figures",
    is_flag=True,
    group=AIM,
    help="Which figures of it would have to change instead, and by how little.",
)
@option(
    "--cost",
    type=click.Choice(["spread", "achieved", "raw"]),
    group=AIM,
    help="What a change of a figure is measured by: the range of the figures of all (by default), "
    "what others achieved over the years that the index has, or the figures as they are.",
)
@moving_options
@missing_option
@change_options
@output_options
def flip(
    request: Request,
    run: str,
    country: tuple[str, ...],
    rank: int | None,
    first: str | None,
    every: bool,
    squares: bool,
    figures: bool,
    cost: str | None,
    weights: str | None,
    levels: str | None,
    seconds: float,
) -> None:
    """Show the smallest change of weights that puts one country above another.

    If no admissible weights do, it says so, with the weights that come nearest to it, and the exit
    status is 3. Any weights of the pillars are admissible unless something is stated.
    """
    from softpower.api.weighing import flip

    answer = flip(
        load(run, **request.change),
        country,
        rank=rank,
        first=first,
        all=every,
        squares=squares,
        figures=figures,
        cost=cost,
        **request.space,
        weights=weights,
        levels=levels,
        seconds=seconds,
        watch=watched,
    )
    deliver(answer, **request.output)
