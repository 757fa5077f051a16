"""A computed run taken apart: what was added up, with which weights, and who stands where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from softpower.engine.aggregation import aggregate, total_weight
from softpower.engine.entries import Entries
from softpower.engine.ranking import Ranking, Stage
from softpower.engine.resolving import resolved
from softpower.engine.run import Run
from softpower.engine.score import prepared
from softpower.errors import UsageError
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.settings import patched
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.methods.aggregate import Aggregation
from softpower.methods.coverage import Evidence
from softpower.methods.model import Floats, Mask
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.ties import Ties, rank

PREPARATION = ("selected", "imputed", "denominated", "transformed", "treated", "normalised")
"""The stages from the figures to what is added up; ``imputed`` stands where it was done."""


@dataclass(frozen=True, slots=True, eq=False)
class Decomposition:
    """A run and its ranking, taken apart. All arrays have one row per unit."""

    run: Run
    setup: Setup
    ranking: Ranking
    methodology: Methodology
    """The methodology with nothing left open."""
    ids: tuple[str, ...]
    """The indicators that were added up, from left to right."""
    y: Floats
    """What was added up, units x indicators: normalised figures, with gaps filled if they were."""
    evidence: Evidence
    """Where there was a figure, and what it proves."""
    entries: Entries
    """How the values of children enter a pillar."""
    placed: dict[tuple[str, Ties], Floats] = field(default_factory=dict)
    """The ranks on each node, by how equal values share them, once they were asked for."""

    @property
    def found(self) -> Mask:
        """Where there was a figure, and something to divide it by."""
        return self.evidence.found

    @property
    def weights(self) -> Floats:
        """The share of each indicator in each unit's own total, after what is missing."""
        return self.ranking.unit_weights

    @property
    def totals(self) -> Floats:
        """The totals before scaling and rounding."""
        return self.ranking.totals

    @property
    def linear(self) -> bool:
        """Whether totals are sums of contributions."""
        return self.ranking.contributions is not None

    @property
    def rowwise(self) -> bool:
        """Whether each unit has its total whatever the figures of the others make of theirs."""
        root = self.ranking.framework.root
        return all(
            self.aggregation(pillar).rowwise and not self.entries.compares(pillar.id)
            for pillar in (root, *root.pillars())
        )

    @property
    def sense(self) -> int:
        """1 where the highest total is best, -1 where the lowest is."""
        return self.methodology.sense

    @property
    def rescaled(self) -> bool:
        """Whether something is done to the totals before they are ranked."""
        return self.methodology.round is not None or not isinstance(
            self.methodology.scale, NoNormalisation
        )

    @property
    def stages(self) -> list[Stage]:
        """The stages from the figures to what is added up, in order."""
        return [stage for name, stage in self.ranking.stages.items() if name in PREPARATION]

    @property
    def ranked(self) -> Mask:
        """Which units have a rank."""
        return ~np.isnan(self.ranking.ranks)

    def value(self, node: Pillar | Indicator) -> Floats:
        """Return the values of a pillar, an indicator or the index itself."""
        if isinstance(node, Indicator):
            return self.y[:, self.ids.index(node.id)]
        return self.ranking.pillars[node.id] if node.id else self.totals

    def children(self, pillar: Pillar) -> Floats:
        """Return the values of the children of a pillar as they enter it, units x children."""
        values = np.column_stack([self.value(child) for child in pillar.children])
        return self.entries(pillar.id, values)

    def entered(self, pillar: Pillar, child: str, values: Floats) -> Floats:
        """Return any values of one child as they enter a pillar that does not compare units."""
        return self.entries.whole - values if child in self.entries.turned(pillar.id) else values

    def beneath(self, node: Pillar | Indicator) -> list[int]:
        """Return the columns of the indicators beneath a node, or of the indicator itself."""
        items = node.indicators() if isinstance(node, Pillar) else (node,)
        return [self.ids.index(item.id) for item in items]

    def weight(self, node: Pillar | Indicator) -> Floats:
        """Return the weight of a node in each unit's own total, after what is missing."""
        if not self.ranking.individual:
            return np.asarray(self.weights[:, self.beneath(node)].sum(axis=1))
        path = [pillar.id for pillar in self.above(node) if pillar.id]
        own = [self.ranking.individual[name] for name in (*path, node.id)]
        return np.where(self.ranked, np.prod(np.nan_to_num(own), axis=0), np.nan)

    def above(self, node: Pillar | Indicator) -> list[Pillar]:
        """Return the index and the pillars that a node lies in, from the top down."""
        root = self.ranking.framework.root
        return [
            pillar
            for pillar in (root, *root.pillars())
            if pillar.id != node.id and node.id in {child.id for _, child in pillar.walk()}
        ]

    def points(self, node: Pillar | Indicator) -> Floats:
        """Return what a node adds to each total; NaN where totals are not sums."""
        if self.ranking.contributions is None:
            return np.full(len(self.ranking.units), np.nan)
        return np.asarray(self.ranking.contributions[:, self.beneath(node)].sum(axis=1))

    def places(self, node: Pillar | Indicator, ties: Ties | None = None) -> Floats:
        """Return the ranks of the ranked units on one pillar or indicator."""
        kind = ties or self.methodology.ties
        if (node.id, kind) not in self.placed:
            values = np.where(self.ranked, self.value(node), np.nan)
            better = self.ranking.framework.root.senses(self.sense)[node.id]
            self.placed[node.id, kind] = rank(values, kind, descending=better > 0)
        return self.placed[node.id, kind]

    def aggregation(self, pillar: Pillar) -> Aggregation:
        """Return how the children of a pillar are added up."""
        return pillar.aggregate or self.methodology.aggregation_at(self._level(pillar))

    def _level(self, pillar: Pillar) -> int:
        root = self.ranking.framework.root
        return next(depth for depth, node in root.walk() if node.id == pillar.id)

    def combined(self, pillar: Pillar, values: Floats) -> Floats:
        """Return what a pillar makes of values of its children, rows x children.

        Raises
        ------
        UsageError
            If units have weights of their own, so that values alone do not say.
        """
        if self.ranking.individual:
            raise UsageError(
                f"Under weight = {own_weighting(self.methodology)} units have their own weights, "
                "which other values would change.",
                mend="Set weight to another method.",
            )
        leaves = tuple(
            Indicator(child.id, child.title, self.ranking.local_weights[child.id])
            for child in pillar.children
        )
        root = replace(
            pillar,
            id="",
            children=leaves,
            aggregate=self.aggregation(pillar),
            unit=total_weight(pillar, self.methodology.weighting_at(self._level(pillar))),
        )
        methodology = patched(self.methodology, {"weight": "given"})
        found = ~np.isnan(values)
        known = Evidence(found, np.zeros_like(found))
        return aggregate(Framework("", "", root), methodology, values, known).values[""]


def own_weighting(methodology: Methodology) -> str:
    """Return the name of the weighting under which units have weights of their own."""
    return next(method.name() for method in methodology.weight if method.individual)


def decompose(run: Run, ranking: Ranking | None = None) -> Decomposition:
    """Return a run taken apart.

    Raises
    ------
    UsageError
        If the run is only published, so that there is nothing behind its scores.
    MethodError
        If a method refuses the figures.
    """
    if run.setup is None:
        raise UsageError(f"{run.index.id} is published, not computed: only totals are known.")
    ranking = ranking or run.score()
    methodology = resolved(run.setup.methodology, run.setup.framework)
    ids = tuple(indicator.id for indicator in ranking.framework.indicators())
    y, evidence = prepared(ranking, methodology)
    entries = Entries(ranking.framework.root, methodology, y, ranking.units)
    return Decomposition(run, run.setup, ranking, methodology, ids, y, evidence, entries)


def nodes(decompose: Decomposition) -> Iterator[tuple[int, Pillar | Indicator]]:
    """Yield every pillar and indicator with its depth, each before its children."""
    for depth, node in decompose.ranking.framework.root.walk():
        if depth:
            yield depth, node
