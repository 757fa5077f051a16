"""Figures as rows of a workbook, with what is known of each; where formulas find them."""

from __future__ import annotations

from typing import Any

import numpy as np

from softpower.analysis.export.sheets import Formula, Grid, Rows, Sheet, as_cell, grid, told
from softpower.analysis.export.tables import names_of
from softpower.engine.run import Run
from softpower.index.figures import Figures
from softpower.index.ids import folded
from softpower.index.reading.cells import letters_of


def figure_rows(run: Run, figures: Figures) -> Rows:
    """Return one row for each unit, with a column for each indicator.

    Where the year, the source or the standard error of any figure is known, it is one row for
    each figure, and one for each gap, so that it can be filled.
    """
    beside = said_beside(figures)
    if not beside or not rows_of_figures(figures):
        rows: Rows = [[*names_of(run), *figures.ids]]
        for unit, values in zip(figures.units, figures.values, strict=True):
            rows.append([unit.id, unit.name, *map(as_cell, values)])
        return rows
    cells = (figures.values, *beside.values())
    rows = [[*names_of(run), "indicator", "value", *beside]]
    for i, unit in enumerate(figures.units):
        for j, name in enumerate(figures.ids):
            rows.append([unit.id, unit.name, name, *(as_cell(of[i, j]) for of in cells)])
    return rows


def said_beside(figures: Figures) -> dict[str, Any]:
    """Return what is known of single figures, by the column that holds it."""
    known: dict[str, Any] = {
        "year": figures.years,
        "source": figures.sources,
        "standard_error": figures.errors,
    }
    return {title: of for title, of in known.items() if told(of.flat)}


def rows_of_figures(figures: Figures) -> bool:
    """Return whether a table may have a row for each figure: no indicator is called as a column."""
    return not {"indicator", "value"} & set(map(folded, figures.ids))


def figures_at(rows: Rows, figures: Figures, heading: int) -> tuple[Grid, list[Sheet]]:
    """Return where the figures stand side by side, and the sheet that brings them there, if any.

    ``heading`` is the row of the headings of a table, counted from 1.
    """
    if not said_beside(figures) or not rows_of_figures(figures):
        return grid("figures", figures.ids, top=heading), []
    column, width = letters_of(rows[0].index("value") + 1), len(figures.ids)
    made: Rows = [["code", "name", *figures.ids]]
    for i, unit in enumerate(figures.units):
        places = [f"figures!{column}{heading + 1 + width * i + j}" for j in range(width)]
        values = ["" if np.isnan(value) else float(value) for value in figures.values[i]]
        made.append([unit.id, unit.name])
        made[-1] += [
            Formula(f'IF(ISNUMBER({x}),{x},"")', value)
            for x, value in zip(places, values, strict=True)
        ]
    return grid("selected", figures.ids, top=1), [Sheet("selected", made, computes=True)]


def history_rows(figures: Figures) -> Rows:
    """Return the figures of other periods, one row for each."""
    past = figures.history
    rows: Rows = [["country", "indicator", "year", "value"]]
    for (unit, period), values in zip(past.rows, past.values, strict=True):
        rows += [
            [unit, name, period, float(value)]
            for name, value in zip(past.ids, values, strict=True)
            if not np.isnan(value)
        ]
    return rows if len(rows) > 1 else []
