"""A report as pages to print, by WeasyPrint: the page of HTML under its style for paper.

WeasyPrint rather than a browser: it comes from PyPI, needs no program that runs beside it, and
gives the same bytes for the same report.
"""

from __future__ import annotations

from softpower.charts import Chart
from softpower.document import Document
from softpower.errors import InputError, MissingExtraError
from softpower.render.documents.page import to_page
from softpower.render.figures import svg_of

NEEDS = "apt-get install libpango-1.0-0 libpangoft2-1.0-0, or brew install pango"
"""How the library that WeasyPrint sets text with is installed."""


def to_pdf(document: Document) -> bytes:
    """Return a report as the bytes of a .pdf file with its headings as bookmarks.

    Raises
    ------
    MissingExtraError
        If WeasyPrint is not installed.
    InputError
        If the library is missing that WeasyPrint sets text with.
    """
    refuse_without_weasyprint()
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    page = to_page(document, draw=_drawn)
    within = URLFetcher(allowed_protocols=["data"])
    made: bytes = HTML(string=page, url_fetcher=within).write_pdf(pdf_variant="pdf/ua-1")
    return made


def refuse_without_weasyprint() -> None:
    """Refuse to make a .pdf file where something that it needs is missing.

    Raises
    ------
    MissingExtraError, InputError
        If it is.
    """
    try:
        import weasyprint
    except ImportError as error:
        raise MissingExtraError("weasyprint") from error
    except OSError as error:
        raise InputError(
            f"WeasyPrint is installed, but not the library that it sets text with: {error}.",
            mend=f"Install it: {NEEDS}. Or write .html, and print that from a browser.",
        ) from error
    del weasyprint


def _drawn(chart: Chart) -> str:
    """Return a chart in colours that are not those of a style sheet."""
    return svg_of(chart, theme="light")
