"""What each step made of the figures of one unit, from the raw figure to the common scale."""

from __future__ import annotations

import numpy as np

from softpower.analysis.explain.decomposition import Decomposition
from softpower.answer import Cell, Column, Table
from softpower.index.tree import Indicator, Pillar, operands
from softpower.methods.model import Floats, Mask

DONE = {
    "denominated": "divide",
    "transformed": "transform",
    "treated": "treat",
    "imputed": "impute",
    "normalised": "normalise",
}
"""The step that leads to each stage."""


def figure(value: float) -> Cell:
    """Return a figure as a cell that is printed by its size: whole where it is whole."""
    if np.isnan(value):
        return None
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else float(value)


def figure_of(account: Decomposition, name: str, row: int) -> Cell:
    """Return the figure of a unit that was used, as it was found; ``None`` if there is none.

    A figure that there is nothing to divide by is not used: its state says what stands for it.
    """
    if not account.found[row, account.ids.index(name)]:
        return None
    figures = account.setup.figures
    return figure(figures.values[row, figures.ids.index(name)])


def unused(account: Decomposition, row: int) -> list[str]:
    """Return the figures of a unit that were found, and that there is nothing to divide by."""
    figures = account.setup.figures
    told = []
    for item, used in zip(account.ranking.framework.indicators(), account.found[row], strict=True):
        value = figures.values[row, figures.ids.index(item.id)]
        if not used and not np.isnan(value):
            told.append(f"{item.id} ({value:,g}, no {item.denominator} to divide it by)")
    return told


SILENT = "Zeros of lists"
"""What stands beside zeros that count neither as a figure nor as a gap."""


def figures_in_words(account: Decomposition, row: int) -> str:
    """Return how many figures a unit has of how many, zeros of lists aside: ``44 of 46``."""
    known = account.evidence
    return f"{int(known.counted[row].sum())} of {int((~known.silent[row]).sum())}"


def silent_zeros(account: Decomposition, row: int) -> str:
    """Return the indicators of which the zero of a unit says only that a list does not name it."""
    return ", ".join(_named(account, account.evidence.silent[row]))


def missing(account: Decomposition, row: int) -> list[str]:
    """Return the indicators of which a unit has no value, not even an imputed one."""
    return _named(account, np.isnan(account.y[row]))


def imputed(account: Decomposition, row: int) -> list[str]:
    """Return the indicators of which a unit has a value in place of a missing figure."""
    return _named(account, account.ranking.imputed[row])


def treated(account: Decomposition, row: int) -> list[str]:
    """Return the indicators of which the treatment of outliers changed the figure of a unit."""
    return [name for name, step, *_ in _changes(account, row) if step == "treat"]


def states(account: Decomposition, row: int) -> dict[str, str]:
    """Return, by indicator, which figures of a unit are treated, imputed or missing."""
    found = dict.fromkeys(account.ids, "")
    found.update(dict.fromkeys(treated(account, row), "treated"))
    found.update(dict.fromkeys(imputed(account, row), "imputed"))
    found.update(dict.fromkeys(missing(account, row), "missing"))
    return found


def prepared(account: Decomposition) -> Floats:
    """Return the figures as they went into the normalisation, units x indicators."""
    stages = account.stages
    names = [stage.name for stage in stages]
    before = stages[names.index("normalised") - 1]
    return before.values[:, [before.ids.index(name) for name in account.ids]]


def step_table(account: Decomposition, row: int) -> Table | None:
    """Return each step before the normalisation that changed a figure of a unit, or ``None``."""
    units = {item.id: item.unit for item in account.ranking.framework.indicators()}
    rows: list[tuple[Cell, ...]] = [
        *_computed(account, row),
        *(
            (name, step, how, figure(before), figure(after), units[name])
            for name, step, how, before, after in _changes(account, row)
        ),
    ]
    if not rows:
        return None
    columns = (
        Column("id", "Indicator", whole=True),
        Column("step", "Step", detail=True),
        Column("how", "How"),
        Column("before", "From"),
        Column("after", "To"),
        Column("unit", "Unit", detail=True),
    )
    return Table("steps", "What was done to figures first", columns, tuple(rows))


def described_columns() -> tuple[Column, ...]:
    """Return the columns that say what an indicator and its figure are."""
    return (
        Column("id", "Indicator", whole=True),
        Column("title", "Title", detail=True),
        Column("pillar", "Pillar", detail=True),
        Column("figure", "Figure", instead="state"),
        Column("unit", "Unit", detail=True),
        Column("year", "Year"),
        Column("source", "Source", detail=True),
    )


def described(account: Decomposition, item: Indicator, row: int) -> tuple[Cell, ...]:
    """Return what an indicator is, and the figure of a unit with its year and source."""
    figures = account.setup.figures
    column = figures.ids.index(item.id)
    used = figure_of(account, item.id, row)
    holder = next(
        node for _, node in account.ranking.framework.root.walk()
        if isinstance(node, Pillar) and item in node.children
    )  # fmt: skip
    return (
        item.id,
        item.title,
        holder.id,
        used,
        item.unit,
        str(figures.years[row, column]) or item.year if used is not None else None,
        str(figures.sources[row, column]) or item.source if used is not None else None,
    )


def _named(account: Decomposition, where: Mask) -> list[str]:
    return [name for name, there in zip(account.ids, where, strict=True) if there]


def _changes(account: Decomposition, row: int) -> list[tuple[str, str, str, float, float]]:
    """Return id, step, how, figure before and figure after, where a step changed a figure."""
    stages = account.stages
    found = []
    for item in account.ranking.framework.indicators():
        values = [stage.values[row, stage.ids.index(item.id)] for stage in stages]
        for k in range(1, len(stages)):
            before, after = float(values[k - 1]), float(values[k])
            same = before == after or (np.isnan(before) and np.isnan(after))
            if same or stages[k].name == "normalised":
                continue
            how = _how(account, item, stages[k].name)
            found.append((item.id, DONE[stages[k].name], how, before, after))
    return found


def _computed(account: Decomposition, row: int) -> list[tuple[Cell, ...]]:
    """Return a row for each figure that is computed by a formula, with what it is made of."""
    figures = account.setup.figures
    at = {name: j for j, name in enumerate(figures.ids)}
    found: list[tuple[Cell, ...]] = []
    for item in account.ranking.framework.indicators():
        value = figures.values[row, at[item.id]]
        if item.formula and not np.isnan(value):
            parts = (f"{n} {figures.values[row, at[n]]:,g}" for n in operands(item, at))
            how = f"{item.formula}, with {', '.join(parts)}"
            found.append((item.id, "compute", how, None, figure(float(value)), item.unit))
    return found


def _how(account: Decomposition, item: Indicator, stage: str) -> str:
    """Return how a step was done, as it is written in the files of an index."""
    if stage == "denominated":
        return f"per {item.denominator}"
    if stage == "transformed" and item.transform is not None:
        return str(item.transform)
    if stage == "imputed":
        return f"imputed: {account.methodology.impute}"
    said = [n.text for n in account.ranking.notes if (n.step, n.subject) == ("treat", item.id)]
    return "; ".join(said) or str(item.treat or account.methodology.treat)
