"""Winsorising: extreme figures are pulled in, the others stay what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats
from softpower.methods.treat.base import Rule, Treated, TreatedDraws, Treatment, counted, leans_down
from softpower.methods.treat.logarithm import shifted_log

if TYPE_CHECKING:
    from softpower.methods.treat.base import Signs


class Winsorise(Rule):
    """Pull extreme figures in, one value at a time, until the indicator passes the JRC rule.

    Formula: while ``|G1| >= skewness`` and ``G2 >= kurtosis`` and fewer than ``points`` figures
    have been pulled in: all figures equal to the maximum (minimum, if ``G1 < 0``) are set to the
    next one. If the indicator is still flagged, the original figures are taken instead and ``ln(x -
    min + 0.01 (max - min))`` is applied, mirrored for a negative skew; or, with ``otherwise =
    "keep"``, they stay winsorised. With ``force`` so many figures are pulled in (figures that are
    equal, all together), flagged or not, and kept.

    Assumes: that a tail is long for a few figures whose exact size does not matter.

    Edge cases: Fewer than four figures are not tested, and the last two different figures stay
    different.

    Source: JRC practice, e.g. Saisana & Saltelli; Becker et al. (2022), J. Open Source Softw. 7.
    """

    positional: ClassVar[tuple[str, ...]] = ("points",)
    method: Literal["winsorise"] = "winsorise"
    points: int = Field(5, ge=1, description="Most figures that may be pulled in.")
    otherwise: Literal["log", "keep"] = Field(
        "log", description="What to do with an indicator that winsorising does not mend."
    )
    force: int | None = Field(
        None, ge=1, description="Pull in so many figures, whatever skewness and kurtosis are."
    )

    def __call__(self, x: Floats) -> Treated:
        """Return the winsorised figures, or the logarithm where that does not suffice."""
        values, at_top, at_bottom = x.copy(), 0, 0
        most = self.points if self.force is None else self.force
        while at_top + at_bottom < most and self._goes_on(values) and _distinct(values) > 2:
            if leans_down(values):
                extreme = values == np.nanmin(values)
                values[extreme] = np.nanmin(values[~extreme])
                at_bottom = int(np.count_nonzero(extreme))
            else:
                extreme = values == np.nanmax(values)
                values[extreme] = np.nanmax(values[~extreme])
                at_top = int(np.count_nonzero(extreme))
        pulled = at_top + at_bottom
        if self.force is None and self.otherwise == "log" and self.flags(values):
            return self.rescaled(shifted_log(x, upper=not leans_down(x)), "logarithm")
        if pulled == 0:
            count = int(np.count_nonzero(~np.isnan(x)))
            few = self.force is None and 0 < count < 4 and _distinct(x) > 1
            return Treated(
                x, "as it was, for fewer than four figures are not tested" if few else ""
            )
        return Treated(values, f"{pulled} {'figure' if pulled == 1 else 'figures'} winsorised")

    def of_draws(self, x: Floats) -> TreatedDraws:
        """Pull figures in in many draws at once, or log them where that does not suffice.

        Draws are left in which noise could decide whether or where figures are pulled in.
        """
        if self.force is not None:
            return super().of_draws(x)
        left, logged = np.zeros((2, len(x)), dtype=bool)
        first = self.measured(x)
        rows, pulled = np.flatnonzero(first.flagged >= 0), np.zeros((len(x), 2), dtype=np.int64)
        if not rows.size:
            return TreatedDraws(x, left, logged)
        there = np.flatnonzero(~np.isnan(x[0]))
        out, values, found = x.copy(), x[np.ix_(rows, there)], first.of(rows)
        while rows.size:
            goes = (found.flagged > 0) & (found.leaning != 0)
            doubt = (found.flagged >= 0) & ~goes
            goes &= pulled[rows].sum(axis=1) < self.points
            done = rows[~goes]
            out[np.ix_(done, there)] = values[~goes]
            left[done], logged[done] = doubt[~goes], found.flagged[~goes] > 0
            rows, sides = rows[goes], (found.leaning[goes] < 0).astype(np.int64)
            values, count = _pulled_in(values[goes], sides)
            pulled[rows, sides] = np.where(count > 0, count, self.points)
            found = self.measured(values)
        logged &= (self.otherwise == "log") & ~left
        for upper in (True, False):
            some = np.flatnonzero(logged & (first.leaning == (1 if upper else -1)))
            if some.size:
                out[some] = shifted_log(x[some], upper=upper)
        return TreatedDraws(out, left, logged)

    def _goes_on(self, values: Floats) -> bool:
        return self.force is not None or self.flags(values)


class PercentileWinsorise(Treatment):
    """Pull every figure beyond two percentiles to them, in every indicator.

    Formula: ``min(max(x, q_low), q_high)`` with the percentiles of the figures that are there,
    interpolated between neighbours in order (type 7).

    Assumes: that what lies beyond the percentiles is extreme, in every indicator.

    Edge cases: Where both percentiles are the same nothing is done, which is noted; a tail that is
    not long is cut as well.

    Source: OECD/JRC Handbook (2008), sec. 5.1, on the Environmental Sustainability Index, with
    2.5 and 97.5; Hyndman & Fan (1996), Am. Stat. 50:361-365, for the types of percentiles.
    """

    positional: ClassVar[tuple[str, ...]] = ("low", "high")
    method: Literal["percentile-winsorise"] = "percentile-winsorise"
    low: float = Field(2.5, ge=0, lt=50, description="The lower percentile.")
    high: float = Field(97.5, gt=50, le=100, description="The upper percentile.")

    @property
    def mirrored(self) -> bool:
        """Whether either tail is treated as the other would be: if as much is cut from both."""
        return self.low + self.high == 100

    def __call__(self, x: Floats) -> Treated:
        """Return the figures between the percentiles."""
        if np.isnan(x).all():
            return Treated(x)
        low, high = np.nanpercentile(x, [self.low, self.high])
        return _between(x, low, high, f"the percentiles {self.low:g} and {self.high:g}")

    def of_draws(self, x: Floats) -> TreatedDraws:
        """Return the figures of many draws between the percentiles of each."""
        return _between_many(x, *_percentiles(x, [self.low, self.high]))


class Fences(Treatment):
    """Pull every figure that is far beyond the quartiles to a fence around them.

    Formula: ``min(max(x, Q1 - k (Q3 - Q1)), Q3 + k (Q3 - Q1))`` with the quartiles of the figures
    that are there, interpolated between neighbours in order (type 7).

    Assumes: figures spread about evenly to either side: of a long tail much lies beyond a fence.

    Edge cases: Where the quartiles are the same nothing is done, which is noted.

    Source: Tukey (1977), Exploratory Data Analysis: inner fences at 1.5, outer fences at 3.
    """

    positional: ClassVar[tuple[str, ...]] = ("k",)
    method: Literal["fences"] = "fences"
    k: float = Field(1.5, ge=0, description="How many interquartile ranges off the fences are.")

    def __call__(self, x: Floats) -> Treated:
        """Return the figures within the fences."""
        if np.isnan(x).all():
            return Treated(x)
        low, high = np.nanpercentile(x, [25, 75])
        reach = self.k * (high - low)
        if low == high:
            return _between(x, low, high, "the fences")
        return _between(x, low - reach, high + reach, "the fences")

    def of_draws(self, x: Floats) -> TreatedDraws:
        """Return the figures of many draws within the fences of each."""
        low, high = _percentiles(x, [25, 75])
        reach = self.k * (high - low)
        return _between_many(x, low - reach, high + reach)


def _pulled_in(values: Floats, sides: Signs) -> tuple[Floats, Signs]:
    """Set the largest figures of draws (draws x n) to the next one, or the least where side is 1.

    Returns also how many these are; none where only two different figures are left.
    """
    sign = np.where(sides, -1.0, 1.0)[:, None]
    upwards = values * sign if sides.any() else values
    extreme = upwards == upwards.max(axis=1, keepdims=True, initial=-np.inf)
    next_one = np.where(extreme, -np.inf, upwards).max(axis=1, keepdims=True, initial=-np.inf)
    more = next_one > upwards.min(axis=1, keepdims=True, initial=np.inf)
    count = np.where(more[:, 0], np.count_nonzero(extreme, axis=1), 0)
    pulled = np.minimum(upwards, np.where(more, next_one, np.inf))
    return pulled * sign if sides.any() else pulled, count


def _between(x: Floats, low: float, high: float, ends: str) -> Treated:
    """Return figures pulled in to two ends, unless that would make them all the same."""
    beyond = (x < low) | (x > high)
    if not beyond.any():
        return Treated(x)
    if low >= high:
        return Treated(x, f"as it was, for {ends} are both {low:g}")
    return Treated(np.clip(x, low, high), f"{counted(beyond)} pulled in to {ends}")


def _percentiles(x: Floats, shares: list[float]) -> Floats:
    """Return percentiles of draws of figures (draws x units): of each a column of the draws."""
    there = ~np.isnan(x[0])
    if not there.any():
        return np.zeros((len(shares), len(x), 1))
    return np.percentile(x[:, there], shares, axis=1)[..., None]


def _between_many(x: Floats, low: Floats, high: Floats) -> TreatedDraws:
    """Return draws of figures pulled in to two ends each, unless that makes them all the same."""
    with np.errstate(invalid="ignore"):
        values = np.where(low < high, np.clip(x, low, high), x)
    return TreatedDraws(values, *np.zeros((2, len(x)), dtype=bool))


def _distinct(x: Floats) -> int:
    return len(set(x[~np.isnan(x)].tolist()))
