"""The sheets from the figures as they stand to those on the common scale, one after the other."""

from __future__ import annotations

import numpy as np

from softpower.analysis.export.coverage import RANKED, add_coverage
from softpower.analysis.export.formulas import number, transformed
from softpower.analysis.export.normalised import add_normalised
from softpower.analysis.export.sheets import Grid
from softpower.analysis.export.stages import Stages, passed
from softpower.index.ids import spelled
from softpower.index.tree import Indicator
from softpower.methods.model import Floats
from softpower.methods.treat.base import NoTreatment


def prepare(stages: Stages) -> tuple[Grid, Grid]:
    """Make the sheets; return where the figures on the common scale and the coverage stand."""
    raw = _imputed(stages, stages.figures, "raw", "selected")
    divided = _denominated(stages, raw)
    covered = add_coverage(stages, divided)
    at = _transformed(stages, divided, covered)
    at = _imputed(stages, at, "transformed", "transformed")
    at = _treated(stages, at)
    at = _imputed(stages, at, "treated", "treated")
    at = add_normalised(stages, at)
    return _imputed(stages, at, "normalised", "normalised"), covered


def _imputed(stages: Stages, at: Grid, stage: str, before: str) -> Grid:
    """Return where the figures stand after gaps were filled, if they are at this stage."""
    method = stages.methodology.impute
    if getattr(method, "stage", None) != stage:
        return at
    values = stages.values("imputed")
    gaps = np.isnan(stages.values(before)) & ~np.isnan(values)
    if stage == "transformed":
        gaps |= ~np.isnan(values) & np.isnan(stages.values("denominated"))
    if gaps.any():
        stages.values_of("imputed", method.name(), f"{gaps.sum():,} gaps")
    position = {item.id: j for j, item in enumerate(stages.indicators)}
    return stages.stage(
        "imputed",
        values,
        lambda i, item: None if gaps[i, position[item.id]] else passed(at.cell(i, item.id)),
    )


def _denominated(stages: Stages, at: Grid) -> Grid:
    if all(indicator.denominator is None for indicator in stages.indicators):
        return at

    def text(i: int, indicator: Indicator) -> str:
        x, by = at.cell(i, indicator.id), indicator.denominator
        if by is None:
            return passed(x)
        d = stages.figures.cell(i, spelled(by.figure, stages.setup.figures.ids))
        return f'IF(COUNT({x},{d})=2,IF({d}>0,{x}/({d}/{number(by.per)}),""),"")'

    return stages.stage("denominated", stages.values("denominated"), text)


def _transformed(stages: Stages, at: Grid, covered: Grid) -> Grid:
    values = np.where(np.array(stages.ranked())[:, None], stages.values("transformed"), np.nan)

    def text(i: int, indicator: Indicator) -> str | None:
        x = at.cell(i, indicator.id)
        figure = transformed(indicator.transform, x)
        ranked = f"AND({covered.cell(i, RANKED)},ISNUMBER({x}))"
        return None if figure is None else f'IF({ranked},{figure},"")'

    for indicator in stages.indicators:
        if indicator.transform is not None and transformed(indicator.transform, "x") is None:
            stages.values_of("prepared", indicator.transform.name(), indicator.id)
    return stages.stage("prepared", values, text)


def _treated(stages: Stages, at: Grid) -> Grid:
    methods = {item.id: item.treat or stages.methodology.treat for item in stages.indicators}
    if all(isinstance(method, NoTreatment) for method in methods.values()):
        return at
    values = stages.values("treated")
    ranked = np.array(stages.ranked())[:, None]
    changed = values != np.where(ranked, _before_treatment(stages), np.nan)
    changed &= ~np.isnan(values)
    treated = {item.id for j, item in enumerate(stages.indicators) if changed[:, j].any()}
    for item in stages.indicators:
        if item.id in treated:
            stages.values_of("treated", methods[item.id].name(), item.id)
    return stages.stage(
        "treated",
        values,
        lambda i, item: None if item.id in treated else passed(at.cell(i, item.id)),
    )


def _before_treatment(stages: Stages) -> Floats:
    late = getattr(stages.methodology.impute, "stage", None) == "transformed"
    return stages.values("imputed" if late else "transformed")
