"""Means with a penalty for imbalance: what a unit loses for values that are far apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.errors import MethodError
from softpower.methods.aggregate.base import Aggregation, Children, RefusedDrawsError
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Counts = NDArray[int64]


class MeanMin(Aggregation):
    """The weighted mean, less a share of the distance from it down to the lowest value.

    Formula: ``M - alpha (sqrt((M - m)^2 + beta^2) - beta)`` with the weighted mean ``M`` and the
    lowest value ``m`` of a unit. ``alpha = 0`` is the mean; ``alpha = 1`` with ``beta = 0`` is the
    minimum; ``beta``, in the units of the values, forgives small distances.

    Assumes: children on one scale, which should keep in step.

    Edge cases: A unit whose values are all the same has no penalty.

    Source: Casadio Tarabusi & Guarini (2013), Social Indicators Research 112:19-45.
    """

    positional: ClassVar[tuple[str, ...]] = ("alpha", "beta")
    method: Literal["mean-min"] = "mean-min"
    alpha: float = Field(0.5, ge=0, le=1, description="The share of the distance that is lost.")
    beta: float = Field(0.0, ge=0, description="How large a distance has to be to count in full.")

    def negative(self, *, beneath: bool) -> bool:
        """Say yes where one goes in, for it is no larger than the mean."""
        return beneath

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the penalised mean of each row."""
        mean = np.sum(w * y, axis=1)
        return self._penalised(mean, np.min(np.where(w > 0, y, np.inf), axis=1))

    def of_draws(self, children: Children) -> Floats:
        """Return the penalised means of many draws."""
        return self._penalised(children.mean(), children.lowest())

    def _penalised(self, mean: Floats, lowest: Floats) -> Floats:
        return mean - self.alpha * (np.hypot(mean - lowest, self.beta) - self.beta)


class MazziottaPareto(Aggregation):
    """The weighted mean, less a penalty that grows with the spread of a unit's own values.

    Formula: ``M - S^2 / m`` (or ``+`` with ``penalty = "plus"``, where high values are bad) with
    the weighted mean ``M`` of a unit's values, and ``m = M`` and ``S^2`` their weighted mean and
    variance, times ``k / (k - ddof)`` for the ``k`` values with a weight. With ``weighted = false``
    ``m`` and ``S`` are of the same values without weights. The index of the papers is had with
    ``normalise = { method = "zscore", mean = 100, sd = 10, ddof = 0 }``, for they take deviations
    with n; that of Compind's ``ci_mpi`` with ``ddof = 1`` in both places; the adjusted index takes
    values around 100 between goalposts (``mazziotta-pareto-adjusted``).

    Assumes: children on one scale with a mean above zero, which should keep in step.

    Edge cases: A single value has no penalty. Refused where a mean is not above zero. Raising a
    value that is far above the unit's mean can lower the score.

    Source: De Muro, Mazziotta & Pareto (2011), Social Indicators Research 104:1-18; Mazziotta &
    Pareto (2016), Social Indicators Research 127:983-1003, for the adjusted index; ``k / (k - 1)``
    as in the weighted standard deviation of NIST's Dataplot.
    """

    monotone: ClassVar[bool] = False
    positional: ClassVar[tuple[str, ...]] = ("penalty",)
    method: Literal["mazziotta-pareto"] = "mazziotta-pareto"
    penalty: Literal["minus", "plus"] = Field(
        "minus", description="minus where high values are good, plus where they are bad."
    )
    ddof: int = Field(
        0, ge=0, le=1, description="0 for the deviation with n, as in the papers, 1 for n - 1."
    )
    weighted: bool = Field(
        True, description="Whether the penalty is of weighted values, as the mean is."
    )

    def needs_positive(self) -> bool:
        """Say yes, for the mean has to be above zero."""
        return True

    def refuses_negative(self) -> bool:
        """Say yes: where indicators have a mean of zero, so have some units."""
        return True

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the penalised mean of each row."""
        mean = self._positive(np.sum(w * y, axis=1))
        there = w > 0
        count = there.sum(axis=1)
        parts = w if self.weighted else there / count[:, None]
        middle = mean if self.weighted else self._positive(np.sum(parts * y, axis=1))
        apart = (y - middle[:, None]) / middle[:, None]
        penalty = middle * np.sum(parts * apart**2, axis=1)
        return self._penalised(mean, penalty, count)

    def of_draws(self, children: Children) -> Floats:
        """Return the penalised means of many draws, of which the variance is two products."""
        mean = self._positive(children.mean())
        among = children if self.weighted else children.alike()
        middle = mean if self.weighted else self._positive(among.mean())
        return self._penalised(mean, among.variance(middle) / middle, children.counts())

    def _penalised(self, mean: Floats, penalty: Floats, count: Floats | Counts) -> Floats:
        """Return means less or more the penalty, which is larger where it is of n - 1."""
        if self.ddof:
            penalty = penalty * np.where(count > 1, count / np.maximum(count - 1, 1), 0.0)
        return mean - penalty if self.penalty == "minus" else mean + penalty

    def _positive(self, mean: Floats) -> Floats:
        """Return means (units, or draws x units), which have to be above zero."""
        counts = np.count_nonzero(mean <= 0, axis=-1)
        if not counts.any():
            return mean
        if mean.ndim == 1:
            raise self._refusal(int(counts))
        errors = {int(draw): self._refusal(counts[draw]) for draw in np.flatnonzero(counts)}
        raise RefusedDrawsError(len(mean), errors)

    def _refusal(self, count: int) -> MethodError:
        units = "1 unit has" if count == 1 else f"{count} units have"
        return MethodError(
            f"The {self.name()} aggregation divides by the mean, and {units} one that is not "
            "above zero.",
            mend="Normalise onto a positive range (zscore:100:10, minmax:1:100).",
        )
