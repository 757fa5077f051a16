"""Ranks, and what happens where scores are equal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from softpower.methods.model import Floats, Mask

Ties = Literal["competition", "modified", "dense", "average", "ordinal"]
"""How equal scores share ranks: 1224, 1334, 1223, the mean of the places, or in given order."""

SIGNIFICANT_DIGITS = 12
"""Scores that agree in this many significant digits are equal."""

FARTHEST = 300
POWERS = 10.0 ** np.arange(-FARTHEST, FARTHEST + 1.0)
"""Powers of ten that are numbers, as are their inverses, from this exponent below zero on."""

NOISE = 2e-11
"""Rounding to these digits moves no number by more than this share of it, to either side."""


def significant(
    values: Floats, digits: int = SIGNIFICANT_DIGITS, *, magnitude: Floats | float = 0.0
) -> Floats:
    """Return the values rounded to significant digits, so that rounding noise makes no order.

    Values that are sums of parts as large as ``magnitude`` (a number, or one that goes with each
    value) are rounded to no more than two digits beyond what is significant of it: where the parts
    cancel out, noise is all that is left.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        exponent = np.floor(np.log10(np.abs(values)))
        exponent = np.maximum(exponent, np.floor(np.log10(magnitude)) - 2)
        shift = np.clip(digits - 1 - exponent, -600, 600)
        near = np.clip(shift, -FARTHEST, FARTHEST)
        by = POWERS.take((near + FARTHEST).astype(np.intp), mode="clip")
        rounded = np.round(values * by) / by
        beyond = shift != near  # one power alone may be no number any more
        if beyond.any():
            rounded = _twice_rounded(values, by, shift - near, beyond, rounded)
    return np.asarray(np.where(np.isfinite(values) & (values != 0), rounded, values) + 0.0)


def _twice_rounded(
    values: Floats, by: Floats, further: Floats, beyond: Mask, out: Floats
) -> Floats:
    """Return rounded values, those ``beyond`` one power of ten by a second one."""
    values, by, more = (np.broadcast_to(x, beyond.shape)[beyond] for x in (values, by, further))
    more = 10.0**more
    out = np.array(np.broadcast_to(out, beyond.shape))
    out[beyond] = np.round(values * by * more) / more / by
    return out


def rounded(values: Floats, decimals: int) -> Floats:
    """Return values to so many decimals; rounding noise decides on no half."""
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = values * 10.0**decimals
        from_half = np.abs(scaled - np.floor(scaled) - 0.5)
        doubt = ~(from_half > NOISE * np.abs(scaled))
    out: Floats = np.round(np.where(doubt, 0.0, values) + 0.0, decimals)
    if doubt.any():
        out[doubt] = _carefully_rounded(values[doubt], decimals)
    return out


def _carefully_rounded(values: Floats, decimals: int) -> Floats:
    values = significant(values)
    whole = np.abs(values) >= 2.0**53 / 10.0**decimals
    return np.asarray(np.where(whole, values, np.round(np.where(whole, 0.0, values), decimals)))


def rank(
    values: Floats,
    ties: Ties = "competition",
    *,
    descending: bool = True,
    magnitude: Floats | float = 0.0,
    breaks: Sequence[Floats] = (),
) -> Floats:
    """Return the ranks of values, 1 for the largest (or smallest); NaN where NaN.

    Formula: with values 8, 5, 5, 3 the ranks are ``competition`` 1, 2, 2, 4; ``modified``
    1, 3, 3, 4; ``dense`` 1, 2, 2, 3; ``average`` 1, 2.5, 2.5, 4; ``ordinal`` 1, 2, 3, 4.

    Values are equal when they agree in 12 significant digits; those that are sums of parts as
    large as ``magnitude``, also when they agree in 14 digits of it. Several rankings (rankings x
    units) are ranked at once, each row by itself. Among equal values the larger of ``breaks`` goes
    first (of the same shape; NaN last), by the first of these that tells them apart.
    """
    keys = _told_apart(values, magnitude)
    if descending:
        keys = -keys
    columns = [keys, *(np.nan_to_num(-significant(each), nan=np.inf) for each in breaks)]
    alone = len(columns) == 1 and ties != "ordinal"  # equal values share a rank in any order
    order = np.argsort(keys, axis=-1) if alone else np.lexsort(columns[::-1], axis=-1)
    opens = np.zeros(values.shape, dtype=bool)
    opens[..., :1] = True
    for each in columns:
        ordered = np.take_along_axis(each, order, axis=-1)
        opens[..., 1:] |= ordered[..., 1:] != ordered[..., :-1]
    places = _places(opens, ties)
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, places, axis=-1)
    return np.where(np.isnan(values), np.nan, ranks)


def _told_apart(values: Floats, magnitude: Floats | float) -> Floats:
    """Return values that are the same where they are equal, to the last bit.

    Only rankings in which some differ by as little as noise have to be rounded for that.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        gaps = np.diff(np.sort(values, axis=-1), axis=-1)
    sizes = np.fmax.reduce(np.abs(values), axis=-1, initial=0.0, keepdims=True)
    parts = np.max(np.atleast_1d(magnitude), axis=-1, keepdims=True)
    with np.errstate(invalid="ignore"):
        doubt = np.any((gaps > 0) & ~(gaps > NOISE * np.maximum(sizes, parts)), axis=-1)
    if not doubt.any():
        return values
    careful = significant(values, magnitude=magnitude)
    return np.where(doubt[..., None], careful, values)


def _places(opens: Mask, ties: Ties) -> Floats:
    """Return the places of values in order, row by row, of which some open a new rank."""
    position = np.broadcast_to(np.arange(1.0, opens.shape[-1] + 1), opens.shape)
    if ties == "ordinal":
        return position
    if ties == "dense":
        return np.cumsum(opens, axis=-1, dtype=np.float64)
    first = np.maximum.accumulate(np.where(opens, position, 0.0), axis=-1)
    if ties == "competition":
        return first
    closes = np.ones(opens.shape, dtype=bool)
    closes[..., :-1] = opens[..., 1:]
    ends = np.where(closes, position, np.inf)[..., ::-1]
    last = np.minimum.accumulate(ends, axis=-1)[..., ::-1]
    return last if ties == "modified" else (first + last) / 2
