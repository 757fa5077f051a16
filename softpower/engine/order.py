"""The order of units by score in many draws at once: one sort of packed keys per block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from softpower.errors import MethodError
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    from numpy import uint64
    from numpy.typing import NDArray

    Keys = NDArray[uint64]

INFINITE = np.uint64(0x7FF0 << 48)
"""The key from which on it stands for no number."""

APART = 1e-10
"""Scores nearer to each other than this share of the largest may be equal."""


def ordered(
    scores: Floats, bounds: tuple[float, float], largest: float, spare: Floats
) -> tuple[Keys, Mask]:
    """Return the units from the highest score to the lowest, and in which draws that is in doubt.

    Scores are sorted as 64-bit keys: the bits of numbers above zero are ordered as the numbers
    are, and the lowest of them, worth less than any difference that counts, give way to the
    position of the unit.

    Parameters
    ----------
    scores
        Draws x units, all finite and side by side in memory; they are written over.
    bounds
        Between which the scores lie.
    largest
        No part that was added up to a score is larger.
    spare
        Draws x units, to be written over.

    Returns
    -------
    tuple
        The positions of the units by score (draws x units, in the memory of ``scores``), and a mask
        of the draws (draws) in which two neighbours may be equal.

    Raises
    ------
    MethodError
        If a score is missing.
    """
    low, high = bounds
    largest = max(abs(low), abs(high), largest, 1e-300)
    base = high + max(high - low, largest * 1e-3)
    np.subtract(base, scores, out=scores)
    packed, gaps = scores.view(np.uint64), spare.view(np.uint64)
    bits = max(int(scores.shape[1] - 1).bit_length(), 1)
    mask = np.uint64((1 << bits) - 1)
    np.bitwise_and(packed, ~mask, out=packed)
    np.bitwise_or(packed, np.arange(scores.shape[1], dtype=np.uint64), out=packed)
    packed.sort(axis=1)
    if packed[:, -1].max() >= INFINITE:
        raise MethodError("Under some drawn weights a unit has no score: all that it has counts 0.")
    finest = float(np.spacing(base - high))
    least = np.uint64(min(APART * largest / finest, 2.0**62)) + mask
    # One pass from the first row to the last; a step to the next row goes down, and so is huge.
    np.subtract(packed.ravel()[1:], packed.ravel()[:-1], out=gaps.ravel()[1:])
    gaps[:, 0] = np.iinfo(np.uint64).max
    none = gaps.min() > least
    close = np.zeros(len(gaps), dtype=bool) if none else gaps.min(axis=1) <= least
    np.bitwise_and(packed, mask, out=packed)
    return packed, close
