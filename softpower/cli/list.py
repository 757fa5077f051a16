"""``softpower list``."""

from __future__ import annotations

import click

from softpower.cli.command import Command
from softpower.cli.options import output_options
from softpower.cli.request import Request
from softpower.cli.steps import deliver


@click.command(
    name="list",
    cls=Command,
    examples=("softpower list", "softpower list -f json"),
)
@output_options
def list_(request: Request) -> None:
    """List the indices on hand."""
    from softpower.api.indices import indices

    deliver(indices(), **request.output)
