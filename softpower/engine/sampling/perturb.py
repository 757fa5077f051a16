"""Figures that vary: as far as they were rounded, and as far as their standard errors go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.random import Generator

from softpower.engine.run import Run
from softpower.errors import UsageError, did_you_mean
from softpower.index.figures import Figures
from softpower.index.ids import Spelling
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Framework, Indicator, Pillar

SCORE = "score"
"""The id of the only indicator of an index that is only published."""


@dataclass(frozen=True, slots=True)
class Perturbation:
    """Draws figures around those that are given.

    A figure that was rounded to steps of ``r`` is uniform within ``r / 2`` of what is written; one
    with a standard error is normal around it. What is missing stays missing.
    """

    rounding: Mapping[str, float] = field(default_factory=dict)
    """The step to which the figures of an indicator were rounded, by its id."""
    errors: bool = False
    """Whether figures vary by their standard errors, where these are given."""

    def __call__(self, figures: Figures, generator: Generator) -> Figures:
        """Return one draw of the figures."""
        values = figures.values.copy()
        for j, name in enumerate(figures.ids):
            if name in self.rounding:
                half = self.rounding[name] / 2
                values[:, j] += generator.uniform(-half, half, values.shape[0])
        if self.errors:
            spread = np.where(np.isnan(figures.errors), 0.0, figures.errors)
            values += spread * generator.standard_normal(values.shape)
        return replace(figures, values=values)


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
    return Perturbation(steps, errors)


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
