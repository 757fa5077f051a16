"""What happens to the ranking when one thing at a time is left out?"""

from __future__ import annotations

from typing import Literal

import numpy as np

from softpower import defaults
from softpower.analysis.shared.agreement import max_shift, mean_shift
from softpower.analysis.shared.charts import bars_of, spans_of
from softpower.analysis.shared.formatting import (
    code_column,
    enumerated,
    rank_cell,
    rank_kind,
    scope,
    titled,
    unit_column,
    unit_noun,
)
from softpower.analysis.shared.reversals import reversals, shared_ranks
from softpower.analysis.shared.selection import Selection
from softpower.answer import Answer, Cell, Column, Table
from softpower.charts import Chart
from softpower.engine.cache import Cache
from softpower.engine.loading import changed
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import MethodError, Problem, SoftpowerError, UsageError
from softpower.methods.model import Floats

Kind = Literal["indicators", "pillars", "countries"]


def leave_out(
    run: Run, kind: Kind, selection: Selection | None = None, top: int = defaults.FIRST
) -> Answer:
    """Return how the ranking shifts without each indicator, pillar or country in turn.

    Ranks are compared among the units that both rankings have, ranked anew; the weight of what is
    left out goes to its siblings.

    Source: OECD/JRC Handbook (2008), sec. 7.1; Saisana, Saltelli & Tarantola (2005), eq. 3.

    Raises
    ------
    UsageError
        If the run is only published, there is nothing to leave out, or a country that is asked
        about is not ranked.
    MethodError
        If a method refuses the figures of the run itself, or whatever is left out.
    """
    if run.setup is None:
        raise UsageError(
            f"{run.index.id} is published, not computed: nothing can be left out of its scores."
        )
    cache, ties = Cache(), run.setup.methodology.ties
    ranking = run.score(cache)
    selection = selection or Selection()
    selection.refuse_unranked(ranking)
    if kind == "countries" and selection != Selection():
        raise UsageError(
            "Where each country is left out, all that move anything are shown: `top`, `country` "
            "and `region` have no effect.",
            mend="Leave them out.",
        )
    things = _things(run, ranking, kind)
    rows: list[tuple[Cell, ...]] = []
    notes: list[str] = []
    spans = _Spans(ranking)
    for name, title in things:
        try:
            without = changed(run, {}, omit=[name])
            other = without.score(None if kind == "countries" else cache)
        except SoftpowerError as error:
            notes.append(
                f"Without {title} there is no ranking: {Problem(error.what, error.location)}"
            )
            continue
        notes += [doubt for doubt in without.doubts if doubt not in run.doubts]
        shared, before, after = shared_ranks(ranking, other, ties)
        rows.append((name, title, *_effect(ranking, shared, before, after, top)))
        spans.take(name, other)
    if not rows:
        raise MethodError(f"Whatever is left out, there is no ranking. {notes[0]}")
    rows.sort(key=lambda row: -float(row[2] or 0))
    nouns = unit_noun(run, plural=True) if kind == "countries" else kind
    title = f"{titled(run)}: one of the {nouns} left out at a time"
    title += scope(len(rows), len(things), nouns)
    moving = tuple(row for row in rows if row[2] or row[5])
    unmoved = [str(row[kind == "countries"]) for row in rows if row not in moving]
    tables = [_table(title, moving, top)]
    if unmoved:
        share = f"{len(unmoved)} of {len(rows)} {nouns}"
        verb = "changes" if len(unmoved) == 1 else "change"
        notes.append(f"{share} {verb} nothing: {enumerated(unmoved)}.")
    if kind == "countries":
        turned = sum(bool(row[5]) for row in rows)
        notes.append(f"The order of others turns in {turned} of {len(rows)} cases.")
    else:
        tables.append(spans.table(run, selection))
    charts: list[Chart] = [
        bars_of(tables[0], "title", "shift", axis="Mean shift of ranks without it"),
        *(spans_of(tables[1], ("best", "worst")) if len(tables) > 1 else ()),
    ]
    return Answer(
        title=title,
        tables=tuple(tables),
        charts=tuple(charts),
        notes=(*notes, *selection.remarks(ranking.units, len(tables[-1].rows))),
        provenance={**run.provenance(), "left_out": kind, "without_effect": unmoved},
        complete=len(rows) == len(things),
    )


