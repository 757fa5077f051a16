"""The cheapest amounts under which a function of them is no less than zero, with a proven bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from softpower.engine.exact.changes import Norm, least_distance
from softpower.methods.model import Floats

ROUNDS = 60
"""So often at most is the function asked for its slopes."""

STEP = 1e-6
"""By so much of its limit does an amount change for a slope to be seen."""

LEVEL = 1e-7
"""What is short of zero by less than this share of the gap at the start is level."""

CURVED = 1e-5
"""A function that lies above one of its tangents by more than this share is not concave."""

Measure = Callable[[Floats], float]
"""What amounts lead to: below zero if they are not enough."""


class Cheapest(NamedTuple):
    """Amounts that are enough or next to it, and what is proven of them."""

    amounts: Floats
    bound: float
    """No amounts that are enough cost less, if the function is concave."""
    concave: bool
    """Whether nothing was seen that no concave function does."""


def cheapest(measure: Measure, limits: Floats, norm: Norm = "sum") -> Cheapest:
    """Return the amounts of least sum, or sum of squares, at which a function is zero.

    The function is replaced by its tangents: under them the cheapest amounts are found by a linear
    program (a least distance problem for squares), which cost no more than is needed; where they
    are not enough, the tangent there is added. One round will do where the function is linear.

    Parameters
    ----------
    measure
        A function that is concave, and below zero where all amounts are.
    limits
        The most that each amount may be (k).
    norm
        Whether the sum is to be least, or the sum of squares.

    Notes
    -----
    Source: Kelley (1960), The cutting-plane method for solving convex programs, J. SIAM 8:703-712.
    """
    points = [np.zeros(len(limits))]
    values, slopes = [measure(points[0])], [_slopes(measure, points[0], limits)]
    gap = abs(values[0])
    bound = 0.0
    for _ in range(ROUNDS):
        sides = np.array(slopes)
        needed = np.array([g @ u - v for g, u, v in zip(slopes, points, values, strict=True)])
        found = _least(sides / gap, needed / gap, limits, norm)
        if found is None:
            return Cheapest(points[-1], bound, concave=False)
        bound = float(found.sum() if norm == "sum" else np.linalg.norm(found))
        points.append(found)
        values.append(measure(found))
        level = values[-1] >= -LEVEL * gap
        if level and values[-1] <= LEVEL * gap:
            break
        slopes.append(_slopes(measure, found, limits))
        if level:
            break
    return Cheapest(points[-1], bound, _concave(points, values, slopes, gap))


def _slopes(measure: Measure, at: Floats, limits: Floats) -> Floats:
    """Return the slope in each amount, to both sides where there is room (k)."""
    found = np.zeros(len(at))
    for j, limit in enumerate(limits):
        low, high = at.copy(), at.copy()
        low[j], high[j] = max(at[j] - STEP * limit, 0.0), min(at[j] + STEP * limit, limit)
        found[j] = (measure(high) - measure(low)) / (high[j] - low[j])
    return found


def _least(sides: Floats, needed: Floats, limits: Floats, norm: Norm) -> Floats | None:
    """Return the least amounts within limits for which ``sides u >= needed``, if there are any."""
    from scipy.optimize import linprog

    if norm == "squares":
        eye = np.eye(len(limits))
        rows = np.concatenate([sides, eye, -eye])
        found = least_distance(rows, np.concatenate([needed, np.zeros(len(limits)), -limits]))
        return None if found is None else np.clip(found, 0.0, limits)
    solved = linprog(
        np.ones(len(limits)),
        A_ub=-sides,
        b_ub=-needed,
        bounds=np.column_stack([np.zeros(len(limits)), limits]),
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10},
    )
    return np.clip(solved.x, 0.0, limits) if solved.status == 0 else None


def _concave(points: list[Floats], values: list[float], slopes: list[Floats], gap: float) -> bool:
    """Say whether no value lies above a tangent at another point."""
    at, reached = np.array(points), np.array(values)
    return all(
        (reached <= value + (at - point) @ slope + CURVED * gap).all()
        for point, value, slope in zip(points, values, slopes, strict=False)
    )
