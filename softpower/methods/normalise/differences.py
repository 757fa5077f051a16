"""Normalisations that measure how far each figure is from one other figure."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field, field_validator

from softpower.errors import MethodError
from softpower.methods.model import Floats
from softpower.methods.normalise.base import (
    OVER,
    Context,
    Need,
    Normalisation,
    Over,
    Ranged,
    counted,
    pooled,
    refuse_constant,
)
from softpower.methods.normalise.references import (
    TO,
    UNIT,
    Name,
    figure_of_reference,
    reference,
    unit_of,
)
from softpower.methods.ties import significant


class RelativeDifference(Normalisation):
    """How much better or worse a figure is than another one, in percent of it.

    Formula: ``base (x - ref) / |ref|``, and ``base (ref - x) / |ref|`` where low figures are
    better.

    Assumes: a unit with a true zero, which neither degrees Celsius nor logarithms have.

    Edge cases: Refused where ``ref`` is zero or missing. A constant indicator is refused, save
    against a target or a unit.

    Source: OECD/JRC Handbook (2008), sec. 5.4 and Table 15.
    """

    positional: ClassVar[tuple[str, ...]] = ("to", "base")
    invariant = "scale"
    method: Literal["relative-difference"] = "relative-difference"
    to: Name = Field("mean", description=f"{TO}mean, leader, worst, target, {UNIT}")
    base: float = Field(
        100.0, gt=0, description="What a difference as large as the figure compared with becomes."
    )

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the differences."""
        other = reference(self.to, x, context)
        if other == 0:
            raise MethodError(
                "The figure that it is compared with is zero.",
                mend="Compare with another one, or take zscore.",
            )
        return self.base * (x - other) / abs(other)

    def middle(self) -> float:
        """Return zero, the value of the figure that is compared with."""
        return 0.0

    def negative(self) -> bool:
        """Say yes where some figure is always worse than the one that is compared with."""
        return self.to in ("mean", "leader")

    def needs(self) -> tuple[Need, ...]:
        """Return the target, if figures are compared with it."""
        return ("target",) if self.to == "target" else ()

    def unit(self) -> str | None:
        """Return the unit that figures are compared with."""
        return unit_of(self.to)


