"""One setup made ready for many sets of weights: ``score`` in blocks instead of one by one.

Everything before the weights is done once. A block of draws is then one matrix product where the
score is a weighted sum throughout; level by level one product, or a quotient of two where figures
are missing, for the power means; and for any other aggregation a call of its class.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from softpower.engine.aggregation import known_beneath
from softpower.engine.context import context_of_scores
from softpower.engine.ranking import Ranking, Scored
from softpower.engine.room import Room
from softpower.engine.score import prepared, settled
from softpower.engine.scorer import Scorer
from softpower.errors import MethodError
from softpower.index.patch import Setup
from softpower.index.tree import Pillar
from softpower.methods.aggregate import Aggregation
from softpower.methods.coverage import share_available
from softpower.methods.missing import Renormalise
from softpower.methods.model import Floats, Mask
from softpower.methods.normalise import NoNormalisation
from softpower.methods.ties import rank, rounded, significant

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]

Weights = Mapping[str, Floats]
"""Weights within a pillar by its id, draws x children, each row with sum 1."""

STEEPEST = 20.0
"""Power means of a larger exponent are left to their class, which keeps them from overflowing."""


class Batch:
    """A setup, scored under its own weights and ready for others."""

    def __init__(self, setup: Setup, scorer: Scorer | None = None) -> None:
        """Score the setup.

        Raises
        ------
        MethodError
            As ``score`` does, or if every unit has weights of its own.
        """
        for method in setup.methodology.weight:
            if method.individual:
                raise MethodError(
                    f"Under weight = {method.name()} units have their own weights.",
                    mend="Set weight to another method, or let the weights be.",
                )
        self.ranking: Ranking = (scorer or Scorer())(setup)
        """The ranking under the setup's own weights."""
        self.nominal = Scored.of(self.ranking)
        """What is left of it for a block of draws."""
        self.methodology = settled(setup.methodology, setup.framework)
        self.root = self.ranking.framework.root
        depth = {node.id: at for at, node in self.root.walk() if isinstance(node, Pillar)}
        pillars = (self.root, *self.root.pillars())
        self.room = Room()
        """Where values are worked out."""
        self.children: dict[str, tuple[str, ...]] = {
            pillar.id: tuple(child.id for child in pillar.children) for pillar in pillars
        }
        """The ids of the children of every pillar; the index itself is ``""``."""
        self.weights: dict[str, Floats] = {
            name: np.array([self.ranking.within[child] for child in children])
            for name, children in self.children.items()
        }
        """The setup's own weights of the children of every pillar, with sum 1."""
        self.methods: dict[str, Aggregation] = {
            pillar.id: pillar.aggregate or self.methodology.aggregation_at(depth[pillar.id])
            for pillar in pillars
        }
        """How the children of every pillar add up."""
        self.scored = np.flatnonzero(~np.isnan(self.ranking.scores))
        """The units that have a score, as rows of the ranking."""
        y, found = prepared(self.ranking, self.methodology)
        apart = all(method.rowwise for method in self.methods.values())
        self.rows = self.scored if apart else np.arange(len(y))
        """The units whose values are worked out: all, where others count for a unit's value."""
        self.y, self._found = y[self.rows], found[self.rows]
        self.column = {node.id: j for j, node in enumerate(self.root.indicators())}
        self.covered = {pillar.id: self._covered(pillar) for pillar in pillars}
        """Which of them have enough figures in a pillar for it to have a value."""
        self.largest = float(np.nanmax(np.abs(self.y)))
        """No part that is added up to a score is larger."""
        self._plain = isinstance(self.methodology.scale, NoNormalisation)
        units = tuple(self.ranking.units[row] for row in self.scored)
        self._known = context_of_scores(self.methodology.scale, units)

    @property
    def width(self) -> int:
        """About how many numbers are held at once for each draw."""
        fast = all(method.exponent() is not None for method in self.methods.values())
        most = max(len(children) for children in self.children.values())
        return self.rows.size * (2 if fast else 4 * most)

    def scores(self, weights: Weights, out: Floats | None = None) -> Floats:
        """Return the scores of the units that have one, draws x units in the order of ``scored``.

        Parameters
        ----------
        weights
            By the id of a pillar, draws x children; pillars that are left out keep their own
            weights. All have the same number of draws.
        out
            Draws x units; where the scores may be written.

        Raises
        ------
        MethodError
            If an aggregation refuses the values that the weights lead to.
        """
        totals = self._totals(weights, self._parts, out)
        if not self._plain:
            totals = significant(totals, magnitude=self._magnitude(totals, weights))
            totals = np.stack([self.methodology.scale(row, self._known) for row in totals])
            totals = _written(totals, out)
        if self.methodology.round is not None:
            totals = _written(rounded(totals, self.methodology.round), out)
        return totals

    def ranks(self, scores: Floats, weights: Weights) -> Floats:
        """Return the ranks of scores, of the same shape, by the methodology's rule on ties."""
        magnitude = self._magnitude(scores, weights) if self._plain else 0.0
        return rank(scores, self.methodology.ties, magnitude=magnitude)

    def bounds(self, scores: Floats) -> tuple[float, float]:
        """Return two numbers between which scores lie: the ends of the scale if they are means."""
        means = all(method.exponent() is not None for method in self.methods.values())
        if means and self._plain and self.methodology.round is None:
            return float(np.nanmin(self.y)), self.largest
        return float(scores.min()), float(scores.max())

    def _magnitude(self, totals: Floats, weights: Weights) -> Floats:
        """Return how large the parts are that were added up, for each draw (draws x 1)."""
        if self.ranking.contributions is None:
            return np.zeros((totals.shape[0], 1))
        if np.nanmin(self.y) >= 0 and (self.methodology.round is None or not self._plain):
            return totals.max(axis=1, keepdims=True)
        sums = self._totals(weights, self._sizes).max(axis=1, keepdims=True)
        return np.broadcast_to(sums, (totals.shape[0], 1))

    def _covered(self, pillar: Pillar) -> Mask:
        if self.methodology.coverage.below == "unranked" or pillar is self.root:
            return np.ones(self.rows.size, dtype=bool)
        columns = [self.column[indicator.id] for indicator in pillar.indicators()]
        figures = np.where(self._found[:, columns], 0.0, np.nan)
        return share_available(figures) >= self.methodology.coverage.pillar - 1e-12

    def _split(self) -> list[slice | Mask]:
        """Return the units that are valued together: those without gaps, and the others."""
        gaps = np.isnan(self.y).any(axis=1) | ~np.all(list(self.covered.values()), axis=0)
        if self.rows is not self.scored or gaps.all() or not gaps.any():
            return [slice(None)]
        return [~gaps, gaps]

    @cached_property
    def _parts(self) -> list[_Part]:
        return [_Part(self, self.y, rows) for rows in self._split()]

    @cached_property
    def _sizes(self) -> list[_Part]:
        """The same units with the sizes of their values, whatever the sign."""
        return [_Part(self, np.abs(self.y), rows) for rows in self._split()]

    def _totals(self, weights: Weights, parts: list[_Part], out: Floats | None = None) -> Floats:
        draws = next((each.shape[0] for each in weights.values()), 1)
        if out is None:
            out = np.empty((draws, self.scored.size))
        for part in parts:
            drawn = _Drawn(weights, {})
            if isinstance(part.rows, slice):
                value = part.value(self.root, drawn, out)
                if self.rows is not self.scored:
                    value = value[:, self.scored]
                if value is not out:
                    out[:] = value
            else:
                out[:, part.rows] = part.value(self.root, drawn)
        return out


