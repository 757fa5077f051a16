"""Runs side by side as tables: ranks, who moves most, how far they agree, what differs."""

from __future__ import annotations

import numpy as np

from softpower.analysis.compare.alignment import Comparison
from softpower.analysis.shared.agreement import Agreement, agreement
from softpower.analysis.shared.changes import changes_between, following
from softpower.analysis.shared.formatting import (
    cell,
    code_column,
    rank_cell,
    rank_kind,
    score_digits,
    titled,
    unit_column,
    unit_columns,
    unit_noun,
)
from softpower.answer import Cell, Column, Filled, Table, by_column
from softpower.methods.model import Floats

MOVERS = 5
"""How many risers and fallers are named."""


def rank_table(held: Comparison, rows: list[int]) -> Table:
    """Return the rank and the score of each unit under each run, and how it moves."""
    few = len(held.runs) == 2
    columns = _units(held, rows)
    for n, (run, label, ranks, scores) in enumerate(
        zip(held.runs, held.labels, held.ranks, held.scores, strict=True), start=1
    ):
        columns.append(_ranks(f"rank_{n}", f"Rank {n}" if few else label, ranks, rows))
        if n > 1:
            moved = [rank_cell(held.ranks[0][i] - ranks[i]) for i in rows]
            columns.append((Column(f"movement_{n}", "Move", "movement"), moved))
        key, digits = f"score_{n}", score_digits(run, scores)
        shown = Column(key, f"Score {n}", "number", digits, detail=not few, apart=f"rank_{n}")
        columns.append((shown, [cell(scores[i]) for i in rows]))
    named = tuple(f"{n}: {label}" for n, label in enumerate(held.labels, start=1)) if few else ()
    title = f"{titled(held.runs[0])}: {len(held.runs)} runs"
    return by_column("ranks", title, columns, named)


def matrix_table(held: Comparison, rows: list[int], title: str) -> Table:
    """Return the rank of each unit under each run, with its best and its worst."""
    places = np.column_stack(held.ranks)
    columns = [
        (code_column(), [held.units[i].id for i in rows]),
        (unit_column(held.runs[0]), [held.units[i].name for i in rows]),
        _ranks("best", "Best", places.min(axis=1), rows),
        _ranks("worst", "Worst", places.max(axis=1), rows),
        *(
            _ranks(label, label, ranks, rows)
            for label, ranks in zip(held.labels, held.ranks, strict=True)
        ),
    ]
    return by_column("matrix", title, columns)


def _units(held: Comparison, rows: list[int]) -> list[Filled]:
    code, name = unit_columns(held.runs[0])
    return [(code, [held.units[i].id for i in rows]), (name, [held.units[i].name for i in rows])]


def _ranks(key: str, title: str, ranks: Floats, rows: list[int]) -> Filled:
    return Column(key, title, rank_kind(ranks)), [rank_cell(ranks[i]) for i in rows]


def mover_table(held: Comparison) -> Table:
    """Return the biggest risers and fallers under each run against the first."""
    columns = (
        Column("run", "Run"),
        unit_column(held.runs[0]),
        code_column(),
        Column("from", "From", rank_kind(held.ranks[0])),
        Column("to", "To", rank_kind(held.ranks[-1])),
        Column("movement", "Move", "movement"),
    )
    rows: list[tuple[Cell, ...]] = []
    for label, ranks in zip(held.labels[1:], held.ranks[1:], strict=True):
        moved = held.ranks[0] - ranks
        order = sorted(held.order(), key=lambda i: -moved[i])
        risers = [i for i in order[:MOVERS] if moved[i] > 0]
        fallers = [i for i in order[::-1][:MOVERS] if moved[i] < 0][::-1]
        rows += [
            (
                label,
                held.units[i].name,
                held.units[i].id,
                rank_cell(held.ranks[0][i]),
                rank_cell(ranks[i]),
                rank_cell(moved[i]),
            )
            for i in (*risers, *fallers)
        ]
    return Table("movers", "Biggest risers and fallers", columns, tuple(rows))


def agreement_table(held: Comparison) -> Table:
    """Return how far each ranking agrees with the first, as a column for each run."""
    top = min(10, len(held.units))
    found: list[Agreement] = [agreement(held.ranks[0], ranks, top) for ranks in held.ranks[1:]]
    shift_kind = rank_kind(np.array([each.max_shift for each in found]))
    columns = (
        Column("run", "Run"),
        Column("units", unit_noun(held.runs[0], plural=True).capitalize(), "integer"),
        Column("spearman", "Spearman", "number", 3),
        Column("kendall", "Kendall tau-b", "number", 3),
        Column("weighted", "Weighted tau", "number", 3),
        Column("rbo", "RBO", "number", 3),
        Column("top", f"Both top {top}", "integer"),
        Column("top_jaccard", f"Top {top} Jaccard", "number", 2, detail=True),
        Column("mean_shift", "Mean shift", "number", 2),
        Column("max_shift", "Largest shift", shift_kind, 1),
    )
    rows = tuple(
        (
            label,
            len(held.units),
            a.spearman,
            a.kendall_tau_b,
            a.weighted_tau,
            a.rbo,
            round(a.top_overlap * a.top),
            a.top_jaccard,
            a.mean_shift,
            a.max_shift,
        )
        for label, a in zip(held.labels[1:], found, strict=True)
    )
    note = (
        f"Both top {top}: how many are among the first {top} of both. Shifts are in places; the "
        "mean shift is the R_S of the OECD/JRC Handbook. RBO: rank-biased overlap, p = 0.9; "
        "ties keep it below 1 even between equal rankings."
    )
    return Table("agreement", f"Agreement with {held.labels[0]}", columns, rows, (note,))


def choice_table(held: Comparison) -> Table:
    """Return what each run of the same index does otherwise than the first."""
    columns = (
        Column("run", "Run"),
        Column("choice", "Choice"),
        Column("before", "Before"),
        Column("after", "After"),
    )
    rows: list[tuple[Cell, ...]] = []
    first = held.runs[0]
    for label, run in zip(held.labels[1:], held.runs[1:], strict=True):
        if run.index.hash == first.index.hash and first.setup is not None:
            found = [*changes_between(first, run), *following(first, run)]
            rows += [(label, c.title, c.before, c.after) for c in found]
    return Table("choices", "What differs", columns, tuple(rows))
