"""The figures on the common scale as a sheet of formulas."""

from __future__ import annotations

from collections.abc import Mapping

from softpower.analysis.export.formulas import Column, Normal, normal, number
from softpower.analysis.export.sheets import TOP, Formula, Grid, grid
from softpower.analysis.export.stages import DIRECTION, FIRST, SECOND, WEIGHT, Stages, given
from softpower.index.tree import Indicator
from softpower.methods.normalise import Normalisation


def add_normalised(stages: Stages, at: Grid) -> Grid:
    """Add the sheet of figures on the common scale, without indicators that were dropped."""
    stages.indicators = stages.ranking.framework.indicators()
    ids = [indicator.id for indicator in stages.indicators]
    here = grid("normalised", ids, TOP)
    written = {item.id: _written(stages, at, here, item) for item in stages.indicators}
    if stages.strange:
        stages.values_of("normalised", ", ".join(stages.strange))
    middle = stages.methodology.constant == "mid"

    def text(i: int, indicator: Indicator) -> str | None:
        how, x = written[indicator.id], at.cell(i, indicator.id)
        if how is None:
            return None
        figure = how.figure(x)
        if how.apart and middle:
            all_ = at.column(indicator.id, len(stages.ranking.units))
            constant = number(_method(stages, indicator).middle())
            figure = f"IF(MAX({all_})=MIN({all_}),{constant},{figure})"
        return given(x, figure)

    made_at = stages.stage("normalised", stages.values("normalised"), text, TOP)
    _add_headings(stages, written)
    return made_at


def _method(stages: Stages, indicator: Indicator) -> Normalisation:
    return indicator.normalise or stages.methodology.normalise


def _written(stages: Stages, at: Grid, here: Grid, indicator: Indicator) -> Normal | None:
    """Return how an indicator is normalised by a formula; nothing where it has values instead."""
    if stages.strange:
        return None
    column = Column(
        at.column(indicator.id, len(stages.ranking.units)),
        here.above(DIRECTION, indicator.id),
        here.above(FIRST, indicator.id),
        here.above(SECOND, indicator.id),
    )
    method = _method(stages, indicator)
    how = normal(method, column, indicator)
    if how is None:
        stages.values_of("normalised", method.name(), indicator.id)
    return how


def _add_headings(stages: Stages, written: Mapping[str, Normal | None]) -> None:
    """Write above each indicator its direction, its weight, and what its formula refers to."""
    rows = stages.sheets[-1].rows
    stated = [how.labels for how in written.values() if how is not None]
    first, second = zip(*stated, strict=True) if stated else ((), ())
    labels = [" or ".join(dict.fromkeys(filter(None, each))) for each in (first, second)]
    for at_row, label in zip(
        (DIRECTION, WEIGHT, FIRST, SECOND), ("direction", "weight", *labels), strict=True
    ):
        rows[at_row - 1] = [label or None, None]
    late = getattr(stages.methodology.impute, "stage", None) == "treated"
    before = stages.values("imputed" if late else "treated")
    for item, figures in zip(stages.indicators, before.T, strict=True):
        how = written[item.id]
        rows[DIRECTION - 1].append(Formula(stages.directions[item.id], item.direction))
        rows[WEIGHT - 1].append(stages.weights[item.id])
        texts = (how.first, how.second) if how is not None else ("", "")
        values = how.known(figures) if how is not None else (0.0, 0.0)
        for at_row, formula, value in zip((FIRST, SECOND), texts, values, strict=True):
            rows[at_row - 1].append(Formula(formula, value) if formula else None)
