"""What a country is strong and weak at: by rank, and by points against the median country."""

from __future__ import annotations

import numpy as np

from softpower.analysis.explain.decomposition import Decomposition
from softpower.analysis.shared.formatting import cell, rank_cell, rank_kind
from softpower.answer import Cell, Column, Table
from softpower.methods.model import Floats

FEW = 5
"""How many strengths and weaknesses are shown."""


def profile_tables(known: Decomposition, row: int) -> tuple[Table, ...]:
    """Return the best and the worst indicators of a unit, none of them in both tables."""
    items = known.ranking.framework.indicators()
    places = np.column_stack([known.places(item) for item in items])
    counts = np.count_nonzero(~np.isnan(places), axis=0)
    lead = _lead(known, row)
    counted = [
        j for j in range(len(items)) if not np.isnan(places[row, j]) and known.weights[row, j] > 0
    ]
    level = np.array([known.places(item, "average")[row] for item in items]) / counts.clip(1)
    better = known.sense * lead if known.linear else np.zeros(lead.shape)
    order = sorted(counted, key=lambda j: (level[j], -better[j]))
    few = min(FEW, len(order) // 2)
    columns = [
        Column("id", "Indicator", whole=True),
        Column("title", "Title", detail=True),
        Column("rank", "Rank", rank_kind(places[row])),
        Column("of", "Of", "integer"),
    ]
    if known.linear:
        columns.append(Column("lead", "Points against the median", "change", 2))
    tables = []
    for name, title, chosen in (
        ("strengths", "Strengths: the best ranks", order[:few]),
        ("weaknesses", "Weaknesses: the worst ranks", order[::-1][:few]),
    ):
        rows: list[tuple[Cell, ...]] = []
        for j in chosen:
            about = (items[j].id, items[j].title, rank_cell(places[row, j]), int(counts[j]))
            rows.append((*about, cell(lead[j])) if known.linear else about)
        notes = _most(known, lead, counted, up=name == "strengths") if known.linear else ()
        tables.append(Table(name, title, tuple(columns), tuple(rows), notes))
    return tuple(tables) if few else ()


def _lead(known: Decomposition, row: int) -> Floats:
    """Return the points of each indicator beyond those of the median of the ranked units."""
    points = known.ranking.contributions
    if points is None:
        return np.full(len(known.ids), np.nan)
    return np.asarray(points[row] - np.median(points[known.ranked], axis=0))


def _most(known: Decomposition, lead: Floats, counted: list[int], *, up: bool) -> tuple[str, ...]:
    """Return the indicators that put a unit furthest ahead of the median, or behind it."""
    sign = known.sense if up else -known.sense
    order = sorted((j for j in counted if sign * lead[j] > 0), key=lambda j: -sign * lead[j])[:3]
    if not order:
        return ()
    named = ", ".join(f"{known.ids[j]} ({lead[j]:+.2f})" for j in order)
    return (f"Most points {'above' if sign > 0 else 'below'} the median: {named}.",)
