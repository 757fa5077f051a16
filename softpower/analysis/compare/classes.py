"""How many units change their class from one run to another?"""

from __future__ import annotations

import numpy as np

from softpower.analysis.compare.alignment import Comparison
from softpower.analysis.shared.classes import classes_of
from softpower.analysis.shared.formatting import enumerated, unit_noun
from softpower.answer import Cell, Column, Table


def class_changes(held: Comparison) -> list[Table]:
    """Return a table of the changes of class, if the first run and some other have the same."""
    first = classes_of(held.runs[0])
    if first is None:
        return []
    before = first.places(held.scores[0])
    rows: list[tuple[Cell, ...]] = []
    for label, run, scores in zip(held.labels[1:], held.runs[1:], held.scores[1:], strict=True):
        if classes_of(run) != first:
            continue
        after = first.places(scores)
        changed = [i for i in held.order() if before[i] != after[i]]
        who = [
            f"{held.units[i].name} ({first.names[before[i]]} to {first.names[after[i]]})"
            for i in changed
        ]
        up, down = (int(np.count_nonzero(sign * (after - before) > 0)) for sign in (1, -1))
        rows.append((label, len(held.units), len(changed), up, down, enumerated(who, 4)))
    columns = (
        Column("run", "Run"),
        Column("units", unit_noun(held.runs[0], plural=True).capitalize(), "integer"),
        Column("changed", "Change class", "integer"),
        Column("higher", "Higher", "integer"),
        Column("lower", "Lower", "integer"),
        Column("who", "Who"),
    )
    title = f"Who is in another class than under {held.labels[0]}"
    return [Table("class_changes", title, columns, tuple(rows), silent=True)]
