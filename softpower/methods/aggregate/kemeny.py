"""The Condorcet-Kemeny-Young ranking: the order that contradicts the fewest votes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

import numpy as np
from pydantic import Field

from softpower.errors import MethodError
from softpower.methods.aggregate.consensus import EQUAL, Consensus, consensus
from softpower.methods.aggregate.votes import Voting, dictator, winner
from softpower.methods.model import Floats
from softpower.methods.ties import significant

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Group = NDArray[int64]

MOST_UNITS = 4_000
"""Tables of all pairs of more units would not fit into the memory of many machines."""

MOST_SHOWN = 3
"""How many pairs of places that could change are named."""


class Kemeny(Voting):
    """The order of the units that agrees best with how the children rank each pair of them.

    Formula: the order with the largest ``sum e_ab`` over the pairs with ``a`` before ``b``, where
    ``e_ab`` is the weight of the children that put ``a`` ahead of ``b``, with half of the weight of
    those that tie them; the score of a unit is the number of units behind it, and units that no
    pair tells apart share theirs. The order is exact: branch and cut over all pairs, with what is
    proven reported, and whether another order is as good (one of them is taken, whatever the order
    of the units). The same figures give the same bytes, unless time runs out.

    Assumes: that only who is ahead in each child matters, not by how much.

    Edge cases: If ``seconds`` run out, it is the best of a local search from the Borda order and of
    the solver, and the proven bound says how far it may be from the best. With ``gaps = "pairs"``
    the weights of each pair are divided by their sum over what both have, and a pair without
    anything in common is tied. It only ranks. Where one order alone is best, a better value never
    costs a unit the first place, but it may cost it one further down; leaving a unit out can
    reverse the order of two others.

    Source: Kemeny (1959), Daedalus 88:577-591; Young & Levenglick (1978), SIAM J. Applied
    Mathematics 35:285-300; OECD/JRC Handbook (2008), sec. 6.12, eq. 33; Conitzer, Davenport &
    Kalagnanam (2006), AAAI, for the constraints.
    """

    monotone: ClassVar[bool] = False
    top: ClassVar[bool] = True
    positional: ClassVar[tuple[str, ...]] = ("seconds",)
    method: Literal["kemeny"] = "kemeny"
    seconds: float = Field(60.0, gt=0, description="How long to look for the best order, at most.")

    def __call__(self, y: Floats, w: Floats) -> Floats:
        """Return how many units are behind each one in the best order."""
        return self.solved(y, w).behind()

    def remark(self, y: Floats, w: Floats) -> str:
        """Return what is proven of the order, whether one unit beats all, or one child decides."""
        if len(y) < 2:
            return ""
        found = self.solved(y, w)
        said = (found.proof(self.seconds), found.alternatives(), winner(self.votes(y, w)))
        return "; ".join(filter(None, (*said, dictator(w))))

    def solved(self, y: Floats, w: Floats) -> Solved:
        """Return the best order, with what is proven of it.

        Units that no pair tells apart are one, with as many votes as they are. They are put in an
        order of their own, so that it does not matter in which one they are listed.
        """
        if len(y) > MOST_UNITS:
            raise MethodError(
                f"The order of {len(y):,} units is a choice between {len(y) * (len(y) - 1) // 2:,} "
                f"pairs; the kemeny aggregation takes {MOST_UNITS:,} units.",
                mend="Set aggregate to borda or copeland.",
            )
        support = self.support(y, w)
        counts = w > 0
        keys = (*np.where(counts, y, 0.0).T, *counts.T, significant(support.sum(axis=1)))
        listed = np.lexsort(keys)[::-1]
        support = support[np.ix_(listed, listed)]
        _, first, alike = np.unique(support, axis=0, return_index=True, return_inverse=True)
        group = np.empty(len(y), dtype=np.int64)
        group[listed] = np.argsort(np.argsort(first))[alike.ravel()]
        one_of_each = np.sort(first)
        sizes = np.bincount(group)
        votes = support[np.ix_(one_of_each, one_of_each)] * np.outer(sizes, sizes)
        np.fill_diagonal(votes, 0.0)
        return Solved(group, sizes, votes, _searched(votes.tobytes(), sizes.size, self.seconds))


class Solved(NamedTuple):
    """The best order of units, those that no pair tells apart being a group."""

    group: Group
    """The number of the group of each unit."""
    sizes: Group
    """How many units each group has."""
    votes: Floats
    """The votes for each group (rows) against each other one (columns)."""
    consensus: Consensus
    """The order of the groups."""

    def behind(self) -> Floats:
        """Return how many units are behind each one."""
        order = np.array(self.consensus.order)
        behind = np.zeros(order.size)
        behind[order] = self.group.size - np.cumsum(self.sizes[order])
        return behind[self.group]

    def proof(self, seconds: float) -> str:
        """Return how many votes agree with the order, and whether more could."""
        n = self.group.size
        within = float(np.sum(self.sizes * (self.sizes - 1)) / 4)
        score, bound = self.consensus.score + within, self.consensus.bound + within
        said = f"{score:.10g} of {n * (n - 1) // 2} pairwise votes agree with the order"
        if self.consensus.proven:
            return f"{said}, proven to be the most possible"
        gap = (bound - score) / bound
        return (
            f"{said}, not proven to be the most within {seconds:g} seconds: no order has more than "
            f"{bound:.10g} (gap {gap:.2g})"
        )

    def alternatives(self) -> str:
        """Return whether another order has as many votes, as far as one move tells."""
        order = list(self.consensus.order)
        margin = (self.votes - self.votes.T)[np.ix_(order, order)]
        first = 1 + np.concatenate([[0], np.cumsum(self.sizes[order])])
        tied = np.flatnonzero(np.abs(np.diagonal(margin, 1)) <= EQUAL)
        if tied.size:
            places = [f"{first[at]} and {first[at + 1]}" for at in tied[:MOST_SHOWN]]
            more = f" and {tied.size - MOST_SHOWN} more" if tied.size > MOST_SHOWN else ""
            return f"other orders are as good: places {', '.join(places)}{more} could change"
        if any(_other_place(margin, at) for at in range(len(order))):
            return "other orders are as good: a unit could move past several others"
        return "to move any one unit would make it worse"


def _other_place(margin: Floats, at: int) -> bool:
    """Say whether moving one unit of an order past others costs nothing."""
    up, down = margin[:at, at][::-1], margin[at, at + 1 :]
    lost = np.concatenate([np.cumsum(up), np.cumsum(down)])
    return bool((np.abs(lost) <= EQUAL).any())


@lru_cache(maxsize=16)
def _searched(votes: bytes, size: int, seconds: float) -> Consensus:
    """Return the consensus of votes; kept, as an aggregation is asked for its remark as well."""
    return consensus(np.frombuffer(votes).reshape(size, size), seconds)
