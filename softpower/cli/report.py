"""``softpower report``."""

from __future__ import annotations

from pathlib import Path

import click

from softpower import defaults
from softpower.cli import complete
from softpower.cli.command import Command, option
from softpower.cli.forms import File, holds_a_report
from softpower.cli.options import (
    OUTPUT,
    SHOW,
    change_options,
    missing_option,
    run_argument,
    selection_options,
)
from softpower.cli.progress import watched
from softpower.cli.request import Request
from softpower.cli.steps import hand_over, load
from softpower.cli.varying import weight_options


@click.command(
    cls=Command,
    examples=(
        "softpower report hdi-2022 --draws 10000 -o hdi.html",
        "softpower report gspi-2026 --country Japan -o japan.html",
        "softpower report open-soft-power@geometric --section ranking -o geometric.html",
    ),
)
@run_argument
@option(
    "-o",
    "--output",
    metavar="FILE",
    type=File(),
    required=True,
    callback=holds_a_report,
    group=OUTPUT,
    help="The file to write: one page of .html that needs nothing else, .docx (with python-docx) "
    "or .pdf (with weasyprint).",
)
@option(
    "--section",
    metavar="NAME",
    multiple=True,
    group=SHOW,
    help="This section only: about, ranking, method, weights, coverage, published, yardstick, "
    "variants, choices, robustness, audit, countries, sources, reproduction; of a profile "
    "standing, pillars, strengths, choices, certainty, figures, method, sources, reproduction.",
)
@option("--title", metavar="TEXT", group=SHOW, help="What stands above it.")
@selection_options(
    top="So many rows in a picture, and of a long table before it is unfolded; 20 by default.",
    country="A profile of this country instead: where its score comes from, what would move it.",
)
@option(
    "--yardstick",
    metavar="INDEX[@VARIANT]",
    multiple=True,
    shell_complete=complete.runs,
    group=SHOW,
    help="What measures the same, or none; for countries "
    f"{' and '.join(defaults.YARDSTICKS)} by default.",
)
@weight_options(people=False)
@missing_option
@change_options
def report(
    request: Request,
    run: str,
    output: Path,
    section: tuple[str, ...],
    title: str | None,
    yardstick: tuple[str, ...],
) -> None:
    """Write a report to hand over, or a profile of a country.

    It says who is ranked where, how the ranking is made and how far it depends on that, what the
    audit finds, where each country stands, and how to compute all of it again. The page works from
    disk, asks nobody for anything, prints well, and has the figures of every picture as csv.
    """
    from softpower.api.reporting.ask import report

    document = report(
        load(run, **request.change),
        **request.selection,
        **request.drawing,
        **request.space,
        section=section,
        title=title,
        yardstick=yardstick or None,
        watch=watched,
    )
    hand_over(document, output, allow_missing=request.output.get("allow_missing", False))
