"""One setup made ready for many sets of weights: ``score`` in blocks instead of one by one.

Everything before the weights is done once. A block of draws is then one matrix product where the
score is a weighted sum throughout; level by level one product, or a quotient of two where figures
are missing, for the power means; and for any other aggregation a call of its class.
"""

from __future__ import annotations

from copy import copy
from functools import cached_property

import numpy as np

from softpower.engine.aggregation import total_weight
from softpower.engine.cache import Cache
from softpower.engine.context import context_of_scores
from softpower.engine.entries import Entries
from softpower.engine.ranking import Ranking, RankVector
from softpower.engine.resolving import resolved
from softpower.engine.sampling.gaps import Known
from softpower.engine.sampling.kernel.tree import Tree
from softpower.engine.sampling.parts import Drawn, Rules, UnitGroup, Weights
from softpower.engine.sampling.workspace import Workspace
from softpower.engine.score import prepared, score_setup
from softpower.errors import MethodError
from softpower.index.patch import Setup
from softpower.index.tree import Pillar
from softpower.methods.aggregate import Aggregation
from softpower.methods.coverage import Evidence
from softpower.methods.missing import Renormalise
from softpower.methods.model import Floats, Mask
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.ties import rank, rounded, significant

AT_ONCE = 64
"""The scores of so many draws are finished at once, so that they stay in fast memory."""


