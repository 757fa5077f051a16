"""What missing figures could be at best and at worst, and which ranks that gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from softpower.engine.cache import Cache
from softpower.engine.context import divisors
from softpower.engine.ranking import Ranking
from softpower.engine.sampling.moved import ranks_of
from softpower.engine.score import score_setup
from softpower.index.patch import Setup
from softpower.methods.model import Floats

APART = ("none", "minmax", "goalposts")
"""Normalisations under which a filling within the range of the figures moves nothing else."""
STATED = ("given", "equal")
"""Weights that do not follow from figures."""


class Range(NamedTuple):
    """The admissible figures of each indicator, after its denominator (indicators)."""

    best: Floats
    worst: Floats


def admissible(setup: Setup, ranking: Ranking) -> Range:
    """Return the best and the worst figure that ranked units have of each indicator."""
    ranked = ~np.isnan(ranking.ranks)
    known = quotients(setup, ranking)[ranked]
    low, high = (
        np.array([f(column[~np.isnan(column)], initial=s) for column in known.T])
        for f, s in ((np.min, np.inf), (np.max, -np.inf))
    )
    up = np.array([item.direction > 0 for item in ranking.framework.indicators()])
    return Range(np.where(up, high, low), np.where(up, low, high))


def filled(setup: Setup, ranking: Ranking, bounds: Range, row: int, *, best: bool) -> Setup:
    """Return a setup whose gaps are filled for the best or the worst rank of one unit.

    Units without a rank keep their gaps, but for the one that is asked about.
    """
    items = ranking.framework.indicators()
    columns = setup.figures.positions([item.id for item in items])
    own, others = (bounds.best, bounds.worst) if best else (bounds.worst, bounds.best)
    by = divisors(setup.figures, items)
    gaps_of = np.isnan(quotients(setup, ranking)) & ~np.isnan(by)
    gaps_of &= ~np.isnan(ranking.ranks)[:, None] | (np.arange(len(by)) == row)[:, None]
    taken = np.where((np.arange(len(by)) == row)[:, None], own, others) * by
    values = setup.figures.values.copy()
    values[:, columns] = np.where(gaps_of, taken, values[:, columns])
    return replace(setup, figures=replace(setup.figures, values=values))


def quotients(setup: Setup, ranking: Ranking) -> Floats:
    """Return figures divided by their denominators (units x indicators)."""
    items = ranking.framework.indicators()
    raw = setup.figures.columns([item.id for item in items])
    return np.asarray(raw / divisors(setup.figures, items))


def missing_figures(setup: Setup, ranking: Ranking) -> Floats:
    """Return where figures are missing (units x indicators)."""
    return np.asarray(np.isnan(quotients(setup, ranking)))


def ends(
    setup: Setup, ranking: Ranking, bounds: Range, rows: Sequence[int]
) -> Iterator[tuple[float, float]]:
    """Yield the best and the worst rank of some units."""
    if not rows:
        return
    first = filled(setup, ranking, bounds, rows[0], best=True)
    tables = (
        filled(setup, ranking, bounds, row, best=best).figures
        for row in rows
        for best in (True, False)
    )
    found = ranks_of(first, score_setup(first), tables, Cache())
    for row in rows:
        best, worst = next(found)[row], next(found)[row]
        yield float(best), float(worst)


def doubts(setup: Setup, ranking: Ranking) -> list[str]:
    """Return the settings by which what one figure does to others is open, if there are any."""
    items = ranking.framework.indicators()
    method, root = setup.methodology, ranking.framework.root
    own = (pillar.aggregate for pillar in (root, *root.pillars()))
    aggregates = (*method.aggregate, *(each for each in own if each is not None))
    found = {
        "normalise": method.normalise.name() not in APART
        or any(item.normalise is not None and item.normalise.name() not in APART for item in items),
        "treat": method.treat.name() != "none"
        or any(item.treat is not None and item.treat.name() != "none" for item in items),
        "weight": any(each.name() not in STATED for each in method.weight),
        "renormalise": any(each.name() != "none" for each in method.renormalise),
        "aggregate": not all(each.rowwise and each.monotone for each in aggregates),
    }
    return [word for word, doubt in found.items() if doubt]
