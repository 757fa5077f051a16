"""Which units can be told apart, given the standard errors of their scores?

Source: Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91:476-518,
doi 10.1093/restud/rdad006; Romano & Wolf (2005), Econometrica 73:1237-1282, for the steps.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from softpower import defaults
from softpower.analysis.shared.propagation import Estimates, estimates
from softpower.engine.run import Run
from softpower.errors import UsageError
from softpower.methods.model import Floats, Mask

NOTHING = 1e-9
"""A difference whose error is smaller than this part of the largest of a score has none."""


class Apart(NamedTuple):
    """Which units are surely better (1) or worse (-1) than which (rows than columns)."""

    marginal: Floats
    """By what is sure for each row alone."""
    simultaneous: Floats
    """By what is sure for all rows together."""


def rank_sets(signs: Floats) -> tuple[Floats, Floats]:
    """Return the best and the worst rank that each unit may have."""
    best = 1 + np.count_nonzero(signs < 0, axis=1)
    return best, signs.shape[0] - np.count_nonzero(signs > 0, axis=1)


def told_apart(known: Estimates, confidence: float, draws: int, seed: int) -> Apart:
    """Return which units can be told apart at a level of confidence.

    Formula: ``k`` is better than ``j`` if ``(m_k - m_j) / s_jk`` is above the quantile of the
    maximum of ``(Z_k - Z_j) / s_jk`` over all that is not decided yet, step by step until nothing
    more is decided, with ``Z`` drawn from a normal distribution with the covariance of the scores.
    To be decided are, for one unit, who is better and who is worse than it (marginal), or both for
    all of them (simultaneous).

    Parameters
    ----------
    known
        Scores and their covariance.
    confidence
        In percent, between 0 and 100.
    draws
        How often is drawn.
    seed
        Where random numbers start.

    Raises
    ------
    UsageError
        If ``confidence`` is not between 0 and 100.
    """
    refuse_level(confidence)
    n = known.merits.size
    unit = float(known.errors.max(initial=0.0)) or 1.0  # so that no number is too large or small
    covariance = known.covariance / unit / unit
    variance = np.diag(covariance)
    spread = np.sqrt(np.maximum(variance[:, None] + variance - 2 * covariance, 0.0))
    spread[spread <= NOTHING] = 0.0
    gaps = (known.merits - known.merits[:, None]) / unit
    with np.errstate(divide="ignore", invalid="ignore"):
        above = np.where(gaps == 0, 0.0, gaps / spread)
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    drawn = root @ np.random.default_rng(seed).standard_normal((draws, n)).T
    inverse = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    largest = Largest(drawn.astype(np.float32), inverse.astype(np.float32))
    decided = Decided(*(np.zeros((n, n), dtype=bool) for _ in Decided._fields))
    while True:
        each, every = largest.quantiles(decided, confidence / 100)
        now = Decided(above > each[:, None], each[:, None] < above.T, above > every)
        now = Decided(*(one | before for one, before in zip(now, decided, strict=True)))
        if all(np.array_equal(*pair) for pair in zip(now, decided, strict=True)):
            break
        decided = now
    ahead, behind, together = (mask.astype(float) for mask in decided)
    return Apart(behind - ahead, together.T - together)


def refuse_level(confidence: float) -> None:
    """Refuse a level of confidence that is none.

    Raises
    ------
    UsageError
        If it is not between 0 and 100 percent.
    """
    if not 0 < confidence < 100:
        raise UsageError(
            f"A confidence of {confidence:g} % says nothing.",
            mend="Take a number between 0 and 100, such as 95.",
        )


class Decided(NamedTuple):
    """What is sure so far of each row and column."""

    ahead: Mask
    """That the column is better, for the row alone."""
    behind: Mask
    """That the column is worse, for the row alone."""
    together: Mask
    """That the column is better, for all of them together."""


class Largest:
    """The largest difference of drawn scores over what is not decided, unit by unit."""

    def __init__(self, drawn: Floats, inverse: Floats) -> None:
        self.drawn, self.inverse = drawn, inverse
        """Drawn scores (units x draws), and one over the errors of differences."""
        self.before = Decided(*(np.ones(inverse.shape, dtype=bool) for _ in Decided._fields))
        self.own, self.together = np.zeros((2, *drawn.shape), dtype=np.float32)
        self.limits = np.zeros(len(drawn))

    def quantiles(self, decided: Decided, share: float) -> tuple[Floats, float]:
        """Return the quantiles of the largest difference: for each unit alone, and for all.

        Only units of which more is decided than at the last call are worked out again.
        """
        changed = [(now != was).any(axis=1) for now, was in zip(decided, self.before, strict=True)]
        alone = changed[0] | changed[1]
        for k in np.flatnonzero(alone | changed[2]).tolist():
            better = (self.drawn - self.drawn[k]) * self.inverse[k][:, None]
            self.together[k] = better[~decided.together[k]].max(axis=0, initial=0)
            if alone[k]:
                own = better[~decided.ahead[k]].max(axis=0, initial=0)
                least = better[~decided.behind[k]].min(axis=0, initial=0)
                self.own[k] = np.maximum(own, -least)
        self.limits[alone] = np.quantile(self.own[alone], share, axis=1)
        self.before = decided
        return self.limits, float(np.quantile(self.together.max(axis=0), share))


class Tiers(NamedTuple):
    """Groups of units that cannot be told from the first of the group."""

    of: dict[str, int]
    """The tier of each unit by its id, 1 being the best."""
    notes: tuple[str, ...]


def tiers_of(run: Run) -> Tiers:
    """Return the tier of each ranked unit.

    A tier begins with the best unit that is surely worse than the first of the tier before, all
    pairs being sure together at 95 %.

    Raises
    ------
    UsageError
        If no figure has a standard error.
    """
    known = estimates(run)
    apart = told_apart(known, defaults.CONFIDENCE, defaults.CONFIDENCE_DRAWS, defaults.SEED)
    found = tiers(known.merits, apart.simultaneous)
    ids = [known.ranking.units[i].id for i in known.rows]
    said = (
        f"A tier begins with the first who is surely worse than the first of the tier before, at "
        f"{defaults.CONFIDENCE:g} % for all at once: {max(found)} tiers. Within a tier, ranks say "
        "little."
    )
    return Tiers(dict(zip(ids, found, strict=True)), (said, *known.notes))


def tiers(merits: Floats, signs: Floats) -> list[int]:
    """Return the tier of each unit by its score and by who is surely worse (-1) than whom."""
    found, tier, leader = [0] * merits.size, 0, -1
    for k in np.argsort(-merits, kind="stable").tolist():
        if leader < 0 or signs[k, leader] < 0:
            tier, leader = tier + 1, k
        found[k] = tier
    return found
