"""Where the scores of a block of draws come from: drawn weights, or drawn scores themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import numpy as np

from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.kernel.count import Added
from softpower.engine.sampling.parts import Weights
from softpower.index.patch import Setup
from softpower.methods.impute import NoImputation
from softpower.methods.model import Floats
from softpower.methods.normalise.fixed import NoNormalisation
from softpower.methods.ties import Ties, rank
from softpower.methods.treat import NoTreatment

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]


class Draws(Protocol):
    """Scores of some draws, and how they are ranked."""

    @property
    def weights(self) -> Weights:
        """By the id of a pillar, draws x children; pillars that do not vary are left out."""

    @property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of these children, by the id of a pillar."""

    @property
    def largest(self) -> float:
        """No part that is added up to a score is larger."""

    @property
    def may_fail(self) -> bool:
        """Whether a unit may be left without a score."""

    def scores(self, out: Floats) -> Floats:
        """Return the scores (draws x units), which may be written to ``out``."""

    def bounds(self, scores: Floats) -> tuple[float, float]:
        """Return two numbers between which these scores lie."""

    def ranks(self, rows: Places, scores: Floats) -> Floats:
        """Return the ranks in some of the draws from their scores (rows x units), ties and all."""


@dataclass(frozen=True, slots=True, eq=False)
class WeightDraws:
    """Draws of weights, by which a batch adds its figures up."""

    batch: Batch
    weights: Weights

    @property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of the children of every pillar."""
        return self.batch.children

    @property
    def largest(self) -> float:
        """No part that is added up to a score is larger."""
        return self.batch.largest

    @property
    def may_fail(self) -> bool:
        """Whether a unit may be left without a score."""
        return self.batch.may_fail

    def scores(self, out: Floats) -> Floats:
        """Return the scores (draws x units), written to ``out`` where that saves a copy."""
        return self.batch.scores(self.weights, out)

    def added(self) -> Added | None:
        """Return what the kernel needs to work the scores out itself, if it can."""
        tree = self.batch.tree
        return None if tree is None else Added(tree, self.batch.weights, self.weights)

    def bounds(self, scores: Floats) -> tuple[float, float]:
        """Return two numbers between which these scores lie."""
        return self.batch.bounds(scores)

    def ranks(self, rows: Places, scores: Floats) -> Floats:
        """Return the ranks in some of the draws from their scores (rows x units), ties and all."""
        return self.batch.ranks(scores, {name: drawn[rows] for name, drawn in self.weights.items()})


@dataclass(frozen=True, slots=True, eq=False)
class FigureDraws:
    """Draws of the scores themselves."""

    values: Floats
    """Draws x units."""
    ties: Ties
    sense: int = 1
    """1 where the highest score is best, -1 where the lowest is."""
    sizes: Floats | None = None
    """How large the parts are that were added up to scores (draws x 1), if they were."""
    breaks: tuple[Floats, ...] = ()
    """Values that put equal scores in order (draws x units), higher ones first."""
    weights: Weights = field(default_factory=dict)
    """By the id of a pillar, draws x children, where weights vary as well."""
    children: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The ids of these children, by the id of a pillar."""

    @property
    def largest(self) -> float:
        """No score is larger, and no part of one."""
        own = float(np.abs(self.values).max())
        return own if self.sizes is None else max(own, float(self.sizes.max()))

    @property
    def may_fail(self) -> bool:
        """Say no: these figures are scores as they are."""
        return False

    def scores(self, out: Floats) -> Floats:
        """Return the scores (draws x units)."""
        del out
        return self.values

    def bounds(self, scores: Floats) -> tuple[float, float]:
        """Return the least and the largest score."""
        return float(scores.min()), float(scores.max())

    def ranks(self, rows: Places, scores: Floats) -> Floats:
        """Return the ranks in some of the draws from their scores (rows x units), ties and all."""
        sizes = 0.0 if self.sizes is None else self.sizes[rows]
        return rank(
            scores,
            self.ties,
            descending=self.sense > 0,
            magnitude=sizes,
            breaks=[each[rows] for each in self.breaks],
        )


def as_it_is(setup: Setup) -> bool:
    """Say whether a setup ranks units by the only figure that each has, as it is."""
    method, (first, *more) = setup.methodology, setup.framework.indicators()
    root = setup.framework.root
    pillars = (root, *root.pillars())
    return (
        not more
        and first.direction == method.sense
        and not first.zero_fill
        and not method.tiebreak
        and all(each.exponent() == 1 and not each.undivided for each in method.aggregate)
        and not any(each.derived for each in method.weight)
        and all(each.aggregate is None and not each.direction for each in pillars)
        and all(isinstance(each, NoNormalisation) for each in method.renormalise)
        and all(
            each is None
            for each in (first.transform, first.denominator, first.treat, first.normalise)
        )
        and all(
            isinstance(step, nothing)
            for step, nothing in (
                (method.treat, NoTreatment),
                (method.impute, NoImputation),
                (method.normalise, NoNormalisation),
                (method.scale, NoNormalisation),
            )
        )
        and method.round is None
        and not np.isnan(setup.figures.columns([first.id])).any()
    )
