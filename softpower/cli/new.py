"""``softpower new``."""

from __future__ import annotations

from pathlib import Path

import click

from softpower.cli.command import Command, option, tell


@click.command(
    cls=Command,
    examples=("softpower new my-index", "softpower new my-index --from my.xlsx"),
)
@click.argument(
    "folder",
    type=click.Path(path_type=Path),
    help="The folder to make; its name is the id of the index.",
)
@option(
    "--from",
    "given",
    metavar="WORKBOOK",
    type=click.Path(path_type=Path),
    help="Take what a workbook holds, with a sheet for each table and one called methodology.",
)
def new(folder: Path, given: Path | None) -> None:
    """Make a new index folder that works from the start."""
    from softpower.index.skeleton import create

    for path in create(folder, given):
        click.echo(str(path))
    tell(f"Now edit them. See: softpower check {folder}")
