"""A list of everything that is wrong with a folder, filled while it is read."""

from __future__ import annotations

from softpower.errors import Place, Problem, SoftpowerError


class Findings:
    """The problems found so far; reading goes on past each of them."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.problems: list[Problem] = []

    def error(self, what: str, place: Place, mend: str = "") -> None:
        """Note something that must be mended before the index can be used."""
        self.problems.append(Problem(what, place, mend))

    def warn(self, what: str, place: Place, mend: str = "") -> None:
        """Note something that a reader would want to know."""
        self.problems.append(Problem(what, place, mend, level="warning"))

    def caught(self, error: SoftpowerError, place: Place | None = None) -> None:
        """Note an error that was raised, at its own place or at the one given."""
        self.error(error.what, place or error.place, error.mend)

    @property
    def errors(self) -> list[Problem]:
        """The problems that are not mere warnings."""
        return [problem for problem in self.problems if problem.level == "error"]

    def file(self, name: str, line: int | None = None, key: str | None = None) -> Place:
        """Return a place in a file of the folder."""
        return Place(f"{self.folder}/{name}", line, key)
