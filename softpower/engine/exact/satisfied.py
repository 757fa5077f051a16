"""The weights under which as many inequalities as possible hold, proven to be as many."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from softpower.engine.exact.budget import Budget
from softpower.engine.exact.conflicts import cliques, exclusive
from softpower.engine.exact.region import Region
from softpower.engine.exact.solver import Program, Solution
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]

APART = 1e-9
"""A form is above zero if it is larger than this share of its range."""

CLOSE = 1e-11
"""It is zero if it is no further below than this share."""

FINE = (1e-12, 1e-6)
"""Parts of a form that are such a share of its largest can turn it by weights that the solver takes
for none: what it excludes then is not proven. Smaller ones are noise of rounding."""

LEAST_SHARE = 0.01
"""A form that can be below zero by less than this share of its range is measured by that share."""


class Rows(NamedTuple):
    """Inequalities ``forms w >= 0``, or ``> 0`` where strict."""

    forms: Floats
    """Rows x k."""
    strict: Mask
    worth: Floats
    """How much each counts (rows)."""


class Satisfied(NamedTuple):
    """As much as can hold at once."""

    weights: Floats
    """Under which it does (k)."""
    worth: float
    """How much holds under them."""
    most: float
    """No weights satisfy more; the same number unless the search ended early."""


def most_satisfied(region: Region, rows: Rows, budget: Budget) -> Satisfied:
    """Return weights of a region under which the inequalities that hold are worth the most.

    What holds for all weights, or for none, is told by bounds first, and which two rows exclude
    each other by the vertices of the region. The rest is a mixed-integer program, in which a row
    may be broken by no more than its own range (a tight big-M, so that the tolerance of the solver
    is one of shares of it). What it claims to hold at once is tried by a linear program without
    whole numbers; if that refutes it, those rows that cannot hold together (those of a dual value
    above zero) are excluded, and it is solved again. Rows that weights next to zero decide (`FINE`)
    count as held in what is proven; whether they hold is only tried.

    Parameters
    ----------
    region
        The admissible weights.
    rows
        The inequalities.
    budget
        Once it is spent, what has been found and proven by then is returned.

    Notes
    -----
    Source: Codato & Fischetti (2006), Operations Research 54:756-766 (combinatorial Benders
    cuts); Amaldi, Pfetsch & Trotter (2003), Mathematical Programming 95:533-554 (maximum feasible
    subsystems); Kadzinski, Greco & Slowinski (2012), Omega 40:488-503 (extreme ranks).
    """
    search = _Search(region, rows)
    return search.run(budget)


class _Search:
    def __init__(self, region: Region, rows: Rows) -> None:
        self.region = region
        low, high = region.least(rows.forms), -region.least(-rows.forms)
        range_ = np.maximum(high, -low)
        noise = APART * np.maximum(range_, np.abs(rows.forms).max(axis=1, initial=0.0))
        never = np.where(rows.strict, high <= noise, high < -noise)
        always = ~never & np.where(rows.strict, low > noise, low >= -CLOSE * noise / APART)
        self.sure = float(rows.worth[always].sum())
        open_ = ~never & ~always
        self.forms, self.strict, self.worth = self._merged(
            rows.forms[open_] / np.maximum(-low, LEAST_SHARE * range_)[open_, None],
            rows.strict[open_],
            rows.worth[open_],
        )
        self.cuts: list[list[int]] = []
        self.exclusive = cliques(exclusive(region, self.forms))
        parts = np.abs(self.forms) / np.abs(self.forms).max(axis=1, keepdims=True, initial=0.0)
        self.fine = ((parts > FINE[0]) & (parts < FINE[1])).any(axis=1)
        self.start = self._start()
        most = -1.0 if self.start is None else self.sure + float(self.worth.sum())
        self.best = Satisfied(region.inside, -1.0, most)

    def _start(self) -> Floats | None:
        """Return some weights of the region, if it has any."""
        if self.region.sides is None:
            return self.region.inside
        found = Program(self.region).least()
        return None if found is None else found.weights

    @staticmethod
    def _merged(forms: Floats, strict: Mask, worth: Floats) -> tuple[Floats, Mask, Floats]:
        """Return every row once, with the worth of all that are the same."""
        keys = np.column_stack([forms, strict])
        _, first, inverse = np.unique(keys, axis=0, return_index=True, return_inverse=True)
        merged = np.zeros(len(first))
        np.add.at(merged, inverse.ravel(), worth)
        return forms[first], strict[first], merged

    def run(self, budget: Budget) -> Satisfied:
        """Search until the best is proven, or the budget is spent."""
        if self.start is not None:
            self._try(self.start)
        if self.fine.any():
            self._without_fine(budget)
            self._once(budget)
            return self.best
        while self.best.worth < self.best.most - 1e-9 and not budget.spent:
            if not self._once(budget):
                break
        return self.best

    def _once(self, budget: Budget) -> bool:
        """Solve the program once and try what it finds; return whether another may lead further."""
        found, bound = self._program().least_whole(budget)
        if not self.fine.any():
            most = min(self.best.most, self.sure + self._whole(-bound))
            self.best = self.best._replace(most=max(most, self.best.worth))
        if found is None:
            return False
        claimed = np.flatnonzero(found.extra > 0.5)
        held = self._together(claimed)
        if held is not None:
            self._try(held.weights)
        elif self.region.holds(found.weights):
            self._try(found.weights)
        if held is not None and not self._holds(held.weights)[claimed].all():
            return False  # they hold with equality only, and no number of a machine is exact enough
        if self.best.worth > self.best.most:  # the solver's bound was none
            self.best = self.best._replace(most=self.sure + float(self.worth.sum()))
            return False
        return True

    def _without_fine(self, budget: Budget) -> None:
        """Search as if every row held that weights next to zero decide: no more is possible."""
        plain = ~self.fine
        rows = Rows(self.forms[plain], self.strict[plain], self.worth[plain])
        found = most_satisfied(self.region, rows, budget)
        self._try(found.weights)
        most = self.sure + found.most + float(self.worth[self.fine].sum())
        self.best = self.best._replace(most=max(min(self.best.most, most), self.best.worth))

    def _whole(self, worth: float) -> float:
        """Return the largest sum of worths that a bound allows: all are multiples of the least."""
        if not self.worth.size or not np.isfinite(worth):
            return float(self.worth.sum())
        step = 0.5 if (self.worth % 1).any() else 1.0
        return float(np.floor(worth / step + 1e-6) * step)

    def _program(self) -> Program:
        count = len(self.forms)
        program = Program(self.region, count)
        program.aim[self.region.size :] = -self.worth
        program.whole[:] = 1.0
        program.bounds[self.region.size :, 1] = 1.0
        program.add(np.hstack([self.forms, -np.eye(count)]), -1.0)
        most = [
            *((cut, len(cut) - 1.0) for cut in self.cuts),
            *((each, 1.0) for each in self.exclusive),
        ]
        sums = np.zeros((len(most), program.size))
        for row, (members, _) in zip(sums, most, strict=True):
            row[self.region.size + np.array(members)] = -1.0
        program.add(sums, -np.array([side for _, side in most]))
        return program

    def _together(self, claimed: Places) -> Solution | None:
        """Return weights under which rows hold at once by the widest margin, if there are any.

        If there are none, those that cannot hold together are excluded from now on: the ones of a
        dual value above zero. At first all are asked to be strict, so that no rounding tips them.
        """
        strict = self.strict[claimed]
        found = self._widest(claimed, np.ones(len(claimed)))
        if found is None or found.extra[0] > APART:
            return found
        duals = found.duals
        if not strict.all():
            found = self._widest(claimed, strict.astype(np.float64))
            if found is not None and found.extra[0] > APART:
                return found
            duals = duals if found is None else found.duals
        against = claimed[duals > CLOSE]
        self.cuts.append(list(against if len(against) else claimed))
        return None

    def _widest(self, claimed: Places, margins: Floats) -> Solution | None:
        """Return weights under which rows with a margin are above zero by as much as possible."""
        program = Program(self.region, 1)
        program.aim[-1] = -1.0
        program.bounds[-1] = -1.0, 1.0
        program.add(np.column_stack([self.forms[claimed], -margins]), 0.0)
        return program.least()

    def _holds(self, weights: Floats) -> Mask:
        value = self.forms @ weights
        return np.asarray(np.where(self.strict, value > APART, value >= -CLOSE))

    def _try(self, weights: Floats) -> None:
        """Keep weights if more holds under them than under any before."""
        worth = self.sure + float(self.worth[self._holds(weights)].sum())
        if worth > self.best.worth:
            self.best = self.best._replace(weights=weights, worth=worth)
