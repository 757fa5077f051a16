"""A report as one page that needs nothing else: no script, no fonts, no network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import escape as escape_html
from urllib.parse import quote

from softpower.answer import Answer, Table
from softpower.charts import Chart
from softpower.document import Credit, Document, Exhibit, Section
from softpower.render.cells import line, uncoded
from softpower.render.delimited import to_csv
from softpower.render.direction import isolated
from softpower.render.documents.style import STYLE, running
from softpower.render.figures import svg_of
from softpower.render.html import grid, listed
from softpower.render.page import HEAD, escape
from softpower.render.tabled import chart_table, is_empty

Draw = Callable[[Chart], str]

_SPARE = re.compile("</(?:td|th|tr|thead|tbody)>\n?")
"""The ends of what ends where the next of its kind begins, or its table does."""

_PLAIN = "/,;:@!$'()*+=?&-._~"
"""What may stand in an address as it is; ``&`` is then written as in every attribute."""


def to_page(document: Document, draw: Draw | None = None) -> str:
    """Return a report as a page of HTML.

    Parameters
    ----------
    document
        The report.
    draw
        Draws a chart as an element of the page; as SVG in the colours of the page by default.
    """
    page = _Page(draw or svg_of)
    body = _SPARE.sub("", "\n".join(page.body(document)))
    title = escape_html(line(document.title).strip()) or "softpower"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{HEAD}\n<title>{title}</title>\n'
        f"<style>\n{STYLE}{running(document.title)}</style>\n</head>\n<body>\n{body}\n</body>\n"
        "</html>\n"
    )


class _Page:
    """What is written of a report, with a number for each table that unfolds."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.count = 0

    def body(self, document: Document) -> Iterator[str]:
        """Yield the elements of the page in order."""
        yield '<a class="skip" href="#content">Skip to the report</a>'
        yield f"<header><h1>{escape(document.title)}</h1>"
        yield f'<p class="lead">{escape(document.lead)}</p>{grid(document.facts)}</header>'
        yield '<nav aria-labelledby="contents"><h2 id="contents">What this report says</h2><ol>'
        for section in document.sections:
            link = f'<a href="#{_anchor(section)}">{escape(section.heading)}</a>'
            yield f"<li>{link}<p>{escape(section.says)}</p></li>"
        yield '</ol></nav>\n<main id="content">'
        for section in document.sections:
            yield from self.section(section, 2)
        yield from self.end(document)
        yield "</main>"

    def end(self, document: Document) -> Iterator[str]:
        """Yield what a machine needs to repeat the report, and what it lacks."""
        if document.notes:
            yield f'<section class="notes"><h2>Not in this report</h2>{listed(document.notes)}'
            yield "</section>"
        text = json.dumps(dict(document.provenance), ensure_ascii=False, indent=2)
        lines = "\n".join(map(escape, text.split("\n")))
        yield (
            '<details class="screen"><summary>Provenance, for a machine</summary>'
            f'<pre tabindex="0">{lines}</pre></details>'
        )

    def section(self, section: Section, level: int) -> Iterator[str]:
        """Yield a section with those within it."""
        heading = f"<h{level}>{escape(section.heading)}</h{level}>"
        says = f'<p class="says">{escape(section.says)}</p>' if section.says else ""
        if section.folded:
            look = "fold" if section.printed else "fold screen"
            yield f'<details id="{_anchor(section)}" class="{look}"><summary>{heading}</summary>'
            yield says
        else:
            yield f'<section id="{_anchor(section)}">{heading}{says}'
        for part in section.parts:
            if isinstance(part, str):
                yield f"<p>{escape(part)}</p>"
            else:
                yield from self.exhibit(part, level + 1)
        if section.notes:
            yield f'<div class="notes">{listed(section.notes)}</div>'
        for inner in section.sections:
            yield from self.section(inner, level + 1)
        yield "</details>" if section.folded else "</section>"

    def exhibit(self, exhibit: Exhibit, level: int) -> Iterator[str]:
        """Yield a table or a chart with what stands beneath it."""
        shown = exhibit.shown
        title = f"<h{level}>{escape(shown.title)}</h{level}>" if shown.title else ""
        if not isinstance(shown, Table):
            if not is_empty(shown):
                name = escape_html(isolated(line(shown.title)))
                yield f'<figure class="chart"><figcaption>{title}</figcaption>'
                yield f'<div tabindex="0" role="group" aria-label="{name}">{self.draw(shown)}</div>'
                yield from self.beneath(shown, exhibit.credit)
                yield "</figure>"
            return
        table = printable(shown)
        yield f'<div class="exhibit">{title}'
        if exhibit.folded:
            self.count += 1
            name = f"all-{self.count}"
            whole = "" if exhibit.whole else " screen"
            yield (
                f'<input class="unfold" type="checkbox" id="{name}"><label for="{name}">'
                f"All {len(table.rows)} rows</label>"
            )
            yield f'<div class="rows{whole}">{grid(table, exhibit.first)}</div>'
            if not exhibit.whole:
                yield (
                    f'<p class="print">The first {exhibit.first} of {len(table.rows)} rows; the '
                    "page and the command below have all.</p>"
                )
        else:
            yield grid(table)
        if table.notes:
            yield f'<div class="notes">{listed(table.notes)}</div>'
        if exhibit.credit is not None:
            yield f'<p class="credit">{_command(exhibit.credit)} · {_csv(shown)}</p>'
        yield "</div>"

    def beneath(self, chart: Chart, credit: Credit | None) -> Iterator[str]:
        """Yield what stands beneath a chart: its source, and its figures."""
        figures = chart_table(chart)
        if chart.caption and credit is None:
            yield f'<p class="caption">{escape(chart.caption)}</p>'
        if credit is not None:
            yield (
                f'<p class="credit">Source: {escape(credit.source)} ({escape(credit.date)}). '
                f"Licence: {escape(credit.licence)} {_command(credit)} · {_csv(figures)}</p>"
            )
        table = replace(figures, title=f"Figures of: {chart.title}", notes=())
        yield f'<details class="figures screen"><summary>Its figures</summary>{grid(table)}'
        yield "</details>"


def printable(table: Table) -> Table:
    """Return a table without the columns that are too much to read."""
    table = uncoded(table)
    kept = [at for at, column in enumerate(table.columns) if not column.detail]
    columns = tuple(table.columns[at] for at in kept)
    return replace(
        table, columns=columns, rows=tuple(tuple(row[at] for at in kept) for row in table.rows)
    )


def _anchor(section: Section) -> str:
    """Return the name of a section as an address within the page has it."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in section.name)


def _command(credit: Credit) -> str:
    return f"Command: <code>{escape(credit.command)}</code>"


def _csv(table: Table) -> str:
    """Return a link by which the figures of a table are saved as csv, from the page itself."""
    text = to_csv(Answer(table.title, (table,)))
    name = escape_html(f"{line(table.name)}.csv")
    address = escape_html(f"data:text/csv;charset=utf-8,{quote(text, _PLAIN)}")
    return f'<a class="screen" download="{name}" href="{address}">Figures as csv</a>'
