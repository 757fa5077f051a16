"""How little would weights have to change for a country to be above another, or gain a rank?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from softpower.analysis.flip.goal import Goal
from softpower.analysis.flip.tables import adjacent_table, change_table, words
from softpower.analysis.shared.admissible import Admissible, by_id, counted_note, notes_on_weights
from softpower.analysis.shared.formatting import titled
from softpower.analysis.shared.variation import Watch, unwatched
from softpower.answer import Answer
from softpower.engine.exact.averages import is_score
from softpower.engine.exact.certificate import firm_change, rescored
from softpower.engine.exact.changes import Change, Norm
from softpower.engine.exact.extremes import change_to_rank, extreme_rank
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.pairs import LEVEL, furthest_ahead, widest_lead
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


def flip(
    run: Run,
    admissible: Admissible,
    goal: Goal,
    *,
    norm: Norm = "sum",
    seconds: float,
) -> Answer:
    """Return the smallest change of weights that puts a country above another, or at a rank.

    Parameters
    ----------
    run
        The run whose weights move.
    admissible
        Which of them, and how far.
    goal
        Who is to rise, and how far.
    norm
        Whether the sum of changes is to be least or that of their squares.
    seconds
        How long is searched for the change that leads to a rank.

    Raises
    ------
    UsageError
        If a country is not known or not ranked, or what is asked is so already.
    MethodError
        If the ranks of this methodology cannot be solved for.
    """
    form = admissible.form(run)
    goal, turned = _from_behind(form, goal)
    unit = _position(form, goal.unit)
    if goal.above is not None:
        found = _above(run, form, unit, _position(form, goal.above), norm)
    else:
        found = _at_rank(run, form, unit, goal.rank or 1, norm, seconds)
    other = None if goal.above is None else _position(form, goal.above)
    told = words(form, found, (unit, other, goal.rank), norm)
    title = f"{titled(run)}: {_asked(form, goal)}"
    notes = [] if found.proven else [_unproven(found, seconds)]
    behind = _always_behind(form, unit, goal, found)
    if behind is not None:
        name, points = form.units[unit].name, f"{behind:.3g} point{'s' * (behind != 1)}"
        notes.append(f"{name} is {points} or more behind the first under all of them.")
    record = _record(admissible, goal, norm, found, seconds)
    return Answer(
        title=title,
        tables=(change_table(form, found, title), told),
        notes=(*turned, *notes, *counted_note(form), *notes_on_weights(form)),
        provenance={**run.provenance(), "flip": {**record, "behind": behind}},
        holds=found.percent is not None,
        complete=found.proven,
    )


def _always_behind(form: WeightForm, unit: int, goal: Goal, found: Flip) -> float | None:
    """Return by how many points a unit that no weights put first is behind at the least."""
    if goal.rank != 1 or found.change is not None or not (form.linear and is_score(form)):
        return None
    behind = widest_lead(form, unit).value
    return behind if behind > LEVEL * np.abs(form.values).max() else None


def _position(form: WeightForm, name: str) -> int:
    ranking = form.batch.ranking
    unit = find_unit(ranking.units, name)
    try:
        return form.units.index(unit)
    except ValueError:
        why = ranking.unranked.get(unit.id)
        raise UsageError(
            f"{unit.name} is not ranked{f': it {why}' if why else ''}.", mend="Name another."
        ) from None


def _from_behind(form: WeightForm, goal: Goal) -> tuple[Goal, list[str]]:
    """Return a goal in which it is the unit behind that rises, and a note if that is turned."""
    if goal.above is None:
        return goal, []
    rising, ahead = (form.units[_position(form, name)] for name in (goal.unit, goal.above))
    ranks = form.batch.nominal.ranks
    now, then = (ranks[form.units.index(unit)] for unit in (rising, ahead))
    if now >= then:
        return goal, []
    note = (
        f"{rising.name} is above {ahead.name} already (rank {now:g} and {then:g}): this is what "
        f"puts {ahead.name} above {rising.name}."
    )
    return Goal(goal.above, above=goal.unit), [note]


def _asked(form: WeightForm, goal: Goal) -> str:
    unit = form.units[_position(form, goal.unit)].name
    if goal.above is not None:
        return f"what puts {unit} above {form.units[_position(form, goal.above)].name}"
    return f"what puts {unit} {'first' if goal.rank == 1 else f'at rank {goal.rank} or better'}"


def _above(run: Run, form: WeightForm, unit: int, other: int, norm: Norm) -> Flip:
    if unit == other:
        raise UsageError(f"{form.units[unit].name} is compared with itself.", mend="Name two.")
    rows = turning_rows(form, unit, other, norm)
    found = None
    if rows is not None:
        found = firm_change(form, rows, norm, lambda new: bool(new[unit] < new[other]))
    if found is None or found[1] is None:
        nearest = furthest_ahead(form.region, towards(form, unit, other))
        return _told(run, form, None if found is None else found[0], None, nearest)
    return _told(run, form, *found)


def _at_rank(run: Run, form: WeightForm, unit: int, rank: int, norm: Norm, seconds: float) -> Flip:
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
            nearest = _told(run, form, None if excluded else change, None, best.weights)
            return replace(nearest, best=best)
        size = float(np.abs(best.weights - form.region.nominal).sum())
        change = change._replace(weights=best.weights, size=size)
    kept = rising_rows(form, unit, change.weights)
    found = firm_change(form, kept, norm, lambda new: bool(new[unit] <= rank))
    if found is None or found[1] is None:
        return _told(run, form, change, None, change.weights)
    least = found[0]
    if norm == "sum":
        least = change if least.size > change.size - 1e-6 else least._replace(bound=change.bound)
    return _told(run, form, least, found[1])


def _told(
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


def _unproven(found: Flip, seconds: float) -> str:
    assert found.change is not None  # noqa: S101
    if not np.isfinite(found.change.size):
        return f"Neither found nor excluded within {seconds:g} seconds. Take more with `seconds`."
    return (
        f"Not proven within {seconds:g} seconds to be the smallest: no change of less than "
        f"{100 * found.change.bound:.2f} points will do. Take more with `seconds`."
    )


def _record(
    admissible: Admissible, goal: Goal, norm: Norm, found: Flip, seconds: float
) -> dict[str, Any]:
    return {
        **admissible.record(),
        "unit": goal.unit,
        "above": goal.above,
        "rank": goal.rank,
        "norm": norm,
        "seconds": seconds,
        "size": found.change.size if found.change and np.isfinite(found.change.size) else None,
        "weights": found.percent,
    }


def flip_all(
    run: Run, admissible: Admissible, *, norm: Norm = "sum", watch: Watch = unwatched
) -> Answer:
    """Return for each country how little puts the next one in the ranking above it.

    Raises
    ------
    UsageError
        If what is stated of the weights cannot be.
    MethodError
        If the ranks of this methodology cannot be solved for.
    """
    form = admissible.form(run)
    at = {int(row): position for position, row in enumerate(form.batch.scored)}
    order = [at[row] for row in form.batch.ranking.order() if row in at]
    pairs = list(pairwise(order))
    found = list(watch(len(pairs), _adjacent(form, pairs, norm), "pairs"))
    title = f"{titled(run)}: what puts the next country above each"
    table = adjacent_table(run, form, found, title)
    apart = sum(each[2] is None for each in found)
    measure = "the sum of all changes" if norm == "sum" else "the root of the sum of their squares"
    notes = [f"{admissible.told(form)} may move; points are {measure}."]
    if apart:
        notes.append(f"{apart} of {len(found)} pairs keep their order under all of them.")
    return Answer(
        title=title,
        tables=(table,),
        notes=tuple(notes),
        provenance={**run.provenance(), "flip": {**admissible.record(), "norm": norm, "all": True}},
    )


Adjacent = tuple[int, int, Change | None, dict[str, float] | None]


def _adjacent(form: WeightForm, pairs: list[tuple[int, int]], norm: Norm) -> Iterator[Adjacent]:
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
