"""Runs a command as an 80-column terminal would, for the README and its test."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from itertools import takewhile
from pathlib import Path
from unittest import mock

from softpower.cli import main

README = Path(__file__).parents[2] / "README.md"
TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "xterm"}


def sections(text: str) -> dict[str, str]:
    """Return what is below each heading of a page, by the heading."""
    parts = re.split(r"^(#{2,3} .*)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def within(of: str, below: dict[str, str]) -> list[str]:
    """Return the headings of the parts of a section, in their order."""
    headings = list(below)
    after = headings[headings.index(f"## {of}") + 1 :]
    return list(takewhile(lambda each: each.startswith("### "), after))


def link(heading: str) -> str:
    """Return a link to a heading of the same page."""
    title = heading.lstrip("# ")
    anchor = re.sub(r"[^\w -]", "", title).lower().replace(" ", "-")
    return f"[{title}](#{anchor})"


def contents(of: str = "") -> None:
    """Print links to the sections of the README, or to the parts of one with their commands."""
    below = sections(README.read_text(encoding="utf-8"))
    if not of:
        print(" ·\n".join(link(each) for each in below if each.startswith("## ")))  # noqa: T201
    for heading in within(of, below) if of else ():
        asked = re.findall(r"^(?:\$ )?softpower (\w+)", below[heading], flags=re.MULTILINE)
        print(f"- {link(heading)} " + ", ".join(f"`{each}`" for each in dict.fromkeys(asked)))  # noqa: T201


class Terminal(io.TextIOWrapper):
    """A stream that says it is a terminal."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", write_through=True)

    def isatty(self) -> bool:
        return True

    def text(self) -> str:
        self.flush()
        return self.buffer.getvalue().decode()  # type: ignore[attr-defined]


def run(command: str) -> tuple[str, int]:
    """Return what a terminal shows after a command, stdout before stderr, and the status."""
    program, *words = shlex.split(command, comments=True)
    if program != "softpower":
        raise ValueError(f"{command!r} is not a command of ours")
    out, err = Terminal(), io.StringIO()  # a bar would show how fast this machine is
    status = 0
    with (
        mock.patch.dict(os.environ, TERMINAL),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            status = main.main(words, prog_name="softpower", standalone_mode=False) or 0
        except SystemExit as stop:
            status = int(stop.code or 0)
    return out.text() + err.getvalue(), status


def console(command: str, *, head: int | None = None, since: str = "") -> None:
    """Print a command and what it shows as a block of Markdown, perhaps only a part of it.

    ``head`` keeps so many lines; ``since`` drops those above the line that starts with it.
    """
    lines = run(command)[0].rstrip().splitlines()
    if since:
        at = next(n for n, line in enumerate(lines) if line.startswith(since))
        lines = ["...", *lines[at:]]
    if head is not None and len(lines) > head:
        lines = [*lines[:head], "..."]
    print("```console", f"$ {command}", *lines, "```", sep="\n")  # noqa: T201
