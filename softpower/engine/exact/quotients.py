"""Where units lack different figures: scores are quotients, compared by way of their level.

Unit ``v`` is no lower than unit ``u``, which lies at a level from ``low`` to ``high``, only if it
is no lower than ``low``: a linear form again. So the levels are halved until what is possible
within each interval is no more than what has been found (branch and bound).
"""

from __future__ import annotations

from dataclasses import replace
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

import numpy as np

from softpower.engine.exact.budget import Budget
from softpower.engine.exact.changes import (
    Change,
    Norm,
    change_to_hold,
    needed_for,
    smallest_change,
)
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.ranks import Counted, End, ExtremeRank, counted_above
from softpower.engine.exact.region import Region
from softpower.engine.exact.satisfied import Rows, most_satisfied
from softpower.methods.model import Floats
from softpower.methods.ties import significant

NARROW = 1e-9
"""No interval of levels is halved below this share of the whole."""

LEAST_COUNTED = 1e-3
"""Proofs are of weights of which every unit has figures for so much: with less of them a unit would
be ranked by next to nothing, and with none not at all."""

NEAR = 1e-7
"""Changes that differ by less are the same."""


class Levels(NamedTuple):
    """Between which the score of a unit lies."""

    low: float
    high: float

    def halves(self, at: float) -> tuple[Levels, Levels]:
        """Return the intervals below and above a level, or below and above the middle."""
        span = self.high - self.low
        if not self.low + 0.05 * span < at < self.high - 0.05 * span:
            at = (self.low + self.high) / 2
        return Levels(self.low, at), Levels(at, self.high)


def levels_of(form: WeightForm, unit: int) -> Levels:
    """Return two levels between which the score of a unit lies, whatever the weights."""
    some = form.counted[unit] > 0
    ratios = form.values[unit, some] / form.counted[unit, some]
    return Levels(float(ratios.min()), float(ratios.max()))


def extreme_rank_of_quotients(form: WeightForm, unit: int, end: End, budget: Budget) -> ExtremeRank:
    """Return the best or the worst rank of a unit where scores are quotients."""
    return _Ranks(form, unit, end).extreme(budget)


def change_to_rank_of_quotients(
    form: WeightForm, unit: int, rank: float, budget: Budget, end: End = "best"
) -> Change | None:
    """Return the smallest change, in sum, that gives a unit a rank where scores are quotients."""
    return _Ranks(form, unit, end).change(rank, budget)


class _Ranks:
    def __init__(self, form: WeightForm, unit: int, end: End) -> None:
        self.form, self.unit, self.end = form, unit, end
        self.counts: Counted = counted_above(form.batch.methodology.ties, len(form.units), unit)
        self.sign = 1.0 if end == "worst" else -1.0
        self.strict = self.counts.strict if end == "worst" else ~self.counts.strict
        self.sides = np.unique(form.counted, axis=0) - LEAST_COUNTED
        self.alike = (form.counted == form.counted[unit]).all(axis=1)
        self.total = float(self.counts.worth.sum())

    def extreme(self, budget: Budget) -> ExtremeRank:
        """Halve intervals of levels, the most promising first, until the best is proven."""
        whole = levels_of(self.form, self.unit)
        best = self._held(self.form.region.inside), self.form.region.inside
        order = count()
        waiting: list[tuple[float, int, Levels]] = [(-self.total, next(order), whole)]
        while waiting and -waiting[0][0] > best[0] + 1e-9 and not budget.spent:
            _, _, levels = heappop(waiting)
            found = most_satisfied(*self._rows(levels), budget)
            held = self._held(found.weights)
            if held > best[0]:
                best = held, found.weights
            if levels.high - levels.low < NARROW * max(whole.high - whole.low, NARROW):
                heappush(waiting, (-found.most, next(order), levels))
                break
            level = float(self.form.scores(found.weights)[self.unit])
            for half in levels.halves(level):
                heappush(waiting, (-found.most, next(order), half))
        most = max(best[0], -waiting[0][0] if waiting else best[0])
        worst = self.end == "worst"
        rank, bound = (1 + x if worst else 1 + self.total - x for x in (best[0], most))
        return ExtremeRank(rank, bound, best[1])

    def _held(self, weights: Floats) -> float:
        """Return the worth of what holds under weights."""
        scores = significant(self.form.scores(weights), magnitude=np.abs(self.form.values).max())
        ahead = self.sign * (scores[self.counts.of] - scores[self.unit])
        held = np.where(self.strict, ahead > 0, ahead >= 0)
        return float(self.counts.worth[held].sum())

    def change(self, rank: float, budget: Budget) -> Change | None:
        """Return the smallest change that leads to a rank, as far as it is found by then."""
        aim = needed_for(rank, self.end, self.counts)
        best: Change | None = None
        whole, order = levels_of(self.form, self.unit), count()
        waiting: list[tuple[float, int, Levels]] = [(0.0, next(order), whole)]
        while waiting and (best is None or waiting[0][0] < best.size - NEAR):
            bound, _, levels = heappop(waiting)
            if budget.spent:
                heappush(waiting, (bound, next(order), levels))
                break
            found = change_to_hold(*self._rows(levels), aim, budget)
            if found is None or (best is not None and found.bound >= best.size - NEAR):
                continue
            level = float(self.form.scores(found.weights)[self.unit])
            for at in {level, (levels.low + levels.high) / 2}:
                exact = change_to_hold(*self._rows(Levels(at, at)), aim, budget)
                if exact is not None and (best is None or exact.size < best.size):
                    best = exact
            if levels.high - levels.low > NARROW * max(whole.high - whole.low, NARROW):
                for half in levels.halves(level):
                    heappush(waiting, (max(found.bound, bound), next(order), half))
        least = waiting[0][0] if waiting else np.inf
        if best is None:
            nowhere = Change(self.form.region.nominal, np.inf, least)
            return None if not waiting else nowhere
        return best._replace(bound=min(least + NEAR, best.size))

    def _rows(self, levels: Levels) -> tuple[Region, Rows]:
        """Return what must be so where the unit lies at some levels, and what may be.

        Unit ``v`` is above unit ``u`` at the level ``s`` where ``(v_v - v_u + s (c_u - c_v)) w`` is
        above zero, ``v`` and ``c`` being values and what is counted. That is no more than with the
        end of the levels for ``s`` that suits it, weight by weight: what is lacking by one of them
        only makes the difference.
        """
        form, of = self.form, self.counts.of
        apart = self.sign * (form.counted[self.unit] - form.counted)[of]
        most = apart * np.where(apart > 0, levels.high, levels.low)
        forms = self.sign * (form.values - form.values[self.unit])[of] + most
        same = self.alike[of]
        top, bottom = form.values[self.unit], form.counted[self.unit]
        sides = [top - levels.low * bottom, levels.high * bottom - top]
        region = replace(form.region, sides=np.concatenate([sides, self.sides]))
        return region, Rows(forms, self.strict & same, self.counts.worth)


