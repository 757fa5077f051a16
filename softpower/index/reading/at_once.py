"""Figures of a table in which nothing is odd, all rows at once.

Whatever would be refused, doubted or read in a way of its own is left to those who read row by row:
then nothing is returned, and nothing was said.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from softpower.index.figures import Figures, History, placed
from softpower.index.ids import folded
from softpower.index.reading.naming import UnitTable
from softpower.index.reading.plain import Columns, Numbered
from softpower.index.units import Unit
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import int32
    from numpy.typing import NDArray


class _Rows(NamedTuple):
    """What the rows of a table are about."""

    units: tuple[Unit, ...]
    """The different units, in the order in which they come first."""
    unit: NDArray[int32]
    """Which of them each row is about."""


def long_figures(table: UnitTable, ids: tuple[str, ...], known: Collection[str]) -> Figures | None:
    """Return the figures of a table with one row for each, ``None`` if anything in it is odd.

    Parameters
    ----------
    table
        The table.
    ids
        The indicators that there may be figures of.
    known
        The headings that it may have.
    """
    columns = table.raw.plain()
    if columns is None or not {*table.header} <= {*known}:
        return None
    rows, j = _units(table, columns), _indicators(table, columns, ids)
    if rows is None or j is None:
        return None
    places = rows.unit.astype(np.int64) * len(ids) + j
    shape = len(rows.units), len(ids)
    errors = _numbers(table, columns, "standard_error")
    if _repeated(places, shape[0] * shape[1]) or (errors is not None and (errors < 0).any()):
        return None
    return Figures(
        rows.units,
        ids,
        placed(shape, places, _numbers(table, columns, "value"), np.nan),
        placed(shape, places, _texts(table, columns, "year"), ""),
        placed(shape, places, _texts(table, columns, "source"), ""),
        placed(shape, places, errors, np.nan),
    )


def wide_figures(
    table: UnitTable, ids: tuple[str, ...], column: Mapping[str, int], names: Collection[str]
) -> Figures | None:
    """Return the figures of a table with a column for each indicator, ``None`` as above.

    Parameters
    ----------
    table, ids
        As above.
    column
        Where the indicator of a heading is among the ids.
    names
        The headings that may name the unit.
    """
    columns = table.raw.plain()
    if columns is None:
        return None
    titles = [table.header[at] for at in columns.numbers]
    others = {*table.header}.difference(titles)
    if not all(title in column for title in titles) or others & column.keys() or others - {*names}:
        return None
    rows = _units(table, columns)
    if rows is None or len(rows.units) < columns.count:
        return None
    values = np.full((columns.count, len(ids)), np.nan)
    values[:, [column[title] for title in titles]] = columns.values
    shape = values.shape
    return Figures(
        rows.units,
        ids,
        values,
        placed(shape, None, None, ""),
        placed(shape, None, None, ""),
        placed(shape, None, None, np.nan),
    )


def long_history(table: UnitTable, ids: tuple[str, ...], figures: Figures) -> History | None:
    """Return the figures of other periods, ``None`` if anything in their table is odd."""
    columns = table.raw.plain()
    if columns is None:
        return None
    rows, j = _units(table, columns), _indicators(table, columns, ids)
    years = columns.texts[table.at["year"]]
    if rows is None or j is None or "" in years.distinct:
        return None
    row = {unit.id: i for i, unit in enumerate(figures.units)}
    there = np.array([row.get(unit.id, -1) for unit in rows.units], dtype=np.int32)
    if not table.register.closed and not table.register.lost and (there < 0).any():
        return None
    if _scored(there[rows.unit], j, years.codes, [*years.distinct], ids, figures):
        return None
    when = Numbered()
    at = when.of(zip(rows.unit.tolist(), years.codes.tolist(), strict=True), columns.count)
    shape = len(when), len(ids)
    places = at.astype(np.int64) * len(ids) + j
    if _repeated(places, shape[0] * shape[1]):
        return None
    periods = tuple((rows.units[i].id, years.distinct[k]) for i, k in when)
    return History(periods, ids, placed(shape, places, _numbers(table, columns, "value"), np.nan))


def _scored(
    i: NDArray[int32],
    j: NDArray[int32],
    codes: NDArray[int32],
    years: Sequence[str],
    ids: Sequence[str],
    figures: Figures,
) -> bool:
    """Say whether a figure of another period is among those of the period that is scored."""
    column = {name: k for k, name in enumerate(figures.ids)}
    where = np.array([column.get(name, -1) for name in ids])[j]
    both = (i >= 0) & (where >= 0)
    i, where, codes = i[both], where[both], codes[both]
    same = figures.years[i, where] == np.array(years, dtype=object)[codes]
    return bool((same & ~np.isnan(figures.values[i, where])).any())


def _units(table: UnitTable, columns: Columns) -> _Rows | None:
    """Return what each row is about, ``None`` if there is anything to be said of it."""
    naming = table.naming
    if naming is None or not all(at in columns.texts for at in naming.columns):
        return None
    named = [columns.texts[at] for at in naming.columns]
    texts = [column.distinct for column in named]
    keys, codes = Numbered(), named[0].codes
    if len(named) > 1:
        codes = keys.of(zip(*(column.codes.tolist() for column in named), strict=True), len(codes))
    else:
        keys.of(((k,) for k in range(len(texts[0]))), len(texts[0]))
    units: dict[str, Unit] = {}
    rows = Numbered()
    row: list[int] = []
    for key in keys:
        unit = naming.plainly([distinct[k] for distinct, k in zip(texts, key, strict=True)])
        if unit is None:
            return None
        units.setdefault(unit.id, unit)
        row.append(rows[unit.id])
    return _Rows(tuple(units.values()), np.array(row, dtype=np.int32)[codes])


def _indicators(table: UnitTable, columns: Columns, ids: Sequence[str]) -> NDArray[int32] | None:
    """Return which indicator each row is about, ``None`` if one is not known."""
    column = {folded(name): j for j, name in enumerate(ids)}
    named = columns.texts[table.at["indicator"]]
    known = [column.get(name, column.get(folded(name), -1)) for name in named.distinct]
    return None if -1 in known else np.array(known, dtype=np.int32)[named.codes]


def _numbers(table: UnitTable, columns: Columns, title: str) -> Floats | None:
    """Return the numbers of a column, ``None`` if there is no such column."""
    at = table.at.get(title)
    return columns.values[:, columns.numbers[at]] if at is not None else None


def _texts(table: UnitTable, columns: Columns, title: str) -> NDArray[np.object_] | None:
    """Return the texts of a column, ``None`` if there is no such column."""
    at = table.at.get(title)
    if at is None:
        return None
    column = columns.texts[at]
    return np.array(column.distinct, dtype=object)[column.codes]


def _repeated(places: NDArray[np.int64], count: int) -> bool:
    """Say whether two figures have the same place among so many."""
    taken = np.zeros(count, dtype=bool)
    taken[places] = True
    return int(taken.sum()) < len(places)
