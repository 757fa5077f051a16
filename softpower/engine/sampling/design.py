"""What varies in a sweep of draws: setups, weights, figures; and how many draws each setup has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from numpy.random import Generator as Randomness

from softpower.engine.cache import Cache
from softpower.engine.ranking import RankVector
from softpower.engine.sampling.batch import Batch
from softpower.index.figures import Figures
from softpower.index.patch import Setup
from softpower.methods.model import Floats
from softpower.methods.sample import WeightSampling


class FigureSampling(Protocol):
    """Draws figures around those that are given."""

    def __call__(self, figures: Figures, generator: Randomness) -> Figures:
        """Return one draw of the figures."""

    def many(self, figures: Figures, generators: Sequence[Randomness]) -> Floats:
        """Return draws of the figures, one by each generator (indicators x draws x units)."""


SHARED = 100
"""Most draws of weights for each draw of figures, where both vary..."""
ENOUGH = 1000
"""...so that there are as many draws of the figures of each setup, if there are as many draws."""
FEW = 32
"""Draws of figures that more draws of weights share are added up each by itself."""


@dataclass(frozen=True)
class Sweep:
    """What varies: finite choices as setups, weights, figures."""

    setups: tuple[Setup, ...]
    sampling: WeightSampling | None = None
    """How weights are drawn; ``None`` leaves them as they are."""
    pillars: tuple[Collection[str], ...] = ()
    """For each setup, the pillars whose children's weights vary, ``""`` for the index itself; all
    of them if left out."""
    figure_sampling: FigureSampling | None = None
    """How figures are drawn; ``None`` leaves them as they are."""
    draws: int = 1
    """How many draws in all, shared out among the setups; one for each where nothing is drawn."""
    seed: int = 1
    known: tuple[RankVector, ...] = ()
    """What each setup leads to where nothing is drawn, if that is known."""
    weights: tuple[int, ...] = ()
    """How much each setup counts, and so how many of the draws it has; all alike if left out."""
    ready: Mapping[int, Batch] = field(default_factory=dict)
    """Setups that were made ready for drawn weights before, by their position."""
    cache: Cache = field(default_factory=Cache)
    """What scores of the setups share."""

    @property
    def drawn(self) -> bool:
        """Whether anything is drawn at all."""
        return self.sampling is not None or self.figure_sampling is not None

    @property
    def total(self) -> int:
        """How many draws there are."""
        return self.draws if self.drawn else len(self.setups)

    @property
    def shared(self) -> int:
        """How many draws of weights share one of the figures, where both vary."""
        each = self.draws // len(self.setups)
        return min(max(each // ENOUGH, 1), SHARED)

    @property
    def few(self) -> int:
        """How many draws of weights each draw of figures has where these are added up together.

        It is 1 where so many share the figures that those of each are added up by themselves.
        """
        return 1 if self.alone else self.shared

    @property
    def alone(self) -> bool:
        """Whether draws of weights that share one of the figures are added up by themselves."""
        return self.shared > FEW

    def shares(self) -> list[int]:
        """Return how many draws each setup has: by its weight, the largest remainders first."""
        if not self.drawn:
            return [1] * len(self.setups)
        return apportioned(self.draws, self.weights or (1,) * len(self.setups))


def apportioned(seats: int, weights: Sequence[int]) -> list[int]:
    """Return how many of some seats each has by its weight: the method of largest remainders."""
    total = sum(weights)
    given = [seats * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: -(seats * weights[i] % total))
    for i in order[: seats - sum(given)]:
        given[i] += 1
    return given
