"""A report as a document of a word processor."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from softpower.answer import Answer, Table
from softpower.charts import Chart
from softpower.document import Credit, Document, Exhibit, Section
from softpower.render.cells import line, uncoded
from softpower.render.docx import add_notes, add_table, new_document, saved
from softpower.render.figures import Look, to_picture
from softpower.render.tabled import is_empty

if TYPE_CHECKING:
    from docx.document import Document as Written

_WIDE = 16.5
"""How wide a picture is, in centimetres."""
_PROPERTIES = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DEEPEST = 4
"""Headings further down are of this level."""


def to_word(document: Document) -> bytes:
    """Return a report as the bytes of a .docx file, the same for the same report.

    Raises
    ------
    MissingExtraError
        If python-docx or matplotlib is not installed.
    """
    out = new_document(document.title)
    out.add_paragraph(line(document.lead), style="Subtitle")
    add_table(out, document.facts)
    out.add_heading("What this report says", level=1)
    for section in document.sections:
        paragraph = out.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{line(section.heading)}. ").bold = True
        paragraph.add_run(line(section.says))
    for section in document.sections:
        _section(out, section, 1)
    if document.notes:
        out.add_heading("Notes on this report", level=1)
        add_notes(out, document.notes)
    return saved(out)


def _section(out: Written, section: Section, level: int) -> None:
    heading = out.add_heading(line(section.heading), level=min(level, _DEEPEST))
    heading.paragraph_format.page_break_before = level == 1
    if section.says:
        out.add_paragraph(line(section.says))
    for part in section.parts:
        if isinstance(part, str):
            out.add_paragraph(line(part))
        else:
            _exhibit(out, part, level + 1)
    add_notes(out, section.notes)
    for inner in section.sections:
        if inner.printed:
            _section(out, inner, level + 1)


def _exhibit(out: Written, exhibit: Exhibit, level: int) -> None:
    shown = exhibit.shown
    if shown.title and (isinstance(shown, Table) or not is_empty(shown)):
        out.add_heading(line(shown.title), level=min(level, _DEEPEST))
    if not isinstance(shown, Table):
        if not is_empty(shown):
            _picture(out, shown, exhibit.credit)
        return
    shown = uncoded(shown)
    cut = exhibit.folded and not exhibit.whole
    rows = shown.rows[: exhibit.first] if cut else shown.rows
    add_table(out, replace(shown, rows=rows))
    add_notes(out, shown.notes)
    if exhibit.credit is not None:
        more = [f"The first {exhibit.first} of {len(shown.rows)} rows."] if cut else []
        add_notes(out, [" ".join([*more, f"Command: {exhibit.credit.command}"])])


def _picture(out: Written, chart: Chart, credit: Credit | None) -> None:
    from docx.shared import Cm

    picture = to_picture(Answer("", (), (chart,)), "png", Look(title="", tall=True))
    out.add_picture(io.BytesIO(picture), width=Cm(_WIDE))
    for properties in out.element.body[-2].iter(_PROPERTIES):
        properties.set("descr", line(chart.title))
    if credit is not None:
        source = f"Source: {credit.source} ({credit.date}). Licence: {credit.licence}"
        add_notes(out, [f"{source} Command: {credit.command}"])
