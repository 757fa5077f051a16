"""``softpower check``."""

from __future__ import annotations

from pathlib import Path

import click

from softpower.cli import complete
from softpower.cli.command import Command, tell
from softpower.cli.options import deliver, output_options


@click.command(cls=Command, examples=("softpower check my-index", "softpower check hdi-2022"))
@click.argument(
    "index",
    shell_complete=complete.indices,
    help="The path of an index folder, or a shipped index.",
)
@output_options
def check(index: str, form: str | None, output: Path | None) -> None:
    """Find everything that is wrong with an index folder.

    Each problem comes with its file, row or key, and how to mend it. The exit status is 1 if
    there is an error, 0 if there are only warnings.
    """
    from softpower.api.ranking import check

    answer = check(index)
    if form == "csv" or output is not None:
        tell(answer.title)
    deliver(answer, form, output, no=1)
