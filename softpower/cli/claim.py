"""``softpower claim``."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

import click
from click.core import ParameterSource

from softpower import defaults
from softpower.cli.command import Command, option
from softpower.cli.options import (
    SHOW,
    change_options,
    missing_option,
    output_options,
    run_argument,
)
from softpower.cli.progress import watched
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load
from softpower.cli.varying import weight_options

T = TypeVar("T")

JUDGE = "Choose what a claim must survive"

SLOW = 100
"""So many runs take over a second."""


@click.command(
    cls=Command,
    short_help="Hold a claim against variants and weights, with a proof.",
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
    help='Such as "A > B", "A above B and C", "A passes B", "A in the top 5", "A is 3rd", '
    '"A between 2nd and 4th", "A at worst 10th", "A beats B by 2 points".',
)
@option(
    "--stack",
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
def claim(request: Request, run: str, claims: tuple[str, ...], stack: bool, every: bool) -> None:
    """Hold claims about the ranking against every variant of the index, and against any weights.

    A claim stands if it holds under the run and no variant contradicts it; a variant that cannot
    judge a claim counts neither for nor against it. The exit status is 3 if a claim falls, and
    without --allow-missing also if a variant cannot judge a claim.
    """
    from softpower.api.claims import claim

    _refuse_unquoted(claims)
    asked = load(run, **request.change)
    source = click.get_current_context().get_parameter_source("weights")
    stated = source is ParameterSource.COMMANDLINE
    if stated and request.drawing["weights"] != "none" and asked.setup is None:
        raise click.UsageError("--weights has no effect, for there are no figures to weigh.")
    answer = claim(
        asked,
        claims,
        stack=stack,
        all=every,
        **request.drawing,
        **request.space,
        watch=_watched,
        watch_draws=watched,
    )
    drawn_account = answer.provenance.get("weights_drawn", {})
    if "refused" in drawn_account and stated:
        answer = replace(answer, complete=False)
    partial = drawn_account.get("partial", False)
    deliver(answer, **request.output, partial=partial)


def _refuse_unquoted(claims: Sequence[str]) -> None:
    """Refuse several words of which none can be a claim by itself."""
    if len(claims) > 1 and not any(set(text) & set(" <>=≤≥≠") for text in claims):
        raise click.UsageError(f'A claim needs quotation marks. Type: "{" ".join(claims)}"')


def _watched(items: Sequence[T]) -> Iterable[T]:
    """Yield the items, with a bar on a terminal if there are many."""
    if len(items) < SLOW or not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label="Stacks of variants", file=sys.stderr) as bar:
        yield from bar
