"""Which ranks do drawn weights give a country? For methodologies whose ranks are not solved for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from softpower.analysis.shared.admissible import Admissible
from softpower.analysis.shared.draws import written
from softpower.analysis.shared.formatting import rank_cell, rank_kind, titled, unit_column
from softpower.analysis.shared.levels import spelled_as
from softpower.analysis.shared.selection import Selection
from softpower.analysis.shared.uninterrupted import uninterrupted
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.engine.sampling.block import Block
from softpower.engine.sampling.design import Sweep
from softpower.engine.sampling.sweep import Failed, Outcome, sweep
from softpower.errors import MethodError, UsageError
from softpower.methods.model import Floats
from softpower.methods.sample import Simplex, WeightSampling
from softpower.methods.space import WeightSpace
from softpower.watch import Watch, unwatched

Ends = tuple[Floats, list[dict[str, float]]]
"""The ranks of all units at one end, and the weights in percent, by id, under which each is so."""


def reach_drawn(
    run: Run,
    admissible: Admissible,
    selection: Selection,
    *,
    draws: int,
    seed: int,
    watch: Watch = unwatched,
) -> Answer:
    """Return the best and the worst rank of each country among draws of admissible weights.

    Parameters
    ----------
    run
        The run whose weights are drawn.
    admissible
        Which of them, and how far.
    selection
        Whose ranks are asked for.
    draws, seed
        How often is drawn, and where random numbers start.
    watch
        Hands outcomes on, so that progress can be shown.

    Raises
    ------
    UsageError
        If a country is not known or not ranked, or what is stated of the weights cannot be.
    MethodError
        If no draw leads to a ranking.
    """
    if run.setup is None:
        raise UsageError(f"{run.index.id} is published, not computed: it has no weights to draw.")
    ranking = run.score()
    root = ranking.framework.root
    space = spelled_as(admissible.space, [root])
    assert isinstance(space, WeightSpace)  # noqa: S101
    pillars = replace(admissible, space=space).pillars(root)
    selection.refuse_unranked(ranking)
    order = [row for row in ranking.order() if not np.isnan(ranking.ranks[row])]
    shown = selection.among(ranking.units, order)
    how: WeightSampling = space if space.statements() else Simplex()
    plan = Sweep((run.setup,), how, (pillars,), draws=draws, seed=seed)
    ends = _Ends()
    partial = False
    try:
        for outcome in watch(plan.total, sweep(plan, _ends)):
            with uninterrupted():
                ends.add(outcome)
    except KeyboardInterrupt:
        if not ends.made:
            raise
        partial = True
    if not ends.made:
        raise MethodError(f"No draw leads to a ranking. {ends.reason}")
    title = f"{titled(run)}: ranks reached in {ends.made:,} draws{' (partial)' if partial else ''}"
    record: dict[str, Any] = {"draws": ends.made, "failed": ends.failed, "seed": seed}
    if partial:
        record["partial"] = True
    return Answer(
        title=title,
        tables=(_table(run, ranking, ends, shown, title), _settings(ends, how, seed)),
        notes=(
            "Drawn, not proven: other admissible weights may lead further.",
            *selection.remarks(ranking.units, len(shown)),
        ),
        provenance={**run.provenance(), "reach": {**admissible.record(), **record}},
        complete=not (ends.failed or partial),
    )


def _table(run: Run, ranking: Ranking, ends: _Ends, shown: Sequence[int], title: str) -> Table:
    """Return a row for each unit: the best and the worst rank, and the weights of both."""
    at = {name: i for i, name in enumerate(ends.units)}
    ids = list(ends.best[1][0])
    columns = (
        Column("rank", "Rank", rank_kind(ranking.ranks)),
        unit_column(run),
        Column("best", "Best", rank_kind(ends.best[0])),
        Column("worst", "Worst", rank_kind(ends.worst[0])),
        *(Column(f"best_{name}", f"Best: {name}", "number", 2, detail=True) for name in ids),
        *(Column(f"worst_{name}", f"Worst: {name}", "number", 2, detail=True) for name in ids),
    )
    rows: list[tuple[Cell, ...]] = []
    for row in shown:
        unit = ranking.units[row]
        i = at[unit.id]
        rows.append(
            (
                rank_cell(ranking.ranks[row]),
                unit.name,
                rank_cell(ends.best[0][i]),
                rank_cell(ends.worst[0][i]),
                *ends.best[1][i].values(),
                *ends.worst[1][i].values(),
            )
        )
    return Table("reach", title, columns, tuple(rows))


def _settings(ends: _Ends, how: WeightSampling, seed: int) -> Table:
    items: list[tuple[str, Cell]] = [
        ("Drawn", f"{len(ends.best[1][0])} weights ({written(how)})"),
        ("Draws", f"{ends.made:,}"),
        ("Failed", f"{ends.failed:,}" if ends.failed else None),
        ("Seed", seed),
    ]
    return facts("settings", "What was asked", items)


def _ends(block: Block) -> tuple[tuple[str, ...], Ends, Ends]:
    """Return the ends of the ranks of all units in a block, with the weights that lead there."""
    ranks = block.ranks

    def weights(draw: int) -> dict[str, float]:
        return {
            child: float(100 * weight)
            for pillar, drawn in block.weights.items()
            for child, weight in zip(block.children[pillar], drawn[draw], strict=True)
        }

    found = [
        (ranks[draws, np.arange(ranks.shape[1])].copy(), [weights(int(draw)) for draw in draws])
        for draws in (ranks.argmin(axis=0), ranks.argmax(axis=0))
    ]
    return block.units, found[0], found[1]


class _Ends:
    """The ends of all draws so far."""

    def __init__(self) -> None:
        self.made = self.failed = 0
        self.reason = ""
        self.units: Sequence[str] = ()
        self.best: Ends = np.empty(0), []
        self.worst: Ends = np.empty(0), []

    def add(self, outcome: Outcome[Any] | Failed) -> None:
        """Count a block of draws."""
        if isinstance(outcome, Failed):
            self.failed += outcome.draws
            self.reason = outcome.reason
            return
        units, best, worst = outcome.value
        if not self.made:
            self.units, self.best, self.worst = units, best, worst
        self.made += outcome.draws
        for kept, new, sign in ((self.best, best, 1), (self.worst, worst, -1)):
            for i in np.flatnonzero(sign * new[0] < sign * kept[0]):
                kept[0][i], kept[1][i] = new[0][i], new[1][i]
