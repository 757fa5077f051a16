"""The charts of an answer as text, for a terminal or a pipe."""

from __future__ import annotations

from softpower.charts import (
    BarChart,
    Chart,
    GridChart,
    IntervalChart,
    MapChart,
    OrderChart,
    RankChart,
    ScatterChart,
    StackedBars,
    TreeChart,
)
from softpower.render.plot_bars import draw_bars, draw_stacked
from softpower.render.plot_intervals import draw_intervals
from softpower.render.plot_order import draw_order
from softpower.render.plot_ranks import draw_ranks
from softpower.render.style import Piece, join, wrapped
from softpower.render.tabled import is_empty

TABLED = (ScatterChart, TreeChart, GridChart, MapChart)
"""The charts that have no form of their own in text, and are shown as tables."""


def draw(chart: Chart, columns: int, *, unicode: bool = True, colour: bool = False) -> list[str]:
    """Return a chart without its title as lines of text.

    Parameters
    ----------
    chart
        What to draw.
    columns
        How wide the lines may be; 40 are enough for any chart.
    unicode
        Whether the drawing may leave ASCII. Names are never changed, but cut where they must be.
    colour
        Whether to use escape sequences. Without them the same is drawn: what is chosen or a part
        is told apart by its shape too.
    """
    drawn = drawing(chart, columns, unicode=unicode)
    return [join(pieces, colour=colour) for pieces in drawn]


def drawing(chart: Chart, columns: int, *, unicode: bool) -> list[list[Piece]]:
    """Return the same as pieces with the names of their styles."""
    if is_empty(chart):
        drawn = [[("no rows", "dim")]]
    elif isinstance(chart, BarChart):
        drawn = draw_bars(chart, columns, unicode=unicode)
    elif isinstance(chart, RankChart):
        drawn = draw_ranks(chart, columns, unicode=unicode)
    elif isinstance(chart, IntervalChart):
        drawn = draw_intervals(chart, columns, unicode=unicode)
    elif isinstance(chart, OrderChart):
        drawn = draw_order(chart, columns, unicode=unicode)
    elif isinstance(chart, StackedBars):
        drawn = draw_stacked(chart, columns, unicode=unicode)
    else:
        drawn = [[(f"{chart.title}: see the table.", "")]]
    return drawn + (wrapped(chart.caption, "dim", columns) if chart.caption.strip() else [])
