"""All pages of the guide in their order, and what a person means who names a topic."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import click

from softpower.errors import UsageError, did_you_mean
from softpower.guide.commands import command_pages, options_page
from softpower.guide.folder import declaration_page, indicators_page
from softpower.guide.ipynb import notebook_pages
from softpower.guide.library import library_page
from softpower.guide.methods import method_pages, settings_page
from softpower.guide.page import KINDS, Page, stored


class Topic(NamedTuple):
    """What a page, or a section of one, is about."""

    address: str
    names: tuple[str, ...]
    text: str


def all_pages(group: click.Group) -> list[Page]:
    """Return the pages that are stored and those that the classes say, by kind.

    Within a kind those named as a command come first, in the order in which people ask.
    """
    said = [
        *(declaration_page(), indicators_page(), library_page(), options_page(group)),
        *(settings_page(), *command_pages(group), *method_pages()),
    ]
    kinds, commands = list(KINDS), list(group.commands)

    def place(page: Page) -> tuple[int, int]:
        asked = commands.index(page.name) if page.name in commands else len(commands)
        return kinds.index(page.kind), asked

    return sorted([*stored(), *notebook_pages(), *said], key=place)


def topics(pages: list[Page]) -> Iterator[Topic]:
    """Yield what the guide has something on: pages first, then their sections."""
    for page in pages:
        yield Topic(page.address, (*_ends(page.address), page.title), page.text)
    for page in pages:
        for section in page.sections:
            address = f"{page.address}#{section.anchor}"
            names = (*_ends(address), *(section.names if page.topics else ()))
            text = f"{section.text}\n*From: {page.title} ({page.address})*\n"
            yield Topic(address, names, text)


def _ends(address: str) -> list[str]:
    """Return an address without more and more of its folders."""
    parts = address.split("/")
    return ["/".join(parts[at:]) for at in range(len(parts))]


def find(words: str, pages: list[Page]) -> list[Topic]:
    """Return the topics of a name, that which is likelier meant first.

    A word out of one name alone will do, such as that of who found a measure.

    Raises
    ------
    UsageError
        If there is none; it names the nearest, or the pages that speak of it.
    """
    every = list(topics(pages))
    found = [each for each in every if _key(words) in map(_key, each.names)]
    if found:
        return found
    known = [name for each in every for name in each.names if "#" not in name and "/" not in name]
    within = [name for name in known if len(words) > 2 and _has(name, words)]
    if len({*map(_key, within)}) == 1:
        return [each for each in every if within[0] in each.names]
    mend = did_you_mean(words, known)
    if within:
        mend = f"Did you mean {' or '.join(dict.fromkeys(within[:5]))}?"
    spoken = [page.address for page in pages if _speaks(page, words)]
    if spoken and len(words) > 2:
        mend = f"{mend} It is spoken of in: {', '.join(spoken[:5])}.".strip()
    raise UsageError(
        f"The guide has no page on {words!r}.", mend=mend or "Its pages: softpower guide"
    )


def _key(name: str) -> str:
    """Return a name without what people write in several ways."""
    plain = name.casefold().removeprefix("./").removesuffix(".md").replace("ize", "ise")
    return re.sub(r"[\s_-]+", "-", re.sub(r"['’]s\b", "", plain)).strip("-?[]")


def _has(name: str, words: str) -> bool:
    """Return whether words are some of those of a name."""
    return f"-{_key(words)}-" in f"-{_key(name)}-"


def _speaks(page: Page, words: str) -> bool:
    """Return whether whole words are somewhere on a page."""
    whole = rf"(?<!\w){re.escape(words)}(?!\w)"
    return re.search(whole, page.text, flags=re.IGNORECASE) is not None


def front(pages: list[Page]) -> Topic:
    """Return the first page, with the list of all pages by kind in front of what it says."""
    (index,) = (page for page in pages if page.address == "index")
    title, _, rest = index.text.partition("\n")
    parts = [
        f"## {named}\n\n"
        + "\n".join(f"- `{p.address}` {p.title}" for p in pages if p.kind == kind and p != index)
        for kind, named in KINDS.items()
    ]
    return Topic("index", (), "\n\n".join([title, *parts, rest.strip()]) + "\n")
