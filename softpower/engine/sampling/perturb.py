"""Figures that vary: as far as they were rounded, and as far as their standard errors go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.random import Generator

from softpower.engine.run import Run
from softpower.errors import UsageError, did_you_mean
from softpower.index.figures import Figures
from softpower.index.ids import Spelling
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.methods.model import ABOVE_ZERO, Floats
from softpower.methods.normalise.fixed import NoNormalisation

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    Places = NDArray[intp]

SCORE = "score"
"""The id of the only indicator of an index that is only published."""


@dataclass(frozen=True, slots=True)
class Perturbation:
    """Draws figures around those that are given.

    A figure that was rounded to steps of ``r`` is uniform within ``r / 2`` of what is written; one
    with a standard error is normal around it. What is missing stays missing, and so does a zero of
    a list that does not name the unit. A figure that would be below what it can be is drawn again,
    so that its distribution is that of the others, given that it is none of these.
    """

    rounding: Mapping[str, float] = field(default_factory=dict)
    """The step to which the figures of an indicator were rounded, by its id."""
    errors: bool = False
    """Whether figures vary by their standard errors, where these are given."""
    least: Mapping[str, float] = field(default_factory=dict)
    """The least that a figure of an indicator can be, by its id, if it is not any number; figures
    that are below it from the start are let be."""
    zero_fill: Collection[str] = ()
    """The indicators of which a zero says only that a list does not name the unit."""

    def __call__(self, figures: Figures, generator: Generator) -> Figures:
        """Return one draw of the figures."""
        values = self.many(figures, [generator])[:, 0]
        return replace(figures, values=np.ascontiguousarray(values.T))

    def many(self, figures: Figures, generators: Sequence[Generator]) -> Floats:
        """Return draws of the figures, one by each generator (indicators x draws x units)."""
        units, spread = len(figures.units), self._spread(figures)
        rounded = [j for j, name in enumerate(figures.ids) if name in self.rounding]
        uncertain = np.flatnonzero(spread.any(axis=1)).tolist()
        moved = np.empty((len(generators), len(rounded), units))
        apart = np.empty((len(generators), len(uncertain) if self.errors else 0, units))
        normal = np.empty(figures.values.shape)
        for draw, generator in enumerate(generators):
            generator.random(out=moved[draw])
            if self.errors:
                generator.standard_normal(out=normal)
                np.multiply(normal.T[uncertain], spread[uncertain], out=apart[draw])
        values = np.empty((len(figures.ids), len(generators), units))
        values[:] = figures.values.T[:, None]
        for k, j in enumerate(rounded):
            step = self.rounding[figures.ids[j]]
            values[j] += moved[:, k] * step - step / 2
        for k, j in enumerate(uncertain):
            values[j] += apart[:, k]
        for j, name in enumerate(figures.ids):
            if name in self.zero_fill:
                values[j, :, figures.values[:, j] == 0] = 0.0
        self._draw_again(values, figures, generators)
        return values

    def within(self, setups: Iterable[Setup]) -> Perturbation:
        """Return the same of figures that can be what all of these setups take."""
        least: dict[str, float] = {}
        for setup in setups:
            for name, figure in least_figures(setup).items():
                least[name] = max(figure, least.get(name, figure))
        return replace(self, least=least)

    def _draw_again(
        self, values: Floats, figures: Figures, generators: Sequence[Generator]
    ) -> None:
        """Draw figures again that are below the least that they can be, draw by draw."""
        j, draws, units = self._low(values, figures)
        given = figures.values[units, j].tolist()
        spread = self._spread(figures)[j, units].tolist()
        drawn = given.copy()
        other = np.flatnonzero((np.diff(draws) != 0) | (np.diff(j) != 0)) + 1
        starts = [0, *other.tolist()] if drawn else []
        for first, last in pairwise([*starts, len(drawn)]):
            name, generator = figures.ids[j[first]], generators[draws[first]]
            step, least = self.rounding.get(name, 0.0), self.least[name]
            half = step / 2
            left = list(range(first, last))
            while left:
                moved = generator.random(len(left)).tolist()
                normal = generator.standard_normal(len(left)).tolist()
                low = []
                for k, u, z in zip(left, moved, normal, strict=True):
                    drawn[k] = figure = given[k] + (step * u - half) + spread[k] * z
                    if figure < least:
                        low.append(k)
                left = low
        values[j, draws, units] = drawn

    def _low(self, values: Floats, figures: Figures) -> tuple[Places, Places, Places]:
        """Return which figures are below the least that they can be: indicator, draw and unit.

        They are in the order of the draws, and in each of the indicators.
        """
        found = [np.zeros((3, 0), dtype=np.intp)]
        for j, name in enumerate(figures.ids):
            least = self.least.get(name, -np.inf)
            if least > -np.inf:
                low = (values[j] < least) & (figures.values[:, j] >= least)
                draws, units = np.nonzero(low)
                found.append(np.stack([np.full_like(draws, j), draws, units]))
        cells = np.concatenate(found, axis=1)
        j, draws, units = cells[:, np.argsort(cells[1], kind="stable")]
        return j, draws, units

    def _spread(self, figures: Figures) -> Floats:
        """Return by what figures vary (indicators x units): their standard errors, or nothing."""
        if not self.errors:
            return np.zeros(figures.values.T.shape)
        return np.where(np.isnan(figures.errors), 0.0, figures.errors).T.copy()


def least_figures(setup: Setup) -> dict[str, float]:
    """Return the least that figures can be, by the id of an indicator, if not any number.

    That is what its transform takes; what the treatment, the normalisation and, where there is
    none, the aggregation of figures that are not transformed take; and more than zero for what
    others are divided by. Goalposts are no bounds, for there are figures beyond them.
    """
    method, root = setup.methodology, setup.framework.root
    senses, found = root.senses(method.sense), dict[str, float]()
    own = (pillar.aggregate for pillar in (root, *root.pillars()))
    refused = any(
        each is not None and each.refuses_negative() for each in (*method.aggregate, *own)
    )
    for indicator in setup.framework.indicators():
        if indicator.transform is not None:
            least = indicator.transform.least
        else:
            normalise = indicator.normalise or method.normalise
            direction = indicator.direction * senses[indicator.id]
            least = max((indicator.treat or method.treat).least, normalise.least(direction))
            if refused and isinstance(normalise, NoNormalisation):
                least = max(least, 0.0)
        if least > -np.inf:
            found[indicator.id] = max(least, found.get(indicator.id, least))
        if indicator.denominator is not None:
            found[indicator.denominator.figure] = ABOVE_ZERO
    return found


def noise(
    setup: Setup, rounding: Mapping[str, float], *, everywhere: float | None, errors: bool
) -> Perturbation:
    """Return how the figures of a setup vary.

    Parameters
    ----------
    setup
        What is scored.
    rounding
        Steps of rounding by the id of an indicator.
    everywhere
        The step for all indicators that are scored, but for those named.
    errors
        Whether standard errors count.

    Raises
    ------
    UsageError
        If an indicator is not known, a step is not above zero, or no figure has a standard error.
    """
    scored = [indicator.id for indicator in setup.framework.indicators()]
    steps = dict.fromkeys(scored, everywhere) if everywhere is not None else {}
    for name, step in Spelling(scored).keys(rounding, "step").items():
        if name not in scored:
            raise UsageError(f"No figures of {name!r} are scored.", mend=did_you_mean(name, scored))
        steps[name] = step
    if any(not 0 < step < np.inf for step in steps.values()):
        raise UsageError("A step of rounding is above zero.", mend="Such as `rounding=0.1`.")
    if errors and np.isnan(setup.figures.errors[:, setup.figures.positions(scored)]).all():
        raise UsageError(
            "No figure has a standard error.",
            mend="Give them in figures.csv, in a column standard_error.",
        )
    zero_fill = frozenset(each.id for each in setup.framework.indicators() if each.zero_fill)
    return Perturbation(steps, errors, zero_fill=zero_fill).within([setup])


def published(run: Run) -> Setup:
    """Return the setup of an index that is only published: its scores as figures.

    Raises
    ------
    UsageError
        If scores are missing, as ranks among some of the units are not ranks in the index.
    """
    known = run.index.published
    if known is None or not known.known_scores:
        raise UsageError(
            f"{run.index.id} has ranks but no scores.",
            mend="Add the scores that its publisher prints to published.csv.",
        )
    if known.known_scores < known.ranked:
        raise UsageError(
            f"{run.index.id} is {known.partial}: ranks among the units whose scores are known "
            "would not be ranks in the index.",
            mend="Take an edition of which all scores are known, or add them to published.csv.",
        )
    there = ~np.isnan(known.scores)
    units = tuple(unit for unit, yes in zip(known.units, there, strict=True) if yes)
    blank = np.full((len(units), 1), "", dtype=object)
    figures = Figures(units, (SCORE,), known.scores[there][:, None], blank, blank.copy())
    own = run.index.methodology
    score = Indicator(SCORE, "Published score", direction=own.sense)
    tree = Framework("published", run.index.title, Pillar("", run.index.title, children=(score,)))
    return Setup(figures, tree, Methodology(normalise="none", direction=own.direction))