def rising_rows(form: WeightForm, unit: int, weights: Floats) -> Floats:
    """Return rows that are not below zero while a unit keeps what it has under some weights.

    It stays above or level with all that it is not below: by their difference where that is linear,
    and elsewhere the unit at no less, the others at no more, than the level where it is.
    """
    counts = counted_above(form.batch.methodology.ties, len(form.units), unit)
    if form.linear:
        forms = -form.comparisons(unit)[counts.of]
        own = np.empty((0, form.region.size))
    else:
        level = float(form.scores(weights)[unit])
        forms = (level * form.counted - form.values)[counts.of]
        alike = (form.counted == form.counted[unit]).all(axis=1)[counts.of]
        forms[alike] = (form.values[unit] - form.values)[counts.of][alike]
        own = (form.values[unit] - level * form.counted[unit])[None, :]
    scale = np.abs(forms).max(axis=1)
    kept = forms[(scale > 0) & (forms @ weights >= -1e-7 * scale)]
    return np.concatenate([own, kept])


def turning_rows(form: WeightForm, above: int, below: int, norm: Norm) -> Floats | None:
    """Return rows that are no less than zero under the smallest change that turns a pair.

    Parameters
    ----------
    form
        The ranking as a function of the weights.
    above, below
        The unit that is to be above the other.
    norm
        How changes are measured.

    Returns
    -------
    array
        Rows x k; the difference of the two where it is linear, and elsewhere that the one is no
        lower, and the other no higher, than the level at which the change is smallest. ``None`` if
        there is no such level.
    """
    if _comparable(form, above, below):
        return (form.values[above] - form.values[below])[None, :]
    whole = _shared_levels(form, above, below)
    best: tuple[float, Floats | None] = np.inf, None
    order = count()
    waiting: list[tuple[float, int, Levels]] = [(0.0, next(order), whole)]
    while waiting and waiting[0][0] < best[0] - NEAR:
        _, _, levels = heappop(waiting)
        middle = (levels.low + levels.high) / 2
        least = smallest_change(form.region, _between(form, above, below, *levels), norm)
        if least is None or least.size >= best[0] - NEAR:
            continue
        exact = _between(form, above, below, middle, middle)
        found: Change | None = smallest_change(form.region, exact, norm)
        if found is not None and found.size < best[0]:
            best = found.size, exact
        if levels.high - levels.low > NARROW * max(whole.high - whole.low, NARROW):
            for half in levels.halves(middle):
                heappush(waiting, (least.size, next(order), half))
    return best[1]


def towards(form: WeightForm, above: int, below: int) -> Floats:
    """Return a linear form (k) that is the larger the better for one unit against another.

    It is their difference where that is linear.
    """
    if _comparable(form, above, below):
        return np.asarray(form.values[above] - form.values[below])
    return np.asarray(_between(form, above, below, *_shared_levels(form, above, below)).sum(axis=0))


def _comparable(form: WeightForm, one: int, other: int) -> bool:
    return bool((form.counted[one] == form.counted[other]).all())


def _shared_levels(form: WeightForm, above: int, below: int) -> Levels:
    one, other = levels_of(form, above), levels_of(form, below)
    return Levels(max(one.low, other.low), min(one.high, other.high))


def _between(form: WeightForm, above: int, below: int, low: float, high: float) -> Floats:
    """Return rows that say that one unit is at no less than a level, another at no more."""
    return np.array(
        [
            form.values[above] - low * form.counted[above],
            high * form.counted[below] - form.values[below],
        ]
    )
