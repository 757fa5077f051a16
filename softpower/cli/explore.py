"""``softpower explore``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from softpower.cli.browser import show_page
from softpower.cli.command import Command, option, tell
from softpower.cli.forms import File
from softpower.cli.options import OUTPUT, SHOW, change_options, run_argument
from softpower.cli.request import Request
from softpower.cli.steps import load


def _writable(ctx: click.Context, param: click.Parameter, output: Path | None) -> Path | None:
    """Refuse a file that is no page, or cannot be written, before any work is done for it."""
    if output is not None and not ctx.resilient_parsing:
        from softpower.index.own import refuse_own
        from softpower.render.files import refuse_unwritable

        if output.suffix.lower() not in {".html", ".htm"}:
            page = output.with_suffix(".html")
            raise click.BadParameter(f"a page ends in .html: -o {page}", ctx, param)
        refuse_unwritable(output)
        refuse_own(output)
    return output


@click.command(
    cls=Command,
    examples=(
        "softpower explore open-soft-power -o explore.html",
        "softpower explore hdi-2022 --set aggregate=arithmetic -o explore.html",
    ),
)
@run_argument
@option(
    "-o",
    "--output",
    metavar="FILE",
    type=File(),
    callback=_writable,
    group=OUTPUT,
    help="The page to write; without it, the page is printed.",
)
@option("--open", "opened", is_flag=True, group=OUTPUT, help="Show the page in the browser.")
@option(
    "--tiers",
    is_flag=True,
    group=SHOW,
    help="Groups that standard errors of figures do not tell apart, at 95 %.",
)
@change_options
def explore(request: Request, run: str, output: Path | None, opened: bool, tiers: bool) -> None:
    """Make a page to play with an index.

    Weights, methods and what is left out can be changed there, and the ranking follows. It is one
    file that works from disk, without a network, and says the command that gives the same scores.
    """
    from softpower.api.exploring import explore
    from softpower.cli.wording import in_options
    from softpower.render.explore import to_page

    if output is None and not opened and sys.stdout.isatty():
        raise click.UsageError("Say where the page is to go: -o explore.html, or --open.")
    found = explore(load(run, **request.change), tiers=tiers)
    page = to_page(found.title, found.data)
    target = output or (_own_file() if opened else None)
    _deliver(page, target)
    for note in found.notes:
        tell(f"note: {in_options(note)}")
    if opened and target is not None:
        show_page(target.resolve().as_uri())


def _deliver(page: str, target: Path | None) -> None:
    """Write the page to where it is to go, or print it."""
    if target is None:
        click.echo(page, nl=False)
        return
    from softpower.render.files import write_whole

    write_whole(target, page.encode())
    tell(f"Written to {target}")


def _own_file() -> Path:
    """Return a file for a page that nobody gave a name."""
    import tempfile

    return Path(tempfile.mkdtemp(prefix="softpower-")) / "explore.html"
