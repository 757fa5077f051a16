"""The pillars and indicators of one country under two runs, side by side."""

from __future__ import annotations

from softpower.analysis.explain.attribution import row_of
from softpower.analysis.explain.decomposition import Decomposition
from softpower.analysis.explain.steps import figure_of, states
from softpower.analysis.shared.formatting import cell, digits_for, rank_cell
from softpower.answer import Cell, Column, Table
from softpower.index.tree import Indicator, Pillar
from softpower.index.units import Unit


def pillars_then_and_now(known: tuple[Decomposition, Decomposition], unit: Unit) -> Table:
    """Return the pillars that both runs have, then and now."""
    trees = [k.ranking.framework.root for k in known]
    later = {pillar.id: pillar for pillar in trees[1].pillars()}
    pairs = [(pillar, later[pillar.id]) for pillar in trees[0].pillars() if pillar.id in later]
    columns = (
        Column("pillar", "Pillar"),
        Column("id", "Id", whole=True),
        *_then_and_now(known),
    )
    rows: list[tuple[Cell, ...]] = [
        (now.title, now.id, *_values(known, unit, (then, now))) for then, now in pairs
    ]
    return Table("pillars", "Pillars then and now", columns, tuple(rows))


def indicators_then_and_now(
    known: tuple[Decomposition, Decomposition], unit: Unit, shared: list[str]
) -> Table:
    """Return the indicators that both runs have, then and now."""
    items = [{i.id: i for i in k.ranking.framework.indicators()} for k in known]
    columns = (
        Column("id", "Indicator", whole=True),
        Column("title", "Title", detail=True),
        Column("figure_then", "Figure then", instead="state_then"),
        Column("figure_now", "Figure now", instead="state_now"),
        *_then_and_now(known, detail=all(k.linear for k in known)),
        Column("state_then", "State then", detail=True),
        Column("state_now", "State now", detail=True),
    )
    state = [states(k, row_of(k.ranking, unit.id)) for k in known]
    rows: list[tuple[Cell, ...]] = []
    for name in shared:
        pair = (items[0][name], items[1][name])
        figures = [_figure(k, unit, name) for k in known]
        values = _values(known, unit, pair)
        rows.append((name, pair[1].title, *figures, *values, *(of[name] for of in state)))
    return Table("indicators", "Indicators then and now", columns, tuple(rows))


def _then_and_now(
    known: tuple[Decomposition, Decomposition], *, detail: bool = False
) -> tuple[Column, ...]:
    """Return the columns of `_values`; the values themselves may be a detail."""
    digits = max(digits_for(k.y) for k in known)
    columns = (
        Column("then", "Then", "number", digits, detail=detail),
        Column("now", "Now", "number", digits, detail=detail),
        Column("rank_then", "Rank then", "integer", detail=True),
        Column("rank_now", "Rank now", "integer", detail=True),
        Column("movement", "Move", "movement"),
    )
    points = (
        Column("points_then", "Points then", "number", digits, detail=True),
        Column("points_now", "Points now", "number", digits, detail=True),
        Column("points", "Points", "change", digits),
    )
    return (*columns, *points) if all(k.linear for k in known) else columns


def _values(
    known: tuple[Decomposition, Decomposition], unit: Unit, pair: tuple[Pillar | Indicator, ...]
) -> list[Cell]:
    """Return value, rank, movement and, where totals are sums, points of a node in both runs."""
    at = [(k, node, row_of(k.ranking, unit.id)) for k, node in zip(known, pair, strict=True)]
    places = [k.places(node)[row] for k, node, row in at]
    cells: list[Cell] = [cell(k.value(node)[row]) for k, node, row in at]
    cells += [rank_cell(places[0]), rank_cell(places[1]), rank_cell(places[0] - places[1])]
    if all(k.linear for k in known):
        points = [k.points(node)[row] for k, node, row in at]
        cells += [cell(points[0]), cell(points[1]), cell(points[1] - points[0])]
    return cells


def _figure(known: Decomposition, unit: Unit, name: str) -> Cell:
    return figure_of(known, name, row_of(known.ranking, unit.id))
