"""Pairs of units that lack different figures: is one nowhere below the other?

Their scores are quotients, compared by way of the level of the first, as `quotients` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.pairs import LEVEL, least_of
from softpower.engine.exact.quotients import LEAST_COUNTED, Levels, levels_of
from softpower.engine.exact.solver import Program
from softpower.methods.model import Floats, Mask

DRAWS = 2_000
"""Under so many drawn weights it is seen first who is above whom somewhere."""

MOST_HALVES = 12
"""A pair is left open after so many linear programs."""


def seen_below(form: WeightForm, units: Sequence[int]) -> Mask:
    """Return which unit is below which other under some drawn weights (units x units)."""
    generator = np.random.default_rng(1)
    drawn = {
        block.pillar: block.polytope.sampled(generator.random((DRAWS, len(block.ids))))
        for block in form.region.root.blocks()
    }
    below = np.zeros((len(units), len(units)), dtype=bool)
    apart = LEVEL * np.abs(form.values).max(initial=0.0)
    for draw in range(DRAWS):
        weights = form.region.effective({name: each[draw] for name, each in drawn.items()})
        if (form.counted @ weights >= LEAST_COUNTED).all():
            scores = form.scores(weights)[units]
            below |= scores[:, None] < scores - apart
    return below


def lead_signs(form: WeightForm, unit: int, others: Sequence[int], below: Mask) -> Floats:
    """Return 1 for each other that a unit is nowhere below, -1 if it is, NaN if that stays open.

    Parameters
    ----------
    form
        The ranking as a function of the weights.
    unit, others
        Positions among its units.
    below
        Below which of them it has been seen already (others).
    """
    found = np.full(len(others), -1.0)
    alike = (form.counted[others] == form.counted[unit]).all(axis=1)
    for at in np.flatnonzero(~below):
        other = others[int(at)]
        if alike[at]:
            ahead = form.values[[unit]] - form.values[[other]]
            least = LEVEL * np.abs(form.values).max(initial=0.0)
            found[at] = 1.0 if least_of(form.region, ahead)[0] >= -least else -1.0
        else:
            found[at] = _sign(form, unit, other)
    return found


def _sign(form: WeightForm, unit: int, other: int) -> float:
    """Return 1 if a unit is nowhere below another, -1 if it is, NaN if that stays open."""
    noise = LEVEL * np.abs(form.values).max(initial=0.0)
    lacks = form.counted[unit] - form.counted[other]
    patterns = np.unique(form.counted, axis=0) - LEAST_COUNTED
    waiting = [levels_of(form, unit)]
    for _ in range(MOST_HALVES):
        if not waiting:
            return 1.0
        levels = waiting.pop()
        above = form.values[other] - form.values[unit]
        above = above + lacks * np.where(lacks > 0, levels.high, levels.low)
        if form.region.least(-above[None, :])[0] >= -noise:
            continue
        weights = _furthest(form, unit, levels, above, patterns)
        if weights is None or above @ weights <= noise:
            continue
        scores = form.scores(weights)
        if scores[other] > scores[unit] + noise:
            return -1.0
        waiting += levels.halves(float(scores[unit]))
    return np.nan


def _furthest(
    form: WeightForm, unit: int, levels: Levels, above: Floats, patterns: Floats
) -> Floats | None:
    """Return the weights under which a form is largest while a unit lies at some levels."""
    top, bottom = form.values[unit], form.counted[unit]
    sides = [top - levels.low * bottom, levels.high * bottom - top]
    program = Program(replace(form.region, sides=np.concatenate([sides, patterns])))
    program.aim[:] = -above
    found = program.least()
    return None if found is None else found.weights
