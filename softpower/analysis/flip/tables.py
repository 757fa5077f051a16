"""The smallest changes as tables: weights before and after, and the same in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.analysis.flip.smallest import Adjacent, Flip
from softpower.analysis.shared.admissible import (
    SMALL,
    decimals,
    own_percent,
    shift_in_words,
    titles,
)
from softpower.analysis.shared.formatting import rank_cell, rank_kind, unit_column
from softpower.answer import Cell, Column, Table, facts
from softpower.engine.exact.changes import Norm
from softpower.engine.exact.form import WeightForm
from softpower.engine.run import Run


def change_table(form: WeightForm, found: Flip, title: str) -> Table:
    """Return the weights as asked, and those under which the order is the other."""
    own = own_percent(form)
    local = form.region.local(found.weights)
    then = found.percent or {
        name: 100 * share
        for block in form.region.root.blocks()
        for name, share in zip(block.ids, local[block.pillar], strict=True)
    }
    digits = decimals((found.percent or {}).values())
    columns = (
        Column("title", "Weight of"),
        Column("id", "Id", whole=True),
        Column("own", "As asked", "number", digits, "%"),
        Column("then", "Then" if found.percent else "Nearest", "number", digits, "%"),
        Column("change", "Change", "change", digits),
    )
    rows = tuple(
        (told, name, own[name], then[name], then[name] - own[name])
        for name, told in titles(form).items()
    )
    return Table("change", title, columns, rows)


Aim = tuple[int, int | None, int | None]
"""Who is to rise, above whom, to which rank."""


def words(form: WeightForm, found: Flip, aim: Aim, norm: Norm) -> Table:
    """Return in a sentence what a change does, or that none will do, and how large it is."""
    items: list[tuple[str, Cell]] = [("In words", _sentence(form, found, aim))]
    if found.change is not None and np.isfinite(found.change.size):
        measure = "in sum (L1)" if norm == "sum" else "as the root of the sum of squares (L2)"
        does = "Smallest change" if found.percent is not None else "To be level"
        items.append((does, f"{100 * found.change.size:.3g} points {measure}"))
    nominal = form.batch.nominal
    for unit in aim[:2]:
        if unit is not None:
            told = f"rank {nominal.ranks[unit]:g}, then not ranked"
            if not np.isnan(found.ranks[unit]):
                told = (
                    f"rank {nominal.ranks[unit]:g}, then {found.ranks[unit]:g}; score "
                    f"{nominal.scores[unit]:.6g}, then {found.scores[unit]:.6g}"
                )
            items.append((form.units[unit].name, told))
    return facts("words", "In words", items)


def _sentence(form: WeightForm, found: Flip, aim: Aim) -> str:
    unit, other, rank = aim
    name = form.units[unit].name
    above = "first" if rank == 1 else f"at rank {rank} or better"
    if other is not None:
        above = f"above {form.units[other].name}"
    if found.percent is not None and found.change is not None:
        digits = decimals(found.percent.values())
        return f"{shift_in_words(form, found.weights, digits)} puts {name} {above}."
    if not found.proven:
        return f"No weights were found that put {name} {above}, but some may."
    no = f"No admissible weights put {name} {above}:"
    if found.best is not None and not found.best.proven:
        return f"{no} {found.best.rank:g} is the best that was found."
    if other is None:
        return f"{no} {found.ranks[unit]:g} is the best."
    if not form.linear:
        return f"{no[:-1]}."
    gap = found.scores[other] - found.scores[unit]
    if found.ranks[unit] == found.ranks[other]:
        return f"{no} it can be level at most."
    return f"{no} under those that suit it best it is still {gap:.3g} behind."


def adjacent_table(run: Run, form: WeightForm, found: Sequence[Adjacent], title: str) -> Table:
    """Return a row for each country and the next: how much weight moves, from what to what."""
    ranks = form.batch.nominal.ranks
    ids = list(titles(form))
    columns = (
        Column("rank", "Rank", rank_kind(ranks)),
        unit_column(run),
        Column("next", "Next"),
        Column("change", "Points", "number", 2),
        Column("words", "What puts the next above"),
        *(Column(f"weight_{name}", name, "number", 2, "%", detail=True) for name in ids),
    )
    rows = []
    for first, second, change, percent in found:
        told = None
        if change is not None:
            told = "next to nothing: they are level"
            if change.size > SMALL:
                told = shift_in_words(form, change.weights).partition(" of weight ")[2]
        row: tuple[Cell, ...] = (
            rank_cell(ranks[first]),
            form.units[first].name,
            form.units[second].name,
            None if change is None else 100 * change.size,
            told or "nothing",
            *(None if percent is None else percent[name] for name in ids),
        )
        rows.append(row)
    return Table("flips", title, columns, tuple(rows))
