"""Which comparisons of units hold for all admissible weights, and how firmly the others do."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from softpower.engine.exact.averages import wins
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.pairs import contamination, least_lead
from softpower.engine.exact.unlike import lead_signs, seen_below
from softpower.methods.model import Floats, Mask
from softpower.methods.poset import PartialOrder
from softpower.watch import Watch, unwatched

FIRM = 0.25
"""Pairs that hold until so much of the belief is in other weights are counted apart."""


@dataclass(frozen=True, eq=False)
class Relations:
    """What holds between the units that are asked about, in the order of the ranking (n)."""

    form: WeightForm
    units: list[int]
    """Positions among the units of the form."""
    order: PartialOrder
    """Who is above whom under all admissible weights."""
    always: Mask
    """Who is nowhere below whom (n x n)."""
    firmness: Floats
    """How far one may believe in other weights before the pair turns (n x n)."""
    wins: Floats | None
    """Under what share of all weights one is above another (n x n)."""
    open: int = 0
    """Of how many comparisons it is not proven whether they hold; they count as not holding."""


def relations(
    form: WeightForm, units: list[int], watch: Watch = unwatched, what: str = "units"
) -> Relations:
    """Return what holds between some units of a form, which ``watch`` counts as ``what``."""
    if form.linear:
        leads = (least_lead(form, unit, units) for unit in units)
        margins = np.stack(list(watch(len(units), leads, what)))
        firmness = contamination(form, units, margins)
    else:
        below = seen_below(form, units)
        signs = (lead_signs(form, unit, units, below[at]) for at, unit in enumerate(units))
        margins = np.stack(list(watch(len(units), signs, what)))
        firmness = np.full(margins.shape, np.nan)
    always = margins >= 0
    return Relations(
        form,
        units,
        PartialOrder(always & ~always.T),
        always,
        firmness,
        wins(form, units),
        int(np.isnan(margins).sum()),
    )
