"""The ranking as a table: ranks, scores, and how they moved against another run."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.analysis.shared.classes import classes_of
from softpower.analysis.shared.confidence import Tiers
from softpower.analysis.shared.formatting import (
    cell,
    digits_for,
    rank_cell,
    rank_kind,
    score_digits,
    titled,
    unit_columns,
)
from softpower.answer import Cell, Column, Filled, Table, by_column
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.methods.model import Floats


def ranking_table(
    run: Run,
    ranking: Ranking,
    rows: Sequence[int],
    against: Run | None = None,
    previous: Ranking | None = None,
    tiered: Tiers | None = None,
    *,
    pillars: bool = False,
) -> Table:
    """Return the ranking as a table.

    Parameters
    ----------
    run, ranking
        What was ranked, and what came of it.
    rows
        The positions of the units that are shown, from the top down.
    against, previous
        Another run and its ranking, against which it moved.
    tiered
        The tiers of units that cannot be told apart.
    pillars
        Whether the scores of pillars are shown.

    Raises
    ------
    UsageError
        If there are no pillars to show.
    """
    digits = score_digits(run, ranking.scores)
    units, scores = [ranking.units[i] for i in rows], ranking.scores[list(rows)]
    code, name = unit_columns(run)
    columns: list[Filled] = [
        (Column("rank", "Rank", rank_kind(ranking.ranks)), _ranks(ranking.ranks[list(rows)]))
    ]
    if tiered is not None:
        tiers = [tiered.of.get(unit.id) for unit in units]
        columns.append((Column("tier", "Tier", "integer"), tiers))
    if previous is not None:
        columns += _movement(ranking, rows, previous)
    columns += [
        (code, [unit.id for unit in units]),
        (name, [unit.name for unit in units]),
        (
            Column("score", "Score", "number", digits, bar=True, apart="rank"),
            [cell(score) for score in scores],
        ),
    ]
    if (classes := classes_of(run)) is not None:
        columns.append((Column("class", "Class"), classes.named(scores)))
    if previous is not None and against is not None and same_scale(run, against):
        before = dict(zip((u.id for u in previous.units), previous.scores, strict=True))
        changes = [
            cell(score - before.get(unit.id, np.nan))
            for unit, score in zip(units, scores, strict=True)
        ]
        columns.append((Column("change", "Change", "change", digits), changes))
    if "imputed" in ranking.stages:
        counts = [int(np.count_nonzero(ranking.imputed[i])) for i in rows]
        columns.append((Column("imputed", "Imputed", "integer", detail=True), counts))
    if pillars:
        columns += _pillars(run, ranking, rows)
    return by_column("ranking", titled(run), columns)


def _movement(ranking: Ranking, rows: Sequence[int], previous: Ranking) -> list[Filled]:
    before = dict(zip((u.id for u in previous.units), previous.ranks, strict=True))
    earlier = np.array([before.get(ranking.units[i].id, np.nan) for i in rows])
    return [
        (Column("previous", "Previous", rank_kind(previous.ranks)), _ranks(earlier)),
        (Column("movement", "Move", "movement"), _ranks(earlier - ranking.ranks[list(rows)])),
    ]


def same_scale(run: Run, other: Run) -> bool:
    """Say whether the scores of two runs may be subtracted."""
    if run.index.declared.publisher != other.index.declared.publisher:
        return False
    if run.setup is None or other.setup is None:
        return not run.patch and not other.patch
    return run.scale == other.scale


def _pillars(run: Run, ranking: Ranking, rows: Sequence[int]) -> list[Filled]:
    top = ranking.framework.top()
    if not top:
        raise UsageError(
            f"{run.index.id} has no pillars.",
            mend="Leave `pillars` out." if run.setup is not None else "Only totals are published.",
        )
    scores = {pillar.id: ranking.pillars[pillar.id] for pillar in top}
    return [
        (
            Column(pillar.id, pillar.title, "number", digits_for(scores[pillar.id])),
            [cell(scores[pillar.id][i]) for i in rows],
        )
        for pillar in top
    ]


def _ranks(ranks: Floats) -> list[Cell]:
    return [rank_cell(rank) for rank in ranks]
