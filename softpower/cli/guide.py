"""``softpower guide``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from softpower.cli import complete
from softpower.cli.browser import show_page
from softpower.cli.command import Command, option, tell
from softpower.cli.options import OUTPUT

if TYPE_CHECKING:
    from softpower.guide.contents import Topic
    from softpower.guide.page import Page


@click.command(
    cls=Command,
    short_help="Read the guide.",
    context_settings={"ignore_unknown_options": True},
    examples=(
        "softpower guide",
        "softpower guide robustness",
        "softpower guide winsorise",
        "softpower guide --top",
        "softpower guide three-files -o lesson",
    ),
)
@click.argument(
    "topic",
    metavar="[TOPIC]",
    nargs=-1,
    shell_complete=complete.topics,
    help="A page, or a word: a method, a setting, a command, an option, a term of the field or the "
    "address that a message ends with; the list of pages without it.",
)
@option("--open", "opened", is_flag=True, help="Open the guide, or the page, in the browser.")
@option(
    "-o",
    "--output",
    metavar="FOLDER",
    type=click.Path(path_type=Path),
    group=OUTPUT,
    help="Write the whole guide to a new folder, for a browser, which needs no network; of a TOPIC "
    "the files that its page goes with.",
)
def guide(topic: tuple[str, ...], opened: bool, output: Path | None) -> None:
    """Read the guide: a page of it here, or all of it in the browser."""
    from softpower.guide.contents import all_pages, find, front

    if output is not None and opened:
        raise click.UsageError("--open keeps the guide where it is kept; leave out -o or --open.")
    group = click.get_current_context().find_root().command
    assert isinstance(group, click.Group)  # noqa: S101  every command is in one
    pages = all_pages(group)
    found = find(" ".join(topic), pages) if topic else [front(pages)]
    if output is not None and topic:
        _hand_out(found[0], output)
    elif output is not None:
        _build(pages, output)
        tell(f"Written to {output}. Begin with {output / 'index.html'}")
    elif not opened:
        _print(found[0])
    if others := [each.address for each in found[1:]]:
        tell(f"note: This is {found[0].address}. The word has also: {', '.join(others)}")
    if opened:
        _open(pages, found[0].address)


def _hand_out(topic: Topic, folder: Path) -> None:
    """Write the files that a page goes with to a new folder, and say which."""
    from softpower.guide.page import handed_out
    from softpower.index.writing import write_folder

    if not (files := handed_out(topic.text)):
        raise click.UsageError(f"{topic.address} goes with no files; -o alone writes the guide.")
    for path in write_folder(folder, files):
        tell(f"Written to {path}")


def _build(pages: list[Page], folder: Path) -> None:
    from softpower.guide.site import build, sphinx_is_there
    from softpower.index.writing import refuse_taken

    sphinx_is_there()
    refuse_taken(folder)
    if sys.stderr.isatty():
        tell("Building the guide, which takes some seconds.")
    build(pages, folder)


def _open(pages: list[Page], topic: str) -> None:
    from softpower.guide.site import cached, page_address

    folder = cached(pages)
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        _build(pages, folder)
    show_page(page_address(folder, topic))


def _print(topic: Topic) -> None:
    from softpower.render.streams import print_text

    text = topic.text
    if sys.stdout.isatty():
        import shutil

        from softpower.guide.terminal import shown

        text = shown(text, topic.address, shutil.get_terminal_size().columns)
    print_text(text, sys.stdout)
