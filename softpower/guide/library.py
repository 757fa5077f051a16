"""The page about the library, as the docstrings of its names say it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import softpower
from softpower.guide.page import Page

LISTED = {"Parameters", "Returns", "Raises", "Attributes", "Yields"}
"""Parts of a docstring that are lists of names and what is said of each."""


def library_page() -> Page:
    """Return the page of all that ``import softpower`` offers."""
    text = [
        "# The library",
        "What `import softpower` offers. A question has the words of its command.",
    ]
    for name in softpower.__all__:
        if name != "__version__":
            text += [f"## `softpower.{name}`", *_said(name)]
    return Page("reference/library", "\n\n".join(text) + "\n", topics=True)


def _said(name: str) -> Iterator[str]:
    about = getattr(softpower, name)
    if inspect.isfunction(about):
        signature = inspect.signature(about)
        words = ", ".join(map(_parameter, signature.parameters.values()))
        yield f"```python\nsoftpower.{name}({words})\n```"
    parts = re.split(r"\n(\w[\w ]*)\n-{3,}\n", "\n" + (inspect.getdoc(about) or ""))
    yield _plain(parts[0])
    for title, text in zip(parts[1::2], parts[2::2], strict=True):
        yield f"**{title}**"
        if title == "Examples":
            yield f"```pycon\n{text.strip()}\n```"
        else:
            yield "\n".join(_listed(text)) if title in LISTED else _plain(text)


def _parameter(parameter: inspect.Parameter) -> str:
    """Return a parameter with its default, without its type."""
    if parameter.default is parameter.empty:
        return parameter.name
    default = "..." if callable(parameter.default) else repr(parameter.default)
    return f"{parameter.name}={default}"


def _listed(text: str) -> Iterator[str]:
    """Yield a line of a list for each name of a part of a docstring."""
    for entry in re.split(r"\n(?=\S)", text.strip("\n")):
        name, _, said = entry.partition("\n")
        yield f"- `{name.strip()}`: {_plain(said)}" if said else f"- {_plain(name)}"


def _plain(text: str) -> str:
    """Return paragraphs of a docstring, one line each, in Markdown."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(text))
    joined = (re.sub(r"\s+", " ", each).strip() for each in paragraphs)
    return "\n\n".join(re.sub(r":\w+:`~?([^`]+)`", r"`\1`", p).replace("``", "`") for p in joined)
