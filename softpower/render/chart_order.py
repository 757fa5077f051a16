"""A Hasse diagram in a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from softpower.answer import OrderChart
from softpower.render.cells import line
from softpower.render.style import PALETTE
from softpower.render.tiers import placed
from softpower.render.widths import cut

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ACROSS, DOWN = 1.15, 0.75
"""The inches of a place in a row, and from row to row."""

_LABEL = 17


def size(chart: OrderChart) -> tuple[float, float]:
    """Return the inches that a diagram takes."""
    plan = placed(chart)
    return ACROSS * plan.width, DOWN * plan.height


def draw_order(axes: Axes, chart: OrderChart) -> list[Any]:
    """Draw the labels in tiers, with lines to those next below, and return the texts."""
    plan = placed(chart)
    for upper, lower in chart.covers:
        axes.plot(
            [plan.across[upper], plan.across[lower]],
            [plan.down[upper], plan.down[lower]],
            color="#b6bcc6", linewidth=0.8, zorder=1,
        )  # fmt: skip
    box = {"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": PALETTE[0]}
    texts = [
        axes.text(x, y, cut(line(label), _LABEL), ha="center", va="center", fontsize=7.5, bbox=box)
        for label, x, y in zip(chart.labels, plan.across, plan.down, strict=True)
    ]
    axes.set_xlim(0, plan.width)
    axes.set_ylim(plan.height - 0.4, -0.6)
    axes.grid(visible=False)
    axes.set_xticks([])
    axes.set_yticks(
        range(plan.height), [f"{line(chart.axis)} {t}" for t in sorted(set(chart.tiers))]
    )
    axes.tick_params(axis="y", length=0)
    axes.spines[:].set_visible(False)
    return [*texts, *axes.get_yticklabels()]
