"""Normalisations that measure how far a figure is from the middle of the others."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.model import Floats
from softpower.methods.normalise.base import (
    OVER,
    ConstantIndicatorError,
    Context,
    Need,
    Normalisation,
    Over,
    Ranged,
    counted,
    pooled,
    refuse_constant,
)


class ZScore(Normalisation):
    """Standard deviations above or below the mean (or the median).

    Formula: ``mean + sd z`` with ``z = (x - m) / s``, where ``m`` is the mean or median and ``s``
    the standard deviation (n - 1) of the figures, or of those of all periods; with ``clip = k``,
    ``z`` beyond ``-k`` or ``k`` counts as that. Left open, ``mean`` and ``sd`` are 0 and 1, or 100
    and 10 where an aggregation takes logarithms or reciprocals.

    Assumes: that equal steps count equally, and a spread that a few extreme figures do not make.

    Edge cases: A constant indicator is refused.

    Source: OECD/JRC Handbook (2008), sec. 5.2; De Muro, Mazziotta & Pareto (2011) for 100 and
    10; Cevik & Padilha, IMF WP/24/212, for the median.
    """

    positional: ClassVar[tuple[str, ...]] = ("mean", "sd")
    invariant = "interval"
    stacked = True
    method: Literal["zscore"] = "zscore"
    centre: Literal["mean", "median"] = Field("mean", description="What is subtracted.")
    mean: float | None = Field(None, description="What the centre becomes.")
    sd: float | None = Field(None, gt=0, description="What one standard deviation becomes.")
    ddof: int = Field(
        1, ge=0, le=1, description="1 for the sample's deviation, 0 for population's."
    )
    clip: float | None = Field(
        None,
        gt=0,
        description="Figures further from the centre than so many standard deviations count as "
        "being there; none by default.",
    )
    over: Over = Field("sample", description=OVER)

    def settled(self, *, positive: bool) -> ZScore:
        """Return the normalisation with its mean and deviation filled in."""
        mean, sd = (100.0, 10.0) if positive else (0.0, 1.0)
        return self.model_copy(
            update={
                "mean": mean if self.mean is None else self.mean,
                "sd": sd if self.sd is None else self.sd,
            }
        )

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the standard scores."""
        z = self._z(x, context)
        if self.clip is not None:
            z = np.clip(z, -self.clip, self.clip)
        return self.middle() + (1.0 if self.sd is None else self.sd) * z

    def remarked(self, x: Floats, context: Context) -> str:
        """Return how many figures are clipped."""
        if self.clip is None:
            return ""
        beyond = int(np.count_nonzero(np.abs(self._z(x, context)) > self.clip))
        return f"{counted(beyond)} clipped at {self.clip:g} standard deviations" if beyond else ""

    def middle(self) -> float:
        """Return what the centre becomes."""
        return self.mean or 0.0

    def negative(self) -> bool:
        """Say yes where the centre becomes zero or less: hardly ever is no figure below it."""
        return self.over == "sample" and self.mean is not None and self.mean <= 0

    def needs(self) -> tuple[Need, ...]:
        """Return the history, if other periods count."""
        return ("history",) if self.over != "sample" else ()

    def _z(self, x: Floats, context: Context) -> Floats:
        known = pooled(x, context, self.over)
        refuse_constant(known)
        centre = np.nanmean if self.centre == "mean" else np.nanmedian
        middle = centre(known, axis=-1, keepdims=True)
        return (x - middle) / np.nanstd(known, axis=-1, keepdims=True, ddof=self.ddof)


