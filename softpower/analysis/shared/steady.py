"""How many pairs of a ranking keep their order whatever the weights of its pillars."""

from __future__ import annotations

import numpy as np

from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.methods.model import Floats
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.poset import dominance

MOST = 2_000
"""Pairs of more units are not looked at beside a ranking."""

FIRST = 20
"""So many places are told of apart."""


def steady_pairs(run: Run, ranking: Ranking) -> str | None:
    """Return how many pairs keep their order under any weights of the pillars, in words.

    They are those of which one is nowhere behind (dominance). ``None`` where scores are no mean of
    the values of pillars as they are, one is missing, or there is a single pillar.
    """
    values = _values(run, ranking)
    if values is None:
        return None
    above, places = dominance(values), ranking.ranks[~np.isnan(ranking.ranks)]
    pillars, first = values.shape[1], np.flatnonzero(places <= FIRST)
    told = f"Whatever the weights of the {pillars} pillars, {_share(above)} pairs keep their order"
    if len(first) == len(places) or len(first) < 2:
        return f"{told}."
    part = _share(above[np.ix_(first, first)])
    return f"{told}; of those among the first {len(first)}, {part}."


def _values(run: Run, ranking: Ranking) -> Floats | None:
    """Return the values of the pillars (ranked x pillars) that the index is a mean of."""
    top, setup = ranking.framework.top(), run.setup
    ranked = ~np.isnan(ranking.ranks)
    if setup is None or len(top) < 2 or len(top) < len(ranking.framework.root.children):
        return None
    if not 2 <= int(ranked.sum()) <= MOST or ranking.individual:
        return None
    method = ranking.framework.root.aggregate or setup.methodology.aggregation_at(0)
    values = np.stack([ranking.pillars[pillar.id][ranked] for pillar in top], axis=1)
    again = not isinstance(setup.methodology.renormalisation_at(0), NoNormalisation)
    if method.exponent() is None or again or np.isnan(values).any():
        return None
    senses = ranking.framework.root.senses(ranking.sense)
    return values * np.array([senses[pillar.id] for pillar in top])


def _share(above: np.ndarray) -> str:
    pairs = len(above) * (len(above) - 1) // 2
    return f"{100 * above.sum() / pairs:.1f} % of {pairs:,}"
