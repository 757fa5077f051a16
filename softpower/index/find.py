"""Finding indices: those that come with softpower, and folders of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from fnmatch import fnmatchcase
from pathlib import Path
from shlex import quote

from softpower.errors import UsageError, did_you_mean
from softpower.index.ids import spelled
from softpower.index.name import PARQUET, WORKBOOK, is_file, is_folder, is_place

DECLARATION = "index.toml"
_NAME = re.compile(r"[A-Za-z0-9]+([-_][A-Za-z0-9]+)*")

METHODOLOGY = "methodology"
"""The sheet of a workbook that says what index.toml says in a folder."""


_instead: ContextVar[Path | None] = ContextVar("instead", default=None)
_located: ContextVar[set[Path] | None] = ContextVar("located", default=None)


@contextmanager
def located_from(folder: Path | None = None) -> Iterator[set[Path]]:
    """Note where the indices stand that are named, in a set that fills meanwhile.

    Parameters
    ----------
    folder
        A folder whose indices are named in place of those that come with softpower.
    """
    found: set[Path] = set()
    instead, located = _instead.set(folder), _located.set(found)
    try:
        yield found
    finally:
        _instead.reset(instead)
        _located.reset(located)


def shipped_folder() -> Path:
    """Return the folder that holds the indices which come with softpower.

    It is beside the module in a wheel, and beside the package in a checkout.
    """
    if (instead := _instead.get()) is not None:
        return instead
    package = Path(__file__).resolve().parents[1]
    inside = package / "indices"
    return inside if inside.is_dir() else package.parent / "indices"


def shipped() -> tuple[str, ...]:
    """Return the ids of the indices that come with softpower, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in shipped_folder().glob(f"*/{DECLARATION}")))


def identified(name: str) -> str:
    """Return the id of a shipped index as it is written, however its letters are typed.

    The name of a folder that is there stands as it is.
    """
    return name if is_folder(name) else spelled(name, shipped())


def is_pattern(name: str) -> bool:
    """Say whether a name stands for all that match it, as ``gspi-20*`` does; a place never."""
    return any(mark in name for mark in "*?[") and not is_place(name)


def matching(
    pattern: str, known: Sequence[str], what: str, listed: str = "softpower list"
) -> list[str]:
    """Return the known names that match a pattern, in their order; ``listed`` shows them all.

    Raises
    ------
    UsageError
        If none does.
    """
    found = [name for name in known if fnmatchcase(name, pattern)]
    if not found:
        mend = did_you_mean(pattern.strip("*?"), known) or f"See: {listed}"
        raise UsageError(f"No {what} matches {pattern!r}.", mend=mend)
    return found


def refuse_unfit(name: str) -> None:
    """Refuse what cannot be the name of a new index of one's own.

    Raises
    ------
    UsageError
        If it is no id, or that of an index which comes with softpower, in whatever case.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"{name!r} cannot be the name of an index.",
            mend="Use only letters, digits, - and _ between them.",
        )
    refuse_shipped(name)


def refuse_shipped(name: str) -> None:
    """Refuse the name of an index that comes with softpower, in whatever case.

    Raises
    ------
    UsageError
        If it is one.
    """
    if name.casefold() in shipped():
        raise UsageError(
            f"{name} is the name of an index that comes with softpower.", mend="Take another name."
        )


def holds_index(folder: Path) -> bool:
    """Say whether a folder is that of an index, with a declaration or figures alone."""
    return (folder / DECLARATION).is_file() or is_bare(folder)


def is_bare(folder: Path) -> bool:
    """Say whether a folder holds figures and no declaration, which an index may do without."""
    tables = [folder / f"figures{ending}" for ending in (".csv", ".xlsx")]
    return not (folder / DECLARATION).exists() and any(table.is_file() for table in tables)


def locate(name: str, near: Path | None = None) -> Path:
    """Return the folder or the workbook of an index, named by a shipped id or by a path.

    ``near`` is a folder whose neighbours may be named by their id too.

    Raises
    ------
    UsageError
        If there is no such index, naming the nearest ids.
    """
    path = _located_path(name, near)
    if (noted := _located.get()) is not None:
        noted.add(path.resolve())
    return path


def _located_path(name: str, near: Path | None) -> Path:
    ids = shipped()
    if name in ids:
        return shipped_folder() / name
    if near is not None:
        neighbour = near.resolve().parent / name
        if name.isprintable() and holds_index(neighbour):
            return neighbour
    elif is_place(name):
        return Path(name)
    raise _unknown(name, ids)


def _unknown(name: str, ids: Sequence[str]) -> UsageError:
    """Return what is said of a name that no index has, which may be that of a country."""
    from softpower.countries import find

    if is_pattern(name) and (found := [each for each in ids if fnmatchcase(each, name)]):
        what = f"{name!r} stands for {len(found)} indices: {', '.join(found)}."
        mend = f"Name one of them, or hold all together: softpower compare {quote(name)}"
    elif find(name) is not None:
        what, mend = f"{name!r} is a country, and no index.", "Name an index before it."
    elif is_file(name):
        what = f"{name!r} is a file, and an index is a folder or a workbook (.xlsx)."
        mend = f"Name the folder. A table becomes one by: softpower new FOLDER --from {quote(name)}"
        if Path(name).suffix.lower() in PARQUET:
            mend = f"Name the folder. Python reads Parquet: softpower.index_from({name!r})"
    elif name.casefold().endswith(WORKBOOK):
        what, mend = f"There is no workbook {name!r}.", "Correct its path."
    else:
        what = f"There is no index {name!r}: neither a shipped one nor a folder."
        mend = did_you_mean(name, ids) or "See: softpower list"
    return UsageError(what, mend=mend)


def is_index(word: str) -> bool:
    """Say whether a word names an index: a shipped one, a folder of one, or a workbook."""
    if identified(word) in shipped() or not is_folder(word):
        return identified(word) in shipped() or is_place(word)
    return holds_index(Path(word))
