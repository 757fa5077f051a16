"""The bar charts of an answer as a picture."""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from softpower.answer import Answer, BarChart
from softpower.errors import MissingExtraError, UsageError
from softpower.render.cells import chart_digits, decimal, line
from softpower.render.widths import cut, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PICTURES = ("svg", "png", "pdf")

_WIDTH = 8.0
_BAR = 0.26
_FRAME = 1.15
_DPI = 150
_MOST_PIXELS = 60_000
_LABEL = 40
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
    charts = [chart for chart in answer.charts if chart.values]
    if not charts:
        raise UsageError(
            "This answer has no chart to draw.",
            mend="Its tables can be written as .csv, .json, .md, .tex, .txt, .xlsx or .html.",
        )
    try:
        from matplotlib import style
        from matplotlib.figure import Figure
        from matplotlib.font_manager import fontManager
    except ImportError as error:
        raise MissingExtraError("matplotlib", "plots") from error
    installed = {font.name for font in fontManager.ttflist}
    families = ["DejaVu Sans", *(name for name in _FALLBACKS if name in installed)]
    heights = [_BAR * len(chart.values) + _FRAME for chart in charts]
    dpi = min(_DPI, _MOST_PIXELS / sum(heights))
    out = io.BytesIO()
    with style.context(["default", {**_STYLE, "font.family": families}]), warnings.catch_warnings():
        # A name in a script that no installed font covers is drawn as boxes; its table has it.
        warnings.filterwarnings("ignore", message="(?s).*Glyph.*")
        figure = Figure(figsize=(_WIDTH, sum(heights)), dpi=dpi, layout="constrained")
        grid = figure.subplots(len(charts), 1, squeeze=False, height_ratios=heights)
        for axes, chart in zip(grid[:, 0], charts, strict=True):
            _draw(axes, chart)
        figure.savefig(out, format=picture, metadata=_METADATA[picture])
    return out.getvalue()


def _draw(axes: Axes, chart: BarChart) -> None:
    places = range(len(chart.values))
    bars = axes.barh(places, chart.values, height=0.72, color="#2a7f9e")
    axes.set_ylim(len(chart.values) - 0.4, -0.6)
    labels = [cut(line(label), _LABEL) for label in chart.labels]
    axes.set_yticks(places, labels)
    axes.tick_params(axis="y", length=0)
    digits = chart_digits(chart.values)
    figures = [decimal(value, digits) for value in chart.values]
    written = axes.bar_label(bars, labels=figures, padding=3, fontsize=8)
    axes.margins(x=0.1)
    axes.axvline(0, color="#5f6672", linewidth=0.8)
    title = axes.set_title("\n".join(wrap(line(chart.title), _TITLE)))
    caption = "\n".join(wrap(line(chart.caption), _TITLE + 20))
    axis = axes.set_xlabel("\n".join(filter(None, [line(chart.axis), caption])))
    _take_literally([*written, *axes.get_yticklabels(), title, axis])


def _take_literally(texts: Sequence[Any]) -> None:
    """Keep dollar signs in names from being read as formulas."""
    for text in texts:
        text.set_parse_math(False)
