"""Treatment of outliers: what is done to an indicator that a few extreme figures dominate."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Method, Short
from softpower.methods.moments import is_constant, skewness_and_kurtosis


class Treated(NamedTuple):
    """The treated figures of one indicator, and what was done to them."""

    values: Floats
    remark: str = ""
    """What was done, in words; empty where nothing was."""
    logged: bool = False
    """Whether the figures are now on a logarithmic scale."""


class Treatment(Method):
    """Figures of one indicator in, treated figures out."""

    def __call__(self, x: Floats) -> Treated:
        """Return the treated figures and what was done."""
        raise NotImplementedError


class NoTreatment(Treatment):
    """Figures as they are.

    Formula: ``x``.

    Source: OECD/JRC Handbook (2008), ch. 3.
    """

    method: Literal["none"] = "none"

    def __call__(self, x: Floats) -> Treated:
        """Return the figures unchanged."""
        return Treated(x)


class _Rule(Treatment):
    """The JRC rule: an indicator is flagged if it is both skewed and heavy-tailed."""

    skewness: float = Field(2.0, ge=0, description="Flagged from this absolute skewness G1 on...")
    kurtosis: float = Field(3.5, description="...together with this excess kurtosis G2.")

    def flags(self, x: Floats) -> bool:
        """Say whether ``|G1| >= skewness`` and ``G2 >= kurtosis``; never below four figures."""
        g1, g2 = skewness_and_kurtosis(x)
        return abs(g1) >= self.skewness and g2 >= self.kurtosis

    def shifted_log(self, x: Floats) -> Treated:
        """Return the logarithm on the side of the tail, noting where even that does not pass."""
        g1, _ = skewness_and_kurtosis(x)
        logged = shifted_log(x, upper=not g1 < 0)
        still = ", still skewed and heavy-tailed after it" if self.flags(logged) else ""
        return Treated(logged, f"logarithm{still}", logged=True)


class Winsorise(_Rule):
    """Pull extreme figures in, one value at a time, until the indicator passes the JRC rule.

    Formula: while ``|G1| >= skewness`` and ``G2 >= kurtosis`` and fewer than ``points`` figures
    have been pulled in: all figures equal to the maximum (minimum, if ``G1 < 0``) are set to the
    next one. If the indicator is still flagged, the original figures are taken instead and
    ``ln(x - min + 0.01 (max - min))`` is applied, mirrored for a negative skew; or, with
    ``otherwise = "keep"``, they stay winsorised. Fewer than four figures are not tested, and the
    last two different figures stay different.

    Source: JRC practice, e.g. Saisana & Saltelli; Becker et al. (2022), J. Open Source Softw. 7.
    """

    positional: ClassVar[tuple[str, ...]] = ("points",)
    method: Literal["winsorise"] = "winsorise"
    points: int = Field(5, ge=1, description="Most figures that may be pulled in.")
    otherwise: Literal["log", "keep"] = Field(
        "log", description="What to do with an indicator that winsorising does not mend."
    )

    def __call__(self, x: Floats) -> Treated:
        """Return the winsorised figures, or the logarithm where that does not suffice."""
        values, at_top, at_bottom = x.copy(), 0, 0
        while at_top + at_bottom < self.points and self.flags(values) and _distinct(values) > 2:
            g1, _ = skewness_and_kurtosis(values)
            if g1 >= 0:
                extreme = values == np.nanmax(values)
                values[extreme] = np.nanmax(values[~extreme])
                at_top = int(np.count_nonzero(extreme))
            else:
                extreme = values == np.nanmin(values)
                values[extreme] = np.nanmin(values[~extreme])
                at_bottom = int(np.count_nonzero(extreme))
        pulled = at_top + at_bottom
        if self.flags(values) and self.otherwise == "log":
            return self.shifted_log(x)
        if pulled == 0:
            return Treated(x)
        return Treated(values, f"{pulled} {'figure' if pulled == 1 else 'figures'} winsorised")


class LogTreatment(_Rule):
    """The shifted logarithm, for every indicator that the JRC rule flags.

    Formula: ``ln(x - min + 0.01 (max - min))``; for a negative skew
    ``-ln(max - x + 0.01 (max - min))``. With ``only = "all"`` every indicator is logged.

    Source: the transform ``log_CT`` of COINr; Becker et al. (2022), J. Open Source Softw. 7.
    """

    positional: ClassVar[tuple[str, ...]] = ("only",)
    method: Literal["log"] = "log"
    only: Literal["flagged", "all"] = Field("flagged", description="Which indicators are logged.")

    def __call__(self, x: Floats) -> Treated:
        """Return the logarithm of a flagged indicator, any other as it is."""
        if is_constant(x) or (self.only == "flagged" and not self.flags(x)):
            return Treated(x)
        return self.shifted_log(x)


def _distinct(x: Floats) -> int:
    return np.unique(x[~np.isnan(x)]).size


def shifted_log(x: Floats, *, upper: bool = True) -> Floats:
    """Return ``ln(x - min + 0.01 (max - min))``, or its mirror image for a lower tail."""
    low, high = np.nanmin(x), np.nanmax(x)
    shift = 0.01 * (high - low)
    return np.log(x - low + shift) if upper else -np.log(high - x + shift)


Treat = Annotated[NoTreatment | Winsorise | LogTreatment, Field(discriminator="method"), Short()]
"""Any treatment of outliers."""
