"""What holds for all admissible weights as tables: tiers, pairs, and the diagram of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from softpower.analysis.shared.formatting import rank_cell, rank_kind, unit_column
from softpower.answer import Cell, Column, Table
from softpower.charts import OrderChart
from softpower.engine.exact.averages import mean_ranks
from softpower.engine.run import Run

if TYPE_CHECKING:
    from softpower.analysis.shared.comparisons import Relations


def order_table(run: Run, found: Relations, title: str) -> Table:
    """Return a row for each unit: its tier, and how many others are always on which side."""
    form, order = found.form, found.order
    ranks = form.batch.nominal.ranks[found.units]
    names = [form.units[unit].name for unit in found.units]
    averages = order.average_ranks()
    means = None if found.wins is None else mean_ranks(found.wins)
    columns = (
        Column("rank", "Rank", rank_kind(ranks)),
        unit_column(run),
        Column("tier", "Tier", "integer"),
        Column("above", "Always above", "integer"),
        Column("below", "Always below", "integer"),
        Column("open", "Either", "integer"),
        Column("average_rank", "Average rank", "number", 1),
        *((Column("mean_rank", "Mean rank", "number", 1),) if means is not None else ()),
        Column("next_below", "Next below for certain", detail=True),
    )
    rows = []
    for at, name in enumerate(names):
        row: tuple[Cell, ...] = (
            rank_cell(ranks[at]),
            name,
            order.tiers[at],
            int(order.above[at].sum()),
            int(order.above[:, at].sum()),
            int(order.open[at].sum()),
            float(averages[at]),
            *(() if means is None else (float(means[at]),)),
            ", ".join(names[other] for other in np.flatnonzero(order.covers[at])) or None,
        )
        rows.append(row)
    return Table("order", title, columns, tuple(rows))


MOST_PAIRS = 15
"""So many pairs are printed; more are in every other form."""


def pair_table(found: Relations) -> Table:
    """Return a row for each pair, the one that is ahead under the run's own weights first."""
    names = [found.form.units[unit].name for unit in found.units]
    chances, shares = found.order.mutual(), found.wins
    columns = (
        Column("first", "Ahead"),
        Column("second", "Behind"),
        Column("holds", "Holds"),
        Column("belief", "Belief in others", "percent"),
        *((Column("weights", "Of all weights", "percent"),) if shares is not None else ()),
        Column("orders", "Of all orders", "percent"),
    )
    rows = []
    for one in range(len(names)):
        for other in range(one + 1, len(names)):
            ahead, behind = one, other
            if np.isnan(found.firmness[one, other]) and not np.isnan(found.firmness[other, one]):
                ahead, behind = other, one
            firmness, holds = found.firmness[ahead, behind], _holds(found, ahead, behind)
            level = 0.0 if holds == "either" and found.form.linear else None
            row: tuple[Cell, ...] = (
                names[ahead],
                names[behind],
                holds,
                level if np.isnan(firmness) else float(firmness),
                *(() if shares is None else (float(shares[ahead, behind]),)),
                float(chances[ahead, behind]),
            )
            rows.append(row)
    return Table("pairs", "Pairs", columns, tuple(rows), detail=len(rows) > MOST_PAIRS)


def _holds(found: Relations, ahead: int, behind: int) -> str:
    if found.always[ahead, behind]:
        return "level" if found.always[behind, ahead] else "always"
    return "never" if found.always[behind, ahead] else "either"


def chart_of_order(found: Relations) -> OrderChart:
    """Return the Hasse diagram of what holds for all admissible weights."""
    covers = np.argwhere(found.order.covers)
    return OrderChart(
        "order",
        "Who is above whom under all admissible weights",
        tuple(found.form.units[unit].name for unit in found.units),
        tuple(found.order.tiers),
        tuple((int(upper), int(lower)) for upper, lower in covers),
        "Tier",
    )
