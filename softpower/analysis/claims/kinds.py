"""Claims about a ranking: what each says, whether it holds, and how far it is from flipping."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from softpower.engine.ranking import Ranking
from softpower.index.units import Unit
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

TESTS: dict[Relation, Callable[[float, float], bool]] = {
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
        row = _rows(ranking)
        for unit in self.units():
            if unit.id not in row:
                return f"{unit.name} is left out"
            if np.isnan(ranking.ranks[row[unit.id]]):
                return f"{unit.name} is not ranked"
            if self.counts_points and np.isnan(ranking.scores[row[unit.id]]):
                return f"no score of {unit.name} is known"
        return ""

    def holds(self, ranking: Ranking) -> bool | None:
        """Say whether the claim is true of a ranking; ``None`` if it cannot be judged."""
        return None if self.obstacle(ranking) else self._holds(ranking)

    def margin(self, ranking: Ranking) -> float:
        """Return how far the claim is from flipping: positive where it holds, negative if not.

        In places, it is the number that one unit has to move for the answer to change, at least
        1. For a lead, it is by how many places or points the lead would have to be another. NaN
        if the claim cannot be judged.
        """
        if self.obstacle(ranking):
            return float("nan")
        distance = self._distance(ranking)
        return distance if self._holds(ranking) else -distance

    def _holds(self, ranking: Ranking) -> bool:
        raise NotImplementedError

    def _distance(self, ranking: Ranking) -> float:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Order(Claim):
    """One unit is above, below or level with another."""

    first: Unit
    relation: Relation
    second: Unit

    def __str__(self) -> str:
        return f"{self.first.name} {RELATIONS[self.relation]} {self.second.name}"

    def units(self) -> tuple[Unit, ...]:
        """Return both units."""
        return self.first, self.second

    def _ahead(self, ranking: Ranking) -> float:
        return _rank(ranking, self.second) - _rank(ranking, self.first)

    def _holds(self, ranking: Ranking) -> bool:
        return TESTS[self.relation](self._ahead(ranking), 0.0)

    def _distance(self, ranking: Ranking) -> float:
        return max(abs(self._ahead(ranking)), 1.0)


@dataclass(frozen=True, slots=True)
class Within(Claim):
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

    def _place(self, ranking: Ranking) -> float:
        rank = _rank(ranking, self.unit)
        return rank if self.end == "top" else float(1 + np.count_nonzero(ranking.ranks > rank))

    def _holds(self, ranking: Ranking) -> bool:
        return (self._place(ranking) <= self.count) is not self.negated

    def _distance(self, ranking: Ranking) -> float:
        place = self._place(ranking)
        return self.count + 1 - place if place <= self.count else place - self.count


@dataclass(frozen=True, slots=True)
class At(Claim):
    """A unit has, or has not, one place."""

    unit: Unit
    place: int
    negated: bool = False

    def __str__(self) -> str:
        return f"{self.unit.name} is {'not ' if self.negated else ''}{ordinal(self.place)}"

    def units(self) -> tuple[Unit, ...]:
        """Return the one unit."""
        return (self.unit,)

    def _holds(self, ranking: Ranking) -> bool:
        return (_rank(ranking, self.unit) == self.place) is not self.negated

    def _distance(self, ranking: Ranking) -> float:
        return abs(_rank(ranking, self.unit) - self.place) or 1.0


@dataclass(frozen=True, slots=True)
class Lead(Claim):
    """One unit is ahead of another by at least so many points, or places."""

    first: Unit
    second: Unit
    by: float
    counted: Literal["point", "place"] = "point"

    def __str__(self) -> str:
        number = int(self.by) if float(self.by).is_integer() else self.by
        plural = "" if self.by == 1 else "s"
        return f"{self.first.name} beats {self.second.name} by {number} {self.counted}{plural}"

    @property
    def counts_points(self) -> bool:
        """Whether the lead is one in points."""
        return self.counted == "point"

    def units(self) -> tuple[Unit, ...]:
        """Return both units."""
        return self.first, self.second

    def _beyond(self, ranking: Ranking) -> float:
        """Return by how much the lead is larger than claimed; 0 where only noise tells them."""
        if not self.counts_points:
            return _rank(ranking, self.second) - _rank(ranking, self.first) - self.by
        first, second = _score(ranking, self.first), _score(ranking, self.second)
        pair = np.array([first - second, self.by])
        rounded = significant(pair, magnitude=max(abs(first), abs(second)))
        return 0.0 if rounded[0] == rounded[1] else float(pair[0] - pair[1])

    def _holds(self, ranking: Ranking) -> bool:
        return self._beyond(ranking) >= 0

    def _distance(self, ranking: Ranking) -> float:
        beyond = self._beyond(ranking)
        return beyond + 1 if beyond >= 0 and not self.counts_points else abs(beyond)


def ordinal(number: int) -> str:
    """Return a place in words: 1st, 2nd, 3rd, 11th."""
    ending = "th" if number % 100 in {11, 12, 13} else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


def _rows(ranking: Ranking) -> dict[str, int]:
    return {unit.id: i for i, unit in enumerate(ranking.units)}


def _rank(ranking: Ranking, unit: Unit) -> float:
    return float(ranking.ranks[_rows(ranking)[unit.id]])


def _score(ranking: Ranking, unit: Unit) -> float:
    return float(ranking.scores[_rows(ranking)[unit.id]])
