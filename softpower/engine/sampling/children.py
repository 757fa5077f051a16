"""The children of a pillar in many draws of weights, as aggregations ask for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from softpower.engine.sampling.kernel.loading import kernel
from softpower.engine.sampling.kernel.votes import won
from softpower.methods.aggregate.base import Voters
from softpower.methods.model import Floats, Mask


class DrawnChildren:
    """The values of children in many draws, and means of them; what is missing leaves its weight.

    All results are draws (or 1 for all) x units, NaN where a unit has no child with a value.
    """

    def __init__(self, weights: Floats, leaves: Floats, below: Mapping[int, Floats]) -> None:
        """Take the children that have a weight.

        Parameters
        ----------
        weights
            Draws (or 1 for all) x children, all above zero, those of the leaves first.
        leaves
            The values of the indicators among the children (leaves x units), NaN where missing.
        below
            The values of the pillars among them (draws or 1 x units), by their position in
            ``weights``.
        """
        self.weights = weights
        self.leaves = leaves
        self.below = below
        self._own = weights[:, : len(leaves)]
        self._there = (~np.isnan(leaves)).astype(np.float64)

    def alike(self) -> DrawnChildren:
        """Return the same with equal weights."""
        count = self.weights.shape[1]
        return DrawnChildren(np.full((1, count), 1.0 / count), self.leaves, self.below)

    def counts(self) -> Floats:
        """Return how many children have a value."""
        there = [self._there.sum(axis=0)[None, :], *(~np.isnan(v) for v in self.below.values())]
        return np.asarray(sum(there, np.zeros((1, 1))))

    def lowest(self) -> Floats:
        """Return the lowest value."""
        lowest = np.fmin.reduce(self.leaves, axis=0, initial=np.inf)[None, :]
        for values in self.below.values():
            lowest = np.fmin(lowest, values)
        return np.where(np.isinf(lowest), np.nan, lowest)

    def of(self, units: Mask) -> DrawnChildren:
        """Return the same of some units."""
        below = {k: values[:, units] for k, values in self.below.items()}
        return DrawnChildren(self.weights, self.leaves[:, units], below)

    @property
    def there(self) -> Mask:
        """Which units have a child with a value in any draw."""
        each = [self._there.any(axis=0), *(~np.isnan(v).all(axis=0) for v in self.below.values())]
        return np.asarray(np.any(each, axis=0))

    @property
    def settled(self) -> bool:
        """Whether what is missing is missing in all draws."""
        return all((np.isnan(v) == np.isnan(v[0])).all() for v in self.below.values())

    @property
    def whole(self) -> bool:
        """Whether every unit has a value of every child."""
        return bool(self._there.all()) and not any(np.isnan(v).any() for v in self.below.values())

    def stacked(self) -> Floats:
        """Return the values, draws (or 1 for all) x units x children."""
        each = [values for values, _ in self._each()]
        return np.stack(np.broadcast_arrays(*each), axis=2)

    def won(self, voters: Sequence[Voters], even: float) -> Floats | None:
        """Return how many others each unit beats, less how many beat it, if there is a kernel."""
        library = kernel()
        return None if library is None else won(library, voters, even, whole=self.whole)

    def quantiles(self, shares: Sequence[float]) -> list[Floats]:
        """Return the lowest values up to which children have such shares of the weight."""
        if self.below:
            return self._sought(shares)
        weights = np.ascontiguousarray(self.weights.T)
        out = [np.full((weights.shape[1], self.leaves.shape[1]), np.nan) for _ in shares]
        order = np.argsort(self.leaves, axis=0)  # what is missing comes last
        for unit, count in enumerate(self._there.sum(axis=0).astype(int).tolist()):
            if not count:
                continue
            some = order[:count, unit]
            values, reached = self.leaves[some, unit], np.cumsum(weights[some], axis=0)
            for share, found in zip(shares, out, strict=True):
                lower = np.count_nonzero(reached < share * reached[-1], axis=0)
                found[:, unit] = values[lower]
        return out

    def _sought(self, shares: Sequence[float]) -> list[Floats]:
        """Return the same where values vary, and with them their order."""
        each = [(np.where(np.isnan(v), np.inf, v), w) for v, w in self._each()]
        total = sum((w * np.isfinite(v) for v, w in each), np.zeros((1, 1)))
        out = [np.full(total.shape, np.inf) for _ in shares]
        for values, _ in each:
            reached = sum((w * (v <= values) for v, w in each), np.zeros((1, 1)))
            for share, found in zip(shares, out, strict=True):
                here = np.where(reached >= share * total, values, np.inf)
                np.minimum(found, here, out=found)
        return [np.where(np.isinf(found), np.nan, found) for found in out]

    def _each(self) -> Iterator[tuple[Floats, Floats]]:
        """Yield the values of each child (draws or 1 x units) and its weights (draws or 1 x 1)."""
        for k in range(self.weights.shape[1]):
            values = self.below[k] if k in self.below else self.leaves[k][None, :]
            yield values, self.weights[:, k, None]

    def mean(self) -> Floats:
        """Return the weighted mean."""
        total = self._own @ np.where(self._there > 0, self.leaves, 0.0)
        for k, values in self.below.items():
            total = total + self.weights[:, k, None] * np.where(np.isnan(values), 0.0, values)
        return self._divided(total)

    def variance(self, mean: Floats) -> Floats:
        """Return the weighted mean of squared distances from ``mean``.

        Those of leaves follow from two products, of values less a number for each unit that is
        near to them, so that no digits are lost.
        """
        near = self._there.sum(axis=0)
        near = np.where(self._there > 0, self.leaves, 0.0).sum(axis=0) / np.maximum(near, 1.0)
        apart = np.where(self._there > 0, self.leaves - near, 0.0)
        off = mean - near
        squares = self._own @ apart**2 - 2 * off * (self._own @ apart)
        total = squares + off**2 * (self._own @ self._there)
        for k, values in self.below.items():
            square = np.where(np.isnan(values), 0.0, values - mean) ** 2
            total = total + self.weights[:, k, None] * square
        return np.maximum(self._divided(total), 0.0)

    def _divided(self, total: Floats) -> Floats:
        """Return sums divided by the weights of what is there."""
        counted = self._own @ self._there
        for k, values in self.below.items():
            counted = counted + self.weights[:, k, None] * ~np.isnan(values)
        with np.errstate(invalid="ignore"):
            return np.asarray(total / counted)