class _Leaves(NamedTuple):
    """The indicators directly in a pillar, as a power mean adds them up."""

    at: list[int]
    """Their positions among the children."""
    powers: Floats
    """Mapped values, 0 where missing (leaves x units)."""
    there: Floats
    """1 where there is a value, 0 where there is none, of the same shape."""
    lacking: Places
    """The units that have gaps."""


class _Drawn(NamedTuple):
    """Weights while values follow from them."""

    weights: Weights
    known: dict[str, Floats]
    """For pillars with gaps, the share of the weight beneath for which there is a value."""


class _Part:
    """Some units of a batch, with what does not depend on the weights worked out."""

    def __init__(self, batch: Batch, y: Floats, rows: slice | Mask) -> None:
        self.batch = batch
        self.rows = rows
        self.y = y[rows]
        self.covered = {name: covered[rows] for name, covered in batch.covered.items()}
        self.gaps = bool(np.isnan(self.y).any()) or not np.all(list(self.covered.values()))
        self._flat: dict[str, Floats] = {}
        self._leaves: dict[str, _Leaves | None] = {}

    def value(self, pillar: Pillar, drawn: _Drawn, out: Floats | None = None) -> Floats:
        """Return the values of a pillar, draws (or 1 for all) x units.

        They are written to ``out`` where that saves a copy.
        """
        shares = None if self.gaps else self._shares(pillar, drawn)
        if shares is not None:
            values = self._columns(pillar)
            fits = out is not None and out.shape == (shares.shape[0], values.shape[1])
            return np.matmul(shares, values, out=out if fits else None)
        value = self._mean(pillar, drawn)
        if value is None:
            value = self._called(pillar, drawn)
        covered = self.covered[pillar.id]
        return value if covered.all() else np.where(covered, value, np.nan)

    def _weights(self, pillar: Pillar, drawn: _Drawn) -> Floats:
        found = drawn.weights.get(pillar.id)
        return self.batch.weights[pillar.id][None, :] if found is None else found

    def _shares(self, pillar: Pillar, drawn: _Drawn) -> Floats | None:
        """Return what each indicator counts (draws x indicators), if all beneath are sums."""
        if self.batch.methods[pillar.id].exponent() != 1:
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
        draws = max(part.shape[0] for part in parts)
        return np.hstack([np.broadcast_to(part, (draws, part.shape[1])) for part in parts])

    def _columns(self, pillar: Pillar) -> Floats:
        """Return the values of the indicators beneath a pillar (indicators x units)."""
        if pillar.id not in self._flat:
            columns = [self.batch.column[indicator.id] for indicator in pillar.indicators()]
            self._flat[pillar.id] = np.ascontiguousarray(self.y[:, columns].T)
        return self._flat[pillar.id]

    def _mean(self, pillar: Pillar, drawn: _Drawn) -> Floats | None:
        """Return a power mean as a product of weights and mapped values, or nothing."""
        method = self.batch.methods[pillar.id]
        p = method.exponent()
        gaps = self.gaps and type(self.batch.methodology.missing) is not Renormalise
        if p is None or abs(p) > STEEPEST or gaps:
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
        self, pillar: Pillar, leaves: _Leaves, drawn: _Drawn, method: Aggregation, p: float
    ) -> tuple[Floats | None, Floats | None]:
        """Return the sum of weighted values, and that of their weights where it is not 1."""
        weights = self._weights(pillar, drawn)
        below = pillar_children(pillar)
        own = weights[:, leaves.at] if below else weights
        total = self._product(f"total {pillar.id}", own, leaves.powers)
        if not below:
            if leaves.lacking.size:
                of_those = self._product("counted", own, leaves.there[:, leaves.lacking])
                with np.errstate(invalid="ignore"):  # nothing that counts is there: 0 / 0
                    total[:, leaves.lacking] /= of_those
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
        out = self.batch.room.array(name, weights.shape[0], values.shape[1])
        return np.matmul(weights, values, out=out)

    def _plus(self, total: Floats, values: Floats | Mask, weights: Floats) -> Floats:
        """Return the total and values times weights, in memory that is kept where they fit."""
        rows = max(values.shape[0], weights.shape[0])
        part = self.batch.room.array("part", rows, values.shape[1])
        np.multiply(values, weights, out=part)
        return np.add(total, part, out=total if total.shape[0] >= rows else None)

    def _mapped(self, pillar: Pillar, method: Aggregation, p: float) -> _Leaves | None:
        below = pillar_children(pillar)
        at = [k for k in range(len(pillar.children)) if k not in below]
        values = self.y[:, [self.batch.column[pillar.children[k].id] for k in at]].T
        there = ~np.isnan(values)
        powers = _powers(method, values, there, p)
        if powers is None:
            return None
        lacking = np.flatnonzero(~there.all(axis=0))
        return _Leaves(at, powers, there.astype(np.float64), lacking)

    def _called(self, pillar: Pillar, drawn: _Drawn) -> Floats:
        """Return what the class of an aggregation makes of the children, for each draw."""
        method, rule = self.batch.methods[pillar.id], self.batch.methodology.missing
        weights = self._weights(pillar, drawn)
        below = pillar_children(pillar)
        values = [
            self.value(below[k], drawn)
            if k in below
            else self.y[None, :, self.batch.column[child.id]]
            for k, child in enumerate(pillar.children)
        ]
        units = self.y.shape[0]
        draws = max(weights.shape[0], *(each.shape[0] for each in values))
        children = np.stack([np.broadcast_to(each, (draws, units)) for each in values], axis=2)
        spread = np.broadcast_to(weights[:, None, :], children.shape)
        rows = children.reshape(-1, children.shape[2])
        there = ~np.isnan(np.asarray(rows))
        known = there.astype(np.float64)
        for k, child in below.items():
            if child.id in drawn.known:
                known[:, k] = np.broadcast_to(drawn.known[child.id], (draws, units)).ravel()
        ours = np.ascontiguousarray(spread).reshape(rows.shape)
        shares = rule(ours, known)
        shares[~np.tile(self.covered[pillar.id], draws)] = 0.0
        scored = np.atleast_1d(shares.any(axis=1))
        drawn.known[pillar.id] = known_beneath(ours, known, scored).reshape(draws, units)
        filled = np.where(there, rows, 0.0)
        out = np.full(draws * units, np.nan)
        if method.rowwise:
            out[scored] = method(filled[scored], shares[scored])
        else:
            for draw in range(draws):
                some = np.flatnonzero(scored[draw * units : (draw + 1) * units]) + draw * units
                out[some] = method(filled[some], shares[some])
        return out.reshape(draws, units)


def _written(values: Floats, out: Floats | None) -> Floats:
    if out is None:
        return values
    out[:] = values
    return out


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
