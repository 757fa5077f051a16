"""The folder of an index as a data package: its files, with a descriptor beside them.

Source: Frictionless Data, Data Package and Table Schema, version 1.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from softpower.errors import FolderError, UsageError
from softpower.index.find import locate, shipped
from softpower.index.index import Index
from softpower.index.plain import plain_files
from softpower.index.reading.folder import inspect
from softpower.index.reading.store_folder import store_of
from softpower.version import __version__

DESCRIPTOR = "datapackage.json"

TITLES = {
    "figures": "Figures of units and indicators",
    "history": "Figures of other periods",
    "indicators": "What each indicator is, and how it is weighed",
    "published": "The publisher's own scores and ranks",
    "units": "What is ranked, and the groups that it belongs to",
}

MEDIA = {
    "toml": "application/toml",
    "md": "text/markdown",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
"""What files are that are no tables of text; a workbook has sheets that need not be tables."""

OPEN = re.compile(r"CC[ -](BY(?:-SA)?|0)[ -](\d\.\d)")
"""Licences that the Open Definition knows by name."""

TEXTS = {"id", "code", "iso3", "country", "name", "unit", "indicator", "title", "year", "period"}
"""Columns that hold texts even where all of them are digits."""


def datapackage(name: str) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of an index with a descriptor, and what must be known of them.

    Raises
    ------
    FolderError
        If the index has problems.
    UsageError
        If its figures are those of another index that does not come with softpower.
    """
    path = locate(name)
    index, problems = inspect(path)
    errors = [problem for problem in problems if problem.level == "error"]
    if index is None or errors:
        raise FolderError(str(path), errors)
    source = index.declared.figures.source
    if source is not None and source not in shipped():
        raise UsageError(
            f"{index.id} takes its figures from {source}, which would not be in the package.",
            mend=f"Copy figures.csv and indicators.csv of {source} into its folder.",
        )
    files = plain_files(store_of(path))
    descriptor = describe(index, files)
    files[DESCRIPTOR] = (json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n").encode()
    note = f"Its figures are those of {source}, which comes with softpower."
    return files, [note] if source is not None else []


def describe(index: Index, files: dict[str, bytes]) -> dict[str, Any]:
    """Return the descriptor of the files of an index."""
    declared = index.declared
    found = {
        "profile": "data-package",
        "name": index.id.lower(),
        "title": index.title,
        "description": declared.summary,
        "homepage": declared.url,
        "contributors": [{"title": declared.publisher, "role": "publisher"}],
        "licenses": _licences(index),
        "sources": _sources(index),
        "resources": [_resource(name, data) for name, data in files.items()],
        "softpower": {
            "version": __version__,
            "hash": index.hash,
            "edition": declared.edition,
            "citation": declared.citation,
        },
    }
    return {key: value for key, value in found.items() if value}


def _licences(index: Index) -> list[dict[str, str]]:
    """Return the terms of the index and of its indicators, each once."""
    known = [index.declared.licence, *(item.licence for item in _indicators(index))]
    return [_licence(text) for text in dict.fromkeys(known) if text]


def _licence(text: str) -> dict[str, str]:
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


def _sources(index: Index) -> list[dict[str, str]]:
    """Return where the figures are from, each source once."""
    found = dict.fromkeys((item.source, item.url) for item in _indicators(index) if item.source)
    return [{"title": title, **({"path": url} if url else {})} for title, url in found]


def _indicators(index: Index) -> list[Any]:
    trees = index.frameworks.values()
    return [*(item for tree in trees for item in tree.indicators()), *index.carried.values()]


def _resource(name: str, data: bytes) -> dict[str, Any]:
    stem, ending = PurePath(name).stem, PurePath(name).suffix.removeprefix(".")
    about: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9._-]", "-", name.lower() if ending != "csv" else stem.lower()),
        "path": name,
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "encoding": "utf-8",
    }
    if ending != "csv":
        return about | {"type": "file", "format": ending, "mediatype": MEDIA[ending]}
    text = data.decode("utf-8-sig")
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
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
