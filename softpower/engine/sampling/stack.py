"""Many tables of figures on the common scale, added up pillar by pillar."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.parts import Weights, by_class, pillar_children
from softpower.index.tree import Pillar
from softpower.methods.model import Floats


class StackSum:
    """Adds up figures that vary as the figures of a setup are added up."""

    def __init__(self, batch: Batch) -> None:
        self._rules, self._covered, self._root = batch.rules, batch.covered, batch.root
        self._units = batch.ranking.scores.size
        self._rows = batch.rows

    def __call__(self, y: Sequence[Floats], draws: int, weights: Weights) -> dict[str, Floats]:
        """Return the values of all pillars by their ids, ``""`` being the index (draws x units).

        Parameters
        ----------
        y
            For each indicator, draws (or 1 for all) x units; NaN is missing, and the same are in
            all draws.
        draws
            How many these are.
        weights
            Those of the children of some pillars (draws x children); others keep their own.

        Raises
        ------
        MethodError
            If an aggregation refuses the values of some draw.
        """
        found: dict[str, Floats] = {}
        self._value(self._root, [values[:, self._rows] for values in y], draws, weights, found, {})
        out = {name: np.full((draws, self._units), np.nan) for name in found}
        for name, values in found.items():
            out[name][:, self._rows] = values
        return out

    def _value(
        self,
        pillar: Pillar,
        y: Sequence[Floats],
        draws: int,
        weights: Weights,
        found: dict[str, Floats],
        known: dict[str, Floats],
    ) -> Floats:
        """Return the value of a pillar, having found those beneath it."""
        below, column = pillar_children(pillar), self._rules.column
        values = [
            self._value(below[k], y, draws, weights, found, known)
            if k in below
            else y[column[child.id]]
            for k, child in enumerate(pillar.children)
        ]
        children = np.empty((len(values), draws, self._covered[""].size))
        for child, each in zip(children, values, strict=True):
            child[:] = each
        own = weights.get(pillar.id, self._rules.weights[pillar.id][None, :])
        value = by_class(self._rules, pillar, children, own, self._covered[pillar.id], known)
        found[pillar.id] = value
        return value
