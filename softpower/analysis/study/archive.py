"""A package as one file: written so that the same contents are the same bytes, read with care."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from softpower.errors import InputError, Location

MOST_FILES = 10_000
MOST_BYTES = 1_000_000_000

_PACKED = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a package, which no clock has a part in."""
_MODE = 0o100644 << 16


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as the bytes of an archive."""
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            info = ZipInfo(name, _PACKED)
            info.compress_type, info.external_attr, info.create_system = ZIP_DEFLATED, _MODE, 3
            archive.writestr(info, files[name])
    return out.getvalue()


def unpacked(path: Path) -> dict[str, bytes]:
    """Return the files of a package by their names, read from an archive or from a folder.

    Nothing is written. Links in an archive are no files, and those in a folder are not followed.

    Raises
    ------
    InputError
        If it is neither, is damaged or too large, or a name in it leads out of it.
    """
    location = Location(str(path))
    if path.is_dir():
        return dict(_of_folder(path))
    if not path.is_file():
        raise InputError(
            "There is no such package.", location=location, mend="softpower study pack makes one."
        )
    try:
        with ZipFile(path) as archive:
            return dict(_of_archive(archive, location))
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise InputError(
            f"This is no archive that can be read: {error}.",
            location=location,
            mend="Fetch it again, or name its unpacked folder.",
        ) from error


def _of_archive(archive: ZipFile, location: Location) -> Iterator[tuple[str, bytes]]:
    entries = [info for info in archive.infolist() if not info.is_dir()]
    _refuse_large(len(entries), sum(info.file_size for info in entries), location)
    seen: set[str] = set()
    for info in entries:
        name = info.filename
        if not is_inside(name) or name.casefold() in seen:
            why = "leads out of the package" if not is_inside(name) else "is there twice"
            raise InputError(f"The name {name!r} {why}.", location=location, mend="Do not use it.")
        seen.add(name.casefold())
        with archive.open(info) as file:
            data = file.read(info.file_size + 1)
        if len(data) != info.file_size:
            raise InputError(
                f"{name} is not of the size that is stated.",
                location=location,
                mend="Fetch it again.",
            )
        yield name, data


def _of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink()]
    root = folder.resolve()
    inside = [path for path in paths if path.resolve().is_relative_to(root)]
    size = sum(path.stat().st_size for path in inside)
    _refuse_large(len(inside), size, Location(str(folder)))
    for path in inside:
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def is_inside(name: str) -> bool:
    """Say whether a name is that of a file in the package, on every system."""
    parts = PurePosixPath(name).parts
    plain = name.isprintable() and not set(name) & set('\\:*?"<>|')
    return plain and bool(parts) and not name.startswith("/") and ".." not in parts


def _refuse_large(count: int, size: int, location: Location) -> None:
    if count > MOST_FILES or size > MOST_BYTES:
        raise InputError(
            f"It has {count:,} files of {size:,} bytes; at most {MOST_FILES:,} files of "
            f"{MOST_BYTES:,} bytes are read.",
            location=location,
            mend="Unpack it, and look at what it holds.",
        )
