"""Scoring many setups of one index: what they share is computed once."""

from __future__ import annotations

from softpower.engine.ranking import Ranking
from softpower.engine.score import score
from softpower.index.patch import Setup


class Scorer:
    """Scores setups as `score` does, and remembers what they have in common."""

    def __call__(self, setup: Setup) -> Ranking:
        """Return the ranking of a setup.

        Raises
        ------
        MethodError
            If a method refuses the figures.
        """
        return score(setup.figures, setup.framework, setup.methodology)
