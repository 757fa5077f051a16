"""A report as a page, as a document of a word processor, and as pages to print."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from softpower.document import Document
from softpower.errors import MissingExtraError, UsageError, did_you_mean

ENDINGS = (".html", ".docx", ".pdf")
"""The endings of the files that hold a report."""


def to_bytes(document: Document, path: Path) -> bytes:
    """Return a report as the bytes of the file that an ending stands for.

    Raises
    ------
    UsageError
        If the ending is not known.
    MissingExtraError, InputError
        If the form needs a library that is not installed.
    """
    match _ending(path):
        case ".docx":
            from softpower.render.documents.word import to_word

            return to_word(document)
        case ".pdf":
            from softpower.render.documents.pdf import to_pdf

            return to_pdf(document)
    from softpower.render.documents.page import to_page

    return to_page(document).encode()


def refuse_ending(path: Path) -> None:
    """Refuse a file that cannot hold a report, before there is one.

    Raises
    ------
    UsageError
        If the ending is not known.
    MissingExtraError, InputError
        If the form needs a library that is not installed.
    """
    ending = _ending(path)
    needed = {".docx": {"python-docx": "docx", "matplotlib": "matplotlib"}}.get(ending, {})
    for package, module in needed.items():
        if find_spec(module) is None:
            raise MissingExtraError(package)
    if ending == ".pdf":
        from softpower.render.documents.pdf import refuse_without_weasyprint

        refuse_without_weasyprint()


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending in ENDINGS:
        return ending
    says = f'The ending "{path.suffix}" of' if path.suffix else "The missing ending of"
    raise UsageError(
        f"{says} {path.name or path} is none of a report.",
        mend=did_you_mean(ending, ENDINGS) or f"Known: {', '.join(ENDINGS)}.",
    )
