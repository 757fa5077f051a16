"""The places that countries take in the draws, as tables and a chart."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.analysis.robustness.counts import Counts
from softpower.analysis.robustness.view import RobustnessView
from softpower.analysis.shared.formatting import (
    cell,
    code_column,
    rank_cell,
    rank_kind,
    unit_column,
)
from softpower.analysis.shared.study import Study
from softpower.answer import Cell, Column, Filled, Kind, Table, by_column
from softpower.charts import IntervalChart
from softpower.methods.model import Floats


def _percent(share: float) -> str:
    return f"{100 * share:.4g}"


def rank_table(
    known: Study, counts: Counts, focus: RobustnessView, shown: Sequence[int], title: str
) -> Table:
    """Return the rank, the median and the interval of ranks of each selected unit."""
    ranking = known.ranking
    low, high = focus.ends()
    lower, median, upper = (counts.quantile(share) for share in (low, 0.5, high))
    best, worst = counts.extreme()
    mean, top, first = counts.mean(), counts.within(focus.first), counts.within(1)
    shift = counts.shift(ranking.ranks)
    classes, leaving = counts.tally.classes, counts.leaving()
    kinds = [rank_kind(values[list(shown)]) for values in (median, lower, upper)]
    inside = ["yes" if lower[i] <= ranking.ranks[i] <= upper[i] else "no" for i in shown]

    def ranks(key: str, title: str, kind: Kind, of: Floats, *, detail: bool = False) -> Filled:
        return Column(key, title, kind, detail=detail), [rank_cell(of[i]) for i in shown]

    def figures(column: Column, of: Floats) -> Filled:
        return column, [cell(of[i]) for i in shown]

    columns = [
        ranks("rank", "Rank", rank_kind(ranking.ranks), ranking.ranks),
        (unit_column(known.run), [ranking.units[i].name for i in shown]),
        (code_column(), [ranking.units[i].id for i in shown]),
        ranks("median", "Median", kinds[0], median),
        ranks("low", f"{_percent(low)} %", kinds[1], lower),
        ranks("high", f"{_percent(high)} %", kinds[2], upper),
        figures(Column("top", f"Top {focus.first}", "percent"), top),
        figures(Column("shift", "Mean shift", "number", 2), shift),
    ]
    if classes is not None:
        own = classes.named(ranking.scores)
        columns += [
            (Column("class", "Class"), [own[i] for i in shown]),
            figures(Column("leaving", "Leaves it", "percent"), leaving),
        ]
    columns += [
        figures(Column("mean", "Mean", "number", 2, detail=True), mean),
        ranks("best", "Best", rank_kind(best), best, detail=True),
        ranks("worst", "Worst", rank_kind(worst), worst, detail=True),
        figures(Column("first", "First", "percent", detail=True), first),
        (Column("inside", "Rank inside", detail=True), inside),
    ]
    note = (
        f"In {focus.interval:g} % of the draws a rank lies from the column {_percent(low)} % to "
        f"{_percent(high)} %. Mean shift: places between it and the rank."
    )
    if classes is not None:
        note += " Leaves it: the share of the draws in which it is in another class."
    return by_column("robustness", title, columns, (note,))


def pair_table(
    known: Study,
    counts: Counts,
    pairs: Sequence[tuple[int, int]],
    start: int,
    name: str,
    title: str,
) -> Table:
    """Return how often the first of each pair is above the second."""
    units, ranks = known.ranking.units, known.ranking.ranks
    columns = (
        Column("rank", "Rank", rank_kind(ranks)),
        unit_column(known.run),
        code_column(),
        Column("other", "Above"),
        code_column("other_id", "Code of the other", of="other"),
        Column("share", "Draws", "percent"),
    )
    rows = tuple(
        (
            rank_cell(ranks[i]),
            units[i].name,
            units[i].id,
            units[j].name,
            units[j].id,
            cell(share_of(counts.above[start + at], counts.compared[start + at])),
        )
        for at, (i, j) in enumerate(pairs)
    )
    note = "The share of draws in which the first is ranked above the second; ties count half."
    return Table(name, title, columns, rows, (note,))


def share_of(part: float, whole: float) -> float:
    """Return a part of a whole; NaN of nothing."""
    return float(part / whole) if whole else float("nan")


def acceptability(known: Study, counts: Counts, shown: Sequence[int]) -> Table:
    """Return the share of draws in which each unit has each rank."""
    places = counts.places.of(shown)
    there = np.flatnonzero(places.sum(axis=0))
    columns = (
        unit_column(known.run),
        code_column(),
        *(Column(f"rank_{counts.axis[j]:g}", f"{counts.axis[j]:g}", "percent") for j in there),
    )
    rows = tuple(
        (
            known.ranking.units[i].name,
            known.ranking.units[i].id,
            *(cell(share_of(each[j], each.sum())) for j in there),
        )
        for i, each in zip(shown, places, strict=True)
    )
    return Table("acceptability", "Share of draws with each rank", columns, rows)


def central_weights(known: Study, counts: Counts) -> list[Table]:
    """Return the mean weights under which each unit that is ever first is first."""
    if known.sweep.sampling is None:
        return []
    order = np.argsort(-counts.firsts, kind="stable")
    best = [int(i) for i in order if counts.firsts[i]]
    rows: list[tuple[Cell, ...]] = []
    nominal = known.ranking.framework.root
    nodes = {pillar.id: pillar for pillar in (nominal, *nominal.pillars())}
    for pillar, child in known.axes:
        mean = counts.central(pillar.id, child.id)
        stated = [each.id for each in nodes[pillar.id].children] if pillar.id in nodes else []
        weight = known.ranking.local_weights[child.id] if child.id in stated else None
        within = pillar.title if pillar.id else "the index"
        rows.append((child.id, child.title, within, weight, *(cell(mean[i]) for i in best)))
    columns = (
        Column("id", "Id", whole=True),
        Column("title", "Pillar or indicator"),
        Column("within", "Within"),
        Column("weight", "Weight", "percent"),
        *(Column(counts.ids[i], known.ranking.units[i].name, "percent") for i in best),
    )
    return [Table("central", "Mean weights under which each is first", columns, tuple(rows))]


def chart(
    known: Study, counts: Counts, focus: RobustnessView, shown: Sequence[int]
) -> IntervalChart:
    """Return the intervals of ranks as a chart."""
    low, high = focus.ends()
    median = counts.quantile(0.5)
    there = [i for i in shown if not np.isnan(median[i])]

    def at(values: Floats) -> tuple[float, ...]:
        return tuple(float(values[i]) for i in there)

    return IntervalChart(
        name="intervals",
        title="Intervals of ranks",
        labels=tuple(known.ranking.units[i].name for i in there),
        lows=at(counts.quantile(low)),
        middles=at(median),
        highs=at(counts.quantile(high)),
        marks=at(known.ranking.ranks),
        terms=(f"{focus.interval:g} % of the draws", "median", "nominal rank"),
        axis="Rank",
    )
