"""What changed for a country between two editions, or between two runs."""

from __future__ import annotations

import numpy as np

from softpower.analysis.explain.attribution import (
    EditionAttribution,
    EditionPair,
    attribute_movement,
    row_of,
)
from softpower.analysis.explain.decomposition import decompose
from softpower.analysis.explain.rivals import entries_table, overtaking_table, tally
from softpower.analysis.explain.then_and_now import indicators_then_and_now, pillars_then_and_now
from softpower.analysis.shared.charts import bars_of
from softpower.analysis.shared.formatting import (
    cell,
    digits_for,
    enumerated,
    rank_cell,
    rank_kind,
    score_digits,
    titled,
    unit_noun,
    unlike_published,
)
from softpower.analysis.shared.lists import Listed, by_one_rule, refuse_same_but_for_ties
from softpower.analysis.shared.selection import find_listed
from softpower.answer import Answer, Cell, Column, Table
from softpower.charts import Line, RankChart
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.units import Unit, find_unit

NEAR = 6
"""So many ranks above and below the way of a unit others are drawn."""


def editions(first: Run, second: Run, country: str) -> Answer:
    """Return what changed for one country from one run to another, and what each change did.

    Raises
    ------
    SoftpowerError
        If the country is not in both, the two runs are the same, or a method refuses figures.
    """
    asked = (first, second)
    (first, second), notes = by_one_rule(asked)
    refuse_same_but_for_ties(first, second, notes)
    then, now = first.score(), second.score()
    lists = (Listed.of(first, then), Listed.of(second, now))
    unit = _shared(first, second, then, now, country)
    rows = (row_of(then, unit.id), row_of(now, unit.id))
    comparable = first.index.declared.publisher == second.index.declared.publisher
    tables = [_standing((first, second), (then, now), rows, lists, comparable)]
    notes += [*_published(first, second), *unlike_published(first, second)]
    ranked = not np.isnan(then.ranks[rows[0]] + now.ranks[rows[1]])
    if ranked:
        tables.append(tally(then, now, unit.id, lists))
        notes += [
            f"{len(each.ranks)} of {each.size_in_words} ranks in {run.name} are known: who "
            "passed it, or was passed, without a known rank is not told."
            for run, each in zip((first, second), lists, strict=True)
            if not each.complete
        ]
    else:
        complete = all(each.complete for each in lists)
        lacks = "is not ranked in both" if complete else "has no known rank in one of the two"
        notes.insert(0, f"{unit.name} {lacks}, so that nothing can be attributed.")
    if not comparable:
        notes.append("The two have scores on different scales, so that no change is given.")
    if first.setup is None or second.setup is None:
        notes.append(
            "What moved it cannot be said: the figures behind "
            f"{' and '.join(r.name for r in (first, second) if r.setup is None)} are not known."
        )
    elif ranked:
        tables += _computed(first, second, (then, now), unit, notes)
    if ranked:
        tables += [
            overtaking_table(second, then, now, unit.id),
            entries_table(second, then, now, unit.id, lists),
        ]
    return Answer(
        title=f"{unit.name} from {titled(first)} to {titled(second)}",
        tables=tuple(table for table in tables if table.rows),
        charts=(
            *([_places((first, second), (then, now), unit)] if ranked else []),
            *(
                bars_of(table, "what", "places", axis="Places gained")
                for table in tables
                if table.name == "movement"
            ),
        ),
        notes=tuple(dict.fromkeys(notes)),
        provenance={
            **asked[0].provenance(),
            "country": unit.id,
            "second": asked[1].provenance(),
        },
    )


def _places(runs: tuple[Run, Run], rankings: tuple[Ranking, Ranking], unit: Unit) -> RankChart:
    """Return the ranks of the unit in both runs, among those near its way from one to the other."""
    then, now = rankings
    later = dict(zip((other.id for other in now.units), now.ranks, strict=True))
    held = {
        each: (float(rank), float(later.get(each.id, np.nan)))
        for each, rank in zip(then.units, then.ranks, strict=True)
    }
    (own,) = (ranks for each, ranks in held.items() if each.id == unit.id)
    lines = [
        Line(each.name, ranks, chosen=each.id == unit.id)
        for each, ranks in held.items()
        if not np.isnan(sum(ranks))
        and any(min(own) - NEAR <= rank <= max(own) + NEAR for rank in ranks)
    ]
    lines.sort(key=lambda line: line.places[0] or 0)
    title = f"{unit.name} from {titled(runs[0])} to {titled(runs[1])}"
    return RankChart("places", title, tuple(run.name for run in runs), tuple(lines))


