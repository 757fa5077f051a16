"""Showing a page in the browser of the person who asked."""

from __future__ import annotations

import click

from softpower.cli.command import tell
from softpower.cli.steps import NO


def show_page(address: str) -> None:
    """Open the page of an address in the browser.

    The exit status is that of ``NO`` if none could be started, for less was done than was asked.
    """
    import webbrowser

    tell(f"Opening {address}")
    if not webbrowser.open(address):
        tell(f"No browser could be started. The page is there: {_path(address)}")
        click.get_current_context().exit(NO)


def _path(address: str) -> str:
    """Return the file of an address, without the place in it."""
    from urllib.parse import urlsplit
    from urllib.request import url2pathname

    return url2pathname(urlsplit(address).path)
