"""How little would a single figure of a country have to change for it to gain a rank?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import floor, log10

import numpy as np

from softpower.analysis.flip.ask import Goal
from softpower.analysis.shared.formatting import titled
from softpower.analysis.shared.variation import Watch, unwatched
from softpower.answer import Answer, Cell, Column, Table, facts
from softpower.engine.cache import Cache
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.engine.score import score_setup
from softpower.errors import MethodError, UsageError
from softpower.index.patch import Setup
from softpower.index.tree import Indicator
from softpower.index.units import find_unit

STEPS = 18
"""So often is the way from a figure to the best one halved."""

DIGITS = 4
"""A figure that is enough is written with so many digits of its change, rounded up."""

NOTES = (
    "Each figure changes alone, up to the best of all, and the whole index is scored anew.",
    "Share is the change as a part of the range of the figures of all.",
)


@dataclass(frozen=True, slots=True)
class Improvement:
    """What a single figure would have to be."""

    indicator: Indicator
    figure: float
    best: float
    """The best figure of all units."""
    span: float
    """How far the figures of all units lie apart."""
    needed: float | None = None
    """The figure that is enough; ``None`` if not even the best one is."""

    @property
    def share(self) -> float:
        """By which share of the span the figure would have to change."""
        if self.needed is None or self.span == 0:
            return np.inf
        return abs(self.needed - self.figure) / self.span


def flip_figures(run: Run, goal: Goal, *, watch: Watch = unwatched) -> Answer:
    """Return by how little each figure of a country has to improve, alone, for it to rise.

    Every figure is searched for by scoring the run anew, up to the best figure of all units: what
    nobody has achieved is not asked for. So it holds for any methodology.

    Parameters
    ----------
    run
        The run whose figures change.
    goal
        Who is to rise, and how far.
    watch
        Hands on what is found for each indicator.

    Raises
    ------
    UsageError
        If a country is not known or not ranked, or what is asked is so already.
    """
    if run.setup is None:
        raise UsageError(f"{run.index.id} is published, not computed: it has no figures.")
    search = _Search(run.setup, goal)
    found = list(watch(len(search.indicators), search.improvements()))
    name = search.unit.name
    aim = "first" if goal.rank == 1 else f"at rank {goal.rank} or better"
    if search.above is not None:
        aim = f"above {search.above.name}"
    title = f"{titled(run)}: which single figure puts {name} {aim}"
    enough = sorted((each for each in found if each.needed is not None), key=lambda e: e.share)
    before = search.ranking[search.unit.id]
    missing = len(search.indicators) - len(found)
    items: list[tuple[str, Cell]] = [
        (name, f"rank {before.rank:g}, score {before.score:.5g}"),
        ("Enough alone", f"{len(enough)} of {len(found)} figures"),
        ("Missing figures", str(missing) if missing else None),
    ]
    return Answer(
        title=title,
        tables=(_table(enough, title), facts("settings", "What was asked", items)),
        notes=NOTES,
        provenance={
            **run.provenance(),
            "flip": {
                "unit": goal.unit,
                "above": goal.above,
                "rank": goal.rank,
                "figures": {each.indicator.id: each.needed for each in enough},
            },
        },
        holds=bool(enough),
    )


def _table(enough: list[Improvement], title: str) -> Table:
    columns = (
        Column("title", "Figure of"),
        Column("id", "Id", whole=True, detail=True),
        Column("unit", "Unit", detail=True),
        Column("figure", "Now"),
        Column("needed", "Enough"),
        Column("change", "Change"),
        Column("share", "Share", "percent"),
        Column("best", "Best", detail=True),
    )
    rows: list[tuple[Cell, ...]] = []
    for each in enough:
        assert each.needed is not None  # noqa: S101
        change = each.needed - each.figure
        rows.append(
            (
                each.indicator.title,
                each.indicator.id,
                each.indicator.unit or None,
                _number(each.figure),
                _number(each.needed),
                f"{'+' if change > 0 else ''}{_number(change, DIGITS)}",
                each.share,
                _number(each.best),
            )
        )
    return Table("figures", title, columns, tuple(rows))


def _number(value: float, digits: int = 6) -> str:
    """Return a figure with so many digits, and none behind the point of a large one."""
    return f"{value:,.0f}" if abs(value) >= 10.0 ** (digits - 1) else f"{value:,.{digits}g}"


class _Search:
    """Looks for figures that are enough."""

    def __init__(self, setup: Setup, goal: Goal) -> None:
        self.setup = setup
        self.cache = Cache()
        self.ranking = score_setup(setup, self.cache)
        self.indicators = setup.framework.indicators()
        self.unit = find_unit(self.ranking.units, goal.unit)
        above = goal.above
        self.above = None if above is None else find_unit(self.ranking.units, above)
        self.rank = goal.rank
        self.row = self.ranking.units.index(self.unit)
        for unit in filter(None, (self.unit, self.above)):
            if self.ranking[unit.id].rank is None:
                why = self.ranking.unranked.get(unit.id, "has no rank")
                raise UsageError(f"{unit.name} is not ranked: it {why}.", mend="Name another.")
        if self._reached(self.ranking):
            where = self.ranking[self.unit.id].rank
            raise UsageError(
                f"{self.unit.name} is there already: rank {where:g}.", mend="Ask for more."
            )

    def _reached(self, ranking: Ranking) -> bool:
        place = ranking.ranks[self.row]
        if self.above is None:
            return bool(place <= self.rank)
        return bool(place < ranking.ranks[ranking.units.index(self.above)])

    def improvements(self) -> Iterator[Improvement]:
        """Yield what each figure of the unit would have to be, where it has one."""
        for indicator in self.indicators:
            column = self.setup.figures.positions([indicator.id])[0]
            figures = self.setup.figures.values[:, column]
            if not np.isnan(figures[self.row]):
                yield self._improvement(indicator, column)

    def _improvement(self, indicator: Indicator, column: int) -> Improvement:
        figures = self.setup.figures.values[:, column]
        low, high = float(np.nanmin(figures)), float(np.nanmax(figures))
        best = high if indicator.direction > 0 else low
        figure = float(figures[self.row])
        known = Improvement(indicator, figure, best, high - low)

        def enough(value: float) -> bool:
            values = self.setup.figures.values.copy()
            values[self.row, column] = value
            changed = replace(self.setup, figures=replace(self.setup.figures, values=values))
            try:
                return self._reached(score_setup(changed, self.cache))
            except MethodError:
                return False

        if figure == best or not enough(best):
            return known
        return replace(known, needed=_least(figure, best, enough))


def _least(figure: float, best: float, enough: Callable[[float], bool]) -> float:
    """Return the figure nearest to one that is enough, written with a few digits of its change."""
    near, far = 0.0, 1.0
    for _ in range(STEPS):
        middle = (near + far) / 2
        if enough(figure + middle * (best - figure)):
            far = middle
        else:
            near = middle
    change = far * (best - figure)
    unit = 10.0 ** (floor(log10(abs(change))) - DIGITS + 1)
    sign = 1.0 if change > 0 else -1.0
    written = figure + sign * np.ceil(abs(change) / unit) * unit
    written = min(written, best) if sign > 0 else max(written, best)
    return float(written) if enough(written) else figure + change
