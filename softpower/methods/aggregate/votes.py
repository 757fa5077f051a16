"""Voting: every child ranks the units, and its weight is the number of its votes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from softpower.methods.aggregate.base import Children, Pace, lacking
from softpower.methods.aggregate.pairs import (
    Pairwise,
    added_up,
    ahead,
    beaten,
    least_ahead,
    net_ahead,
    over_others,
)
from softpower.methods.model import Floats

EVEN = 1e-12
"""Votes for and against that differ by no more are a tie."""


class Voting(Pairwise):
    """An aggregation that only asks which of two units is ahead, and not by how much."""

    indifference: float = Field(
        0.0, ge=0, description="Differences up to this, in the units of the values, are a tie."
    )

    def votes(self, y: Floats, w: Floats) -> Iterator[Floats]:
        """Yield the weight for some units (rows) against each other one, ties being split.

        A pair of units that have no child in common is tied. The diagonal is one half.
        """
        yield from (np.round(0.5 + part / 2, 12) for part in self.nets(y, w))

    def nets(self, y: Floats, w: Floats) -> Iterator[Floats]:
        """Yield the votes for some units (rows) less those against them, by each other one."""
        largest = float(np.abs(y).max(initial=0.0))
        return self.net(y, w, ahead(self.indifference, largest))

    def net_votes(self, apart: Floats, sizes: Floats) -> Floats:
        """Return 1 where a difference between values of this size is a lead, -1 where it is less.

        Draws (or 1) x units; ``sizes`` are draws (or 1) x 1.
        """
        beyond = least_ahead(self.indifference, sizes)
        return np.copysign(np.abs(apart) > beyond, apart, dtype=np.float64)

    def support(self, y: Floats, w: Floats) -> Floats:
        """Return the weight for each unit (rows) against each other one, all at once."""
        return np.vstack(list(self.votes(y, w)))


class BordaCount(Voting):
    """How many of the other units a unit is ahead of, on average over the children.

    Formula: ``sum_b e_ab`` over the other units ``b``, where ``e_ab`` is the weight of the children
    that put ``a`` ahead of ``b``, with half of the weight of those that tie them; from 0 to ``n -
    1``.

    Assumes: that only who is ahead in each child matters, not by how much.

    Edge cases: With ``gaps = "pairs"`` the weights of each pair are divided by their sum over what
    both have, and a pair without anything in common is tied. Values of other units matter, and
    leaving one out can reverse the order of two others.

    Source: Borda (1784); OECD/JRC Handbook (2008), sec. 6.12.
    """

    method: Literal["borda"] = "borda"

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the weighted number of units that each is ahead of."""
        if np.ptp(w, axis=0).any():
            return np.concatenate([part.sum(axis=1) for part in self.votes(y, w)]) - 0.5
        counted = w[0] > 0
        return self._points(w[0, counted] @ self._alone(self.told(y, w)[:, counted].T))

    def of_draws(self, children: Children) -> Floats:
        """Return the points of many draws: without gaps, each child brings its own."""
        if children.whole:
            return self._points(added_up(children, self._alone))
        return self._points(over_others(children, self.net_votes))

    def _alone(self, values: Floats) -> Floats:
        """Return how many units each is ahead of by one child (rows), less those ahead of it."""
        return net_ahead(values, self.indifference)

    @staticmethod
    def _points(net: Floats) -> Floats:
        return (net.shape[-1] - 1 + net) / 2


class Copeland(Voting):
    """How many of the other units a unit beats by weight of children, less how many beat it.

    Formula: ``sum_b sign(e_ab - e_ba)`` over the other units ``b``, where ``e_ab`` is the weight of
    the children that put ``a`` ahead of ``b``, with half of the weight of those that tie them.
    Reported: the Condorcet winner, which beats every other one, if there is one, and a child of
    more than half of the weight, which decides alone.

    Assumes: that only who is ahead in each child matters, not by how much.

    Edge cases: With ``gaps = "pairs"`` the weights of each pair are divided by their sum over what
    both have, and a pair without anything in common is tied. It only ranks; leaving a unit out can
    reverse the order of two others.

    Source: Copeland (1951); OECD/JRC Handbook (2008), sec. 6.12, for the pairs; Munda (2008),
    Social Multi-Criteria Evaluation for a Sustainable Economy, Springer.
    """

    top: ClassVar[bool] = True
    draws_by: ClassVar[Pace] = "pairs"
    method: Literal["copeland"] = "copeland"

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return the pairs won less the pairs lost."""
        return np.concatenate([_won(part).sum(axis=1) for part in self.nets(y, w)])

    def of_draws(self, children: Children) -> Floats:
        """Return the pairs won less the pairs lost in many draws."""
        found = beaten(children, self.indifference, EVEN)
        return over_others(children, self.net_votes, _won) if found is None else found

    def remark(self, y: Floats, w: Floats) -> str:
        """Return whether one unit beats all, and whether one child decides alone."""
        return "; ".join(filter(None, (winner(self.votes(y, w)), dictator(w))))


def _won(net: Floats) -> Floats:
    """Return 1 where there are more votes for than against, -1 where there are less."""
    return np.subtract(net > EVEN, net < -EVEN, dtype=np.float64)


def winner(votes: Iterable[Floats]) -> str:
    """Return whether there is a Condorcet winner, in words, by some units (rows) at a time."""
    wins = np.concatenate([(part > 0.5).sum(axis=1) for part in votes])
    if wins.size < 2:
        return ""
    if (wins == wins.size - 1).any():
        return "the first beats every other one: it is the Condorcet winner"
    return "no unit beats every other one, so that there is no Condorcet winner"


def dictator(w: Floats) -> str:
    """Return a warning if one child has more than half of the weight."""
    whole = ~lacking(w).any(axis=1)
    largest = float((w[whole] if whole.any() else w).max(initial=0.0))
    if largest <= 0.5 + 1e-12 or np.count_nonzero(w.any(axis=0)) == 1:
        return ""
    return f"one child has {largest:.0%} of the weight, and decides alone wherever it is not tied"
