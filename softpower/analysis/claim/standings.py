"""Where units stand in several rankings at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.engine.ranking import Ranking
from softpower.index.units import Unit
from softpower.methods.model import Floats


class RankMatrix:
    """Ranks and scores of the same units in several rankings (rankings x units).

    Where the lowest score is best, scores are negated.
    """

    def __init__(self, ids: Sequence[str], ranks: Floats, scores: Floats) -> None:
        self.ranks = ranks
        self.scores = scores
        self._column = {name: j for j, name in enumerate(ids)}

    @classmethod
    def of(cls, ranking: Ranking) -> RankMatrix:
        """Return the standings of one ranking."""
        ids = [unit.id for unit in ranking.units]
        return cls(ids, ranking.ranks[None, :], ranking.sense * ranking.scores[None, :])

    def __contains__(self, unit: Unit) -> bool:
        return unit.id in self._column

    def rank(self, unit: Unit) -> Floats:
        """Return the rank of a unit in each ranking."""
        return np.asarray(self.ranks[:, self._column[unit.id]])

    def score(self, unit: Unit) -> Floats:
        """Return the score of a unit in each ranking."""
        return np.asarray(self.scores[:, self._column[unit.id]])
