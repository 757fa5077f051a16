"""Which single choice moves a country most? One choice made otherwise at a time."""

from __future__ import annotations

import numpy as np

from softpower.analysis.compare.choices import NOT_TRIED
from softpower.analysis.compare.each_tables import of_all, of_units
from softpower.analysis.compare.each_words import notes_on, told
from softpower.analysis.compare.effects import Effects, effects_of
from softpower.analysis.compare.extremes import extremes_of
from softpower.analysis.shared.formatting import scope, titled
from softpower.analysis.shared.selection import Selection
from softpower.answer import Answer, Table
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.units import find_unit

STEP = 10.0
"""By how many percentage points weights are moved, unless another step is asked for."""


def each_choice(run: Run, step: float = STEP, selection: Selection | None = None) -> Answer:
    """Return what every single choice does to the countries that are asked for, or to all.

    For countries that are named there is a row for each choice, from the places gained to the
    places lost; ``top`` keeps those that move most. Else there is a row for each country, with its
    most and its least favourable choice. For those that are named the best and the worst of all
    choices are told, and what all weights within the step can reach at most, which is proven.

    Parameters
    ----------
    run
        A run that is computed.
    step
        By how many percentage points of its parent a weight is moved.
    selection
        Which countries are looked at.

    Raises
    ------
    SoftpowerError
        If the run is only published or cannot be scored, the step is not between 0 and 100, or a
        country is not known or not ranked.
    """
    if run.setup is None:
        raise UsageError(
            f"{run.index.id} is published, not computed: it has no choices to make otherwise."
        )
    if not 0 < step <= 100:
        raise UsageError(
            f"`step` is {step:g} percentage points.", mend="Give a number above 0, up to 100."
        )
    selection = selection or Selection()
    effects = effects_of(run, step)
    ranking = effects.ranking
    selection.refuse_unranked(ranking)
    order = [i for i in ranking.order() if not np.isnan(ranking.ranks[i])]
    named = [find_unit(ranking.units, text) for text in selection.countries]
    single = bool(named) and not selection.groups
    rows = (
        [ranking.units.index(unit) for unit in dict.fromkeys(named)]
        if single
        else selection.among(ranking.units, order)
    )
    asked = len(effects.choices) + len(effects.refused)
    title = f"{titled(run)}: one choice at a time"
    title += scope(len(effects.choices), asked, "choices")
    if single:
        table, chart = of_units(effects, rows, selection.top, title)
    else:
        table, chart = of_all(effects, rows, title)
    extremes, proofs = extremes_of(effects, rows, step) if single else ((), {})
    kept = selection.top if single else None
    notes = told(effects, step, kept, single=single)
    table = Table(table.name, title, table.columns, table.rows, notes)
    remarks = selection.remarks(ranking.units, len(table.rows))
    return Answer(
        title=title,
        tables=(table, *extremes),
        charts=(chart,) if chart.labels else (),
        notes=(*notes_on(effects, rows, single=single), *remarks),
        whole_notes=(*notes_on(effects, rows, single=single, whole=True), *remarks),
        provenance={**run.provenance(), "each": _record(effects, step) | proofs},
        complete=not effects.missed(),
    )


def _record(effects: Effects, step: float) -> dict[str, object]:
    """Return what was tried, for each choice what `load` is given beside the run."""
    return {
        "step": step,
        "choices": {choice.label: dict(choice.changes) for choice in effects.choices},
        "refused": {choice.label: choice.refusal for choice in effects.refused},
        "not_tried": dict(NOT_TRIED),
    }
