"""Which rank does one unit have under every combination of choices?"""

from __future__ import annotations

from math import ceil

import numpy as np

from softpower.analysis.shared.draws import without_ranking
from softpower.analysis.shared.formatting import (
    enumerated,
    rank_cell,
    rank_kind,
    scope,
    score_digits,
    titled,
)
from softpower.analysis.shared.selection import Selection
from softpower.analysis.shared.study import Study, study
from softpower.analysis.shared.variation import Variation
from softpower.answer import Answer, Cell, Column, Table
from softpower.charts import IntervalChart
from softpower.engine.run import Run
from softpower.index.units import Unit, find_unit
from softpower.watch import Watch, unwatched

MOST_DRAWN = 100
"""No more combinations are drawn; all of them are in the table."""

Specification = tuple[float, float, tuple[int, ...]]
"""The rank of the unit, its score, and the positions of the values that lead to them."""


def specification_curve(
    run: Run, variation: Variation, country: str, watch: Watch = unwatched
) -> Answer:
    """Return every combination of some choices with the rank that it gives one unit, best first.

    Source: Simonsohn, Simmons & Nelson (2020), Specification curve analysis, Nature Human
    Behaviour 4:1208-1214.

    Raises
    ------
    UsageError
        If the unit is not known or not ranked by the run, or a choice has no effect.
    MethodError
        If no combination leads to a ranking.
    """
    selection = Selection(countries=(country,))
    known = study(run, variation, watch, selection.refuse_unranked)
    unit = find_unit(known.ranking.units, country)
    own = float(known.ranking.ranks[known.ranking.units.index(unit)])
    found, without = _specifications(known, unit)
    cells = len(known.grid.cells)
    title = f"{titled(run)}: ranks of {unit.name} under every combination"
    title += scope(len(found), cells, "combinations") + (" (partial)" if known.partial else "")
    notes = [*known.coinciding, *without_ranking(known)]
    if without:
        notes.append(f"{unit.name} has no rank with {enumerated(without)}.")
    places = [place for place, _, _ in found]
    notes.append(
        f"{unit.name} is from {min(places):g} to {max(places):g}, {np.median(places):g} in the "
        f"middle; as asked it is {own:g}."
    )
    return Answer(
        title=title,
        tables=(_curve(known, found, title), _by_value(known, found)),
        charts=(_chart(known, found, own, title),),
        notes=tuple(notes),
        provenance={
            **run.provenance(),
            "curve": {
                "country": unit.id,
                "choices": {choice.key: list(choice.values) for choice in known.grid.choices},
            },
        },
        complete=len(found) == cells,
    )


def _specifications(known: Study, unit: Unit) -> tuple[list[Specification], list[str]]:
    """Return the combinations that rank a unit, best first, and those that rank only others."""
    found: list[Specification] = []
    without: list[str] = []
    for cell, each in zip(known.grid.cells, known.scored, strict=False):
        if unit.id in each.units:
            at = each.units.index(unit.id)
            found.append((float(each.ranks[at]), float(each.scores[at]), cell.levels))
        elif not each.refusal:
            without.append(known.grid.described(cell.levels))
    return sorted(found, key=lambda one: (one[0], one[2])), without


def _curve(known: Study, found: list[Specification], title: str) -> Table:
    choices = known.grid.choices
    scores = np.array([score for _, score, _ in found])
    columns = (
        Column("rank", "Rank", rank_kind(np.array([place for place, _, _ in found]))),
        Column("score", "Score", "number", score_digits(known.run, scores), detail=True),
        *(Column(f"choice_{n}", choice.key) for n, choice in enumerate(choices, start=1)),
    )
    rows = tuple(
        (
            rank_cell(place),
            score,
            *(str(c.values[k]) for c, k in zip(choices, levels, strict=True)),
        )
        for place, score, levels in found
    )
    return Table("curve", title, columns, rows)


def _by_value(known: Study, found: list[Specification]) -> Table:
    """Return the ranks under all combinations that have a value, value by value."""
    rows: list[tuple[Cell, ...]] = []
    for n, choice in enumerate(known.grid.choices):
        for k, value in enumerate(choice.values):
            places = [place for place, _, levels in found if levels[n] == k]
            if places:
                ends = (min(places), float(np.median(places)), max(places))
                rows.append((choice.key, str(value), len(places), *map(rank_cell, ends)))
    numbers = np.array([float(cell) for row in rows for cell in row[3:] if cell is not None])
    kind = rank_kind(numbers)
    columns = (
        Column("choice", "Choice", whole=True),
        Column("value", "Value", whole=True),
        Column("combinations", "Combinations", "integer"),
        Column("best", "Best", kind),
        Column("median", "Median", kind),
        Column("worst", "Worst", kind),
    )
    return Table("values", "Ranks with each value", columns, tuple(rows))


def _chart(known: Study, found: list[Specification], own: float, title: str) -> IntervalChart:
    step = ceil(len(found) / MOST_DRAWN)
    drawn = found[::step]
    places = tuple(place for place, _, _ in drawn)
    caption = f"One of {step} combinations is drawn." if step > 1 else ""
    return IntervalChart(
        "curve",
        title,
        tuple(
            ", ".join(str(c.values[k]) for c, k in zip(known.grid.choices, levels, strict=True))
            for _, _, levels in drawn
        ),
        tuple(min(place, own) for place in places),
        places,
        tuple(max(place, own) for place in places),
        (own,) * len(places),
        ("shift", "rank under the choices", "rank as asked"),
        "Rank",
        caption=caption,
    )
