"""The parts of a workbook, as a zip archive holds them and their relationships name them.

A part is found by its relationship alone, for its name and place are nobody's promise, and is
parsed by expat, so that no spelling of XML is taken for another. Nothing is unpacked beyond what
the archive says at its start, and no document may declare entities.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from softpower.errors import InputError, Location

LARGEST_UNPACKED = 128 * 2**20
"""Bytes; the largest spreadsheet, unpacked, that is opened."""

PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How the parts of a workbook are packed; others may take any amount of memory to unpack."""

DEEPEST = 64
"""So many elements of a document may lie one within the other."""

LONGEST_TAG = CHUNK = 2**20
"""Bytes; the longest tag that is read, and how much of a document the parser is given at once."""

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class NoWorkbookError(Exception):
    """The bytes are not those of a workbook."""


@contextmanager
def opened(path: Path, name: str) -> Iterator[Package]:
    """Open the parts of a workbook.

    Raises
    ------
    InputError
        If it is too large, or turns out within the block to be no workbook.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked > LARGEST_UNPACKED:
                size, most = unpacked / 2**20, LARGEST_UNPACKED / 2**20
                raise InputError(
                    f"It unpacks to {size:,.0f} MB; at most {most:.0f} are read.",
                    location=Location(name),
                    mend="Keep only the sheet that the index uses.",
                )
            yield Package(archive)
    except (
        NoWorkbookError,
        expat.ExpatError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        RuntimeError,
        ValueError,
    ) as error:
        raise InputError(
            "It cannot be read as a spreadsheet.",
            location=Location(name),
            mend="Save it again as .xlsx, or as .csv.",
        ) from error


class Package:
    """The parts of a workbook; capitals and small letters of their names are the same."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in archive.infolist():
            key = member.filename.replace("\\", "/").lstrip("/").casefold()
            if key in self._members:
                raise NoWorkbookError
            self._members[key] = member

    def read(self, part: str) -> bytes:
        """Return the bytes of a part."""
        member = self._members.get(part.casefold())
        if member is None or member.compress_type not in PACKINGS:
            raise NoWorkbookError
        with self._archive.open(member) as packed:
            return packed.read(member.file_size)  # without a number it unpacks whatever comes

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what kind of relationship leads from a part to which other part, by its id."""
        folder, file = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(kind: str, attributes: Mapping[str, str]) -> None:
            if kind == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.join("/", folder, attributes.get("Target", ""))
                type_ = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = type_, posixpath.normpath(target).lstrip("/")

        parse(self.read(posixpath.join(folder, "_rels", f"{file}.rels")), start)
        return found


class _Local(dict[str, str]):
    """The names of elements without that of their language, each taken apart once."""

    def __missing__(self, name: str) -> str:
        self[name] = name.rpartition(" ")[2]
        return self[name]


def parse(data: bytes, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Tell of each element of a document, by its name without prefix, and of the text in it.

    Raises
    ------
    NoWorkbookError, ExpatError
        If it is not well-formed, has a document type, or is nested or spelt beyond all measure.
    """
    depth = 0
    local = _Local()

    def refuse(*_: object) -> NoReturn:
        raise NoWorkbookError

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise NoWorkbookError
        start(local[name], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(local[name])

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = text
    for at in range(0, len(data), CHUNK):
        parser.Parse(data[at : at + CHUNK], False)
        if at - parser.CurrentByteIndex > LONGEST_TAG:
            raise NoWorkbookError
    parser.Parse(b"", True)
