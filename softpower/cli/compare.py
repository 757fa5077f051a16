"""``softpower compare``."""

from __future__ import annotations

import click

from softpower.cli import complete
from softpower.cli.command import Command, option
from softpower.cli.numbers import Points
from softpower.cli.options import (
    SHOW,
    change_options,
    drawing_options,
    missing_option,
    notes_option,
    output_options,
    selection_options,
)
from softpower.cli.request import Request
from softpower.cli.steps import deliver, load, remarked


@click.command(
    cls=Command,
    examples=(
        "softpower compare open-soft-power @equal-indicators @geometric --top 15",
        "softpower compare open-soft-power gspi-2026 --top 10",
        "softpower compare open-soft-power --set normalise=zscore -w culture=40 --why China",
        "softpower compare open-soft-power -- culture=40 culture=60 normalise=zscore,culture=40",
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
    "Settings and weights alone, such as normalise=zscore,culture=40, change the first run; so do "
    "--set, -w and --omit.",
)
@option("--all", "everything", is_flag=True, group=SHOW, help="Every variant of the index.")
@option(
    "--each",
    is_flag=True,
    group=SHOW,
    help="One choice at a time: each variant, indicator or pillar left out, normalisation, "
    "aggregation, and weight moved. With --country all choices, or the --top N that move it most, "
    "from the greatest rise to the greatest fall; else the best and the worst for every country.",
)
@option(
    "--step",
    type=Points(),
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
@option(
    "--together",
    is_flag=True,
    group=SHOW,
    help="With --why: weights that are set are one choice, rather than one each.",
)
@selection_options(country="This country; beside --region it stands out in a picture.")
@option(
    "--keep-ranks",
    is_flag=True,
    group=SHOW,
    help="Keep the ranks of each list, rather than rank the shared countries among themselves.",
)
@drawing_options
@missing_option
@change_options
@notes_option
@output_options
def compare(
    request: Request,
    runs: tuple[str, ...],
    everything: bool,
    each: bool,
    step: float | None,
    why: str | None,
    together: bool,
    keep_ranks: bool,
) -> None:
    """Show how the ranking shifts from one run to another.

    Ranks and scores under each, the movement against the first, the biggest risers and fallers,
    what differs, and how far the rankings agree. Against an index that is only published, such as
    a survey, also with which pillars the two part, and for whom.
    """
    from softpower.api.comparison import compare
    from softpower.api.words import as_runs

    _refuse_countries(runs)
    found = [remarked(run) for run in as_runs(runs, load)]
    if any(request.change.values()):
        changed = load(runs[0], **request.change)
        found = [changed] if each and len(found) == 1 else [*found, changed]
    if not (everything or each) and len(found) < 2:
        raise click.UsageError(
            "One run alone has nothing to be compared with: name another, or use --set, -w, "
            "--omit, --all or --each."
        )
    answer = compare(
        *found,
        all=everything,
        each=each,
        step=step,
        why=why,
        together=together,
        keep_ranks=keep_ranks,
        **request.selection,
    )
    deliver(answer, **request.output)


def _refuse_countries(runs: tuple[str, ...]) -> None:
    """Say how countries are compared, which stand where runs should, or words between runs."""
    from softpower.cli.stray import JOINING
    from softpower.cli.wording import quoted
    from softpower.countries import find
    from softpower.index.find import is_pattern, shipped
    from softpower.index.name import is_folder

    joining = [word for word in runs if word.casefold().rstrip(".") in JOINING]
    if joining:
        line = " ".join(quoted(word) for word in runs if word not in joining)
        raise click.UsageError(f"Runs stand beside each other. Type: softpower compare {line}")
    names = [word for word in runs if not (word.startswith("@") or is_pattern(word))]
    others = [word for word in names if word not in shipped() and not is_folder(word)]
    named = [word for word in others if find(word) is not None]
    if len(named) > 1:
        index = next((word for word in runs if word not in named), "open-soft-power")
        line = f"{index} {quoted(named[0])} --versus {quoted(named[1])}"
        raise click.UsageError(f"Two countries are compared by: softpower explain {line}")
    if named:
        raise click.UsageError(f"{named[0]!r} is a country. Type: --country {quoted(named[0])}")
