"""A partial order: who is above whom for certain, its tiers and its diagram, and average ranks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from softpower.methods.model import Floats, Mask

MOST_EXACT = 12
"""All orders of so many units are counted; beyond, they are approximated."""


def dominance(values: Floats) -> Mask:
    """Return who is at least as good as whom in every column, and better in one (units x units).

    Such a pair keeps its order under any weights of the columns, and no other pair does.
    """
    size = 1e-12 * np.abs(values).max(axis=0, initial=0.0)
    behind = np.zeros((len(values), len(values)), dtype=bool)
    for column, least in zip(values.T, size, strict=True):
        behind |= column[:, None] < column - least
    return np.asarray(~behind & behind.T)


@dataclass(frozen=True, eq=False)
class PartialOrder:
    """Who is above whom for certain.

    Units that are level for certain are not told apart from those of which either may be above.
    """

    above: Mask
    """Whether the unit of the row is above that of the column (units x units), transitively."""

    @cached_property
    def open(self) -> Mask:
        """Whether either of two units may be above (units x units)."""
        found = ~(self.above | self.above.T)
        np.fill_diagonal(found, val=False)
        return found

    @cached_property
    def covers(self) -> Mask:
        """Whether one unit is next above another: the lines of a Hasse diagram."""
        steps = self.above.astype(np.float32)
        return np.asarray(self.above & (steps @ steps < 0.5))

    @cached_property
    def tiers(self) -> list[int]:
        """The tier of each unit, from 1: the longest chain of units that ends with it."""
        tier = np.ones(len(self.above), dtype=int)
        for unit in np.argsort(self.above.sum(axis=0), kind="stable"):
            tier[unit] = 1 + tier[self.above[:, unit]].max(initial=0)
        return [int(each) for each in tier]

    @property
    def exact(self) -> bool:
        """Whether all orders that agree with this one are counted."""
        return len(self.above) <= MOST_EXACT

    def average_ranks(self) -> Floats:
        """Return the mean rank of each unit over all orders that agree with this one (units).

        Exact for few units, otherwise by the extended local partial order model: ``n + 1 - |D| -
        sum of p / (p + q)`` over all units ``y`` that may be on either side, where ``D`` are the
        unit and those below it, and ``p`` and ``q`` count those of them, and of the unit and those
        above it, on either side of which ``y`` may be.

        Source: Brüggemann & Carlsen (2011), MATCH Commun. Math. Comput. Chem. 65:383-414, as
        pyhasse.lpom (LPOMext) computes it.
        """
        n = len(self.above)
        if self.exact:
            return np.asarray(1 + self.mutual().sum(axis=0))
        either = self.open.astype(float)
        own = np.eye(n)
        down, up = self.above + own, self.above.T + own
        below, beyond = down @ either, up @ either
        with np.errstate(invalid="ignore"):
            share = np.where(self.open, below / (below + beyond), 0.0)
        return np.asarray(n + 1 - down.sum(axis=1) - share.sum(axis=1))

    def mutual(self) -> Floats:
        """Return in what share of all agreeing orders one unit is above another (units x units).

        Exact for few units; otherwise ``q / (q + q')`` of two units of which either may be above,
        where ``q`` is the number of the unit and those below it by that of the unit and those
        above it.

        Source: Brüggemann, Lerche & Sørensen (2004), as pyhasse.lpom (LPOMbalance) computes it.
        """
        if self.exact:
            return self._counted()
        balance = (1.0 + self.above.sum(axis=1)) / (1.0 + self.above.sum(axis=0))
        share = balance[:, None] / (balance[:, None] + balance)
        return np.asarray(np.where(self.open, share, self.above.astype(float)))

    def _counted(self) -> Floats:
        """Return the shares by counting the orders through each set of those placed first."""
        n = len(self.above)
        bits = 1 << np.arange(n)
        before = [int(bits[self.above[:, unit]].sum()) for unit in range(n)]
        whole = (1 << n) - 1

        def next_in(placed: int) -> Iterator[int]:
            for unit in range(n):
                if not placed >> unit & 1 and before[unit] & ~placed == 0:
                    yield unit

        begun = {0: 1}
        for placed in range(whole):
            if placed in begun:
                for unit in next_in(placed):
                    more = placed | 1 << unit
                    begun[more] = begun.get(more, 0) + begun[placed]
        left = {whole: 1}
        for placed in sorted(begun, reverse=True)[1:]:
            left[placed] = sum(left[placed | 1 << unit] for unit in next_in(placed))
        shares = np.zeros((n, n))
        for placed, ways in begun.items():
            later = (placed & bits) == 0
            for unit in next_in(placed):
                orders = ways * left[placed | 1 << unit]
                shares[unit, later] += orders / begun[whole]
        np.fill_diagonal(shares, 0.0)
        return shares
