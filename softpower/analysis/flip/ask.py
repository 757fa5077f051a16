"""How little would weights have to change for a country to be above another, or gain a rank?"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from softpower.analysis.flip.goal import Goal
from softpower.analysis.flip.smallest import (
    Flip,
    position,
    smallest_above,
    smallest_between,
    smallest_to_rank,
)
from softpower.analysis.flip.tables import adjacent_table, change_table, words
from softpower.analysis.shared.admissible import Admissible, counted_note, notes_on_weights
from softpower.analysis.shared.formatting import titled
from softpower.answer import Answer
from softpower.engine.exact.averages import is_score
from softpower.engine.exact.changes import Norm
from softpower.engine.exact.form import WeightForm
from softpower.engine.exact.pairs import LEVEL, widest_lead
from softpower.engine.run import Run
from softpower.watch import Watch, unwatched


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
    unit = position(form, goal.unit)
    if goal.above is not None:
        found = smallest_above(run, form, unit, position(form, goal.above), norm)
    else:
        found = smallest_to_rank(run, form, unit, goal.rank or 1, norm, seconds)
    other = None if goal.above is None else position(form, goal.above)
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


def _from_behind(form: WeightForm, goal: Goal) -> tuple[Goal, list[str]]:
    """Return a goal in which it is the unit behind that rises, and a note if that is turned."""
    if goal.above is None:
        return goal, []
    rising, ahead = (form.units[position(form, name)] for name in (goal.unit, goal.above))
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
    unit = form.units[position(form, goal.unit)].name
    if goal.above is not None:
        return f"what puts {unit} above {form.units[position(form, goal.above)].name}"
    return f"what puts {unit} {'first' if goal.rank == 1 else f'at rank {goal.rank} or better'}"


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
    found = list(watch(len(pairs), smallest_between(form, pairs, norm), "pairs"))
    title = f"{titled(run)}: what puts the next country above each"
    table = adjacent_table(run, form, found, title)
    apart = sum(each[2] is None for each in found)
    measure = "the sum of all changes" if norm == "sum" else "the root of the sum of their squares"
    notes = [f"{admissible.told(form)} may move; points are {measure}."]
    if apart:
        keep = "keeps its" if apart == 1 else "keep their"
        notes.append(f"{apart} of {len(found)} pairs {keep} order under all of them.")
    return Answer(
        title=title,
        tables=(table,),
        notes=tuple(notes),
        provenance={**run.provenance(), "flip": {**admissible.record(), "norm": norm, "all": True}},
    )
