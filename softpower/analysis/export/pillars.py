"""The weights and the pillars, up to the index itself, as a sheet of formulas."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields

from softpower.analysis.export.formulas import Mean, Run, mean, usual
from softpower.analysis.export.sheets import TOP, Cell, Fixed, Formula, Grid, grid, neighbours
from softpower.analysis.export.stages import FIRST, WEIGHT, Stages, cell
from softpower.engine.ranking import Ranking
from softpower.index.methodology import Methodology
from softpower.index.tree import Pillar
from softpower.methods.weight.stated import Equal, EqualPerPillar, Given

TOTAL = "whole index"
"""The column of the index itself."""

KNOWN = {"id", "title", "weight", "children", "aggregate", "summary", "unit"}
"""What a pillar may say of which the formulas take account, or which does not matter to them."""


def levels(root: Pillar) -> Iterator[tuple[int, Pillar]]:
    """Yield the index and its pillars with their levels, so that siblings follow each other."""
    waiting = deque([(0, root)])
    while waiting:
        level, pillar = waiting.popleft()
        yield level, pillar
        waiting.extend((level + 1, each) for each in pillar.children if isinstance(each, Pillar))


def weights(
    ranking: Ranking, methodology: Methodology, stated: Mapping[str, str]
) -> dict[str, Cell]:
    """Return the weight of each pillar and indicator, which counts in proportion to its siblings'.

    ``stated`` are the cells that hold the weights that the index states.
    """
    found: dict[str, Cell] = {}
    for level, pillar in levels(ranking.framework.root):
        method = methodology.weighting_at(level)
        for child in pillar.children:
            match method:
                case Given() if usual(method):
                    found[child.id] = Formula(stated[child.id], child.weight)
                case Equal() if usual(method):
                    many = len(child.indicators()) if isinstance(child, Pillar) else 1
                    found[child.id] = float(many)
                case EqualPerPillar() if usual(method):
                    found[child.id] = 1.0
                case _:
                    found[child.id] = Fixed(ranking.local_weights[child.id])
    return found


def add_pillars(stages: Stages, at: Grid, covered: Grid) -> Grid:
    """Add the sheet of pillars and of the index; return where these stand."""
    nodes = [*levels(stages.ranking.framework.root)]
    nodes = [*nodes[1:], nodes[0]]
    names = [*(pillar.id for _, pillar in nodes[:-1]), TOTAL]
    made, here = stages.sheet("pillars", names, TOP), grid("pillars", names, TOP)
    made.rows[WEIGHT - 1] = ["weight", None, *(stages.weights[name] for name in names[:-1])]
    weighed = grid("normalised", list(at.columns), TOP)
    values = dict.fromkeys(at.columns, at) | dict.fromkeys(names, here)
    stated = dict.fromkeys(at.columns, weighed) | dict.fromkeys(names, here)
    for name, (level, pillar) in zip(names, nodes, strict=True):
        groups = [
            (stated[group[0]].run(WEIGHT, group, fixed=True), there, group)
            for there, group in neighbours([child.id for child in pillar.children], values)
        ]
        formulas = [
            _formula(
                stages,
                level,
                pillar,
                [Run(w, there.run(there.top + 1 + i, group)) for w, there, group in groups],
            )
            for i in range(len(stages.ranking.units))
        ]
        known = stages.ranking.pillars[name] if pillar.id else stages.ranking.totals
        for i, (row, written) in enumerate(zip(made.rows[TOP:], formulas, strict=True)):
            text = written.text if written is not None else None
            if text and stages.methodology.coverage.below == "missing" and pillar.id:
                enough = f"{covered.cell(i, name)}>={covered.above(FIRST, name)}-1E-12"
                text = f'IF({enough},{text},"")'
            array = written is not None and written.array
            row.append(cell(text, float(known[i]), array=array))
        if formulas[0] is None:
            method = pillar.aggregate or stages.methodology.aggregation_at(level)
            by = ", ".join(stages.strange) or method.name()
            stages.values_of("pillars", by, name)
    return here


def _formula(stages: Stages, level: int, pillar: Pillar, runs: Sequence[Run]) -> Mean | None:
    """Return the formula of the value of a pillar for one unit, if there is one."""
    own = any(child.id in stages.ranking.individual for child in pillar.children)
    if own or stages.strange or not _plain(pillar):
        return None
    method = pillar.aggregate or stages.methodology.aggregation_at(level)
    return mean(method, stages.methodology.missing.name(), runs)


def _plain(pillar: Pillar) -> bool:
    """Say whether a pillar says nothing that the formulas do not know of."""
    usual_pillar = Pillar("", "")
    return all(
        getattr(pillar, each.name) == getattr(usual_pillar, each.name)
        for each in fields(Pillar)
        if each.name not in KNOWN
    )
