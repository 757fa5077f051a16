"""What holds for every pair of units under all admissible weights, and who can be first."""

from __future__ import annotations

import numpy as np

from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.region import Region
from softpower.engine.exact.solver import Program, Solution
from softpower.methods.model import Floats


def least_of(region: Region, forms: Floats) -> Floats:
    """Return the least that each of some linear forms is over a region (rows).

    By the fractional knapsack where weights are bounded only, by linear programs where they are
    compared with each other.
    """
    if not region.compared:
        return region.least(forms)
    found = np.empty(len(forms))
    for at, form in enumerate(forms):
        program = Program(region)
        program.aim[:] = form
        solved = program.least()
        assert solved is not None  # noqa: S101  a region is never empty
        found[at] = solved.value
    return found


def least_margins(form: WeightForm) -> Floats:
    """Return the least by which each unit is ahead of each other under any weights (units x units).

    Unit ``i`` is above unit ``j`` for all admissible weights where the margin ``[i, j]`` is above
    zero, and for none where ``[j, i]`` is: necessary and possible preference.

    Source: Greco, Mousseau & Slowinski (2008), European J. of Operational Research 191:416-436.
    """
    return np.stack(
        [least_of(form.region, -form.comparisons(unit)) for unit in range(len(form.units))]
    )


def widest_lead(form: WeightForm, unit: int) -> Solution:
    """Return the weights under which a unit is ahead of all others by as much as possible.

    The value of the solution is minus that lead; without one the unit is nowhere first.

    Source: the linear program of potential optimality, Hazen (1986), Operations Research 34.
    """
    program = Program(form.region, 1)
    program.aim[-1] = -1.0
    program.bounds[-1] = -np.inf, np.inf
    ahead = np.delete(-form.comparisons(unit), unit, axis=0)
    program.add(np.column_stack([ahead, -np.ones(len(ahead))]), 0.0)
    found = program.least()
    assert found is not None  # noqa: S101  a lead may be as far below zero as it likes
    return found


def furthest_ahead(region: Region, form: Floats) -> Floats:
    """Return the weights under which a linear form (k) is largest."""
    program = Program(region)
    program.aim[:] = -form
    found = program.least()
    assert found is not None  # noqa: S101  a region is never empty
    return found.weights
