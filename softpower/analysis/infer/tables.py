"""What is inferred as tables: an interval for each weight, how much is known, who fits worst."""

from __future__ import annotations

import numpy as np

from softpower.analysis.infer.solved import PINNED, Inferred, widest
from softpower.analysis.shared.admissible import Admissible
from softpower.analysis.shared.formatting import enumerated, rank_cell, unit_column
from softpower.answer import Cell, Column, Kind, Table, facts
from softpower.engine.exact.consistent import printed
from softpower.engine.exact.form import WeightForm
from softpower.engine.run import Run

MOST_WORST = 10
"""So many of the units that fit worst are listed."""


def titles_of(form: WeightForm) -> list[str]:
    """Return the title of what each weight is that of."""
    nodes = {node.id: node.title for _, node in form.batch.root.walk()}
    return [nodes[name] for name in form.ids]


def weight_table(found: Inferred, title: str) -> Table:
    """Return a row for each weight: as stated, the least and the most, and the nearest to it."""
    ends = found.ends
    columns = [
        Column("title", "Weight of"),
        Column("id", "Id", whole=True),
        Column("own", "As stated", "number", 2, "%"),
    ]
    if ends is not None:
        columns += [
            Column("least", "Least", "number", 2, "%"),
            Column("most", "Most", "number", 2, "%"),
        ]
    word = "Closest" if ends is None else "Nearest"
    columns.append(Column("fitted", word, "number", 2, "%"))
    own, fitted = 100 * found.form.region.nominal, 100 * found.fitted
    rows = []
    for j, name in enumerate(titles_of(found.form)):
        row: list[Cell] = [name, found.form.ids[j], float(own[j])]
        if ends is not None:
            row += [float(100 * ends[j, 0]), float(100 * ends[j, 1])]
        rows.append((*row, float(fitted[j])))
    return Table("weights", title, tuple(columns), tuple(rows))


def worst_table(run: Run, found: Inferred) -> Table:
    """Return the units that are furthest from what is printed under the closest weights."""
    scores = printed(found.form, found.form.scores(found.fitted))
    ranks = (-scores).argsort().argsort() + 1
    by_scores = found.half is not None
    word = "score" if by_scores else "rank"
    kind: Kind = "number" if by_scores else "integer"
    columns = (
        unit_column(run),
        Column("published", f"Published {word}", kind, 3),
        Column("closest", f"Closest {word}", kind, 3),
        Column("beyond", "Beyond what is printed", "number", 3),
    )
    at = dict(zip(found.units, found.published, strict=True))
    order = [u for u in np.argsort(-found.excess, kind="stable") if found.excess[u] > 0]
    rows = tuple(
        (
            found.form.units[unit].name,
            rank_cell(at[unit]),
            float(scores[unit]) if by_scores else int(ranks[unit]),
            float(found.excess[unit]),
        )
        for unit in order[:MOST_WORST]
    )
    return Table("worst", "Furthest from what is published", columns, rows)


def facts_table(admissible: Admissible, found: Inferred) -> Table:
    """Return whether weights are consistent, from what this follows, and what would say more."""
    form = found.form
    count = f"{len(found.units)} of {len(form.units)} units"
    used = f"ranks of {count}"
    if found.half is not None:
        used = f"scores of {count}, to within {found.half:.6g}"
    items: list[tuple[str, Cell]] = [
        ("Consistent weights", _verdict(found)),
        ("Inferred from", used),
        ("May be other", admissible.told(form)),
    ]
    if found.ends is None:
        beyond = int(np.count_nonzero(found.excess > 0))
        items.append(("Closest weights", f"{beyond} of {len(found.units)} are beyond it"))
        return facts("inferred", "What is inferred", items)
    if found.nearest is not None:
        moved = f"{50 * found.nearest.size:.2f} %" if found.nearest.size > 1e-9 else "none"
        items.append(("Weight moved", f"{moved} from the stated ones"))
    items.append(("Bound by", _binding(found)))
    if found.missing:
        more = "1 more country" if found.missing == 1 else f"{found.missing} more countries"
        items.append(("To pin them down", f"at least {more}, whatever the decimals"))
    elif found.needed:
        decimals = "1 more decimal" if found.needed == 1 else f"{found.needed} more decimals"
        items.append(("To pin them down", f"{decimals} of the same scores"))
    return facts("inferred", "What is inferred", items)


def _verdict(found: Inferred) -> str:
    if found.ends is None:
        return "none"
    width = widest(found.ends)
    if width <= PINNED:
        return f"one set, to within {width:.2g} points"
    return f"many: the widest interval has {width:.3g} points"


def _binding(found: Inferred) -> str | None:
    """Return the units whose published figures hold the nearest weights where they are."""
    size = np.abs(found.told.rows).max(axis=1, initial=1e-300)
    tight = np.abs(found.told.rows @ found.fitted) <= 1e-7 * size
    names = [found.form.units[unit].name for unit in dict.fromkeys(found.told.of[tight].tolist())]
    return enumerated(names) or None
