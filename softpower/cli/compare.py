"""``softpower compare``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from softpower.cli import complete
from softpower.cli.command import Command, option
from softpower.cli.options import (
    SHOW,
    change_options,
    chart_option,
    deliver,
    load,
    missing_option,
    output_options,
)


@click.command(
    cls=Command,
    examples=(
        "softpower compare open-soft-power @equal-indicators @geometric --top 15",
        "softpower compare open-soft-power gspi-2026 --top 10",
        "softpower compare open-soft-power --set normalise=zscore -w culture=40 --why China",
        "softpower compare open-soft-power --all --top 20",
    ),
)
@click.argument(
    "runs",
    nargs=-1,
    required=True,
    metavar="INDEX[@VARIANT]...",
    shell_complete=complete.runs,
    help="Two runs or more; @VARIANT alone means the first index. One run is compared with "
    "itself under --set, -w and --omit.",
)
@option("--all", "everything", is_flag=True, group=SHOW, help="Every variant of the index.")
@option(
    "--why",
    metavar="COUNTRY",
    group=SHOW,
    help="Which choice moved this country, exactly; `all` for every country.",
)
@option("--top", type=click.IntRange(min=1), metavar="N", group=SHOW, help="The first N only.")
@option(
    "--country",
    "countries",
    metavar="NAME",
    multiple=True,
    group=SHOW,
    help="This country; beside --region it stands out in a picture.",
)
@option(
    "--region",
    "groups",
    metavar="NAME",
    multiple=True,
    group=SHOW,
    help="The countries of a region, subregion or income group; or GROUPING=NAME.",
)
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
    runs: tuple[str, ...],
    everything: bool,
    why: str | None,
    top: int | None,
    countries: tuple[str, ...],
    groups: tuple[str, ...],
    keep_ranks: bool,
    chart: bool,
    allow_missing: bool,
    settings: dict[str, Any],
    weights: dict[str, float],
    omit: tuple[str, ...],
    form: str | None,
    output: Path | None,
) -> None:
    """Show how the ranking shifts from one run to another.

    Ranks and scores under each, the movement against the first, the biggest risers and fallers,
    what differs, and how far the rankings agree.
    """
    from softpower.api.comparison import compare
    from softpower.index.name import full_name

    found = [load(full_name(name, runs[0]), {}, {}, ()) for name in runs]
    if settings or weights or omit:
        found.append(load(runs[0], settings, weights, omit))
    if not everything and len(found) < 2:
        raise click.UsageError(
            "One run alone has nothing to be compared with: name another, or use --set, -w, "
            "--omit or --all."
        )
    if why is not None and chart:
        raise click.UsageError("--why takes two runs, and neither --keep-ranks nor --chart.")
    answer = compare(
        *found,
        all=everything,
        why=why,
        top=top,
        country=countries,
        region=groups,
        keep_ranks=keep_ranks,
    )
    deliver(answer, form, output, charts=chart, allow_missing=allow_missing)
