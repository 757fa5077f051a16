"""How figures and runs are put into words and columns, alike in every answer."""

from __future__ import annotations

import math

import numpy as np

from softpower.answer import Cell, Column, Kind
from softpower.engine.run import Run
from softpower.methods.model import Floats


def cell(value: float) -> float | None:
    """Return a figure as a cell, ``None`` where it is missing."""
    return None if math.isnan(value) else float(value)


def rank_cell(value: float) -> int | float | None:
    """Return a rank as a cell: whole, unless ties share a mean place."""
    if math.isnan(value):
        return None
    return int(value) if float(value).is_integer() else float(value)


def rank_kind(ranks: Floats) -> Kind:
    """Return the kind of a column of ranks: whole numbers, unless ties share a mean place."""
    present = ranks[~np.isnan(ranks)]
    return "integer" if np.array_equal(present, np.floor(present)) else "number"


def digits_for(values: Floats, decimals: int | None = None) -> int:
    """Return how many decimals to print scores with: as published, or by their size."""
    if decimals is not None:
        return decimals
    finite = values[np.isfinite(values)]
    largest = float(np.max(np.abs(finite))) if finite.size else 0.0
    if largest >= 1000:
        return 1
    return 2 if largest >= 10 else 3


def score_digits(run: Run, scores: Floats) -> int:
    """Return how many decimals to print the scores of a run with."""
    published = run.index.published
    as_declared = run.setup is None or not run.patch
    decimals = published.decimals if published is not None and as_declared else None
    if run.setup is not None and run.setup.methodology.round is not None:
        decimals = run.setup.methodology.round
    return digits_for(scores, decimals)


def titled(run: Run) -> str:
    """Return the title of a run, which says so if only a part of the edition is known."""
    title = run.index.title + (f" ({run.changes})" if run.changes else "")
    published = run.index.published
    if run.setup is None and published is not None and published.partial:
        title += " (partial)"
    return title


def unlike_published(*runs: Run) -> list[str]:
    """Return which runs compute an index as it is declared, and yet not what is published."""
    found = dict.fromkeys(
        run.name
        for run in runs
        if run.setup is not None
        and not (run.variants or run.changes)
        and run.index.published is not None
        and not run.index.declared.published.reproduced
    )
    return [
        f"{name} is computed here, and its scores are not those that are published. How far "
        f"apart they are, and what is known of why: softpower reproduce {name}"
        for name in found
    ]


def unit_noun(run: Run, *, plural: bool = False) -> str:
    """Return what the units of an index are called."""
    if run.index.declared.units == "countries":
        return "countries" if plural else "country"
    return "units" if plural else "unit"


def unit_column(run: Run) -> Column:
    """Return the column that names what is ranked."""
    return Column("country", unit_noun(run).capitalize())


def unit_columns(run: Run) -> tuple[Column, Column]:
    """Return the columns with the code and the name of what is ranked."""
    return Column("id", "Code", code_of="country"), unit_column(run)


def code_column(key: str = "id", title: str = "Code", *, of: str = "country") -> Column:
    """Return the column of codes beside names, which a printed table has no room for.

    Parameters
    ----------
    key, title
        Of the column.
    of
        The key of the column of names.
    """
    return Column(key, title, whole=True, detail=True, code_of=of)


def scope(made: int, asked: int, noun: str) -> str:
    """Return how much of what was asked for there is, to stand behind a title; empty if all."""
    return "" if made == asked else f" ({made:,} of {asked:,} {noun})"


def enumerated(names: list[str], most: int = 6) -> str:
    """Return names as a phrase, with the number of those left out."""
    if len(names) <= most:
        return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
    return f"{', '.join(names[:most])} and {len(names) - most} more"


def years(cells: list[str]) -> Cell:
    """Return the years of some figures as a range, such as ``2019-2024``."""
    known = sorted({text for text in cells if text})
    if not known:
        return None
    return known[0] if len(known) == 1 else f"{known[0]}-{known[-1]}"
