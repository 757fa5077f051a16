"""Between which ranks does each country lie, and how sure is who is ahead of whom?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from softpower.analysis.robustness.counts import Counts
from softpower.analysis.robustness.study import Study, Variation, Watch, study, unwatched
from softpower.analysis.selection import Selection
from softpower.analysis.wording import cell, listed, place, rank_kind, titled, unit_noun
from softpower.answer import Answer, Cell, Column, IntervalChart, Table, facts
from softpower.engine.run import Run
from softpower.engine.sweep import sweep
from softpower.errors import UsageError
from softpower.index.tree import Pillar
from softpower.index.units import find_unit
from softpower.methods.model import Floats

MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Focus:
    """What is asked of the draws."""

    selection: Selection = field(default_factory=Selection)
    versus: Sequence[str] = ()
    """Countries that each selected one is held against."""
    interval: float = 90.0
    """How many percent of the draws an interval of ranks holds."""
    first: int = 10
    """The places that count as the top."""
    acceptability: bool = False
    """Whether the share of every rank and the central weights are listed."""


def robustness(
    run: Run,
    variation: Variation,
    focus: Focus | None = None,
    *,
    threads: int | None = None,
    watch: Watch = unwatched,
) -> Answer:
    """Return how far ranks depend on what varies.

    Parameters
    ----------
    run
        The run whose ranking is put to the test.
    variation
        What varies.
    focus
        What is asked; by default 90 % intervals of all countries, and the top 10.
    threads
        How many threads share the work; the answer does not depend on it.
    watch
        Hands outcomes on, so that progress can be shown. If it is interrupted, the answer is
        about the draws made so far, and says so.

    Raises
    ------
    UsageError
        If something named is not known, or varies without effect.
    MethodError
        If a method refuses the figures under the run itself, or in every draw.
    """
    focus = focus or Focus()
    known = study(run, variation, watch)
    ranking = known.ranking
    order = [i for i in ranking.order() if not np.isnan(ranking.ranks[i])]
    shown = focus.selection.among(ranking.units, order)
    asked = _asked(known, focus, shown)
    if focus.versus:
        shown = sorted({i for pair in asked for i in pair}, key=order.index)
    neighbours = list(pairwise(order))
    counts = Counts(known, [*asked, *neighbours], focus.first)
    partial = known.partial
    outcomes = sweep(known.sweep, counts.tally, threads=threads)
    try:
        for outcome in watch(known.sweep.total, outcomes) if known.sweep.drawn else outcomes:
            counts.add(outcome)
    except KeyboardInterrupt:
        if not counts.made:
            raise
        partial = True
    if not counts.made:
        reason = next(iter(counts.reasons), "")
        raise UsageError(f"No draw leads to a ranking. {reason}".strip())
    mark = " (partial)" if partial else ""
    title = f"{titled(run)}: robustness{mark}"
    tables = [_ranks(known, counts, focus, shown, title)]
    if asked:
        tables.append(_pairs(known, counts, asked, 0, "pairs", "Pairs"))
    if focus.acceptability:
        tables += [_acceptability(known, counts, shown), *_central(known, counts)]
    if not focus.versus and not focus.selection.countries:
        near = [pair for pair in neighbours if pair[0] in set(shown)]
        at = len(asked) + neighbours.index(near[0]) if near else 0
        tables.append(_pairs(known, counts, near, at, "neighbours", "Neighbours in the ranking"))
    tables.append(_design(known, counts, variation, focus, partial=partial))
    return Answer(
        title=title,
        tables=tuple(tables),
        charts=(_chart(known, counts, focus, shown),),
        notes=(
            *_failures(known, counts, partial=partial),
            *([] if focus.selection.countries else _findings(known, counts, focus)),
        ),
        provenance={**run.provenance(), "robustness": _account(known, counts, variation, partial)},
    )


def _asked(known: Study, focus: Focus, shown: Sequence[int]) -> list[tuple[int, int]]:
    if not focus.versus:
        return []
    if not focus.selection.countries:
        raise UsageError(
            "--versus needs a country to hold the others against.",
            mend="Name it: --country China --versus Japan.",
        )
    units = known.ranking.units
    row = {unit.id: i for i, unit in enumerate(units)}
    others = [row[find_unit(units, text).id] for text in focus.versus]
    pairs = [(i, j) for i in shown for j in others if i != j]
    for i in {i for pair in pairs for i in pair}:
        if np.isnan(known.ranking.ranks[i]):
            raise UsageError(f"{units[i].name} is not ranked.", mend="Name another.")
    return pairs


def _ends(focus: Focus) -> tuple[float, float]:
    rest = (1 - focus.interval / 100) / 2
    return rest, 1 - rest


def _percent(share: float) -> str:
    return f"{100 * share:.4g}"


def _ranks(known: Study, counts: Counts, focus: Focus, shown: Sequence[int], title: str) -> Table:
    ranking = known.ranking
    low, high = _ends(focus)
    lower, median, upper = (counts.quantile(share) for share in (low, 0.5, high))
    best, worst = counts.extreme()
    mean, top, first = counts.mean(), counts.within(focus.first), counts.within(1)
    shift = counts.shift(ranking.ranks)
    kinds = [rank_kind(values) for values in (median, lower, upper)]
    columns = (
        Column("rank", "Rank", rank_kind(ranking.ranks)),
        Column("country", unit_noun(known.run).capitalize()),
        Column("id", "Code", whole=True, detail=True),
        Column("median", "Median", kinds[0]),
        Column("low", f"{_percent(low)} %", kinds[1]),
        Column("high", f"{_percent(high)} %", kinds[2]),
        Column("top", f"Top {focus.first}", "percent"),
        Column("shift", "Mean shift", "number", 2),
        Column("mean", "Mean", "number", 2, detail=True),
        Column("best", "Best", rank_kind(best), detail=True),
        Column("worst", "Worst", rank_kind(worst), detail=True),
        Column("first", "First", "percent", detail=True),
        Column("inside", "Rank inside", detail=True),
    )
    rows: list[tuple[Cell, ...]] = []
    for i in shown:
        inside = lower[i] <= ranking.ranks[i] <= upper[i]
        rows.append(
            (
                place(ranking.ranks[i]),
                ranking.units[i].name,
                ranking.units[i].id,
                place(median[i]),
                place(lower[i]),
                place(upper[i]),
                cell(top[i]),
                cell(shift[i]),
                cell(mean[i]),
                place(best[i]),
                place(worst[i]),
                cell(first[i]),
                "yes" if inside else "no",
            )
        )
    return Table("robustness", title, columns, tuple(rows))


def _pairs(
    known: Study,
    counts: Counts,
    pairs: Sequence[tuple[int, int]],
    start: int,
    name: str,
    title: str,
) -> Table:
    units, ranks = known.ranking.units, known.ranking.ranks
    columns = (
        Column("rank", "Rank", rank_kind(ranks)),
        Column("country", unit_noun(known.run).capitalize()),
        Column("other", "Above"),
        Column("share", "Draws", "percent"),
    )
    rows = tuple(
        (
            place(ranks[i]),
            units[i].name,
            units[j].name,
            cell(_share(counts.above[start + at], counts.compared[start + at])),
        )
        for at, (i, j) in enumerate(pairs)
    )
    note = "The share of draws in which the first is ranked above the second; ties count half."
    return Table(name, title, columns, rows, (note,))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def _acceptability(known: Study, counts: Counts, shown: Sequence[int]) -> Table:
    """Return the share of draws in which each unit has each rank."""
    total = counts.places.sum(axis=1)
    there = np.flatnonzero(counts.places.sum(axis=0))
    columns = (
        Column("country", unit_noun(known.run).capitalize()),
        *(Column(f"rank_{counts.axis[j]:g}", f"{counts.axis[j]:g}", "percent") for j in there),
    )
    rows = tuple(
        (
            known.ranking.units[i].name,
            *(cell(_share(counts.places[i, j], total[i])) for j in there),
        )
        for i in shown
    )
    return Table("acceptability", "Share of draws with each rank", columns, rows)


def _central(known: Study, counts: Counts) -> list[Table]:
    """Return the mean weights under which each unit that is ever first is first."""
    if known.sweep.sampling is None:
        return []
    root = known.ranking.framework.root
    nodes = {pillar.id: pillar for pillar in (root, *root.pillars())}
    order = np.argsort(-counts.firsts, kind="stable")
    best = [int(i) for i in order if counts.firsts[i]]
    rows: list[tuple[Cell, ...]] = []
    for name in known.pillars:
        if name not in nodes:
            continue
        for k, child in enumerate(nodes[name].children):
            mean = [
                float(counts.central[counts.ids[i]][name][k] / counts.firsts[i])
                if name in counts.central[counts.ids[i]]
                else None
                for i in best
            ]
            within = nodes[name].title if name else "the index"
            rows.append((child.id, child.title, within, known.ranking.within[child.id], *mean))
    columns = (
        Column("id", "Id", whole=True),
        Column("title", "Pillar or indicator"),
        Column("within", "Within"),
        Column("weight", "Weight", "percent"),
        *(Column(counts.ids[i], known.ranking.units[i].name, "percent") for i in best),
    )
    return [Table("central", "Mean weights under which each is first", columns, tuple(rows))]


def _design(
    known: Study, counts: Counts, variation: Variation, focus: Focus, *, partial: bool
) -> Table:
    ranking = known.ranking
    low, high = _ends(focus)
    lower, upper = counts.quantile(low), counts.quantile(high)
    ranked = ~np.isnan(ranking.ranks) & ~np.isnan(lower)
    outside = ranked & ((ranking.ranks < lower) | (ranking.ranks > upper))
    shift = counts.shift(ranking.ranks)
    items: list[tuple[str, Cell]] = [
        ("Varied", _varied(known, variation)),
        ("Draws", _draws(known, counts, partial=partial)),
        ("Failed", f"{counts.failed:,}" if counts.failed else None),
        ("Seed", variation.seed if known.sweep.drawn else None),
        ("Mean shift", f"{np.nanmean(shift[ranked]):.2f} places"),
        (f"Same top {focus.first}", _kept(counts)),
        (
            "Rank outside its interval",
            f"{int(np.count_nonzero(outside))} of {int(np.count_nonzero(ranked))}",
        ),
    ]
    return facts("design", "What was varied", items)


def _kept(counts: Counts) -> str:
    same, ordered = (_share(n, counts.made) for n in (counts.same_set, counts.same_order))
    return f"in {same:.1%} of the draws, in the same order in {ordered:.1%}"


def _varied(known: Study, variation: Variation) -> str:
    said = [f"{choice.key}: {', '.join(choice.values)}" for choice in known.crossed.choices]
    if variation.weights is not None:
        root = known.ranking.framework.root
        count = sum(
            len(node.children)
            for node in (root, *root.pillars())
            if isinstance(node, Pillar) and node.id in known.pillars
        )
        said.append(f"{count} weights ({_written(variation.weights)})")
    if variation.everywhere is not None:
        said.append(f"figures within rounding to {variation.everywhere:g}")
    said += [f"{name} within rounding to {step:g}" for name, step in variation.rounding.items()]
    if variation.errors:
        said.append("figures by their standard errors")
    return "; ".join(said)


def _written(method: Any) -> str:
    fields = method.model_dump()
    return ":".join([fields.pop("method"), *(f"{value:g}" for value in fields.values())])


def _draws(known: Study, counts: Counts, *, partial: bool) -> str:
    total = known.sweep.total if known.sweep.drawn else len(known.crossed.cells)
    made = f"{counts.draws:,}"
    setups = len(known.sweep.setups)
    if partial:
        return f"{made} of {total:,}, interrupted"
    if not known.sweep.drawn:
        refused = len(known.refused)
        also = f"; {refused} more lead to no ranking" if refused else ""
        return f"{made} combinations, all of them{also}"
    return made if setups == 1 else f"{made}, spread over {setups} combinations"


def _failures(known: Study, counts: Counts, *, partial: bool) -> list[str]:
    """Return what was not computed, and why."""
    notes = []
    if partial:
        notes.append("Interrupted: this is about the draws made so far.")
    notes += [f"No ranking with {text}" for text in known.refused[:MOST_REASONS]]
    if len(known.refused) > MOST_REASONS:
        more = len(known.refused) - MOST_REASONS
        notes.append(f"{more} more combinations lead to no ranking.")
    for reason, count in list(counts.reasons.items())[:MOST_REASONS]:
        notes.append(f"{count:,} draws failed: {reason}")
    return notes


def _findings(known: Study, counts: Counts, focus: Focus) -> list[str]:
    """Return who is least and who is most certain."""
    low, high = _ends(focus)
    lower, upper = counts.quantile(low), counts.quantile(high)
    ranking = known.ranking
    wide = np.where(np.isnan(ranking.ranks), -1.0, upper - lower)
    widest = int(np.argmax(wide))
    firm = [
        ranking.units[i].name
        for i in ranking.order()
        if not np.isnan(ranking.ranks[i]) and lower[i] == upper[i] == ranking.ranks[i]
    ]
    span = f"rank {lower[widest]:g} to {upper[widest]:g} in {focus.interval:g} % of the draws"
    notes = [f"{ranking.units[widest].name} is the least certain: {span}."]
    if firm:
        verb = "keeps its rank" if len(firm) == 1 else "keep their ranks"
        notes.append(f"{listed(firm)} {verb} in {focus.interval:g} % of the draws.")
    return notes


def _chart(known: Study, counts: Counts, focus: Focus, shown: Sequence[int]) -> IntervalChart:
    low, high = _ends(focus)
    there = [i for i in shown if counts.places[i].any()]

    def at(values: Floats) -> tuple[float, ...]:
        return tuple(float(values[i]) for i in there)

    return IntervalChart(
        name="intervals",
        title="Intervals of ranks",
        labels=tuple(known.ranking.units[i].name for i in there),
        lows=at(counts.quantile(low)),
        middles=at(counts.quantile(0.5)),
        highs=at(counts.quantile(high)),
        marks=at(known.ranking.ranks),
        terms=(f"{focus.interval:g} % of the draws", "median", "rank"),
        axis="Rank",
    )


def _account(known: Study, counts: Counts, variation: Variation, partial: bool) -> dict[str, Any]:
    account: dict[str, Any] = {
        "choices": {choice.key: list(choice.values) for choice in known.crossed.choices},
        "draws": counts.draws,
        "failed": counts.failed,
        "seed": variation.seed,
    }
    if variation.weights is not None:
        account["weights"] = variation.weights.model_dump(mode="json")
        account["pillars"] = list(known.pillars)
    if variation.disturbed:
        account["rounding"] = dict(variation.rounding)
        account["rounding_everywhere"] = variation.everywhere
        account["standard_errors"] = variation.errors
    if known.refused:
        account["refused"] = list(known.refused)
    if partial:
        account["partial"] = True
    return account
