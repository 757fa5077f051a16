"""Every unit held against all others by each child, in many draws, by the kernel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.engine.sampling.kernel.loading import Kernel, structure
from softpower.engine.sampling.workspace import LINE
from softpower.methods.aggregate.base import Voters
from softpower.methods.model import Floats


def won(kernel: Kernel, voters: Sequence[Voters], even: float, *, whole: bool) -> Floats:
    """Return how many others each unit beats by votes, less how many beat it (draws x units).

    Parameters
    ----------
    kernel
        The library.
    voters
        The children.
    even
        Votes for and against that differ by no more are a tie.
    whole
        Whether all units have all children; votes of a pair are else divided by the weight of
        what both have.
    """
    units = voters[0].values.shape[1]
    draws = max(max(len(each.weights), len(each.values)) for each in voters)
    columns = [[np.ascontiguousarray(array) for array in each] for each in voters]
    weights, values, leads = zip(*columns, strict=True)
    told = [
        each
        for arrays in (weights, values, leads)
        for each in (structure(*arrays), np.array([_step(array) for array in arrays]))
    ]
    out = np.empty((draws, units))
    room = np.empty(((len(voters) + 3) * (units + LINE) + LINE) * 8, np.uint8)
    room = room[-room.ctypes.data % LINE :]
    addresses = (array.ctypes.data for array in told)
    sizes = len(voters), draws, units
    kernel.votes(*sizes, *addresses, whole, even, room.ctypes.data, out.ctypes.data)
    return out


def _step(array: Floats) -> int:
    """Return how far two draws are apart, 0 if there is one for all."""
    return array.size // len(array) if len(array) > 1 else 0
