"""What adds to the rank of a unit, and its ends where scores are linear in the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from softpower.engine.exact.budget import Budget
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.satisfied import Rows, most_satisfied
from softpower.methods.model import Floats, Mask
from softpower.methods.ties import Ties

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Places = NDArray[int64]

End = Literal["best", "worst"]


class ExtremeRank(NamedTuple):
    """A rank at the end of what is attainable."""

    rank: float
    """The rank under the weights."""
    bound: float
    """No weights lead further; the same rank unless the search ended early."""
    weights: Floats
    """In the whole (k)."""
    spent: bool = False
    """Whether the search ended early because its budget was spent. What is not proven though it
    was not, hangs on weights so near to zero that the solver takes them for none."""

    @property
    def proven(self) -> bool:
        """Whether no weights lead further than these."""
        return self.rank == self.bound


def extreme_rank_of_sums(form: WeightForm, unit: int, end: End, budget: Budget) -> ExtremeRank:
    """Return the best or the worst rank of a unit where scores are linear."""
    ahead = form.comparisons(unit)
    counts = counted_above(form.batch.methodology.ties, len(ahead), unit)
    rows = counts if end == "worst" else denied(counts)
    signed = ahead if end == "worst" else -ahead
    forms = signed[counts.of]
    found = most_satisfied(form.region, Rows(forms, rows.strict, rows.worth), budget)
    total = float(counts.worth.sum())
    if end == "worst":
        return ExtremeRank(1 + found.worth, 1 + found.most, found.weights)
    return ExtremeRank(1 + total - found.worth, 1 + total - found.most, found.weights)


class Counted(NamedTuple):
    """What adds to the rank of a unit: others that are above it, or level with it."""

    of: Places
    """The position of the other unit (rows)."""
    strict: Mask
    """Whether it counts only if it is above, and not if it is level."""
    worth: Floats


def counted_above(ties: Ties, count: int, unit: int) -> Counted:
    """Return what adds to the rank of a unit under a rule on ties."""
    others = np.delete(np.arange(count), unit)
    ones = np.ones(len(others))
    strict = {
        "competition": np.ones(len(others), dtype=bool),
        "modified": np.zeros(len(others), dtype=bool),
        "ordinal": others > unit,
    }
    if ties == "average":
        both = np.repeat([True, False], len(others))
        return Counted(np.tile(others, 2), both, np.full(2 * len(others), 0.5))
    return Counted(others, strict[ties], ones)


def denied(counts: Counted) -> Counted:
    """Return the inequalities that keep from counting, the other way round."""
    return counts._replace(strict=~counts.strict)
