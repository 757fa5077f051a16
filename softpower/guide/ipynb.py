"""Pages that are notebooks: what their cells say, hold and show."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.resources import files
from itertools import zip_longest
from typing import Any

from softpower.guide.page import Page


def notebook_pages() -> list[Page]:
    """Return a page for each notebook of the guide."""
    folder = files("softpower.guide") / "notebooks"
    found = (each for each in folder.iterdir() if each.name.endswith(".ipynb"))
    return [
        _page(each.name.removesuffix(".ipynb"), json.loads(each.read_text(encoding="utf-8")))
        for each in sorted(found, key=lambda each: each.name)
    ]


def _page(name: str, notebook: dict[str, Any]) -> Page:
    parts = [part for cell in notebook["cells"] for part in _cell(cell)]
    return Page(f"tutorials/{name}-notebook", "\n\n".join(parts) + "\n")


def _cell(cell: dict[str, Any]) -> Iterator[str]:
    """Yield a cell as Markdown, with the text of what it shows."""
    source = "".join(cell["source"]).strip()
    if cell["cell_type"] == "markdown":
        yield source
    elif source:
        yield f"```python\n{source}\n```"
        for output in cell.get("outputs", ()):
            if text := _shown(output):
                yield f"```text\n{text}\n```"


def _shown(output: dict[str, Any]) -> str:
    """Return what a cell shows as text: its tables, where it is an answer or a part of one."""
    data = output.get("data", {})
    html = "".join(data.get("text/html", ""))
    if html.startswith('<div class="softpower">'):
        return "\n\n".join(map(_aligned, _Tables(html).tables))
    return "".join(data.get("text/plain") or output.get("text", "")).rstrip()


class _Tables(HTMLParser):
    """Collects the cells of tables, by row, but for those that are only to be seen."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.within = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in {"td", "th"} and ("aria-hidden", "true") not in attrs:
            self.tables[-1][-1].append("")
            self.within = True

    def handle_endtag(self, tag: str) -> None:
        self.within = self.within and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self.within:
            self.tables[-1][-1][-1] += data


def _aligned(rows: list[list[str]]) -> str:
    """Return rows of cells as text, figures at the right."""
    widest = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(size) if cell[:1] in "+−-–0123456789" else cell.ljust(size)
            for cell, size in zip(row, widest, strict=False)
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
