"""``softpower show``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from softpower.cli.command import Command
from softpower.cli.options import change_options, deliver, load, output_options, run_argument


@click.command(
    cls=Command,
    examples=("softpower show hdi-2022", "softpower show open-soft-power@brand-finance"),
)
@run_argument
@change_options
@output_options
def show(
    run: str,
    settings: dict[str, Any],
    weights: dict[str, float],
    omit: tuple[str, ...],
    form: str | None,
    output: Path | None,
) -> None:
    """Show what an index is made of.

    Its tree with nominal and effective weights, its methodology in words, its variants, coverage,
    sources and terms.
    """
    from softpower.api.ranking import show

    deliver(show(load(run, settings, weights, omit)), form, output)
