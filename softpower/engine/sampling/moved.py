"""Scores of many tables of figures of one setup, worked out together where that can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from softpower.engine.cache import Cache
from softpower.engine.ranking import Ranking
from softpower.engine.sampling.tables import Tables
from softpower.engine.score import score_setup
from softpower.errors import MethodError
from softpower.index.figures import Figures
from softpower.index.patch import Setup
from softpower.methods.model import Floats


def scores_of(
    setup: Setup, ranking: Ranking, tables: Iterable[Figures], cache: Cache
) -> Iterator[Floats]:
    """Yield the scores of the units that a ranking has scores of, for each table of figures.

    Parameters
    ----------
    setup
        How they are scored.
    ranking
        What the figures of the setup itself lead to.
    tables
        Other figures of the same units and indicators.
    cache
        What scores share that are worked out one by one.

    Raises
    ------
    MethodError
        If a method refuses some of the figures.
    """
    ready = Tables(setup, ranking) if Tables.fits(setup, ranking) else None
    scored, left = np.flatnonzero(~np.isnan(ranking.scores)), iter(tables)
    while some := list(islice(left, ready.longest if ready else 1)):
        try:
            together = ready.draws(_stacked(some)).values if ready else None
        except MethodError:
            together = None
        if together is not None:
            yield from together
            continue
        for figures in some:
            yield score_setup(replace(setup, figures=figures), cache).scores[scored]


def _stacked(tables: Sequence[Figures]) -> Floats:
    """Return tables of figures as draws (indicators x draws x units)."""
    return np.stack([figures.values.T for figures in tables], axis=1)
