"""Aggregations by the order of a unit's own values: the middle, the lowest, the best few."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import BeforeValidator, Field

from softpower.errors import MethodError
from softpower.methods.aggregate.base import Aggregation, Children, Pace
from softpower.methods.model import Floats

BELOW_HALF, ABOVE_HALF = 0.5 - 1e-12, 0.5 + 1e-12
"""Sums of weights between these are one half but for rounding."""


class WeightedMedian(Aggregation):
    """The weighted median: the value in the middle of the weight.

    Formula: ``lower``: the smallest ``y_j`` at which the cumulated weight reaches one half;
    ``mid``: the mean of the lower and upper median where it is exactly one half.

    Source: the textbook weighted median; OECD/JRC Handbook (2008), sec. 6.12, on aggregation
    without compensation.
    """

    positional: ClassVar[tuple[str, ...]] = ("kind",)
    draws_by: ClassVar[Pace] = "values"
    method: Literal["median"] = "median"
    kind: Literal["mid", "lower"] = Field("mid", description="Which median at exactly one half.")

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted median of each row."""
        counted = np.where(w > 0, y, np.inf)
        order = np.argsort(counted, axis=1, kind="stable")
        values = np.take_along_axis(counted, order, axis=1)
        cumulated = np.cumsum(np.take_along_axis(w, order, axis=1), axis=1)
        rows = np.arange(y.shape[0])
        lower = values[rows, np.argmax(cumulated >= BELOW_HALF, axis=1)]
        if self.kind == "lower":
            return lower
        upper = values[rows, np.argmax(cumulated > ABOVE_HALF, axis=1)]
        return (lower + upper) / 2

    def of_draws(self, children: Children) -> Floats:
        """Return the weighted medians of many draws, in which the order of figures is the same."""
        halves = (BELOW_HALF,) if self.kind == "lower" else (BELOW_HALF, ABOVE_HALF)
        found = children.quantiles(halves)
        return (found[0] + found[-1]) / 2


class Minimum(Aggregation):
    """The lowest value: nothing makes up for the weakest child.

    Formula: ``min_j y_j`` over the children that have a weight and a value; how large the weights
    are does not matter.

    Source: Hardy, Littlewood & Polya (1934), Inequalities, ch. 2: the power mean at minus
    infinity.
    """

    method: Literal["minimum"] = "minimum"

    def negative(self, *, beneath: bool) -> bool:
        """Say yes where one goes in."""
        return beneath

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the lowest value of each row."""
        return np.min(np.where(w > 0, y, np.inf), axis=1)

    def of_draws(self, children: Children) -> Floats:
        """Return the lowest value of each unit, whatever the weights are."""
        return children.lowest()


QUANTIFIERS = {"most": (0.3, 0.8), "at-least-half": (0.0, 0.5), "as-many-as-possible": (0.5, 1.0)}
"""Between which shares of the children each quantifier rises from nothing to all."""

_FEW = re.compile(r"(best|worst)-([1-9]\d{0,3})")


def _position_weights(value: Any) -> Any:
    """Accept a list, numbers between commas, or a name."""
    known = f"{', '.join(QUANTIFIERS)}, best-2, worst-2 or numbers such as 0.5,0.3,0.2"
    if isinstance(value, str):
        if value in QUANTIFIERS or _FEW.fullmatch(value):
            return value
        value = value.split(",")
    elif not isinstance(value, list | tuple):
        value = [value]
    try:
        weights = tuple(float(part) for part in value)
    except (TypeError, ValueError):
        raise ValueError(f"the weights of the positions are not {known}") from None
    if not np.isfinite(weights).all() or min(weights, default=-1.0) < 0 or sum(weights) <= 0:
        raise ValueError("the weights of the positions are not zero or above, with a sum above it")
    return weights


class OrderedWeights(Aggregation):
    """The values of a unit are sorted, and each position in that order has a weight.

    Formula: ``sum_r v_r y_(r)`` with ``y_(1)`` the best value of the unit and the ``v_r`` divided
    by their sum. ``best-2`` is the mean of the two best, ``worst-2`` that of the two worst. A
    quantifier gives ``v_r = Q(r/k) - Q((r-1)/k)`` with ``Q(x) = (x - a) / (b - a)`` within 0 to 1:
    ``most`` has a, b = 0.3, 0.8, ``at-least-half`` 0, 0.5 and ``as-many-as-possible`` 0.5, 1. The
    weights of the children do not matter, save that one without any is left out. A list has a
    weight for each child (an only child needs none); where a unit lacks values, it is read as a
    quantifier, straight from step to step.

    Source: Yager (1988), IEEE Trans. Systems, Man and Cybernetics 18:183-190; the means of the
    best and the worst as in the R package Compind.
    """

    positional: ClassVar[tuple[str, ...]] = ("weights",)
    draws_by: ClassVar[Pace] = "values"
    method: Literal["owa"] = "owa"
    weights: Annotated[
        tuple[float, ...] | str,
        BeforeValidator(_position_weights, json_schema_input_type=list[float] | str),
    ] = Field(
        description="Weights of the positions from the best value down, such as 0.5,0.3,0.2; or "
        "best-N, worst-N, most, at-least-half, as-many-as-possible.",
        examples=["most"],
    )

    def misfit(self, children: int) -> str:
        """Return why there are not so many positions, if there are not; one child always fits."""
        if children == 1:
            return ""
        if isinstance(self.weights, tuple):
            count = len(self.weights)
            weights = "1 weight" if count == 1 else f"{count} weights"
            return f"has {weights} for {children} children" if count != children else ""
        few = _FEW.fullmatch(self.weights)
        if few and int(few[2]) > children:
            return f"takes the {few[1]} {few[2]} of {children} children"
        return ""

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted mean of the sorted values of each row."""
        counted = w > 0
        order = -np.sort(np.where(counted, -y, np.inf), axis=1)
        counts = counted.sum(axis=1)
        weights = np.zeros(y.shape)
        for count in np.unique(counts):
            weights[counts == count, :count] = self._weights(int(count))
        return np.sum(weights * np.where(weights > 0, order, 0.0), axis=1)

    def of_draws(self, children: Children) -> Floats:
        """Return the same of many draws: how large weights are does not matter."""
        y = children.stacked()
        there = ~np.isnan(y)
        out = np.full(y.shape[:2], np.nan)
        some = there.any(axis=2)
        out[some] = self(np.where(there, y, 0.0)[some], there[some].astype(np.float64))
        return out

    def _weights(self, count: int) -> Floats:
        """Return the weights of so many positions."""
        if isinstance(self.weights, tuple):
            if count > len(self.weights):
                raise MethodError(
                    f"The owa aggregation {self.misfit(count)}.",
                    mend="Give a weight for each, or a quantifier such as most.",
                )
            steps = np.linspace(0.0, 1.0, len(self.weights) + 1)
            heights = np.concatenate([[0.0], np.cumsum(self.weights)])
            reached = np.interp(np.linspace(0.0, 1.0, count + 1), steps, heights / heights[-1])
            return np.diff(reached)
        few = _FEW.fullmatch(self.weights)
        if few is None:
            a, b = QUANTIFIERS[self.weights]
            return np.diff(np.clip((np.linspace(0.0, 1.0, count + 1) - a) / (b - a), 0.0, 1.0))
        most = min(int(few[2]), count)
        weights = np.zeros(count)
        weights[slice(most) if few[1] == "best" else slice(count - most, None)] = 1.0 / most
        return weights
