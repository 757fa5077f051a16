"""Printing on a stream that may not be able to encode all of a text."""

from __future__ import annotations

from typing import TextIO


def can_print(text: str, stream: TextIO) -> bool:
    """Say whether the encoding of a stream has all characters of a text."""
    try:
        text.encode(stream.encoding or "utf-8")
    except UnicodeEncodeError:
        return False
    return True


def print_text(text: str, stream: TextIO, *, exact: bool = False) -> None:
    """Print a text.

    Parameters
    ----------
    text
        What to print.
    stream
        Where to. What it cannot encode is printed as question marks.
    exact
        Whether the text is for a program, which must find it unaltered: but for a terminal it is
        then printed in UTF-8, whatever the encoding of the stream.
    """
    if exact and hasattr(stream, "buffer") and not stream.isatty():
        stream.flush()
        stream.buffer.write(text.encode())
    elif can_print(text, stream):
        stream.write(text)
    else:
        encoding = stream.encoding or "ascii"
        stream.write(text.encode(encoding, "replace").decode(encoding))
