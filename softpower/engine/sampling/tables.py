"""One setup made ready for many draws of its figures: the steps over a stack of tables at once.

That is where each step works along an axis: figures divided, transformed, normalised, and added up
with weights that stay what they are. An indicator is treated for outliers in the draws in which it
may be flagged. Whatever else may happen in a draw is left to ``score``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from softpower.engine.aggregation import total_weight
from softpower.engine.context import Contexts, context_of_scores, is_logarithm
from softpower.engine.ranking import Ranking, RankVector
from softpower.engine.sampling.draws import FigureDraws
from softpower.engine.score import resolved
from softpower.errors import MethodError
from softpower.index.figures import Figures
from softpower.index.patch import Setup
from softpower.index.tree import Indicator, Pillar
from softpower.methods.impute import NoImputation
from softpower.methods.model import Floats
from softpower.methods.normalise import Normalisation
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.ties import rounded, significant
from softpower.methods.treat import Treated

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Kind = TypeVar("Kind", bound=np.generic)

ROOM = 1_600_000
"""About so many figures are prepared at once."""


class UnlikeError(MethodError):
    """In some draw something happens that does not happen to the figures as they are."""


class Tables:
    """A setup, scored under its own figures and ready for others with the same gaps."""

    def __init__(self, setup: Setup, ranking: Ranking) -> None:
        """Take what does not depend on the figures from a ranking for which this `fits`."""
        self.setup = setup
        self.methodology = resolved(setup.methodology, setup.framework)
        self.nominal = RankVector.of(ranking)
        """The ranking under the figures as they are."""
        self.scored = np.flatnonzero(~np.isnan(ranking.scores))
        """The units that have a score, as rows of the figures."""
        self._indicators = ranking.framework.indicators()
        self._columns = setup.figures.positions([each.id for each in self._indicators])
        self._senses = ranking.framework.root.senses(self.methodology.sense)
        shares = np.where(np.isnan(ranking.unit_weights), 0.0, ranking.unit_weights)
        self._shares = _by_indicator(shares)
        self._kept = (~np.isnan(ranking.stages["treated"].values)).any(axis=1)
        self._found = _by_indicator(~np.isnan(ranking.stages["denominated"].values))
        self._there = _by_indicator(~np.isnan(ranking.stages["normalised"].values))
        self._zeros = _by_indicator(setup.figures.values[:, self._columns] == 0)
        units = setup.figures.units
        self._scale_context = context_of_scores(self.methodology.scale, units)
        self._contexts = {
            method: Contexts(method, setup.figures, [])
            for method in {self._normalisation(each) for each in self._indicators}
        }

    @staticmethod
    def fits(setup: Setup, ranking: Ranking) -> bool:
        """Say whether every step of a setup works along an axis, and weights do not vary."""
        method, root = resolved(setup.methodology, setup.framework), ranking.framework.root
        scales = [each.normalise or method.normalise for each in ranking.framework.indicators()]
        pillars = [(at, each) for at, each in root.walk() if isinstance(each, Pillar)]
        return (
            root.indicators() == setup.framework.root.indicators()
            and isinstance(method.impute, NoImputation)
            and not method.tiebreak
            and "renormalised" not in ranking.stages
            and not any(each.derived or each.individual for each in method.weight)
            and all((p.aggregate or method.aggregation_at(at)).exponent() == 1 for at, p in pillars)
            and all(total_weight(p, method.weighting_at(at)) > 0 for at, p in pillars)
            and all(
                each.stacked or isinstance(each, NoNormalisation)
                for each in (*scales, method.scale)
            )
        )

    @property
    def longest(self) -> int:
        """How many draws are prepared at once."""
        return int(np.clip(ROOM // max(self._there.size, 1), 1, 512))

    def draws(self, figures: Sequence[Figures]) -> FigureDraws:
        """Return the scores of draws of the figures.

        Raises
        ------
        MethodError
            If a method refuses the figures of any of the draws, or one of them has to be scored
            by itself.
        """
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            y = self._normalised(self._treated(self._transformed(figures)))
            if not np.array_equal(np.isfinite(y), np.broadcast_to(self._there, y.shape)):
                raise UnlikeError("Other figures are missing.")
            parts = np.where(self._there, y, 0.0) * self._shares
        scored = parts[:, :, self.scored]
        totals = scored.sum(axis=0)
        sizes = np.abs(scored).sum(axis=0).max(axis=1, keepdims=True)
        method = self.methodology
        plain = isinstance(method.scale, NoNormalisation)
        if not plain:
            whole = np.full((len(totals), self._there.shape[2]), np.nan)
            whole[:, self.scored] = significant(totals, magnitude=sizes)
            totals = method.scale(whole, self._scale_context)[:, self.scored]
        if method.round is not None:
            totals = rounded(totals, method.round)
        return FigureDraws(totals, method.ties, method.sense, sizes if plain else None)

    def _normalisation(self, indicator: Indicator) -> Normalisation:
        return indicator.normalise or self.methodology.normalise

    def _transformed(self, figures: Sequence[Figures]) -> Floats:
        """Return figures divided and transformed (indicators x draws x units)."""
        values = np.stack([each.values.T for each in figures], axis=1)
        x = values[self._columns]
        silent = np.array([each.zero_fill for each in self._indicators], dtype=bool)
        if ((x[silent] == 0) != self._zeros[silent]).any():
            raise UnlikeError("Other figures are zeros of lists.")
        for j, indicator in enumerate(self._indicators):
            if indicator.denominator is not None:
                (at,) = figures[0].positions([indicator.denominator.figure])
                by = values[at]
                x[j] /= np.where(by > 0, by, np.nan) / indicator.denominator.per
                sizes = np.abs(x[j][self._found[j] & (x[j] != 0)])
                if not ((sizes >= np.finfo(float).tiny) & np.isfinite(sizes)).all():
                    raise UnlikeError("Figures cannot be divided.")
        if not np.array_equal(~np.isnan(x), np.broadcast_to(self._found, x.shape)):
            raise UnlikeError("Other figures are missing.")
        for j, indicator in enumerate(self._indicators):
            if indicator.transform is not None:
                x[j] = indicator.transform(x[j])
        x[:, :, ~self._kept] = np.nan
        return x

    def _treated(self, x: Floats) -> Floats:
        """Return the figures after the treatment of outliers, where there are some."""
        for j, indicator in enumerate(self._indicators):
            method, own = indicator.treat or self.methodology.treat, x[j]
            if _alike(own):
                own[:] = self._treated_once(indicator, own[0])
                continue
            many = method.of_draws(own.copy())
            for draw in np.flatnonzero(many.left):
                many.values[draw] = self._treated_once(indicator, own[draw])
            for draw in np.flatnonzero(many.logged):
                treated = Treated(many.values[draw], logged=True)
                many.values[draw] = self._on_its_scale(indicator, own[draw], treated)
            own[:] = many.values
        return x

    def _treated_once(self, indicator: Indicator, x: Floats) -> Floats:
        """Return the figures of an indicator (units) after the treatment of outliers."""
        treated = (indicator.treat or self.methodology.treat)(x)
        return self._on_its_scale(indicator, x, treated)

    def _on_its_scale(self, indicator: Indicator, x: Floats, treated: Treated) -> Floats:
        """Return treated figures, or as they were if they are logarithms already."""
        if treated.logged and indicator.treat is None and is_logarithm(indicator):
            return x
        if treated.logged and self._contexts[self._normalisation(indicator)].needs:
            raise UnlikeError("Figures are on another scale.")
        return treated.values

    def _normalised(self, x: Floats) -> Floats:
        """Return the figures on the common scale."""
        y = np.empty(x.shape)
        for j, indicator in enumerate(self._indicators):
            method = self._normalisation(indicator)
            context = self._contexts[method](
                indicator, logged=False, sense=self._senses[indicator.id]
            )
            y[j] = method(x[j, :1] if _alike(x[j]) else x[j], context)
        return y


def _by_indicator(table: NDArray[Kind]) -> NDArray[Kind]:
    """Return a table (units x indicators) as it goes with many (indicators x 1 x units)."""
    return np.ascontiguousarray(table.T[:, None])


def _alike(x: Floats) -> bool:
    """Say whether an indicator (draws x units) is the same in all draws."""
    return all(
        np.array_equal(some, np.broadcast_to(x[0], some.shape), equal_nan=True)
        for some in (x[-1:], x)  # most that are not the same are told by one draw
    )
