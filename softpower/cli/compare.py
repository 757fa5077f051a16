"""``softpower compare``."""

from __future__ import annotations

import click

from softpower.cli import complete
from softpower.cli.command import Command, option
from softpower.cli.options import (
    SHOW,
    change_options,
    chart_option,
    missing_option,
    output_options,
    selection_options,
)
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load


@click.command(
    cls=Command,
    examples=(
        "softpower compare open-soft-power @equal-indicators @geometric --top 15",
        "softpower compare open-soft-power gspi-2026 --top 10",
        "softpower compare open-soft-power --set normalise=zscore -w culture=40 --why China",
        "softpower compare open-soft-power --all --top 20",
        "softpower compare open-soft-power --each --country Brazil --top 20",
        "softpower compare 'gspi-20*' --region BRICS",
    ),
)
@click.argument(
    "runs",
    nargs=-1,
    required=True,
    metavar="INDEX[@VARIANT]...",
    shell_complete=complete.runs,
    help="Two runs or more; @VARIANT alone means the first index, and 'gspi-20*' all that match. "
    "One run is compared with itself under --set, -w and --omit.",
)
@option("--all", "everything", is_flag=True, group=SHOW, help="Every variant of the index.")
@option(
    "--each",
    is_flag=True,
    group=SHOW,
    help="One choice at a time: each variant, indicator or pillar left out, normalisation, "
    "aggregation, and weight moved. With --country all choices, or the --top N that move it most; "
    "else the best and the worst for every country.",
)
@option(
    "--step",
    type=float,
    metavar="POINTS",
    group=SHOW,
    help="By how many percentage points of its parent --each moves a weight; 10 by default.",
)
@option(
    "--why",
    metavar="COUNTRY",
    group=SHOW,
    help="Which choice moved this country, exactly; `all` for every country.",
)
@selection_options(country="This country; beside --region it stands out in a picture.")
@option(
    "--keep-ranks",
    is_flag=True,
    group=SHOW,
    help="Keep the ranks of each list, rather than rank the shared countries among themselves.",
)
@chart_option
@missing_option
@change_options
@output_options
def compare(
    request: Request,
    runs: tuple[str, ...],
    everything: bool,
    each: bool,
    step: float | None,
    why: str | None,
    keep_ranks: bool,
) -> None:
    """Show how the ranking shifts from one run to another.

    Ranks and scores under each, the movement against the first, the biggest risers and fallers,
    what differs, and how far the rankings agree. Against an index that is only published, such as
    a survey, also with which pillars the two part, and for whom.
    """
    from softpower.api.comparison import compare
    from softpower.api.words import as_runs

    found = as_runs(runs, load)
    if any(request.change.values()):
        changed = load(runs[0], **request.change)
        found = [changed] if each and len(found) == 1 else [*found, changed]
    if not (everything or each) and len(found) < 2:
        raise click.UsageError(
            "One run alone has nothing to be compared with: name another, or use --set, -w, "
            "--omit, --all or --each."
        )
    if why is not None and request.output["chart"]:
        raise click.UsageError("--why takes two runs, and neither --keep-ranks nor --chart.")
    answer = compare(
        *found,
        all=everything,
        each=each,
        step=step,
        why=why,
        keep_ranks=keep_ranks,
        **request.selection,
    )
    deliver(answer, **request.output)
