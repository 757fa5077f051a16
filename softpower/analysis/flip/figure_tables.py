"""Changes of figures as tables, and in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from softpower.analysis.flip.alone import Improvement
from softpower.analysis.flip.combination import Combination
from softpower.analysis.flip.trial import Trial
from softpower.analysis.flip.ways import Cost, Way
from softpower.analysis.shared.formatting import enumerated
from softpower.answer import Cell, Column, Table


def combined(found: Combination | None, cost: Cost, title: str) -> Table:
    """Return the figures that change together."""
    rows = (
        () if found is None else tuple(_row(w, found.figures[w.indicator.id]) for w in found.ways)
    )
    return Table("together", title, _columns(cost), rows)


def singles(enough: Sequence[Improvement], cost: Cost) -> Table:
    """Return the figures each of which is enough alone."""
    rows = tuple(_row(each.way, each.needed) for each in enough if each.needed is not None)
    return Table("figures", "Enough alone", _columns(cost), rows, silent=True)


def _columns(cost: Cost) -> tuple[Column, ...]:
    part = {
        "spread": Column("share", "Share", "percent", 2),
        "achieved": Column("share", "Of what others achieved", "percent", 2),
        "raw": Column("share", "Cost", "number", 4, detail=True),
    }[cost]
    return (
        Column("title", "Figure of"),
        Column("id", "Id", whole=True, detail=True),
        Column("unit", "Unit", detail=True),
        Column("figure", "Now"),
        Column("needed", "Enough"),
        Column("change", "Change"),
        part,
        Column("best", "Best", detail=True),
    )


def _row(way: Way, needed: float) -> tuple[Cell, ...]:
    return (
        way.indicator.title,
        way.indicator.id,
        way.indicator.unit or None,
        way.figure,
        needed,
        needed - way.figure,
        way.cost(needed),
        way.best,
    )


def sentence(trial: Trial, found: Combination | None) -> str:
    """Return in a sentence which changes put a unit where it is to be."""
    where = f"{trial.unit.name} {trial.aim}"
    if found is None:
        return f"Not even the best figure of all in every indicator puts {where}."
    titles = [way.indicator.title for way in found.ways]
    if len(titles) == 1:
        return f"A better figure of {titles[0]} puts {where}."
    return f"Better figures of {enumerated(titles, 3)} together put {where}."


def size_in_words(found: Combination, cost: Cost) -> str:
    """Return what a combination costs, over how many figures."""
    measure = "in sum (L1)" if found.norm == "sum" else "as the root of the sum of squares (L2)"
    size = f"{found.size:.4g}" if cost == "raw" else f"{100 * found.size:.4g} %"
    count = len(found.ways)
    return f"{size} {measure}, over {count} figure{'s' * (count > 1)}"


def measured_by(trial: Trial, cost: Cost) -> str:
    """Return what a change of 1, or 100 %, is."""
    if cost == "raw":
        return "the figures themselves"
    if cost == "spread":
        return "the range of the figures of all, after their transform"
    first = min(when for _, when in trial.setup.figures.history.rows)
    return f"what others achieved since {first}, after the transform: the median of who improved"
