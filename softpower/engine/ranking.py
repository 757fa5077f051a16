"""What scoring returns: scores, ranks, pillars, contributions, and every stage on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from softpower.index.tree import Framework
from softpower.index.units import Unit
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """The figures after one step of the calculation."""

    name: str
    """Such as ``normalised``."""
    title: str
    """What the step did, in a few words."""
    ids: tuple[str, ...]
    """The indicators or pillars that the columns stand for."""
    values: Floats
    """Units x ids; NaN is missing."""


@dataclass(frozen=True, slots=True, eq=False)
class Note:
    """Something that scoring did or found which a reader should know."""

    step: str
    """The step that made it, such as ``treat``."""
    subject: str
    """The id of an indicator or pillar; empty for the ranking as a whole."""
    text: str

    def __str__(self) -> str:
        return f"{self.step}: {self.subject}: {self.text}" if self.subject else self.text


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """A ranking, with all that it was made of.

    All arrays have one row per unit, in the order of ``units``.
    """

    units: tuple[Unit, ...]
    scores: Floats
    """Final scores; NaN for a unit that is not ranked."""
    ranks: Floats
    """Ranks, 1 being the best; NaN for a unit that is not ranked."""
    framework: Framework
    pillars: Mapping[str, Floats]
    """Scores of pillars, by id, in the order of the tree."""
    weights: Mapping[str, float]
    """Effective weights: the share of each pillar and indicator in the index."""
    local_weights: Mapping[str, float]
    """Weights of each pillar and indicator within its parent."""
    unit_weights: Floats
    """The share of each indicator in each unit's own total, after what is missing (units x
    indicators); NaN without a total. The sum of a row is 1, unless units have weights of their
    own."""
    totals: Floats
    """Scores before scaling and rounding."""
    contributions: Floats | None
    """Points that each indicator adds to the score before scaling and rounding, units x
    indicators; ``None`` if some aggregation is not a weighted sum."""
    stages: Mapping[str, Stage]
    imputed: Mask
    """Where an imputed figure stands for one that was not found (units x indicators)."""
    unranked: Mapping[str, str]
    """Why a unit is not ranked, by its id."""
    notes: tuple[Note, ...]
    individual: Mapping[str, Floats] = field(default_factory=dict)
    """Each unit's own weights (units) of each pillar and indicator within its parent, if units
    have weights of their own, NaN where a value is missing; ``within`` then has their mean parts.
    """

    def order(self) -> tuple[int, ...]:
        """Return the rows from the best rank to the worst, those not ranked last, ties by name."""
        ranks = np.where(np.isnan(self.ranks), np.inf, self.ranks)
        return tuple(sorted(range(len(self.units)), key=lambda i: (ranks[i], self.units[i].name)))

    def to_frame(self) -> pd.DataFrame:
        """Return the ranking as a pandas data frame, best first, with the pillar scores.

        Raises
        ------
        MissingExtraError
            If pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            from softpower.errors import MissingExtraError

            raise MissingExtraError("pandas", "notebook") from None
        order = list(self.order())
        data = {
            "country": [self.units[i].name for i in order],
            "rank": self.ranks[order],
            "score": self.scores[order],
            **{name: values[order] for name, values in self.pillars.items()},
        }
        return pd.DataFrame(data, index=pd.Index([self.units[i].id for i in order], name="id"))


@dataclass(frozen=True, slots=True, eq=False)
class RankVector:
    """What is left of a ranking where many are needed: who is ranked, scores and ranks."""

    units: tuple[str, ...] = ()
    """The ids of the units that have a score."""
    scores: Floats = field(default_factory=lambda: np.empty(0))
    ranks: Floats = field(default_factory=lambda: np.empty(0))
    refusal: str = ""
    """Why there is no ranking; empty if there is one."""

    @classmethod
    def of(cls, ranking: Ranking) -> RankVector:
        """Return what is left of a ranking."""
        there = ~np.isnan(ranking.scores)
        units = tuple(u.id for u, yes in zip(ranking.units, there, strict=True) if yes)
        return cls(units, ranking.scores[there], ranking.ranks[there])

    def same(self, other: RankVector) -> bool:
        """Say whether both rank the same units by the same scores, or neither ranks any."""
        return (
            self.units == other.units
            and np.array_equal(self.scores, other.scores)
            and np.array_equal(self.ranks, other.ranks)
        )
