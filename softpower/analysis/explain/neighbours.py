"""Who stands just above and just below a country, and how far away."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from softpower.analysis.explain.decomposition import Decomposition
from softpower.analysis.shared.charts import bars_of
from softpower.analysis.shared.formatting import (
    cell,
    digits_for,
    rank_cell,
    rank_kind,
    score_digits,
    unit_columns,
)
from softpower.analysis.shared.lists import Listed
from softpower.answer import Column, Table
from softpower.charts import Chart, GridChart, StackedBars
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


def charts_of(known: Decomposition, rows: list[int]) -> tuple[StackedBars | GridChart, ...]:
    """Return what the totals of some units are made of, if they are sums and the parts few.

    If they are no sums, the scores of the pillars: no part of a total can be told.
    """
    top = known.ranking.framework.root.children
    if known.linear:
        return (contribution_chart(known, rows),) if len(top) <= MOST_PARTS else ()
    pillars = known.ranking.framework.top()
    return (pillar_chart(known, rows),) if pillars else ()


def country_charts(
    run: Run, ranking: Ranking, known: Decomposition | None, row: int
) -> tuple[Chart, ...]:
    """Return what a unit and its neighbours are made of; their scores where that cannot be drawn.

    There is nothing to draw of fewer than two scores, as of ranks that are published alone.
    """
    if known is not None and (charts := charts_of(known, near(ranking, row))):
        return charts
    if known is None:
        why = "What they are made of is not published."
    elif known.linear:
        why = f"They have more than {MOST_PARTS} parts, which are too many to draw."
    else:
        why = "They are no sums, and there are no pillars, so that there are no parts to draw."
    title = "Scores of neighbours"
    table = neighbour_table(run, ranking, row)
    chart = replace(bars_of(table, "country", "score", axis="Score", title=title), caption=why)
    return (chart,) if len(chart.labels) > 1 else ()


def pillar_chart(known: Decomposition, rows: list[int]) -> GridChart:
    """Return the scores of the pillars of some units."""
    ranking = known.ranking
    top = ranking.framework.top()
    values = np.column_stack([ranking.pillars[node.id] for node in top])[rows]
    return GridChart(
        name="pillars",
        title="Scores of pillars",
        labels=tuple(ranking.units[i].name for i in rows),
        columns=tuple(node.title for node in top),
        values=tuple(tuple(cell(v) for v in row) for row in values),
        digits=digits_for(values.ravel()),
        axis="Score",
        caption="The total is no sum, so that it has no parts to draw.",
    )


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
