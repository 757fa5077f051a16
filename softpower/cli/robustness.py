"""``softpower robustness``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from softpower import defaults
from softpower.cli.command import Command, option
from softpower.cli.options import (
    SHOW,
    change_options,
    chart_option,
    deliver,
    load,
    missing_option,
    output_options,
    run_argument,
)
from softpower.cli.progress import told, watched
from softpower.cli.varying import (
    VARY,
    Percent,
    noise_options,
    vary_options,
)


@click.command(
    cls=Command,
    examples=(
        "softpower robustness open-soft-power --top 20",
        "softpower robustness open-soft-power --draws 1000000 --weights dirichlet:50",
        "softpower robustness hdi-2022 --vary aggregate=geometric,arithmetic",
        "softpower robustness open-soft-power --leave-out indicators",
        "softpower robustness open-soft-power --country China --versus Japan",
    ),
)
@run_argument
@vary_options
@noise_options
@option(
    "--leave-out",
    "left",
    type=click.Choice(["indicators", "pillars", "countries"]),
    group=VARY,
    help="Instead of all this: leave one of them out at a time.",
)
@option("--top", type=click.IntRange(min=1), metavar="N", group=SHOW, help="The first N only.")
@option("--country", "countries", metavar="NAME", multiple=True, group=SHOW, help="This country.")
@option(
    "--region",
    "groups",
    metavar="NAME",
    multiple=True,
    group=SHOW,
    help="The countries of a region, subregion or income group; or GROUPING=NAME.",
)
@option(
    "--versus",
    metavar="NAME",
    in_csv=0,
    multiple=True,
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
    type=click.IntRange(min=1),
    default=defaults.FIRST,
    metavar="K",
    group=SHOW,
    help=f"How often is a country among the first K? {defaults.FIRST} by default.",
)
@option(
    "--acceptability",
    is_flag=True,
    in_csv=0,
    group=SHOW,
    help="The share of draws with each rank, and the mean weights that put a country first.",
)
@chart_option
@missing_option
@change_options
@output_options
def robustness(
    run: str,
    vary: tuple[str, ...],
    sample: str | None,
    levels: str,
    draws: int | None,
    seed: int,
    threads: int | None,
    rounding: tuple[str, ...],
    errors: bool,
    left: str | None,
    top: int | None,
    countries: tuple[str, ...],
    groups: tuple[str, ...],
    versus: tuple[str, ...],
    interval: float,
    first: int,
    acceptability: bool,
    chart: bool,
    allow_missing: bool,
    settings: dict[str, Any],
    weights: dict[str, float],
    omit: tuple[str, ...],
    form: str | None,
    output: Path | None,
) -> None:
    """Show how far ranks depend on choices of method, on weights and on noise in the figures.

    By default every weight is off by up to 25 % of itself. With --vary alone, every combination
    of the choices is computed exactly once. Ctrl-C shows what has been computed so far.
    """
    from softpower.api.uncertainty import robustness

    asked = load(run, settings, weights, omit)
    if left is not None and chart:
        raise click.UsageError("--leave-out goes with --top, --country, --region and --first only.")
    answer = robustness(
        asked,
        vary=vary,
        weights=sample,
        levels=levels,
        rounding=rounding,
        errors=errors,
        draws=draws,
        seed=seed,
        threads=threads,
        leave_out=left,
        top=top,
        country=countries,
        region=groups,
        versus=versus,
        interval=interval,
        first=first,
        acceptability=acceptability,
        watch=watched,
        tell=told,
    )
    partial = answer.provenance.get("robustness", {}).get("partial", False)
    deliver(answer, form, output, charts=chart, partial=partial, allow_missing=allow_missing)
