"""Which errors have scores, given those of the figures that they are made of?

Source: JCGM 100:2008 (GUM), 5.1, for the delta method; JCGM 101:2008, clause 8, for holding it
against draws.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from softpower import defaults
from softpower.engine.cache import Cache
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.engine.sampling.block import Block
from softpower.engine.sampling.design import Sweep
from softpower.engine.sampling.moved import scores_of
from softpower.engine.sampling.perturb import noise, published
from softpower.engine.sampling.sweep import Failed, sweep
from softpower.engine.score import score_setup
from softpower.errors import MethodError, SoftpowerError
from softpower.index.figures import Figures
from softpower.index.patch import Setup
from softpower.methods.model import Floats
from softpower.watch import Watch, unwatched

Propagation = Literal["auto", "delta", "simulation", "both"]
PROPAGATIONS: tuple[Propagation, ...] = get_args(Propagation)
"""How errors of figures are carried to scores."""

BENT = 0.05
"""The delta method is not taken where it leaves out more than this share of a variance."""

AGREE = 0.1
"""Errors that are no further apart than this share of the smaller agree."""

INDEPENDENT = "Errors of different figures are taken as independent."


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """The scores of the ranked units with their covariance."""

    ranking: Ranking
    rows: tuple[int, ...]
    """The rows of the ranked units in the ranking."""
    merits: Floats
    """Their scores, high ones being good."""
    covariance: Floats
    """Of these scores (units x units)."""
    notes: tuple[str, ...] = ()
    """What the covariance rests on."""
    how: str = "given"
    """By which way errors were carried to scores."""
    beside: Floats | None = None
    """The standard errors that the other way gives, where both were asked for (units)."""

    @property
    def errors(self) -> Floats:
        """The standard errors of the scores."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def exact(self) -> int:
        """How many of the units have a score without an error."""
        return int(np.count_nonzero(np.diag(self.covariance) == 0))


@dataclass(frozen=True, slots=True, eq=False)
class _Carried:
    """The covariance of scores by one of the ways."""

    covariance: Floats
    note: str
    worst: float = 0.0
    """The largest share of a variance that is left out."""
    still: int = 0
    """How many figures count for a score and move none as they go from end to end."""


def estimates(
    run: Run,
    how: Propagation = "auto",
    *,
    draws: int = defaults.RESCORED,
    seed: int = defaults.SEED,
    watch: Watch = unwatched,
) -> Estimates:
    """Return scores with the covariance that follows from the standard errors of figures.

    Parameters
    ----------
    run
        What is scored; the published scores themselves where it is only published.
    how
        By the delta method, by simulation, or by both; ``auto`` takes the delta method where scores
        are smooth in the figures, so that it leaves out no more than 5 % of any variance and every
        figure moves some score within its error, and simulation elsewhere. ``both`` does the same
        and says how far the two are apart.
    draws
        How often figures are drawn for a simulation.
    seed
        Where random numbers start.
    watch
        Hands on what is scored, so that progress can be shown.

    Raises
    ------
    UsageError
        If no figure has a standard error.
    MethodError
        If a method refuses the figures, or they as they are changed.
    """
    setup = run.setup if run.setup is not None else published(run)
    noise(setup, {}, everywhere=None, errors=True)
    cache = Cache()
    ranking = score_setup(setup, cache)
    rows = np.flatnonzero(~np.isnan(ranking.scores))
    smooth: _Carried | None = None
    why = ""
    if how != "simulation":
        try:
            smooth = _delta(setup, ranking, cache, watch)
        except SoftpowerError as error:
            if how != "auto":
                raise
            why = f"The delta method fails. {error.what}"
    drawn: _Carried | None = None
    if how in ("simulation", "both") or (how == "auto" and not _is_smooth(smooth)):
        drawn = _simulated(setup, ranking, draws, seed, watch)
    first = drawn if how == "simulation" or not _is_smooth(smooth) else smooth
    taken = first if how != "delta" and first is not None else smooth
    assert taken is not None  # noqa: S101  one of the two was asked for
    other = (drawn if taken is smooth else smooth) if how == "both" else None
    notes = [each for each in (taken.note, why) if each]
    if how != "simulation" and taken is drawn and smooth is not None:
        notes.append(_refused(smooth))
    if other is not None and smooth is not None and drawn is not None:
        notes.append(_compared(ranking, rows.tolist(), smooth, drawn))
    return Estimates(
        ranking,
        tuple(rows.tolist()),
        ranking.sense * ranking.scores[rows],
        taken.covariance,
        (*notes, INDEPENDENT),
        "delta" if taken is smooth else "simulation",
        None if other is None else np.sqrt(np.diag(other.covariance)),
    )


def _is_smooth(carried: _Carried | None) -> bool:
    return carried is not None and carried.worst <= BENT and not carried.still


def _refused(carried: _Carried) -> str:
    """Return why the delta method is not taken."""
    if carried.worst > BENT:
        return (
            "The delta method is not taken: scores bend within the errors of figures, so that it "
            f"leaves out {carried.worst:.0%} of a variance at most (more than {BENT:.0%})."
        )
    return (
        f"The delta method is not taken: scores go in steps, for {carried.still:,} figures move "
        "none within their error."
    )


