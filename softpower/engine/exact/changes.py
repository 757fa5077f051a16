"""The smallest change of weights that turns an order: in sum (L1) or in squares (L2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from softpower.engine.exact.budget import Budget
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.ranks import Counted, End, counted_above
from softpower.engine.exact.region import Region
from softpower.engine.exact.satisfied import APART, LEAST_SHARE, Rows
from softpower.engine.exact.solver import Program, cleaned
from softpower.errors import UsageError
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]

Norm = Literal["sum", "squares"]

TINY = 1e-12
"""What counts as zero among numbers of the order of one."""


class Change(NamedTuple):
    """Weights that are as near to the run's own as some inequalities allow."""

    weights: Floats
    """In the whole (k)."""
    size: float
    """The sum of all changes, or the root of the sum of their squares."""
    bound: float
    """No smaller change will do; the same number unless the search ended early."""


def smallest_change(
    region: Region, forms: Floats, norm: Norm = "sum", margins: Floats | float = 0.0
) -> Change | None:
    """Return the smallest change of weights under which ``forms w >= margins``, if any will do.

    The sum of changes is least by a linear program, that of squares by a least distance problem
    (non-negative least squares).

    Source: Lawson & Hanson (1974), Solving Least Squares Problems, ch. 23; Triantaphyllou &
    Sanchez (1997), Decision Sciences 28:151-194, on the most critical weight.
    """
    found = _nearest_in_sum(region, forms, margins)
    if found is None or norm == "sum":
        return found
    return _nearest_in_squares(region, forms, margins)


def _nearest_in_sum(region: Region, forms: Floats, margins: Floats | float) -> Change | None:
    k = region.size
    program = Program(region, k)
    _measure(program, at=k)
    program.add(np.hstack([forms, np.zeros((len(forms), k))]), margins)
    found = program.least()
    if found is None:
        return None
    return Change(found.weights, found.value, found.value)


def _measure(program: Program, at: int) -> None:
    """Let further variables from a column on be no smaller than the changes, and add them up."""
    k, own = program.region.size, program.region.nominal
    eye, size = np.eye(k), np.zeros((k, program.size))
    size[:, at : at + k] = eye
    weight = np.zeros((k, program.size))
    weight[:, :k] = eye
    program.add(size - weight, -own)
    program.add(size + weight, own)
    program.aim[at : at + k] = 1.0


def _nearest_in_squares(region: Region, forms: Floats, margins: Floats | float) -> Change | None:
    if len(region.mixed):
        raise UsageError(
            "The least sum of squares is not found among mixtures of weights.",
            mend="Leave `squares` out.",
        )
    own, k = region.nominal, region.size
    fixed = np.concatenate([np.ones((1, k)), region.equal])
    _, sizes, vectors = np.linalg.svd(fixed)
    moves = vectors[np.count_nonzero(sizes > TINY) :].T
    eye = np.eye(k)
    sides = np.concatenate([forms, region.at_least, eye, -eye])
    limits = np.concatenate(
        [
            np.broadcast_to(margins, len(forms)),
            np.zeros(len(region.at_least)),
            region.bounds[:, 0],
            -region.bounds[:, 1],
        ]
    )
    found = least_distance(sides @ moves, limits - sides @ own)
    if found is None:
        return None
    weights = cleaned(own + moves @ found)
    size = float(np.linalg.norm(weights - own))
    return Change(weights, size, size)


def least_distance(sides: Floats, limits: Floats) -> Floats | None:
    """Return the shortest ``z`` for which ``sides z >= limits``, if there is any.

    Source: Lawson & Hanson (1974), Solving Least Squares Problems, ch. 23 (problem LDP).
    """
    from scipy.optimize import nnls

    system = np.vstack([sides.T, limits])
    aim = np.append(np.zeros(sides.shape[1]), 1.0)
    residual = system @ nnls(system, aim, maxiter=100 * len(sides))[0] - aim
    if abs(residual[-1]) < TINY:
        return None
    return np.asarray(-residual[:-1] / residual[-1])


