"""A page as a terminal shows it, and links that can be typed."""

from __future__ import annotations

import io
import posixpath
import re
from typing import ClassVar

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement
from rich.text import Text
from rich.theme import Theme

WIDEST = 100
"""Prose is not set wider, however wide the terminal is."""

STYLES = Theme(
    {
        "markdown.code": "bold",
        "markdown.h2": "bold",
        "markdown.h3": "bold",
        "markdown.item.bullet": "none",
        "markdown.link": "none",
        "markdown.link_url": "none",
    }
)

_LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")


class _Title(Heading):
    """A heading at the left."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        self.text.justify = "left"
        self.text.stylize("bold underline" if self.tag == "h1" else "bold")
        yield self.text


class _Block(CodeBlock):
    """An example as it is, however wide it is."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del console, options
        shown = Text(str(self.text).rstrip(), no_wrap=True, overflow="ignore")
        shown.highlight_regex(r"(?m)^(\$|>>>) .*$", "bold")
        yield shown


class _Page(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Title,
        "fence": _Block,
        "code_block": _Block,
    }


def shown(text: str, address: str, width: int) -> str:
    """Return Markdown as a terminal shows it.

    Parameters
    ----------
    text
        The page, or a section of it.
    address
        Where it is in the guide; its links are relative to that.
    width
        Of the terminal, in columns.
    """
    plain = re.sub(r"</?details>\n?", "", text)
    plain = re.sub(r"<summary>(.*?)</summary>", r"**\1**", plain)
    plain = _LINK.sub(lambda link: _typed(link, address), plain)
    console = Console(
        file=io.StringIO(), force_terminal=True, width=min(width, WIDEST), theme=STYLES
    )
    console.print(_Page(plain, hyperlinks=False), crop=False)
    lines = console.file.getvalue().splitlines()  # type: ignore[attr-defined]
    return "\n".join(line.rstrip() for line in lines).strip("\n") + "\n"


def _typed(link: re.Match[str], address: str) -> str:
    """Return what a link says, and in brackets what opens it behind ``softpower guide``."""
    picture, words, to = link.groups()
    if picture:
        return f"*[Picture: {words}]*"
    if "://" in to:
        return f"{words} ({to})"
    page, _, anchor = to.partition("#")
    if page and not page.endswith(".md"):
        return words
    folder = posixpath.dirname(address)
    name = posixpath.normpath(posixpath.join(folder, page.removesuffix(".md"))) if page else address
    return f"{words} (`{name}{f'#{anchor}' if anchor else ''}`)"
