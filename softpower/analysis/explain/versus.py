"""What separates two countries of one ranking, pillar by pillar and indicator by indicator."""

from __future__ import annotations

import numpy as np

from softpower.analysis.explain.decomposition import Decomposition, decompose, nodes
from softpower.analysis.explain.difference import Difference, difference
from softpower.analysis.explain.neighbours import charts_of
from softpower.analysis.explain.steps import figure_of, imputed, states, unused
from softpower.analysis.shared.formatting import (
    cell,
    digits_for,
    enumerated,
    rank_cell,
    rank_kind,
    score_digits,
    titled,
    unit_columns,
    unit_noun,
    unlike_published,
)
from softpower.analysis.shared.selection import refuse_row_unranked
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.charts import BarChart, Chart
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.index.tree import Indicator, Pillar
from softpower.index.units import find_unit


def versus(run: Run, country: str, other: str) -> Answer:
    """Return the difference of two countries' scores, shared out over pillars and indicators.

    Raises
    ------
    SoftpowerError
        If a country is not known or not ranked, or a method refuses the figures.
    """
    ranking = run.score()
    one, two = (_ranked_row(run, ranking, text) for text in (country, other))
    if one == two:
        raise UsageError(f"{ranking.units[one].name} is held against itself.", mend="Name another.")
    names = f"{ranking.units[one].name} against {ranking.units[two].name}"
    provenance = {**run.provenance(), "countries": [ranking.units[i].id for i in (one, two)]}
    tables = [_standing(run, ranking, one, two)]
    if run.setup is None:
        note = "Only totals are published, so that the difference cannot be broken down."
        return Answer(f"{names} in {titled(run)}", tuple(tables), (), (note,), provenance)
    known = decompose(run, ranking)
    found = difference(known, one, two)
    tables.append(_rule(known, found))
    tables += [_pillars(known, found, one, two), _indicators(known, found, one, two)]
    charts: list[Chart] = list(charts_of(known, [one, two]))
    charts += _shares(known, found, one, two)
    return Answer(
        f"{names} in {titled(run)}",
        tuple(table for table in tables if table.rows),
        tuple(charts),
        (*unlike_published(run), *_notes(known, found, one, two)),
        provenance,
    )


def _shares(known: Decomposition, found: Difference, one: int, two: int) -> list[BarChart]:
    """Return the share of every child of the index in the difference, the largest first."""
    top = [n for n in known.ranking.framework.root.children if n.id in found.shares]
    top.sort(key=lambda node: -known.sense * found.shares[node.id])
    if not top:
        return []
    first, second = (known.ranking.units[i].name for i in (one, two))
    return [
        BarChart(
            "difference",
            f"What separates {first} from {second}",
            tuple(node.title for node in top),
            tuple(found.shares[node.id] for node in top),
            axis=f"Points of {first} less those of {second}",
        )
    ]


def _ranked_row(run: Run, ranking: Ranking, text: str) -> int:
    unit = find_unit(ranking.units, text)
    row = ranking.units.index(unit)
    refuse_row_unranked(ranking, row, f'See: softpower explain {run.name} "{unit.name}"')
    return row


def _standing(run: Run, ranking: Ranking, one: int, two: int) -> Table:
    digits = score_digits(run, ranking.scores)
    columns = (
        Column("rank", "Rank", rank_kind(ranking.ranks)),
        *unit_columns(run),
        Column("score", "Score", "number", digits, apart="rank"),
        Column("difference", "Difference", "change", digits),
    )
    gap = ranking.scores[one] - ranking.scores[two]
    rows = tuple(
        (
            rank_cell(ranking.ranks[i]),
            ranking.units[i].id,
            ranking.units[i].name,
            cell(ranking.scores[i]),
            cell(gap) if i == one else None,
        )
        for i in (one, two)
    )
    return Table("standing", "", columns, rows)


def _rule(known: Decomposition, found: Difference) -> Table:
    what = "Before scaling and rounding" if known.rescaled else "Difference"
    return facts("rule", "", [(what, found.total), ("Shared out", found.rule)])


