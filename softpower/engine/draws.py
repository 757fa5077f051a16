"""Where the scores of a block of draws come from: drawn weights, or drawn scores themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from softpower.engine.batch import Batch
from softpower.engine.parts import Weights
from softpower.index.patch import Setup
from softpower.methods.impute import NoImputation
from softpower.methods.model import Floats
from softpower.methods.normalise import NoNormalisation
from softpower.methods.ties import Ties, rank
from softpower.methods.treat import NoTreatment

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]


class Draws(Protocol):
    """Scores of some draws, and how they are ranked."""

    @property
    def largest(self) -> float:
        """No part that is added up to a score is larger."""

    def scores(self, out: Floats | None = None) -> Floats:
        """Return the scores (draws x units), written to ``out`` if it is given."""

    def bounds(self, scores: Floats) -> tuple[float, float]:
        """Return two numbers between which these scores lie."""

    def ranks(self, rows: Places, scores: Floats | None = None) -> Floats:
        """Return the ranks in some of the draws (rows x units), ties and all.

        The scores of these draws need not be worked out again if they are at hand.
        """

    @property
    def costly(self) -> bool:
        """Whether scores are better kept than worked out again where units may tie."""


@dataclass(frozen=True, slots=True, eq=False)
class Weighed:
    """Draws of weights, by which a batch adds its figures up."""

    batch: Batch
    weights: Weights

    @property
    def largest(self) -> float:
        """No part that is added up to a score is larger."""
        return self.batch.largest

    def scores(self, out: Floats | None = None) -> Floats:
        """Return the scores (draws x units), written to ``out`` if it is given."""
        return self.batch.scores(self.weights, out)

    def bounds(self, scores: Floats) -> tuple[float, float]:
        """Return two numbers between which these scores lie."""
        return self.batch.bounds(scores)

    def ranks(self, rows: Places, scores: Floats | None = None) -> Floats:
        """Return the ranks in some of the draws (rows x units), ties and all."""
        some = {name: drawn[rows] for name, drawn in self.weights.items()}
        return self.batch.ranks(self.batch.scores(some) if scores is None else scores, some)

    @property
    def costly(self) -> bool:
        """Whether scores are rounded or called for, and so often tie or take long."""
        return self.batch.costly


@dataclass(frozen=True, slots=True, eq=False)
class Shaken:
    """Draws of the scores themselves."""

    values: Floats
    """Draws x units."""
    ties: Ties

    @property
    def largest(self) -> float:
        """No score is larger."""
        return float(np.abs(self.values).max())

    def scores(self, out: Floats | None = None) -> Floats:
        """Return the scores (draws x units), written to ``out`` if it is given."""
        if out is None:
            return self.values
        out[:] = self.values
        return out

    def bounds(self, scores: Floats) -> tuple[float, float]:
        """Return the least and the largest score."""
        return float(scores.min()), float(scores.max())

    def ranks(self, rows: Places, scores: Floats | None = None) -> Floats:
        """Return the ranks in some of the draws (rows x units), ties and all."""
        return rank(self.values[rows] if scores is None else scores, self.ties)

    @property
    def costly(self) -> bool:
        """Say no: they are at hand."""
        return False


def as_it_is(setup: Setup) -> bool:
    """Say whether a setup ranks units by the only figure that each has, as it is."""
    method, (first, *more) = setup.methodology, setup.framework.indicators()
    return (
        not more
        and first.direction > 0
        and all(each is None for each in (first.transform, first.denominator, first.treat))
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
