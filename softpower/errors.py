"""What can go wrong, each with a place and a mend.

    SoftpowerError              status 1: what is wrong, where, how to mend it
    ├── UsageError              status 2: a word on the command line or in a call is not known
    ├── InputError              status 1: a file is at fault
    │   └── FolderError         several problems of one folder, collected before it speaks
    ├── MethodError             status 1: a method refuses these figures
    ├── MissingExtraError       status 1: an optional library is not installed
    └── OutputError             status 1: standard output takes no more

Every message is complete without a traceback: ``str(error)`` is what a person reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal


class DoubtWarning(UserWarning):
    """What was asked for may have been meant otherwise; the command line has it as a note.

    ``warnings.simplefilter("error", softpower.DoubtWarning)`` makes an error of it.
    """


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is: a file, a line or row in it, a key or column."""

    file: str | None = None
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        parts = []
        if self.file is not None:
            parts.append(self.file)
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.key is not None:
            parts.append(self.key)
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with an index folder, with its place and its mend."""

    what: str
    location: Location
    mend: str = ""
    level: Literal["error", "warning"] = "error"

    def __str__(self) -> str:
        location = f"{self.location}: " if str(self.location) else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{location}{self.what}{mend}"


class SoftpowerError(Exception):
    """The base of all errors that a person can cause.

    Parameters
    ----------
    what
        What is wrong, as a sentence.
    place
        Where, if it has a place.
    mend
        How to mend it, as a sentence.
    """

    exit_status = 1

    def __init__(self, what: str, *, location: Location | None = None, mend: str = "") -> None:
        self.what = what
        self.location = location or Location()
        self.mend = mend
        super().__init__(str(Problem(what, self.location, mend)))

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how it is made again, whatever a subclass is made from: as it stands."""
        return _bare, (type(self), self.args), vars(self)


def _bare(kind: type[SoftpowerError], args: tuple[Any, ...]) -> SoftpowerError:
    return kind.__new__(kind, *args)


class UsageError(SoftpowerError):
    """A name or a setting that was asked for is not known or makes no sense."""

    exit_status = 2


class InputError(SoftpowerError):
    """A file cannot be read or does not say what it must say."""


class FolderError(InputError):
    """An index folder has problems; all of them are in ``problems``."""

    def __init__(self, folder: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__(f"{folder} has {count} {noun}.")

    def __str__(self) -> str:
        return "\n".join([self.what, *(f"  {problem}" for problem in self.problems)])


class MethodError(SoftpowerError):
    """A method refuses the figures it was given, for a reason that its documentation states."""


class MissingExtraError(SoftpowerError):
    """A library that only some answers need is not installed."""

    def __init__(self, library: str) -> None:
        super().__init__(
            f"This needs {library}, which is not installed.",
            mend=f"Install it with: {pip_install(library)}",
        )


class OutputError(SoftpowerError):
    """The answer cannot be printed, because the device is full or standard output is closed."""


def pip_install(library: str) -> str:
    """Return the command that installs a library where the running interpreter finds it.

    It is the same whether softpower runs from a checkout or was installed.
    """
    import os
    import shlex
    import subprocess
    import sys

    words = [sys.executable or "python", "-m", "pip", "install", library]
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


Names = Sequence[str] | Mapping[str, Any]
"""Names in an order. A set has none, and what is said of one would differ from run to run."""


def nearest(word: str, known: Names, *, count: int = 3) -> list[str]:
    """Return the known names nearest to a mistyped one, best first."""
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for name in known:
        folded.setdefault(name.casefold(), name)
    if word.casefold() in folded:
        return [folded[word.casefold()]]
    close = get_close_matches(word.casefold(), folded, n=count, cutoff=0.6)
    starts = [key for key in folded if len(word) > 2 and key.startswith(word.casefold())]
    return [folded[key] for key in dict.fromkeys([*close, *starts])][:count]


def did_you_mean(word: str, known: Names) -> str:
    """Return the mend for a mistyped name: the nearest known ones, or all if they are few."""
    known = list(known)
    close = nearest(word, known)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    if 0 < len(known) <= 12:
        return f"Known: {', '.join(known)}."
    return ""
