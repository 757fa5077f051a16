"""Logarithms and powers: a long tail is drawn in by another scale for all figures."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.errors import MethodError
from softpower.methods.model import ABOVE_ZERO, Floats
from softpower.methods.moments import is_constant
from softpower.methods.treat.base import Rule, Treated, TreatedDraws, leans_down

Shift = Literal["range", "one", "none"]

STEEPEST = 5.0
"""The largest exponent, up or down, of a Box-Cox transform."""


class Rescaling(Rule):
    """Another scale for indicators that the JRC rule flags, or for all."""

    only: Literal["flagged", "all"] = Field("flagged", description="Which indicators it is for.")
    shift: Shift = Field(
        "range",
        description="What is added to x - min: a hundredth of the range, or one; none takes x as "
        "it is.",
    )

    @property
    def least(self) -> float:
        """The least figure that it takes: what is not shifted is above zero."""
        return ABOVE_ZERO if self.shift == "none" else -np.inf

    def of_draws(self, x: Floats) -> TreatedDraws:
        """Leave the draws in which the figures may be flagged; all of them, if it is for all."""
        found = super().of_draws(x)
        if self.only == "flagged":
            found.left[:] = self.measured(x).flagged >= 0
        return found

    def leaves(self, x: Floats) -> bool:
        """Say whether an indicator stays as it is: not flagged, or without differences."""
        return is_constant(x) or (self.only == "flagged" and not self.flags(x))


class LogTreatment(Rescaling):
    """The shifted logarithm, for every indicator that the JRC rule flags.

    Formula: ``ln(x - min + 0.01 (max - min))``; for a negative skew ``-ln(max - x + 0.01 (max -
    min))``. With ``shift = "one"`` 1 is added in place of a hundredth of the range, so that the
    unit matters; with ``shift = "none"`` it is ``ln x``, refused where a figure is zero or
    negative, and a negative skew is treated as under ``range``. With ``only = "all"`` every
    indicator is logged.

    Assumes: that ratios above the smallest figure matter rather than differences.

    Edge cases: An indicator without differences stays as it is.

    Source: the transforms ``log_CT``, ``log_CT_plus`` and ``log_CT_orig`` of COINr; Becker et al.
    (2022), J. Open Source Softw. 7.
    """

    positional: ClassVar[tuple[str, ...]] = ("only", "shift")
    method: Literal["log"] = "log"

    @property
    def mirrored(self) -> bool:
        """Whether either tail is treated as the other would be: not by a plain logarithm."""
        return self.shift != "none"

    def of_draws(self, x: Floats) -> TreatedDraws:
        """Log flagged indicators in many draws; those in which noise could decide are left."""
        if self.only == "all":
            return super().of_draws(x)
        found, values = self.measured(x), x.copy()
        logged = (found.flagged > 0) & (found.leaning != 0)
        for leaning in (1, -1):
            some = logged & (found.leaning == leaning)
            values[some] = shifted_log(x[some], upper=leaning > 0, shift=self.shift)
        return TreatedDraws(values, (found.flagged >= 0) & ~logged, logged)

    def __call__(self, x: Floats) -> Treated:
        """Return the logarithm of a flagged indicator, any other as it is."""
        if self.leaves(x):
            return Treated(x)
        upper = not leans_down(x)
        return self.rescaled(shifted_log(x, upper=upper, shift=self.shift), "logarithm")


class BoxCox(Rescaling):
    """The power of the figures that makes them most like a normal distribution.

    Formula: ``(v^e - 1) / e``, or ``ln v`` for ``e = 0``, of ``u = x - min + 0.01 (max - min)``
    divided by its geometric mean, ``v = u / g``, so that powers keep their digits in any unit; 1 is
    added in place of a hundredth of the range with ``shift = "one"``, so that the unit matters;
    with ``shift = "none"`` it is ``u = x``, refused where a figure is zero or negative. Without an
    ``exponent`` that from -5 to 5 is taken which makes the figures most likely as a normal sample:
    ``-n/2 ln var(y) + (e - 1) sum ln v`` is largest, where the latter sum is zero; it is noted if
    that is one of the ends. An upper tail is drawn in by an exponent below 1, a lower one by one
    above. With ``only = "all"`` it is for every indicator.

    Assumes: that some power of the figures is about normal.

    Edge cases: An indicator without differences stays as it is.

    Source: Box & Cox (1964), An analysis of transformations, J. R. Stat. Soc. B 26:211-252.
    """

    positional: ClassVar[tuple[str, ...]] = ("exponent", "only", "shift")
    method: Literal["box-cox"] = "box-cox"
    exponent: float | None = Field(
        None, ge=-STEEPEST, le=STEEPEST, description="The power; the most likely one if left out."
    )

    @property
    def mirrored(self) -> bool:
        """Whether either tail is treated as the other would be: no."""
        return False

    def __call__(self, x: Floats) -> Treated:
        """Return the power of a flagged indicator, any other as it is."""
        if self.leaves(x):
            return Treated(x)
        logs = shifted_log(x, shift=self.shift)
        logs = logs - np.nanmean(logs)
        exponent = most_likely(logs) if self.exponent is None else self.exponent
        limit = self.exponent is None and abs(exponent) > STEEPEST - 1e-3
        remark = f"Box-Cox, exponent {exponent:.3g}{', the last that is tried' if limit else ''}"
        return self.rescaled(_power(logs, exponent), remark)


def shifted_log(x: Floats, *, upper: bool = True, shift: Shift = "range") -> Floats:
    """Return the logarithm of shifted figures, or its mirror image for a lower tail.

    Several draws of them (draws x units) are each shifted by their own.

    Raises
    ------
    MethodError
        If figures that are not to be shifted are not above zero.
    """
    if not x.size:
        return x
    low, high = (pick(x, axis=-1, keepdims=True) for pick in (np.nanmin, np.nanmax))
    if shift == "none" and upper:
        if (low <= 0).any():
            count = int(np.count_nonzero(x <= 0))
            raise MethodError(
                f"{count} of its figures {'is' if count == 1 else 'are'} not above zero.",
                mend="Take shift = range, or treat it with winsorise.",
            )
        return np.log(x)
    more = 1.0 if shift == "one" else 0.01 * (high - low)
    return np.log(x - low + more) if upper else -np.log(high - x + more)


def most_likely(logs: Floats) -> float:
    """Return the exponent under which figures with these logarithms are most likely to be normal.

    The mean of the logarithms is zero.
    """
    from scipy.optimize import minimize_scalar

    apart = logs[~np.isnan(logs)]

    def unlikely(exponent: float) -> float:
        return float(np.log(np.var(_power(apart, exponent))))

    found = minimize_scalar(
        unlikely, bounds=(-STEEPEST, STEEPEST), method="bounded", options={"xatol": 1e-9}
    )
    return float(found.x)


def _power(logs: Floats, exponent: float) -> Floats:
    return logs if abs(exponent) < 1e-9 else np.expm1(exponent * logs) / exponent
