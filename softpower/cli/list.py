"""``softpower list``."""

from __future__ import annotations

from pathlib import Path

import click

from softpower.cli.command import Command
from softpower.cli.options import deliver, output_options


@click.command(
    name="list",
    cls=Command,
    examples=("softpower list", "softpower list -f json"),
)
@output_options
def list_(form: str | None, output: Path | None) -> None:
    """List the indices on hand."""
    from softpower.api.indices import indices

    deliver(indices(), form, output)
