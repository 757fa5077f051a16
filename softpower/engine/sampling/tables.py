"""One setup made ready for many draws of its figures: the steps over a stack of tables at once.

Figures go through the steps indicator by indicator, each in all draws; an indicator whose figures
do not vary was prepared with the ranking. Values are then added up: by the weights that the ranking
found where means are weighted sums throughout, else pillar by pillar. Whatever happens in a draw
that does not happen to the figures as they are is left to ``score``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from softpower.engine.context import context_of_scores, sheet_of
from softpower.engine.ranking import Ranking, RankVector
from softpower.engine.resolving import resolved
from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.columns import Column, UnlikeError
from softpower.engine.sampling.draws import FigureDraws
from softpower.engine.sampling.parts import Weights
from softpower.engine.sampling.stack import StackSum
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Pillar
from softpower.methods.impute import NoImputation
from softpower.methods.impute.base import ColumnFilling
from softpower.methods.model import Floats
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.ties import rounded, significant

ROOM = 1_600_000
"""About so many figures are prepared at once."""


class Tables:
    """A setup, scored under its own figures and ready for others with the same gaps."""

    def __init__(self, setup: Setup, ranking: Ranking, batch: Batch | None = None) -> None:
        """Take what does not depend on the figures from a ranking for which this `fits`.

        ``batch`` is the setup made ready for weights, if it has been.
        """
        self.setup = setup
        self.methodology = resolved(setup.methodology, setup.framework)
        self.nominal = RankVector.of(ranking)
        """The ranking under the figures as they are."""
        self.scored = np.flatnonzero(~np.isnan(ranking.scores))
        """The units that have a score, as rows of the figures."""
        indicators = ranking.framework.indicators()
        ids = tuple(each.id for each in indicators)
        ranked = np.asarray((~np.isnan(ranking.stages["treated"].values)).any(axis=1))
        sheet = sheet_of(setup.figures, ids, ranked)
        self._columns = [
            Column(each, setup, self.methodology, ranking, sheet) for each in indicators
        ]
        self._column = {name: j for j, name in enumerate(ids)}
        self._shares = np.nan_to_num(ranking.unit_weights).T
        self._senses = ranking.framework.root.senses(self.methodology.sense)
        self._adds = ranking.contributions is not None
        self._batch = batch
        self._plain = _is_weighted_sum(ranking.framework.root, self.methodology)
        self._scale_context = context_of_scores(self.methodology.scale, setup.figures.units)

    @staticmethod
    def fits(setup: Setup, ranking: Ranking) -> bool:
        """Say whether the steps of a setup can be taken in many draws at once."""
        method = resolved(setup.methodology, setup.framework)
        return (
            ranking.framework.root.indicators() == setup.framework.root.indicators()
            and isinstance(method.impute, NoImputation | ColumnFilling)
            and "renormalised" not in ranking.stages
            and not any(each.derived or each.individual for each in method.weight)
        )

    @property
    def longest(self) -> int:
        """How many draws are prepared at once."""
        return int(np.clip(ROOM // max(self._shares.size, 1), 1, 512))

    @cached_property
    def batch(self) -> Batch:
        """The setup made ready for weights."""
        return self._batch or Batch(self.setup)

    @cached_property
    def _stack(self) -> StackSum:
        return StackSum(self.batch)

    def draws(self, values: Floats) -> FigureDraws:
        """Return the scores of draws of the figures (indicators x draws x units).

        Raises
        ------
        MethodError
            If a method refuses the figures of any of the draws, or one of them has to be scored
            by itself.
        """
        return self.added(self.prepared(values), values.shape[1])

    def prepared(self, values: Floats) -> list[Floats]:
        """Return draws of the figures (indicators x draws x units) on the common scale.

        Returns
        -------
        list
            For each indicator that is scored, draws (or 1 if it does not vary) x units.

        Raises
        ------
        MethodError
            As `draws` does.
        """
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            return [column(values) for column in self._columns]

    def added(self, y: Sequence[Floats], draws: int, weights: Weights | None = None) -> FigureDraws:
        """Return the scores of figures on the common scale, as `prepared` returns them.

        Parameters
        ----------
        y
            For each indicator, draws (or 1 for all) x units.
        draws
            How many these are.
        weights
            Those of the children of some pillars, by its id (draws x children); pillars keep their
            own weights otherwise.

        Raises
        ------
        MethodError
            As `draws` does.
        """
        method, breaks = self.methodology, list[Floats]()
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            if self._plain and not weights and not method.tiebreak:
                totals, sizes = self._summed(y, draws)
            else:
                known = self._stack(y, draws, weights or {})
                totals, sizes = known[""], self._sizes(y, draws, weights or {})
                known |= {name: y[j] for name, j in self._column.items()}
                breaks = [self._senses[name] * known[name] for name in method.tiebreak]
        totals = totals[:, self.scored]
        if not np.isfinite(totals).all():
            raise UnlikeError("Other units have a score.")
        plain = isinstance(method.scale, NoNormalisation)
        if not plain:
            totals = self._scaled(significant(totals, magnitude=sizes))
        if method.round is not None:
            totals = rounded(totals, method.round)
        return FigureDraws(
            totals,
            method.ties,
            method.sense,
            sizes if plain else None,
            tuple(np.broadcast_to(each[:, self.scored], totals.shape) for each in breaks),
            weights or {},
            self.batch.children if weights else {},
        )

    def _summed(self, y: Sequence[Floats], draws: int) -> tuple[Floats, Floats]:
        """Return weighted sums (draws x units), and how large their parts are (draws x 1)."""
        totals, sizes = np.zeros((2, draws, self._shares.shape[1]))
        for column, values, shares in zip(self._columns, y, self._shares, strict=True):
            parts = values * shares
            parts[:, column.gaps] = 0.0
            totals += parts
            sizes += np.abs(parts, out=parts)
        return totals, sizes[:, self.scored].max(axis=1, keepdims=True)

    def _sizes(self, y: Sequence[Floats], draws: int, weights: Weights) -> Floats:
        """Return how large the parts are that scores are sums of (draws x 1), 0 if they are not."""
        if not self._adds:
            return np.zeros((draws, 1))
        sizes = self._stack([np.abs(values) for values in y], draws, weights)[""]
        return sizes[:, self.scored].max(axis=1, keepdims=True)

    def _scaled(self, totals: Floats) -> Floats:
        """Return scores on the final scale (both draws x units that have a score)."""
        whole = np.full((len(totals), self._shares.shape[1]), np.nan)
        whole[:, self.scored] = totals
        scale, known = self.methodology.scale, self._scale_context
        if scale.stacked:
            return scale(whole, known)[:, self.scored]
        return np.stack([scale(draw, known)[self.scored] for draw in whole])


def _is_weighted_sum(root: Pillar, methodology: Methodology) -> bool:
    """Say whether scores are sums of figures times what each counts for a unit."""
    pillars = [(at, each) for at, each in root.walk() if isinstance(each, Pillar)]
    means = [each.aggregate or methodology.aggregation_at(at) for at, each in pillars]
    return all(mean.exponent() == 1 for mean in means)
