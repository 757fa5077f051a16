"""The stages of a score as sheets of formulas: from the figures to those on the common scale."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from softpower.analysis.export.formulas import Column, Normal, normal, number, transformed, unusual
from softpower.analysis.export.sheets import (
    TOP,
    Cell,
    Fixed,
    Formula,
    Grid,
    Sheet,
    grid,
    neighbours,
)
from softpower.engine.context import evidence
from softpower.engine.ranking import Ranking
from softpower.engine.score import resolved
from softpower.index.ids import spelled
from softpower.index.patch import Setup
from softpower.index.tree import Indicator, Pillar
from softpower.methods.model import Floats
from softpower.methods.treat.base import NoTreatment

DIRECTION, WEIGHT, FIRST, SECOND = 2, 3, 4, 5
"""Rows above the units of the normalised figures, counted from 1."""

INDEX, RANKED, FIGURES = "all indicators", "to be ranked", "figures found"
"""Columns of the sheet of coverage, beside those of the pillars."""

KNOWN = (
    *("coverage", "treat", "impute", "normalise", "weight", "missing", "aggregate"),
    *("scale", "round", "tiebreak", "ties", "constant"),
)
"""The settings that the formulas take into account."""

Text = Callable[[int, Indicator], str | None]
"""The formula of a unit's figure of an indicator; ``None`` where it is a value instead."""