class Batch:
    """A setup, scored under its own weights and ready for others."""

    def __init__(self, setup: Setup, cache: Cache | None = None) -> None:
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
        self.ranking: Ranking = score_setup(setup, cache)
        """The ranking under the setup's own weights."""
        self.nominal = RankVector.of(self.ranking)
        """What is left of it for a block of draws."""
        self.methodology = resolved(setup.methodology, setup.framework)
        self.root = self.ranking.framework.root
        depth = {node.id: at for at, node in self.root.walk() if isinstance(node, Pillar)}
        pillars = (self.root, *self.root.pillars())
        self.workspace = Workspace()
        """Where values are worked out."""
        self.children: dict[str, tuple[str, ...]] = {
            pillar.id: tuple(child.id for child in pillar.children) for pillar in pillars
        }
        """The ids of the children of every pillar; the index itself is ``""``."""
        self.weights: dict[str, Floats] = {
            name: np.array([self.ranking.local_weights[child] for child in children])
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
        y, evidence = prepared(self.ranking, self.methodology)
        self.entries = Entries(self.root, self.methodology, y, self.ranking.units)
        """How the values of children enter a pillar."""
        apart = all(
            method.rowwise and not self.entries.compares(name)
            for name, method in self.methods.items()
        )
        self.rows = self.scored if apart else np.arange(len(y))
        """The units whose values are worked out: all, where others count for a unit's value."""
        self.y = y[self.rows]
        self._evidence = Evidence(*(mask[self.rows] for mask in evidence))
        self.column = {node.id: j for j, node in enumerate(self.root.indicators())}
        self.covered = {pillar.id: self._covered(pillar) for pillar in pillars}
        """Which of them have enough figures in a pillar for it to have a value."""
        self.rules = Rules(
            self.methods,
            self.weights,
            {
                pillar.id: total_weight(pillar, self.methodology.weighting_at(depth[pillar.id]))
                if self.methods[pillar.id].undivided
                else 1.0
                for pillar in pillars
            },
            self.entries,
            self.covered,
            self.methodology.missing,
            self.column,
            self.workspace,
        )
        """What the values of pillars follow from."""
        self._take_ends()
        self._means = not self.entries and all(
            method.exponent() is not None for method in self.methods.values()
        )
        self._plain = isinstance(self.methodology.scale, NoNormalisation)
        self._untouched = self._plain and self.methodology.round is None
        self.may_fail = bool(np.isnan(self.y).any()) or not (self._means and self._untouched)
        """Whether a unit may be left without a score: figures are missing, or no mean is taken."""
        units = tuple(self.ranking.units[row] for row in self.scored)
        self._known = context_of_scores(self.methodology.scale, units)

    def of(self, y: Floats) -> Batch:
        """Return the same of other figures on the common scale, of which the same are missing.

        ``y`` has all units and indicators; the ranking and the nominal scores stay what they are.
        Scores of pillars must not be normalised again, nor weights follow from figures.
        """
        other = copy(self)
        for name in ("tree", "_alike", "_parts", "_sizes"):
            other.__dict__.pop(name, None)
        other.y = y[self.rows]
        other._take_ends()  # noqa: SLF001  of the same class
        return other

    def _take_ends(self) -> None:
        self.largest = float(np.nanmax(np.abs(self.y)))
        """No part that is added up to a score is larger."""
        self._lowest = float(np.nanmin(self.y))

    @property
    def one_by_one(self) -> tuple[str, ...]:
        """The settings under which draws are scored one by one, and not many at once."""
        method, aggregations = self.methodology, dict.fromkeys(self.methods.values())
        found = [f"aggregate={each}" for each in aggregations if not each.batched]
        gaps = bool(np.isnan(self.y).any()) or not np.all(list(self.covered.values()))
        means = all(each.exponent() == 1 for each in aggregations)
        plain = type(method.missing) is Renormalise or (method.missing.batched and means)
        if gaps and not plain:
            found.append(f"missing={method.missing}")
        if self.entries:
            found.append("scores of pillars that are normalised again or turned")
        if not self._plain and not method.scale.stacked:
            found.append(f"scale={method.scale}")
        return tuple(found)

    @property
    def width(self) -> int:
        """About how many numbers are held at once for each draw."""
        most = max(len(children) for children in self.children.values())
        return self.rows.size * (2 if self._means else 4 * most)

    def repeated(self, draws: int) -> Weights:
        """Return the setup's own weights of the index as so many draws."""
        return {"": np.tile(self.weights[""], (draws, 1))}

    def scores(self, weights: Weights, out: Floats | None = None) -> Floats:
        """Return the scores of the units that have one, draws x units in the order of ``scored``.

        Parameters
        ----------
        weights
            By the id of a pillar, draws x children; pillars that are left out keep their own
            weights. All have the same number of draws.
        out
            Draws x units; the scores are written there where that saves a copy.

        Raises
        ------
        MethodError
            If an aggregation refuses the values that the weights lead to.
        """
        totals = self._totals(weights, self._parts, out)
        for first, others in self._alike:
            totals[:, others] = totals[:, first, None]
        if self._untouched:
            return totals
        sizes = None if self._plain else self._magnitude(totals, weights)
        for first in range(0, len(totals), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            totals[some] = self._finished(totals[some], None if sizes is None else sizes[some])
        return totals

    def _finished(self, totals: Floats, sizes: Floats | None) -> Floats:
        """Return totals (draws x units) on the final scale, and rounded.

        ``sizes`` (draws x 1) are how large the parts are that were added up, if there is a scale.
        """
        if sizes is not None:
            totals = self._scaled(significant(totals, magnitude=sizes))
        if self.methodology.round is not None:
            totals = rounded(totals, self.methodology.round)
        return totals

    @cached_property
    def tree(self) -> Tree | None:
        """The setup as the kernel adds it up, where weighted means are the scores."""
        means = all(method.exponent() == 1 for method in self.methods.values())
        if not (self._untouched and self._means and means and self.rows is self.scored):
            return None
        gaps = np.isnan(self.y).any() or not np.all(list(self.covered.values()))
        if gaps and not self.rules.batched(self.root):
            return None
        known = Known(self.column, self.covered, self.weights, self.methodology.missing)
        return Tree.of(self.root, self.y, known)

    def _scaled(self, totals: Floats) -> Floats:
        """Return scores (draws x units) on the final scale."""
        scale = self.methodology.scale
        if scale.stacked:
            return scale(totals, self._known)
        return np.stack([scale(row, self._known) for row in totals])

    def ranks(self, scores: Floats, weights: Weights) -> Floats:
        """Return the ranks of scores, of the same shape, by the methodology's rule on ties."""
        return rank(
            scores,
            self.methodology.ties,
            descending=self.methodology.sense > 0,
            magnitude=self._magnitude(scores, weights) if self._plain else 0.0,
            breaks=[self._break(name, weights, scores.shape) for name in self.methodology.tiebreak],
        )

    def _break(self, name: str, weights: Weights, shape: tuple[int, ...]) -> Floats:
        """Return the values (draws x units) that put equal scores in order, higher ones first."""
        sense = self.root.senses(self.methodology.sense)[name]
        if name in self.column:
            values = sense * self.y[:, self.column[name]]
            return np.broadcast_to(
                values if self.rows is self.scored else values[self.scored], shape
            )
        node = next(pillar for pillar in self.root.pillars() if pillar.id == name)
        return sense * self._totals(weights, self._parts, node=node)

    def bounds(self, scores: Floats) -> tuple[float, float]:
        """Return two numbers between which scores lie: the ends of the scale if they are means."""
        if self._means and self._untouched:
            return self._lowest, self.largest
        return float(scores.min()), float(scores.max())

    def _magnitude(self, totals: Floats, weights: Weights) -> Floats:
        """Return how large the parts are that were added up, for each draw (draws x 1)."""
        if self.ranking.contributions is None:
            return np.zeros((totals.shape[0], 1))
        if self.entries:
            sums = np.abs(self.ranking.contributions).sum(axis=1)
            return np.full((totals.shape[0], 1), np.nanmax(sums))
        if self._lowest >= 0 and (self.methodology.round is None or not self._plain):
            return totals.max(axis=1, keepdims=True)
        sums = self._totals(weights, self._sizes).max(axis=1, keepdims=True)
        return np.broadcast_to(sums, (totals.shape[0], 1))

    def _covered(self, pillar: Pillar) -> Mask:
        if self.methodology.coverage.below == "unranked" or pillar is self.root:
            return np.ones(self.rows.size, dtype=bool)
        columns = [self.column[indicator.id] for indicator in pillar.indicators()]
        return self._evidence.beneath(columns).values.reaches(self.methodology.coverage.pillar)

    def _split(self) -> list[slice | Mask]:
        """Return the units that are valued together: those without gaps, and the others."""
        gaps = np.isnan(self.y).any(axis=1) | ~np.all(list(self.covered.values()), axis=0)
        together = self.rules.batched(self.root)
        if self.rows is not self.scored or gaps.all() or not gaps.any() or together:
            return [slice(None)]
        return [~gaps, gaps]

    @cached_property
    def _alike(self) -> list[tuple[int, list[int]]]:
        """Units with the same values throughout: the first, and the others that share its score.

        Rounding in a matrix product depends on the column, and must not tell them apart.
        """
        if self.rows is not self.scored:
            return []
        known: dict[bytes, list[int]] = {}
        covered = np.array(list(self.covered.values()))
        for i, row in enumerate(self.y):
            known.setdefault(row.tobytes() + covered[:, i].tobytes(), []).append(i)
        return [(rows[0], rows[1:]) for rows in known.values() if len(rows) > 1]

    @cached_property
    def _parts(self) -> list[UnitGroup]:
        return [UnitGroup(self.rules, self.y, rows) for rows in self._split()]

    @cached_property
    def _sizes(self) -> list[UnitGroup]:
        """The same units with the sizes of their values, whatever the sign."""
        return [UnitGroup(self.rules, np.abs(self.y), rows) for rows in self._split()]

    def _totals(
        self,
        weights: Weights,
        parts: list[UnitGroup],
        out: Floats | None = None,
        node: Pillar | None = None,
    ) -> Floats:
        node = node or self.root
        draws = next((each.shape[0] for each in weights.values()), 1)
        if out is None:
            out = np.empty((draws, self.scored.size))
        for part in parts:
            drawn = Drawn(weights, {})
            if isinstance(part.rows, slice):
                value = part.value(node, drawn, out)
                if self.rows is not self.scored:
                    value = value[:, self.scored]
                if value is not out:
                    out[:] = value
            else:
                out[:, part.rows] = part.value(node, drawn)
        return out
