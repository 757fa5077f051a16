"""Tables and texts in a document of a word processor, by python-docx.

`new_document`, `add_table` and `add_notes` fill a document, and `saved` returns its bytes, which
are the same for the same contents.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from softpower.answer import Answer, Column, Table
from softpower.errors import MissingExtraError
from softpower.render.cells import heading, indent, is_right, line, printed
from softpower.render.tabled import readable
from softpower.render.widths import width

if TYPE_CHECKING:
    from docx.document import Document

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CREATED = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_PACKED = (1980, 1, 1, 0, 0, 0)
"""The time of every part of the package: the same contents are the same bytes."""

_TWIPS = 20
"""Parts of a point, in which a document measures."""
_TEXT = 9354
"""The width of the text on a page, in twips: A4 less two margins of 2.25 cm."""
_PROSE = 34
"""A column of texts is counted as no wider than so many letters: they are wrapped."""
_SMALL, _USUAL = 7.5, 9.0
"""The sizes of type in tables of many columns and of few, in points."""
_MANY = 7
_LETTER = 0.55
"""The width of a letter, where its size is 1."""


def to_docx(answer: Answer) -> bytes:
    """Return an answer as the bytes of a document: its tables with their titles and notes.

    Raises
    ------
    MissingExtraError
        If python-docx is not installed.
    """
    document = new_document(answer.title)
    for table in readable(answer):
        if table.detail:
            continue
        if table.title.strip() and line(table.title) != line(answer.title):
            document.add_heading(line(table.title), level=2)
        add_table(document, table)
        add_notes(document, table.notes)
    add_notes(document, answer.notes)
    return saved(document)


def new_document(title: str) -> Document:
    """Return an empty document of A4 pages with a title, and the number of each page below it.

    Raises
    ------
    MissingExtraError
        If python-docx is not installed.
    """
    try:
        from docx import Document
        from docx.shared import Cm, Pt
    except ImportError as error:
        raise MissingExtraError("python-docx") from error

    document = Document()
    known = document.core_properties
    known.title, known.author, known.comments = line(title), "", ""
    known.created = known.modified = _CREATED
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.25)
    for name, size in {"Normal": 10.5, "Title": 24, "Heading 1": 16, "Heading 2": 12.5}.items():
        font: Any = document.styles[name].font
        font.name, font.size = "Calibri", Pt(size)
    document.add_heading(line(title), level=0)
    foot = page.footer.paragraphs[0]
    number = '<w:fldSimple {} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    foot.paragraph_format.element.append(_parsed(number))
    foot.alignment = 1
    return document


def add_table(document: Document, table: Table) -> None:
    """Add a table whose heading is repeated on every page, without its title and notes.

    Columns that are too much to read are left out, as in every printed table.
    """
    shown = [at for at, column in enumerate(table.columns) if not column.detail]
    texts = [[row[at].rstrip(" ") for at in shown] for row in printed(table)]
    columns = [table.columns[at] for at in shown]
    size = _SMALL if len(columns) > _MANY else _USUAL
    head = [[heading(column) for column in columns]] if table.headed else []
    rows = [_row(columns, texts, size, bold=True) for texts in head]
    rows += [_row(columns, texts, size, labelled=not table.headed) for texts in texts]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in _widths([*head, *texts], columns))
    document.element.body.insert(
        -1,
        _parsed(f"<w:tbl {{}}>{_look(table)}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"),
    )
    document.add_paragraph().paragraph_format.space_after = 0


def add_notes(document: Document, notes: Iterable[str]) -> None:
    """Add notes, each a paragraph in small type."""
    from docx.shared import Pt

    for note in notes:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(3)
        run = paragraph.add_run(line(note))
        run.font.size, run.italic = Pt(8.5), True


def saved(document: Document) -> bytes:
    """Return the bytes of a document, which no clock has a part in."""
    out, packed = io.BytesIO(), io.BytesIO()
    document.save(out)
    with ZipFile(out) as parts, ZipFile(packed, "w", ZIP_DEFLATED) as whole:
        for name in parts.namelist():
            info = ZipInfo(name, _PACKED)
            info.compress_type = ZIP_DEFLATED
            whole.writestr(info, parts.read(name))
    return packed.getvalue()


def _parsed(text: str) -> Any:
    """Return an element of a document, in whose text a pair of braces stands for the namespace."""
    from docx.oxml import parse_xml

    return parse_xml(text.replace("{}", f'xmlns:w="{_WORD}"', 1))


def _look(table: Table) -> str:
    """Return the properties of a table: its rules, and its title for a screen reader."""
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>'
        for side, size, colour in (
            ("top", 8, "1A1C20"),
            ("bottom", 8, "1A1C20"),
            ("insideH", 2, "D9DCE2"),
        )
    )
    caption = escape(line(table.title or table.name))
    return (
        f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{rules}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/>'
        f'<w:right w:w="57" w:type="dxa"/></w:tblCellMar><w:tblCaption w:val="{caption}"/>'
        "</w:tblPr>"
    )


def _row(
    columns: Sequence[Column],
    texts: Sequence[str],
    size: float,
    *,
    bold: bool = False,
    labelled: bool = False,
) -> str:
    """Return a row; one in bold type is the heading, and repeated on every page."""
    cells = "".join(
        _cell(text, size, right=is_right(column), bold=bold or (labelled and at == 0))
        for at, (column, text) in enumerate(zip(columns, texts, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' * bold}</w:trPr>{cells}</w:tr>"


def _cell(text: str, size: float, *, right: bool, bold: bool) -> str:
    spaces, bare = indent(line(text))
    shift = f'<w:ind w:left="{spaces * 90}"/>' if spaces else ""
    side = '<w:jc w:val="right"/>' if right else ""
    look = f'{"<w:b/>" * bold}<w:sz w:val="{round(2 * size)}"/>'
    return (
        '<w:tc><w:tcPr/><w:p><w:pPr><w:spacing w:before="20" w:after="20" w:line="240" '
        f'w:lineRule="auto"/>{shift}{side}</w:pPr><w:r><w:rPr>{look}</w:rPr>'
        f'<w:t xml:space="preserve">{escape(bare)}</w:t></w:r></w:p></w:tc>'
    )


def _widths(rows: Sequence[Sequence[str]], columns: Sequence[Column]) -> list[int]:
    """Return the widths of columns in twips, which fill the page: texts that are long give way."""
    texts = list(zip(*rows, strict=True))
    wants = [min(max(map(width, each)), _PROSE) + 2.0 for each in texts]
    least = [
        want if is_right(column) else min(want, max(map(_longest_word, each)) + 2.0)
        for column, each, want in zip(columns, texts, wants, strict=True)
    ]
    size = _SMALL if len(columns) > _MANY else _USUAL
    over = sum(wants) - _TEXT / (size * _TWIPS * _LETTER)
    gives = sum(wants) - sum(least)
    if over > 0 and gives > 0:
        share = max(0.0, 1 - over / gives)
        wants = [low + (want - low) * share for low, want in zip(least, wants, strict=True)]
    return [round(_TEXT * want / sum(wants)) for want in wants]


def _longest_word(text: str) -> int:
    return max(map(width, text.split()), default=1)
