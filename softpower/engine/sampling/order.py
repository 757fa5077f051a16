"""The order of units by score in many draws at once: one sort per block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from softpower.engine.sampling.workspace import Workspace
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    from numpy import integer, signedinteger, unsignedinteger
    from numpy.typing import NDArray

    Whole = NDArray[integer[Any]]

APART = 1e-10
"""Scores nearer to each other than this share of the largest may be equal."""

SHARP = 52
"""So many bits of a score are exact."""
FILLED = 0.999
"""The share of the range of whole numbers that is used, so that no key is beyond it."""
LEAST = 1e-200
"""Scores and differences below this are none."""
FEW = 256
"""The positions of so many units leave workspace for a score in a key of 32 bits..."""
WIDE = 0.25
"""...if scores spread over this share of the largest."""


def ordered(
    scores: Floats, bounds: tuple[float, float], largest: float, workspace: Workspace
) -> tuple[Whole, Mask]:
    """Return the units from the highest score to the lowest, and in which draws that is in doubt.

    Scores are sorted as whole numbers of steps, with the position of the unit as lowest digits:
    in 32 bits first, where that tells most of them apart, and in 64 bits where it does not.

    Parameters
    ----------
    scores
        Draws x units, all finite.
    bounds
        Between which the scores lie.
    largest
        No part that was added up to a score is larger.
    workspace
        Where arrays are kept.

    Returns
    -------
    tuple
        The positions of the units by score (draws x units), and a mask of the draws (draws) in
        which two neighbours may be equal.
    """
    low, high = bounds
    size = max(abs(low), abs(high), high - low, LEAST)
    apart = APART * max(size, largest)
    if scores.shape[1] > FEW or high - low < WIDE * size:
        return _sorted(scores, size, apart, np.int64, workspace)
    order, close = _sorted(scores, size, apart, np.int32, workspace)
    doubt = np.flatnonzero(close)
    if doubt.size:
        order[doubt], close[doubt] = _sorted(scores[doubt], size, apart, np.int64, workspace)
    return order, close


def _sorted(
    scores: Floats, size: float, apart: float, kind: type[signedinteger[Any]], workspace: Workspace
) -> tuple[Whole, Mask]:
    """Sort scores as whole numbers of a kind, and doubt those that are not so far apart.

    No score, and no difference of two, is larger than ``size``.
    """
    draws, units = scores.shape
    bits = bits_of(units)
    most = FILLED * 2.0 ** min(np.iinfo(kind).bits - 1 - bits, SHARP)
    scaled = np.multiply(scores, -most / size, out=workspace.array("spare", draws, units))
    keys = workspace.array(kind.__name__, draws, units, kind)
    np.copyto(keys, scaled, casting="unsafe")
    keys <<= kind(bits)
    keys |= np.arange(units, dtype=kind)
    keys.sort(axis=1)
    least = (int(min(apart * (most / size), most)) + 2) << bits
    gaps = workspace.array("spare", draws, units, kind)
    # One pass from the first row to the last; the steps from row to row are written over.
    np.subtract(keys.ravel()[1:], keys.ravel()[:-1], out=gaps.ravel()[1:])
    gaps[:, 0] = np.iinfo(kind).max
    close = gaps.min(axis=1) < least
    keys &= kind((1 << bits) - 1)
    return keys, close


def places(order: Whole, workspace: Workspace) -> Whole:
    """Return the place of each unit, counted from 0, from the order of the units (both draws x n).

    That is the inverse of each permutation: units that carry their places are sorted, which takes
    a quarter of the time of writing each place where it belongs.
    """
    draws, units = order.shape
    bits = bits_of(units)
    kind: type[unsignedinteger[Any]] = np.uint32 if 2 * bits <= 32 else np.uint64
    pairs = workspace.array("spare", draws, units, kind)
    np.left_shift(order, bits, out=pairs, casting="unsafe", dtype=kind)
    pairs |= np.arange(units, dtype=kind)
    pairs.sort(axis=1)
    pairs &= kind((1 << bits) - 1)
    return pairs


def bits_of(units: int) -> int:
    """Return how many bits the position of a unit takes."""
    return max((units - 1).bit_length(), 1)