def _table(title: str, rows: tuple[tuple[Cell, ...], ...], top: int) -> Table:
    columns = (
        Column("id", "Left out", whole=True),
        Column("title", "Title", detail=True),
        Column("shift", "Mean shift", "number", 2),
        Column("largest", "Largest", "integer"),
        Column("mover", "Who"),
        Column("reversals", "Reversals", "integer"),
        Column("top", f"Same top {top}"),
        code_column("mover_id", "Code of who", of="mover"),
    )
    note = "Reversals are pairs whose order turns. Places are those among the others."
    return Table("left-out", title, columns, rows, (note,))


def _things(run: Run, ranking: Ranking, kind: Kind) -> list[tuple[str, str]]:
    """Return what can be left out, as ids and titles."""
    root = ranking.framework.root
    if kind == "countries":
        units = zip(ranking.units, ranking.ranks, strict=True)
        things = [(unit.id, unit.name) for unit, place in units if not np.isnan(place)]
    else:
        nodes = root.indicators() if kind == "indicators" else root.pillars()
        things = [(node.id, node.title) for node in nodes]
    if not things:
        raise UsageError(f"{run.index.id} has no {kind} to leave out.")
    return things


def _effect(
    ranking: Ranking, shared: list[int], before: Floats, after: Floats, top: int
) -> tuple[Cell, ...]:
    """Return how far a ranking shifts, who shifts most, and whether the first stay the same."""
    shift = after - before
    mover = int(np.argmax(np.abs(shift)))
    unit = ranking.units[shared[mover]] if shift[mover] else None
    same = np.array_equal(np.flatnonzero(before <= top), np.flatnonzero(after <= top))
    return (
        mean_shift(before, after),
        rank_cell(max_shift(before, after)),
        unit.name if unit is not None else None,
        reversals(before, after),
        "yes" if same else "no",
        unit.id if unit is not None else None,
    )


class _Spans:
    """The best and the worst rank of each unit, and without what it has them."""

    def __init__(self, ranking: Ranking) -> None:
        self.ranking = ranking
        self.best, self.worst = ranking.ranks.copy(), ranking.ranks.copy()
        self.best_without: dict[int, str] = {}
        self.worst_without: dict[int, str] = {}

    def take(self, name: str, other: Ranking) -> None:
        """Take the ranks without one thing into account, each a place in the whole list then."""
        ranks = dict(zip((unit.id for unit in other.units), other.ranks, strict=True))
        for i, unit in enumerate(self.ranking.units):
            now = ranks.get(unit.id, np.nan)
            if now < self.best[i]:
                self.best[i], self.best_without[i] = now, name
            if now > self.worst[i]:
                self.worst[i], self.worst_without[i] = now, name

    def table(self, run: Run, selection: Selection) -> Table:
        """Return the spans of the selected units."""
        ranking = self.ranking
        order = [i for i in ranking.order() if not np.isnan(ranking.ranks[i])]
        columns = (
            Column("rank", "Rank", rank_kind(ranking.ranks)),
            unit_column(run),
            code_column(),
            Column("best", "Best", rank_kind(self.best)),
            Column("best_without", "without", whole=True),
            Column("worst", "Worst", rank_kind(self.worst)),
            Column("worst_without", "without", whole=True),
        )
        rows = tuple(
            (
                rank_cell(ranking.ranks[i]),
                ranking.units[i].name,
                ranking.units[i].id,
                rank_cell(self.best[i]),
                self.best_without.get(i),
                rank_cell(self.worst[i]),
                self.worst_without.get(i),
            )
            for i in selection.among(ranking.units, order)
        )
        note = "Each is a place in the whole list of that run."
        return Table("spans", "Best and worst rank", columns, rows, (note,))
