"""Horizontal bars in a picture: plain ones, and ones that are made of parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from softpower.answer import BarChart, StackedBars
from softpower.render.cells import chart_digits, decimal, line
from softpower.render.style import PALETTE
from softpower.render.widths import cut, width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BAR = 0.26
"""The inches that a bar takes."""

_THICK = 0.72
_LABEL = 60
_COLUMNS = 4
_ACROSS = 110
"""So many letters have room beside one another, of a label and of the legend."""


def legend_rows(chart: StackedBars) -> int:
    """Return how many lines the legend of a chart has."""
    return -(-len(chart.parts) // _columns(chart))


def _columns(chart: StackedBars) -> int:
    """Return how many parts stand beside one another in the legend."""
    label, part = (
        min(max(width(line(text)) for text in texts), _LABEL)
        for texts in (chart.labels, chart.parts)
    )
    return min(max((_ACROSS - label) // (part + 5), 1), _COLUMNS, len(chart.parts))


def draw_bars(axes: Axes, chart: BarChart) -> list[Any]:
    """Draw a bar for each value, and return the texts."""
    places = range(len(chart.values))
    bars = axes.barh(places, chart.values, height=_THICK, color=PALETTE[0])
    digits = chart_digits(chart.values)
    figures = [decimal(value, digits) for value in chart.values]
    written = axes.bar_label(bars, labels=figures, padding=3, fontsize=8)
    return [*written, *_frame(axes, chart)]


def draw_stacked(axes: Axes, chart: StackedBars) -> list[Any]:
    """Draw the parts of each bar and its total, with a legend above, and return the texts."""
    places = range(len(chart.labels))
    high, low = [0.0] * len(places), [0.0] * len(places)
    for at, part in enumerate(chart.parts):
        values = [row[at] for row in chart.values]
        starts = [high[i] if value >= 0 else low[i] for i, value in enumerate(values)]
        for i, value in enumerate(values):
            side = high if value >= 0 else low
            side[i] += value
        light = 0.55 if at >= len(PALETTE) else 1.0
        hue = PALETTE[at % len(PALETTE)]
        label = cut(line(part), _LABEL)
        axes.barh(places, values, left=starts, height=_THICK, color=hue, alpha=light, label=label)
    totals = [sum(row) for row in chart.values]
    digits = chart_digits(totals)
    written = [
        axes.annotate(
            decimal(total, digits), (high[at], at), (4, 0), textcoords="offset points",
            va="center", fontsize=8,
        )
        for at, total in enumerate(totals)
    ]  # fmt: skip
    # Handles are given with their labels, for a label that begins with an underscore is left out.
    handles = [bars[0] for bars in axes.containers]
    labels = [cut(line(part), _LABEL) for part in chart.parts]
    legend = axes.legend(
        handles, labels, loc="lower left", bbox_to_anchor=(0, 1), ncols=_columns(chart),
        frameon=False, borderaxespad=0.2, handlelength=1, handleheight=1, columnspacing=1.2,
    )  # fmt: skip
    return [*written, *legend.get_texts(), *_frame(axes, chart)]


def _frame(axes: Axes, chart: BarChart | StackedBars) -> list[Any]:
    """Draw the labels and the line at zero, and return the texts."""
    count = len(chart.labels)
    axes.set_ylim(count - 0.4, -0.6)
    axes.set_yticks(range(count), [cut(line(label), _LABEL) for label in chart.labels])
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.1)
    axes.axvline(0, color="#5f6672", linewidth=0.8)
    return axes.get_yticklabels()
