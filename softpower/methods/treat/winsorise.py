"""Winsorising: extreme figures are pulled in, the others stay what they are."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Mask
from softpower.methods.treat.base import Rule, Treated, TreatedDraws, Treatment, counted, leans_down
from softpower.methods.treat.logarithm import shifted_log


class Winsorise(Rule):
    """Pull extreme figures in, one value at a time, until the indicator passes the JRC rule.

    Formula: while ``|G1| >= skewness`` and ``G2 >= kurtosis`` and fewer than ``points`` figures
    have been pulled in: all figures equal to the maximum (minimum, if ``G1 < 0``) are set to the
    next one. If the indicator is still flagged, the original figures are taken instead and
    ``ln(x - min + 0.01 (max - min))`` is applied, mirrored for a negative skew; or, with
    ``otherwise = "keep"``, they stay winsorised. With ``force`` so many figures are pulled in
    (figures that are equal, all together), flagged or not, and kept. Fewer than four figures are
    not tested, and the last two different figures stay different.

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

    def changes(self, x: Floats) -> Mask:
        """Return in which draws the figures may be flagged; in all, if it is forced."""
        return self.may_flag(x) if self.force is None else super().changes(x)

    def of_draws(self, x: Floats) -> TreatedDraws:
        """Pull figures in in many draws at once, or log them where that does not suffice.

        Draws are left in which noise could decide whether or where figures are pulled in.
        """
        if self.force is not None:
            return super().of_draws(x)
        left, logged = self.changes(x), np.zeros(len(x), dtype=bool)
        there = ~np.isnan(x[0])
        rows = np.flatnonzero(left)
        values = x[np.ix_(rows, there)]
        distinct = 1 + np.count_nonzero(np.diff(np.sort(values, axis=1), axis=1), axis=1)
        pulled, doubt = np.zeros((len(rows), 2), dtype=np.int64), np.zeros(len(rows), dtype=bool)
        first = np.zeros(len(rows))
        for step in range(self.points + 1):
            found = self.measured(values)
            first = found.third if step == 0 else first
            goes = (found.flagged > 0) & (pulled.sum(axis=1) < self.points) & (distinct - step > 2)
            doubt |= (found.flagged == 0) | (goes & (np.abs(found.third) < 1e-9))
            some = np.flatnonzero(goes & ~doubt)
            if not some.size:
                break
            sign = np.where(found.third[some] < 0, -1.0, 1.0)[:, None]
            upwards = values[some] * sign
            extreme = upwards == upwards.max(axis=1, keepdims=True)
            next_one = np.where(extreme, -np.inf, upwards).max(axis=1, keepdims=True)
            values[some] = np.where(extreme, next_one, upwards) * sign
            pulled[some, (sign[:, 0] < 0).astype(int)] = np.count_nonzero(extreme, axis=1)
        out = x.copy()
        out[np.ix_(rows[~doubt], there)] = values[~doubt]
        left[rows[~doubt]] = False
        if self.otherwise == "log":
            logged[rows] = ~doubt & (found.flagged > 0)
            down = _leaning(x[rows], first)
            for upper in (True, False):
                some = rows[(down != upper) & logged[rows]]
                out[some] = shifted_log(x[some], upper=upper)
        return TreatedDraws(out, left, logged)

    def _goes_on(self, values: Floats) -> bool:
        return self.force is not None or self.flags(values)


class PercentileWinsorise(Treatment):
    """Pull every figure beyond two percentiles to them, in every indicator.

    Formula: ``min(max(x, q_low), q_high)`` with the percentiles of the figures that are there,
    interpolated between neighbours in order (type 7). Where both percentiles are the same nothing
    is done, which is noted; a tail that is not long is cut as well.

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


class Fences(Treatment):
    """Pull every figure that is far beyond the quartiles to a fence around them.

    Formula: ``min(max(x, Q1 - k (Q3 - Q1)), Q3 + k (Q3 - Q1))`` with the quartiles of the figures
    that are there, interpolated between neighbours in order (type 7). Where the quartiles are the
    same nothing is done, which is noted.

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


def _leaning(x: Floats, third: Floats) -> Mask:
    """Say in which draws (draws x units) the longer tail is the lower one, from third moments."""
    down = third < 0
    for row in np.flatnonzero(np.abs(third) < 1e-9):
        down[row] = leans_down(x[row])
    return down


def _between(x: Floats, low: float, high: float, ends: str) -> Treated:
    """Return figures pulled in to two ends, unless that would make them all the same."""
    beyond = (x < low) | (x > high)
    if not beyond.any():
        return Treated(x)
    if low >= high:
        return Treated(x, f"as it was, for {ends} are both {low:g}")
    return Treated(np.clip(x, low, high), f"{counted(beyond)} pulled in to {ends}")


def _distinct(x: Floats) -> int:
    return len(set(x[~np.isnan(x)].tolist()))
