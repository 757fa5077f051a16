"""What a treatment is, and the rule by which an indicator is said to have outliers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats, Mask, Method
from softpower.methods.moments import Estimator, exponents, skewness_and_kurtosis

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Signs = NDArray[int64]


class Treated(NamedTuple):
    """The treated figures of one indicator, and what was done to them."""

    values: Floats
    remark: str = ""
    """What was done, in words; empty where nothing was."""
    logged: bool = False
    """Whether the figures are now on another scale, such as a logarithmic one."""


class TreatedDraws(NamedTuple):
    """The treated figures of one indicator in many draws."""

    values: Floats
    """Draws x units."""
    left: Mask
    """In which draws they are still to be treated."""
    logged: Mask
    """In which draws they are on another scale."""


class Shapes(NamedTuple):
    """What the JRC rule finds in many draws of the figures of an indicator."""

    flagged: Signs
    """1 where they are flagged, -1 where they are not, 0 where noise could decide (draws)."""
    leaning: Signs
    """1 where the longer tail is the upper one, -1 the lower, 0 where noise could decide."""

    def of(self, draws: Signs | Mask) -> Shapes:
        """Return what is found in some of the draws."""
        return Shapes(*(each[draws] for each in self))


class Treatment(Method):
    """Figures of one indicator in, treated figures out."""

    members: ClassVar[Mapping[str, str]] = {
        "none": "base.NoTreatment",
        "winsorise": "winsorise.Winsorise",
        "log": "logarithm.LogTreatment",
        "box-cox": "logarithm.BoxCox",
        "percentile-winsorise": "winsorise.PercentileWinsorise",
        "fences": "winsorise.Fences",
    }

    @property
    def mirrored(self) -> bool:
        """Whether either tail is treated as the other would be in a mirror image."""
        return True

    @property
    def least(self) -> float:
        """The least figure that it takes."""
        return -np.inf

    def __call__(self, x: Floats) -> Treated:
        """Return the treated figures and what was done."""
        raise NotImplementedError

    def of_draws(self, x: Floats) -> TreatedDraws:
        """Return the treated figures of many draws, in all of which the same are missing.

        They may be those that are given, where none of these has changed.
        """
        return TreatedDraws(x, np.ones(len(x), bool), np.zeros(len(x), bool))


class NoTreatment(Treatment):
    """Figures as they are.

    Formula: ``x``.

    Assumes: that extreme figures are real, and may set the scale of all others.

    Edge cases: Any figures are taken.

    Source: OECD/JRC Handbook (2008).
    """

    method: Literal["none"] = "none"

    def __call__(self, x: Floats) -> Treated:
        """Return the figures unchanged."""
        return Treated(x)

    def of_draws(self, x: Floats) -> TreatedDraws:
        """Return the figures unchanged."""
        return TreatedDraws(x, *np.zeros((2, len(x)), bool))


class Rule(Treatment):
    """The JRC rule: an indicator is flagged if it is both skewed and heavy-tailed."""

    skewness: float = Field(2.0, ge=0, description="Flagged from this absolute skewness on...")
    kurtosis: float = Field(3.5, description="...together with this excess kurtosis.")
    estimator: Estimator = Field(
        "sample", description="Skewness and kurtosis of a sample (G1, G2) or population (g1, g2)."
    )

    def moments(self, x: Floats) -> tuple[float, float]:
        """Return skewness and excess kurtosis as they are estimated here."""
        return skewness_and_kurtosis(x, self.estimator)

    def flags(self, x: Floats) -> bool:
        """Say whether both thresholds are reached; never with fewer than four figures."""
        skewness, kurtosis = self.moments(x)
        return abs(skewness) >= self.skewness and kurtosis >= self.kurtosis

    def measured(self, x: Floats) -> Shapes:
        """Return what the rule finds in many draws of figures (draws x units).

        In all of the draws the same are missing.
        """
        gaps = np.flatnonzero(np.isnan(x[0])) if len(x) else np.zeros(0, dtype=np.intp)
        n, ones = x.shape[1] - gaps.size, np.ones(x.shape[1])
        if n < 4:
            return Shapes(np.full(len(x), -1), np.zeros(len(x), dtype=np.int64))
        centred = np.array(x)
        centred[:, gaps] = 0.0
        centred -= np.vecdot(centred, ones)[:, None] / n
        centred[:, gaps] = 0.0
        second = np.vecdot(centred, centred) / n
        beyond = ~((second > 1e-100) & (second < 1e100))
        if beyond.any():
            largest = np.abs(centred[beyond]).max(axis=1, keepdims=True)
            centred[beyond] /= np.where(largest > 0, largest, 1.0)
            second = np.vecdot(centred, centred) / n
        square = centred * centred
        with np.errstate(divide="ignore", invalid="ignore"):
            skewness = np.vecdot(square, centred) / n / second**1.5
            kurtosis = np.vecdot(square, square) / n / second**2 - 3
        # The sign of a skewness near zero is left to those that look at one draw.
        leaning = np.where(np.abs(skewness) > 1e-9 * n**1.5, np.sign(skewness), 0.0)
        if self.estimator == "sample":
            skewness = skewness * math.sqrt(n * (n - 1)) / (n - 2)
            kurtosis = (n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * kurtosis + 6)
        near = 1e-9 * (1 + np.abs(kurtosis))
        short = np.fmax(self.skewness - np.abs(skewness), self.kurtosis - kurtosis)
        flagged = np.where(short > near, -1, np.where(short < -near, 1, 0))
        return Shapes(flagged, leaning.astype(np.int64))

    def rescaled(self, values: Floats, what: str) -> Treated:
        """Return figures on another scale, noting where even they are flagged."""
        still = ", still skewed and heavy-tailed after it" if self.flags(values) else ""
        return Treated(values, what + still, logged=True)


def leans_down(x: Floats) -> bool:
    """Say whether the longer tail is the lower one; not where neither is."""
    present = x[~np.isnan(x)]
    present = np.ldexp(present, -exponents(present))
    apart = present - present.mean()
    size = float(np.abs(apart).max(initial=0.0))
    return size > 0 and float(np.mean((apart / size) ** 3)) < -1e-12


def counted(where: Mask) -> str:
    """Return how many figures there are."""
    count = int(np.count_nonzero(where))
    return f"{count} {'figure' if count == 1 else 'figures'}"
