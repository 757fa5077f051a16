"""What follows for the weights from scores or ranks that are known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from softpower.engine.exact.changes import Change, smallest_change
from softpower.engine.exact.consistent import (
    Told,
    closest,
    intervals,
    open_directions,
    printed,
    told_by_scores,
)
from softpower.engine.exact.form import WeightForm
from softpower.methods.model import Floats

PINNED = 0.1
"""Weights whose intervals are no wider than this, in points, are known."""

MOST_DIGITS = 8
"""So many more decimals are tried."""


@dataclass(frozen=True, eq=False)
class Inferred:
    """What is published, and what follows from it for the weights."""

    form: WeightForm
    units: list[int]
    """The positions of those of which something is published."""
    published: Floats
    """Their scores or ranks."""
    half: float | None
    """By how much a score may be off; ``None`` if only ranks are used."""
    told: Told
    ends: Floats | None
    """The least and the most of each weight (k x 2); ``None`` if none are consistent."""
    nearest: Change | None
    """The consistent weights that are nearest to the run's own (L1)."""
    fitted: Floats
    """These weights, or those that come closest (k)."""
    excess: Floats
    """How far each unit of the form is beyond what is printed under them."""
    needed: int | None
    """How many more decimals would leave no interval wider than `PINNED`."""
    missing: int | None
    """How many more countries it would take for scores of any precision to pin the weights down."""


def solved(
    form: WeightForm,
    units: list[int],
    values: Floats,
    half: float | None,
    told: Told,
    decimals: int | None,
) -> Inferred:
    """Return the weights that are consistent with what is known, or those that come closest.

    Parameters
    ----------
    form
        Scores as a form of the weights.
    units
        The positions of those of which something is known.
    values
        Their scores or ranks.
    half
        By how much a score may be off; ``None`` if these are ranks.
    told
        What the values say of the weights.
    decimals
        To how many decimals scores are rounded; ``None`` if that is not known.
    """
    ends = intervals(form.region, told.rows)
    if ends is None:
        fitted, excess = closest(form.region, told, len(form.units))
        if half is not None:
            scores = printed(form, form.scores(fitted))[units]
            beyond = np.abs(scores - values) - half
            excess[units] = np.where(excess[units] > 0, np.maximum(beyond, 0.0), 0.0)
        return Inferred(
            form, units, values, half, told, None, None, fitted, excess, needed=None, missing=None
        )
    nearest = smallest_change(form.region, told.rows)
    fitted = ends.mean(axis=1) / ends.mean(axis=1).sum() if nearest is None else nearest.weights
    missing = None if half is None else open_directions(form, units, fitted)
    needed = None
    if half and decimals is not None and not missing and widest(ends) > PINNED:
        needed = _digits(form, units, fitted, half)
    nothing = np.zeros(len(form.units))
    return Inferred(
        form, units, values, half, told, ends, nearest, fitted, nothing, needed, missing
    )


def widest(ends: Floats) -> float:
    """Return the width of the widest interval of a weight, in points."""
    return float(100 * (ends[:, 1] - ends[:, 0]).max())


def _digits(form: WeightForm, units: list[int], weights: Floats, half: float) -> int | None:
    """Return how many more decimals would pin weights down, if these were the true ones."""
    scores = printed(form, form.scores(weights))
    for more in range(1, MOST_DIGITS + 1):
        unit = 2 * half * 10.0**-more
        rounded = np.round(scores[units] / unit) * unit
        told = told_by_scores(form, units, rounded - unit / 2, rounded + unit / 2)
        ends = intervals(form.region, told.rows)
        if ends is None:
            return None
        if widest(ends) <= PINNED:
            return more
    return None
