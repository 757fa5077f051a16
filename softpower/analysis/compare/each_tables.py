"""Single choices in a table and a chart: for some units, or the extremes for all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.analysis.compare.effects import Effects
from softpower.analysis.shared.formatting import (
    cell,
    code_column,
    enumerated,
    rank_cell,
    rank_kind,
    score_digits,
    titled,
    unit_column,
    unit_noun,
)
from softpower.answer import Cell, Column, Table
from softpower.charts import IntervalChart
from softpower.methods.model import Floats


def of_units(
    effects: Effects, rows: Sequence[int], top: int | None, title: str
) -> tuple[Table, IntervalChart]:
    """Return a row for each choice and unit: the places gained and lost, and the score."""
    ranking, run, several = effects.ranking, effects.run, len(rows) > 1
    gained = effects.places()
    columns = (
        code_column(),
        Column("country", unit_noun(run).capitalize(), detail=not several),
        Column("choice", "Choice", whole=True),
        Column("kind", "Kind", detail=True),
        Column("about", "About", detail=True),
        Column("from", "From", rank_kind(ranking.ranks)),
        Column("to", "To", rank_kind(effects.ranks[:, list(rows)])),
        Column("movement", "Places", "movement"),
        Column("score", "Score", "number", score_digits(run, ranking.scores)),
        Column("points", "Change", "change", score_digits(run, ranking.scores)),
    )
    cells: list[tuple[Cell, ...]] = []
    for i in rows:
        points = np.where(effects.same_scale, effects.scores[:, i] - ranking.scores[i], np.nan)
        for k in _sorted(gained[:, i], points, top):
            choice = effects.choices[k]
            cells.append(
                (
                    ranking.units[i].id,
                    ranking.units[i].name,
                    choice.label,
                    choice.kind,
                    choice.about,
                    rank_cell(ranking.ranks[i]),
                    rank_cell(effects.ranks[k, i]),
                    rank_cell(gained[k, i]),
                    cell(effects.scores[k, i]),
                    cell(points[k]),
                )
            )
    return Table("choices", title, columns, tuple(cells)), _chart(effects, rows, cells)


def _chart(
    effects: Effects, rows: Sequence[int], cells: Sequence[tuple[Cell, ...]]
) -> IntervalChart:
    """Return how far each choice moves a unit; choices that leave its rank are not drawn."""
    several = len(rows) > 1
    drawn = [row for row in cells if row[7]]
    places = np.array([(row[5], row[6]) for row in drawn], dtype=np.float64).reshape(-1, 2)
    names = enumerated([effects.ranking.units[i].name for i in rows])
    return IntervalChart(
        name="choices",
        title=f"{names}: one choice at a time",
        labels=tuple(f"{row[1]}: {row[2]}" if several else str(row[2]) for row in drawn),
        lows=tuple(places.min(axis=1)),
        middles=tuple(places[:, 1]),
        highs=tuple(places.max(axis=1)),
        marks=tuple(places[:, 0]),
        terms=("places moved", "rank under the choice", "rank as it is"),
        axis="Rank",
    )


def _sorted(places: Floats, points: Floats, top: int | None) -> list[int]:
    """Return choices from the most places gained to the most lost, those without a rank last."""
    points = np.nan_to_num(points)
    kept = range(places.size)
    if top is not None:
        size = np.where(np.isnan(places), -1.0, np.abs(places))
        kept_first = sorted(kept, key=lambda k: (-size[k], -abs(points[k]), k))
        return _sorted_among(kept_first[:top], places, points)
    return _sorted_among(list(kept), places, points)


def _sorted_among(kept: Sequence[int], places: Floats, points: Floats) -> list[int]:
    gained = np.where(np.isnan(places), -np.inf, places)
    return sorted(kept, key=lambda k: (-gained[k], -points[k], k))


def of_all(effects: Effects, rows: Sequence[int], title: str) -> tuple[Table, IntervalChart]:
    """Return a row for each unit: its most and its least favourable single choice."""
    ranking, run = effects.ranking, effects.run
    ranks = np.vstack([ranking.ranks, effects.ranks])
    best = np.nanargmin(np.where(np.isnan(ranks), np.inf, ranks), axis=0)
    worst = np.nanargmax(np.where(np.isnan(ranks), -np.inf, ranks), axis=0)
    labels = [None, *(choice.label for choice in effects.choices)]
    moving = effects.moving()
    columns = (
        code_column(),
        Column("rank", "Rank", rank_kind(ranking.ranks)),
        unit_column(run),
        Column("best", "Best", rank_kind(ranks)),
        Column("worst", "Worst", rank_kind(ranks)),
        Column("best_choice", "Best under", whole=True),
        Column("worst_choice", "Worst under", whole=True),
        Column("moving", "Moved by", "integer", detail=True),
    )
    cells = tuple(
        (
            ranking.units[i].id,
            rank_cell(ranking.ranks[i]),
            ranking.units[i].name,
            rank_cell(ranks[best[i], i]),
            rank_cell(ranks[worst[i], i]),
            labels[best[i]],
            labels[worst[i]],
            rank_cell(moving[i]),
        )
        for i in rows
    )
    shown = ranks[:, list(rows)]
    chart = IntervalChart(
        name="choices",
        title=f"{titled(run)}: one choice at a time",
        labels=tuple(ranking.units[i].name for i in rows),
        lows=tuple(np.nanmin(shown, axis=0)),
        middles=tuple(np.nanmedian(shown, axis=0)),
        highs=tuple(np.nanmax(shown, axis=0)),
        marks=tuple(shown[0]),
        terms=("best to worst", "median", "rank as it is"),
        axis="Rank",
    )
    return Table("choices", title, columns, cells), chart