def change_to_rank_of_sums(
    form: WeightForm, unit: int, rank: float, budget: Budget, end: End = "best"
) -> Change | None:
    """Return the smallest change of weights, in sum, that gives a unit a rank or a better one.

    With ``end="worst"`` it is a rank or a worse one.

    A mixed-integer program chooses whom the unit must not be below; what it chooses is solved
    again without whole numbers.
    """
    counts = counted_above(form.batch.methodology.ties, len(form.units), unit)
    ahead = form.comparisons(unit)[counts.of]
    strict = counts.strict if end == "worst" else ~counts.strict
    rows = Rows(ahead if end == "worst" else -ahead, strict, counts.worth)
    return change_to_hold(form.region, rows, needed_for(rank, end, counts), budget)


def needed_for(rank: float, end: End, counts: Counted) -> float:
    """Return of how much worth inequalities must hold for a rank, or one further in a direction."""
    return rank - 1 if end == "worst" else float(counts.worth.sum()) - (rank - 1)


def change_to_hold(region: Region, rows: Rows, aim: float, budget: Budget) -> Change | None:
    """Return the smallest change of weights under which inequalities of some worth hold.

    Parameters
    ----------
    region
        The admissible weights.
    rows
        The inequalities.
    aim
        How much worth is asked for.
    budget
        The search ends once it is spent.
    """
    forms, strict, worth = rows
    low, high = region.least(forms), -region.least(-forms)
    noise = APART * np.maximum(np.abs(forms).max(axis=1, initial=0.0), TINY)
    keeps = np.where(strict, high > noise, high >= -noise)
    sure = keeps & np.where(strict, low > noise, low >= -noise / 100)
    needed = aim - float(worth[sure].sum())
    open_ = keeps & ~sure
    if needed <= TINY:
        return smallest_change(region, np.empty((0, region.size)))
    if worth[open_].sum() < needed - TINY:
        return None
    scale = np.maximum(-low, LEAST_SHARE * np.maximum(high, -low))[open_, None]
    choice = _Choice(region, forms[open_] / scale, strict[open_], worth[open_])
    return choice.smallest(needed, budget)


class _Choice:
    """Inequalities of which as many must hold as some worth asks for."""

    def __init__(self, region: Region, forms: Floats, strict: Mask, worth: Floats) -> None:
        self.region, self.forms, self.strict, self.worth = region, forms, strict, worth
        self.cuts: list[Places] = []

    def smallest(self, needed: float, budget: Budget) -> Change | None:
        best: Change | None = None
        while True:
            found, bound = self._program(needed).least_whole(budget)
            if found is None:
                return None if best is None and bound == np.inf else self._told(best, bound)
            claimed = np.flatnonzero(found.extra[self.region.size :] > 0.5)
            margins = np.where(self.strict[claimed], APART, 0.0)
            held = smallest_change(self.region, self.forms[claimed], "sum", margins)
            if held is not None and (best is None or held.size < best.size):
                best = held
            if held is not None and held.size <= bound + 1e-6:
                return held._replace(bound=held.size)
            if budget.spent:
                return self._told(best, bound)
            self.cuts.append(claimed)

    def _told(self, best: Change | None, bound: float) -> Change:
        if best is None:
            return Change(self.region.nominal, np.inf, max(bound, 0.0))
        return best._replace(bound=max(min(bound, best.size), 0.0))

    def _program(self, needed: float) -> Program:
        k, count = self.region.size, len(self.forms)
        program = Program(self.region, k + count)
        _measure(program, at=k)
        chosen = slice(2 * k, None)
        program.whole[k:] = 1.0
        program.bounds[chosen, 1] = 1.0
        held = np.hstack([self.forms, np.zeros((count, k)), -np.eye(count)])
        program.add(held, -1.0)
        enough = np.zeros((1, program.size))
        enough[0, chosen] = self.worth
        program.add(enough, needed)
        for cut in self.cuts:
            row = np.zeros((1, program.size))
            row[0, 2 * k + cut] = -1.0
            program.add(row, 1.0 - len(cut))
        return program
