"""An index as the files of a folder of its own, wherever it stands: CSV and index.toml."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any, get_args

from softpower.errors import FolderError
from softpower.index.declared import TableName
from softpower.index.find import DECLARATION
from softpower.index.reading.store import Store
from softpower.index.reading.store_workbook import WorkbookStore
from softpower.methods.short_form import BARE, as_toml

README = "README.md"

SECTIONS = ("pillars", "variants", "frameworks")
"""Tables of index.toml in which each entry is a table of its own."""


def plain_files(store: Store, identifier: str | None = None) -> dict[str, bytes]:
    """Return the files of an index that has been read without an error.

    Parameters
    ----------
    store
        Where it stands. Files of a folder stay as they are, to the byte; sheets of a workbook
        become CSV.
    identifier
        The id to give it, if it is a workbook.

    Raises
    ------
    FolderError
        If it cannot be read.
    """
    declared, _ = store.declaration()
    if declared is None:
        raise FolderError(store.name, store.problems.errors)
    parts = {
        table: part
        for table in get_args(TableName)
        if (part := store.find(table, declared.files.get(table))) is not None
    }
    if not isinstance(store, WorkbookStore):
        own = [declared.figures.file] if declared.figures.file is not None else []
        names = [DECLARATION, README, *own, *parts.values()]
        return {n: (store.path / n).read_bytes() for n in names if (store.path / n).is_file()}
    stated = {**store.stated, "id": identifier or declared.id}
    stated.pop("files", None)
    files = {DECLARATION: to_toml(stated).encode(), README: _readme(stated).encode()}
    for table, part in parts.items():
        read = store.table(part, table, declared.files.get(table))
        files[f"{table}.csv"] = _csv([read.header, *(row.cells for row in read.rows)])
    return files


def to_toml(stated: dict[str, Any]) -> str:
    """Return what an index declares as the text of index.toml.

    Examples
    --------
    >>> print(to_toml({"id": "north", "pillars": {"arts": {"title": "Arts"}}}))
    id = "north"
    <BLANKLINE>
    [pillars.arts]
    title = "Arts"
    <BLANKLINE>
    """
    return "\n\n".join("\n".join(lines) for lines in _sections(stated)) + "\n"


def _sections(stated: dict[str, Any]) -> Iterator[list[str]]:
    yield [f"{key} = {as_toml(v)}" for key, v in stated.items() if not isinstance(v, dict)]
    for key, table in stated.items():
        if not isinstance(table, dict):
            continue
        entries = table if key in SECTIONS else {"": table}
        for name, entry in entries.items():
            header = f"{key}.{_quoted(name)}" if name else key
            yield [f"[{header}]", *(f"{_quoted(k)} = {as_toml(v)}" for k, v in entry.items())]


def _quoted(key: str) -> str:
    return key if BARE.fullmatch(key) else as_toml(key)


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _readme(stated: dict[str, Any]) -> str:
    lines = [f"# {stated.get('title', stated['id'])}", str(stated.get("summary", ""))]
    lines.append("Say here where each figure comes from, and what is known to be wrong with it.")
    return "\n\n".join(line for line in lines if line) + "\n"
