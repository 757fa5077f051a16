"""Intervals of places in a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from softpower.answer import IntervalChart
from softpower.render.cells import line
from softpower.render.style import PALETTE
from softpower.render.widths import cut

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LABEL = 60


def draw_intervals(axes: Axes, chart: IntervalChart) -> list[Any]:
    """Draw a line with a dot and a ring for each label, a legend above, and return the texts."""
    from matplotlib.ticker import MaxNLocator

    rows = list(range(len(chart.labels)))
    interval, middle, mark = chart.terms
    hue = PALETTE[0]
    lines = axes.hlines(rows, chart.lows, chart.highs, color=hue, linewidth=3, alpha=0.45)
    dots = axes.scatter(chart.middles, rows, s=18, color=hue, zorder=3)
    rings = axes.scatter(
        chart.marks, rows, s=42, facecolors="none", edgecolors=PALETTE[1], linewidths=1.2, zorder=4
    )
    legend = axes.legend(
        [lines, dots, rings], [line(interval), line(middle), line(mark)], loc="lower left",
        bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderaxespad=0.2, handlelength=1.2,
    )  # fmt: skip
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(rows, [cut(line(label), _LABEL) for label in chart.labels])
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.03)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    return [*legend.get_texts(), *axes.get_yticklabels()]
