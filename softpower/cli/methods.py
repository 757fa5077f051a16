"""``softpower methods``."""

from __future__ import annotations

from pathlib import Path

import click

from softpower.cli.command import Command
from softpower.cli.options import deliver, output_options


@click.command(cls=Command, examples=("softpower methods", "softpower methods minmax"))
@click.argument(
    "name", required=False, help="A method, or a step such as normalise; all without it."
)
@output_options
def methods(name: str | None, form: str | None, output: Path | None) -> None:
    """List the methods, or explain one: parameters, formula and source."""
    from softpower.analysis.catalogue import catalogue

    deliver(catalogue(name), form, output)
