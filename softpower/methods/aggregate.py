"""Aggregation: adding the children of a pillar up to one value."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.errors import MethodError
from softpower.methods.model import Floats, Method, Short


class Aggregation(Method):
    """Values and weights of the children of one pillar in, the value of the pillar out."""

    linear: ClassVar[bool] = False
    """Whether the value is a weighted sum, so that contributions add up."""

    rowwise: ClassVar[bool] = True
    """Whether a unit's value depends on its own row alone, and not on the other units."""

    top: ClassVar[bool] = False
    """Whether it only ranks, so that it has no place below the index itself."""

    monotone: ClassVar[bool] = True
    """Whether a better value never lowers a unit's own result."""

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return one value per row.

        Parameters
        ----------
        y
            Values, units x children, all finite. Where a value is missing its weight is zero,
            and what stands there does not count.
        w
            Weights of the same shape, each row with sum 1.
        """
        raise NotImplementedError

    def needs_positive(self) -> bool:
        """Say whether values at or below zero are refused or bring the score to zero."""
        return False

    def ready(self, y: Floats, w: Floats) -> Floats:
        """Return the values as they are averaged; refuse those that the mean is not defined for."""
        del w
        return y

    def exponent(self) -> float | None:
        """Return the exponent if this is a weighted power mean, 0 for the geometric mean."""
        return None

    def remark(self, y: Floats, w: Floats) -> str:
        """Return what a reader should know of this aggregation of these values, if anything."""
        del y, w
        return ""


class Arithmetic(Aggregation):
    """The weighted mean: a low value is made up for by a high one, point for point.

    Formula: ``sum_j w_j y_j``.

    Source: OECD/JRC Handbook (2008), sec. 6.10.
    """

    linear: ClassVar[bool] = True
    method: Literal["arithmetic"] = "arithmetic"

    def exponent(self) -> float:
        """Return one."""
        return 1.0

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted arithmetic mean of each row."""
        return np.sum(w * y, axis=1)


class _PositiveMean(Aggregation):
    """A mean that is defined for values above zero."""

    floor: float | None = Field(
        None, gt=0, description="Values below this count as this; none by default."
    )

    def needs_positive(self) -> bool:
        """Say yes."""
        return True

    def ready(self, y: Floats, w: Floats) -> Floats:
        """Return the values, with what does not count set to 1; refuse those below zero."""
        y = np.where(w > 0, y, 1.0)
        if self.floor is not None:
            return np.maximum(y, self.floor)
        if np.any(y < 0):
            raise MethodError(
                f"The {self.name()} aggregation is not defined for values below zero.",
                mend="Normalise onto a positive range (minmax:1:100, zscore:100:10), or set floor.",
            )
        return y


class Geometric(_PositiveMean):
    """The weighted geometric mean: a low value is made up for only in part.

    Formula: ``prod_j y_j^w_j``. A zero makes the score zero, which is reported; values below
    zero are refused.

    Source: OECD/JRC Handbook (2008), sec. 6.11.
    """

    method: Literal["geometric"] = "geometric"

    def exponent(self) -> float:
        """Return zero."""
        return 0.0

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted geometric mean of each row."""
        return power_mean(self.ready(y, w), w, 0.0)


class Harmonic(_PositiveMean):
    """The weighted harmonic mean: a low value pulls hardest.

    Formula: ``1 / sum_j (w_j / y_j)``. A zero makes the score zero, which is reported; values
    below zero are refused.

    Source: Hardy, Littlewood & Polya (1934), Inequalities, ch. 2.
    """

    method: Literal["harmonic"] = "harmonic"

    def exponent(self) -> float:
        """Return minus one."""
        return -1.0

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted harmonic mean of each row."""
        return power_mean(self.ready(y, w), w, -1.0)


class Power(_PositiveMean):
    """The weighted power mean, from the minimum over the geometric mean to the maximum.

    Formula: ``(sum_j w_j y_j^p)^(1/p)``, and the geometric mean at ``p = 0``. For ``p <= 0`` a
    zero makes the score zero, which is reported; values below zero are refused unless ``p = 1``.

    Source: Hardy, Littlewood & Polya (1934), Inequalities, ch. 2.
    """

    positional: ClassVar[tuple[str, ...]] = ("p",)
    method: Literal["power"] = "power"
    p: float = Field(
        description="The exponent; 1 is arithmetic, 0 geometric, -1 harmonic.", examples=[0.5]
    )

    def needs_positive(self) -> bool:
        """Say yes unless this is the arithmetic mean."""
        return self.p != 1

    def exponent(self) -> float:
        """Return ``p``."""
        return self.p

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted power mean of each row."""
        if self.p == 1:
            return np.sum(w * y, axis=1)
        return power_mean(self.ready(y, w), w, self.p)


class Median(Aggregation):
    """The weighted median: the value in the middle of the weight.

    Formula: ``lower``: the smallest ``y_j`` at which the cumulated weight reaches one half;
    ``mid``: the mean of the lower and upper median where it is exactly one half.

    Source: the textbook weighted median; OECD/JRC Handbook (2008), sec. 6.12, on aggregation
    without compensation.
    """

    positional: ClassVar[tuple[str, ...]] = ("kind",)
    method: Literal["median"] = "median"
    kind: Literal["mid", "lower"] = Field("mid", description="Which median at exactly one half.")

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted median of each row."""
        counted = np.where(w > 0, y, np.inf)
        order = np.argsort(counted, axis=1, kind="stable")
        values = np.take_along_axis(counted, order, axis=1)
        cumulated = np.cumsum(np.take_along_axis(w, order, axis=1), axis=1)
        rows = np.arange(y.shape[0])
        lower = values[rows, np.argmax(cumulated >= 0.5 - 1e-12, axis=1)]
        if self.kind == "lower":
            return lower
        upper = values[rows, np.argmax(cumulated > 0.5 + 1e-12, axis=1)]
        return (lower + upper) / 2


def power_mean(y: Floats, w: Floats, p: float) -> Floats:
    """Return ``(sum_j w_j y_j^p)^(1/p)`` of each row, the geometric mean at ``p = 0``.

    Values are zero or above; for ``p <= 0`` a zero with a weight makes the mean zero.
    """
    if abs(p) < 1e-8:  # where y^p is 1 but for rounding noise, as after 0.1 - 0.1
        p = 0.0
    pick = np.nanmax if p > 0 else np.nanmin
    y = np.where(w > 0, y, np.nan)
    zero = pick(y, axis=1) == 0
    y = np.where(zero[:, None], 1.0, y)
    if p == 0:
        mean = np.exp(np.nansum(w * np.log(y), axis=1))
    else:
        scale = pick(y, axis=1)
        mean = scale * np.nansum(w * (y / scale[:, None]) ** p, axis=1) ** (1 / p)
    return np.where(zero, 0.0, mean)


Aggregate = Annotated[
    Arithmetic | Geometric | Harmonic | Power | Median, Field(discriminator="method"), Short()
]
"""Any aggregation."""
