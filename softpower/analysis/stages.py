"""Every stage of a calculation as a table, from the figures to the ranks."""

from __future__ import annotations

from softpower.analysis.wording import cell, place, unit_noun
from softpower.answer import Cell, Column, Table
from softpower.engine.ranking import Ranking, Stage
from softpower.engine.run import Run
from softpower.errors import UsageError

STAGE_DIGITS = 4


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
            mend="Leave --stages out.",
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
    noun = unit_noun(run).capitalize()
    columns = [Column("id", "Code"), Column("country", noun)]
    if stage.name == "ranked":
        columns += [Column(name, name.capitalize(), "integer") for name in stage.ids]
    else:
        columns += [Column(name, name, "number", STAGE_DIGITS) for name in stage.ids]
    as_cell = place if stage.name == "ranked" else cell
    rows = tuple(
        (unit.id, unit.name, *(as_cell(value) for value in values))
        for unit, values in zip(ranking.units, stage.values, strict=True)
    )
    return Table(stage.name, stage.title, tuple(columns), rows)


def _imputed(run: Run, ranking: Ranking) -> Table:
    """Return a table with a word in place of every figure that was imputed."""
    ids = tuple(indicator.id for indicator in ranking.framework.indicators())
    columns = (
        Column("id", "Code"),
        Column("country", unit_noun(run).capitalize()),
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
        Column("id", "Id"),
        Column("title", "Title"),
        Column("level", "Level", "integer"),
        Column("stated", "Stated", "number", 3),
        Column("within", "Within parent", "percent", 2),
        Column("effective", "In the index", "percent", 2),
    )
    rows: list[tuple[Cell, ...]] = []
    for depth, node in ranking.framework.root.walk():
        if depth == 0:
            continue
        within, effective = ranking.within[node.id], ranking.weights[node.id]
        rows.append((node.id, node.title, depth, node.weight, within, effective))
    return Table("weights", "Weights", columns, tuple(rows))
