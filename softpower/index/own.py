"""Which files are those of an index, so that no answer is written over what it is computed from."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from softpower.errors import InputError, Location
from softpower.index.declared import TableName
from softpower.index.find import DECLARATION, METHODOLOGY, holds_index
from softpower.index.name import is_place
from softpower.index.reading.tables import ENDINGS

FILES = frozenset(
    name.casefold()
    for name in (
        DECLARATION,
        "README.md",
        *(f"{table}{ending}" for table in get_args(TableName) for ending in ENDINGS),
    )
)
"""The names of the files that an index folder has or may have, folded."""


def refuse_own(path: Path) -> None:
    """Refuse to write to a file of an index, or to one that would become a file of it.

    It does not matter by which of its names the file is called.

    Raises
    ------
    InputError
        If it is one.
    """
    target = os.path.realpath(path)
    if is_index_workbook(Path(target)):
        raise InputError(
            "This workbook is an index.",
            location=Location(str(path)),
            mend="Name another, or remove it.",
        )
    for folder in Path(target).parents:
        if holds_index(folder) and target.casefold() in _files(folder):
            there = "is" if os.path.lexists(target) else "would become"
            raise InputError(
                f"This file {there} part of the index {folder.name}.",
                location=Location(str(path)),
                mend="Name another, or write it outside the folder of the index.",
            )


def is_index_workbook(path: Path) -> bool:
    """Say whether there is a workbook that is an index, by its sheet of the methodology."""
    if not is_place(str(path)) or path.is_dir():
        return False
    from softpower.index.reading.workbook import sheets_of

    try:
        return METHODOLOGY in map(str.casefold, sheets_of(path, path.name))
    except InputError:
        return False


def _files(folder: Path) -> set[str]:
    """Return the paths of the files of an index folder, folded, also those that links lead to."""
    paths = [folder / name for name in (*FILES, *_named(folder))]
    paths += [path for path in folder.iterdir() if path.name.casefold() in FILES]
    return {str(path).casefold() for path in (*paths, *map(os.path.realpath, paths))}


def _named(folder: Path) -> Iterator[str]:
    """Yield the file of figures that the index names, if it does."""
    try:
        declared = tomllib.loads((folder / DECLARATION).read_text(encoding="utf-8-sig"))
        yield str(declared["figures"]["file"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
