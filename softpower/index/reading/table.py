"""A table of an index while it is read: what is wrong with it goes to the problems of the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from softpower.errors import InputError, Location, SoftpowerError, did_you_mean
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.tables import RawTable, Row
from softpower.index.text import shown


class Table:
    """A table, and where its problems are noted.

    Parameters
    ----------
    raw
        Its header and rows.
    problems
        The problems of the folder that it is part of.
    """

    def __init__(self, raw: RawTable, problems: ProblemCollector) -> None:
        self.raw = raw
        self.problems = problems
        self.header = raw.header
        self.rows = raw.rows
        self.at = {title: position for position, title in enumerate(raw.header)}
        """The position of each column."""

    def readable(self) -> Iterator[Row]:
        """Yield the rows, until so much is wrong with them that no more is listed."""
        before = self.problems.count
        for row in self.rows:
            if self.problems.count != before and self.full:
                self.problems.cut(self.raw.file, row.line)
                return
            yield row

    @property
    def full(self) -> bool:
        """Whether so much is wrong with it that no more is listed."""
        return self.problems.full(self.raw.file)

    def place(self, row: Row | None = None, column: str | None = None) -> Location:
        """Return where a row, a cell, a heading or the whole table stands."""
        return self.raw.location(row.line if row is not None else None, column)

    def error(
        self, what: str, mend: str, row: Row | None = None, column: str | None = None
    ) -> None:
        """Note something that must be mended before the index can be used."""
        self.problems.error(what, self.place(row, column), mend)

    def warn(self, what: str, mend: str, row: Row | None = None, column: str | None = None) -> None:
        """Note something that a reader would want to know."""
        self.problems.warn(what, self.place(row, column), mend)

    def doubt(
        self, what: str, mend: str, row: Row | None = None, column: str | None = None
    ) -> None:
        """Note how something was read that could be read otherwise."""
        self.problems.doubt(what, self.place(row, column), mend)

    def caught(
        self, error: SoftpowerError, row: Row | None = None, column: str | None = None
    ) -> None:
        """Note an error that was raised about something in it."""
        self.problems.caught(error, self.place(row, column))

    def number(self, row: Row, column: str) -> float | None:
        """Return the number in a cell, ``None`` where it is empty or an error was noted."""
        try:
            return self.raw.number(row, self.at[column])
        except InputError as error:
            self.problems.caught(error)
            return None

    def texts(self, at: int) -> list[str]:
        """Return the texts of a column."""
        return self.raw.texts(at)

    def refuse_unknown_columns(self, known: Iterable[str], offered: Iterable[str]) -> None:
        """Note an error for every column that is not known, with the nearest that is offered."""
        known, offered = {*known}, [*offered]
        for title in self.header:
            if title not in known:
                mend = did_you_mean(title, offered) or "Remove it."
                self.error(f"The column {shown(title)} is not known.", mend)
