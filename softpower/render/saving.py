"""An answer or a report as a file, of the kind that its ending says."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from softpower.answer import Answer
from softpower.document import Document
from softpower.errors import MissingExtraError, UsageError, did_you_mean
from softpower.render.text import FORMATS, said_once, telling, to_text

if TYPE_CHECKING:
    from softpower.render.figures import Look

ENDINGS: dict[str, str] = {
    ".csv": "csv",
    ".json": "json",
    ".md": "markdown",
    ".tex": "latex",
    ".txt": "table",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".html": "html",
    ".svg": "svg",
    ".png": "png",
    ".pdf": "pdf",
}
"""The format of a file by its ending."""


def write(
    answer: Answer | Document,
    path: Path,
    format: str | None = None,  # noqa: A002
    *,
    bom: bool = False,
    look: Look | None = None,
) -> None:
    """Write an answer or a report to a file, whole or not at all.

    Parameters
    ----------
    answer
        What to write; a report to a file of .html, .docx or .pdf.
    path
        The file. One that is there is replaced once the new one is complete.
    format
        One of the values of ``ENDINGS``, by default the one of the ending of the path.
    bom
        Whether the file begins with the mark by which spreadsheets know that a text is UTF-8.
    look
        How a picture is to look.

    Raises
    ------
    UsageError
        If the ending or the format is not known, or if it cannot hold this answer.
    InputError
        If the file cannot be written.
    MissingExtraError
        If the format needs a library that is not installed.
    """
    from softpower.render.files import write_whole

    write_whole(path, rendered(answer, path, format, bom=bom, look=look))


def rendered(
    answer: Answer | Document,
    path: Path,
    format: str | None = None,  # noqa: A002
    *,
    bom: bool = False,
    look: Look | None = None,
) -> bytes:
    """Return the bytes that `write` writes to a file."""
    if isinstance(answer, Document):
        from softpower.render.documents import to_bytes

        return to_bytes(answer, path)
    return BOM_UTF8 * bom + _renderer(format or _format_of(path), look)(answer)


def refuse_unwritable(path: Path, format: str | None = None) -> None:  # noqa: A002
    """Refuse to write to a path in a format, before there is an answer to write.

    Parameters
    ----------
    path, format
        As for `write`.

    Raises
    ------
    UsageError
        If the ending is not known, or does not go with the format.
    InputError
        If the file could not be written.
    MissingExtraError
        If the format needs a library that is not installed.
    """
    from importlib.util import find_spec

    from softpower.render.figures.look import PLOTTED
    from softpower.render.files import refuse_unwritable as refuse

    of_ending = ENDINGS.get(path.suffix.lower(), format)
    if format is not None and of_ending != format:
        raise UsageError(
            f"The ending {path.suffix} of {path.name} does not go with -f {format}.",
            mend="Leave -f out, or take another ending.",
        )
    if (format or _format_of(path)) in PLOTTED and find_spec("matplotlib") is None:
        raise MissingExtraError("matplotlib")
    if of_ending == "docx" and find_spec("docx") is None:
        raise MissingExtraError("python-docx")
    refuse(path)


def refuse_picture(path: Path, format: str | None = None) -> None:  # noqa: A002
    """Refuse to write a picture of an answer that has no chart.

    Raises
    ------
    UsageError
        If the format or the ending is one of pictures.
    """
    from softpower.render.figures.look import PICTURES, no_chart

    if (format or ENDINGS.get(path.suffix.lower())) in PICTURES:
        raise no_chart()


def _format_of(path: Path) -> str:
    ending = path.suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    says = f'The ending "{path.suffix}" of' if path.suffix else "The missing ending of"
    raise UsageError(
        f"{says} {path.name or path} does not say what to write.",
        mend=did_you_mean(ending, ENDINGS),
    )


def _renderer(format: str, look: Look | None) -> Callable[[Answer], bytes]:  # noqa: A002
    """Return the function that makes the bytes of a file in this format."""
    if format in FORMATS:
        return lambda answer: to_text(answer, format, notes=True).encode()
    match format:
        case "xlsx":
            from softpower.render.xlsx import to_xlsx

            return lambda answer: to_xlsx(telling(answer))
        case "docx":
            from softpower.render.docx import to_docx

            return lambda answer: to_docx(said_once(answer))
        case "html":
            from softpower.render.html import to_html

            return lambda answer: to_html(said_once(answer)).encode()
        case "svg" | "png" | "pdf":
            from softpower.render.figures import to_picture

            return lambda answer: to_picture(answer, format, look)
    known = list(dict.fromkeys(ENDINGS.values()))
    raise UsageError(
        f'"{format}" is not a format to write.',
        mend=did_you_mean(format, known) or f"Known: {', '.join(known)}.",
    )
