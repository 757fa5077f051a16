"""``softpower claim``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

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
from softpower.cli.varying import weight_options

T = TypeVar("T")

JUDGE = "Choose what a claim must survive"

SLOW = 100
"""So many runs take over a second."""


@click.command(
    cls=Command,
    examples=(
        'softpower claim open-soft-power "Germany in the top 10" "Germany above Belgium"',
        'softpower claim gspi-2026 "China > Japan" "Japan is 3rd" "China beats Japan by 2 points"',
        'softpower claim elcano-2021 "United States in the top 2" --stack',
    ),
)
@run_argument
@click.argument(
    "claims",
    metavar="CLAIM...",
    nargs=-1,
    required=True,
    help='Such as "A > B", "A above B", "A in the top 5", "A is 3rd", "A beats B by 2 points".',
)
@option(
    "--stack",
    "stacked",
    is_flag=True,
    group=JUDGE,
    help="Every set of variants that do not contradict each other, not each variant alone.",
)
@weight_options(defaults.CLAIM_WEIGHTS, draws=defaults.CLAIM_DRAWS)
@option(
    "--all",
    "every",
    is_flag=True,
    in_csv=0,
    group=SHOW,
    help="With --stack, a row for every stack.",
)
@missing_option
@change_options
@output_options
def claim(
    run: str,
    claims: tuple[str, ...],
    stacked: bool,
    sample: str,
    levels: str,
    draws: int | None,
    seed: int,
    threads: int | None,
    every: bool,
    allow_missing: bool,
    settings: dict[str, Any],
    weights: dict[str, float],
    omit: tuple[str, ...],
    form: str | None,
    output: Path | None,
) -> None:
    """Hold claims about the ranking against every variant of the index, and against any weights.

    A claim stands if it holds under the run and no variant contradicts it; a variant that cannot
    judge a claim counts neither for nor against it. The exit status is 3 if a claim falls, and
    without --allow-missing also if a variant cannot judge a claim.
    """
    from softpower.api.claims import claim

    asked = load(run, settings, weights, omit)
    source = click.get_current_context().get_parameter_source("sample")
    if sample != "none" and asked.setup is None and source is ParameterSource.COMMANDLINE:
        raise click.UsageError("--weights has no effect, for there are no figures to weigh.")
    answer = claim(
        asked,
        claims,
        stack=stacked,
        all=every,
        weights=sample,
        levels=levels,
        draws=draws,
        seed=seed,
        threads=threads,
        watch=_watched,
        watch_draws=watched,
    )
    drawn_account = answer.provenance.get("weights_drawn", {})
    if "refused" in drawn_account and source is ParameterSource.COMMANDLINE:
        answer = replace(answer, complete=False)
    partial = drawn_account.get("partial", False)
    deliver(answer, form, output, partial=partial, allow_missing=allow_missing)


def _watched(items: Sequence[T]) -> Iterable[T]:
    """Yield the items, with a bar on a terminal if there are many."""
    if len(items) < SLOW or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label="Stacks of variants", file=sys.stderr) as bar:
        yield from bar
