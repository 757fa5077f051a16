"""What the change log says of numbers and words that a later release prints otherwise.

An entry of ``softpower/guide/changes.md`` is an item under the heading of a version. One that
changes what comes out ends in a mark that a page does not show::

    - robustness draws ... <!-- numbers: robustness sensitivity -->
    - Tables say ... <!-- words: all -->
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from importlib.resources import files
from typing import NamedTuple

ALL = "all"

_VERSION = re.compile(r"^## (\d+(?:\.\d+)*)")
_MARK = re.compile(r"<!-- *(numbers|words): *([a-z -]+?) *-->")


class Change(NamedTuple):
    """One entry that changes what some commands print."""

    version: str
    what: str
    kind: str
    """``numbers`` or ``words``."""
    commands: frozenset[str]

    def concerns(self, command: str) -> bool:
        """Say whether it changes what a command prints."""
        return bool(self.commands & {command, ALL})


def change_log() -> str:
    """Return the text of the change log."""
    return files("softpower").joinpath("guide/changes.md").read_text(encoding="utf-8")


def changes_between(before: str, now: str, text: str | None = None) -> list[Change]:
    """Return the marked changes of the versions after one and up to another, latest first."""
    found = _changes(change_log() if text is None else text)
    return [each for each in found if ordered(before) < ordered(each.version) <= ordered(now)]


def ordered(version: str) -> tuple[int, ...]:
    """Return a version as numbers by which versions stand in order."""
    numbers = [int(part) for part in re.findall(r"\d+", version)[:3]]
    return tuple([*numbers, 0, 0, 0][:3])


def explaining(changes: Collection[Change], command: str) -> list[Change]:
    """Return the changes that concern a command, of numbers first."""
    return sorted((each for each in changes if each.concerns(command)), key=lambda each: each.kind)


def _changes(text: str) -> Iterator[Change]:
    version = ""
    for block in re.split(r"\n(?=- |## )", text):
        if heading := _VERSION.match(block):
            version = heading[1]
        for kind, commands in _MARK.findall(block):
            what = " ".join(_MARK.sub("", block).removeprefix("- ").split())
            yield Change(version, what, kind, frozenset(commands.split()))
