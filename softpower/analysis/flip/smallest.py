"""The smallest change of weights: of two units, to a rank, of neighbours in the ranking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from softpower.analysis.shared.admissible import by_id
from softpower.engine.exact.certificate import firm_change, rescored
from softpower.engine.exact.changes import Change, Norm
from softpower.engine.exact.extremes import change_to_rank, extreme_rank
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.pairs import furthest_ahead
from softpower.engine.exact.quotients import rising_rows, towards, turning_rows
from softpower.engine.exact.ranks import ExtremeRank
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.units import find_unit
from softpower.methods.model import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Flip:
    """The smallest change that does what is asked, or the weights that come nearest to it."""

    change: Change | None
    """The smallest change; ``None`` if none will do."""
    percent: dict[str, float] | None
    """Weights by id within the parent, under which it is so; ``None`` if there are none."""
    weights: Floats
    """The same in the whole, or those that come nearest to what is asked (k)."""
    ranks: Floats
    """The ranks under these weights, in the order of the form's units."""
    scores: Floats
    best: ExtremeRank | None = None
    """The best rank that is found or proven, where no weights lead to the rank that is asked."""

    @property
    def proven(self) -> bool:
        """Whether no smaller change will do, or none at all."""
        return self.change is None or self.change.bound >= self.change.size - 1e-6


def position(form: WeightForm, name: str) -> int:
    """Return the position of a unit among those of the form.

    Raises
    ------
    UsageError
        If it is not known or not ranked.
    """
    ranking = form.batch.ranking
    unit = find_unit(ranking.units, name)
    try:
        return form.units.index(unit)
    except ValueError:
        why = ranking.unranked.get(unit.id)
        raise UsageError(
            f"{unit.name} is not ranked{f': it {why}' if why else ''}.", mend="Name another."
        ) from None


def smallest_above(run: Run, form: WeightForm, unit: int, other: int, norm: Norm) -> Flip:
    """Return the smallest change that puts a unit above another.

    Raises
    ------
    UsageError
        If both are the same.
    """
    if unit == other:
        raise UsageError(f"{form.units[unit].name} is compared with itself.", mend="Name two.")
    rows = turning_rows(form, unit, other, norm)
    found = None
    if rows is not None:
        found = firm_change(form, rows, norm, lambda new: bool(new[unit] < new[other]))
    if found is None or found[1] is None:
        nearest = furthest_ahead(form.region, towards(form, unit, other))
        return _rescored(run, form, None if found is None else found[0], None, nearest)
    return _rescored(run, form, *found)


def smallest_to_rank(
    run: Run, form: WeightForm, unit: int, rank: int, norm: Norm, seconds: float
) -> Flip:
    """Return the smallest change that puts a unit at a rank, or a better one.

    Raises
    ------
    UsageError
        If it is there already, or sums of squares are asked for where they are not found.
    """
    ranks = form.batch.nominal.ranks
    if ranks[unit] <= rank:
        raise UsageError(
            f"{form.units[unit].name} is at rank {ranks[unit]:g} already.",
            mend=f"Ask for a better one than {ranks[unit]:g}.",
        )
    if norm == "squares" and (rank > 1 or not form.linear):
        raise UsageError(
            "The least sum of squares is found for two countries, or for the first rank where none "
            "lacks figures that others have.",
            mend="Leave `squares` out, or name two countries.",
        )
    change = change_to_rank(form, unit, rank, seconds)
    if change is None or not np.isfinite(change.size):
        best = extreme_rank(form, unit, "best", seconds)
        if change is None or best.rank > rank:
            excluded = change is None or best.bound > rank
            nearest = _rescored(run, form, None if excluded else change, None, best.weights)
            return replace(nearest, best=best)
        size = float(np.abs(best.weights - form.region.nominal).sum())
        change = change._replace(weights=best.weights, size=size)
    kept = rising_rows(form, unit, change.weights)
    found = firm_change(form, kept, norm, lambda new: bool(new[unit] <= rank))
    if found is None or found[1] is None:
        return _rescored(run, form, change, None, change.weights)
    least = found[0]
    if norm == "sum":
        least = change if least.size > change.size - 1e-6 else least._replace(bound=change.bound)
    return _rescored(run, form, least, found[1])


def _rescored(
    run: Run,
    form: WeightForm,
    change: Change | None,
    percent: dict[str, Floats] | None,
    weights: Floats | None = None,
) -> Flip:
    """Return a flip with the ranks under its weights, which ``score`` gives anew."""
    if percent is None:
        assert weights is not None  # noqa: S101
        local = {name: each[None, :] for name, each in form.region.local(weights).items()}
        scores = form.batch.scores(local)
        return Flip(change, None, weights, form.batch.ranks(scores, local)[0], scores[0])
    assert run.setup is not None  # noqa: S101
    own = {block.pillar: block.own for block in form.region.root.blocks()}
    local = {**own, **{name: each / each.sum() for name, each in percent.items()}}
    ranking, rows = rescored(run.setup, form.batch.ranking, local), form.batch.scored
    return Flip(
        change,
        by_id(form, percent),
        form.region.effective(local),
        ranking.ranks[rows],
        ranking.scores[rows],
    )


Adjacent = tuple[int, int, Change | None, dict[str, float] | None]
"""Two neighbours, and the change that turns their order with its weights, if any does."""


def smallest_between(
    form: WeightForm, pairs: list[tuple[int, int]], norm: Norm
) -> Iterator[Adjacent]:
    """Yield each pair with the smallest change that turns it, and weights that do."""
    for first, second in pairs:
        rows = turning_rows(form, second, first, norm)

        def turned(new: Floats, one: int = first, two: int = second) -> bool:
            return bool(new[two] < new[one])

        found = None
        if rows is not None and rows.any():
            found = firm_change(form, rows, norm, turned)
        if found is None or found[1] is None:
            yield first, second, None, None
        else:
            yield first, second, found[0], by_id(form, found[1])
