"""Which sheet of a workbook is read, and what to say of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from softpower.errors import FolderError, InputError, Location, Problem, did_you_mean
from softpower.index.reading.afresh import STYLES, Afresh, number_formats, shared_texts
from softpower.index.reading.cells import Cell, tell_cells
from softpower.index.reading.package import NoWorkbookError, Package, opened, parse
from softpower.index.text import listed, shown

HIDDEN = ("hidden", "veryHidden")


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook, before it is read."""

    title: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What a workbook says of itself: its sheets, and where what they share stands."""

    pages: tuple[Page, ...]
    texts: str | None
    styles: str | None
    since_1904: bool
    unsettled: bool
    """Whether its formulas are still to be computed, by whoever opens it next."""


def read_sheet(
    path: Path, name: str, table: str, sheet: str | None
) -> tuple[list[list[Any]], Problem | None]:
    """Return the rows of one sheet of a workbook, and what to say if others hold something too.

    Parameters
    ----------
    path, name
        The file, and its name in messages.
    table
        Which table of the index it is.
    sheet
        The sheet that is asked for; otherwise the first that is not hidden and holds something.

    Raises
    ------
    InputError
        If the file is no workbook, is too large, has no such sheet, or cells that are errors.
    """
    with opened(path, name) as package:
        book = _book(package)
        page, remark = _chosen(package, book, Location(name), table, sheet)
        if page is None:
            return [], None
        texts = shared_texts(package.read(book.texts)) if book.texts else []
        afresh = Afresh(name, page.title, texts, unsettled=book.unsettled)
        tell_cells(package.read(page.part), afresh.take)
        if afresh.problems:
            raise FolderError(name, afresh.problems)
        formats = number_formats(package.read(book.styles)) if book.styles else STYLES % ("", "")
        return afresh.rows(formats, since_1904=book.since_1904), remark


def sheets_of(path: Path, name: str) -> list[str]:
    """Return the sheets of a workbook that are not hidden and hold something, in order.

    Raises
    ------
    InputError
        If the file is no workbook, or is too large.
    """
    with opened(path, name) as package:
        pages = [page for page in _book(package).pages if not page.hidden]
        return [page.title for page in pages if _says_something(package, page)]


def _book(package: Package) -> Book:
    root = next((at for kind, at in package.related("").values() if kind == "officeDocument"), None)
    if root is None:
        raise NoWorkbookError
    related = package.related(root)
    shared = dict(related.values())
    pages: list[Page] = []
    said: dict[str, Mapping[str, str]] = {}

    def start(element: str, attributes: Mapping[str, str]) -> None:
        said.setdefault(element, attributes)
        if element == "sheet":
            at = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            kind, part = related.get(at, ("", ""))
            if kind == "worksheet":
                hidden = attributes.get("state") in HIDDEN
                pages.append(Page(attributes.get("name", ""), part, hidden))

    parse(package.read(root), start)
    return Book(
        tuple(pages),
        shared.get("sharedStrings"),
        shared.get("styles"),
        said.get("workbookPr", {}).get("date1904") in ("1", "true"),
        said.get("calcPr", {}).get("fullCalcOnLoad") in ("1", "true"),
    )


def _chosen(
    package: Package, book: Book, location: Location, table: str, sheet: str | None
) -> tuple[Page | None, Problem | None]:
    """Return the sheet that is read, and what to say of the others; ``None`` if all are empty."""
    if sheet is not None:
        return _named(book, location, table, sheet), None
    filled = [page for page in book.pages if _says_something(package, page)]
    page = next((page for page in filled if not page.hidden), None)
    others = [other for other in filled if other is not page]
    if not others:
        return page, None
    name_it = f"write sheet = {shown(others[0].title)} under [files.{table}] in index.toml"
    if page is None:
        raise InputError(
            f"Of its sheets only hidden ones hold something: {_listed(others)}.",
            location=location,
            mend=f"Show the sheet that is meant, or {name_it}.",
        )
    return page, Problem(
        f"{len(filled)} of its sheets hold something; {shown(page.title)} is read, not "
        f"{_listed(others)}.",
        location,
        f"To read another, {name_it}.",
        "warning",
    )


def _named(book: Book, location: Location, table: str, sheet: str) -> Page:
    pages = [page for page in book.pages if page.title == sheet]
    if len(pages) > 1:
        raise InputError(
            f"It has {len(pages)} sheets {shown(sheet)}.",
            location=location,
            mend="Give each sheet a name of its own.",
        )
    if not pages:
        titles = [page.title for page in book.pages]
        raise InputError(
            f"It has no sheet {shown(sheet)}.",
            location=location,
            mend=did_you_mean(sheet, titles) or f"Correct sheet under [files.{table}].",
        )
    return pages[0]


def _listed(pages: list[Page]) -> str:
    return listed([f"{shown(page.title)}{' (hidden)' if page.hidden else ''}" for page in pages])


class _FoundError(Exception):
    """Something was found, and no more is needed."""


def _says_something(package: Package, page: Page) -> bool:
    def found(cell: Cell) -> None:
        if cell.formula or cell.text.strip():
            raise _FoundError

    try:
        tell_cells(package.read(page.part), found)
    except _FoundError:
        return True
    return False
