"""What scoring returns: scores, ranks, pillars, contributions, and every stage on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from softpower.equality import ByValue
from softpower.errors import UsageError
from softpower.frames import frame_of
from softpower.index.tree import Framework
from softpower.index.units import Unit, find_unit
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one unit stands in a ranking."""

    id: str
    name: str
    rank: int | float | None
    """1 is the best, a fraction where ties share the mean of their places; ``None`` if unranked."""
    score: float | None
    pillars: Mapping[str, float | None] = field(hash=False)
    """The scores of pillars, by id, in the order of the tree."""
    why_unranked: str = ""
    """Why it is not ranked, such as *has figures for 2 of 25 indicators*."""


def _figure(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Stage(ByValue):
    """The figures after one step of the calculation."""

    name: str
    """Such as ``normalised``."""
    title: str
    """What the step did, in a few words."""
    ids: tuple[str, ...]
    """The indicators or pillars that the columns stand for."""
    values: Floats
    """Units x ids; NaN is missing."""

    def __repr__(self) -> str:
        rows, columns = self.values.shape
        return f"<Stage {self.name}: {self.title}, {rows} x {columns} figures>"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that scoring did or found which a reader should know."""

    step: str
    """The step that made it, such as ``treat``."""
    subject: str
    """The id of an indicator or pillar; empty for the ranking as a whole."""
    text: str
    brief: str = ""
    """The text for those who want less; empty where it is short as it is."""

    def __str__(self) -> str:
        return f"{self.step}: {self.subject}: {self.text}" if self.subject else self.text


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Ranking(ByValue):
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
    have weights of their own, NaN where a value is missing; ``local_weights`` then has their mean
    parts.
    """
    sense: int = 1
    """1 where the highest score is best, -1 where the lowest is."""

    def order(self) -> tuple[int, ...]:
        """Return the rows from the best rank to the worst, those not ranked last, ties by name."""
        ranks = np.where(np.isnan(self.ranks), np.inf, self.ranks)
        return tuple(sorted(range(len(self.units)), key=lambda i: (ranks[i], self.units[i].name)))

    def __len__(self) -> int:
        return len(self.units)

    def __iter__(self) -> Iterator[Standing]:
        """Yield every unit with its rank and scores, best first, those not ranked last."""
        return map(self._standing, self.order())

    def __contains__(self, name: object) -> bool:
        try:
            return isinstance(name, str) and bool(find_unit(self.units, name))
        except UsageError:
            return False

    def __getitem__(self, name: str) -> Standing:
        """Return the rank and scores of a country, by its code or any name that is recognised.

        Raises
        ------
        UsageError
            If it is not among the units, naming the nearest.

        Examples
        --------
        >>> import softpower
        >>> ranking = softpower.load("hdi-2022").score()
        >>> ranking["China"].rank
        75
        """
        if not isinstance(name, str):
            raise UsageError(
                f"{name!r} is not the name of a unit.", mend='Such as ranking["China"].'
            )
        return self._standing(self.units.index(find_unit(self.units, name)))

    def _standing(self, row: int) -> Standing:
        rank = self.ranks[row]
        place = None if np.isnan(rank) else int(rank) if rank == int(rank) else float(rank)
        unit = self.units[row]
        return Standing(
            id=unit.id,
            name=unit.name,
            rank=place,
            score=_figure(self.scores[row]),
            pillars={name: _figure(values[row]) for name, values in self.pillars.items()},
            why_unranked=self.unranked.get(unit.id, ""),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the ranking as a pandas data frame, best first, with the pillar scores.

        Ranks are whole numbers (``Int64``), unless ties share the mean of their places.

        Raises
        ------
        MissingExtraError
            If pandas is not installed.

        Examples
        --------
        >>> import softpower
        >>> frame = softpower.load("hdi-2022").score().to_frame()
        >>> frame["rank"].head(3).to_dict()
        {'CHE': 1, 'NOR': 2, 'ISL': 3}
        """
        order = list(self.order())
        figures = {name: values[order] for name, values in self.pillars.items()}
        return frame_of(
            {
                "country": [self.units[i].name for i in order],
                "rank": self.ranks[order],
                "score": self.scores[order],
                **figures,
            },
            numbers=["score", *figures],
            whole=["rank"],
            ids=[self.units[i].id for i in order],
        )

    def __repr__(self) -> str:
        first = [f"{each.rank:g} {each.name}" for each in islice(self, 3) if each.rank is not None]
        ranked = int(np.count_nonzero(~np.isnan(self.ranks)))
        told = f"{ranked} of {len(self)} ranked: {', '.join(first)}, ..."
        return f"<Ranking {self.framework.root.title}, {told}>"

    def _repr_html_(self) -> str:
        """Return the ranking as a notebook shows it."""
        from softpower.answer import Column, Table

        columns = (
            Column("rank", "Rank", "integer"),
            Column("id", "ID"),
            Column("name", "Name"),
            Column("score", "Score", "number", 3),
        )
        rows = tuple((each.rank, each.id, each.name, each.score) for each in self)
        return Table("ranking", self.framework.root.title, columns, rows)._repr_html_()


@dataclass(frozen=True, slots=True, eq=False)
class RankVector(ByValue):
    """What is left of a ranking where many are needed: who is ranked, scores and ranks."""

    units: tuple[str, ...] = ()
    """The ids of the units that have a score."""
    scores: Floats = field(default_factory=lambda: np.empty(0))
    ranks: Floats = field(default_factory=lambda: np.empty(0))
    refusal: str = ""
    """Why there is no ranking; empty if there is one."""
    sense: int = 1
    """1 where the highest score is best, -1 where the lowest is."""

    @classmethod
    def of(cls, ranking: Ranking) -> RankVector:
        """Return what is left of a ranking."""
        there = ~np.isnan(ranking.scores)
        units = tuple(u.id for u, yes in zip(ranking.units, there, strict=True) if yes)
        return cls(units, ranking.scores[there], ranking.ranks[there], sense=ranking.sense)

    def same(self, other: RankVector) -> bool:
        """Say whether both rank the same units by the same scores, or neither ranks any."""
        return (
            self.units == other.units
            and np.array_equal(self.scores, other.scores)
            and np.array_equal(self.ranks, other.ranks)
        )
