"""Files as resources of a data package: what kind they are, and what the columns of tables hold.

Source: Frictionless Data, Data Package and Table Schema, version 1.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Any

from softpower.index.reading.delimited import cells_limited

TITLES = {
    "figures": "Figures of units and indicators",
    "history": "Figures of other periods",
    "indicators": "What each indicator is, and how it is weighed",
    "published": "The publisher's own scores and ranks",
    "units": "What is ranked, and the groups that it belongs to",
}

_OFFICE = "application/vnd.openxmlformats-officedocument"

MEDIA = {
    "cff": "text/yaml",
    "csv": "text/csv",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "html": "text/html",
    "json": "application/json",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "tex": "application/x-tex",
    "toml": "application/toml",
    "txt": "text/plain",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
}
"""What files are that are no tables of text; a workbook has sheets that need not be tables."""

OPEN = re.compile(r"CC[ -](BY(?:-SA)?|0)[ -](\d\.\d)")
"""Licences that the Open Definition knows by name."""

TEXTS = {"id", "code", "iso3", "country", "name", "unit", "indicator", "title", "year", "period"}
"""Columns that hold texts even where all of them are digits."""


def licence(text: str) -> dict[str, str]:
    """Return a licence by its name in the Open Definition, where its text is no more than that."""
    exact = OPEN.fullmatch(text.strip())
    if exact is None:
        return {"name": "notspecified", "title": text}
    kind, version = exact[1], exact[2]
    if kind == "0":
        path = f"https://creativecommons.org/publicdomain/zero/{version}/"
        return {"name": f"CC0-{version}", "title": text, "path": path}
    path = f"https://creativecommons.org/licenses/{kind.lower()}/{version}/"
    return {"name": f"CC-{kind}-{version}", "title": text, "path": path}


def media_type(name: str) -> str:
    """Return what kind of file a name is of."""
    return MEDIA.get(
        PurePosixPath(name).suffix.removeprefix(".").lower(), "application/octet-stream"
    )


def resource(name: str, data: bytes) -> dict[str, Any]:
    """Return the descriptor of a file by its path in the package; a table has a schema."""
    path = PurePosixPath(name)
    stem, ending = path.stem, path.suffix.removeprefix(".").lower()
    plain = str(path.with_suffix("")) if ending == "csv" else name
    about: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9._-]", "-", plain.lower()),
        "path": name,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "encoding": "utf-8",
    }
    if ending != "csv":
        return about | {"type": "file", "format": ending, "mediatype": media_type(name)}
    text = data.decode("utf-8-sig")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    with cells_limited():
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    return about | {
        "title": TITLES.get(stem, stem),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8",
        "dialect": {"delimiter": delimiter},
        "schema": {"fields": _fields(rows), "missingValues": [""]},
    }


def _fields(rows: Sequence[Sequence[str]]) -> list[dict[str, str]]:
    """Return the columns of a table, each with the type that all of its cells have."""
    columns = zip(*rows[1:], strict=False) if len(rows) > 1 else [[] for _ in rows[0]]
    return [
        {"name": title, "type": _type(title, [cell for cell in cells if cell])}
        for title, cells in zip(rows[0], columns, strict=False)
    ]


def _type(title: str, cells: Sequence[str]) -> str:
    if title.strip().casefold() in TEXTS or not cells:
        return "string"
    for kind, pattern in (("integer", r"[+-]?\d+"), ("number", r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")):
        if all(re.fullmatch(pattern, cell) for cell in cells):
            return kind
    return "string"
