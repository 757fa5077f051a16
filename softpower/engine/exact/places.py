"""By how many places can one unit be ahead of another, and which change makes it so many?"""

from __future__ import annotations

import numpy as np

from softpower.engine.exact.budget import Budget
from softpower.engine.exact.changes import Change, change_to_hold
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.ranks import counted_above, denied
from softpower.engine.exact.satisfied import Rows, most_satisfied


def most_places(form: WeightForm, first: int, second: int, nodes: float) -> tuple[float, float]:
    """Return by how many places one unit is ahead of another at most, as found and as proven.

    Formula: what adds to the rank of the second, and what keeps from adding to that of the first,
    counted together: each is a linear inequality.

    Parameters
    ----------
    form
        The ranking as a function of the weights.
    first, second
        Positions among its units.
    nodes
        After so many nodes of programs the best proof by then is returned.
    """
    rows, less = _lead(form, first, second)
    found = most_satisfied(form.region, rows, Budget(nodes=nodes))
    return found.worth - less, found.most - less


def change_to_lead(
    form: WeightForm, first: int, second: int, places: float, nodes: float
) -> Change | None:
    """Return the smallest change of weights under which one unit is so many places ahead."""
    rows, less = _lead(form, first, second)
    return change_to_hold(form.region, rows, places + less, Budget(nodes=nodes))


def _lead(form: WeightForm, first: int, second: int) -> tuple[Rows, float]:
    """Return inequalities whose worth, less a number, is the lead in places; and the number."""
    ties, count = form.batch.methodology.ties, len(form.units)
    behind = counted_above(ties, count, second)
    kept = denied(counted_above(ties, count, first))
    forms = [
        form.comparisons(second)[behind.of],
        -form.comparisons(first)[kept.of],
    ]
    rows = Rows(
        np.concatenate(forms),
        np.concatenate([behind.strict, kept.strict]),
        np.concatenate([behind.worth, kept.worth]),
    )
    return rows, float(kept.worth.sum())
