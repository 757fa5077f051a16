"""The folder of an index as a data package: its files, with a descriptor beside them.

Source: Frictionless Data, Data Package and Table Schema, version 1.
"""

from __future__ import annotations

import json
from typing import Any

from softpower.analysis.shared.resources import licence, resource
from softpower.errors import FolderError, UsageError
from softpower.index.find import locate, shipped
from softpower.index.index import Index
from softpower.index.plain import plain_files
from softpower.index.reading.folder import inspect
from softpower.index.reading.store_folder import store_of
from softpower.version import __version__

DESCRIPTOR = "datapackage.json"


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
        "resources": [resource(name, data) for name, data in files.items()],
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
    return [licence(text) for text in dict.fromkeys(known) if text]


def _sources(index: Index) -> list[dict[str, str]]:
    """Return where the figures are from, each source once."""
    found = dict.fromkeys((item.source, item.url) for item in _indicators(index) if item.source)
    return [{"title": title, **({"path": url} if url else {})} for title, url in found]


def _indicators(index: Index) -> list[Any]:
    trees = index.frameworks.values()
    return [*(item for tree in trees for item in tree.indicators()), *index.carried.values()]