class Robust(Normalisation):
    """Deviations above or below the median, measured so that a few extreme figures count little.

    Formula: ``median + deviation (x - m) / s`` with the median ``m`` of the figures and ``s``
    1.4826 times the median of ``|x - m|``; where that is zero, as most figures are the same, the
    interquartile range divided by 1.349, which is noted. With ``spread = "iqr"``, ``s`` is the
    interquartile range itself. Quartiles are interpolated. Left open, ``median`` and ``deviation``
    are 0 and 1, or 100 and 10 where an aggregation takes logarithms or reciprocals.

    Assumes: that no more than half of the figures are extreme.

    Edge cases: An indicator is refused where ``s`` is zero all the same.

    Source: Rousseeuw & Croux (1993), J. American Statistical Association 88:1273-1283, on the
    median deviation; Hyndman & Fan (1996), The American Statistician 50:361-365, on quartiles.
    """

    positional: ClassVar[tuple[str, ...]] = ("median", "deviation")
    invariant = "interval"
    method: Literal["robust"] = "robust"
    spread: Literal["mad", "iqr"] = Field(
        "mad", description="What measures spread: the median deviation, or the quartiles."
    )
    median: float | None = Field(None, description="What the median becomes.")
    deviation: float | None = Field(None, gt=0, description="What one unit of spread becomes.")

    def settled(self, *, positive: bool) -> Robust:
        """Return the normalisation with its median and deviation filled in."""
        median, deviation = (100.0, 10.0) if positive else (0.0, 1.0)
        return self.model_copy(
            update={
                "median": median if self.median is None else self.median,
                "deviation": deviation if self.deviation is None else self.deviation,
            }
        )

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the deviations from the median."""
        del context
        refuse_constant(x)
        spread, _ = self._spread(x)
        if _vanishes(spread, x):
            raise ConstantIndicatorError(
                "So many of its figures are the same that its quartiles are.",
                mend="Take zscore, leave the indicator out, or set constant to drop or mid.",
            )
        deviation = 1.0 if self.deviation is None else self.deviation
        return self.middle() + deviation * (x - np.nanmedian(x)) / spread

    def remarked(self, x: Floats, context: Context) -> str:
        """Return whether quartiles took the place of the median deviation."""
        del context
        _, instead = self._spread(x)
        return "its median deviation is zero, so that its quartiles count" if instead else ""

    def middle(self) -> float:
        """Return what the median becomes."""
        return self.median or 0.0

    def negative(self) -> bool:
        """Say yes where the median becomes zero or less, as for standard scores."""
        return self.median is not None and self.median <= 0

    def _spread(self, x: Floats) -> tuple[float, bool]:
        """Return the measure of spread, and whether it is a substitute."""
        if self.spread == "mad":
            mad = float(1.4826 * np.nanmedian(np.abs(x - np.nanmedian(x))))
            if not _vanishes(mad, x):
                return mad, False
        lower, upper = np.nanpercentile(x, [25, 75])
        iqr = float(upper - lower)
        return (iqr / 1.349, True) if self.spread == "mad" else (iqr, False)


def _vanishes(spread: float, x: Floats) -> bool:
    return not spread > 1e-12 * float(np.nanmax(np.abs(x)))


class Logistic(Ranged):
    """Standard scores bent onto a range, so that extreme figures come close to its ends.

    Formula: ``low + (high - low) / (1 + exp(-steepness z))`` with ``z = (x - m) / s``, where ``m``
    is the mean or median and ``s`` the standard deviation (n - 1); with ``curve = "normal"`` the
    share of a normal distribution below ``steepness z`` instead.

    Assumes: that differences near the centre matter most.

    Edge cases: A constant indicator is refused.

    Source: the textbook logistic and normal distribution functions, of standard scores as in the
    OECD/JRC Handbook (2008), sec. 5.2.
    """

    positional: ClassVar[tuple[str, ...]] = ("curve",)
    invariant = "interval"
    stacked = True
    method: Literal["logistic"] = "logistic"
    curve: Literal["logistic", "normal"] = Field(
        "logistic", description="Which distribution the curve is of."
    )
    steepness: float = Field(1.0, gt=0, description="How quickly the curve rises in the middle.")
    centre: Literal["mean", "median"] = Field("mean", description="What becomes the midpoint.")

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the standard scores on the curve."""
        from scipy.special import expit, ndtr

        z = ZScore(centre=self.centre).oriented(x, context)
        curve = expit if self.curve == "logistic" else ndtr
        return self.spread(np.asarray(curve(self.steepness * z)))
