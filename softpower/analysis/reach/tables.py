"""What is within reach as tables: ranks, the weights that attain them, what was asked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.analysis.reach.search import Reached
from softpower.analysis.shared.admissible import Admissible, decimals, own_percent, titles
from softpower.analysis.shared.formatting import rank_cell, rank_kind, score_digits, unit_column
from softpower.analysis.shared.selection import Selection
from softpower.answer import Cell, Column, Table, facts
from softpower.charts import IntervalChart
from softpower.engine.exact.averages import is_free, mean_rank, score_moments
from softpower.engine.exact.form import WeightForm
from softpower.engine.run import Run
from softpower.errors import UsageError


def asked_units(form: WeightForm, selection: Selection) -> list[int]:
    """Return whose ranks are asked for, as positions among the units of the form."""
    ranking = form.batch.ranking
    selection.refuse_unranked(ranking)
    order = [row for row in ranking.order() if not np.isnan(ranking.ranks[row])]
    shown = selection.among(ranking.units, order)
    if not shown:
        raise UsageError("No country is asked about.", mend="Name one, or take `all`.")
    at = {int(row): position for position, row in enumerate(form.batch.scored)}
    return [at[row] for row in shown]


def rank_table(run: Run, form: WeightForm, found: Sequence[Reached], title: str) -> Table:
    """Return a row for each unit: its rank, the best and the worst, and the weights of both."""
    ids = list(titles(form))
    ranks = form.batch.nominal.ranks
    kind = rank_kind(np.array([[e.extreme.rank for e in each.ends] for each in found]))
    averages, cells = _averages(run, form, found)
    columns = (
        Column("rank", "Rank", rank_kind(ranks)),
        unit_column(run),
        Column("best", "Best", kind),
        Column("worst", "Worst", kind),
        *averages,
        Column("best_bound", "No better than", kind, detail=True),
        Column("worst_bound", "No worse than", kind, detail=True),
        *(Column(f"best_{name}", f"Best: {name}", "number", 2, detail=True) for name in ids),
        *(Column(f"worst_{name}", f"Worst: {name}", "number", 2, detail=True) for name in ids),
    )
    rows = []
    for each, more in zip(found, cells, strict=True):
        row: tuple[Cell, ...] = (
            rank_cell(ranks[each.unit]),
            form.units[each.unit].name,
            *(rank_cell(end.extreme.rank) for end in each.ends),
            *more,
            *(rank_cell(end.extreme.bound) for end in each.ends),
            *(end.percent[name] for end in each.ends for name in ids),
        )
        rows.append(row)
    return Table("reach", title, columns, tuple(rows))


def _averages(
    run: Run, form: WeightForm, found: Sequence[Reached]
) -> tuple[list[Column], list[list[Cell]]]:
    """Return the means over all weights, as far as they have a closed form."""
    columns: list[Column] = []
    cells: list[list[Cell]] = [[] for _ in found]
    if is_free(form):
        columns.append(Column("mean_rank", "Mean rank", "number", 1))
        for each, row in zip(found, cells, strict=True):
            row.append(mean_rank(form, each.unit))
    moments = score_moments(form)
    if moments is not None:
        digits = score_digits(run, moments[0])
        columns += [
            Column("mean_score", "Mean score", "number", digits),
            Column("spread", "Spread", "number", digits),
        ]
        for each, row in zip(found, cells, strict=True):
            row += [float(part[each.unit]) for part in moments]
    return columns, cells


def weights_table(form: WeightForm, found: Sequence[Reached]) -> Table:
    """Return the weights that attain the ranks, each beside the run's own."""
    own = own_percent(form)
    digits = decimals(w for each in found for end in each.ends for w in end.percent.values())
    columns = [
        Column("title", "Weight of"),
        Column("id", "Id", whole=True),
        Column("own", "As asked", "number", digits, "%"),
    ]
    ends = []
    for each in found:
        unit = form.units[each.unit]
        alone = f"{unit.name}: " if len(found) > 1 else ""
        for name, end in zip(("best", "worst"), each.ends, strict=True):
            key = f"{unit.id}_{name}" if len(found) > 1 else name
            columns.append(Column(key, f"{alone}{name}".capitalize(), "number", digits, "%"))
            ends.append(end)
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (title, name, own[name], *(end.percent[name] for end in ends))
        for name, title in titles(form).items()
    )
    return Table("weights", "Weights that attain them", tuple(columns), rows)


def settings(
    form: WeightForm, admissible: Admissible, found: Sequence[Reached], seconds: float
) -> Table:
    """Return which weights may move, and what is proven."""
    ends = [end.extreme for each in found for end in each.ends]
    proven = sum(end.proven for end in ends)
    first = sum(each.best.extreme.rank == 1 for each in found)
    whole = len(found) == len(form.units)
    items: list[tuple[str, Cell]] = [
        ("May move", admissible.told(form)),
        ("Proven", f"{proven} of {len(ends)} ranks, of {len(form.units)} units"),
        ("Time limit", None if proven == len(ends) else f"{seconds:g} seconds for each"),
        ("Can be first", f"{first} of {len(found)}" if whole else None),
    ]
    return facts("settings", "What was asked", items)


def chart(form: WeightForm, found: Sequence[Reached]) -> IntervalChart:
    """Return the intervals of ranks within reach."""
    ranks = tuple(float(form.batch.nominal.ranks[each.unit]) for each in found)
    return IntervalChart(
        "reach",
        "Ranks within reach",
        tuple(form.units[each.unit].name for each in found),
        tuple(each.best.extreme.rank for each in found),
        ranks,
        tuple(each.worst.extreme.rank for each in found),
        ranks,
        ("within reach", "rank", "as asked"),
        "Rank",
    )
