"""``softpower audit``."""

from __future__ import annotations

import click

from softpower import defaults
from softpower.cli import complete
from softpower.cli.command import Command, option
from softpower.cli.options import SHOW, change_options, missing_option, output_options, run_argument
from softpower.cli.progress import begun, watched
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load

EXAMINE = "Choose what is examined"
CHAPTERS = (
    "figures",
    "coherence",
    "weights",
    "missing",
    "reversal",
    "validity",
    "errors",
    "comparisons",
)


@click.command(
    cls=Command,
    examples=(
        "softpower audit hdi-2022",
        "softpower audit open-soft-power --chapter coherence --chapter weights",
        "softpower audit open-soft-power --chapter missing --measures",
        "softpower audit open-soft-power --chapter coherence --threshold alpha=0.6 -f json",
    ),
)
@run_argument
@option(
    "--chapter",
    type=click.Choice(CHAPTERS),
    multiple=True,
    group=EXAMINE,
    help="This chapter only; all of them by default.",
)
@option(
    "--threshold",
    metavar="NAME=VALUE",
    multiple=True,
    group=EXAMINE,
    help="From where on something counts as a finding, such as alpha=0.6; the answer names them.",
)
@option(
    "--yardstick",
    metavar="INDEX[@VARIANT]",
    multiple=True,
    shell_complete=complete.runs,
    group=EXAMINE,
    help="What measures the same, or none; for countries "
    f"{' and '.join(defaults.YARDSTICKS)} by default.",
)
@option(
    "--measures",
    is_flag=True,
    in_csv=0,
    shown_in=lambda table: table not in ("findings", "meanings"),
    group=SHOW,
    help="Print the measures that the findings rest on too: moments, correlations, importance; "
    "JSON and files have them anyway.",
)
@missing_option
@change_options
@output_options
def audit(
    request: Request,
    run: str,
    chapter: tuple[str, ...],
    threshold: tuple[str, ...],
    yardstick: tuple[str, ...],
    measures: bool,
) -> None:
    """Find what is doubtful about an index, the worst first.

    Each finding says what was measured, from which threshold on it counts and who says so, why
    it matters and what to do. A finding is a question to the makers of an index, not a verdict.
    """
    from softpower.api.auditing import audit

    answer = audit(
        load(run, **request.change),
        chapter=chapter,
        threshold=threshold,
        yardstick=yardstick or None,
        measures=measures,
        watch=watched,
        tell=begun,
    )
    deliver(answer, **request.output)
