"""``softpower sensitivity``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from softpower import defaults
from softpower.cli.command import Command, option
from softpower.cli.options import (
    SHOW,
    change_options,
    deliver,
    load,
    missing_option,
    output_options,
    run_argument,
)
from softpower.cli.progress import watched
from softpower.cli.varying import (
    VARY,
    Percent,
    noise_options,
    vary_options,
)


@click.command(
    cls=Command,
    examples=(
        "softpower sensitivity hdi-2022 --vary aggregate=geometric,arithmetic --weights bounds:25",
        "softpower sensitivity open-soft-power --vary omit=none,culture --weights bounds --of all",
        "softpower sensitivity open-soft-power --weights bounds:25 --split",
    ),
)
@run_argument
@vary_options
@noise_options
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
@change_options
@output_options
def sensitivity(
    run: str,
    vary: tuple[str, ...],
    sample: str | None,
    levels: str,
    draws: int | None,
    seed: int,
    threads: int | None,
    rounding: tuple[str, ...],
    errors: bool,
    split: bool,
    of: tuple[str, ...],
    confidence: float,
    allow_missing: bool,
    settings: dict[str, Any],
    weights: dict[str, float],
    omit: tuple[str, ...],
    form: str | None,
    output: Path | None,
) -> None:
    """Show which of several choices matters most to the ranks.

    With --vary alone, all combinations are computed and the effects are exact. With --weights (or
    figures that vary) they are estimated from as many rankings as --draws allows.
    """
    from softpower.api.uncertainty import sensitivity

    asked = load(run, settings, weights, omit)
    answer = sensitivity(
        asked,
        vary=vary,
        weights=sample,
        levels=levels,
        rounding=rounding,
        errors=errors,
        draws=draws,
        seed=seed,
        threads=threads,
        split=split,
        of=of,
        confidence=confidence,
        watch=watched,
    )
    partial = answer.provenance["sensitivity"].get("partial", False)
    deliver(answer, form, output, partial=partial, allow_missing=allow_missing)
