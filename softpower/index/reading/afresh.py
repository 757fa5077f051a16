"""A sheet written afresh, cell by cell, for the library that reads spreadsheets.

What reaches it has been looked at: one sheet of known extent, in one spelling, each cell with its
own text. What cannot stand in a table is noted here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from softpower.errors import InputError, Location, Problem
from softpower.index.reading.cells import Cell, column_of
from softpower.index.reading.package import LARGEST_UNPACKED, NoWorkbookError, parse
from softpower.index.text import shown

MOST_CELLS = 4_000_000
"""The largest sheet that is read, from cell A1 to its last."""

MOST_PROBLEMS = 100
"""So many cells that cannot be read are noted; more would say nothing new."""

TEXTS = ("s", "str", "inlineStr")
"""The kinds of cells that hold a text: shared, of a formula, or its own."""

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = """\
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\
%s</Relationships>"""
RELATION = f'<Relationship Id="%s" Type="{RELATED}/%s" Target="%s"/>'
WORKBOOK = f"""\
<workbook xmlns="{MAIN}" xmlns:r="{RELATED}"><workbookPr date1904="%d"/>\
<sheets><sheet name="_" sheetId="1" r:id="sheet"/></sheets></workbook>"""
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>%s</sheetData></worksheet>'
STYLES = f"""\
<styleSheet xmlns="{MAIN}"><numFmts>%s</numFmts><cellXfs>%s</cellXfs></styleSheet>"""


def shared_texts(data: bytes) -> list[str]:
    """Return the texts that cells share, without what is only said of their pronunciation."""
    texts: list[list[str]] = []
    within: list[str] = []

    def start(element: str, attributes: Mapping[str, str]) -> None:
        del attributes
        within.append(element)
        if element == "si":
            texts.append([])
            if len(texts) > MOST_CELLS:
                raise NoWorkbookError

    def end(element: str) -> None:
        del element
        within.pop()

    def text(said: str) -> None:
        if within[-1] == "t" and "rPh" not in within and texts:
            texts[-1].append(said)

    parse(data, start, end, text)
    return ["".join(parts) for parts in texts]


def number_formats(data: bytes) -> str:
    """Return of the styles of a workbook what says which numbers are dates."""
    formats: list[str] = []
    styles: list[str] = []
    within: list[str] = []

    def start(element: str, attributes: Mapping[str, str]) -> None:
        number = quoteattr(attributes.get("numFmtId", "0"))
        if element == "numFmt":
            code = quoteattr(attributes.get("formatCode", ""))
            formats.append(f"<numFmt numFmtId={number} formatCode={code}/>")
        elif element == "xf" and within[-1] == "cellXfs":
            styles.append(f"<xf numFmtId={number}/>")
        within.append(element)

    def end(element: str) -> None:
        del element
        within.pop()

    parse(data, start, end)
    return STYLES % ("".join(formats), "".join(styles))


class Afresh:
    """One sheet while it is written.

    Parameters
    ----------
    name, title
        The file and the sheet, as messages name them.
    texts
        The texts that its cells share.
    unsettled
        Whether the workbook says that its formulas are still to be computed.
    """

    def __init__(self, name: str, title: str, texts: list[str], *, unsettled: bool) -> None:
        self.name = name
        self.title = title if re.fullmatch(r"\w+", title) else _quoted(title)
        self.texts = texts
        self.unsettled = unsettled
        self.problems: list[Problem] = []
        """What is wrong with cells."""
        self.row = self.column = self._length = 0
        self._cells: list[str] = []

    def take(self, cell: Cell) -> None:
        """Write a cell, or note what is wrong with it.

        Raises
        ------
        InputError
            If the sheet becomes too large with it.
        """
        wrong, mend = self._wrong(cell)
        if wrong:
            if len(self.problems) < MOST_PROBLEMS:
                location = Location(self.name, key=f"{self.title}!{cell.reference}")
                self.problems.append(Problem(wrong, location, mend))
        elif text := self._text(cell):
            self._measure(cell, text)
            self._cells.append(_written(cell, escape(text)))

    def _wrong(self, cell: Cell) -> tuple[str, str]:
        """Return what is wrong with a cell, if anything, and how to mend it."""
        if cell.kind == "e":
            mend = "Mend its formula; leave the cell empty where a figure is missing."
            return f"The cell holds the error {shown(cell.text)}.", mend
        mend = "Open the workbook in a spreadsheet program, which computes it, and save it."
        if cell.formula and not (cell.valued and (cell.text or cell.kind == "str")):
            return "The cell holds a formula that was saved without its value.", mend
        if cell.formula and self.unsettled and (cell.kind, cell.text) == ("n", "0"):
            return "The cell holds a formula that was saved before it was computed.", mend
        return "", ""

    def _text(self, cell: Cell) -> str:
        if cell.kind != "s" or not cell.text:
            return cell.text
        if not cell.text.isdecimal() or int(cell.text) >= len(self.texts):
            raise NoWorkbookError
        return self.texts[int(cell.text)]

    def _measure(self, cell: Cell, text: str) -> None:
        self.row = max(self.row, cell.row)
        self.column = max(self.column, column_of(cell.letters))
        self._length += len(text)
        if self.row * self.column > MOST_CELLS:
            raise InputError(
                f"A sheet reaches to row {self.row:,} and column {self.column:,}; "
                f"{MOST_CELLS:,} cells are read at most.",
                location=Location(self.name),
                mend="Delete what stands far outside the table.",
            )
        if self._length > LARGEST_UNPACKED:
            raise InputError(
                f"Its cells hold more than {LARGEST_UNPACKED / 2**20:.0f} million characters.",
                location=Location(self.name),
                mend="Keep only what the index uses.",
            )

    def rows(self, formats: str, *, since_1904: bool) -> list[list[Any]]:
        """Return the values of the cells, row by row from cell A1.

        Parameters
        ----------
        formats
            The styles that say which numbers are dates.
        since_1904
            Whether days are counted from 1904 on.
        """
        import python_calamine

        parts = {
            "_rels/.rels": RELATIONS % (RELATION % ("book", "officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": RELATIONS
            % (
                RELATION % ("sheet", "worksheet", "worksheets/sheet.xml")
                + RELATION % ("styles", "styles", "styles.xml")
            ),
            "xl/workbook.xml": WORKBOOK % since_1904,
            "xl/styles.xml": formats,
            "xl/worksheets/sheet.xml": SHEET % "".join(self._cells),
        }
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for part, text in parts.items():
                archive.writestr(part, text)
        file.seek(0)
        try:
            with python_calamine.CalamineWorkbook.from_filelike(file) as book:
                return book.get_sheet_by_index(0).to_python(skip_empty_area=False)
        except python_calamine.CalamineError as error:
            raise NoWorkbookError from error


def _written(cell: Cell, text: str) -> str:
    at = f'r="{cell.reference}"'
    if cell.kind in TEXTS:
        return f'<c {at} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    style = cell.style if cell.style.isdecimal() else "0"
    kind = "" if cell.kind == "n" else f" t={quoteattr(cell.kind)}"
    return f'<c {at}{kind} s="{style}"><v>{text}</v></c>'


def _quoted(title: str) -> str:
    doubled = title.replace("'", "''")
    return f"'{doubled}'"
