"""What holds for every pair of units under all admissible weights, and who can be first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.region import Region
from softpower.engine.exact.solver import Program, Solution
from softpower.methods.model import Floats

LEVEL = 1e-12
"""A lead of less than this share of the largest value is none."""


def least_of(region: Region, forms: Floats) -> Floats:
    """Return the least that each of some linear forms is over a region (rows).

    Without a solver where `Region.closed`, by linear programs elsewhere.
    """
    if region.closed:
        return region.least(forms)
    found = np.empty(len(forms))
    for at, form in enumerate(forms):
        program = Program(region)
        program.aim[:] = form
        solved = program.least()
        assert solved is not None  # noqa: S101  a region is never empty
        found[at] = solved.value
    return found


def least_lead(form: WeightForm, unit: int, others: Sequence[int]) -> Floats:
    """Return the least by which a unit is ahead of others under any admissible weights (others).

    Without a solver where the region has few vertices; 0 for the unit itself. A unit is
    above another for all admissible weights where its least lead is above zero, and for none where
    that of the other is: necessary and possible preference.

    Source: Greco, Mousseau & Slowinski (2008), European J. of Operational Research 191:416-436.
    """
    ahead = -form.comparisons(unit)[others]
    size = np.abs(form.values).max(initial=0.0)
    found = least_of(form.region, ahead)
    return np.asarray(np.where(np.abs(found) <= LEVEL * size, 0.0, found))


def contamination(form: WeightForm, units: Sequence[int], margins: Floats) -> Floats:
    """Return how far one may believe in other weights before each pair turns (units x units).

    Formula: ``r = A / (A + B)``, ``A`` the difference under the run's own weights, ``B`` the
    largest reversal under admissible ones: that in one dimension where all are. It is 1 where
    nothing turns the pair, and NaN where the unit of the row is not ahead under the run's own.

    Source: Foster, McGillivray & Seth (2013), Econometric Reviews 32:35-56 (epsilon
    contamination).

    Parameters
    ----------
    form
        The ranking as a function of the weights.
    units
        Positions among its units.
    margins
        The least by which each of these is ahead of each other (`least_lead`).
    """
    nominal = form.values[units] @ form.region.nominal
    ahead, reversal = nominal[:, None] - nominal, np.maximum(-margins, 0.0)
    least = LEVEL * np.abs(form.values).max(initial=0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(ahead > least, ahead / (ahead + reversal), np.nan))


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
