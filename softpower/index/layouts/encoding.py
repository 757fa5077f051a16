"""How the bytes of a file are text: found out where that is certain, and said where it is not."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import NamedTuple

from softpower import countries
from softpower.errors import InputError, Location, UsageError
from softpower.index.text import shown

BLOCK = 2**20

TYPOGRAPHIC = set("–—‘’“”•…€£¥§°±²³¹µ·½¼¾×‰†‡*«»©®")
"""What Windows-1252 has beside letters, and no other encoding has in the same places by chance."""

_LETTERS = re.compile(r"[£±³¹¼¾](?=[a-zà-ž])")
"""What stands where other encodings have letters, before a small letter: ``£otwa`` for Łotwa."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CELLS = re.compile(r"[,;\t|\"\r\n]+")
_CONTROL = bytes({*range(32), 127} - {*b"\t\n\r\x0b\x0c"})


class Encoding(NamedTuple):
    """An encoding, by the name that Python gives it, and what to say of it."""

    name: str
    remark: str


def told_encoding(path: Path, stated: str | None) -> Encoding:
    """Return the encoding of a file.

    Raises
    ------
    InputError
        If the file is no text, or text of which it is not certain how it is to be read.
    """
    with path.open("rb") as file:
        beginning = file.read(4096)
    if stated is not None:
        return _stated(path, stated)
    for mark, name in MARKS:
        if beginning.startswith(mark):
            return _read_through(path, name)
    if beginning.count(0) > len(beginning) // 4:
        name = "utf-16-le" if beginning[1::2].count(0) > beginning[::2].count(0) else "utf-16-be"
        return _read_through(path, name)
    place = _fault(path, "utf-8")
    if place is None:
        _refuse_control(path)
        return Encoding("utf-8", "")
    return _windows(path)


def _stated(path: Path, stated: str) -> Encoding:
    name = known_encoding(stated)
    if _fault(path, name) is not None:
        raise InputError(f"It is not text in {stated}.", location=Location(path.name))
    return Encoding(name, f"It is read as {stated}, as stated.")


def _read_through(path: Path, name: str) -> Encoding:
    if _fault(path, name) is not None:
        raise InputError(
            f"It begins as text in {name.upper()} and does not go on as such.",
            location=Location(path.name),
            mend="Download it again, or save it as text in UTF-8.",
        )
    remark = "" if name == "utf-8-sig" else "It is text in UTF-16."
    return Encoding(name, remark)


def _fault(path: Path, name: str) -> int | None:
    """Return where a file is not text in an encoding, ``None`` if it is so throughout."""
    decoder = codecs.getincrementaldecoder(name)()
    done = 0
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                decoder.decode(block)
                done += len(block)
            decoder.decode(b"", final=True)
        except UnicodeError as error:
            return done + getattr(error, "start", 0)
    return None


def _refuse_control(path: Path) -> None:
    line = 1
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if len(block.translate(None, _CONTROL)) != len(block):
                position = next(i for i, byte in enumerate(block) if byte in _CONTROL)
                raise InputError(
                    f"It is not a text file: it holds the control character "
                    f"U+{block[position]:04X}.",
                    location=Location(path.name, line + block.count(b"\n", 0, position)),
                    mend='Save it as text in UTF-8; a spreadsheet calls that "CSV UTF-8".',
                )
            line += block.count(b"\n")


def _windows(path: Path) -> Encoding:
    """Return Windows-1252 if every letter beyond ASCII stands in a name of a country.

    Raises
    ------
    InputError
        With the first cell that could be read otherwise.
    """
    mend = "Save it as text in UTF-8, or say by `encoding` what it is, such as windows-1252."
    known = 0
    with path.open("rb") as file:
        for line, data in enumerate(file, start=1):
            if data.isascii():
                continue
            try:
                text = data.decode("cp1252")
            except UnicodeDecodeError as error:
                raise InputError(
                    "It is text neither in UTF-8 nor in Windows-1252.",
                    location=Location(path.name, line),
                    mend=mend,
                ) from error
            for part in _CELLS.split(text):
                signs = all(c.isascii() or c in TYPOGRAPHIC for c in part)
                if part.isascii() or (signs and not _LETTERS.search(part)):
                    continue
                if countries.find(part) is None:
                    raise InputError(
                        f"It is not text in UTF-8; in Windows-1252 there would be {shown(part)}, "
                        "and nothing shows that this is meant.",
                        location=Location(path.name, line),
                        mend=mend,
                    )
                known += 1
    shows = "the names of countries show" if known else "its signs show"
    return Encoding("cp1252", f"It is text in Windows-1252, as {shows}.")


def known_encoding(name: str) -> str:
    """Return the name of an encoding as Python has it.

    Raises
    ------
    UsageError
        If it is not known.
    """
    try:
        "".encode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise UsageError(
            f"The encoding {shown(name)} is not known.",
            mend="Known are utf-8, utf-16, windows-1252, iso-8859-2 and others.",
        ) from None
