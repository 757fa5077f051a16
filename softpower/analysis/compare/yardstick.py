"""An index held against a yardstick: with which pillars does the disagreement go, and for whom?

A yardstick is a run of another index that is only published, such as a survey of opinions: it has
a ranking and no figures. What it says is not taken apart; what the index says is.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

import numpy as np

from softpower.analysis.compare.alignment import Comparison
from softpower.analysis.shared.agreement import spearman
from softpower.analysis.shared.formatting import enumerated, unit_noun
from softpower.answer import Cell, Column, Table
from softpower.index.tree import Pillar
from softpower.methods.model import Floats

FAR = 0.2
"""A residual of this share of the units that both rank, or more, is called far."""

MOST_NAMED = 5
"""So many units are named on either side."""

LEAST_UNITS = 3
"""Between fewer, a correlation says nothing."""


def yardsticks(held: Comparison) -> tuple[int | None, list[int]]:
    """Return the position of the first run that is computed, and those of its yardsticks."""
    own = next((n for n, run in enumerate(held.runs) if run.setup is not None), None)
    if own is None:
        return None, []
    others = [n for n, run in enumerate(held.runs) if run.setup is None]
    return own, [n for n in others if held.runs[n].index.id != held.runs[own].index.id]


def disagreement(held: Comparison) -> tuple[list[Table], list[str]]:
    """Return a table of pillars and the findings in words for each yardstick, if there is any.

    Formula: with ``x`` and ``y`` the ranks of the shared units in the index and the yardstick,
    the residual is ``y - x``, the places by which the yardstick puts a unit lower. Spearman's
    correlations are those of the ranks in each pillar with ``y`` and with ``y - x``. A residual
    goes with any rank that it was formed from; the row of the whole index tells how far.
    """
    own, others = yardsticks(held)
    if own is None or len(held.units) < LEAST_UNITS:
        return [], []
    pillars = _pillar_values(held, own)
    tables, notes = [], []
    for n in others:
        if pillars:
            tables.append(_table(held, own, n, pillars))
        notes += _in_words(held, own, n)
    return tables, notes


def _pillar_values(held: Comparison, own: int) -> list[tuple[Pillar, Floats]]:
    """Return how good the shared units are in each of the top pillars, high values being good."""
    ranking = held.rankings[own]
    row = {unit.id: i for i, unit in enumerate(ranking.units)}
    rows = [row[unit.id] for unit in held.units]
    senses = ranking.framework.root.senses(ranking.sense)
    return [(p, senses[p.id] * ranking.pillars[p.id][rows]) for p in ranking.framework.top()]


def _table(
    held: Comparison, own: int, other: int, pillars: Sequence[tuple[Pillar, Floats]]
) -> Table:
    x, y = held.ranks[own], held.ranks[other]
    label = held.labels[other]
    columns = (
        Column("pillar", "Pillar"),
        Column("id", "Id", whole=True),
        Column("units", unit_noun(held.runs[own], plural=True).capitalize(), "integer"),
        Column("with_yardstick", f"With {label}", "number", 3),
        Column("with_residual", "With residual", "number", 3),
    )
    rows: list[tuple[Cell, ...]] = []
    for pillar, scores in pillars:
        there = ~np.isnan(scores)
        rows.append((pillar.title, pillar.id, *_correlated(-scores[there], x[there], y[there])))
    rows.sort(key=lambda row: -abs(float(row[4] or 0)))
    rows.append(("The whole index", held.runs[own].index.id, *_correlated(x, x, y)))
    notes = (
        f"Spearman's correlations of the ranks in a pillar. The residual is the rank in {label} "
        f"minus the rank in {held.labels[own]}: above zero, who is strong in the pillar is ranked "
        "higher than by the index, below zero lower. It goes with any rank that it is formed from, "
        "so that a pillar is to be read against the last row."
    )
    title = f"What the disagreement with {label} goes with"
    return Table(f"yardstick_{other + 1}", title, columns, tuple(rows), (notes,))


def _correlated(ranks: Floats, x: Floats, y: Floats) -> tuple[Cell, Cell, Cell]:
    """Return how many units there are, and the correlations with a yardstick and the residual."""
    if ranks.size < LEAST_UNITS:
        return ranks.size, None, None
    return ranks.size, spearman(ranks, y), spearman(ranks, y - x)


def _in_words(held: Comparison, own: int, other: int) -> list[str]:
    """Return who is far above and far below its figures in the eyes of a yardstick."""
    x, y = held.ranks[own], held.ranks[other]
    residual = y - x
    least = ceil(FAR * len(held.units))
    places = f"{least} place{'' if least == 1 else 's'} or more"
    notes = []
    for word, sign in (("above", -1.0), ("below", 1.0)):
        far = [i for i in held.order() if sign * residual[i] >= least]
        far.sort(key=lambda i: -sign * residual[i])
        if far:
            named = [f"{held.units[i].name} ({x[i]:g} to {y[i]:g})" for i in far]
            notes.append(
                f"Perceived far {word} its figures ({places} {word} in "
                f"{held.labels[other]}): {enumerated(named, MOST_NAMED)}."
            )
    if not notes:
        notes.append(
            f"Nobody is perceived far above or below its figures: {held.labels[other]} moves "
            f"nobody by {places}."
        )
    return notes
