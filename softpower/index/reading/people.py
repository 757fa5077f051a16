"""Reading the weights that people stated."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from softpower.errors import FolderError, InputError, Location
from softpower.index.people import People
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.tables import RawTable, Row, read_table

PERSON = "person"
"""The column that names who stated the weights; persons are counted where it is missing."""

_HEADER = 1
"""The line of the header."""


def read_people(path: Path) -> People:
    """Return the weights that people stated, one row a person.

    Raises
    ------
    FolderError
        If a cell is no weight, a name stands there twice, or there are no weights.
    """
    if not path.is_file():
        raise InputError(
            "There is no such file.",
            location=Location(str(path)),
            mend="Name a table with one row a person, and a column for each weight.",
        )
    raw = read_table(path.resolve().parent, path, "people")
    problems = ProblemCollector(path.name)
    columns = [at for at, title in enumerate(raw.header) if title != PERSON]
    if not columns or not raw.rows:
        problems.error(
            "It has no weights.",
            raw.location(),
            f"Give it a row for each person under {PERSON},ID,ID,...",
        )
    names = _names(raw, problems)
    points = np.array([[_points(raw, row, at, problems) for at in columns] for row in raw.rows])
    if problems.count:
        raise FolderError(path.name, problems.listed)
    ids = tuple(raw.titles[at] if raw.titles else raw.header[at] for at in columns)
    headings = tuple(raw.location(_HEADER, raw.header[at]) for at in columns)
    places = tuple(raw.location(row.line) for row in raw.rows)
    return People(path.name, names, ids, points, headings, places)


def _names(raw: RawTable, problems: ProblemCollector) -> tuple[str, ...]:
    if PERSON not in raw.header:
        return tuple(f"person {number}" for number in range(1, len(raw.rows) + 1))
    at = raw.header.index(PERSON)
    names: dict[str, int] = {}
    for row in raw.rows:
        name = row.cells[at]
        place = raw.location(row.line, PERSON)
        if not name:
            problems.error("It names nobody.", place, "Write who stated these weights.")
        elif name in names:
            said = f"{name} is in line {names[name]} already."
            problems.error(said, place, "Give each person one row.")
        names.setdefault(name, row.line)
    return tuple(names)


def _points(raw: RawTable, row: Row, at: int, problems: ProblemCollector) -> float:
    place = raw.location(row.line, raw.header[at])
    try:
        number = raw.number(row, at)
    except InputError as error:
        problems.error(error.what, place, "Write it as digits, such as 40 or 12.5; 0 for nothing.")
        return 0.0
    if number is None:
        problems.error("It is empty.", place, "Write 0 where a person gives it nothing.")
    elif number < 0:
        problems.error(f"The weight {number:g} is below zero.", place, "Write 0 or more.")
    return number or 0.0
