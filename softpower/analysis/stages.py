"""Every stage of a calculation as a table, from the figures to the ranks."""

from __future__ import annotations

import numpy as np

from softpower.analysis.shared.formatting import cell, rank_cell, unit_columns, unit_noun
from softpower.answer import Cell, Column, Table
from softpower.engine.ranking import Ranking, Stage
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.methods.model import Floats

STAGE_DIGITS = 4

INDIVIDUAL = (
    "Weights are individual: parts of the sum of weights, their mean, smallest and largest over "
    "all that have a score."
)

_SPREAD = (
    Column("smallest", "Smallest", "percent", 2),
    Column("largest", "Largest", "percent", 2),
)


def stage_tables(run: Run, ranking: Ranking) -> tuple[Table, ...]:
    """Return the stages, the weights, the contributions and the notes of a ranking.

    Raises
    ------
    UsageError
        If the index is only published, so that there are no stages.
    """
    if run.setup is None:
        raise UsageError(
            f"{run.index.id} has no stages: it is published, not computed.",
            mend="Leave `stages` out.",
        )
    tables = [_stage(run, ranking, stage) for stage in ranking.stages.values()]
    if ranking.imputed.any():
        tables.append(_imputed(run, ranking))
    if ranking.contributions is not None:
        ids = tuple(indicator.id for indicator in ranking.framework.indicators())
        stage = Stage(
            "contributions", "Points that each indicator adds", ids, ranking.contributions
        )
        tables.append(_stage(run, ranking, stage))
    tables.append(weight_table(ranking))
    notes: list[tuple[Cell, ...]] = [(n.step, n.subject, n.text) for n in ranking.notes]
    notes += [("coverage", unit, f"not ranked: {why}") for unit, why in ranking.unranked.items()]
    if notes:
        columns = (Column("step", "Step"), Column("subject", "About"), Column("note", "Note"))
        tables.append(Table("notes", "What was done and found", columns, tuple(notes)))
    return tuple(tables)


def _stage(run: Run, ranking: Ranking, stage: Stage) -> Table:
    columns = [*unit_columns(run)]
    if stage.name == "ranked":
        columns += [Column(name, name.capitalize(), "integer") for name in stage.ids]
    else:
        columns += [Column(name, name, "number", STAGE_DIGITS) for name in stage.ids]
    as_cell = rank_cell if stage.name == "ranked" else cell
    rows = tuple(
        (unit.id, unit.name, *(as_cell(value) for value in values))
        for unit, values in zip(ranking.units, stage.values, strict=True)
    )
    return Table(stage.name, stage.title, tuple(columns), rows)


def _imputed(run: Run, ranking: Ranking) -> Table:
    """Return a table with a word in place of every figure that was imputed."""
    ids = tuple(indicator.id for indicator in ranking.framework.indicators())
    columns = (
        *unit_columns(run),
        *(Column(name, name) for name in ids),
    )
    rows = tuple(
        (unit.id, unit.name, *("imputed" if there else None for there in row))
        for unit, row in zip(ranking.units, ranking.imputed, strict=True)
    )
    return Table("imputed_cells", "Which figures were imputed", columns, rows)


def weight_table(ranking: Ranking) -> Table:
    """Return the tree with the weights of a ranking, within the parent and in the index."""
    columns = (
        Column("id", "Id", whole=True),
        Column("title", "Title", detail=True),
        Column("level", "Level", "integer"),
        Column("stated", "Stated", "number", 3),
        Column("within", "Within parent", "percent", 2),
        *(_SPREAD if ranking.individual else ()),
        Column("effective", "In the index", "percent", 2),
    )
    parts = individual_parts(ranking)
    rows: list[tuple[Cell, ...]] = []
    for depth, node in ranking.framework.root.walk():
        if depth == 0:
            continue
        within, effective = ranking.local_weights[node.id], ranking.weights[node.id]
        own = parts.get(node.id)
        spread = () if own is None else (cell(np.nanmin(own)), cell(np.nanmax(own)))
        rows.append((node.id, node.title, depth, node.weight, within, *spread, effective))
    notes = (INDIVIDUAL,) if ranking.individual else ()
    return Table("weights", "Weights", columns, tuple(rows), notes)


def individual_parts(ranking: Ranking) -> dict[str, Floats]:
    """Return what each node has of the sum of its siblings' weights, for each unit."""
    parts: dict[str, Floats] = {}
    for pillar in (ranking.framework.root, *ranking.framework.root.pillars()):
        own = [ranking.individual[c.id] for c in pillar.children if c.id in ranking.individual]
        for child in pillar.children if own else ():
            total = np.nansum(own, axis=0)
            parts[child.id] = ranking.individual[child.id] / np.where(total > 0, total, np.nan)
    return parts


def own_weights(run: Run, ranking: Ranking, rows: list[int]) -> Table:
    """Return the weights of each unit's own; a printed table has those at the top only."""
    columns = [*unit_columns(run)]
    columns += [
        Column(node.id, node.title, "number", STAGE_DIGITS, detail=depth > 1)
        for depth, node in ranking.framework.root.walk()
        if depth
    ]
    own = [ranking.individual[column.key] for column in columns[2:]]
    cells = tuple(
        (ranking.units[i].id, ranking.units[i].name, *(cell(values[i]) for values in own))
        for i in rows
    )
    note = "They need not sum to 1. Weight times value, added up over the children, is the score."
    title = f"Weights within the parent, of each {unit_noun(run)}'s own"
    return Table("own_weights", title, tuple(columns), cells, (note,))
