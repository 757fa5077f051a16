"""Runs a command as an 80-column terminal would, for the README, the guide and their test."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from softpower.cli import main

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "softpower" / "guide"
PICTURES = GUIDE / "pictures"
PAGES = [ROOT / "README.md", *sorted(GUIDE.rglob("*.md"))]
BLOCK = re.compile(r"<!-- \[\[\[cog .*?<!-- \[\[\[end\]\]\] -->\n", flags=re.DOTALL)
TERMINAL = {"COLUMNS": "80", "NO_COLOR": "1", "TERM": "xterm"}


def prose(text: str) -> str:
    """Return what is said on a page between its examples."""
    return re.sub(r"<!--.*?-->|^```.*?^```$|`.*?`", "", text, flags=re.DOTALL | re.MULTILINE)


def printed(text: str) -> str:
    """Return what the examples of a page print."""
    return "".join(re.findall(r"^```.*?^```$", text, flags=re.DOTALL | re.MULTILINE))


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
    return _run_in(Path.cwd(), command)


@cache
def _run_in(folder: Path, command: str) -> tuple[str, int]:
    del folder  # two pages may show more and less of one answer, but not of one in another folder
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
            main.main(words, prog_name="softpower")
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


def among(files: dict[str, str], command: str, **part: Any) -> None:
    """Print a command as ``console`` does, in a folder that has these files."""
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        for name, text in files.items():
            path = Path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        console(command, **part)


def tables(*commands: str) -> None:
    """Print which tables the JSON of each command has, with the keys of their columns."""
    for command in commands:
        answer = _json(command)
        print(f"```sh\n{command}\n```\n")  # noqa: T201
        for name, table in answer["tables"].items():
            listed = ", ".join(f"`{column['key']}`" for column in table["columns"])
            print(f"- `{name}`: {listed}")  # noqa: T201
        print()  # noqa: T201


def keys(command: str, part: str) -> None:
    """Print the keys of a part of the JSON of a command."""
    print(", ".join(f"`{key}`" for key in _json(command)[part]))  # noqa: T201


def _json(command: str) -> dict[str, Any]:
    """Return the JSON of a command."""
    shown, _ = run(command if "-f json" in command else f"{command} -f json")
    answer: dict[str, Any] = json.JSONDecoder().raw_decode(shown)[0]
    return answer


def picture(command: str, seen: str, folder: str = "pictures") -> None:
    """Draw the picture that a command writes to NAME.svg, and print it with the command below.

    ``seen`` says what is to be seen, for those who cannot; ``folder`` is where pictures are for
    the page.
    """
    (name,) = re.findall(r"-o (\S+\.svg)", command)
    shown, status = run(command.replace(name, str(PICTURES / name)))
    if status:
        raise ValueError(shown)
    print(f"![{seen}]({folder}/{name})", "", "```console", f"$ {command}", "```", sep="\n")  # noqa: T201
