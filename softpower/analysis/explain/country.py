"""Where does this country's score come from? The arithmetic from its figures to its rank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from softpower.analysis.explain.decomposition import Decomposition, decompose, nodes, own_weighting
from softpower.analysis.explain.neighbours import above, country_charts, neighbour_table
from softpower.analysis.explain.profile import profile_tables
from softpower.analysis.explain.steps import (
    SILENT,
    described,
    described_columns,
    figure,
    figures_in_words,
    imputed,
    missing,
    prepared,
    silent_zeros,
    states,
    step_table,
    treated,
    unused,
)
from softpower.analysis.explain.unexplained import (
    published,
    rank_facts,
    standing_in_words,
    unranked,
)
from softpower.analysis.shared.formatting import (
    cell,
    digits_for,
    enumerated,
    rank_cell,
    rank_kind,
    score_digits,
    titled,
    unit_noun,
    unlike_published,
)
from softpower.analysis.shared.selection import find_listed
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.index.tree import Indicator, Pillar


def explain(run: Run, country: str) -> Answer:
    """Return where the score and rank of one country come from, as far as it is known.

    Raises
    ------
    SoftpowerError
        If the country is not known, or a method refuses the figures.
    """
    ranking = run.score()
    unit = find_listed(ranking.units, country, run, ranking)
    known = decompose(run, ranking) if run.setup is not None else None
    return _explained(run, ranking, known, ranking.units.index(unit))


def explain_each(run: Run, rows: Sequence[int]) -> Iterator[Answer]:
    """Yield where the scores and ranks of several countries come from, by their rows.

    Raises
    ------
    MethodError
        If a method refuses the figures.
    """
    ranking = run.score()
    known = decompose(run, ranking) if run.setup is not None else None
    for row in rows:
        yield _explained(run, ranking, known, row)


def _explained(run: Run, ranking: Ranking, known: Decomposition | None, row: int) -> Answer:
    """Return where the score and rank of one unit come from, by its row."""
    unit = ranking.units[row]
    provenance = {**run.provenance(), "country": unit.id}
    title = f"{unit.name} in {titled(run)}: {standing_in_words(run, ranking, row)}"
    if known is None:
        tables, notes = published(run, ranking, row)
        charts = () if np.isnan(ranking.ranks[row]) else country_charts(run, ranking, None, row)
        return Answer(title, tables, charts, notes=notes, provenance=provenance)
    if np.isnan(ranking.ranks[row]):
        tables, notes = unranked(known, row)
        return Answer(title, tables, notes=notes, provenance=provenance)
    steps = step_table(known, row)
    tables = (
        _facts(known, row),
        *_pillars(known, row),
        _indicators(known, row),
        *((steps,) if steps is not None else ()),
        *profile_tables(known, row),
        neighbour_table(run, ranking, row),
    )
    return Answer(
        title,
        tables,
        charts=country_charts(run, ranking, known, row),
        notes=(*unlike_published(run), *_notes(known, row)),
        provenance=provenance,
    )


def _facts(known: Decomposition, row: int) -> Table:
    ranking = known.ranking
    items: list[tuple[str, Cell]] = [
        ("Run", known.run.name),
        (unit_noun(known.run).capitalize(), ranking.units[row].name),
        *rank_facts(known.run, ranking, row),
    ]
    if known.rescaled:
        items.append(("Before scaling and rounding", cell(known.totals[row])))
    gone = missing(known, row)
    items += [
        ("Figures", figures_in_words(known, row)),
        ("Missing", ", ".join(gone)),
        (SILENT, silent_zeros(known, row)),
        ("Imputed", ", ".join(imputed(known, row))),
        ("Treated as outliers", ", ".join(treated(known, row))),
    ]
    return facts("facts", "", items)


def _pillars(known: Decomposition, row: int) -> tuple[Table, ...]:
    """Return what each pillar adds, and the rise in it alone that would close the gap above."""
    pillars = [(depth, node) for depth, node in nodes(known) if isinstance(node, Pillar)]
    if not pillars:
        return ()
    next_up = above(known.ranking, row)
    gap = known.totals[next_up] - known.totals[row] if next_up is not None else np.nan
    rises = [_rise(known, row, node, gap) for _, node in pillars]
    values = np.array([known.value(node)[row] for _, node in pillars])
    columns = [
        Column("pillar", "Pillar"),
        Column("id", "Id", whole=True),
        Column("value", "Value", "number", digits_for(values)),
        Column("weight", "Weight", "percent"),
        *_points_column(known),
        Column("rank", "Rank", "integer"),
        Column("of", "Of", "integer", detail=True),
    ]
    closes = next_up is not None and any(rise is not None for rise in rises)
    if closes:
        columns.append(Column("rise", "To next", "change", 2))
    rows: list[tuple[Cell, ...]] = []
    for (depth, node), rise in zip(pillars, rises, strict=True):
        own = [*_place_on(known, node, row), *([rise] if closes else [])]
        title = "  " * (depth - 1) + node.title
        rows.append((title, node.id, *_weighed(known, node, row), *own))
    notes = []
    if closes and next_up is not None:
        up = known.sense > 0 and all(rise is None or rise > 0 for rise in rises)
        notes.append(
            f"To next: the {'rise' if up else 'change'} in this pillar alone that makes up the "
            f"{abs(gap):.3g} points to {known.ranking.units[next_up].name}; none where even the "
            f"best of all has {'less' if up else 'not as much'}."
        )
    title = "What each pillar adds" if known.linear else "Pillars"
    return (Table("pillars", title, tuple(columns), tuple(rows), tuple(notes)),)


def _rise(known: Decomposition, row: int, node: Pillar, gap: float) -> float | None:
    """Return the rise in a pillar that adds so much to a total, if anyone has as much."""
    values, weight = known.value(node), known.weight(node)[row]
    sense = known.ranking.framework.root.senses(known.sense)[node.id]
    if (
        not known.linear
        or known.ranking.individual
        or np.isnan(gap)
        or np.isnan(values[row])
        or weight <= 0
        or any(known.aggregation(above).undivided for above in known.above(node))
    ):
        return None
    rise = gap / weight * sense * known.sense
    best = np.nanmax(sense * values[known.ranked])
    return float(rise) if sense * (values[row] + rise) <= best else None


def _points_column(known: Decomposition) -> list[Column]:
    return [Column("points", "Points", "number", _point_digits(known))] if known.linear else []


def _point_digits(known: Decomposition) -> int:
    return max(2, score_digits(known.run, known.totals))


def _weighed(known: Decomposition, node: Pillar | Indicator, row: int) -> list[Cell]:
    """Return value, weight and, where totals are sums, points of a node."""
    cells: list[Cell] = [
        cell(known.value(node)[row]),
        float(known.weight(node)[row]),
    ]
    return [*cells, cell(known.points(node)[row])] if known.linear else cells


def _place_on(known: Decomposition, node: Pillar | Indicator, row: int) -> list[Cell]:
    places = known.places(node)
    return [rank_cell(places[row]), int(np.count_nonzero(~np.isnan(places)))]


def _indicators(known: Decomposition, row: int) -> Table:
    """Return each indicator with figure, year and source, scale, weight, points and rank."""
    items = known.ranking.framework.indicators()
    places = np.array([known.places(item)[row] for item in items])
    columns = (
        *described_columns(),
        Column("prepared", "Prepared", detail=True),
        Column("lowest", "Lowest", detail=True),
        Column("highest", "Highest", detail=True),
        Column("value", "Scale", "number", digits_for(known.y)),
        Column("weight", "Weight", "percent"),
        *_points_column(known),
        Column("rank", "Rank", rank_kind(places)),
        Column("of", "Of", "integer", detail=True),
        Column("state", "State", detail=True),
    )
    ready, state = prepared(known), states(known, row)
    rows = tuple(
        (
            *described(known, item, row),
            figure(ready[row, j]),
            figure(np.nanmin(ready[known.ranked, j])),
            figure(np.nanmax(ready[known.ranked, j])),
            *_weighed(known, item, row),
            *_place_on(known, item, row),
            state[item.id],
        )
        for j, item in enumerate(items)
    )
    title = "What each indicator adds" if known.linear else "Indicators"
    note = f"Scale: normalise = {known.setup.methodology.normalise}."
    return Table("indicators", title, columns, rows, (note,))


def _notes(known: Decomposition, row: int) -> tuple[str, ...]:
    notes = []
    nouns = unit_noun(known.run, plural=True)
    if not known.rowwise:
        notes.append(
            "Points are not given: the score is not a weighted sum, and depends on the figures of "
            f"the other {nouns} as well, so that leaving one out can change the order of others."
        )
    elif not known.linear:
        notes.append(
            "Points are not given: the score is not a weighted sum. What separates two "
            f'{nouns} is shared out exactly by `versus="NAME"`.'
        )
    elif known.rescaled:
        notes.append("Points add up to the total before it is scaled and rounded.")
    if known.ranking.individual:
        notes.append(
            f"Weights are its own ({own_weighting(known.methodology)}) and need not sum to 100 %: "
            "weight times scale is points."
        )
    if gone := missing(known, row):
        notes.append(
            f"No figure for {enumerated(gone)}: {known.methodology.missing.effect}, and the "
            "weights shown are those that counted."
        )
    if idle := unused(known, row):
        notes.append(f"Found, and not used: {enumerated(idle)}.")
    if filled := imputed(known, row):
        method = known.methodology.impute.name()
        notes.append(f"Imputed ({method}); no figure to use: {enumerated(filled)}.")
    return tuple(notes)
