"""The charts of an answer as a picture."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from softpower.answer import Answer, Chart, IntervalChart, OrderChart, RankChart, StackedBars
from softpower.errors import MissingExtraError, UsageError
from softpower.render.cells import is_empty, line
from softpower.render.chart_bars import BAR, draw_bars, draw_stacked, legend_rows
from softpower.render.chart_intervals import draw_intervals
from softpower.render.chart_order import draw_order
from softpower.render.chart_order import size as size_of_order
from softpower.render.chart_ranks import draw_ranks, size
from softpower.render.widths import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PICTURES = ("svg", "png", "pdf")


def no_chart() -> UsageError:
    """Return what is said where an answer without a chart should become a picture."""
    return UsageError(
        "This answer has no chart to draw.",
        mend="Its tables can be written as .csv, .json, .md, .tex, .txt, .xlsx or .html.",
    )


_WIDTH = 8.0
_FRAME = 1.15
_LEGEND = 0.19
_MARGIN = 0.1
_DPI = 150
_MOST_PIXELS = 60_000
_TITLE = 80
_METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
_STYLE = {
    "axes.grid": True,
    "axes.grid.axis": "x",
    "axes.axisbelow": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    "axes.titleweight": "bold",
    "axes.titlesize": 11,
    "font.size": 9,
    "grid.color": "#d9dce2",
    "pdf.fonttype": 42,
    "svg.hashsalt": "softpower",
    "text.usetex": False,
}
_FALLBACKS = (
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "Microsoft YaHei",
    "Hiragino Sans GB",
    "WenQuanYi Zen Hei",
    "Noto Sans",
)


def to_picture(answer: Answer, picture: str) -> bytes:
    """Return the charts of an answer, one below the other, as the bytes of a picture.

    Parameters
    ----------
    answer
        An answer with at least one chart.
    picture
        ``svg``, ``png`` or ``pdf``.

    Raises
    ------
    UsageError
        If the answer has no chart.
    MissingExtraError
        If matplotlib is not installed.
    """
    charts = [chart for chart in answer.charts if not is_empty(chart)]
    if not charts:
        raise no_chart()
    try:
        from matplotlib import style
        from matplotlib.figure import Figure
        from matplotlib.font_manager import fontManager
        from matplotlib.layout_engine import ConstrainedLayoutEngine
    except ImportError as error:
        raise MissingExtraError("matplotlib") from error
    installed = {font.name for font in fontManager.ttflist}
    families = ["DejaVu Sans", *(name for name in _FALLBACKS if name in installed)]
    wide, heights = max(_size(chart)[0] for chart in charts), [_size(chart)[1] for chart in charts]
    dpi = min(_DPI, _MOST_PIXELS / max(wide, sum(heights)))
    out = io.BytesIO()
    with style.context(["default", {**_STYLE, "font.family": families}]), warnings.catch_warnings():
        # A name in a script that no installed font covers is drawn as boxes; its table has it.
        warnings.filterwarnings("ignore", message="(?s).*Glyph.*")
        layout = ConstrainedLayoutEngine(w_pad=_MARGIN, h_pad=_MARGIN)
        figure = Figure(figsize=(wide, sum(heights)), dpi=dpi, layout=layout)
        grid = figure.subplots(len(charts), 1, squeeze=False, height_ratios=heights)
        for axes, chart in zip(grid[:, 0], charts, strict=True):
            _draw(axes, chart, wide)
        figure.savefig(out, format=picture, metadata=_METADATA[picture])
    return out.getvalue()


def _size(chart: Chart) -> tuple[float, float]:
    """Return the inches that a chart takes."""
    if isinstance(chart, RankChart | OrderChart):
        across, down = size(chart) if isinstance(chart, RankChart) else size_of_order(chart)
        return max(across, _WIDTH), down + _FRAME
    if isinstance(chart, IntervalChart):
        return _WIDTH, BAR * len(chart.labels) + _LEGEND + _FRAME
    legend = _LEGEND * legend_rows(chart) if isinstance(chart, StackedBars) else 0.0
    return _WIDTH, BAR * len(chart.values) + legend + _FRAME


def _draw(axes: Axes, chart: Chart, across: float) -> None:
    below, pad = [chart.caption], 6.0
    if isinstance(chart, RankChart):
        texts = draw_ranks(axes, chart, across)
    elif isinstance(chart, StackedBars):
        texts = draw_stacked(axes, chart)
        pad += 72 * _LEGEND * legend_rows(chart)
    elif isinstance(chart, IntervalChart):
        texts = draw_intervals(axes, chart)
        pad += 72 * _LEGEND
    elif isinstance(chart, OrderChart):
        texts = draw_order(axes, chart)
    else:
        texts = draw_bars(axes, chart)
    if not isinstance(chart, RankChart | OrderChart):
        below = [chart.axis, chart.caption]
    lines = [text for part in below for text in wrap(line(part), _TITLE + 20) if text]
    title = axes.set_title("\n".join(wrap(line(chart.title), _TITLE)), pad=pad)
    _take_literally([*texts, title, axes.set_xlabel("\n".join(lines))])


def _take_literally(texts: Sequence[Any]) -> None:
    """Keep dollar signs in names from being read as formulas."""
    for text in texts:
        text.set_parse_math(False)