def _delta(setup: Setup, ranking: Ranking, cache: Cache, watch: Watch) -> _Carried:
    """Return the covariance by the delta method, and what it leaves out.

    Formula: ``J J'``, ``J_ui = (f_u(x + s_i) - f_u(x - s_i)) / 2`` being the change of a score as
    figure ``i`` goes from one standard error below to one above, over two; exact where scores are
    linear in figures. What is left out of the variance of ``u`` is the share of ``2 sum_i B_ui^2``,
    ``B_ui = (f_u(x + s_i) + f_u(x - s_i)) / 2 - f_u(x)``, in it and the variance together: the
    second-order term of normal errors.
    """
    scored = setup.figures.positions([item.id for item in ranking.framework.indicators()])
    errors = setup.figures.errors
    uncertain = [(i, j) for j in scored for i in range(len(errors)) if errors[i, j] > 0]
    found = scores_of(setup, ranking, _shifted(setup.figures, uncertain), cache)
    rows = ~np.isnan(ranking.scores)
    ends = list(watch(2 * len(uncertain), found, "ends of figures"))
    both = np.array(ends).reshape(len(uncertain), 2, np.count_nonzero(rows))
    if lost := np.flatnonzero(np.isnan(both).any(axis=(1, 2))).tolist():
        i, j = uncertain[lost[0]]
        unit, name = setup.figures.units[i].name, setup.figures.ids[j]
        raise MethodError(
            f"With {name} of {unit} one standard error off, some score is missing.",
            mend="Check its standard error.",
        )
    jacobian = (both[:, 0] - both[:, 1]) / 2
    bends = both.mean(axis=1) - ranking.scores[rows]
    covariance = jacobian.T @ jacobian
    variance, second = np.diag(covariance), 2 * (bends**2).sum(axis=0)
    whole = variance + second
    floor = 1e-18 * whole.max(initial=0.0)
    left = np.divide(second, whole, out=np.zeros_like(whole), where=whole > floor)
    worst = float(left.max(initial=0.0))
    said = (
        "Errors of scores follow from those of figures by the delta method, which leaves out "
        f"{worst:.1%} of a variance at most."
    )
    weights = dict(zip(scored, ranking.unit_weights.T, strict=True))
    moves = jacobian.any(axis=1)
    still = [
        (i, j)
        for (i, j), moved in zip(uncertain, moves.tolist(), strict=True)
        if not moved and rows[i] and weights[j][i] != 0
    ]
    return _Carried(covariance, said, worst, len(still))


def _shifted(figures: Figures, uncertain: list[tuple[int, int]]) -> Iterator[Figures]:
    """Yield the figures with each uncertain one a standard error higher, then lower."""
    for i, j in uncertain:
        for sign in (1, -1):
            values = figures.values.copy()
            values[i, j] += sign * figures.errors[i, j]
            yield replace(figures, values=values)


def _simulated(setup: Setup, ranking: Ranking, draws: int, seed: int, watch: Watch) -> _Carried:
    """Return the covariance of scores over draws of the figures."""
    draw = noise(setup, {}, everywhere=None, errors=True)
    design = Sweep((setup,), figure_sampling=draw, draws=draws, seed=seed)
    scored = ~np.isnan(ranking.scores)
    ids = tuple(unit.id for unit, yes in zip(ranking.units, scored, strict=True) if yes)

    def scores(block: Block) -> Floats | None:
        return block.scores.copy() if block.units == ids else None

    found, lost, reason = [], 0, "Other units have a score."
    for outcome in watch(draws, sweep(design, scores)):
        if isinstance(outcome, Failed):
            lost, reason = lost + outcome.draws, outcome.reason
        elif outcome.value is None:
            lost += outcome.draws
        else:
            found.append(outcome.value)
    if lost:
        raise MethodError(
            f"{lost:,} of {draws:,} draws of the figures do not score the same units. {reason}",
            mend="Check the standard errors of their figures.",
        )
    many = np.concatenate(found) - ranking.scores[scored]
    said = f"Errors of scores are from {draws:,} draws of the figures within theirs."
    return _Carried(np.atleast_2d(np.cov(many, rowvar=False)), said)


def _compared(ranking: Ranking, rows: list[int], smooth: _Carried, drawn: _Carried) -> str:
    """Return by how much the two ways differ, in words."""
    by_delta, by_draws = (np.sqrt(np.diag(each.covariance)) for each in (smooth, drawn))
    there = np.flatnonzero((by_delta > 0) & (by_draws > 0))
    if not there.size:
        return "No score has an error by both ways."
    ratios = by_draws[there] / by_delta[there]
    low, high = int(np.argmin(ratios)), int(np.argmax(ratios))
    names = [ranking.units[rows[there[at]]].name for at in (low, high)]
    agree = bool(ratios[low] >= 1 - AGREE and ratios[high] <= 1 + AGREE)
    verdict = "The two ways agree" if agree else "The two ways do not agree"
    return (
        f"{verdict} (within {AGREE:.0%}): errors by simulation are {ratios[low]:.2f} "
        f"({names[0]}) to {ratios[high]:.2f} ({names[1]}) times those by the delta method, "
        f"{np.median(ratios):.2f} in the middle."
    )
