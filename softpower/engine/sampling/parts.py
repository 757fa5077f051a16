"""Some units of a setup, and the values of pillars for them under drawn weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from softpower.engine.aggregation import known_beneath
from softpower.engine.entries import Entries
from softpower.engine.sampling.children import DrawnChildren
from softpower.engine.sampling.gaps import GapSum, Known, side_by_side
from softpower.engine.sampling.workspace import Workspace
from softpower.index.tree import Pillar
from softpower.methods.aggregate import Aggregation
from softpower.methods.missing import MissingRule, Renormalise
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]

Weights = Mapping[str, Floats]
"""Weights within a pillar by its id, draws x children, each row with sum 1."""

AT_ONCE = 32
"""Units are compared in so many draws at once, so that these stay in fast memory."""

STEEPEST = 20.0
"""Power means of a larger exponent are left to their class, which keeps them from overflowing."""


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """What values of pillars follow from, beside figures and drawn weights."""

    methods: Mapping[str, Aggregation]
    """How the children of every pillar add up, by its id."""
    weights: Mapping[str, Floats]
    """The weights that pillars have where none are drawn."""
    totals: Mapping[str, float]
    """What the weights of the children of a pillar sum to as they count."""
    entries: Entries
    """How the values of children enter a pillar."""
    covered: Mapping[str, Mask]
    """Which units have enough figures in a pillar for it to have a value."""
    missing: MissingRule
    column: Mapping[str, int]
    """Where the values of each indicator stand."""
    workspace: Workspace

    def batched(self, pillar: Pillar) -> bool:
        """Say whether gaps in a pillar of weighted means are made up for in many draws at once."""
        fits = self.missing.batched and not (pillar.id and self.missing.across)
        return fits and all(
            self.methods[each.id].exponent() == 1 and each.id not in self.entries
            for each in (pillar, *pillar.pillars())
        )


class Leaves(NamedTuple):
    """The indicators directly in a pillar, as a power mean adds them up."""

    at: list[int]
    """Their positions among the children."""
    powers: Floats
    """Mapped values, 0 where missing (leaves x units)."""
    there: Floats
    """1 where there is a value, 0 where there is none, of the same shape."""
    lacking: Places
    """The units that have gaps..."""
    patterns: Floats
    """...what each of the patterns of gaps has (leaves x patterns)..."""
    which: Places
    """...and the pattern of each of them."""


class Drawn(NamedTuple):
    """Weights while values follow from them."""

    weights: Weights
    known: dict[str, Floats]
    """For pillars with gaps, the share of the weight beneath for which there is a value."""


class UnitGroup:
    """Some units, with what does not depend on the weights worked out."""

    def __init__(self, rules: Rules, y: Floats, rows: slice | Mask) -> None:
        self.rules = rules
        self.rows = rows
        self.y = y[rows]
        self.covered = {name: covered[rows] for name, covered in rules.covered.items()}
        self.gaps = bool(np.isnan(self.y).any()) or not np.all(list(self.covered.values()))
        self._flat: dict[str, Floats] = {}
        self._leaves: dict[str, Leaves | None] = {}
        self._gap_sums: dict[str, GapSum | None] = {}

    def value(self, pillar: Pillar, drawn: Drawn, out: Floats | None = None) -> Floats:
        """Return the values of a pillar, draws (or 1 for all) x units.

        They are written to ``out`` where that saves a copy.
        """
        shares = None if self.gaps else self._shares(pillar, drawn)
        if shares is not None:
            values = self._columns(pillar)
            fits = out is not None and out.shape == (shares.shape[0], values.shape[1])
            return np.matmul(shares, values, out=out if fits else None)
        value = self._summed(pillar, drawn, out)
        if value is not None:
            return value
        value = self._mean(pillar, drawn)
        if value is None:
            value = self._at_once(pillar, drawn)
        if value is None:
            value = self._called(pillar, drawn)
        covered = self.covered[pillar.id]
        return value if covered.all() else np.where(covered, value, np.nan)

    def _weights(self, pillar: Pillar, drawn: Drawn) -> Floats:
        found = drawn.weights.get(pillar.id)
        return self.rules.weights[pillar.id][None, :] if found is None else found

    def _shares(self, pillar: Pillar, drawn: Drawn) -> Floats | None:
        """Return what each indicator counts (draws x indicators), if all beneath are sums."""
        if self.rules.methods[pillar.id].exponent() != 1 or pillar.id in self.rules.entries:
            return None
        weights = self._weights(pillar, drawn)
        below = pillar_children(pillar)
        if not below:
            return weights
        parts: list[Floats] = []
        for k in range(len(pillar.children)):
            share = weights[:, k, None]
            if k in below:
                shares = self._shares(below[k], drawn)
                if shares is None:
                    return None
                share = share * shares
            parts.append(share)
        return side_by_side(parts)

    def _summed(self, pillar: Pillar, drawn: Drawn, out: Floats | None) -> Floats | None:
        """Return a weighted mean throughout, in spite of gaps, or nothing."""
        rules = self.rules
        if pillar.id not in self._gap_sums:
            ours = rules.batched(pillar)
            known = Known(rules.column, self.covered, rules.weights, rules.missing)
            self._gap_sums[pillar.id] = GapSum(pillar, self.y, known) if ours else None
        gap_sum = self._gap_sums[pillar.id]
        if gap_sum is None:
            return None
        weights = {
            name: drawn.weights.get(name, own[None, :]) for name, own in rules.weights.items()
        }
        found = gap_sum(weights, rules.workspace)
        if found is None or out is None or out.shape != found.T.shape:
            return None if found is None else found.T.copy()
        np.copyto(out, found.T)
        return out

    def _columns(self, pillar: Pillar) -> Floats:
        """Return the values of the indicators beneath a pillar (indicators x units)."""
        if pillar.id not in self._flat:
            columns = [self.rules.column[indicator.id] for indicator in pillar.indicators()]
            self._flat[pillar.id] = np.ascontiguousarray(self.y[:, columns].T)
        return self._flat[pillar.id]

    def _mean(self, pillar: Pillar, drawn: Drawn) -> Floats | None:
        """Return a power mean as a product of weights and mapped values, or nothing."""
        method = self.rules.methods[pillar.id]
        p = method.exponent()
        gaps = self.gaps and type(self.rules.missing) is not Renormalise
        if p is None or abs(p) > STEEPEST or gaps or pillar.id in self.rules.entries:
            return None
        if pillar.id not in self._leaves:
            self._leaves[pillar.id] = self._mapped(pillar, method, p)
        leaves = self._leaves[pillar.id]
        if leaves is None:
            return None
        total, counted = self._added(pillar, leaves, drawn, method, p)
        if total is None:
            return None
        if counted is not None:
            with np.errstate(invalid="ignore"):
                np.divide(total, counted, out=total)
        if p == 1:
            return total
        return np.exp(total, out=total) if p == 0 else total ** (1 / p)

    def _added(
        self, pillar: Pillar, leaves: Leaves, drawn: Drawn, method: Aggregation, p: float
    ) -> tuple[Floats | None, Floats | None]:
        """Return the sum of weighted values, and that of their weights where it is not 1."""
        weights = self._weights(pillar, drawn)
        below = pillar_children(pillar)
        own = weights[:, leaves.at] if below else weights
        total = self._product(f"total {pillar.id}", own, leaves.powers)
        if not below:
            if leaves.lacking.size:
                of_those = self._product("counted", own, leaves.patterns)
                with np.errstate(invalid="ignore"):  # nothing that counts is there: 0 / 0
                    total[:, leaves.lacking] /= of_those[:, leaves.which]
            return total, None
        values = {k: self.value(child, drawn) for k, child in below.items()}
        whole = not leaves.lacking.size and not any(np.isnan(v.min()) for v in values.values())
        counted = None if whole else self._product("counted", own, leaves.there)
        for k, each in values.items():
            there = None if whole else ~np.isnan(each)
            powers = _powers(method, each, there, p)
            if powers is None:
                return None, None
            total = self._plus(total, powers, weights[:, k, None])
            if counted is not None and there is not None:
                counted = self._plus(counted, there, weights[:, k, None])
        return total, counted

    def _product(self, name: str, weights: Floats, values: Floats) -> Floats:
        """Return a matrix product, in memory that is kept."""
        out = self.rules.workspace.array(name, weights.shape[0], values.shape[1])
        return np.matmul(weights, values, out=out)

    def _plus(self, total: Floats, values: Floats | Mask, weights: Floats) -> Floats:
        """Return the total and values times weights, in memory that is kept where they fit."""
        rows = max(values.shape[0], weights.shape[0])
        part = self.rules.workspace.array("part", rows, values.shape[1])
        np.multiply(values, weights, out=part)
        return np.add(total, part, out=total if total.shape[0] >= rows else None)

    def _mapped(self, pillar: Pillar, method: Aggregation, p: float) -> Leaves | None:
        below = pillar_children(pillar)
        at = [k for k in range(len(pillar.children)) if k not in below]
        values = self.y[:, [self.rules.column[pillar.children[k].id] for k in at]].T
        there = ~np.isnan(values)
        powers = _powers(method, values, there, p)
        if powers is None:
            return None
        lacking = np.flatnonzero(~there.all(axis=0))
        counts = there.astype(np.float64)
        patterns, which = np.unique(counts[:, lacking], axis=1, return_inverse=True)
        return Leaves(at, powers, counts, lacking, patterns, which.ravel())

    def _at_once(self, pillar: Pillar, drawn: Drawn) -> Floats | None:
        """Return what the class of an aggregation makes of the children in all draws, or nothing.

        Nothing as well where weights vanish in some draws, or another rule on gaps has to be asked.
        """
        method, rules = self.rules.methods[pillar.id], self.rules
        gaps = self.gaps and type(rules.missing) is not Renormalise
        weights = self._weights(pillar, drawn)
        counts = weights.any(axis=0)
        counted: list[int] = np.flatnonzero(counts).tolist()
        if not method.batched or gaps or pillar.id in rules.entries or not weights[:, counts].all():
            return None
        if method.stacked:
            return self._stacked(pillar, counted, drawn)
        below = pillar_children(pillar)
        at = [k for k in counted if k not in below]
        pillars = [k for k in counted if k in below]
        leaves = self.y[:, [rules.column[pillar.children[k].id] for k in at]].T
        values = {
            len(at) + position: self.value(below[k], drawn) for position, k in enumerate(pillars)
        }
        children = DrawnChildren(weights[:, at + pillars], leaves, values)
        if method.rowwise:
            found = method.of_draws(children)
            return found if found is None else found * rules.totals[pillar.id]
        some = children.there & self.covered[pillar.id]
        children = children.of(some)
        if not (children.whole or (method.by_shared() and children.settled)) or not some.any():
            return None
        found = method.of_draws(children)
        if found is None:
            return None
        out = np.full((len(found), some.size), np.nan)
        out[:, some] = found
        return out

    def _stacked(self, pillar: Pillar, counted: Sequence[int], drawn: Drawn) -> Floats | None:
        """Return what an aggregation that compares units makes of those that have all children.

        Nothing where a unit lacks only some of them.
        """
        below, columns = pillar_children(pillar), self.rules.column
        values = [
            self.value(below[k], drawn)
            if k in below
            else self.y[None, :, columns[pillar.children[k].id]]
            for k in counted
        ]
        y = np.stack(np.broadcast_arrays(*values), axis=2)
        there = ~np.isnan(y)
        whole = there.all(axis=(0, 2)) & self.covered[pillar.id]
        if not whole.any() or (~whole & there.any(axis=(0, 2)) & self.covered[pillar.id]).any():
            return None
        weights = self._weights(pillar, drawn)[:, None, counted] * self.rules.totals[pillar.id]
        out = np.full((max(len(y), len(weights)), y.shape[1]), np.nan)
        for first in range(0, len(out), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            own, by = (each[some] if len(each) > 1 else each for each in (y, weights))
            out[some, whole] = self.rules.methods[pillar.id](own[:, whole], by)
        return out

    def _called(self, pillar: Pillar, drawn: Drawn) -> Floats:
        """Return what the class of an aggregation makes of the children, for each draw."""
        weights = self._weights(pillar, drawn)
        below = pillar_children(pillar)
        values = [
            self.value(below[k], drawn)
            if k in below
            else self.y[None, :, self.rules.column[child.id]]
            for k, child in enumerate(pillar.children)
        ]
        units = self.y.shape[0]
        draws = max(weights.shape[0], *(each.shape[0] for each in values))
        children = np.stack([np.broadcast_to(each, (draws, units)) for each in values])
        if pillar.id in self.rules.entries:
            entered = self.rules.entries(pillar.id, np.moveaxis(children, 0, 2))
            children = np.ascontiguousarray(np.moveaxis(entered, 2, 0))
        covered = self.covered[pillar.id]
        return by_class(self.rules, pillar, children, weights, covered, drawn.known)


def by_class(
    rules: Rules,
    pillar: Pillar,
    children: Floats,
    weights: Floats,
    covered: Mask,
    known: dict[str, Floats],
) -> Floats:
    """Return what the class of an aggregation makes of the children (draws x units).

    Parameters
    ----------
    rules
        What the values of pillars follow from.
    pillar
        Whose children these are.
    children
        Children x draws x units, NaN where missing.
    weights
        Of the children, draws (or 1 for all) x children.
    covered
        Which units have enough figures in the pillar (units).
    known
        For pillars below, the share of the weight beneath for which there is a value (draws, or 1
        for all, x units); that of this one is added.

    Raises
    ------
    MethodError
        If the aggregation refuses the values of some draw.
    """
    count, draws, units = children.shape
    method, there = rules.methods[pillar.id], ~np.isnan(children)
    below = {k: known[c.id] for k, c in pillar_children(pillar).items() if c.id in known}
    alike = all(len(each) == 1 for each in (weights, *below.values()))
    alike = alike and bool((there == there[:, :1]).all())
    some = 1 if alike else draws  # what counts is the same in all draws, or is not
    beneath = there[:, :some].astype(np.float64)
    for k, share in below.items():
        beneath[k] = share
    rows = beneath.reshape(count, -1).T
    ours = np.broadcast_to(weights.T[:, :, None], (count, some, units)).reshape(count, -1).T
    shares = rules.missing(ours, rows) * rules.totals[pillar.id]
    shares[~np.tile(covered, some)] = 0.0
    scored = np.atleast_1d(shares.any(axis=1))
    known[pillar.id] = known_beneath(ours, rows, scored).reshape(some, units)
    if alike:
        shares, scored = np.tile(shares.T, draws).T, np.tile(scored, draws)
    filled = np.where(there, children, 0.0).reshape(count, -1).T
    out = np.full(draws * units, np.nan)
    if method.rowwise:
        parts = [slice(None) if scored.all() else scored]
    else:
        each = np.arange(0, draws * units, units)
        parts = [np.flatnonzero(scored[first : first + units]) + first for first in each]
    for part in parts:
        values, counted = filled.T[:, part].T, shares.T[:, part].T  # children stay side by side
        if len(values):
            out[part] = method(values, counted)
    return out.reshape(draws, units)


def pillar_children(pillar: Pillar) -> dict[int, Pillar]:
    """Return the children of a pillar that are pillars, by their position."""
    return {k: child for k, child in enumerate(pillar.children) if isinstance(child, Pillar)}


def _powers(method: Aggregation, values: Floats, there: Mask | None, p: float) -> Floats | None:
    """Return values as a power mean adds them up, 0 where missing; nothing if a zero counts.

    ``there`` says which are not missing; ``None`` stands for all.
    """
    if p == 1:
        return values if there is None else np.where(there, values, 0.0)
    full = values if there is None else np.where(there, values, 1.0)
    counts = np.ones(full.shape) if there is None else there.astype(np.float64)
    ready = method.ready(full, counts)
    if p <= 0 and not ready.all():
        return None
    powers = np.log(ready) if p == 0 else ready**p
    return powers if there is None else np.where(there, powers, 0.0)
