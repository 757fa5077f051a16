"""The weighted power means: arithmetic, geometric, harmonic and those between and beyond."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.errors import MethodError
from softpower.methods.aggregate.base import Aggregation, Children
from softpower.methods.model import Floats


class Arithmetic(Aggregation):
    """The weighted mean: a low value is made up for by a high one, point for point.

    Formula: ``sum_j w_j y_j``.

    Assumes: that a point of one child is worth the same at any level of the others.

    Edge cases: Any values are taken, negative ones as well.

    Source: OECD/JRC Handbook (2008), sec. 6.10.
    """

    linear: ClassVar[bool] = True
    method: Literal["arithmetic"] = "arithmetic"

    def exponent(self) -> float:
        """Return one."""
        return 1.0

    def negative(self, *, beneath: bool) -> bool:
        """Say yes where one goes in."""
        return beneath

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted arithmetic mean of each row."""
        return np.sum(w * y, axis=1)


class Sum(Aggregation):
    """The plain sum of values times their weights, which are not divided by their sum.

    Formula: ``sum_j W_j y_j`` with the weights ``W`` as they are stated: 1 each where none is, so
    that it is the sum of the values. Weights that follow from anything else, or are equal, have a
    mean of 1. A weight that is set in percent is that part of the sum of the stated ones.

    Assumes: that a point of one child is worth the same at any level of the others.

    Edge cases: What is missing leaves its weight to others, as the rule on missing values says;
    where only what is there is to be summed, set ``missing`` to ``zero``.

    Source: OECD/JRC Handbook (2008), sec. 6.10 (linear aggregation, summation of weighted values).
    """

    linear: ClassVar[bool] = True
    undivided: ClassVar[bool] = True
    method: Literal["sum"] = "sum"

    def of_draws(self, children: Children) -> Floats:
        """Return the weighted means of many draws, of which what weights sum to makes sums."""
        return children.mean()

    def negative(self, *, beneath: bool) -> bool:
        """Say yes where one goes in."""
        return beneath

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted sum of each row."""
        return np.sum(w * y, axis=1)


class _PositiveMean(Aggregation):
    """A mean that is defined for values above zero."""

    floor: float | None = Field(
        None, gt=0, description="Values below this count as this; none by default."
    )

    def needs_positive(self) -> bool:
        """Say yes."""
        return True

    def refuses_negative(self) -> bool:
        """Say yes, unless there is a floor."""
        return self.needs_positive() and self.floor is None

    def remark(self, y: Floats, w: Floats) -> str:
        """Return how many values are raised to the floor, or how many units have a mean of zero."""
        if self.floor is not None:
            count = int(np.count_nonzero((w > 0) & (y < self.floor)))
            values = "value counts" if count == 1 else "values count"
            return f"{count} {values} as the floor {self.floor:g}" if count else ""
        if not self.needs_positive():
            return ""
        count = int(np.count_nonzero(self(y, w) == 0))
        if count == 0:
            return ""
        units = "unit has" if count == 1 else "units have"
        return f"{count} {units} a zero beneath it, which makes the {self.name()} mean zero"

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

    Formula: ``prod_j y_j^w_j``.

    Assumes: values whose zero means nothing achieved, so that their ratios mean something.

    Edge cases: A zero makes the score zero, which is reported; values below zero are refused.

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

    Formula: ``1 / sum_j (w_j / y_j)``.

    Assumes: values whose zero means nothing achieved, so that their ratios mean something.

    Edge cases: A zero makes the score zero, which is reported; values below zero are refused.

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

    Formula: ``(sum_j w_j y_j^p)^(1/p)``, and the geometric mean at ``p = 0``.

    Assumes: values whose zero means nothing achieved, so that their ratios mean something.

    Edge cases: For ``p <= 0`` a zero makes the score zero, which is reported; values below zero are
    refused unless ``p = 1``.

    Source: Hardy, Littlewood & Polya (1934), Inequalities, ch. 2.
    """

    positional: ClassVar[tuple[str, ...]] = ("p",)
    method: Literal["power"] = "power"
    p: float = Field(
        description="The exponent; 1 is arithmetic, 0 geometric, -1 harmonic.", examples=[0.5]
    )

    def needs_positive(self) -> bool:
        """Say yes where a zero makes the mean zero."""
        return self.p <= 0

    def refuses_negative(self) -> bool:
        """Say yes, unless this is the arithmetic mean or there is a floor."""
        return self.p != 1 and self.floor is None

    def negative(self, *, beneath: bool) -> bool:
        """Say yes where one goes in and this is the arithmetic mean."""
        return beneath and self.p == 1

    def exponent(self) -> float | None:
        """Return ``p``; none next to zero, where sums of powers have lost their digits."""
        return None if 0 < abs(self.p) < 1e-3 else self.p

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted power mean of each row."""
        if self.p == 1:
            return np.sum(w * y, axis=1)
        return power_mean(self.ready(y, w), w, self.p)


def power_mean(y: Floats, w: Floats, p: float) -> Floats:
    """Return ``(sum_j w_j y_j^p)^(1/p)`` of each row, the geometric mean at ``p = 0``.

    Values are zero or above; for ``p <= 0`` a zero with a weight makes the mean zero.
    """
    if abs(p) < 1e-12:  # noise of rounding, as after 0.1 - 0.1
        p = 0.0
    pick = np.nanmax if p > 0 else np.nanmin
    y = np.where(w > 0, y, np.nan)
    zero = pick(y, axis=1) == 0
    y = np.where(zero[:, None], 1.0, y)
    if p == 0:
        mean = np.exp(np.nansum(w * np.log(y), axis=1))
    else:
        scale = pick(y, axis=1)
        share = y / scale[:, None]
        if abs(p) < 0.1:  # where powers are near 1, and what they differ by would lose its digits
            with np.errstate(divide="ignore"):
                more = np.nansum(w * np.expm1(p * np.log(share)), axis=1)
            mean = scale * np.exp(np.log1p(more) / p)
        else:
            mean = scale * np.nansum(w * share**p, axis=1) ** (1 / p)
    return np.where(zero, 0.0, mean)
