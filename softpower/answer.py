"""What an answer is: tables, charts and where they came from, as plain data.

A question returns an :class:`Answer`; ``softpower.render`` shows it. Cells are ``str``, ``int``,
``float`` or ``None`` (missing) at full precision; how to print them is a property of the column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from softpower.charts import Chart
from softpower.counting import counted
from softpower.errors import UsageError, did_you_mean

if TYPE_CHECKING:
    import pandas as pd

Cell = str | int | float | None
"""One cell of a table; ``None`` is a missing figure. Never NaN."""

Kind = Literal["text", "integer", "number", "percent", "change", "movement"]
"""How a column prints.

``text`` left-aligned; ``integer`` and ``number`` right-aligned, the latter with ``digits``
decimals; ``percent`` a share from 0 to 1 printed as a percentage; ``change`` a signed number;
``movement`` a signed number of places, printed with an arrow (positive is up).
"""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key (for JSON and CSV), its heading and how its cells print."""

    key: str
    title: str
    kind: Kind = "text"
    digits: int = 1
    unit: str = ""
    bar: bool = False
    """Whether a terminal with room to spare may draw the column as a bar too."""
    whole: bool = False
    """Whether its cells are names that a reader types again, and so never shortened."""
    detail: bool = False
    """Whether a printed table leaves it out, as too much to read; every other form has it."""
    apart: str = ""
    """The key of a column of ranks: where two rows differ in it, a printed table gives their
    cells as many more digits as tell them apart."""
    instead: str = ""
    """The key of the column whose cell a printed table shows where this one has none."""
    code_of: str = field(default="", repr=False)
    """The key of the column of names whose codes these are: where all are the names themselves,
    what is there to be read leaves them out, and files for programs have them."""


WHOLE: tuple[Kind, ...] = ("integer", "movement")
"""The kinds of columns that hold whole numbers, unless ties share a mean place."""


