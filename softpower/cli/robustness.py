"""``softpower robustness``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

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
    RESCORED,
    VARY,
    Percent,
    noise_options,
    refuse_idle,
    variation,
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
    default=90.0,
    metavar="PERCENT",
    group=SHOW,
    help="The share of draws that intervals of ranks hold; 90 (from 5 to 95 %) by default.",
)
@option(
    "--first",
    type=click.IntRange(min=1),
    default=10,
    metavar="K",
    group=SHOW,
    help="How often is a country among the first K? 10 by default.",
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
    from softpower.analysis.robustness.ask import robustness as ask
    from softpower.analysis.robustness.leave_out import leave_out
    from softpower.analysis.shared.selection import Selection
    from softpower.analysis.shared.variation import RobustnessView

    asked = load(run, settings, weights, omit)
    selection = Selection(top, countries, groups)
    if left is not None:
        if vary or sample or rounding or errors or versus or acceptability or chart:
            raise click.UsageError(
                "--leave-out goes with --top, --country, --region and --first only."
            )
        refuse_idle("draws", "seed", "threads", "levels", "interval")
        answer = leave_out(asked, left, selection, first)  # type: ignore[arg-type]
        deliver(answer, form, output, allow_missing=allow_missing)
        return
    if sample is None:
        alone = not (vary or rounding or errors) and asked.setup is not None
        sample = "bounds:25" if alone else "none"
    if asked.setup is not None and sample == "none":
        if not (rounding or errors):
            refuse_idle("draws", "seed", "levels")
        refuse_idle("levels", why="no weights are drawn")
    anew = asked.setup is not None and (rounding or errors) and sample == "none"
    usual = RESCORED if anew else 100_000
    varying = variation(vary, sample, levels, rounding, errors, draws, seed, usual)
    focus = RobustnessView(selection, versus, interval, first, acceptability)
    answer = ask(asked, varying, focus, threads=threads, watch=watched, tell=told)
    partial = answer.provenance["robustness"].get("partial", False)
    deliver(answer, form, output, charts=chart, partial=partial, allow_missing=allow_missing)
