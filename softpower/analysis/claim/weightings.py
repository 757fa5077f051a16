"""In how much of the space of weights does a claim hold?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from softpower import defaults
from softpower.analysis.claim.kinds import Claim
from softpower.analysis.claim.standings import RankMatrix
from softpower.analysis.shared.study import study
from softpower.analysis.shared.uninterrupted import uninterrupted
from softpower.analysis.shared.variation import Variation
from softpower.engine.people import PeopleRanks
from softpower.engine.run import Run
from softpower.engine.sampling.block import Block
from softpower.engine.sampling.sweep import Failed, sweep
from softpower.errors import MethodError, SoftpowerError, UsageError
from softpower.index.people import People
from softpower.methods.space import WeightSpace
from softpower.watch import Watch

NORMAL = 1.959963984540054
"""The normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class WeightSupport:
    """What drawn weights say of the claims."""

    variation: Variation
    draws: int = 0
    """How many sets of weights led to a ranking."""
    failed: int = 0
    true: tuple[int, ...] = ()
    """Under how many of them each claim is true."""
    refusal: str = ""
    """Why no weights could be drawn."""
    partial: bool = False
    axes: int = 0
    """How many weights a set has."""

    def share(self, at: int) -> float | None:
        """Return the share of weights that support a claim."""
        return self.true[at] / self.draws if self.draws else None

    def error(self, at: int) -> float | None:
        """Return half the width of the 95 % interval of that share."""
        if not self.draws:
            return None
        low, high = wilson(self.true[at], self.draws)
        return (high - low) / 2

    def record(self) -> dict[str, Any]:
        """Return how weights were drawn as plain JSON values."""
        if self.variation.weights is None:
            return {}
        account = {
            "sample": self.variation.weights.model_dump(mode="json"),
            "levels": list(self.variation.levels),
            "draws": self.draws,
            "failed": self.failed,
            "seed": self.variation.seed,
            **({"refused": self.refusal} if self.refusal else {}),
            **({"partial": True} if self.partial else {}),
        }
        return {"weights_drawn": account}


def under_weights(
    run: Run,
    claims: Sequence[Claim],
    variation: Variation,
    *,
    threads: int | None = None,
    watch: Watch,
) -> WeightSupport:
    """Return under how many drawn sets of weights each claim is true.

    Parameters
    ----------
    run
        The run whose weights vary.
    claims
        Claims that can be judged under it.
    variation
        How weights are drawn, and how often.
    threads
        How many threads share the work; the result does not depend on it.
    watch
        Hands outcomes on, so that progress can be shown, and may be interrupted.

    Raises
    ------
    UsageError
        If something is stated of weights that the run has not.
    """
    try:
        known = study(run, variation)
        plan = known.sweep
    except SoftpowerError as error:
        if isinstance(error, UsageError) and _stated(variation):
            raise
        return WeightSupport(variation, refusal=error.what)
    points = any(claim.counts_points for claim in claims)

    def tally(block: Block) -> tuple[int, ...]:
        scores = block.sense * block.scores if points else block.ranks
        standings = RankMatrix(block.units, block.ranks, scores)
        return tuple(int(np.count_nonzero(claim.true(standings))) for claim in claims)

    draws = failed = 0
    true = np.zeros(len(claims), dtype=np.int64)
    partial = False
    try:
        for outcome in watch(plan.total, sweep(plan, tally, threads=threads)):
            with uninterrupted():
                if isinstance(outcome, Failed):
                    failed += outcome.draws
                else:
                    draws += outcome.draws
                    true += np.array(outcome.value, dtype=np.int64)
    except KeyboardInterrupt:
        if not draws:
            raise
        partial = True
    except MethodError as error:
        return WeightSupport(variation, failed=failed, refusal=error.what)
    counts = tuple(map(int, true))
    return WeightSupport(variation, draws, failed, counts, "", partial, len(known.axes))


def _stated(variation: Variation) -> bool:
    """Return whether a person said which weights vary, or what is true of them."""
    return variation.levels != (defaults.LEVELS,) or isinstance(variation.weights, WeightSpace)


@dataclass(frozen=True, slots=True)
class Backing:
    """How many people's own weights support each claim."""

    file: str
    people: int
    true: tuple[int, ...]


def by_people(run: Run, claims: Sequence[Claim], people: People) -> Backing:
    """Return under how many people's own weights each claim is true.

    A person under whose weights a country of the claim is not ranked does not support it.

    Raises
    ------
    UsageError
        If their weights are none of the run's tree.
    MethodError
        If a method refuses the figures.
    """
    assert run.setup is not None  # noqa: S101
    found = PeopleRanks.of(run.setup, people)
    ranking = found.batch.ranking
    ids = [ranking.units[row].id for row in found.batch.scored]
    standings = RankMatrix(ids, found.ranks, ranking.sense * found.scores)
    true = tuple(int(np.count_nonzero(claim.true(standings))) for claim in claims)
    return Backing(people.file, len(people.names), true)


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Return the 95 % interval of a share.

    Formula: ``(p + z^2/2n +- z sqrt(p (1-p)/n + z^2/4n^2)) / (1 + z^2/n)``.

    Source: Wilson (1927), J. American Statistical Association 22:209-212.
    """
    share, square = successes / trials, NORMAL**2 / trials
    middle = share + square / 2
    half = NORMAL * sqrt(share * (1 - share) / trials + square / (4 * trials))
    return (middle - half) / (1 + square), (middle + half) / (1 + square)
