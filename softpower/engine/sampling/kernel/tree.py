"""Weighted means throughout a tree, laid out as the kernel reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from softpower.engine.sampling.gaps import GapSum, Known
from softpower.engine.sampling.kernel.loading import structure
from softpower.index.tree import Pillar
from softpower.methods.missing import Renormalise, Zero
from softpower.methods.model import Floats

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]

LANES = 16
"""So many draws are worked out side by side."""
TOGETHER = 4
"""The values of so many units stand next to each other."""


class TreeWeights(NamedTuple):
    """The weights of the children of all pillars, as the kernel reads them."""

    rows: list[Floats]
    places: Places
    """Where each of these arrays is."""
    steps: Places
    """How far the weights of two draws are apart, 0 where they are the same."""


class Tree:
    """The pillars of an index from the lowest to the index itself, with figures and gaps."""

    def __init__(self, pillar: Pillar, y: Floats, known: Known) -> None:
        """Lay out normalised figures (units x indicators; NaN is missing)."""
        found = list(_upwards(pillar, GapSum(pillar, y, known)))
        position = {each.id: i for i, (each, _) in enumerate(found)}
        self.pillars = [each.id for each, _ in found]
        """Their ids, each after those below it."""
        kinds = [gap_sum.kinds() for _, gap_sum in found]
        self.lacks = any((kind > 1).any() for kind in kinds)
        """Whether a unit has a value in a pillar of which it lacks a child."""
        self.scored = bool(kinds[-1].all())
        """Whether every unit has a value in the index itself."""
        columns, direct, slots, below = [], [], [], []
        for each, _ in found:
            leaves = [k for k, c in enumerate(each.children) if not isinstance(c, Pillar)]
            deeper = [k for k, c in enumerate(each.children) if isinstance(c, Pillar)]
            columns += [known.column[each.children[k].id] for k in leaves]
            direct.append(len(leaves))
            slots += leaves + deeper
            below += [position[each.children[k].id] for k in deeper]
        children = [len(each.children) for each, _ in found]
        patterns = [2 + len(gap_sum.patterns) for _, gap_sum in found]
        self.children, self.patterns = sum(children), sum(patterns)
        """How many there are in all, of which the kernel has to remember something."""
        self._arrays = (
            np.array(children),
            np.array(direct),
            np.array(slots),
            np.array([*below, 0]),
            _together(np.nan_to_num(y[:, columns])),
            _together(np.column_stack(kinds)),
            np.array(patterns),
            np.concatenate([*(_counted(gap_sum.patterns) for _, gap_sum in found), np.zeros(1)]),
        )
        divided = int(type(known.missing) is Renormalise)
        self.structure = structure(len(found), len(columns), *self._arrays, divided)
        """What the kernel reads; it lasts as long as this does."""

    @staticmethod
    def of(pillar: Pillar, y: Floats, known: Known) -> Tree | None:
        """Return the tree, unless the kernel does not know how gaps are made up for in it."""
        tree = Tree(pillar, y, known)
        familiar = type(known.missing) in {Renormalise, Zero} or not tree.lacks
        return tree if familiar and tree.scored else None

    def weights(self, drawn: Mapping[str, Floats], own: Mapping[str, Floats]) -> TreeWeights:
        """Return the weights of all pillars, drawn (draws x children) or their own."""
        rows = [
            np.ascontiguousarray(drawn.get(name, own[name]), np.float64) for name in self.pillars
        ]
        steps = np.array([each.shape[1] if each.ndim > 1 else 0 for each in rows])
        return TreeWeights(rows, structure(*rows), steps)


def _upwards(pillar: Pillar, gap_sum: GapSum) -> Iterator[tuple[Pillar, GapSum]]:
    """Yield a pillar and all below it, each after those that are below it."""
    for k, child in enumerate(pillar.children):
        if isinstance(child, Pillar):
            yield from _upwards(child, gap_sum.below[k])
    yield pillar, gap_sum


def _counted(patterns: Floats) -> Floats:
    """Return patterns of gaps one after the other; what has nothing counts for no unit."""
    return np.where(patterns.any(axis=1, keepdims=True), patterns, 1.0).ravel()


def _together(table: NDArray[np.generic]) -> NDArray[np.generic]:
    """Return a table (units x columns) with TOGETHER units next to each other."""
    units, columns = table.shape
    full = np.zeros((-(-units // TOGETHER) * TOGETHER, columns), table.dtype)
    full[:units] = table
    return np.ascontiguousarray(full.reshape(-1, TOGETHER, columns).swapaxes(1, 2))
