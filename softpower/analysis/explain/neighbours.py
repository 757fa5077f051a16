"""Who stands just above and just below a country, and how far away."""

from __future__ import annotations

import numpy as np

from softpower.analysis.explain.decomposition import Decomposition
from softpower.analysis.shared.formatting import (
    cell,
    rank_cell,
    rank_kind,
    score_digits,
    unit_columns,
)
from softpower.analysis.shared.lists import Listed
from softpower.answer import Column, StackedBars, Table
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run

NEAR = 2
"""How many are shown above and below."""

MOST_PARTS = 12
"""A bar of more parts cannot be read."""


def near(ranking: Ranking, row: int) -> list[int]:
    """Return the rows of a ranked unit and those next to it, best first."""
    order = [i for i in ranking.order() if not np.isnan(ranking.ranks[i])]
    at = order.index(row)
    return order[max(0, at - NEAR) : at + NEAR + 1]


def above(ranking: Ranking, row: int) -> int | None:
    """Return the row of the next better rank, or ``None`` at the top."""
    better = [i for i in ranking.order() if ranking.ranks[i] < ranking.ranks[row]]
    return better[-1] if better else None


def neighbour_table(run: Run, ranking: Ranking, row: int) -> Table:
    """Return a unit and those next to it, with their distance in points of the score."""
    rows = near(ranking, row)
    digits = score_digits(run, ranking.scores)
    columns = (
        Column("rank", "Rank", rank_kind(ranking.ranks)),
        *unit_columns(run),
        Column("score", "Score", "number", digits, apart="rank"),
        Column("gap", "Gap", "change", digits),
    )
    cells = tuple(
        (
            rank_cell(ranking.ranks[i]),
            ranking.units[i].id,
            ranking.units[i].name,
            cell(ranking.scores[i]),
            cell(ranking.scores[i] - ranking.scores[row]) if i != row else None,
        )
        for i in rows
    )
    known = "" if Listed.of(run, ranking).complete else ", as far as ranks are known"
    return Table("neighbours", f"Neighbours{known}, and the gap to them", columns, cells)


def neighbour_chart(known: Decomposition, row: int) -> StackedBars | None:
    """Return what the total of a unit and of its neighbours is made of, if totals are sums."""
    top = known.ranking.framework.root.children
    if not known.linear or len(top) > MOST_PARTS:
        return None
    return contribution_chart(known, near(known.ranking, row))


def contribution_chart(known: Decomposition, rows: list[int]) -> StackedBars:
    """Return what each child of the index adds to the totals of some units."""
    top = known.ranking.framework.root.children
    points = np.column_stack([known.points(node) for node in top])
    return StackedBars(
        name="contributions",
        title="What the scores are made of",
        labels=tuple(known.ranking.units[i].name for i in rows),
        parts=tuple(node.title for node in top),
        values=tuple(tuple(float(v) for v in np.nan_to_num(points[i])) for i in rows),
        axis="Points",
    )
