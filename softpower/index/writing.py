"""Writing files that are new: whole or not at all, and over nothing that is there."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from softpower.errors import InputError, Location, UsageError


def refuse_taken(path: Path) -> None:
    """Refuse a path at which something is.

    Raises
    ------
    UsageError
        If there is something.
    """
    if os.path.lexists(path):
        raise UsageError(f"{path} is there already.", mend="Take another name, or remove it.")


def write_folder(path: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write a new folder with these files, by their names, and return their paths.

    Raises
    ------
    UsageError
        If something is there already.
    InputError
        If the folder cannot be written.
    """
    refuse_taken(path)
    scratch = _beside(path)
    try:
        scratch.mkdir()
        for name, data in files.items():
            (scratch / name).parent.mkdir(parents=True, exist_ok=True)
            (scratch / name).write_bytes(data)
        scratch.rename(path)
    except OSError as error:
        shutil.rmtree(scratch, ignore_errors=True)
        raise InputError(
            f"The folder cannot be written: {error.strerror}.", location=Location(str(path))
        ) from error
    return tuple(path / name for name in files)


def write_file(path: Path, data: bytes) -> Path:
    """Write a new file, and return its path.

    Raises
    ------
    UsageError
        If something is there already.
    InputError
        If it cannot be written.
    """
    refuse_taken(path)
    scratch = _beside(path)
    try:
        scratch.write_bytes(data)
        scratch.rename(path)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise InputError(
            f"The file cannot be written: {error.strerror}.", location=Location(str(path))
        ) from error
    return path


def _beside(path: Path) -> Path:
    """Return a name beside a path that nobody has."""
    return path.parent / f".{path.name}-{secrets.token_hex(4)}"
