"""Normalisations from the smallest figure to the largest."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.errors import MethodError
from softpower.methods.model import ABOVE_ZERO, Floats
from softpower.methods.normalise.base import (
    OVER,
    Context,
    Need,
    Over,
    Ranged,
    ends_of,
    pooled,
    refuse_constant,
)


class MinMax(Ranged):
    """The smallest figure becomes ``low``, the largest ``high``, with even steps between.

    Formula: ``low + (high - low) (x - min) / (max - min)``. With ``over = "all-periods"`` the
    smallest and largest figure are those of the history as well, so that scores of several periods
    can be compared; with ``over = "2014"`` those of that period alone, beyond which values leave
    the range.

    Assumes: that equal steps count equally, and that the smallest and the largest figure are no
    outliers.

    Edge cases: A constant indicator is refused. A new unit can move every score.

    Source: OECD/JRC Handbook (2008), sec. 5.3; Saisana, Saltelli & Tarantola (2005), eq. 1a.
    """

    positional: ClassVar[tuple[str, ...]] = ("low", "high")
    invariant = "interval"
    stacked = True
    method: Literal["minmax"] = "minmax"
    over: Over = Field("sample", description=OVER)

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the figures on the range of the sample, or of all periods."""
        low, high = ends_of(pooled(x, context, self.over))
        share = x - low
        share /= high - low
        return self.spread(share)

    def negative(self) -> bool:
        """Say yes where the smallest figure becomes something below zero."""
        return self.over == "sample" and self.below_zero()

    def needs(self) -> tuple[Need, ...]:
        """Return the history, if other periods count."""
        return ("history",) if self.over != "sample" else ()


class LogMinMax(Ranged):
    """Min-max of logarithms, for figures of which a few are far larger than the others.

    Formula: min-max of ``ln(x - min + 0.01 (max - min))``, which any figures have, or of ``ln x``
    with ``shift = "none"``, which is refused unless all figures are above zero. Where low figures
    are better the former is mirrored and the latter reversed.

    Assumes: that ratios matter rather than differences.

    Edge cases: A constant indicator is refused.

    Source: OECD/JRC Handbook (2008), sec. 5.1, on logarithms; the shift is that of the transform
    ``log_CT`` of COINr, Becker et al. (2022), J. Open Source Softw. 7.
    """

    positional: ClassVar[tuple[str, ...]] = ("low", "high")
    invariant = "scale"
    stacked = True
    method: Literal["log-minmax"] = "log-minmax"
    shift: Literal["range", "none"] = Field(
        "range", description="What makes figures positive: the range of the figures, or nothing."
    )

    def valued(self, x: Floats, context: Context) -> Floats:
        """Return the logarithms on the range of their sample."""
        if self.shift == "range":
            return super().valued(x, context)
        if not np.all(np.isnan(x) | (x > 0)):
            raise MethodError(
                "Without a shift its logarithms need figures above zero.",
                mend="Set normalise.shift to range.",
            )
        refuse_constant(x)
        return self._between(context.direction * np.log(x))

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the shifted logarithms on the range of their sample."""
        del context
        low, high = ends_of(x)
        return self._between(np.log((x - low) / (high - low) + 0.01))

    def least(self, direction: int) -> float:
        """Return the least figure that has a logarithm."""
        del direction
        return ABOVE_ZERO if self.shift == "none" else -np.inf

    def _between(self, logs: Floats) -> Floats:
        low, high = (pick(logs, axis=-1, keepdims=True) for pick in (np.nanmin, np.nanmax))
        return self.spread((logs - low) / (high - low))

    def negative(self) -> bool:
        """Say yes where the smallest figure becomes something below zero."""
        return self.below_zero()