class DistanceToReference(Ranged):
    """The way from the worst figure to that of one country, which may be overtaken.

    Formula: ``low + (high - low) (1 - (x_ref - x) / (x_ref - min))``; with ``clip = true`` figures
    beyond that of the unit of reference count as being on it.

    Assumes: that equal steps count equally on the way to a unit that is worth reaching.

    Edge cases: Refused where the unit of reference has no figure or the worst one. A constant
    indicator is refused.

    Source: OECD/JRC Handbook (2008), sec. 5.4; COINr's ``n_dist2ref``, Becker et al. (2022), J.
    Open Source Softw. 7.
    """

    positional: ClassVar[tuple[str, ...]] = ("to", "low", "high")
    invariant = "interval"
    method: Literal["distance-to-reference"] = "distance-to-reference"
    to: Name = Field(
        description="The unit of reference, such as a country, by any of its names.",
        examples=["Japan"],
    )
    clip: bool = Field(
        False, description="Whether figures beyond that of the unit of reference count as its own."
    )

    @field_validator("to")
    @classmethod
    def _a_unit(cls, to: str) -> str:
        if unit_of(to) is None:
            raise ValueError(
                f"there is no unit {to}; minmax is the distance to the leader, distance-to-target "
                "that to a target"
            )
        return to

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the shares of the way, on the range."""
        share = self._share(x, context)
        return self.spread(np.minimum(share, 1) if self.clip else share)

    def remarked(self, x: Floats, context: Context) -> str:
        """Return how many figures are clipped."""
        beyond = int(np.count_nonzero(self._share(x, context) > 1)) if self.clip else 0
        return f"{counted(beyond)} beyond that of {self.to}, clipped" if beyond else ""

    def negative(self) -> bool:
        """Say yes where the worst figure becomes something below zero."""
        return self.below_zero()

    def unit(self) -> str:
        """Return the unit of reference."""
        return self.to

    def _share(self, x: Floats, context: Context) -> Floats:
        refuse_constant(x)
        other, worst = figure_of_reference(self.to, x, context), np.nanmin(x)
        if other <= worst:
            raise MethodError(
                f"{self.to} has the worst figure, from which no distance can be measured.",
                mend="Take another unit of reference, or minmax.",
            )
        return (x - worst) / (other - worst)


class AboveBelow(Normalisation):
    """Whether a figure is clearly above the mean (1), clearly below (-1), or neither (0).

    Formula: 1 where ``x / m > 1 + margin``, -1 where ``x / m < 1 - margin``, else 0, with the mean
    ``m`` and twelve significant digits; reversed where low figures are better.

    Assumes: a unit with a true zero, which neither degrees Celsius nor logarithms have.

    Edge cases: Refused where the mean is not above zero, and so is a constant indicator.

    Source: OECD/JRC Handbook (2008), sec. 5.5 and Table 15.
    """

    positional: ClassVar[tuple[str, ...]] = ("margin",)
    invariant = "scale"
    method: Literal["above-below"] = "above-below"
    margin: float = Field(
        0.2, ge=0, lt=1, description="From which share of the mean on a difference counts."
    )

    def valued(self, x: Floats, context: Context) -> Floats:
        """Return 1, 0 and -1."""
        mean = reference("mean", x, context)
        if mean <= 0:
            raise MethodError("It needs a mean above zero.", mend="Take zscore.")
        share = significant(x / mean)
        lower, upper = significant(np.array([1 - self.margin, 1 + self.margin]))
        side = 1.0 * (share > upper) - 1.0 * (share < lower)
        return np.where(np.isnan(x), np.nan, context.direction * side + 0.0)

    def middle(self) -> float:
        """Return zero, which stands for the mean."""
        return 0.0


class AdjustedMazziottaPareto(Normalisation):
    """A reference is 100, and what is as far from it as half the range of figures 30 off that.

    Formula: ``(centre - width / 2) + width (x - a) / (b - a)`` with the goalposts ``a`` and ``b``
    at ``ref`` less and plus ``(sup - inf) / 2``, where ``inf`` and ``sup`` are the smallest and
    largest figure of the sample, or with ``over = "all-periods"`` of the history too; so is the
    mean, if it is ``ref``, so that values of different periods can be compared. If ``ref`` is in
    the middle values run from 70 to 130.

    Assumes: that equal steps count equally, and that the range of the figures says what is far.

    Edge cases: A constant indicator is refused.

    Source: Mazziotta & Pareto (2016), Social Indicators Research 127:983-1003.
    """

    positional: ClassVar[tuple[str, ...]] = ("to",)
    invariant = "interval"
    method: Literal["mazziotta-pareto-adjusted"] = "mazziotta-pareto-adjusted"
    to: Name = Field("mean", description=f"{TO}mean, target, {UNIT}")
    centre: float = Field(100.0, description="What the figure that is compared with becomes.")
    width: float = Field(60.0, gt=0, description="What the whole range of figures becomes.")
    over: Over = Field("sample", description=OVER)

    @field_validator("to")
    @classmethod
    def _no_end(cls, to: str) -> str:
        if to in ("leader", "worst"):
            raise ValueError("it is centred on the mean, a target or a unit, and on neither end")
        return to

    def oriented(self, x: Floats, context: Context) -> Floats:
        """Return the figures on the range around the reference."""
        known = pooled(x, context, self.over)
        refuse_constant(known)
        half = (np.nanmax(known) - np.nanmin(known)) / 2
        other = reference(self.to, known if self.to == "mean" else x, context)
        return self.centre + self.width * (x - other) / (2 * half)

    def middle(self) -> float:
        """Return the centre."""
        return self.centre

    def negative(self) -> bool:
        """Say yes where the mean becomes zero or less, for some figure is below its own mean."""
        return self.to == "mean" and self.over == "sample" and self.centre <= 0

    def needs(self) -> tuple[Need, ...]:
        """Return the target, if it is the centre, and the history, if other periods count."""
        target: tuple[Need, ...] = ("target",) if self.to == "target" else ()
        return (*target, "history") if self.over != "sample" else target

    def unit(self) -> str | None:
        """Return the unit that figures are compared with."""
        return unit_of(self.to)
