"""Ranks, and what happens where scores are equal."""

from __future__ import annotations

from typing import Literal

import numpy as np

from softpower.methods.model import Floats

Ties = Literal["competition", "modified", "dense", "average", "ordinal"]
"""How equal scores share ranks: 1224, 1334, 1223, the mean of the places, or in given order."""

SIGNIFICANT_DIGITS = 12
"""Scores that agree in this many significant digits are equal."""


def significant(
    values: Floats, digits: int = SIGNIFICANT_DIGITS, *, magnitude: float = 0.0
) -> Floats:
    """Return the values rounded to significant digits, so that rounding noise makes no order.

    Values that are sums of parts as large as ``magnitude`` are rounded to no more than two digits
    beyond what is significant of it: where the parts cancel out, noise is all that is left.
    """
    out = values.copy()
    finite = np.isfinite(values) & (values != 0)
    exponent = np.floor(np.log10(np.abs(values[finite])))
    if magnitude > 0:
        exponent = np.maximum(exponent, np.floor(np.log10(magnitude)) - 2)
    shift = digits - 1 - exponent
    mantissa = np.round(values[finite] * 10.0 ** np.clip(shift, -300, 300))
    out[finite] = mantissa / 10.0 ** np.clip(shift, -300, 300)
    out[values == 0] = 0.0
    return out


def rank(
    values: Floats,
    ties: Ties = "competition",
    *,
    descending: bool = True,
    magnitude: float = 0.0,
) -> Floats:
    """Return the ranks of values, 1 for the largest (or smallest); NaN where NaN.

    Formula: with values 8, 5, 5, 3 the ranks are ``competition`` 1, 2, 2, 4; ``modified``
    1, 3, 3, 4; ``dense`` 1, 2, 2, 3; ``average`` 1, 2.5, 2.5, 4; ``ordinal`` 1, 2, 3, 4.

    Values are equal when they agree in 12 significant digits; those that are sums of parts as
    large as ``magnitude``, also when they agree in 14 digits of it.
    """
    ranks = np.full(values.shape, np.nan)
    present = ~np.isnan(values)
    keys = significant(values[present], magnitude=magnitude)
    if descending:
        keys = -keys
    if ties == "ordinal":
        places: Floats = np.empty(keys.size)
        places[np.argsort(keys, kind="stable")] = np.arange(1, keys.size + 1)
    elif ties == "dense":
        places = np.asarray(np.unique(keys, return_inverse=True)[1] + 1.0, dtype=np.float64)
    else:
        ordered = np.sort(keys)
        first = np.searchsorted(ordered, keys, side="left") + 1.0
        last = np.searchsorted(ordered, keys, side="right").astype(float)
        mean = np.asarray((first + last) / 2, dtype=np.float64)
        places = {"competition": first, "modified": last, "average": mean}[ties]
    ranks[present] = places
    return ranks
