"""Standard output and error as a command finds them: full, closed, or read no further."""

from __future__ import annotations

import io
import os
import sys
from typing import Any

from softpower.errors import OutputError


class End(io.FileIO):
    """Where a stream ends; what it does not take is lost, which is complained of once or never.

    A reader of standard output that has gone away has read enough, so that the exit status stays
    what the answer makes it. Notes that nobody can read do not change an answer either.
    """

    def __init__(self, number: int, *, matters: bool) -> None:
        super().__init__(number, "w", closefd=False)
        self.matters = matters
        self.lost = False

    def write(self, data: Any, /) -> int:
        """Write what the end takes.

        Raises
        ------
        OutputError
            If it is the first that cannot be written, it matters, and somebody may still read.
        """
        if self.lost:
            return len(data)
        try:
            return super().write(data)
        except OSError as error:
            self.lost = True
            if self.matters and not isinstance(error, BrokenPipeError):
                raise OutputError(f"The output cannot be written: {error.strerror}.") from error
            return len(data)


def secure() -> None:
    """Give the standard streams ends that hold, but for terminals, which do."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:  # closed, and the next file would be opened in its place
            os.open(os.devnull, os.O_RDONLY)
    for number, name in ((1, "stdout"), (2, "stderr")):
        stream = getattr(sys, name)
        if stream is not None and stream.isatty():
            continue
        end = io.BufferedWriter(End(number, matters=name == "stdout"))
        encoding, errors = (stream.encoding, stream.errors) if stream else ("utf-8", None)
        setattr(sys, name, io.TextIOWrapper(end, encoding, errors, line_buffering=number == 2))
