"""A slope chart or a bump chart in a picture."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from softpower.answer import Line, RankChart
from softpower.render.cells import MISSING, line
from softpower.render.ranks import DASHES, Layout, Look, filled, layout, looks, pieces, place_text
from softpower.render.style import PALETTE
from softpower.render.widths import cut, width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PLACE = 0.23
"""The inches that a place takes."""

_STEP = 0.95
_LABEL = 60
_LETTER = 0.072
"""About as many inches as a letter of a label takes, with those of bold ones."""
_CUT = 0.34
"""Half of the rows that a break cuts out of all lines."""
_NAME = 13.5
"""So many letters of the name of a run are an inch."""
_QUIET, _FAINT = "#5f6672", "#d3d7de"
_PAD = 0.13
"""The inches that are left free beside a place."""


def size(chart: RankChart) -> tuple[float, float]:
    """Return the inches that the places and their labels take."""
    plan = layout(chart)
    return _beside(plan) + _STEP * (len(chart.runs) - 1), PLACE * (_lowest(plan) + 1)


def draw_ranks(axes: Axes, chart: RankChart, across: float) -> list[Any]:
    """Draw lines between places with labels at both ends, and return the texts.

    Chosen lines have colours and their places on them; the others are grey. If none is chosen
    all have colours. ``across`` is how many inches there are for places and labels.
    """
    plan = layout(chart)
    last = len(chart.runs) - 1
    step = (across - _beside(plan)) / max(last, 1)
    pad = _PAD / step
    told = looks(plan.lines, len(PALETTE))
    hues = [_colour(look, each) for look, each in zip(told, plan.lines, strict=True)]
    for at, points in plan.paths(0, last):
        chosen, dash = plan.lines[at].chosen, DASHES[told[at].dash]
        for (run, top), (_, bottom) in pairwise(points):
            xs, ys = _curve(run, top, bottom, pad, straight=last == 1)
            wide = 2.4 if chosen else 1.1
            axes.plot(
                xs, ys, color=hues[at], linewidth=wide, zorder=3 if chosen else 2,
                linestyle=(0, dash) if dash else "-",
            )  # fmt: skip
    texts = [*_places(axes, plan, hues), *_breaks(axes, plan)]
    texts += _ends(axes, plan, hues, 0)
    if last > 0:
        texts += _ends(axes.twinx(), plan, hues, last)
    names = ["\n".join(filled(pieces(line(run)), int(_NAME * step))) for run in chart.runs]
    axes.set_xticks(range(last + 1), names, fontweight="bold")
    axes.tick_params(axis="x", length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    axes.set_xlim(-pad, last + pad)
    return [*texts, *axes.get_xticklabels()]


def _beside(plan: Layout) -> float:
    """Return the inches that the labels at both ends take."""
    return 2 * (_LETTER * min(max(width(line(each.label)) for each in plan.lines), _LABEL) + 0.4)


def _lowest(plan: Layout) -> int:
    """Return the lowest row at which there is something."""
    ends = [max(rows[0], rows[-1]) for rows in plan.rows]
    return max([plan.height - 1, *ends])


def _colour(look: Look, each: Line) -> str:
    if look.hue is not None:
        return PALETTE[look.hue]
    return _QUIET if each.chosen else _FAINT


def _breaks(axes: Axes, plan: Layout) -> list[Any]:
    """Cut all lines where places are left out, and write which these are."""
    texts = []
    for row, (first, last) in plan.breaks.items():
        axes.axhspan(row - _CUT, row + _CUT, color="white", zorder=6)
        for edge in (row - _CUT, row + _CUT):
            axes.axhline(edge, color=_QUIET, linewidth=0.8, linestyle=(0, (1, 3)), zorder=7)
        middle = (len(plan.rows[0]) - 1) / 2
        texts.append(
            axes.text(
                middle, row, f"places {first}–{last}", color=_QUIET, fontsize=6.5, zorder=8,
                ha="center", va="center_baseline",
            )
        )  # fmt: skip
    return texts


def _curve(
    run: int, top: int, bottom: int, pad: float, *, straight: bool
) -> tuple[Sequence[float], Sequence[float]]:
    """Return the points of a line between two places, level at both ends unless it is straight."""
    shares = [0.0, 1.0] if straight else [at / 24 for at in range(25)]
    xs = [run + pad + share * (1 - 2 * pad) for share in shares]
    eased = [share if straight else share * share * (3 - 2 * share) for share in shares]
    return xs, [top + (bottom - top) * share for share in eased]


def _places(axes: Axes, plan: Layout, hues: Sequence[str]) -> list[Any]:
    """Write the places, those of chosen lines on discs."""
    texts = []
    some = any(each.chosen for each in plan.lines)
    last = len(plan.rows[0]) - 1
    for each, rows, hue in zip(plan.lines, plan.rows, hues, strict=True):
        for run, place in enumerate(each.places):
            if place is None and run not in {0, last}:
                continue
            disc = each.chosen and place is not None
            if disc:
                axes.plot(
                    [run], [rows[run]], "o", color=hue, markersize=13, zorder=4, clip_on=False
                )
            colour = "white" if disc else _QUIET if some else "black"
            text = place_text(place, MISSING)
            texts.append(
                axes.text(
                    run, rows[run], text, color=colour, zorder=5, ha="center",
                    va="center_baseline", fontsize=7.5 if len(text) < 3 else 5.4,
                    fontweight="bold" if disc else "normal",
                )
            )  # fmt: skip
    return texts


def _ends(axes: Axes, plan: Layout, hues: Sequence[str], run: int) -> list[Any]:
    """Write the labels at one end."""
    some = any(each.chosen for each in plan.lines)
    labels = [cut(line(each.label), _LABEL) for each in plan.lines]
    axes.set_ylim(_lowest(plan) + 0.6, -0.6)
    axes.set_yticks([rows[run] for rows in plan.rows], labels)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for text, each, hue in zip(axes.get_yticklabels(), plan.lines, hues, strict=True):
        if each.chosen:
            text.set(color=hue, fontweight="bold")
        elif some:
            text.set_color(_QUIET)
    return axes.get_yticklabels()
