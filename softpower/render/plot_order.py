"""A Hasse diagram as text: tier by tier, each label with those next below it."""

from __future__ import annotations

from softpower.charts import OrderChart
from softpower.render.cells import line
from softpower.render.style import Piece, wrapped
from softpower.render.widths import wrap


def draw_order(chart: OrderChart, columns: int, *, unicode: bool) -> list[list[Piece]]:
    """Return the tiers, the best first, with a line for each label."""
    arrow = "→" if unicode else ">"
    safe = [line(label) for label in chart.labels]
    below: dict[int, list[str]] = {}
    for upper, lower in chart.covers:
        below.setdefault(upper, []).append(safe[lower])
    lines: list[list[Piece]] = []
    for tier in sorted(set(chart.tiers)):
        lines += wrapped(f"{chart.axis} {tier}", "bold", columns)
        for unit, each in enumerate(chart.tiers):
            if each == tier:
                text = f"  {safe[unit]}"
                if unit in below:
                    text += f" {arrow} {', '.join(below[unit])}"
                lines += [[(part, "")] for part in wrap(text, columns, hang=4)]
    return lines
