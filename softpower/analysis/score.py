"""What is the ranking? The table of ranks and scores, and how it moved against another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from softpower.analysis.score_charts import charts_of
from softpower.analysis.score_table import ranking_table, same_scale
from softpower.analysis.shared.classes import classes_of, without_classes
from softpower.analysis.shared.confidence import tiers_of
from softpower.analysis.shared.formatting import (
    enumerated,
    rank_cell,
    titled,
    unit_noun,
    unlike_published,
)
from softpower.analysis.shared.lists import Listed, by_one_rule, is_same
from softpower.analysis.shared.selection import Selection, find_listed
from softpower.analysis.shared.size import stages_needed, untold
from softpower.analysis.shared.steady import steady_pairs
from softpower.analysis.stages import own_weights, stage_tables, weight_table
from softpower.answer import Answer, Table
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import UsageError

STEPS_NOTED = {
    "coverage": "Known by zeros alone, as no list of the pillar names the {unit}",
    "denominate": "No denominator",
    "treat": "Treated as outliers",
    "impute": "About what was imputed",
    "normalise": "Normalised with a remark",
    "missing": "Missing values",
}
"""What the notes of a step are headed with, which are told together; ``unit`` is what is ranked."""

PILLARS_NOTED = {"weight": "Weights of", "aggregate": "Aggregation of"}
"""Steps of which every note is told by itself and whole, and what it is headed with."""


@dataclass(frozen=True, slots=True)
class RankingView(Selection):
    """Which part of a ranking is looked at."""

    pillars: bool = False
    stages: bool = False
    weights: bool = False
    tiers: bool = False
    map: str | None = None
    """What a map of the world shows: ``scores`` or ``ranks``."""


def score(
    run: Run,
    view: RankingView = RankingView(),
    against: Run | None = None,
    *,
    tell: Callable[[str], None] = untold,
) -> Answer:
    """Return the ranking of a run, as far as the view goes, with movement against another run.

    ``tell`` is told beforehand if this may take much memory.

    Raises
    ------
    SoftpowerError
        If a country or group of the view is not known, or a method refuses the figures.
    """
    asked = (run, against) if against is not None else (run,)
    (run, *others), remarks = by_one_rule(asked)
    against = next(iter(others), None)
    if view.stages and run.setup is not None:
        shape = run.setup.figures.values.shape
        if warning := stages_needed(*shape):
            tell(warning)
    ranking = run.score()
    rows = _rows(run, ranking, view)
    previous = against.score() if against is not None else None
    beyond = _beyond(run, ranking, rows, view)
    steady = steady_pairs(run, ranking)
    more = (
        *beyond,
        *remarks,
        *(() if beyond else view.remarks(ranking.units, len(rows))),
        *([steady] if steady else []),
    )
    tiered = tiers_of(run) if view.tiers else None
    table = ranking_table(run, ranking, rows, against, previous, tiered, pillars=view.pillars)
    if tiered is not None:
        more = (*more, *tiered.notes)
    more = (*more, *without_classes(run, classes_of(run)))
    charts = charts_of(
        run,
        ranking,
        rows,
        table,
        pillars=view.pillars,
        mapped=view.map,
        against=against,
        previous=previous,
        named=[
            ranking.units.index(find_listed(ranking.units, text, run, ranking))
            for text in view.countries
        ],
    )
    provenance = asked[0].provenance()
    provenance["notes"] = [str(note) for note in ranking.notes]
    provenance["unranked"] = dict(ranking.unranked)
    if against is not None:
        provenance["against"] = asked[-1].provenance()
    return Answer(
        title=table.title,
        tables=(
            table,
            *(stage_tables(run, ranking) if view.stages else ()),
            *(_weights(run, ranking, rows, view) if view.weights else ()),
        ),
        charts=charts,
        notes=(*_notes(run, ranking, against, previous), *more),
        whole_notes=(*_notes(run, ranking, against, previous, whole=True), *more),
        provenance=provenance,
        complete=not beyond,
    )


def _rows(run: Run, ranking: Ranking, view: RankingView) -> list[int]:
    """Return the rows that the view shows, best first."""
    for text in view.countries:
        find_listed(ranking.units, text, run, ranking)
    order = list(ranking.order())
    if view.top is not None:
        order = [i for i in order if not np.isnan(ranking.ranks[i])]
    return view.among(ranking.units, order)


def _weights(run: Run, ranking: Ranking, rows: list[int], view: RankingView) -> Iterator[Table]:
    """Yield the weights, and those of each unit's own if there are such."""
    if run.setup is None:
        raise UsageError(
            f"{run.index.id} has no known weights: it is published, not computed.",
            mend="Leave `weights` out.",
        )
    if not view.stages:
        yield weight_table(ranking)
    if ranking.individual:
        yield own_weights(run, ranking, rows)


