"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from softpower.errors import InputError, Location


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that nobody ever finds half of it.

    The bytes go to a new file beside it that takes its place at the end. What stood there before
    stays until then, and stays for good if anything fails; its permissions are kept. A symbolic
    link goes on pointing to its file, and a device or a pipe is written to directly.

    Raises
    ------
    InputError
        If there is no such folder, if the path is a folder, or if it cannot be written.
    """
    with _with_reason(path):
        target = _target(path)
        if target is None:
            path.write_bytes(data)
        else:
            _replace(target, data)


def refuse_unwritable(path: Path) -> None:
    """Refuse a path to which no file can be written, as far as that is known before it is.

    Raises
    ------
    InputError
        If there is no such folder, if it or the file is protected, or if the path is a folder.
    """
    with _with_reason(path):
        target = _target(path)
        if target is not None and not os.access(target.parent, os.W_OK | os.X_OK):
            raise InputError(
                "This folder is write-protected.",
                location=Location(str(target.parent)),
                mend="Name another.",
            )


def _target(path: Path) -> Path | None:
    """Return the file that is to be replaced or made, ``None`` for a device or a pipe."""
    location = Location(str(path))
    if path.is_dir():
        raise InputError("This is a folder.", location=location, mend="Name a file in it.")
    if path.exists() and not path.is_file():
        return None
    target = Path(os.path.realpath(path))
    if not target.parent.is_dir():
        raise InputError(
            "There is no such folder to write to.",
            location=Location(str(target.parent)),
            mend="Make it first, or name another.",
        )
    if target.exists() and not os.access(target, os.W_OK):
        raise InputError("This file is write-protected.", location=location, mend="Name another.")
    return target


@contextmanager
def _with_reason(path: Path) -> Iterator[None]:
    """Turn what the system refuses into an error with its reason."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            f"This file cannot be written: {reason}.",
            location=Location(str(path)),
            mend="It may be open in another program, or the folder may be protected.",
        ) from error


def _replace(target: Path, data: bytes) -> None:
    beside = target.parent / f".softpower-{secrets.token_hex(8)}.tmp"
    try:
        # Made by open(), not by tempfile, so that the umask decides on who may read it.
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
