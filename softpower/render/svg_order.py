"""A Hasse diagram inside a page."""

from __future__ import annotations

from softpower.answer import OrderChart
from softpower.render.cells import line
from softpower.render.page import escape
from softpower.render.tiers import placed
from softpower.render.widths import cut

_WIDTH, _UNIT, _TIER = 720.0, 120.0, 56.0
"""The least width of a diagram, the room of a label in it, and from tier to tier."""


def draw_order(chart: OrderChart) -> tuple[float, float, list[str]]:
    """Return the width, the height and the elements: labels in tiers, and lines between them."""
    plan = placed(chart)
    across = max(_UNIT, _WIDTH / max(plan.width, 1))
    x = [at * across for at in plan.across]
    y = [(row + 0.5) * _TIER for row in plan.down]
    parts = [
        f'<line x1="{x[upper]:.1f}" y1="{y[upper] + 6:.1f}" x2="{x[lower]:.1f}" '
        f'y2="{y[lower] - 8:.1f}" class="cover"/>'
        for upper, lower in chart.covers
    ]
    for at, label in enumerate(chart.labels):
        parts.append(
            f"<g><title>{escape(label)}: {escape(chart.axis)} {chart.tiers[at]}</title>"
            f'<text x="{x[at]:.1f}" y="{y[at]:.1f}" text-anchor="middle">'
            f"{escape(cut(line(label), 16))}</text></g>"
        )
    return across * plan.width, _TIER * plan.height, parts
