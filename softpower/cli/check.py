"""``softpower check``."""

from __future__ import annotations

import click

from softpower.cli import complete
from softpower.cli.command import Command, tell
from softpower.cli.options import output_options
from softpower.cli.request import Request
from softpower.cli.steps import deliver


@click.command(
    cls=Command,
    short_help="Find everything that is wrong with an index.",
    examples=("softpower check my-index", "softpower check hdi-2022"),
)
@click.argument(
    "index",
    shell_complete=complete.indices,
    help="The path of an index folder or of a workbook, or a shipped index.",
)
@output_options
def check(request: Request, index: str) -> None:
    """Find everything that is wrong with an index, in a folder or a workbook.

    Each problem comes with its file or sheet, row or key, and how to mend it. The exit status is
    1 if there is an error, 0 if there are only warnings.
    """
    from softpower.api.ranking import check

    answer = check(index)
    if request.output.get("form") == "csv" or "output" in request.output:
        tell(answer.title)
    deliver(answer, **request.output, no=1)
