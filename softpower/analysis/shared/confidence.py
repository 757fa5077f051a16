"""Which units can be told apart, given the standard errors of their scores?

Source: Mogstad, Romano, Shaikh & Wilhelm (2024), Review of Economic Studies 91:476-518,
doi 10.1093/restud/rdad006; Romano & Wolf (2005), Econometrica 73:1237-1282, for the steps.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from softpower import defaults
from softpower.analysis.shared.variation import Watch, unwatched
from softpower.engine.cache import Cache
from softpower.engine.ranking import Ranking
from softpower.engine.run import Run
from softpower.engine.sampling.perturb import noise, published
from softpower.engine.score import score_setup
from softpower.errors import MethodError, UsageError
from softpower.index.patch import Setup
from softpower.methods.model import Floats, Mask

if TYPE_CHECKING:
    from numpy import integer
    from numpy.typing import NDArray

    Places = NDArray[integer[Any]]

OF_ERRORS = (
    "Errors of scores follow from those of figures by the delta method; errors of different "
    "figures are taken as independent."
)

CHUNK = 4_000_000
"""So many differences of drawn scores are looked at together."""

NONE = np.float32(0.0)

NOTHING = 1e-9
"""A difference whose error is smaller than this part of the largest has none."""


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
    exact: int
    """How many of the units have a score without an error."""

    @property
    def errors(self) -> Floats:
        """The standard errors of the scores."""
        return np.sqrt(np.diag(self.covariance))


def estimates(run: Run, watch: Watch = unwatched) -> Estimates:
    """Return scores with the covariance that follows from the standard errors of figures.

    Formula: ``J diag(s^2) J'`` (the delta method), ``J`` being the change of each score as a figure
    goes from one standard error below to one above, over two of them; exact where scores are
    linear in figures. Errors of different figures are taken as independent.

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
    uncertain = _uncertain(setup)
    slopes = list(watch(len(uncertain), (_slope(setup, i, j, rows, cache) for i, j in uncertain)))
    jacobian = np.array(slopes).reshape(len(slopes), rows.size)
    covariance = jacobian.T @ jacobian
    exact = int(np.count_nonzero(np.diag(covariance) == 0))
    merits = ranking.sense * ranking.scores[rows]
    return Estimates(ranking, tuple(rows.tolist()), merits, covariance, exact)


def _uncertain(setup: Setup) -> list[tuple[int, int]]:
    """Return the rows and columns of scored figures that have a standard error above zero."""
    scored = setup.figures.positions([item.id for item in setup.framework.indicators()])
    errors = setup.figures.errors
    return [(i, j) for j in scored for i in range(len(errors)) if errors[i, j] > 0]


def _slope(setup: Setup, row: int, column: int, rows: Places, cache: Cache) -> Floats:
    """Return how far scores move as one figure moves by its standard error."""
    figures = setup.figures
    error = figures.errors[row, column]
    ends = []
    for sign in (1, -1):
        values = figures.values.copy()
        values[row, column] += sign * error
        moved = score_setup(replace(setup, figures=replace(figures, values=values)), cache)
        ends.append(moved.scores[rows])
    slope = (ends[0] - ends[1]) / 2
    if np.isnan(slope).any():
        unit = figures.units[row].name
        raise MethodError(
            f"With {figures.ids[column]} of {unit} one standard error off, some score is missing.",
            mend="Check its standard error.",
        )
    return np.asarray(slope)


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
    if not 0 < confidence < 100:
        raise UsageError(
            f"A confidence of {confidence:g} % says nothing.",
            mend="Take a number between 0 and 100, such as 95.",
        )
    n = known.merits.size
    variance = np.diag(known.covariance)
    spread = np.sqrt(np.maximum(variance[:, None] + variance - 2 * known.covariance, 0.0))
    spread[spread <= NOTHING * np.sqrt(variance.max())] = 0.0
    gaps = known.merits - known.merits[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        above = np.where(gaps == 0, 0.0, gaps / spread)
    values, vectors = np.linalg.eigh(known.covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    drawn = np.random.default_rng(seed).standard_normal((draws, n)) @ root.T
    drawn = drawn.astype(np.float32)
    inverse = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    inverse = inverse.astype(np.float32)
    decided = Decided(*(np.zeros((n, n), dtype=bool) for _ in Decided._fields))
    while True:
        each, every = _limits(drawn, inverse, decided, confidence / 100)
        now = Decided(above > each[:, None], each[:, None] < above.T, above > every)
        now = Decided(*(one | before for one, before in zip(now, decided, strict=True)))
        if all(np.array_equal(*pair) for pair in zip(now, decided, strict=True)):
            break
        decided = now
    ahead, behind, together = (mask.astype(float) for mask in decided)
    return Apart(behind - ahead, together.T - together)


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
    return Tiers(dict(zip(ids, found, strict=True)), (said, OF_ERRORS))


def tiers(merits: Floats, signs: Floats) -> list[int]:
    """Return the tier of each unit by its score and by who is surely worse (-1) than whom."""
    found, tier, leader = [0] * merits.size, 0, -1
    for k in np.argsort(-merits, kind="stable").tolist():
        if leader < 0 or signs[k, leader] < 0:
            tier, leader = tier + 1, k
        found[k] = tier
    return found


class Decided(NamedTuple):
    """What is sure so far of each row and column."""

    ahead: Mask
    """That the column is better, for the row alone."""
    behind: Mask
    """That the column is worse, for the row alone."""
    together: Mask
    """That the column is better, for all of them together."""


def _limits(drawn: Floats, inverse: Floats, decided: Decided, share: float) -> tuple[Floats, float]:
    """Return the quantiles of the largest differences over the pairs that are not decided yet."""
    n = drawn.shape[1]
    step = max(CHUNK // n**2, 1)
    each, every = [], []
    for start in range(0, len(drawn), step):
        part = drawn[start : start + step]
        better = (part[:, None, :] - part[:, :, None]) * inverse
        every.append(np.where(decided.together, NONE, better).max(axis=(1, 2)))
        own = np.where(decided.ahead, NONE, better).max(axis=2)
        other = np.where(decided.behind, NONE, np.negative(better, out=better)).max(axis=2)
        each.append(np.maximum(own, other))
    return (
        np.quantile(np.concatenate(each), share, axis=0),
        float(np.quantile(np.concatenate(every), share)),
    )
