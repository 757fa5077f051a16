"""Claims about a ranking: what each says, whether it holds, and how far it is from flipping."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from softpower.analysis.claim.standings import RankMatrix
from softpower.engine.ranking import Ranking
from softpower.index.units import Unit
from softpower.methods.model import Floats, Mask
from softpower.methods.ties import significant

Relation = Literal[">", ">=", "=", "!=", "<=", "<"]

RELATIONS: dict[Relation, str] = {
    ">": "above",
    ">=": "not below",
    "=": "level with",
    "!=": "not level with",
    "<=": "not above",
    "<": "below",
}
"""How each relation between two places is written in a sentence."""

TESTS: dict[Relation, Callable[[Any, Any], Any]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    "<": operator.lt,
}

_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about the places or scores of one or two units; its text is ``str(claim)``.

    A claim is judged by the ranks of a ranking, and so by the tie rule of its methodology; only a
    claim in points looks at scores.
    """

    def units(self) -> tuple[Unit, ...]:
        """Return the units that it is about, in the order of the sentence."""
        raise NotImplementedError

    @property
    def counts_points(self) -> bool:
        """Whether it is about scores, which only runs on one scale share."""
        return False

    @property
    def measure(self) -> str:
        """What its margin is counted in."""
        return "point" if self.counts_points else "place"

    @property
    def needs_all(self) -> bool:
        """Whether every rank must be known, not only those of its units."""
        return False

    def obstacle(self, ranking: Ranking) -> str:
        """Return why the claim cannot be judged by a ranking; empty if it can."""
        standings = RankMatrix.of(ranking)
        for unit in self.units():
            if unit not in standings:
                return f"{unit.name} is left out"
            if np.isnan(standings.rank(unit)).any():
                return f"{unit.name} is not ranked"
            if self.counts_points and np.isnan(standings.score(unit)).any():
                return f"no score of {unit.name} is known"
        return ""

    def holds(self, ranking: Ranking) -> bool | None:
        """Say whether the claim is true of a ranking; ``None`` if it cannot be judged."""
        return None if self.obstacle(ranking) else bool(self.true(RankMatrix.of(ranking))[0])

    def margin(self, ranking: Ranking) -> float:
        """Return how far the claim is from flipping: positive where it holds, negative if not.

        In places, it is the number that one unit has to move for the answer to change, at least
        1. For a lead, it is by how many places or points the lead would have to be another. NaN
        if the claim cannot be judged.
        """
        if self.obstacle(ranking):
            return float("nan")
        standings = RankMatrix.of(ranking)
        distance = float(self.distance(standings)[0])
        return distance if self.true(standings)[0] else -distance

    def true(self, standings: RankMatrix) -> Mask:
        """Say of each of several rankings whether the claim is true of it."""
        raise NotImplementedError

    def distance(self, standings: RankMatrix) -> Floats:
        """Return how far the claim is from flipping in each of several rankings."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Above(Claim):
    """One unit is above, below or level with another."""

    first: Unit
    relation: Relation
    second: Unit

    def __str__(self) -> str:
        return f"{self.first.name} {RELATIONS[self.relation]} {self.second.name}"

    def units(self) -> tuple[Unit, ...]:
        """Return both units."""
        return self.first, self.second

    def _ahead(self, standings: RankMatrix) -> Floats:
        return standings.rank(self.second) - standings.rank(self.first)

    def true(self, standings: RankMatrix) -> Mask:
        """Say where the first is where it is claimed to be."""
        return np.asarray(TESTS[self.relation](self._ahead(standings), 0.0))

    def distance(self, standings: RankMatrix) -> Floats:
        """Return how far it is from flipping in each of several rankings."""
        return np.maximum(np.abs(self._ahead(standings)), 1.0)


@dataclass(frozen=True, slots=True)
class InTop(Claim):
    """A unit is, or is not, among so many at the top or the bottom.

    At the bottom, those count who have fewer than so many units below them.
    """

    unit: Unit
    count: int
    end: Literal["top", "bottom"] = "top"
    negated: bool = False

    def __str__(self) -> str:
        no = "not " if self.negated else ""
        if (self.end, self.count) == ("bottom", 1):
            return f"{self.unit.name} is {no}last"
        return f"{self.unit.name} {no}in the {self.end} {self.count}"

    @property
    def needs_all(self) -> bool:
        """Whether it counts from the bottom."""
        return self.end == "bottom"

    def units(self) -> tuple[Unit, ...]:
        """Return the one unit."""
        return (self.unit,)

    def _place(self, standings: RankMatrix) -> Floats:
        rank = standings.rank(self.unit)
        if self.end == "top":
            return rank
        return 1.0 + np.count_nonzero(standings.ranks > rank[:, None], axis=1)

    def true(self, standings: RankMatrix) -> Mask:
        """Say where the unit is among so many."""
        return np.asarray((self._place(standings) <= self.count) != self.negated)

    def distance(self, standings: RankMatrix) -> Floats:
        """Return how far it is from flipping in each of several rankings."""
        place = self._place(standings)
        return np.where(place <= self.count, self.count + 1 - place, place - self.count)


@dataclass(frozen=True, slots=True)
class RankIs(Claim):
    """A unit has, or has not, one place."""

    unit: Unit
    place: int
    negated: bool = False

    def __str__(self) -> str:
        return f"{self.unit.name} is {'not ' if self.negated else ''}{ordinal(self.place)}"

    def units(self) -> tuple[Unit, ...]:
        """Return the one unit."""
        return (self.unit,)

    def true(self, standings: RankMatrix) -> Mask:
        """Say where the unit has the place."""
        return np.asarray((standings.rank(self.unit) == self.place) != self.negated)

    def distance(self, standings: RankMatrix) -> Floats:
        """Return how far it is from flipping in each of several rankings."""
        away = np.abs(standings.rank(self.unit) - self.place)
        return np.where(away == 0, 1.0, away)


@dataclass(frozen=True, slots=True)
class RankBetween(Claim):
    """A unit has, or has not, one of the places from one to another, both of which count."""

    unit: Unit
    low: int
    high: int
    negated: bool = False

    def __str__(self) -> str:
        no = "not " if self.negated else ""
        return f"{self.unit.name} is {no}{ordinal(self.low)} to {ordinal(self.high)}"

    def units(self) -> tuple[Unit, ...]:
        """Return the one unit."""
        return (self.unit,)

    def _inwards(self, standings: RankMatrix) -> Floats:
        """Return how far the rank is from the nearer end, below zero if it is beyond."""
        rank = standings.rank(self.unit)
        return np.minimum(rank - self.low, self.high - rank)

    def true(self, standings: RankMatrix) -> Mask:
        """Say where the unit has one of the places."""
        return np.asarray((self._inwards(standings) >= 0) != self.negated)

    def distance(self, standings: RankMatrix) -> Floats:
        """Return how far it is from flipping in each of several rankings."""
        inwards = self._inwards(standings)
        return np.where(inwards >= 0, inwards + 1.0, -inwards)


@dataclass(frozen=True, slots=True)
class LeadsBy(Claim):
    """One unit is ahead of another by at least so many points, or places."""

    first: Unit
    second: Unit
    by: float
    counted: Literal["point", "place"] = "point"

    def __str__(self) -> str:
        return f"{self.first.name} beats {self.second.name} by {self.lead}"

    @property
    def lead(self) -> str:
        """The lead in words."""
        number = int(self.by) if float(self.by).is_integer() else self.by
        return f"{number} {self.counted}{'' if self.by == 1 else 's'}"

    @property
    def counts_points(self) -> bool:
        """Whether the lead is one in points."""
        return self.counted == "point"

    def units(self) -> tuple[Unit, ...]:
        """Return both units."""
        return self.first, self.second

    def _beyond(self, standings: RankMatrix) -> Floats:
        """Return by how much the lead is larger than claimed; 0 where only noise tells them."""
        if not self.counts_points:
            return standings.rank(self.second) - standings.rank(self.first) - self.by
        first, second = standings.score(self.first), standings.score(self.second)
        lead, claimed = first - second, np.full(first.shape, self.by)
        size = np.maximum(np.abs(first), np.abs(second))
        same = significant(lead, magnitude=size) == significant(claimed, magnitude=size)
        return np.where(same, 0.0, lead - claimed)

    def true(self, standings: RankMatrix) -> Mask:
        """Say where the lead is at least as large."""
        return np.asarray(self._beyond(standings) >= 0)

    def distance(self, standings: RankMatrix) -> Floats:
        """Return how far it is from flipping in each of several rankings."""
        beyond = self._beyond(standings)
        more = 0.0 if self.counts_points else 1.0
        return np.where(beyond >= 0, beyond + more, -beyond)


def ordinal(number: int) -> str:
    """Return a place in words: 1st, 2nd, 3rd, 11th."""
    ending = "th" if number % 100 in {11, 12, 13} else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
