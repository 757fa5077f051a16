"""The order of units by score in many draws at once: one sort of packed keys per block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from softpower.engine.room import Room
from softpower.errors import MethodError
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    from numpy import integer, unsignedinteger
    from numpy.typing import NDArray

    Whole = NDArray[integer[Any]]

INFINITE = np.uint64(0x7FF0 << 48)
"""The key from which on it stands for no number."""

APART = 1e-10
"""Scores nearer to each other than this share of the largest may be equal."""


def ordered(
    scores: Floats, bounds: tuple[float, float], largest: float, room: Room
) -> tuple[Whole, Mask]:
    """Return the units from the highest score to the lowest, and in which draws that is in doubt.

    Scores are sorted as 64-bit keys: the bits of numbers above zero are ordered as the numbers
    are, and the lowest of them, worth less than any difference that counts, give way to the
    position of the unit.

    Parameters
    ----------
    scores
        Draws x units, all finite.
    bounds
        Between which the scores lie.
    largest
        No part that was added up to a score is larger.
    room
        Where arrays are kept.

    Returns
    -------
    tuple
        The positions of the units by score (draws x units), and a mask of the draws (draws) in
        which two neighbours may be equal.

    Raises
    ------
    MethodError
        If a score is missing.
    """
    low, high = bounds
    largest = max(abs(low), abs(high), largest, 1e-300)
    base = high + max(high - low, largest * 1e-3)
    draws, units = scores.shape
    packed, gaps = (room.array(name, draws, units, np.uint64) for name in ("keys", "spare"))
    np.subtract(base, scores, out=packed.view(np.float64))
    mask = np.uint64((1 << bits_of(units)) - 1)
    packed &= ~mask
    packed |= np.arange(units, dtype=np.uint64)
    packed.sort(axis=1)
    if packed[:, -1].max() >= INFINITE:
        raise MethodError("Under some drawn weights a unit has no score: all that it has counts 0.")
    finest = float(np.spacing(base - high))
    least = np.uint64(min(APART * largest / finest, 2.0**62)) + mask
    # One pass from the first row to the last; a step to the next row goes down, and so is huge.
    np.subtract(packed.ravel()[1:], packed.ravel()[:-1], out=gaps.ravel()[1:])
    gaps[:, 0] = np.iinfo(np.uint64).max
    none = gaps.min() > least
    close = np.zeros(draws, dtype=bool) if none else gaps.min(axis=1) <= least
    order = room.array("order", draws, units, np.int32)
    np.copyto(order, packed, casting="unsafe")  # the lower half of each key
    order &= np.int32(mask)
    return order, close


def places(order: Whole, room: Room) -> Whole:
    """Return the place of each unit, counted from 0, from the order of the units (both draws x n).

    That is the inverse of each permutation: units that carry their places are sorted, which takes
    a quarter of the time of writing each place where it belongs.
    """
    draws, units = order.shape
    bits = bits_of(units)
    kind: type[unsignedinteger[Any]] = np.uint32 if 2 * bits <= 32 else np.uint64
    pairs = room.array("spare", draws, units, kind)
    np.left_shift(order, bits, out=pairs, casting="unsafe", dtype=kind)
    pairs |= np.arange(units, dtype=kind)
    pairs.sort(axis=1)
    pairs &= kind((1 << bits) - 1)
    return pairs


def bits_of(units: int) -> int:
    """Return how many bits the position of a unit takes."""
    return max((units - 1).bit_length(), 1)
