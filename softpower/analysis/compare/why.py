"""Why did a country move? Each choice with the places and points that it brought or cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

import numpy as np

from softpower.analysis.compare.alignment import labelled
from softpower.analysis.compare.ask import WHOLE, ComparisonView
from softpower.analysis.compare.attribution import Attribution, attribute
from softpower.analysis.shared.charts import bars_of, grid_of
from softpower.analysis.shared.formatting import (
    cell,
    code_column,
    rank_cell,
    score_digits,
    titled,
    unit_column,
    unit_noun,
)
from softpower.analysis.shared.lists import by_one_rule, refuse_same_but_for_ties
from softpower.answer import Answer, Cell, Column, Table
from softpower.charts import Chart
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.units import find_unit
from softpower.methods.model import Floats

EVERYONE = "all"
"""What asks for every country at once."""


_GAINED = "Places gained"


def why(
    runs: Sequence[Run], country: str, focus: ComparisonView = WHOLE, *, together: bool = False
) -> Answer:
    """Return what each choice between a run and each other did to a country, or to every country.

    Parameters
    ----------
    runs
        The run from which the country moves, and those to which it does.
    country
        Its name, or ``all``.
    focus
        Which countries are shown, if all are asked about.
    together
        Whether weights that are set are one choice, rather than one each.

    Raises
    ------
    UsageError
        If the runs are of different indices or do not differ, or the country is not known or is
        not ranked under every subset of the choices.
    """
    (first, *others), remarks = by_one_rule(runs)
    found = []
    for other in others:
        refuse_same_but_for_ties(first, other, remarks)
        found.append(attribute(first, other, together=together))
    labels = labelled((first, *others))[1:]
    many = len(found) > 1
    tables, notes, further = [], [], []
    charts: list[Chart] = []
    for label, each in zip(labels, found, strict=True):
        of = f"{label}: " if many else ""
        if country.casefold() == EVERYONE:
            tables.append(_everyone(first, each, each.before, focus))
            keys = [column.key for column in tables[-1].columns[3:]]
            charts.append(grid_of(tables[-1], "country", keys, axis=_GAINED, title=label))
        else:
            at, digits = _row(each, each.before, country), score_digits(first, each.before.scores)
            tables.append(_one(each, at, each.before, each.after, digits))
            name = f"{tables[-1].title}: {label}"
            charts.append(bars_of(tables[-1], "choice", "places", axis=_GAINED, title=name))
            notes.append(of + describe_attribution(each, at))
        further += [of + note for note in _notes(each, each.before)]
    return Answer(
        title=f"{titled(first)}: what moved {tables[0].title}",
        tables=tuple(map(_of_run, tables, labels, count(2)) if many else tables),
        charts=tuple(charts),
        notes=(*notes, *remarks, *focus.remarks(found[0].units, len(tables[0].rows)), *further),
        provenance={
            "runs": [run.provenance() for run in runs],
            "rankings": sum(each.runs for each in found),
        },
    )


def _of_run(table: Table, label: str, number: int) -> Table:
    """Return a table of one among several runs, named and titled by it."""
    return replace(table, name=f"{table.name}_{number}", title=label)


def _row(found: Attribution, before: Ranking, country: str) -> int:
    unit = find_unit(before.units, country)
    ids = [other.id for other in found.units]
    at = ids.index(unit.id) if unit.id in ids else -1
    if at < 0 or np.isnan(found.ranks[:, at]).any():
        raise UsageError(
            f"{unit.name} is not ranked under every combination of the choices, so that its "
            "change cannot be shared out.",
            mend="Take one that is ranked, or lower coverage.country.",
        )
    return at


def _one(found: Attribution, at: int, before: Ranking, after: Ranking, digits: int) -> Table:
    unit = found.units[at]
    columns = (
        Column("choice", "Choice"),
        Column("before", "Before"),
        Column("after", "After"),
        Column("places", "Places", "change", 2),
        Column("points", "Points", "change", digits),
    )
    rows: list[tuple[Cell, ...]] = [
        (c.title, c.before, c.after, float(places), float(points))
        for c, places, points in zip(
            found.choices, found.ranks[:, at], found.scores[:, at], strict=True
        )
    ]
    old, new = _of(before, unit.id), _of(after, unit.id)
    total = (float(found.ranks[:, at].sum()), float(found.scores[:, at].sum()))
    rows.append(("all together", f"rank {rank_cell(old[0])}", f"rank {rank_cell(new[0])}", *total))
    note = (
        "Places gained are positive. Each figure is the mean over all orders in which the choices "
        f"can be made, from {found.runs} rankings (Shapley value); the rows sum to the total."
    )
    return Table("attribution", unit.name, columns, tuple(rows), (note,))


def _of(ranking: Ranking, unit: str) -> tuple[float, float]:
    at = [u.id for u in ranking.units].index(unit)
    return float(ranking.ranks[at]), float(ranking.scores[at])


def _everyone(run: Run, found: Attribution, before: Ranking, focus: ComparisonView) -> Table:
    """Return the places that each choice brought or cost every unit, best rank first."""
    rank_of = dict(zip((unit.id for unit in before.units), before.ranks, strict=True))
    complete = [i for i in range(len(found.units)) if not np.isnan(found.ranks[:, i]).any()]
    order = sorted(complete, key=lambda i: (rank_of[found.units[i].id], found.units[i].name))
    order = focus.among(found.units, order)
    columns = (
        code_column(),
        Column("rank", "Rank", "number", 0),
        unit_column(run),
        Column("total", "All", "change", 0),
        *(Column(f"choice_{n}", c.title, "change", 2) for n, c in enumerate(found.choices, 1)),
    )
    rows = tuple(
        (
            found.units[i].id,
            cell(rank_of[found.units[i].id]),
            found.units[i].name,
            float(found.ranks[:, i].sum()),
            *(float(places) for places in found.ranks[:, i]),
        )
        for i in order
    )
    return Table("attribution", f"every {unit_noun(run)}", columns, rows)


def describe_attribution(found: Attribution, at: int) -> str:
    """Return an attribution as a sentence, the largest parts first."""
    places: Floats = found.ranks[:, at]
    total = places.sum()
    name = found.units[at].name
    if abs(total) < 0.5:
        head = f"{name} keeps its rank"
    else:
        head = f"{name} {'rises' if total > 0 else 'falls'} {_count(abs(total))}"
    order = sorted(range(len(places)), key=lambda i: -abs(places[i]))
    parts = [
        f"{_figure(abs(places[i]))} {_sign(places[i], total)}from {_phrase(found, i)}"
        for i in order
        if abs(places[i]) >= 0.05
    ]
    return f"{head}: {', '.join(parts)}." if parts else f"{head}; no choice moves it."


def _count(places: float) -> str:
    return f"{_figure(places)} {'place' if abs(places - 1) < 1e-9 else 'places'}"


def _figure(places: float) -> str:
    return f"{places:.1f}".removesuffix(".0")


def _sign(part: float, total: float) -> str:
    """Return a word where a part runs against the whole."""
    if abs(total) >= 0.5 and (part > 0) == (total > 0):
        return ""
    return "gained " if part > 0 else "lost "


def _phrase(found: Attribution, i: int) -> str:
    choice = found.choices[i]
    return f"{choice.title} = {choice.after}" if choice.after else choice.title


def _notes(found: Attribution, before: Ranking) -> tuple[str, ...]:
    notes = []
    if found.bundled:
        notes.append("Some choices are taken together, as they are too many or need each other.")
    if {choice.family for choice in found.choices} & {"normalise", "aggregate", "scale"}:
        notes.append("The runs score on different scales; read the places rather than the points.")
    left = (
        sum(bool(np.isnan(found.ranks[:, i]).any()) for i in range(len(found.units)))
        + len(before.units)
        - len(found.units)
    )
    if left:
        notes.append(
            f"{left} of {len(before.units)} are not ranked under every combination, and left out."
        )
    return tuple(notes)
