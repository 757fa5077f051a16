"""Which pairs change their order between two rankings of partly the same units?"""

from __future__ import annotations

import numpy as np

from softpower.engine.ranking import Ranking
from softpower.methods.model import Floats
from softpower.methods.ties import Ties, rank


def shared_ranks(ranking: Ranking, other: Ranking, ties: Ties) -> tuple[list[int], Floats, Floats]:
    """Return the rows of a ranking that another ranks too, and their ranks among them in each."""
    there = {u.id: i for i, u in enumerate(other.units) if not np.isnan(other.ranks[i])}
    rows = [
        i
        for i, unit in enumerate(ranking.units)
        if unit.id in there and not np.isnan(ranking.ranks[i])
    ]
    before = rank(-ranking.ranks[rows], ties)
    after = rank(-other.ranks[[there[ranking.units[i].id] for i in rows]], ties)
    return rows, before, after


def reversals(before: Floats, after: Floats) -> int:
    """Return how many pairs are in the opposite order."""
    pairs = (
        np.sign(before[i] - before[:i]) * np.sign(after[i] - after[:i]) for i in range(before.size)
    )
    return sum(int(np.count_nonzero(signs < 0)) for signs in pairs)
