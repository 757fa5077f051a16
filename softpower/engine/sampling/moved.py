"""Scores and ranks of many tables of figures of one setup, together where that can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice

import numpy as np

from softpower.engine.cache import Cache
from softpower.engine.ranking import Ranking
from softpower.engine.sampling.draws import FigureDraws
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
    scored = ~np.isnan(ranking.scores)
    for found in _found(setup, ranking, tables, cache):
        if isinstance(found, FigureDraws):
            yield from found.values
        else:
            yield found.scores[scored]


def ranks_of(
    setup: Setup, ranking: Ranking, tables: Iterable[Figures], cache: Cache
) -> Iterator[Floats]:
    """Yield the ranks of all units, NaN where there is none, for each table of figures.

    Parameters and errors are those of `scores_of`.
    """
    scored = ~np.isnan(ranking.scores)
    for found in _found(setup, ranking, tables, cache):
        if isinstance(found, FigureDraws):
            ranks = np.full((len(found.values), scored.size), np.nan)
            ranks[:, scored] = found.ranks(np.arange(len(ranks)), found.values)
            yield from ranks
        else:
            yield found.ranks


def _found(
    setup: Setup, ranking: Ranking, tables: Iterable[Figures], cache: Cache
) -> Iterator[FigureDraws | Ranking]:
    """Yield what some tables at once lead to, or each of those that have to be scored alone."""
    ready = Tables(setup, ranking) if Tables.fits(setup, ranking) else None
    left = iter(tables)
    while some := list(islice(left, ready.longest if ready else 1)):
        together = None
        with suppress(MethodError):
            if ready is not None:
                together = ready.draws(np.stack([each.values.T for each in some], axis=1))
        if together is not None:
            yield together
            continue
        for each in some:
            yield score_setup(replace(setup, figures=each), cache)
