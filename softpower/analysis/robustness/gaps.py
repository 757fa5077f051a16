"""Which ranks could each unit have if its missing figures, and those of others, were known?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.analysis.shared.charts import spans_of
from softpower.analysis.shared.formatting import (
    cell,
    code_column,
    enumerated,
    rank_cell,
    rank_kind,
    titled,
    unit_column,
    unit_noun,
)
from softpower.analysis.shared.gaps import (
    Range,
    admissible,
    doubts,
    ends,
    missing_figures,
)
from softpower.analysis.shared.selection import Selection
from softpower.answer import Answer, Cell, Column, Table
from softpower.engine.context import divisors
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.patch import Setup
from softpower.index.units import find_unit
from softpower.methods.model import Floats
from softpower.watch import Watch, unwatched


def gaps(run: Run, selection: Selection, watch: Watch = unwatched) -> Answer:
    """Return the best and the worst rank that each unit can have by figures that are missing.

    Admissible is whatever lies within the figures that ranked units have, after denominators. For
    the best rank of a unit its gaps, filled by imputation or not, take the best of these and those
    of all others the worst; for the worst rank the other way round. Each rank is that of a table
    filled so and scored anew. No filling goes beyond it where units do not move each other's
    values (``minmax``, ``goalposts`` or ``none``, without treatment of outliers, with stated
    weights and means that rise with their parts); elsewhere one may.

    Raises
    ------
    UsageError
        If the run is only published, or a unit that is asked about is not known.
    MethodError
        If a method refuses the figures, or those that were filled.
    """
    if run.setup is None:
        raise UsageError(f"{run.index.id} is published, not computed: no figure is missing of it.")
    ranking = run.score()
    named = [find_unit(ranking.units, text).id for text in selection.countries]
    asked = [i for i, unit in enumerate(ranking.units) if unit.id in named]
    listed = [i for i in ranking.order() if not np.isnan(ranking.ranks[i]) or i in asked]
    rows = list(selection.among(ranking.units, listed))
    setup = run.setup
    bounds, missing = admissible(setup, ranking), missing_figures(setup, ranking)
    outcomes = ends(setup, ranking, bounds, rows)
    found = list(watch(len(rows), outcomes, unit_noun(run, plural=True)))
    title = f"{titled(run)}: ranks by what is missing"
    tables = [_table(run, ranking, rows, missing, found, title)]
    if asked:
        tables.append(_filling(run, ranking, bounds, missing, rows))
    tables.append(_ranges(ranking, bounds))
    return Answer(
        title=title,
        tables=tuple(tables),
        charts=spans_of(tables[0], ("best", "worst")),
        notes=(*_notes(run, setup, ranking, missing), *selection.remarks(ranking.units, len(rows))),
        provenance={**run.provenance(), "gaps": True},
    )


def _table(
    run: Run,
    ranking: Ranking,
    rows: Sequence[int],
    missing: Floats,
    found: Sequence[tuple[float, float]],
    title: str,
) -> Table:
    kind = rank_kind(np.array([end for ends in found for end in ends] or [1.0]))
    columns = (
        Column("rank", "Rank", rank_kind(ranking.ranks)),
        unit_column(run),
        code_column(),
        Column("missing", "Missing", "integer"),
        Column("best", "Best", kind),
        Column("worst", "Worst", kind),
    )
    cells = tuple(
        (
            rank_cell(ranking.ranks[i]),
            ranking.units[i].name,
            ranking.units[i].id,
            int(missing[i].sum()),
            *map(rank_cell, ends),
        )
        for i, ends in zip(rows, found, strict=True)
    )
    note = (
        "Best: what is missing takes the best admissible figure, and that of all others the worst; "
        "Worst: the other way round."
    )
    return Table("gaps", title, columns, cells, (note,))


def _filling(
    run: Run, ranking: Ranking, bounds: Range, missing: Floats, rows: Sequence[int]
) -> Table:
    """Return what the gaps of the units that are asked about take."""
    columns = (
        unit_column(run),
        Column("indicator", "Indicator", whole=True),
        Column("best", "For the best", "number", 3),
        Column("worst", "For the worst", "number", 3),
    )
    cells = tuple(
        (ranking.units[i].name, item.id, cell(bounds.best[j]), cell(bounds.worst[j]))
        for i in rows
        for j, item in enumerate(ranking.framework.indicators())
        if missing[i, j]
    )
    note = "Figures are those after division by a denominator, where an indicator has one."
    return Table("filling", "What the gaps take", columns, cells, (note,), silent=True)


def _ranges(ranking: Ranking, bounds: Range) -> Table:
    """Return the admissible figures of every indicator, which make up every filling."""
    columns = (
        Column("indicator", "Indicator", whole=True),
        Column("best", "Best", "number", 3),
        Column("worst", "Worst", "number", 3),
    )
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (item.id, cell(bounds.best[j]), cell(bounds.worst[j]))
        for j, item in enumerate(ranking.framework.indicators())
    )
    return Table("admissible", "Admissible figures, the gaps of others included", columns, cells)


def _notes(run: Run, setup: Setup, ranking: Ranking, missing: Floats) -> list[str]:
    """Return whether the ranks are proven, and how much is missing."""
    ranked = ~np.isnan(ranking.ranks)
    items, nouns = ranking.framework.indicators(), unit_noun(run, plural=True)
    count, of = int(missing[ranked].sum()), missing[ranked].size
    verb = "is" if count == 1 else "are"
    notes = [f"{count} of {of} figures {verb} missing of the {nouns} that are ranked."]
    without = np.isnan(divisors(setup.figures, items))[ranked].sum()
    if without:
        notes.append(f"{without} of these have nothing to be divided by, and stay missing.")
    open_ = doubts(setup, ranking)
    notes.append(
        "No other admissible filling goes beyond these ranks."
        if not open_
        else "Each rank is attained, but another filling may go beyond it: what one figure does to "
        f"others hangs on {enumerated(open_)} here."
    )
    return notes
