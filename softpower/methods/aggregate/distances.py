"""Aggregations by distance: how far a unit is from the best and the worst values of all units."""

from __future__ import annotations

from typing import ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from softpower.methods.aggregate.base import Aggregation, Pace, above_lowest, refuse_gaps
from softpower.methods.model import Floats, Mask
from softpower.methods.ties import significant


class Topsis(Aggregation):
    """How near a unit is to the best values of all, and how far from the worst.

    Formula: ``C = D- / (D+ + D-)`` with ``D+`` and ``D-`` the Euclidean distances
    ``sqrt(sum_j (w_j r_j - w_j r*_j)^2)`` to the largest and the smallest ``r_j`` of all units;
    one half where all units are the same. ``scaling = "none"`` takes the values as they are,
    ``r = y``; ``"vector"`` takes ``r = y / sqrt(sum y^2)``, which with ``normalise = none`` is the
    textbook form (a child of zeros stays zero, and the sign that turns a cost into a gain changes
    no distance). Gaps are refused. Values of other units matter, and leaving one out can reverse
    the order of two others. A better value never lowers a score, save under ``"vector"`` where a
    child has values of both signs.

    Source: Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer.
    """

    rowwise: ClassVar[bool] = False
    stacked: ClassVar[bool] = True
    monotone: ClassVar[bool] = False
    positional: ClassVar[tuple[str, ...]] = ("scaling",)
    draws_by: ClassVar[Pace] = "units"
    method: Literal["topsis"] = "topsis"
    scaling: Literal["none", "vector"] = Field(
        "none", description="Whether values are divided by the length of their column."
    )

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the closeness of each unit to the best values, from 0 to 1."""
        refuse_gaps(self, w)
        vector = self.scaling == "vector"
        size = np.abs(y).max(axis=-2 if vector else (-2, -1), keepdims=True, initial=0.0)
        y = np.ldexp(y, -np.frexp(size)[1])  # whose squares are numbers
        above = above_lowest(y)
        if vector:
            length = np.linalg.norm(y, axis=-2, keepdims=True)
            above = np.divide(above, length, out=np.zeros_like(y), where=length > 0)
        from_best = np.linalg.norm(w * (above - above.max(axis=-2, keepdims=True)), axis=-1)
        from_worst = np.linalg.norm(w * above, axis=-1)
        both = from_best + from_worst
        return np.divide(from_worst, both, out=np.full(both.shape, 0.5), where=both > 0)


class Regrets(NamedTuple):
    """What VIKOR knows of each unit; low is good."""

    total: Floats
    """The weighted sum of the regrets (S)."""
    largest: Floats
    """The largest of them (R)."""
    compromise: Floats
    """Both on one scale, from 0 to 1 (Q)."""


class Vikor(Aggregation):
    """A compromise between the regret over all children and the largest single regret.

    Formula: ``1 - Q`` with ``Q = v (S - S*) / (S- - S*) + (1 - v) (R - R*) / (R- - R*)``, where
    ``S`` is the sum and ``R`` the largest of ``w_j (f*_j - y_j) / (f*_j - f-_j)``, and the best
    ``*`` and worst ``-`` are those of all units; terms in which they are equal are zero. The first
    has an acceptable advantage if the second is at least ``1 / (n - 1)`` behind it in ``Q``, and
    is stable if it is also first by ``S`` or ``R``; which units are a compromise otherwise is
    reported. Gaps are refused. It only ranks; values of other units matter, and leaving one out
    can reverse the order of two others.

    Source: Opricovic & Tzeng (2004), European J. of Operational Research 156:445-455.
    """

    rowwise: ClassVar[bool] = False
    stacked: ClassVar[bool] = True
    top: ClassVar[bool] = True
    positional: ClassVar[tuple[str, ...]] = ("v",)
    draws_by: ClassVar[Pace] = "units"
    method: Literal["vikor"] = "vikor"
    v: float = Field(
        0.5, ge=0, le=1, description="The weight of all regrets together against the largest one."
    )

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return ``1 - Q`` of each unit, from 0 to 1."""
        refuse_gaps(self, w)
        return 1.0 - self.regrets(y, w).compromise

    def regrets(self, y: Floats, w: Floats) -> Regrets:
        """Return ``S``, ``R`` and ``Q`` of each unit."""
        each = w * _shortfall(above_lowest(y), axis=-2)
        total, largest = (significant(x) for x in (each.sum(axis=-1), each.max(axis=-1)))
        q = self.v * _shortfall(-total) + (1 - self.v) * _shortfall(-largest)
        return Regrets(total, largest, significant(q, magnitude=1.0))

    def remark(self, y: Floats, w: Floats) -> str:
        """Return whether the first is ahead by enough, and how many share the compromise if not."""
        if len(y) < 2:
            return ""
        found = proposed(self.regrets(y, w))
        if found.advantage and found.stability:
            return "the first is ahead by enough and stable: it is the compromise by itself"
        lacks = "first by neither sum nor maximum" if found.advantage else "not ahead by enough"
        count = int(np.count_nonzero(found.units))
        return f"the first is {lacks}: the first {count} are the compromise together"


class Proposal(NamedTuple):
    """Which units VIKOR proposes as a compromise."""

    advantage: bool
    """Whether the first is at least ``1 / (n - 1)`` ahead of the second."""
    stability: bool
    """Whether it is also first by the sum or by the largest of the regrets."""
    units: Mask


def proposed(regrets: Regrets) -> Proposal:
    """Return which of at least two units are the compromise, and why."""
    total, largest, q = regrets
    order = np.lexsort((largest, total, q))
    first, second = order[:2]
    enough = 1.0 / (q.size - 1)
    advantage = bool(q[second] - q[first] >= enough - 1e-12)
    stability = bool(total[first] == total.min() or largest[first] == largest.min())
    if not advantage:
        units = q - q[first] < enough - 1e-12
    elif stability:
        units = q == q[first]
    else:
        units = q <= q[second]
    return Proposal(advantage, stability, units)


def _shortfall(x: Floats, axis: int = -1) -> Floats:
    """Return how far each value is from the largest, as a share of the range; 0 without one."""
    best, worst = (pick(x, axis=axis, keepdims=True) for pick in (np.max, np.min))
    return np.divide(best - x, best - worst, out=np.zeros_like(x), where=best > worst)
