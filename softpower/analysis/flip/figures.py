"""How little would figures of a country have to change, alone or together, for it to rise?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from softpower.analysis.flip.alone import Improvement, improvements
from softpower.analysis.flip.combination import Combination, cheapest_combination
from softpower.analysis.flip.figure_tables import (
    combined,
    measured_by,
    sentence,
    singles,
    size_in_words,
)
from softpower.analysis.flip.goal import Goal
from softpower.analysis.flip.trial import Trial
from softpower.analysis.flip.ways import Cost, ways_of
from softpower.analysis.shared.formatting import titled
from softpower.answer import Answer, Cell, facts
from softpower.engine.exact.changes import Norm
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.watch import Watch, unwatched


def flip_figures(
    run: Run,
    goal: Goal,
    *,
    cost: Cost = "spread",
    norm: Norm = "sum",
    watch: Watch = unwatched,
) -> Answer:
    """Return the cheapest changes of figures by which a country rises: together, and each alone.

    Figures are tried by scoring the run anew, up to the best figure of all units: what nobody has
    achieved is not asked for. So what is told is so under any methodology; that nothing is cheaper
    is proven where scores are a concave function of the figures, and those of others stay.

    Parameters
    ----------
    run
        The run whose figures change.
    goal
        Who is to rise, and how far.
    cost
        What a change is measured by: see `ways_of`.
    norm
        Whether the sum of all parts is to be least, or that of their squares.
    watch
        Hands on what is found for each indicator.

    Raises
    ------
    UsageError
        If a country is not known or not ranked, what is asked is so already, or there is nothing
        to measure changes by.
    """
    if run.setup is None:
        raise UsageError(f"{run.index.id} is published, not computed: it has no figures.")
    trial = Trial(run.setup, goal)
    ways = ways_of(trial, cost)
    found = list(watch(len(ways), improvements(trial, ways), "figures"))
    together = cheapest_combination(trial, ways, norm)
    title = f"{titled(run)}: which figures put {trial.unit.name} {trial.aim}"
    enough = sorted((each for each in found if each.needed is not None), key=lambda e: e.cost)
    before = trial.ranking[trial.unit.id]
    total, known = len(run.setup.framework.indicators()), len(trial.indicators())
    items: list[tuple[str, Cell]] = [
        ("In words", sentence(trial, together)),
        (trial.unit.name, f"rank {before.rank:g}, score {before.score:.5g}"),
        *_after(trial, together, cost),
        ("Enough alone", f"{len(enough)} of {known} figures"),
        ("Missing figures", str(total - known) if total > known else None),
        ("Measured by", measured_by(trial, cost)),
    ]
    return Answer(
        title=title,
        tables=(
            combined(together, cost, title),
            facts("settings", "In words", items),
            singles(enough, cost),
        ),
        notes=tuple(_notes(trial, cost, together, known - len(ways))),
        provenance={**run.provenance(), "flip": _record(goal, cost, norm, together, enough)},
        holds=together is not None,
        complete=together is None or together.proven,
    )


def _after(trial: Trial, together: Combination | None, cost: Cost) -> list[tuple[str, Cell]]:
    if together is None:
        return []
    again = trial.scored(together.figures)
    assert again is not None  # noqa: S101
    then = again[trial.unit.id]
    return [
        ("Then", f"rank {then.rank:g}, score {then.score:.5g}"),
        ("Cheapest" if together.proven else "Found", size_in_words(together, cost)),
    ]


def _notes(trial: Trial, cost: Cost, together: Combination | None, fixed: int) -> list[str]:
    notes = ["Figures change up to the best of all, and the whole index is scored anew."]
    if fixed:
        stay = "1 figure stays: it is" if fixed == 1 else f"{fixed} figures stay: they are"
        notes.append(f"{stay} the best of all, or nothing measures a change.")
    if cost == "spread":
        past = 'To measure by what others achieved since earlier years, take `cost="achieved"`.'
        none = "The index has no figures of other years, to measure by what others achieved then."
        notes.append(past if trial.setup.figures.history.rows else none)
    if together is not None and not together.proven:
        why = together.doubt or f"nothing that costs less than {together.bound:.4g} is enough"
        notes.append(f"Not proven to be the cheapest: {why}.")
    return notes


def _record(
    goal: Goal,
    cost: Cost,
    norm: Norm,
    together: Combination | None,
    enough: Sequence[Improvement],
) -> dict[str, Any]:
    return {
        "unit": goal.unit,
        "above": goal.above,
        "rank": goal.rank,
        "cost": cost,
        "norm": norm,
        "together": None
        if together is None
        else {
            "figures": together.figures,
            "size": together.size,
            "bound": together.bound,
        },
        "figures": {each.way.indicator.id: each.needed for each in enough},
    }
