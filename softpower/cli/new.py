"""``softpower new``."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from softpower.cli.command import Command, option, tell
from softpower.cli.steps import deliver


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
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take what a workbook holds, with a sheet for each table and one called methodology; or "
    "the figures of a table, whose indicators are then to be given a direction.",
)
def new(folder: Path, given: Path | None) -> None:
    """Make a new index folder that works from the start."""
    from softpower.index.own import is_index_workbook
    from softpower.index.skeleton import create, refuse_name

    if given is not None and not is_index_workbook(given):
        from softpower.api.importing import import_files
        from softpower.errors import SoftpowerError

        refuse_name(folder)
        try:
            answer = import_files(given, into=folder)
        except SoftpowerError:
            typed = f"softpower import {quote(str(given))} --into {quote(str(folder))}"
            tell(f"How a table is read is said by options of import: {typed}")
            raise
        deliver(answer)
        return
    for path in create(folder, given):
        click.echo(str(path))
    tell(f"Now edit them. See: softpower check {folder}")
