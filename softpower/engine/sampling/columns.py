"""The figures of one indicator in many draws: divided, transformed, treated, filled, normalised."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from softpower.engine.context import Contexts, is_logarithm
from softpower.engine.ranking import Ranking
from softpower.errors import MethodError
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Indicator
from softpower.methods.impute.base import ColumnFilling, ImputationContext
from softpower.methods.model import Floats
from softpower.methods.moments import exponents
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.treat import NoTreatment, Treated

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]

USUAL = 256
"""Figures below two to this power, and above its inverse, have squares and sums that are exact
enough in any unit."""


class UnlikeError(MethodError):
    """In some draw something happens that does not happen to the figures as they are."""


class Column:
    """What is done to the figures of one indicator, ready for many draws of them."""

    def __init__(
        self,
        indicator: Indicator,
        setup: Setup,
        methodology: Methodology,
        ranking: Ranking,
        sheet: ImputationContext,
    ) -> None:
        """Take what does not depend on the figures from the ranking under those as they are.

        Parameters
        ----------
        indicator
            Whose figures these are.
        setup
            How they are scored.
        methodology
            The same with nothing left open.
        ranking
            What it leads to.
        sheet
            The units that are scored, as an imputation sees them.
        """
        self._indicator = indicator
        self._treat = indicator.treat or methodology.treat
        self._normalise = indicator.normalise or methodology.normalise
        self._context = Contexts(self._normalise, setup.figures, [])(
            indicator,
            logged=False,
            sense=ranking.framework.root.senses(methodology.sense)[indicator.id],
        )
        fill = methodology.impute
        self._fill = fill if isinstance(fill, ColumnFilling) else None
        self._sheet = sheet
        (self._at,) = setup.figures.positions([indicator.id])
        divisor = indicator.denominator
        self._by = setup.figures.positions([divisor.figure])[0] if divisor else None
        used = [self._at] if self._by is None else [self._at, self._by]
        self._used = {at: setup.figures.values[:, at].copy() for at in used}
        self._ranked = np.isin([unit.id for unit in ranking.units], sheet.units)
        self._unranked = np.flatnonzero(~self._ranked)
        stages, last = ranking.stages, "normalised"
        if self._fill is not None and self._fill.stage == "normalised":
            last = "imputed"
        j = stages[last].ids.index(indicator.id)
        self.nominal: Floats = stages[last].values[None, :, j]
        """The figures on the common scale as they are (1 x units)."""
        treated = stages["treated"].values[:, stages["treated"].ids.index(indicator.id)]
        self._usual = abs(int(exponents(treated))) < USUAL
        self.gaps: Places = np.flatnonzero(np.isnan(self.nominal[0]))
        """The units that have no figure on the common scale."""

    def __call__(self, values: Floats) -> Floats:
        """Return the figures on the common scale (draws x units, or 1 if they do not vary).

        Parameters
        ----------
        values
            Draws of all figures (indicators x draws x units).

        Raises
        ------
        MethodError
            If a method refuses the figures of any of the draws, or one of them has to be scored
            by itself.
        """
        if all(_same(values[at], own) for at, own in self._used.items()):
            return self.nominal
        x = self._transformed(values)
        y = self._filled("normalised", self._normalised(self._filled("treated", self._treated(x))))
        if not np.isnan(y[:, self.gaps]).all():
            raise UnlikeError("Other figures are missing.")
        return y

    def _transformed(self, values: Floats) -> Floats:
        """Return figures divided and transformed, with gaps filled if they are by then."""
        own, x = self._used[self._at], values[self._at]
        if (np.isnan(x) != np.isnan(own)).any():
            raise UnlikeError("Other figures are missing.")
        if self._indicator.zero_fill and ((x == 0) != (own == 0)).any():
            raise UnlikeError("Other figures are zeros of lists.")
        x = self._divided(self._filled("raw", x), values)
        if self._indicator.transform is not None:
            x = self._indicator.transform(x)
        if np.may_share_memory(x, values):
            x = x.copy()
        x[:, self._unranked] = np.nan
        return self._filled("transformed", x)

    def _divided(self, x: Floats, values: Floats) -> Floats:
        divisor = self._indicator.denominator
        if divisor is None or self._by is None:
            return x
        by = values[self._by]
        quotients = x / (np.where(by > 0, by, np.nan) / divisor.per)
        there = ~np.isnan(x) & (self._used[self._by] > 0)
        if not np.array_equal(np.isfinite(quotients), there):
            raise UnlikeError("Other figures can be divided.")
        sizes = np.abs(quotients[there & (x != 0)])
        if not (sizes >= np.finfo(float).tiny).all():
            raise UnlikeError("Figures cannot be divided.")
        return quotients

    def _treated(self, x: Floats) -> Floats:
        """Return the figures after the treatment of outliers, where there are some."""
        if isinstance(self._treat, NoTreatment):
            return x
        values, left, logged = self._treat.of_draws(x)
        if left.any() and values is x:
            values = x.copy()
        for draw in np.flatnonzero(left):
            treated: Treated = self._treat(x[draw])
            values[draw], logged[draw] = treated.values, treated.logged
        if logged.any():
            if self._indicator.treat is None and is_logarithm(self._indicator):
                values[logged] = x[logged]
            elif self._normalise.needs():
                raise UnlikeError("Figures are on another scale.")
        return values

    def _filled(self, stage: str, x: Floats) -> Floats:
        if self._fill is None or self._fill.stage != stage:
            return x
        filled = x.copy()
        filled[:, self._ranked] = self._fill.of_draws(x[:, self._ranked], self._sheet)
        return filled

    def _normalised(self, x: Floats) -> Floats:
        """Return the figures on the common scale."""
        method, context = self._normalise, self._context
        if not method.stacked and not isinstance(method, NoNormalisation):
            return np.stack([method(draw, context) for draw in x])
        return method.valued(x, context) if self._usual else method(x, context)


def _same(x: Floats, own: Floats) -> bool:
    """Say whether figures (draws x units) are the same as those given (units) in all draws."""
    bits, given = x.view(np.int64), own.view(np.int64)  # of which those that are missing are equal
    return bool((bits[-1] == given).all() and (bits == given).all())