def _shared(first: Run, second: Run, then: Ranking, now: Ranking, country: str) -> Unit:
    """Return the unit that is meant, if both runs have it and are not the same."""
    if first.index.hash == second.index.hash and first.patch == second.patch:
        raise UsageError("The two runs are the same.", mend="Name another edition or variant.")
    try:
        unit = find_unit(then.units, country)
    except UsageError:
        unit = find_unit(now.units, country)
    for run, ranking in ((first, then), (second, now)):
        if unit.id not in {known.id for known in ranking.units}:
            if not Listed.of(run, ranking).complete:
                find_listed(ranking.units, unit.name, run, ranking)
            nouns = unit_noun(run, plural=True)
            raise UsageError(
                f"{unit.name} is not among the {len(ranking.units)} {nouns} of {run.name}.",
                mend="Name one that both have.",
            )
    return unit


def _published(*runs: Run) -> list[str]:
    """Return what a reader must know of runs that are only published."""
    notes = []
    for run in runs:
        published = run.index.published
        if run.setup is not None or published is None:
            continue
        notes.append(f"{run.name} is as published, not recomputed. {published.note}".strip())
    return notes


def _standing(
    runs: tuple[Run, Run],
    rankings: tuple[Ranking, Ranking],
    rows: tuple[int, int],
    lists: tuple[Listed, Listed],
    known: bool,
) -> Table:
    """Return rank and score under either run, and how both changed."""
    ranks = [ranking.ranks[row] for ranking, row in zip(rankings, rows, strict=True)]
    scores = [ranking.scores[row] for ranking, row in zip(rankings, rows, strict=True)]
    digits = max(score_digits(r, k.scores) for r, k in zip(runs, rankings, strict=True))
    columns = (
        Column("run", "Run", whole=True),
        Column("title", "Edition", detail=True),
        Column("rank", "Rank", rank_kind(np.array(ranks))),
        Column("of", "Of", "text" if any(each.open_ended for each in lists) else "integer"),
        Column("movement", "Move", "movement"),
        Column("score", "Score", "number", digits),
        Column("change", "Change", "change", digits),
    )
    moved = (rank_cell(ranks[0] - ranks[1]), cell(scores[1] - scores[0]) if known else None)
    cells: list[tuple[Cell, ...]] = []
    for at, run in enumerate(runs):
        size = lists[at].size_in_words if lists[at].open_ended else lists[at].size
        change = moved if at else (None, None)
        cells.append(
            (
                run.in_a_word,
                titled(run),
                rank_cell(ranks[at]),
                size,
                change[0],
                cell(scores[at]),
                change[1],
            )
        )
    return Table("standing", "", columns, tuple(cells))


def _computed(
    first: Run, second: Run, rankings: tuple[Ranking, Ranking], unit: Unit, notes: list[str]
) -> list[Table]:
    """Return what moved a unit between two runs that are both computed."""
    assert first.setup is not None and second.setup is not None  # noqa: S101, PT018
    known = (decompose(first, rankings[0]), decompose(second, rankings[1]))
    shared = [name for name in known[0].ids if name in known[1].ids]
    if not shared:
        notes.append(
            f"{first.name} and {second.name} have no indicator in common, so that no change can be "
            f"attributed. Their rankings: softpower compare {first.name} {second.name}"
        )
        return []
    lost, new = ([i for i in k.ids if i not in shared] for k in known)
    if lost:
        notes.append(f"Only in {first.name}: {enumerated(lost)}.")
    if new:
        notes.append(f"Only in {second.name}: {enumerated(new)}.")
    moved = attribute_movement(EditionPair(first.setup, second.setup, unit.id))
    if moved is None:
        notes.append(
            f"Nothing is attributed: {unit.name} is not ranked, or a method refuses the figures, "
            "when only some of the changes are made."
        )
    else:
        notes.append(
            "Attributed exactly: Shapley values over every mixture of the two; rows sum "
            "to the change of score and to the places gained."
        )
        if first.index.hash == second.index.hash:
            notes.append(
                "The two are runs of one index. Choice by choice: softpower compare "
                f'{first.name} {second.name} --why "{unit.name}"'
            )
    tables = [] if moved is None else [_movement(moved)]
    return [
        *tables,
        pillars_then_and_now(known, unit),
        indicators_then_and_now(known, unit, shared),
    ]


def _movement(moved: EditionAttribution) -> Table:
    digits = digits_for(moved.scores)
    columns = (
        Column("what", "What changed"),
        Column("score", "Points", "change", digits),
        Column("places", "Places", "change", 2),
        Column("score_first", "Points, if first", "change", digits, detail=True),
        Column("places_first", "Places, if first", "change", 0, detail=True),
        Column("score_last", "Points, if last", "change", digits, detail=True),
        Column("places_last", "Places, if last", "change", 0, detail=True),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            moved.title(at),
            float(moved.scores[at]),
            float(moved.places[at]),
            *(float(value) for value in moved.alone[at]),
            *(float(value) for value in moved.last[at]),
        )
        for at in range(len(moved.players))
    ]
    return Table("movement", "What each change did", columns, tuple(rows))
