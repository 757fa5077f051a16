"""``softpower robustness``."""

from __future__ import annotations

import click

from softpower import defaults
from softpower.cli.command import Command, option
from softpower.cli.numbers import Count, Percent
from softpower.cli.options import (
    SHOW,
    change_options,
    drawing_options,
    missing_option,
    named,
    output_options,
    run_argument,
    selection_options,
)
from softpower.cli.progress import told, watched
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load
from softpower.cli.varying import VARY, vary_options


@click.command(
    cls=Command,
    short_help="Show how far ranks depend on methods, weights and noise.",
    examples=(
        "softpower robustness open-soft-power --top 20",
        "softpower robustness open-soft-power --draws 200000 --weights dirichlet:50",
        "softpower robustness hdi-2022 --vary aggregate=geometric,arithmetic",
        "softpower robustness open-soft-power --leave-out indicators",
        "softpower robustness hdi-2022 --vary aggregate=geometric,arithmetic --curve Norway",
        "softpower robustness open-soft-power --gaps --country China",
        "softpower robustness open-soft-power --country China --versus Japan",
    ),
)
@run_argument
@vary_options
@option(
    "--confidence",
    type=Percent(),
    metavar="PERCENT",
    group=VARY,
    help="With --errors, instead of intervals of draws: confidence sets for ranks at this level, "
    "and who could be among the first.",
)
@option(
    "--propagation",
    type=click.Choice(["auto", "delta", "simulation", "both"]),
    group=VARY,
    help="With --confidence: how errors of figures are carried to scores; both says how far the "
    "two are apart. By default the delta method where scores are smooth, else simulation.",
)
@option(
    "--covariance",
    metavar="FILE",
    group=VARY,
    help="With --confidence, instead of --errors: the standard errors of scores "
    "(country,standard_error) or their covariances (a row and a column for each).",
)
@option(
    "--respondents",
    type=Count(),
    metavar="N",
    group=VARY,
    help="With --confidence, instead of --errors: scores are shares of the answers of so many; "
    "exact sets.",
)
@option(
    "--curve",
    metavar="NAME",
    group=VARY,
    help="With --vary: every combination, sorted by the rank that it gives this country.",
)
@option(
    "--gaps",
    is_flag=True,
    group=VARY,
    help="Instead of all this: the best and the worst rank if missing figures, imputed or not, "
    "took their best or worst admissible value.",
)
@option(
    "--leave-out",
    type=click.Choice(["indicators", "pillars", "countries"]),
    group=VARY,
    help="Instead of all this: leave one of them out at a time.",
)
@selection_options()
@option(
    "--versus",
    metavar="NAME",
    in_csv=0,
    shown_in=("robustness", "pairs").__contains__,
    drawn=False,
    multiple=True,
    callback=named,
    group=SHOW,
    help="How often --country is above this one.",
)
@option(
    "--interval",
    type=Percent(),
    default=defaults.INTERVAL,
    metavar="PERCENT",
    group=SHOW,
    help="The share of draws that intervals of ranks hold; "
    f"{defaults.INTERVAL:g} (from 5 to 95 %) by default.",
)
@option(
    "--first",
    type=Count(),
    default=defaults.FIRST,
    metavar="K",
    group=SHOW,
    help=f"How often is a country among the first K? {defaults.FIRST} by default.",
)
@option(
    "--acceptability",
    is_flag=True,
    in_csv=0,
    shown_in=("acceptability", "central").__contains__,
    group=SHOW,
    help="The share of draws with each rank, and the mean weights that put a country first.",
)
@option(
    "--clusters",
    type=click.IntRange(min=1),
    metavar="N",
    group=SHOW,
    help="Tell apart so many clusters of people, with --weights people.csv.",
)
@drawing_options
@missing_option
@change_options
@output_options
def robustness(
    request: Request,
    run: str,
    confidence: float | None,
    propagation: str | None,
    covariance: str | None,
    respondents: int | None,
    curve: str | None,
    gaps: bool,
    leave_out: str | None,
    versus: tuple[str, ...],
    interval: float,
    first: int,
    acceptability: bool,
    clusters: int | None,
) -> None:
    """Show how far ranks depend on choices of method, on weights and on noise in the figures.

    By default every weight is off by up to 25 % of itself. With --vary alone, every combination
    of the choices is computed exactly once. Ctrl-C shows what has been computed so far.
    """
    from softpower.api.uncertainty import robustness

    asked = load(run, **request.change)
    answer = robustness(
        asked,
        **request.variation,
        **request.drawing,
        **request.space,
        **request.selection,
        confidence=confidence,
        propagation=propagation,
        covariance=covariance,
        respondents=respondents,
        curve=curve,
        gaps=gaps,
        leave_out=leave_out,
        versus=versus,
        interval=interval,
        first=first,
        acceptability=acceptability,
        clusters=clusters,
        watch=watched,
        tell=told,
    )
    partial = answer.provenance.get("robustness", {}).get("partial", False)
    deliver(answer, **request.output, partial=partial)
