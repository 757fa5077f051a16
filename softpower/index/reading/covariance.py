"""Reading the standard errors of scores, or their covariance."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from softpower.errors import FolderError, InputError, Location, UsageError
from softpower.index.ids import folded
from softpower.index.reading.problems import ProblemCollector
from softpower.index.reading.tables import RawTable, Row, read_table
from softpower.methods.model import Floats

STANDARD_ERROR = "standard_error"
"""The heading under which standard errors stand, as in the figures of an index."""

UNEVEN = 1e-9
"""Two cells across the diagonal differ by no more than this part of the largest."""

LARGEST = 1e200
"""A variance beyond this is a slip, and too large to compute with."""

Find = Callable[[str], str]
"""Returns the id of what a name means, or raises a usage error."""


def read_covariance(path: Path, find: Find) -> tuple[tuple[str, ...], Floats]:
    """Return ids and the covariance of their scores.

    A table has a row for each under their names, and either a column ``standard_error`` (no score
    then goes with another) or a column for each with the covariances, in squares of the score.

    Raises
    ------
    InputError
        If there is no such file.
    FolderError
        If a cell is no number, a name is not known or stands there twice, or the numbers are no
        covariances.
    """
    if not path.is_file():
        raise InputError(
            "There is no such file.",
            location=Location(str(path)),
            mend=f"Name a table with the columns country and {STANDARD_ERROR}, or a covariance "
            "matrix with names in its first row and column.",
        )
    raw = read_table(path.resolve().parent, path, "covariance")
    problems = ProblemCollector(path.name)
    headings = [folded(each) for each in raw.header[1:]]
    alone = headings == [folded(STANDARD_ERROR)]
    if not alone and folded(STANDARD_ERROR) in headings:
        raise InputError(
            f"It has a column {STANDARD_ERROR} and {len(headings) - 1} more beside the names.",
            location=raw.location(),
            mend="Keep two columns, such as country and standard_error.",
        )
    rows = _known([(row.cells[0], row.line, None) for row in raw.rows], raw, problems, find)
    titles = raw.titles or raw.header
    columns = rows if alone else _known([(t, None, t) for t in titles[1:]], raw, problems, find)
    if not problems.count and sorted(rows) != sorted(columns):
        odd = min(set(rows) ^ set(columns))
        where = "row" if odd in rows else "column"
        problems.error(
            f"{odd} has a {where} only.", raw.location(), "Give each a row and a column."
        )
    width = range(1, len(raw.header))
    values = np.array([[_number(raw, row, at, problems) for at in width] for row in raw.rows])
    if alone and (below := [row.line for row, (e,) in zip(raw.rows, values, strict=True) if e < 0]):
        problems.error("An error below zero.", raw.location(below[0]), "Write 0 or more.")
    if not problems.count:
        order = [columns.index(name) for name in rows]
        with np.errstate(over="ignore"):
            matrix = np.diag(values[:, 0] ** 2) if alone else values[:, order]
        _check(matrix, rows, raw, problems)
    if problems.count:
        raise FolderError(path.name, problems.listed)
    return tuple(rows), matrix


def _known(
    named: list[tuple[str, int | None, str | None]],
    raw: RawTable,
    problems: ProblemCollector,
    find: Find,
) -> list[str]:
    """Return the ids of what stands in the first row or column."""
    found: list[str] = []
    if len(named) < 1 or len(raw.header) < 2:
        problems.error("It has no errors.", raw.location(), "Give each a row.")
    for text, line, column in named:
        place = raw.location(line, column or raw.header[0])
        try:
            name = find(text)
        except UsageError as error:
            problems.error(error.what, place, error.mend)
            continue
        if name in found:
            problems.error(f"{text} stands there twice.", place, "Keep one of them.")
        found.append(name)
    return found


def _number(raw: RawTable, row: Row, at: int, problems: ProblemCollector) -> float:
    try:
        number = raw.number(row, at)
    except InputError as error:
        problems.caught(error)
        return 0.0
    if number is None:
        place = raw.location(row.line, raw.header[at])
        problems.error("It is empty.", place, "Write 0 where there is no error.")
    return number or 0.0


def _check(matrix: Floats, rows: list[str], raw: RawTable, problems: ProblemCollector) -> None:
    """Say where a matrix is no covariance."""
    scale = float(np.abs(matrix).max(initial=0.0))
    if scale > LARGEST:
        problems.error(
            f"An error of {np.sqrt(scale):.3g} is too large a number.",
            raw.location(raw.rows[int(np.argmax(np.abs(matrix).max(axis=1)))].line),
            "Correct it, or take another unit.",
        )
        return
    uneven = np.argwhere(np.abs(matrix - matrix.T) > UNEVEN * scale)
    if uneven.size:
        i, j = uneven[0]
        problems.error(
            f"The covariance of {rows[i]} and {rows[j]} is {matrix[i, j]:g} in one place and "
            f"{matrix[j, i]:g} in the other.",
            raw.location(raw.rows[int(i)].line),
            "Give both the same number.",
        )
        return
    least = float(np.linalg.eigvalsh(matrix).min())
    if least < -UNEVEN * scale * len(matrix):
        problems.error(
            "These are no covariances: some sum of the scores would have the variance "
            f"{least:.3g} (their least eigenvalue).",
            raw.location(),
            "Check that it holds covariances in squares of the score, such as 4 for an error of 2.",
        )
