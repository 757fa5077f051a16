"""The name of a run, read and written: ``INDEX[@VARIANT[+VARIANT...]]``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from softpower.errors import UsageError

WORKBOOK = ".xlsx"
"""How the name of a workbook ends."""


class RunName(NamedTuple):
    """What the name of a run names: an index, and the variants that are stacked on it."""

    identifier: str
    """A shipped id or the path of a folder or workbook; nothing where only variants are named."""
    variants: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.identifier + stack_name(self.variants)


def stack_name(variants: Sequence[str]) -> str:
    """Return variants as they are stacked on an index, or nothing if there are none.

    Examples
    --------
    >>> stack_name(["ranks", "geometric"]), stack_name([])
    ('@ranks+geometric', '')
    """
    return f"@{'+'.join(variants)}" if variants else ""


def split_name(name: str) -> RunName:
    """Return the parts of a name, of which a variant that is still to be typed is empty.

    A folder or a workbook may have an ``@`` in its own name.
    """
    index, at, variants = name.rpartition("@")
    if not at or is_place(name):
        return RunName(name)
    return RunName(index, tuple(variants.split("+")))


def parse_name(name: str) -> RunName:
    """Return the index and the variants that a name stands for.

    Raises
    ------
    UsageError
        If a variant is announced and not named, or no index is.
    """
    found = split_name(name)
    if not all(found.variants):
        raise UsageError(
            f"{name!r} does not say which variant.",
            mend=f"Name it after the {'@' if found.variants == ('',) else '+'}, or leave that out.",
        )
    several = re.split(r"[@,]", name.partition("@")[2])
    if len(several) > 1 and "=" not in name and not is_folder(found.identifier):
        joined = stack_name([part for part in several if part])
        raise UsageError(
            f"{name!r} does not name its variants as they are stacked.",
            mend=f"Write {name.partition('@')[0]}{joined}.",
        )
    if found.variants and not found.identifier:
        raise UsageError(
            f"{name!r} names a variant and no index.",
            mend=f"Write INDEX{name}; alone, it is a variant of the index of a first run.",
        )
    return found


def full_name(name: str, first: str) -> str:
    """Return the full name of a further run: ``@variant`` alone means the first index."""
    found = split_name(name)
    if found.identifier or not found.variants:
        return name
    return str(found._replace(identifier=parse_name(first).identifier))


def parse_variant(text: str) -> str:
    """Return the variant that is named, alone, with or without an ``@``."""
    return text.removeprefix("@")


def is_file(name: str) -> bool:
    """Say whether there is a file of this name, whatever the name may hold."""
    try:
        return Path(name).is_file()
    except (OSError, ValueError):
        return False


def is_folder(name: str) -> bool:
    """Say whether there is a folder of this name, whatever the name may hold."""
    try:
        return bool(name) and Path(name).is_dir()
    except (OSError, ValueError):
        return False


def is_place(name: str) -> bool:
    """Say whether an index may stand at a path: whether it is a folder, or a workbook."""
    return is_folder(name) or (name.casefold().endswith(WORKBOOK) and is_file(name))
