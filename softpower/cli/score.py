"""``softpower score``."""

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
    run_argument,
)
from softpower.cli.progress import told


@click.command(
    cls=Command,
    examples=(
        "softpower score open-soft-power --top 20",
        "softpower score open-soft-power --set aggregate=geometric -w culture=30 -f csv",
        "softpower score gspi-2026 --against gspi-2025 --top 10",
        "softpower score hdi-2022 --stages -o hdi.xlsx",
        "softpower score open-soft-power --set weight=pca --weights --top 5",
    ),
)
@run_argument
@option("--top", type=click.IntRange(min=1), metavar="N", group=SHOW, help="The first N only.")
@option(
    "--country",
    "countries",
    metavar="NAME",
    multiple=True,
    group=SHOW,
    help="This country, as code or name; with --region, as well as the region.",
)
@option(
    "--region",
    "groups",
    metavar="NAME",
    multiple=True,
    group=SHOW,
    help="The countries of a region, subregion or income group, such as Asia; or GROUPING=NAME, "
    "such as region=Asia, where several groupings have the name.",
)
@option("--pillars", is_flag=True, group=SHOW, help="The scores of the pillars too.")
@option("--stages", is_flag=True, in_csv=0, group=SHOW, help="Every stage of the calculation too.")
@option(
    "--weights", "weighed", is_flag=True, in_csv=0, group=SHOW, help="The weights of the tree too."
)
@option(
    "--against",
    metavar="INDEX[@VARIANT]",
    shell_complete=complete.runs,
    group=SHOW,
    help="Movement against another run, such as the edition before.",
)
@missing_option
@chart_option
@change_options
@output_options
def score(
    run: str,
    top: int | None,
    countries: tuple[str, ...],
    groups: tuple[str, ...],
    pillars: bool,
    stages: bool,
    weighed: bool,
    against: str | None,
    allow_missing: bool,
    chart: bool,
    settings: dict[str, Any],
    weights: dict[str, float],
    omit: tuple[str, ...],
    form: str | None,
    output: Path | None,
) -> None:
    """Rank the countries of an index.

    The methodology is the index's own, a variant of it (INDEX@VARIANT), or what you set here.
    """
    from softpower.api.ranking import score
    from softpower.index.name import full_name

    asked = load(run, settings, weights, omit)
    other = load(full_name(against, run), {}, {}, ()) if against is not None else None
    answer = score(
        asked,
        top=top,
        country=countries,
        region=groups,
        pillars=pillars,
        stages=stages,
        weights=weighed,
        against=other,
        tell=told,
    )
    deliver(answer, form, output, charts=chart, allow_missing=allow_missing)