FEW = 2
"""So many notes of a kind are told in full; where there are more, `Answer.whole_notes` does."""


def _stopped(text: str) -> str:
    """Return a note with a full stop at its end."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _of_steps(ranking: Ranking, unit: str, *, whole: bool) -> list[str]:
    """Return what each step noted: of more than a few nodes together, only how many these are."""
    notes = [_stopped(note.text) for note in ranking.notes if not note.subject]
    for step in dict.fromkeys(note.step for note in ranking.notes if note.subject):
        found = [note for note in ranking.notes if note.step == step and note.subject]
        if step in PILLARS_NOTED:
            head = PILLARS_NOTED[step]
            notes += [_stopped(f"{head} {note.subject}: {note.text}") for note in found]
            continue
        about = [f"{n.subject} ({n.text if whole else n.brief or n.text})" for n in found]
        if not whole and len(found) > FEW:
            about = [f"{len({note.subject for note in found})} indicators"]
        head = STEPS_NOTED.get(step, step).format(unit=unit)
        notes.append(f"{head}: {enumerated(about, len(about))}.")
    return notes


def _beyond(run: Run, ranking: Ranking, rows: list[int], view: RankingView) -> list[str]:
    """Return a note if the first rows of a partial list are not its first places, or not all."""
    whole = Listed.of(run, ranking)
    if view.top is None or view.countries or view.groups or whole.complete:
        return []
    shown = ranking.ranks[rows]
    asked, known = min(view.top, whole.size), int(np.count_nonzero(shown <= view.top))
    if known >= asked:
        return []
    last = float(np.max(shown, initial=0.0))
    beyond = f"; the rows go on to rank {rank_cell(last)} of {whole.size_in_words}"
    return [f"{known} of the first {asked} places are known{beyond if last > view.top else ''}."]


def _notes(
    run: Run,
    ranking: Ranking,
    against: Run | None,
    previous: Ranking | None,
    *,
    whole: bool = False,
) -> tuple[str, ...]:
    notes = [*unlike_published(run), *_of_steps(ranking, unit_noun(run), whole=whole)]
    if run.setup is not None and ranking.unranked:
        left = [unit for unit in ranking.units if unit.id in ranking.unranked]
        nouns = unit_noun(run, plural=True)
        told = enumerated([unit.name for unit in left], 3)
        if whole or len(left) <= FEW:
            why = [f"{unit.name} ({ranking.unranked[unit.id]})" for unit in left]
            told = enumerated(why, len(why))
        notes.append(f"{len(left)} of {len(ranking.units)} {nouns} not ranked: {told}.")
    if against is not None and previous is not None:
        lists = [Listed.of(run, ranking), Listed.of(against, previous)]
        common = len(lists[0].ranks.keys() & lists[1].ranks.keys())
        nouns = unit_noun(run, plural=True)
        here, there = (each.size_in_words for each in lists)
        sizes = f"{here} {nouns}" if here == there else f"{here} {nouns} here, {there} there"
        notes.append(
            f"Movement is against {against.name} ({titled(against)}): {common} {nouns} are ranked "
            f"in both, and each keeps its rank in the whole of its own list ({sizes})."
        )
        if is_same(run, against):
            notes.append("Both are the same: no figure or choice differs, so that nobody moves.")
        if not same_scale(run, against):
            notes.append("The two have scores on different scales, so that no change is given.")
        if against.index.published is not None and against.setup is None:
            partial = against.index.published.partial
            if partial:
                notes.append(f"{against.name} is {partial}.")
    return tuple(notes)
