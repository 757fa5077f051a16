"""Units compared two by two: by how much of the weight each is ahead of each other one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Literal, NamedTuple, TypeVar

import numpy as np
from pydantic import Field

from softpower.methods.aggregate.base import (
    Aggregation,
    Children,
    Pace,
    Voters,
    refuse_gaps,
    told_apart,
)
from softpower.methods.model import Floats
from softpower.methods.ties import NOISE

Net = Callable[[Floats, Floats], Floats]
"""Makes differences between values, and the size of the values, into preferences from -1 to 1."""

Sized = TypeVar("Sized", float, Floats, Floats | float)

MOST_AT_ONCE = 2**20
"""So many pairs are compared at once."""
MOST_SCORES = 2**15
"""So many scores of all draws are held against that of one unit at once."""


class Pairwise(Aggregation):
    """An aggregation that compares every unit with every other one, child by child."""

    rowwise: ClassVar[bool] = False
    draws_by: ClassVar[Pace] = "units"
    gaps: Literal["refuse", "pairs"] = Field(
        "refuse",
        description="What is done where values are missing: refuse them, or compare each pair by "
        "the children that both have.",
    )

    def by_shared(self) -> bool:
        """Say whether pairs are compared by what both have."""
        return self.gaps == "pairs"

    def told(self, y: Floats, w: Floats) -> Floats:
        """Return the values without the noise of rounding; refuse gaps if these are refused."""
        if self.gaps == "refuse":
            refuse_gaps(self, w, f", or compare pairs by what both have ({self.name()}:gaps=pairs)")
        return told_apart(np.where(w > 0, y, 0.0))

    def net(self, y: Floats, w: Floats, prefer: Callable[[Floats], Floats]) -> Iterator[Floats]:
        """Yield the preference for units over each other one, less that for it over them.

        Some units (rows) at a time are compared with all (columns), so that memory is bounded.

        Parameters
        ----------
        y, w
            Values and weights, units x children.
        prefer
            Makes differences between the values of one child into preferences from 0 to 1.
        """
        y = self.told(y, w)
        size = max(1, MOST_AT_ONCE // len(y))
        for first in range(0, len(y), size):
            rows = slice(first, first + size)
            won = np.zeros((len(y[rows]), len(y)))
            lost = np.zeros_like(won)
            for j, share in shares_of_pairs(w, rows):
                apart = np.subtract.outer(y[rows, j], y[:, j])
                won += share * prefer(apart)
                lost += share * prefer(-apart)
            yield won - lost


def added_up(children: Children, alone: Callable[[Floats], Floats]) -> Floats:
    """Return what children without gaps bring, each by itself, times its weight (draws x units).

    ``alone`` is what they bring (rows x units) by their values; that of indicators is worked out
    once for all draws.
    """
    fixed, *varied = _told(children)
    total = np.asarray(fixed.weights @ alone(fixed.values))
    for each in varied:
        total = total + each.weights * alone(each.values)
    return total


def over_others(
    children: Children, net: Net, each: Callable[[Floats], Floats] = np.asarray
) -> Floats:
    """Return the preferences for each unit over all others, added up, in many draws x units.

    Parameters
    ----------
    children
        Values and weights; those of a pair are divided by their sum over what both have.
    net
        The preference for a unit over another, less that for the other, by one child; none where
        the difference is NaN.
    each
        Makes that by all children into what is added up; its sign is that of what it is given.
    """
    compared, whole = _told(children), children.whole
    units = compared[0].values.shape[1]
    draws = max(some.draws for some in compared)
    size = max(1, MOST_SCORES // units)
    parts = ([some.of(slice(k, k + size)) for some in compared] for k in range(0, draws, size))
    return np.concatenate([_over_others(part, net, each, whole=whole) for part in parts])


def beaten(children: Children, by: float, even: float) -> Floats | None:
    """Return how many others each unit beats, less how many beat it, in many draws x units.

    Nothing is returned where the children have no fast form for that.

    Parameters
    ----------
    children
        Values and weights; those of a pair are divided by their sum over what both have.
    by
        Differences up to this are a tie by one child...
    even
        ...and votes for and against that differ by no more are one by all.
    """
    voters = [voter for some in _told(children) for voter in some.voters(by)]
    return children.won(voters, even)


def _over_others(
    compared: Sequence[_Children], net: Net, each: Callable[[Floats], Floats], *, whole: bool
) -> Floats:
    """Return the same for so many draws that they stay in the fast memory of a core."""
    units = compared[0].values.shape[1]
    out = np.zeros((max(some.draws for some in compared), units))
    for unit in range(units - 1):
        later = slice(unit + 1, None)
        over = both = np.zeros((1, 1))
        for some in compared:
            one, others = some.values[:, unit, None], some.values[:, later]
            over = some.times(net(one - others, some.sizes), over)
            if not whole:
                there = ~np.isnan(one) & ~np.isnan(others)
                both = some.times(there.astype(np.float64), both)
        if not whole:
            over = np.divide(over, both, out=np.zeros_like(over), where=both > 0)
        over = each(over)
        out[:, unit] += over.sum(axis=1)
        out[:, later] -= over
    return out


class _Children(NamedTuple):
    """Some children, as units are compared by them."""

    weights: Floats
    """Draws (or 1 for all) x children."""
    values: Floats
    """Rows x units without the noise of rounding, NaN where missing: a row for each child..."""
    sizes: Floats
    """How large the values of a row are (rows x 1)."""
    varied: bool
    """...or a row for each draw of a single child."""

    @property
    def draws(self) -> int:
        """In how many draws weights or values differ."""
        return max(len(self.weights), len(self.values) if self.varied else 1)

    def of(self, draws: slice) -> _Children:
        """Return the same in some draws."""
        weights = self.weights[draws] if len(self.weights) > 1 else self.weights
        if not self.varied:
            return self._replace(weights=weights)
        return _Children(weights, self.values[draws], self.sizes[draws], varied=True)

    def voters(self, by: float) -> list[Voters]:
        """Return each of these children, in which differences up to ``by`` are a tie."""
        leads = least_ahead(by, self.sizes).ravel()
        if self.varied:
            return [Voters(self.weights.ravel(), self.values, leads)]
        return [Voters(self.weights[:, k], self.values[[k]], leads[[k]]) for k in range(len(leads))]

    def times(self, found: Floats, added: Floats) -> Floats:
        """Return what is found by these children times their weights, and what is added to it."""
        part = self.weights * found if self.varied else self.weights @ found
        return np.add(part, added, out=part)


def _told(children: Children) -> list[_Children]:
    """Return the children whose values are the same in all draws, and then each of the others."""
    below = children.below.items()
    leaves = range(len(children.leaves))
    same = [*leaves, *(k for k, values in below if len(values) == 1)]
    fixed = np.vstack([children.leaves, *(values for _, values in below if len(values) == 1)])
    varied = [
        _rows(children.weights[:, k, None], values, varied=True)
        for k, values in below
        if len(values) > 1
    ]
    return [_rows(children.weights[:, same], fixed, varied=False), *varied]


def _rows(weights: Floats, values: Floats, *, varied: bool) -> _Children:
    """Take children; only rows in which some values differ by as little as noise are rounded."""
    sizes = np.fmax.reduce(np.abs(values), axis=1, initial=0.0, keepdims=True)
    gaps = np.diff(np.sort(values, axis=1), axis=1)
    doubt = ((gaps > 0) & (gaps <= NOISE * sizes)).any(axis=1)
    if doubt.any():
        careful = told_apart(np.nan_to_num(values[doubt]).T).T
        values = values.copy()
        values[doubt] = np.where(np.isnan(values[doubt]), np.nan, careful)
    return _Children(weights, values, sizes, varied)


def net_ahead(values: Floats, by: float) -> Floats:
    """Return how many units each is ahead of by more than that, less how many are ahead of it.

    ``values`` are rows x units, all of them finite; so is what is returned.
    """
    out = np.empty(values.shape)
    rest: Sequence[int] = range(len(values))
    if not by:
        order = np.argsort(values, axis=1)
        ordered = np.take_along_axis(values, order, axis=1)
        np.put_along_axis(out, order, np.arange(1.0 - values.shape[1], values.shape[1], 2.0), 1)
        rest = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1)).tolist()
    for row in rest:
        own = values[row]
        beyond = least_ahead(by, float(np.abs(own).max(initial=0.0)))
        ordered = np.sort(own)
        behind = np.searchsorted(ordered, own - beyond, side="left")
        out[row] = behind + np.searchsorted(ordered, own + beyond, side="right") - own.size
    return out


def net_beyond(values: Floats, by: float) -> Floats:
    """Return by how much more than ``by`` units are ahead of others, less what others are of them.

    ``values`` are rows x units, all of them finite; so is what is returned: sums over the others.
    """
    centred = values - values.mean(axis=1, keepdims=True)
    if not by:
        return np.asarray(centred.shape[1] * centred - centred.sum(axis=1, keepdims=True))
    order = np.argsort(centred, axis=1)
    ordered = np.take_along_axis(centred, order, axis=1)
    rows, units = ordered.shape
    merged = np.argsort(np.hstack([ordered, ordered - by]), axis=1, kind="stable") >= units
    first = 2 * units * np.arange(rows)[:, None] + np.arange(units)
    before = np.flatnonzero(merged).reshape(rows, units) - first
    after = units - (np.flatnonzero(~merged).reshape(rows, units) - first)
    sums = np.zeros((rows, units + 1))
    np.cumsum(ordered, axis=1, out=sums[:, 1:])
    below = before * (ordered - by) - np.take_along_axis(sums, before, axis=1)
    above = np.take_along_axis(sums, units - after, axis=1) - sums[:, -1:]
    out = np.empty_like(below)
    np.put_along_axis(out, order, below + above + after * (ordered + by), axis=1)
    return out


def shares_of_pairs(w: Floats, rows: slice) -> Iterator[tuple[int, Floats]]:
    """Yield each child with the weight that it has in comparisons of some units with all.

    That is the mean of the weights of both, each divided by the sum over what both have.
    """
    if not np.ptp(w, axis=0).any():
        yield from ((int(j), w[0, j]) for j in np.flatnonzero(w[0]))
        return
    there = (w > 0).astype(np.float64)
    ours, theirs = w[rows] @ there.T, there[rows] @ w.T
    for j in np.flatnonzero(there.any(axis=0)):
        own, other = np.outer(w[rows, j], there[:, j]), np.outer(there[rows, j], w[:, j])
        for part, of in ((own, ours), (other, theirs)):
            np.divide(part, of, out=part, where=of > 0)
        yield int(j), (own + other) / 2


def ahead(by: float, largest: Floats | float) -> Callable[[Floats], Floats]:
    """Return what tells where a difference is more than ``by``, among values of this size."""
    beyond = least_ahead(by, largest)
    return lambda d: (d > beyond).astype(np.float64)


def least_ahead(by: float, largest: Sized) -> Sized:
    """Return what a difference is above that is more than ``by``, among values of this size."""
    return by + 1e-12 * np.maximum(by, largest) if by > 0 else 0.0 * largest
