"""What is asked of a block of draws, worked out by the kernel in one pass."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from softpower.engine.sampling.kernel.loading import Kernel, structure
from softpower.engine.sampling.kernel.tree import LANES, TOGETHER, Tree
from softpower.engine.sampling.order import APART
from softpower.engine.sampling.workspace import Workspace
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import int64, uint16
    from numpy.typing import NDArray

    Places = NDArray[int64]


MOST = 2**16
"""The kernel knows so many units apart."""


class Added(NamedTuple):
    """Scores that the kernel works out itself."""

    tree: Tree
    own: Mapping[str, Floats]
    """The weights of the children of every pillar where none are drawn..."""
    drawn: Mapping[str, Floats]
    """...and the drawn ones (draws x children)."""


class Wanted(NamedTuple):
    """What is asked of a block."""

    first: int
    """So many first places: who has them."""
    walk: Sequence[int]
    """Units, each of which is held against the next."""


class Found(NamedTuple):
    """What the kernel found; nothing is counted in draws in which neighbours are too close."""

    counts: NDArray[uint16] | None
    """How often each unit has each place (units x places)..."""
    order: NDArray[uint16] | None
    """...or where that is a large table, the units by their places (draws x units); those of draws
    that are close are left out."""
    first: NDArray[uint16]
    """The units in the first places (places x draws)."""
    ahead: Places
    """How often each of the walk has a higher score than the next."""
    close: Places
    """The draws in which some neighbours are too close to tell."""


def count(
    kernel: Kernel,
    source: Added | Floats,
    shape: tuple[int, int],
    sense: int,
    largest: float,
    wanted: Wanted,
    workspace: Workspace,
    *,
    listed: bool,
) -> Found | None:
    """Return what the kernel finds, or nothing where a score is none or weights vanish.

    Parameters
    ----------
    kernel
        The library.
    source
        Where scores come from, or the scores themselves (draws x units).
    shape
        How many draws and units there are.
    sense
        1 where the highest score is best, -1 where the lowest is.
    largest
        No part that is added up to a score is larger.
    wanted
        What is asked.
    workspace
        Where arrays are kept.
    listed
        Whether the places of each draw are listed, and not counted.
    """
    draws, units = shape
    steps = max(len(wanted.walk) - 1, 0)
    walk = np.array([*wanted.walk, 0], np.int64)
    first = np.empty((min(wanted.first, units), draws), np.uint16)
    width = units | 1  # rows that start at many different places of a line are counted faster
    counts = None if listed else np.zeros((units, width), np.uint16)
    order = np.empty((draws, units), np.uint16) if listed else None
    ahead, close = np.zeros(steps + 1, np.int64), np.empty(draws, np.uint8)
    asked = structure(len(first), first, width, counts, order, steps, walk, ahead, close)
    sizes = (0, 0, 0)
    tree = weights = scores = None
    if isinstance(source, Added):
        tree = source.tree
        weights = tree.weights(source.drawn, source.own)
        sizes = (tree.children, tree.patterns, len(tree.pillars) * TOGETHER)
    else:
        scores = np.ascontiguousarray(source, np.float64)
    rooms = (-(-units // TOGETHER) * TOGETHER, *sizes, steps)
    tiles = [workspace.array(f"kernel {n}", size, LANES) for n, size in enumerate(rooms)]
    rows = (
        workspace.array("keys", units, LANES, np.int32),
        workspace.array("longer keys", 2, units, np.int64),
        workspace.array("units", 1, units, np.uint16),
    )
    room = structure(*tiles, *rows)
    told = kernel.count(
        tree and tree.structure.ctypes.data,
        weights and weights.places.ctypes.data,
        weights and weights.steps.ctypes.data,
        None if scores is None else scores.ctypes.data,
        draws,
        units,
        sense,
        APART,
        largest,
        room.ctypes.data,
        asked.ctypes.data,
    )
    if not told:
        return None
    doubtful = np.flatnonzero(close)
    if order is not None and doubtful.size:
        order = np.delete(order, doubtful, axis=0)
    table = None if counts is None else counts[:, :units]
    return Found(table, order, first, ahead[:steps], doubtful)
