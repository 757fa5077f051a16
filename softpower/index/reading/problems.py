"""A list of everything that is wrong with a folder, filled while it is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from softpower.errors import FolderError, Location, Problem, SoftpowerError

MOST = 50
"""So many different problems of a file are listed; more would say nothing new."""

MOST_LINES = 5
"""Of a problem that comes again, so many further lines are named."""


@dataclass(slots=True)
class _Found:
    problem: Problem
    again: list[int] = field(default_factory=list)

    def whole(self) -> Problem:
        """Return the problem, with the further lines that have it too."""
        if not self.again:
            return self.problem
        named = [str(line) for line in self.again[:MOST_LINES]]
        left = len(self.again) - len(named)
        if left:
            named.append(f"{left} more")
        listed = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
        lines = "lines" if len(self.again) > 1 else "line"
        return replace(self.problem, what=f"{self.problem.what} The same in {lines} {listed}.")


class ProblemCollector:
    """The problems found so far; reading goes on past each of them.

    A problem that comes again in other lines of the same column is listed once, with the lines.
    """

    def __init__(self, folder: str, said: Callable[[str], str] = str) -> None:
        """``said`` calls the files in a message what they are where the index stands."""
        self.folder = folder
        self._said = said
        self.count = 0
        """How many errors were noted so far, each repetition counted."""
        self._found: dict[tuple[str, str, str | None, str | None], _Found] = {}
        self._causes: list[Problem] = []
        self._doubtful: set[str] = set()
        self._different: Counter[str | None] = Counter()
        self._in_all: Counter[str | None] = Counter()
        self._more: dict[str | None, int | None] = {}
        """Files of which more is wrong than is listed, and the line from which on."""

    def error(self, what: str, location: Location, mend: str = "") -> None:
        """Note something that must be mended before the index can be used."""
        self.count += 1
        self._in_all[location.file] += 1
        self._note(what, location, mend, "error")

    def cause(self, what: str, location: Location, mend: str = "") -> None:
        """Note what is behind other errors: it is listed first, however many these are."""
        self.count += 1
        self._causes.append(Problem(self._said(what), location, self._said(mend), "error"))

    def warn(self, what: str, location: Location, mend: str = "") -> None:
        """Note something that a reader would want to know."""
        self._note(what, location, mend, "warning")

    def doubt(self, what: str, location: Location, mend: str = "") -> None:
        """Note how something was read that could be read otherwise: a warning for all answers."""
        self.warn(what, location, mend)
        self._doubtful.add(self._said(what))

    def _note(
        self, what: str, location: Location, mend: str, level: Literal["error", "warning"]
    ) -> None:
        what, mend = self._said(what), self._said(mend)
        key = (level, what, location.file, location.key)
        found = self._found.get(key)
        if found is not None:
            if location.line is not None and location.line != found.problem.location.line:
                found.again.append(location.line)
        elif level == "error" and self.full(location.file):
            self._more.setdefault(location.file)
        else:
            self._found[key] = _Found(Problem(what, location, mend, level))
            if level == "error":
                self._different[location.file] += 1

    def caught(self, error: SoftpowerError, location: Location | None = None) -> None:
        """Note an error that was raised, at its own place or at the one given."""
        if isinstance(error, FolderError):
            for problem in error.problems:
                self.error(problem.what, problem.location, problem.mend)
        else:
            self.error(error.what, location or error.location, error.mend)

    def full(self, file: str | None) -> bool:
        """Say whether so much is wrong with a file that no more is listed."""
        return self._different[file] >= MOST

    def cut(self, file: str, line: int) -> None:
        """Note that a file is not read from a line on, as so much is wrong with it."""
        self._more[file] = line

    @property
    def listed(self) -> list[Problem]:
        """Everything that was noted, in order."""
        listed = [*self._causes, *(found.whole() for found in self._found.values())]
        return listed + [self._unlisted(file, line) for file, line in self._more.items()]

    def _unlisted(self, file: str | None, line: int | None) -> Problem:
        """Return that more is wrong with a file than is listed, and how much in all."""
        count = f"{'at least ' if line is not None else ''}{self._in_all[file]:,}"
        return Problem(
            f"There are more problems, which are not listed: {count} in all.",
            Location(file, line),
            "Mend those above first.",
        )

    @property
    def doubts(self) -> tuple[str, ...]:
        """How something was read that could be read otherwise, in sentences with the place."""
        found = self._found.values()
        return tuple(str(each.whole()) for each in found if each.problem.what in self._doubtful)

    @property
    def errors(self) -> list[Problem]:
        """The problems that are not mere warnings."""
        return [problem for problem in self.listed if problem.level == "error"]

    def file(self, name: str, line: int | None = None, key: str | None = None) -> Location:
        """Return a place in a file of the folder."""
        return Location(self._said(f"{self.folder}/{name}"), line, key)
