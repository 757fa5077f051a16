"""Who has enough figures to be ranked, as a sheet of formulas."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from softpower.analysis.export.sheets import TOP, Formula, Grid, grid, neighbours
from softpower.analysis.export.stages import FIRST, SECOND, Stages, cell
from softpower.engine.context import evidence
from softpower.index.tree import Pillar

INDEX, RANKED, FIGURES = "all indicators", "to be ranked", "figures found"
"""Columns of the sheet of coverage, beside those of the pillars."""


def add_coverage(stages: Stages, at: Grid) -> Grid:
    """Add the sheet that says who has enough figures, and return where it says so."""
    rule, ranked = stages.methodology.coverage, stages.ranked()
    beneath = _beneath(stages)
    names = [RANKED, FIGURES, *beneath]
    made, here = stages.sheet("coverage", names, TOP), grid("coverage", names, TOP)
    least = [rule.country, *[rule.pillar] * (len(beneath) - 1)]
    made.rows[FIRST - 1] = ["least share", None, None, None, *least]
    made.rows[SECOND - 1] = ["indicators", None, None, None, *map(len, beneath.values())]
    source = _found_at(stages, at)
    found = evidence(stages.setup.figures, stages.indicators)
    position = {item.id: j for j, item in enumerate(stages.indicators)}
    silent = {item.id for item in stages.indicators if item.zero_fill}
    asked = list(beneath)[: 1 if rule.below == "missing" else None]
    for i, row in enumerate(made.rows[TOP:]):
        enough = [f"{here.cell(i, each)}>={here.above(FIRST, each)}-1E-12" for each in asked]
        text = f"AND({here.cell(i, FIGURES)}>0,{','.join(enough)})"
        row.append(Formula(text, ranked[i]))
        columns = [position[each] for each in beneath[INDEX]]
        count = _count(source, i, beneath[INDEX])
        row.append(cell(count, float(found.found[i, columns].sum())))
        for name, ids in beneath.items():
            known = found.beneath([position[each] for each in ids])
            share = (known if name == INDEX else known.values).shares()[i]
            aside = silent if name == INDEX else ()
            formula = _share(source, i, ids, here.above(SECOND, name), aside)
            row.append(cell(formula, float(share)))
    return here


def _found_at(stages: Stages, at: Grid) -> Grid | None:
    """Return where figures stand as they were found; ``None`` if quotients are of others."""
    if getattr(stages.methodology.impute, "stage", None) != "raw":
        return at
    if at.sheet == "imputed":
        return stages.figures
    stages.values_of("coverage", stages.methodology.impute.name())
    return None


def _beneath(stages: Stages) -> dict[str, list[str]]:
    """Return the indicators that count for coverage, beneath the index and each pillar."""
    rule, counted = stages.methodology.coverage, _counted(stages)
    beneath = {INDEX: counted}
    for pillar in stages.setup.framework.root.pillars():
        ids = [item.id for item in pillar.indicators()]
        own = [each for each in ids if rule.below == "missing" or each in counted]
        if own:
            beneath[pillar.id] = own
    return beneath


def _count(at: Grid | None, row: int, ids: Sequence[str]) -> str | None:
    if at is None:
        return None
    groups = neighbours(ids, dict.fromkeys(ids, at))
    return f"COUNT({','.join(each.run(each.top + 1 + row, group) for each, group in groups)})"


def _share(
    at: Grid | None, row: int, ids: Sequence[str], of: str, silent: Collection[str]
) -> str | None:
    """Return the formula of a share of figures, with the zeros of lists left aside."""
    count = _count(at, row, ids)
    aside = [f"COUNTIF({at.cell(row, each)},0)" for each in ids if at and each in silent]
    if count is None or not aside:
        return count and f"{count}/{of}"
    zeros = "+".join(aside)
    return f"({count}-({zeros}))/MAX(1,{of}-({zeros}))"


def _counted(stages: Stages) -> list[str]:
    """Return the indicators that count for coverage: those that have a weight."""
    found: list[str] = []

    def descend(pillar: Pillar, level: int) -> None:
        ids = [child.id for child in pillar.children]
        stated = stages.methodology.weighting_at(level).takes(ids)
        for child in pillar.children:
            if child.weight == 0 and stated:
                continue
            if isinstance(child, Pillar):
                descend(child, level + 1)
            else:
                found.append(child.id)

    descend(stages.setup.framework.root, 0)
    return found or [indicator.id for indicator in stages.indicators]
