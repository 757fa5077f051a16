"""Charts that draw what a table holds."""

from __future__ import annotations

from collections.abc import Sequence

from softpower.answer import Table
from softpower.charts import BarChart, GridChart, IntervalChart

SMALL = 2.0
"""Figures that are all below this have the digits of their table, for one would hide them."""


def bars_of(table: Table, label: str, value: str, *, axis: str, title: str = "") -> BarChart:
    """Return the figures of a column as bars, without the rows that have none.

    Parameters
    ----------
    table
        The table.
    label, value
        The keys of the column with the labels and of that with the figures.
    axis
        What the figures are.
    title
        The title, by default that of the table.
    """
    keys = [column.key for column in table.columns]
    at, of = keys.index(label), keys.index(value)
    rows = [
        (str(row[at]).strip(), figure)
        for row in table.rows
        if isinstance(figure := row[of], int | float)
    ]
    return BarChart(
        table.name,
        title or table.title,
        tuple(name for name, _ in rows),
        tuple(float(figure) for _, figure in rows),
        axis,
    )


def grid_of(
    table: Table, label: str, keys: Sequence[str], *, axis: str, title: str = ""
) -> GridChart:
    """Return the figures of some columns with a shade each; shares are given in percent.

    Parameters
    ----------
    table
        The table.
    label, keys
        The keys of the column with the labels and of those with the figures.
    axis
        What the figures are.
    title
        The title, by default that of the table.
    """
    places = {column.key: at for at, column in enumerate(table.columns)}
    columns = [table.columns[places[key]] for key in keys]
    unit = 100 if any(column.kind == "percent" for column in columns) else 1
    rows = tuple(
        tuple(
            None if (figure := row[places[key]]) is None or isinstance(figure, str)
            else unit * float(figure)
            for key in keys
        )
        for row in table.rows
    )  # fmt: skip
    known = [figure for row in rows for figure in row if figure is not None]
    whole = all(figure.is_integer() for figure in known)
    small = max(map(abs, known), default=0.0) < SMALL
    return GridChart(
        table.name,
        title or table.title,
        tuple(str(row[places[label]]) for row in table.rows),
        tuple(column.title for column in columns),
        rows,
        0 if whole or unit == 100 else max(column.digits for column in columns) if small else 1,
        axis,
    )


def spans_of(
    table: Table,
    ends: tuple[str, str],
    *,
    middle: str = "rank",
    terms: tuple[str, str, str] = ("best to worst", "rank", "rank"),
    title: str = "",
) -> tuple[IntervalChart, ...]:
    """Return the best and the worst rank of each row as an interval; nothing where there is none.

    Parameters
    ----------
    table
        A table with the columns ``rank`` and ``country``.
    ends, middle
        The keys of the columns with the best and the worst rank, and with what lies between them.
    terms
        What an interval, its middle and its mark are.
    title
        The title, by default that of the table.
    """
    rows = []
    for row in table.records():
        figures = [row[key] for key in (ends[0], middle, ends[1], "rank")]
        known = [float(each) for each in figures if isinstance(each, int | float)]
        if len(known) == len(figures):
            rows.append((str(row["country"]), *known))
    if not rows:
        return ()
    labels, lows, middles, highs, marks = zip(*rows, strict=True)
    name = title or table.title
    return (IntervalChart(table.name, name, labels, lows, middles, highs, marks, terms, "Rank"),)
