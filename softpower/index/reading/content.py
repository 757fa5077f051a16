"""What a file of an index folder holds: its bytes, and its text."""

from __future__ import annotations

import stat
from math import ceil
from pathlib import Path

from softpower.errors import InputError, Location

LARGEST_FILE = 32 * 2**20
"""Bytes; the largest file that is read."""

ENCODING = "utf-8-sig"
"""UTF-8, with or without a byte order mark."""

_CONTROL = bytes({*range(32), 127} - {*b"\t\n\r"})


def contained(folder: Path, path: Path) -> Path:
    """Return a path if it is an ordinary file inside the folder, after following links.

    Raises
    ------
    InputError
        If it leaves the folder, is not an ordinary file, or is too large.
    """
    location = Location(f"{folder.name}/{path.name}")
    try:
        real = path.resolve()
        inside = real.is_relative_to(folder.resolve())
        status = real.stat() if inside else None
    except FileNotFoundError as error:
        raise _no_file(path, location) from error
    except (OSError, RuntimeError, ValueError) as error:
        # A link to itself is an OSError or a RuntimeError, as the version of Python has it.
        if path.is_symlink():
            raise _no_file(path, location) from error
        reason = getattr(error, "strerror", None) or "this cannot be the name of a file"
        mend = "Give it another name, or allow softpower to read it."
        raise InputError(f"It cannot be read: {reason}.", location=location, mend=mend) from error
    if status is None:
        raise InputError(
            "It leads out of the index folder.",
            location=location,
            mend="Put the file itself into the folder.",
        )
    if not stat.S_ISREG(status.st_mode):
        kind = "a folder" if stat.S_ISDIR(status.st_mode) else "not an ordinary file"
        raise InputError(
            f"It is {kind}.", location=location, mend="Put a file of this name in its place."
        )
    if status.st_size > LARGEST_FILE:
        size, most = ceil(status.st_size / 2**20), LARGEST_FILE // 2**20
        raise InputError(
            f"It has {size:,} MB; at most {most} are read.",
            location=location,
            mend="Keep only what the index uses.",
        )
    return real


def _no_file(path: Path, location: Location) -> InputError:
    if path.is_symlink():
        mend = "Put the file itself into the folder."
        return InputError("It is a link that leads nowhere.", location=location, mend=mend)
    mend = "Put it there, or correct its name."
    return InputError("There is no such file.", location=location, mend=mend)


def read_bytes(folder: Path, path: Path) -> bytes:
    """Return what a file inside the folder holds, which is text in UTF-8.

    Raises
    ------
    InputError
        If it cannot be read, or is no such text.
    """
    location = Location(f"{folder.name}/{path.name}")
    try:
        data = contained(folder, path).read_bytes()
    except OSError as error:
        raise InputError(
            f"It cannot be read: {error.strerror}.",
            location=location,
            mend="Allow softpower to read it.",
        ) from error
    save = 'Save it again as text in UTF-8; a spreadsheet calls that "CSV UTF-8".'
    if len(data.translate(None, _CONTROL)) != len(data):
        position = next(i for i, byte in enumerate(data) if byte in _CONTROL)
        raise InputError(
            f"It is not a text file: it holds the control character U+{data[position]:04X}.",
            location=Location(location.file, _line(data, position)),
            mend=save,
        )
    try:
        data.decode(ENCODING)
    except UnicodeDecodeError as error:
        raise InputError(
            "It is not text in UTF-8.",
            location=Location(location.file, _line(data, error.start)),
            mend=save,
        ) from error
    return data


def read_text(folder: Path, path: Path) -> str:
    """Return the text of a file inside the folder, in UTF-8 with or without a byte order mark.

    Raises
    ------
    InputError
        If it cannot be read as text.
    """
    return read_bytes(folder, path).decode(ENCODING)


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
