"""What is audited: a run, its ranking, and its figures turned so that high values are good."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from softpower.analysis.audit.finding import Limits
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.engine.score import prepared
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Indicator, Pillar
from softpower.methods.model import Floats, Mask
from softpower.watch import Watch, unwatched


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A run that can be computed, with what the chapters of an audit look at."""

    run: Run
    setup: Setup
    ranking: Ranking
    values: Floats
    """Normalised figures as they are added up, high values being good (units x indicators)."""
    limits: Limits
    yardsticks: tuple[Run, ...] = ()
    watch: Watch = unwatched

    @classmethod
    def of(
        cls, run: Run, setup: Setup, limits: Limits, yardsticks: tuple[Run, ...], watch: Watch
    ) -> Subject:
        """Return the subject of a run.

        Raises
        ------
        MethodError
            If a method refuses its figures.
        """
        ranking = run.score()
        values, _ = prepared(ranking, setup.methodology)
        senses = ranking.framework.root.senses(ranking.sense)
        signs = np.array([senses[item.id] for item in ranking.framework.indicators()])
        ranked = ~np.isnan(ranking.ranks)[:, None]
        turned = np.where(ranked, values * signs, np.nan)
        return cls(run, setup, ranking, turned, limits, yardsticks, watch)

    @property
    def methodology(self) -> Methodology:
        """How it is scored."""
        return self.setup.methodology

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that count, in the order of the columns."""
        return self.ranking.framework.indicators()

    @property
    def ids(self) -> list[str]:
        """The ids of the indicators."""
        return [item.id for item in self.indicators]

    @property
    def ranked(self) -> Mask:
        """Which units are ranked."""
        return ~np.isnan(self.ranking.ranks)

    @property
    def scores(self) -> Floats:
        """The scores, high ones being good."""
        return self.ranking.sense * self.ranking.scores

    def good(self, node: Pillar | Indicator) -> Floats:
        """Return the values of a pillar or indicator, high ones being good, of ranked units."""
        if isinstance(node, Indicator):
            return self.values[:, self.ids.index(node.id)]
        if not node.id:
            return self.scores
        sense = self.ranking.framework.root.senses(self.ranking.sense)[node.id]
        return np.where(self.ranked, sense * self.ranking.pillars[node.id], np.nan)

    def parents(self) -> tuple[Pillar, ...]:
        """Return the index and its pillars, each with two children or more."""
        root = self.ranking.framework.root
        return tuple(p for p in (root, *root.pillars()) if len(p.children) > 1)

    def column(self, name: str) -> Floats | None:
        """Return figures that the index carries or scores, if it has them."""
        figures = self.setup.figures
        return figures.columns([name])[:, 0] if name in figures.ids else None