class Stages:
    """The sheets of a score, one after the other, with what is said of them.

    Parameters
    ----------
    setup, ranking
        What was scored, and what came of it.
    figures
        Where the figures stand.
    directions
        The formula of the direction of each indicator.
    weights
        The weight of each indicator within its parent.
    """

    def __init__(
        self,
        setup: Setup,
        ranking: Ranking,
        figures: Grid,
        directions: Mapping[str, str],
        weights: Mapping[str, Cell],
    ) -> None:
        self.setup = setup
        self.ranking = ranking
        self.figures = figures
        self.directions = directions
        self.weights = weights
        self.methodology = resolved(setup.methodology, setup.framework)
        self.strange = unusual(self.methodology, *KNOWN)
        """The settings that the formulas cannot take into account."""
        if any(pillar.direction for pillar in setup.framework.root.pillars()):
            self.strange.append("directions of pillars")
        self.indicators = setup.framework.indicators()
        self.sheets: list[Sheet] = []
        self.fixed: dict[tuple[str, str], list[str]] = {}
        """What has values in place of formulas: columns by their sheet and the method."""

    def prepare(self) -> tuple[Grid, Grid]:
        """Make the sheets; return where the figures on the common scale and the coverage stand."""
        raw = self._imputed(self.figures, "raw", "selected")
        divided = self._denominated(raw)
        covered = self._coverage(divided)
        at = self._transformed(divided, covered)
        at = self._imputed(at, "transformed", "transformed")
        at = self._treated(at)
        at = self._imputed(at, "treated", "treated")
        at = self._normalised(at)
        return self._imputed(at, "normalised", "normalised"), covered

    def values_of(self, sheet: str, method: str, *columns: str) -> None:
        """Note that a sheet, or some columns of it, has values that a method gave."""
        self.fixed.setdefault((sheet, method), []).extend(columns)

    def ranked(self) -> list[bool]:
        """Return which units have enough figures to be scored."""
        found = ~np.isnan(self.ranking.stages["treated"].values)
        return [bool(row.any()) for row in found]

    def values(self, stage: str) -> Floats:
        """Return the figures of a stage, units x indicators."""
        kept = self.ranking.stages[stage]
        return kept.values[:, [kept.ids.index(item.id) for item in self.indicators]]

    def sheet(self, name: str, names: Sequence[str], top: int = 1) -> Sheet:
        """Add a sheet with a row for each unit, and headings above."""
        rows: list[list[Cell]] = [[None, None] for _ in range(top - 1)]
        rows.append(["code", "name", *names])
        rows += [[unit.id, unit.name] for unit in self.ranking.units]
        self.sheets.append(Sheet(name, rows, headings=top, computes=True))
        return self.sheets[-1]

    def _stage(self, name: str, values: Floats, text: Text, top: int = 1) -> Grid:
        """Add a sheet with a formula, or else a value, for each figure."""
        ids = [indicator.id for indicator in self.indicators]
        made = self.sheet(name, ids, top)
        for i, row in enumerate(made.rows[top:]):
            for j, indicator in enumerate(self.indicators):
                row.append(cell(text(i, indicator), float(values[i, j])))
        return grid(name, ids, top)

    def _imputed(self, at: Grid, stage: str, before: str) -> Grid:
        """Return where the figures stand after gaps were filled, if they are at this stage."""
        method = self.methodology.impute
        if getattr(method, "stage", None) != stage:
            return at
        values = self.values("imputed")
        gaps = np.isnan(self.values(before)) & ~np.isnan(values)
        if stage == "transformed":
            gaps |= ~np.isnan(values) & np.isnan(self.values("denominated"))
        if gaps.any():
            self.values_of("imputed", method.name(), f"{gaps.sum():,} gaps")
        position = {item.id: j for j, item in enumerate(self.indicators)}
        return self._stage(
            "imputed",
            values,
            lambda i, item: None if gaps[i, position[item.id]] else passed(at.cell(i, item.id)),
        )

    def _denominated(self, at: Grid) -> Grid:
        if all(indicator.denominator is None for indicator in self.indicators):
            return at

        def text(i: int, indicator: Indicator) -> str:
            x, by = at.cell(i, indicator.id), indicator.denominator
            if by is None:
                return passed(x)
            d = self.figures.cell(i, spelled(by.figure, self.setup.figures.ids))
            return f'IF(COUNT({x},{d})=2,IF({d}>0,{x}/({d}/{number(by.per)}),""),"")'

        return self._stage("denominated", self.values("denominated"), text)

    def _coverage(self, at: Grid) -> Grid:
        """Add the sheet that says who has enough figures, and return where it says so."""
        rule, ranked = self.methodology.coverage, self.ranked()
        beneath = self._beneath()
        names = [RANKED, FIGURES, *beneath]
        made, here = self.sheet("coverage", names, TOP), grid("coverage", names, TOP)
        least = [rule.country, *[rule.pillar] * (len(beneath) - 1)]
        made.rows[FIRST - 1] = ["least share", None, None, None, *least]
        made.rows[SECOND - 1] = ["indicators", None, None, None, *map(len, beneath.values())]
        source = self._found_at(at)
        found = evidence(self.setup.figures, self.indicators)
        position = {item.id: j for j, item in enumerate(self.indicators)}
        silent = {item.id for item in self.indicators if item.zero_fill}
        asked = list(beneath)[: 1 if rule.below == "missing" else None]
        for i, row in enumerate(made.rows[TOP:]):
            enough = [f"{here.cell(i, each)}>={here.above(FIRST, each)}-1E-12" for each in asked]
            text = f"AND({here.cell(i, FIGURES)}>0,{','.join(enough)})"
            row.append(Formula(text, ranked[i]))
            columns = [position[each] for each in beneath[INDEX]]
            count = self._count(source, i, beneath[INDEX])
            row.append(cell(count, float(found.found[i, columns].sum())))
            for name, ids in beneath.items():
                known = found.beneath([position[each] for each in ids])
                share = (known if name == INDEX else known.values).shares()[i]
                aside = silent if name == INDEX else ()
                formula = self._share(source, i, ids, here.above(SECOND, name), aside)
                row.append(cell(formula, float(share)))
        return here

    def _found_at(self, at: Grid) -> Grid | None:
        """Return where figures stand as they were found; ``None`` if quotients are of others."""
        if getattr(self.methodology.impute, "stage", None) != "raw":
            return at
        if at.sheet == "imputed":
            return self.figures
        self.values_of("coverage", self.methodology.impute.name())
        return None

    def _beneath(self) -> dict[str, list[str]]:
        """Return the indicators that count for coverage, beneath the index and each pillar."""
        rule, counted = self.methodology.coverage, self._counted()
        beneath = {INDEX: counted}
        for pillar in self.setup.framework.root.pillars():
            ids = [item.id for item in pillar.indicators()]
            own = [each for each in ids if rule.below == "missing" or each in counted]
            if own:
                beneath[pillar.id] = own
        return beneath

    @staticmethod
    def _count(at: Grid | None, row: int, ids: Sequence[str]) -> str | None:
        if at is None:
            return None
        groups = neighbours(ids, dict.fromkeys(ids, at))
        return f"COUNT({','.join(each.run(each.top + 1 + row, group) for each, group in groups)})"

    def _share(
        self, at: Grid | None, row: int, ids: Sequence[str], of: str, silent: Collection[str]
    ) -> str | None:
        """Return the formula of a share of figures, with the zeros of lists left aside."""
        count = self._count(at, row, ids)
        aside = [f"COUNTIF({at.cell(row, each)},0)" for each in ids if at and each in silent]
        if count is None or not aside:
            return count and f"{count}/{of}"
        zeros = "+".join(aside)
        return f"({count}-({zeros}))/MAX(1,{of}-({zeros}))"

    def _counted(self) -> list[str]:
        """Return the indicators that count for coverage: those that have a weight."""
        found: list[str] = []

        def descend(pillar: Pillar, level: int) -> None:
            ids = [child.id for child in pillar.children]
            stated = self.methodology.weighting_at(level).takes(ids)
            for child in pillar.children:
                if child.weight == 0 and stated:
                    continue
                if isinstance(child, Pillar):
                    descend(child, level + 1)
                else:
                    found.append(child.id)

        descend(self.setup.framework.root, 0)
        return found or [indicator.id for indicator in self.indicators]

    def _transformed(self, at: Grid, covered: Grid) -> Grid:
        values = np.where(np.array(self.ranked())[:, None], self.values("transformed"), np.nan)

        def text(i: int, indicator: Indicator) -> str | None:
            x = at.cell(i, indicator.id)
            figure = transformed(indicator.transform, x)
            ranked = f"AND({covered.cell(i, RANKED)},ISNUMBER({x}))"
            return None if figure is None else f'IF({ranked},{figure},"")'

        for indicator in self.indicators:
            if indicator.transform is not None and transformed(indicator.transform, "x") is None:
                self.values_of("prepared", indicator.transform.name(), indicator.id)
        return self._stage("prepared", values, text)

    def _treated(self, at: Grid) -> Grid:
        methods = {item.id: item.treat or self.methodology.treat for item in self.indicators}
        if all(isinstance(method, NoTreatment) for method in methods.values()):
            return at
        values = self.values("treated")
        ranked = np.array(self.ranked())[:, None]
        changed = values != np.where(ranked, self._before_treatment(), np.nan)
        changed &= ~np.isnan(values)
        treated = {item.id for j, item in enumerate(self.indicators) if changed[:, j].any()}
        for item in self.indicators:
            if item.id in treated:
                self.values_of("treated", methods[item.id].name(), item.id)
        return self._stage(
            "treated",
            values,
            lambda i, item: None if item.id in treated else passed(at.cell(i, item.id)),
        )

    def _before_treatment(self) -> Floats:
        late = getattr(self.methodology.impute, "stage", None) == "transformed"
        return self.values("imputed" if late else "transformed")

    def _normalised(self, at: Grid) -> Grid:
        """Add the sheet of figures on the common scale, without indicators that were dropped."""
        method, units = self.methodology.normalise, len(self.ranking.units)
        self.indicators = self.ranking.framework.indicators()
        ids = [indicator.id for indicator in self.indicators]
        here = grid("normalised", ids, TOP)
        methods = {item.id: item.normalise or method for item in self.indicators}
        written: dict[str, Normal | None] = {}
        for item in self.indicators:
            column = Column(
                at.column(item.id, units),
                here.above(DIRECTION, item.id),
                here.above(FIRST, item.id),
                here.above(SECOND, item.id),
            )
            how = None if self.strange else normal(methods[item.id], column, item)
            written[item.id] = how
            if how is None and not self.strange:
                self.values_of("normalised", methods[item.id].name(), item.id)
        if self.strange:
            self.values_of("normalised", ", ".join(self.strange))
        middle = self.methodology.constant == "mid"

        def text(i: int, indicator: Indicator) -> str | None:
            how, x = written[indicator.id], at.cell(i, indicator.id)
            if how is None:
                return None
            figure = how.figure(x)
            if how.apart and middle:
                all_ = at.column(indicator.id, units)
                figure = (
                    f"IF(MAX({all_})=MIN({all_}),{number(methods[indicator.id].middle())},{figure})"
                )
            return given(x, figure)

        made_at = self._stage("normalised", self.values("normalised"), text, TOP)
        rows = self.sheets[-1].rows
        stated = [how.labels for how in written.values() if how is not None]
        first, second = zip(*stated, strict=True) if stated else ((), ())
        labels = [" or ".join(dict.fromkeys(filter(None, each))) for each in (first, second)]
        for at_row, label in zip(
            (DIRECTION, WEIGHT, FIRST, SECOND), ("direction", "weight", *labels), strict=True
        ):
            rows[at_row - 1] = [label or None, None]
        late = getattr(self.methodology.impute, "stage", None) == "treated"
        before = self.values("imputed" if late else "treated")
        for item, figures in zip(self.indicators, before.T, strict=True):
            how = written[item.id]
            rows[DIRECTION - 1].append(Formula(self.directions[item.id], item.direction))
            rows[WEIGHT - 1].append(self.weights[item.id])
            texts = (how.first, how.second) if how is not None else ("", "")
            values = how.known(figures) if how is not None else (0.0, 0.0)
            for at_row, formula, value in zip((FIRST, SECOND), texts, values, strict=True):
                rows[at_row - 1].append(Formula(formula, value) if formula else None)
        return made_at


def passed(x: str) -> str:
    """Return the formula of a figure that stays as it is, and of a gap that stays one."""
    return given(x, x)


def given(x: str, text: str) -> str:
    """Return a formula for where there is a figure, which leaves a gap a gap."""
    return f'IF(ISNUMBER({x}),{text},"")'


def cell(text: str | None, value: float, *, array: bool = False) -> Cell:
    """Return a formula with its value, or the value alone where there is no formula."""
    missing = np.isnan(value)
    if text is None:
        return None if missing else Fixed(value)
    return Formula(text, "" if missing else value, array)
