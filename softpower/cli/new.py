"""``softpower new``."""

from __future__ import annotations

from pathlib import Path

import click

from softpower.cli.command import Command, tell


@click.command(cls=Command, examples=("softpower new my-index", "softpower new work/my-index"))
@click.argument(
    "folder",
    type=click.Path(path_type=Path),
    help="The folder to make; its name is the id of the index.",
)
def new(folder: Path) -> None:
    """Make a new index folder that works from the start."""
    from softpower.index.skeleton import create

    for path in create(folder):
        click.echo(str(path))
    tell(f"Now edit them. See: softpower check {folder}")
