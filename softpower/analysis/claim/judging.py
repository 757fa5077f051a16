"""Judging claims under a run and under the variants of its index, alone or stacked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from softpower.analysis.claim.kinds import Claim
from softpower.analysis.claim.stacks import Stack, stacks_of
from softpower.analysis.shared.lists import Listed, rule_of_ties
from softpower.engine.cache import Cache
from softpower.engine.loading import arranged, sound_variants
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run, Scale
from softpower.engine.score import score_setup
from softpower.errors import Problem, SoftpowerError
from softpower.index.name import stack_name


@dataclass(frozen=True, slots=True)
class ClaimResult:
    """What one run says of one claim."""

    label: str
    """What is added to the run as named, such as ``@zscore``; empty for that run itself."""
    size: int
    """How many variants that is."""
    holds: bool | None
    margin: float
    """How far from flipping; NaN where it cannot be judged."""
    obstacle: str = ""
    """Why it cannot be judged."""


@dataclass(frozen=True, slots=True)
class ClaimSummary:
    """What is known of one claim."""

    claim: Claim
    named: ClaimResult
    """Under the run itself."""
    others: tuple[ClaimResult, ...]
    """Under the runs held beside it."""

    @property
    def judged(self) -> tuple[ClaimResult, ...]:
        """The other runs that can judge it."""
        return tuple(ruling for ruling in self.others if ruling.holds is not None)

    @property
    def supported(self) -> int:
        """How many of them support it."""
        return sum(ruling.holds is True for ruling in self.others)

    @property
    def share(self) -> float | None:
        """The share of them that support it."""
        return self.supported / len(self.judged) if self.judged else None

    @property
    def stands(self) -> bool:
        """Whether it holds under the run itself and nothing contradicts it."""
        return self.named.holds is True and self.supported == len(self.judged)

    def with_answer(self, holds: bool) -> list[ClaimResult]:
        """Return the other runs with an answer: smallest change first, then the clearest."""
        found = [ruling for ruling in self.others if ruling.holds is holds]
        return sorted(found, key=lambda ruling: (ruling.size, -abs(ruling.margin)))

    def flip(self) -> ClaimResult | None:
        """Return the smallest change that turns the answer of the run itself, if any does."""
        if self.named.holds is None:
            return None
        return next(iter(self.with_answer(not self.named.holds)), None)

    def closest(self) -> ClaimResult | None:
        """Return the ruling that is nearest to flipping, the run itself first among equals."""
        judged = [ruling for ruling in (self.named, *self.others) if ruling.holds is not None]
        return min(judged, key=lambda ruling: abs(ruling.margin), default=None)


@dataclass(frozen=True, slots=True, eq=False)
class VariantResults:
    """What runs of one kind say of the claims: a label and a ruling on each claim per run."""

    kind: str
    """What the runs are, in the singular, such as ``variant``."""
    rulings: Mapping[str, tuple[ClaimResult, ...]]
    """By the label of the run; one for each claim."""
    same: tuple[str, ...] = ()
    """Labels of those that rank exactly as the run itself."""
    clashing: tuple[str, ...] = ()
    """Variants that contradict the run itself, so that they cannot be added to it."""
    skipped: int = 0
    """How many stacks contradict themselves or the run, of those that were looked at."""
    deepest: int | None = None
    """The largest number of variants stacked, if larger stacks were too many to try."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Why a run could not be computed, by its label."""
    ties: Mapping[str, str] = field(default_factory=dict)
    """How equal scores share ranks where it is not as in the run itself, by the label."""

    def record(self) -> dict[str, Any]:
        """Return what was tried as plain JSON values."""
        return {
            "judged_under": self.kind,
            "tried": len(self.rulings),
            "skipped": self.skipped,
            "clashing": list(self.clashing),
            "refused": dict(self.refused),
        }


def on_itself(run: Run, ranking: Ranking, claims: Sequence[Claim]) -> tuple[ClaimResult, ...]:
    """Return what a run as it is named says of each claim."""
    return _rulings(claims, run, ranking, (), run.scale)


def under_variants(
    run: Run,
    ranking: Ranking,
    claims: Sequence[Claim],
    *,
    stacked: bool = False,
    watch: Callable[[Sequence[Stack]], Iterable[Stack]] = iter,
) -> VariantResults:
    """Return what the variants of an index say of each claim, each added to a run.

    Parameters
    ----------
    run
        The run to which variants are added; further changes stay on top of them.
    ranking
        Its ranking.
    claims
        The claims.
    stacked
        Whether every consistent set of variants is tried, and not only each variant alone.
    watch
        Hands the stacks on one by one, so that progress can be shown.
    """
    kind = "stack" if stacked else "variant"
    if run.setup is None:
        return VariantResults(kind, {})
    stacks = stacks_of(run, stacked=stacked)
    cache, scale = Cache(), run.scale
    sound = sound_variants(run.index) if stacked else ()
    rulings: dict[str, tuple[ClaimResult, ...]] = {}
    refused: dict[str, str] = {}
    ties: dict[str, str] = {}
    same: list[str] = []
    for added in watch(stacks.consistent):
        label = stack_name(added)
        try:
            together = (*run.variants, *added)
            other = arranged(run.index, together, run.asked, run.identifier, sound=sound)
            found = other.score() if other.setup is None else score_setup(other.setup, cache)
        except SoftpowerError as error:
            refused[label] = str(Problem(error.what, error.location))
            continue
        rule = rule_of_ties((other,))
        if rule != rule_of_ties((run,)):
            ties[label] = rule
        rulings[label] = _rulings(claims, other, found, added, scale)
        if found.units == ranking.units and np.array_equal(
            found.ranks, ranking.ranks, equal_nan=True
        ):
            same.append(label)
    return VariantResults(
        kind, rulings, tuple(same), stacks.clashing, stacks.skipped, stacks.deepest, refused, ties
    )


def _rulings(
    claims: Sequence[Claim],
    run: Run,
    ranking: Ranking,
    added: Stack,
    scale: Scale | None,
) -> tuple[ClaimResult, ...]:
    found = []
    for claim in claims:
        obstacle = claim.obstacle(ranking) or _limits(claim, run, ranking, scale)
        holds = None if obstacle else claim.holds(ranking)
        margin = float("nan") if obstacle else claim.margin(ranking)
        found.append(ClaimResult(stack_name(added), len(added), holds, margin, obstacle))
    return tuple(found)


def _limits(claim: Claim, run: Run, ranking: Ranking, scale: Scale | None) -> str:
    """Return why a claim that could be judged by its units should not be."""
    if claim.counts_points and run.scale != scale:
        return "scores are on another scale there"
    if claim.needs_all and not Listed.of(run, ranking).complete:
        return "the lowest ranks are not all known"
    return ""
