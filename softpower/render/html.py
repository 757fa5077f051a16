"""An answer as one page that needs nothing else: no script, no fonts, no network."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from html import escape as escape_html

from softpower.answer import Answer, Cell, Table
from softpower.charts import Chart
from softpower.render.cells import FIGURE_SPACE, heading, is_right, line, printed, shares, uncoded
from softpower.render.figures import svg_of
from softpower.render.fit import PROSE
from softpower.render.page import HEAD, STYLE, escape
from softpower.render.tabled import is_empty
from softpower.render.widths import width

_FEW, _MANY, _MOST = 3, 8, 12
"""Tables of more columns than a narrow screen, a page and a page in small type have room for."""

_APART = "softpower"
"""The class of a part of a page with a style of its own."""

_OUTER = re.compile(r"(?<![\w.-])(?::root|body)(?= \{)")
"""What in the style of a page is the page itself."""


def to_html(answer: Answer) -> str:
    """Return an answer as a page with all its tables, charts and notes, and its provenance."""
    body = [f"<h1>{escape(answer.title)}</h1>", *_parts(answer)]
    if answer.provenance:
        text = json.dumps(dict(answer.provenance), ensure_ascii=False, indent=2)
        body.append(
            "<details><summary>Provenance</summary>\n<pre>"
            + "\n".join(escape(part) for part in text.split("\n"))
            + "</pre></details>"
        )
    title = escape_html(line(answer.title).strip()) or "softpower"
    content = "\n".join(body)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{HEAD}\n<title>{title}</title>\n'
        f"<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n{content}\n</main>\n</body>\n</html>\n"
    )


def to_fragment(answer: Answer) -> str:
    """Return an answer as a part of a page that has a style of its own, such as a notebook.

    It looks as on a page by itself, and nothing around it changes.
    """
    told = [table for table in answer.tables if not table.says_nothing]
    shown = replace(answer, tables=tuple(told))
    within = _OUTER.sub("&", STYLE)
    parts = [f"<h1>{escape(answer.title)}</h1>", *_parts(shown)]
    return "\n".join(
        [f'<div class="{_APART}">\n<style>\n.{_APART} {{\n{within}}}\n</style>', *parts, "</div>"]
    )


def _parts(answer: Answer) -> list[str]:
    """Return the tables, charts and notes."""
    body = [_table(uncoded(table), answer.title) for table in answer.tables]
    body += [figure(chart) for chart in answer.charts if not is_empty(chart)]
    if answer.notes:
        body.append(f'<section class="notes"><h2>Notes</h2>{listed(answer.notes)}</section>')
    return body


def figure(chart: Chart) -> str:
    """Return a chart with its title and caption as an element of a page."""
    out = [
        '<figure class="chart">',
        f"<figcaption><h2>{escape(chart.title)}</h2></figcaption>",
        f"<div>{svg_of(chart)}</div>",
    ]
    if chart.caption:
        out.append(f'<p class="caption">{escape(chart.caption)}</p>')
    return "\n".join([*out, "</figure>"])


def listed(notes: Iterable[str]) -> str:
    """Return notes as a list."""
    items = "".join(f"<li>{escape(note)}</li>" for note in notes)
    return f"<ul>{items}</ul>"


def _table(table: Table, page_title: str) -> str:
    parts = ['<section class="table">']
    if table.title and line(table.title) != line(page_title):
        parts.append(f"<h2>{escape(table.title)}</h2>")
    parts.append(grid(table))
    if table.notes:
        parts.append(f'<div class="notes">{listed(table.notes)}</div>')
    parts.append("</section>")
    return "\n".join(parts)


def grid(table: Table, first: int | None = None) -> str:
    """Return the rows of a table under its headings, in a box that scrolls if it has to.

    A table of long texts is of the class ``prose``, and its cells know their headings, so that a
    narrow screen may set them below each other. Rows beyond the ``first`` are of the class
    ``more``, those that others are indented below of the class ``top``. Cells are numbers unless
    they are of the class ``s``, a text on one line, or ``t``, one that may be longer.
    """
    texts = printed(table)
    bars = {
        at: lengths
        for at, column in enumerate(table.columns)
        if column.bar and (lengths := shares(table, at)) is not None
    }
    columns = enumerate(zip(*texts, strict=True))
    long = {at for at, cells in columns if max(map(width, cells)) > PROSE}
    prose = table.headed and bool(long) and (len(long) > 1 or len(table.columns) > _FEW)
    role = _roles(prose=prose)
    label = escape_html(line(table.title or table.name))
    box = f'<div class="scroll" role="group" aria-label="{label}" tabindex="0">'
    parts = [f"{box}<table{_class(_look(table, prose=prose))}{role('table')}>"]
    if table.headed:
        parts.append(_head(table, bars, role))
    parts.append(f"<tbody{role('rowgroup')}>")
    tree = any(map(_indented, table.rows))
    for number, row in enumerate(table.rows):
        cells = []
        for at, cell in enumerate(row):
            bare = texts[number][at].rstrip(" ")
            text = escape(bare) + FIGURE_SPACE * (len(texts[number][at]) - len(bare))
            if at == 0 and not table.headed:
                cells.append(f'<th scope="row">{text}</th>')
                continue
            kind = _class(_classes(table, at, cell, one_line=at not in long))
            above = f' data-h="{escape_html(heading(table.columns[at]))}"' if prose else ""
            cells.append(f"<td{kind}{role('cell')}{above}>{text}</td>")
            if at in bars:
                cells.append(_bar(bars[at][number]))
        names = ["more"] if first is not None and number >= first else []
        if tree and not _indented(row):
            names.append("top")
        parts.append(f"<tr{_class(' '.join(names))}{role('row')}>{''.join(cells)}</tr>")
    parts.append("</tbody></table></div>")
    return "\n".join(parts)


def _roles(*, prose: bool) -> Callable[[str], str]:
    """Return what says what an element is, where a style may take that from it."""
    return lambda name: f' role="{name}"' if prose else ""


def _look(table: Table, *, prose: bool) -> str:
    """Return the classes of a table."""
    if not table.headed:
        return "facts"
    count = len(table.columns)
    size = "widest" if count > _MOST else "wide" if count > _MANY else ""
    return " ".join(filter(None, (size, "prose" * prose)))


def _head(table: Table, bars: Mapping[int, list[float | None]], role: Callable[[str], str]) -> str:
    """Return the headings of a table."""
    cells = []
    for at, column in enumerate(table.columns):
        kind = _class("" if is_right(column) else "s")
        title = escape(heading(column))
        cells.append(f'<th scope="col"{kind}{role("columnheader")}>{title}</th>')
        if at in bars:
            cells.append('<td class="bar" aria-hidden="true"></td>')
    return f"<thead{role('rowgroup')}><tr{role('row')}>{''.join(cells)}</tr></thead>"


def _indented(row: tuple[Cell, ...]) -> bool:
    return isinstance(row[0], str) and row[0].startswith(" ")


def _classes(table: Table, at: int, cell: Cell, *, one_line: bool) -> str:
    column = table.columns[at]
    names = (
        [] if is_right(column) or (one_line and not table.headed) else ["s" if one_line else "t"]
    )
    if cell is None:
        names.append("missing")
    elif column.kind == "movement" and not isinstance(cell, str) and cell:
        names.append("up" if cell > 0 else "down")
    return " ".join(names)


def _class(names: str) -> str:
    return f' class="{names}"' if names else ""


def _bar(share: float | None) -> str:
    length = f'<span style="width:{100 * share:.2f}%"></span>' if share else ""
    return f'<td class="bar" aria-hidden="true">{length}</td>'
