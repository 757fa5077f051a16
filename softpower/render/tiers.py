"""Where the units of a Hasse diagram are: tier by tier, each near those that it is joined with."""

from __future__ import annotations

from typing import NamedTuple

from softpower.charts import OrderChart


class Placed(NamedTuple):
    """Where everything is, in units of one place in a row."""

    across: tuple[float, ...]
    """How far from the left the middle of each label is."""
    down: tuple[int, ...]
    """The row of each label, from 0."""
    width: int
    height: int


def placed(chart: OrderChart) -> Placed:
    """Return the places of the labels of a diagram, the best tier on top.

    Within a row labels are in the order of the mean place of those that they hang from (the
    barycentre method of Sugiyama, Tagawa & Toda, 1981, in one pass down).
    """
    rows: dict[int, list[int]] = {}
    for unit, tier in enumerate(chart.tiers):
        rows.setdefault(tier, []).append(unit)
    width = max(map(len, rows.values()), default=0)
    over: dict[int, list[int]] = {}
    for upper, lower in chart.covers:
        over.setdefault(lower, []).append(upper)
    across = [0.0] * len(chart.labels)
    down = [0] * len(chart.labels)
    for row, tier in enumerate(sorted(rows)):
        means = {
            unit: sum(across[each] for each in over[unit]) / len(over[unit])
            if unit in over
            else float(at)
            for at, unit in enumerate(rows[tier])
        }
        room = width / len(rows[tier])
        for at, unit in enumerate(sorted(rows[tier], key=lambda unit: (means[unit], unit))):
            across[unit], down[unit] = (at + 0.5) * room, row
    return Placed(tuple(across), tuple(down), width, len(rows))