@dataclass(frozen=True, slots=True, repr=False)
class Table:
    """A rectangular part of an answer."""

    name: str
    """A short identifier: the key in JSON, the sheet in a workbook."""
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    headed: bool = True
    """Whether the headings are shown; a list of facts needs none."""
    silent: bool = False
    """Whether every form but CSV, which needs a table, leaves it out if it has no rows."""
    detail: bool = False
    """Whether printed text leaves it out, as too much to read; every other form has it."""

    @property
    def says_nothing(self) -> bool:
        """Whether nobody misses it."""
        return self.silent and not self.rows

    def records(self) -> list[dict[str, Cell]]:
        """Return the rows as mappings from column key to cell."""
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]

    def to_frame(self) -> pd.DataFrame:
        """Return the table as a pandas data frame, whose columns are named by their keys.

        Whole numbers are ``Int64``, other numbers ``float64``; what is missing is missing.

        Raises
        ------
        MissingExtraError
            If pandas is not installed.

        Examples
        --------
        >>> import softpower
        >>> softpower.score("hdi-2022", top=2).table("ranking").to_frame()
           rank   id      country  score      class
        0     1  CHE  Switzerland  0.967  Very high
        1     2  NOR       Norway  0.966  Very high
        """
        from softpower.frames import frame_of

        cells = zip(*self.rows, strict=True) if self.rows else ((),) * len(self.columns)
        return frame_of(
            {column.key: each for column, each in zip(self.columns, cells, strict=True)},
            numbers=[column.key for column in self.columns if column.kind != "text"],
            whole=[column.key for column in self.columns if column.kind in WHOLE],
        )

    def __repr__(self) -> str:
        keys = ", ".join(column.key for column in self.columns)
        return f"<Table {self.name}: {counted(len(self.rows), 'row')} of {_within(keys)}>"

    def _repr_html_(self) -> str:
        """Return the table as a notebook shows it."""
        return Answer(self.title, (self,))._repr_html_()


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """The answer to one question, with all that is needed to show it and to repeat it.

    Printed, it is the text that the command prints; a notebook shows its tables and charts.
    """

    title: str
    tables: tuple[Table, ...]
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader must know to read the figures; goes to stderr beside a machine format."""
    provenance: Mapping[str, Any] = field(default_factory=dict, hash=False)
    """Version, index, hash and methodology in full, as plain JSON values."""
    holds: bool = True
    """False where the question was answered with no; the command then exits with status 3."""
    complete: bool = True
    """False where less was computed than was asked for, as the title says; the command then exits
    with status 3, unless it is told to allow it."""
    whole_notes: tuple[str, ...] = ()
    """The notes with nothing left out, where notes are shortened for print; JSON has these."""

    def table(self, name: str) -> Table:
        """Return the table of a name.

        Raises
        ------
        UsageError
            If there is none, naming those that there are.

        Examples
        --------
        >>> import softpower
        >>> softpower.reproduce("hdi-2022").table("summary").records()[-1]
        {'fact': 'Verdict', 'value': 'reproduced'}
        """
        for table in self.tables:
            if table.name == name:
                return table
        names = [table.name for table in self.tables]
        close = did_you_mean(name, names) if isinstance(name, str) else ""
        mend = close or f"Known: {', '.join(names)}."
        raise UsageError(f"This answer has no table {name!r}.", mend=mend)

    def to_frame(self, name: str | None = None) -> pd.DataFrame:
        """Return a table as a pandas data frame: the one of a name, or the first.

        Raises
        ------
        UsageError
            If there is no such table.
        MissingExtraError
            If pandas is not installed.

        Examples
        --------
        >>> import softpower
        >>> answer = softpower.compare("open-soft-power", "@geometric")
        >>> answer.to_frame("agreement")["units"].to_list()
        [187]
        """
        if name is None and not self.tables:
            raise UsageError("This answer has no table.")
        return (self.tables[0] if name is None else self.table(name)).to_frame()

    def save(
        self,
        path: str | Path,
        *,
        width: str | float = "text",
        title: str | None = None,
        theme: str = "light",
        tall: bool = False,
    ) -> None:
        """Write the answer to a file of the kind that its ending says, whole or not at all.

        Parameters
        ----------
        path
            Such as ``ranking.csv``, ``ranking.xlsx``, ``ranking.tex`` or ``ranking.svg``.
        width, title, theme, tall
            Of a picture: ``column``, ``text``, ``slide`` or centimetres; what stands above it;
            ``light`` or ``dark``; whether it may be taller than a page.

        Raises
        ------
        UsageError
            If the ending is not known, or such a file cannot hold the answer.
        InputError
            If the file cannot be written.
        MissingExtraError
            If it needs a library that is not installed.
        """
        from softpower.render.figures import Look
        from softpower.render.saving import write

        write(self, as_path(path), look=Look(width, title, theme, tall))

    def __str__(self) -> str:
        from softpower.render.text import to_text

        return to_text(self, "table", notes=True).rstrip("\n")

    def __repr__(self) -> str:
        lines = [f"<Answer {_within(self.title)}", *(f"  {table!r}" for table in self.tables[:4])]
        if len(self.tables) > 4:
            lines.append(f"  and {len(self.tables) - 4} more tables")
        return "\n".join(lines) + ">"

    def _repr_html_(self) -> str:
        """Return the answer as a notebook shows it."""
        from softpower.render.html import to_fragment

        return to_fragment(self)


def facts(name: str, title: str, items: Sequence[tuple[str, Cell]]) -> Table:
    """Return a two-column table of labelled facts, without those that are missing."""
    return Table(
        name=name,
        title=title,
        columns=(Column("fact", "Fact"), Column("value", "Value")),
        rows=tuple(item for item in items if item[1] not in (None, "")),
        headed=False,
    )


Filled = tuple[Column, Sequence[Cell]]
"""A column with its cells from the top down."""


def by_column(
    name: str, title: str, columns: Sequence[Filled], notes: tuple[str, ...] = ()
) -> Table:
    """Return a table of columns that each come with their cells."""
    cells = zip(*(cells for _, cells in columns), strict=True)
    return Table(name, title, tuple(column for column, _ in columns), tuple(cells), notes)


def as_path(given: str | Path) -> Path:
    """Return where something is to be written.

    Raises
    ------
    UsageError
        If it is no path.
    """
    if not isinstance(given, str | Path) or not str(given).strip():
        raise UsageError(f"`path` is {given!r}, and no file.", mend='Such as "ranking.csv".')
    return Path(given)


def _within(text: str, most: int = 72) -> str:
    """Return a text that fits into a line."""
    return text if len(text) <= most else f"{text[: most - 4]} ..."
