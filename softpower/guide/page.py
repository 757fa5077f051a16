"""What a page of the guide is, and the pages that are stored beside this module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable

KINDS = {
    "tutorials": "Tutorials",
    "how-to": "How to",
    "explanation": "Explanation",
    "reference": "Reference",
    "reference/commands": "Commands",
    "reference/methods": "Methods",
    "": "More",
}
"""The titles of the kinds of pages, by the folder that they are in, in their order."""

_COG = re.compile(r"^<!-- (\[\[\[.*?\]\]\]|\w[^>]*) -->\n", flags=re.MULTILINE)
_HEADING = re.compile(r"(#{1,6}) (.*)\n?")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page with what is below it, down to the next of its level."""

    title: str
    text: str

    @property
    def names(self) -> list[str]:
        """The words that it is about: those in backticks, or the title between its commas."""
        return re.findall(r"`([^`]+)`", self.title) or self.title.split(", ")

    @property
    def anchor(self) -> str:
        """What stands behind ``#`` in a link to it."""
        return re.sub(r"[^\w -]", "", self.title).lower().replace(" ", "-")


@dataclass(frozen=True)
class Page:
    """A page of Markdown.

    Parameters
    ----------
    address
        Its folder and name, such as ``how-to/compare``.
    text
        Markdown whose first line is the title.
    topics
        Whether each of its sections is a topic of its own.
    """

    address: str
    text: str
    topics: bool = False

    @property
    def kind(self) -> str:
        """The folder that it is in."""
        return self.address.rpartition("/")[0]

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.address.rpartition("/")[2]

    @property
    def title(self) -> str:
        """The first line, without marks."""
        return self.text.partition("\n")[0].removeprefix("# ").replace("`", "")

    @cached_property
    def sections(self) -> list[Section]:
        """The sections below the title, whatever their level."""
        headings = [each for each in _headings(self.text) if each[1] > 1]
        found = []
        for at, (start, level, title) in enumerate(headings):
            later = (begin for begin, depth, _ in headings[at + 1 :] if depth <= level)
            end = next(later, len(self.text))
            found.append(Section(title, self.text[start:end].rstrip() + "\n"))
        return found


def _headings(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each heading of a text is, its level and its title."""
    at = 0
    fence = ""
    for line in text.splitlines(keepends=True):
        mark = re.match(r"`{3,}", line)
        if mark and (not fence or line.strip() == fence):
            fence = "" if fence else mark[0]
        elif not fence and (heading := _HEADING.fullmatch(line)):
            yield at, len(heading[1]), heading[2].strip()
        at += len(line)


def stored() -> list[Page]:
    """Return the pages that are stored, by their addresses."""
    found = []
    for address, file in sorted(_files(files("softpower.guide"), "")):
        text = _COG.sub("", file.read_text(encoding="utf-8"))
        topics = address.startswith("reference/") or address == "explanation/glossary"
        found.append(Page(address, text, topics=topics))
    return found


def _files(folder: Traversable, above: str) -> Iterator[tuple[str, Traversable]]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _files(each, f"{above}{each.name}/")
        elif each.name.endswith(".md"):
            yield above + each.name.removesuffix(".md"), each


def attached() -> dict[str, bytes]:
    """Return the pictures and files that pages link to, by their addresses."""
    return {
        f"{folder}/{each.name}": each.read_bytes()
        for folder in ("files", "notebooks", "pictures")
        for each in (files("softpower.guide") / folder).iterdir()
    }


def handed_out(text: str) -> dict[str, bytes]:
    """Return the files that a text links to for its reader to work with, by their names."""
    linked = re.findall(r"\]\((?:\.\./)*((?:files|notebooks)/[^)\s]+)\)", text)
    return {
        address.rpartition("/")[2]: (files("softpower.guide") / address).read_bytes()
        for address in linked
    }