def _pillars(known: Decomposition, found: Difference, one: int, two: int) -> Table:
    """Return the children of the index, and the pillars beneath them, with their shares."""
    shown = [
        (depth, node)
        for depth, node in nodes(known)
        if node.id in found.shares and (depth == 1 or isinstance(node, Pillar))
    ]
    codes = [known.ranking.units[i].id for i in (one, two)]
    values = np.array([known.value(node)[[one, two]] for _, node in shown]) if shown else None
    digits = digits_for(values) if values is not None else 2
    columns = (
        Column("pillar", "Pillar"),
        Column("id", "Id", whole=True),
        Column("level", "Level", "integer", detail=True),
        Column("value", codes[0], "number", digits),
        Column("other_value", codes[1], "number", digits),
        Column("weight", f"Weight {codes[0]}", "percent", detail=True),
        Column("other_weight", f"Weight {codes[1]}", "percent", detail=True),
        Column("points", "Points", "change", _digits(found)),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            "  " * (depth - 1) + node.title,
            node.id,
            depth,
            *(cell(known.value(node)[i]) for i in (one, two)),
            *(float(known.weight(node)[i]) for i in (one, two)),
            found.shares[node.id],
        )
        for depth, node in shown
    ]
    if not known.ranking.framework.root.pillars():
        rows = []
    return Table("pillars", "By pillar", columns, tuple(rows))


def _indicators(known: Decomposition, found: Difference, one: int, two: int) -> Table:
    """Return the indicators, and the pillars that are not broken down, with their shares."""
    leaves = [
        node
        for _, node in nodes(known)
        if node.id in found.shares and (isinstance(node, Indicator) or node.id in found.whole)
    ]
    codes = [known.ranking.units[i].id for i in (one, two)]
    columns = (
        Column("id", "Indicator", whole=True),
        Column("title", "Title", detail=True),
        Column("unit", "Unit", detail=True),
        Column("figure", codes[0], instead="state"),
        Column("other_figure", codes[1], instead="other_state"),
        Column("value", f"Scale {codes[0]}", "number", digits_for(known.y)),
        Column("other_value", f"Scale {codes[1]}", "number", digits_for(known.y)),
        Column("weight", f"Weight {codes[0]}", "percent", detail=True),
        Column("other_weight", f"Weight {codes[1]}", "percent", detail=True),
        Column("points", "Points", "change", _digits(found)),
        Column("state", f"State {codes[0]}", detail=True),
        Column("other_state", f"State {codes[1]}", detail=True),
    )
    state = [states(known, i) for i in (one, two)]
    rows: list[tuple[Cell, ...]] = [
        (
            node.id,
            node.title,
            node.unit if isinstance(node, Indicator) else "",
            *(_figure(known, node, i) for i in (one, two)),
            *(cell(known.value(node)[i]) for i in (one, two)),
            *(float(known.weight(node)[i]) for i in (one, two)),
            found.shares[node.id],
            *(of.get(node.id, "") for of in state),
        )
        for node in sorted(leaves, key=lambda node: -known.sense * found.shares[node.id])
    ]
    first = known.ranking.units[one].name
    return Table("indicators", f"By indicator, in favour of {first} first", columns, tuple(rows))


def _figure(known: Decomposition, node: Pillar | Indicator, row: int) -> Cell:
    if isinstance(node, Pillar):
        return None
    return figure_of(known, node.id, row)


def _digits(found: Difference) -> int:
    return digits_for(np.array(list(found.shares.values()) or [found.total]))


def _notes(known: Decomposition, found: Difference, one: int, two: int) -> tuple[str, ...]:
    notes = []
    if known.rescaled:
        notes.append("What is shared out is the total before it is scaled and rounded.")
    if "" in found.whole:
        method = known.aggregation(known.ranking.framework.root)
        notes.append(
            "The difference is not broken down: the index has too many children, or too many of "
            "their values are missing, to go through all their coalitions."
            if method.rowwise
            else f"The difference is not broken down: the {method.name()} aggregation compares "
            f"{unit_noun(known.run, plural=True)} with all others, and has no value for one with "
            "the figures of two."
        )
    elif found.whole:
        notes.append(
            f"Not broken down further: {enumerated(list(found.whole))} (too many children for all "
            "their coalitions, a value is missing, or the aggregation or a normalisation compares "
            f"{unit_noun(known.run, plural=True)} with each other)."
        )
    for row in (one, two):
        gone = [name for name, y in zip(known.ids, known.y[row], strict=True) if np.isnan(y)]
        if gone:
            notes.append(
                f"{known.ranking.units[row].name} has no figure for {enumerated(gone)}: "
                f"{known.methodology.missing.effect}, so that these are to be read together."
            )
        if idle := unused(known, row):
            name = known.ranking.units[row].name
            notes.append(f"Found for {name}, and not used: {enumerated(idle)}.")
        if filled := imputed(known, row):
            how, name = known.methodology.impute.name(), known.ranking.units[row].name
            notes.append(f"Imputed ({how}) for {name}; no figure to use: {enumerated(filled)}.")
    return tuple(notes)
