"""Scoring many setups of one index: what they have in common is computed once."""

from __future__ import annotations

from softpower.engine.memo import Memo
from softpower.engine.ranking import Ranking
from softpower.engine.score import score
from softpower.index.patch import Setup


class CachedScorer:
    """Scores setups as `score` does, and remembers what they have in common.

    The treatment and normalisation of an indicator, which take most of the time, are looked up
    by their parameters and the figures that go in; all variants that agree so far share them.
    """

    def __init__(self) -> None:
        self._memo = Memo()

    def __call__(self, setup: Setup) -> Ranking:
        """Return the ranking of a setup.

        Raises
        ------
        MethodError
            If a method refuses the figures.
        """
        return score(setup.figures, setup.framework, setup.methodology, self._memo)
