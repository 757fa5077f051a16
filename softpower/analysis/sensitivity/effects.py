"""Effects of factors on the variance of an outcome: exact from a finite design, or estimated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from softpower.methods.model import Floats
from softpower.methods.shapley import shapley

if TYPE_CHECKING:
    from numpy import int64
    from numpy.typing import NDArray

    Whole = NDArray[int64]

STILL = 1e-13
"""An outcome whose variance is no larger a share of its squares does not vary but for noise."""
AT_ONCE = 500_000
"""About so many rows are drawn at once in resamples."""
MOST_FACTORS = 12
"""Shapley effects look at all sets of factors, and are left out for more than these."""


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """Shares of the variance of outcomes that factors account for (factors x outcomes).

    NaN where an outcome does not vary, or a factor has only one level.
    """

    first: Floats
    """What a factor accounts for by itself: ``V[E(f | x_i)] / V(f)``."""
    total: Floats
    """What it accounts for with all its interactions: ``E[V(f | all but x_i)] / V(f)``."""
    variance: Floats
    """The variance of each outcome (outcomes)."""
    shapley: Floats | None = None
    """Its fair share of the whole; these sum to 1. ``None`` where they were not computed."""


def exact(levels: Whole, outcomes: Floats, weights: Floats | None = None) -> Effects:
    """Return the effects of the factors of a finite design, with no sampling error.

    Formula: with ``V(u) = V[E(f | x_u)]`` for a set ``u`` of factors, each row being as likely as
    its weight says, ``S_i = V({i}) / V``, ``ST_i = 1 - V(all but i) / V``, and the Shapley effect
    is the Shapley value of the game ``V(u) / V``.

    Source: Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, for S and ST; Owen
    (2014), SIAM/ASA J. Uncertainty Quantification 2, and Song, Nelson & Staum (2016), for
    Shapley effects, which remain fair shares where rows are lacking, so that factors depend on
    one another.

    Parameters
    ----------
    levels
        The level of each factor (rows x factors).
    outcomes
        Rows x outcomes, all finite.
    weights
        How much each row counts; all alike if left out.
    """
    factors = levels.shape[1]
    weights = np.ones(len(levels)) if weights is None else weights
    centred = outcomes - np.average(outcomes, axis=0, weights=weights)
    variance = np.average(centred**2, axis=0, weights=weights)
    still = variance <= 1e-24 * np.maximum(np.abs(outcomes).max(axis=0), 1.0) ** 2
    scale = np.where(still, np.nan, variance)
    explained = _explained(levels, centred, weights, fair=factors <= MOST_FACTORS)
    everyone = (1 << factors) - 1
    first = np.stack([explained[1 << i] / scale for i in range(factors)])
    total = np.stack([1 - explained[everyone & ~(1 << i)] / scale for i in range(factors)])
    single = (levels == levels[0]).all(axis=0)
    first[single] = total[single] = np.nan
    fair = None
    if factors <= MOST_FACTORS:
        fair = shapley([explained[mask] / scale for mask in range(everyone + 1)])
        fair[single] = np.nan
    return Effects(first, total, np.where(still, 0.0, variance), fair)


def _explained(levels: Whole, centred: Floats, weights: Floats, *, fair: bool) -> dict[int, Floats]:
    """Return the variance of the means of outcomes over rows that agree in a set of factors.

    By the set as a bit mask: all sets if Shapley values are wanted, or else the single factors
    and all but one.
    """
    factors = levels.shape[1]
    codes = [np.unique(column, return_inverse=True)[1].ravel() for column in levels.T]
    shape = tuple(int(code.max()) + 1 for code in codes)
    cell = np.ravel_multi_index(codes, shape)
    size = int(np.prod(shape))
    counts = np.bincount(cell, weights, minlength=size).astype(np.float64).reshape(shape)
    sums = np.zeros((size, centred.shape[1]))
    np.add.at(sums, cell, weights[:, None] * centred)
    sums = sums.reshape(*shape, -1)
    if fair:
        return dict(_of_all_sets(counts, sums))
    axes = range(factors)
    sets = [(1 << i, tuple(k for k in axes if k != i)) for i in axes]
    sets += [((1 << factors) - 1 - (1 << i), (i,)) for i in axes]
    return {mask: _of_means(counts.sum(axis=out), sums.sum(axis=out)) for mask, out in sets}


def _of_all_sets(
    counts: Floats, sums: Floats, axis: int = 0, mask: int = 0
) -> Iterator[tuple[int, Floats]]:
    """Yield the explained variance of every set of factors, leaving them out one by one."""
    at = mask.bit_count()
    if at == counts.ndim:
        yield mask, _of_means(counts, sums)
        return
    yield from _of_all_sets(counts, sums, axis + 1, mask | 1 << axis)
    yield from _of_all_sets(counts.sum(axis=at), sums.sum(axis=at), axis + 1, mask)


def _of_means(counts: Floats, sums: Floats) -> Floats:
    """Return the mean square of means, given how much the rows of each group count."""
    there = np.asarray(counts)[..., None] > 0
    squares = np.divide(sums**2, counts[..., None], where=there, out=np.zeros_like(sums))
    return np.asarray(squares.reshape(-1, sums.shape[-1]).sum(axis=0) / np.sum(counts))


class PairedSums:
    """Sums over the rows of paired samples, from which estimates follow: rows need not be kept."""

    def __init__(self) -> None:
        self.rows = 0
        """How many rows there are."""
        self._about: Floats | float = 0.0
        self._sums: Floats | float = 0.0

    def add(self, one: Floats, other: Floats, mixed: Floats) -> None:
        """Add the outcomes of some rows, as `estimated` takes them."""
        if not len(one):
            return
        if self.rows == 0:
            self._about = _about(one)
        self.rows += len(one)
        self._sums = self._sums + _moments(one, other, mixed, self._about).sum(axis=1)

    def effects(self) -> Effects:
        """Return the estimates."""
        return _from_means(np.asarray(self._sums) / self.rows)


def estimated(one: Floats, other: Floats, mixed: Floats) -> Effects:
    """Return estimates of first-order and total effects from a design of paired samples.

    Formula: ``S_i = mean(f_B (f_ABi - f_A)) / V`` (Saltelli), ``ST_i = mean((f_A - f_ABi)^2) /
    (2 V)`` (Jansen), with the mean of all outcomes subtracted first and ``V`` the variance of
    ``f_A`` and ``f_B`` together.

    Source: Saltelli et al. (2010), Computer Physics Communications 181:259-270, Table 2 (b) and
    (f); Jansen (1999), Computer Physics Communications 117.

    Parameters
    ----------
    one, other
        The outcomes of two independent samples A and B (rows x outcomes).
    mixed
        The outcomes of A with the factor i taken from B (factors x rows x outcomes).
    """
    sums = PairedSums()
    sums.add(one, other, mixed)
    return sums.effects()


def _about(one: Floats) -> Floats:
    """Return a value of each outcome from which distances keep their digits."""
    return np.nan_to_num(one[0])


def _moments(one: Floats, other: Floats, mixed: Floats, about: Floats | float) -> Floats:
    """Return of each row what means are taken of (moments x rows x outcomes)."""
    a, b, ab = one - about, other - about, mixed - about
    return np.concatenate([np.stack([a, b, a * a + b * b]), ab, b * (ab - a), (a - ab) ** 2])


def _from_means(means: Floats) -> Effects:
    """Return estimates from the means of moments (moments x any shape)."""
    a, b, squares = means[:3]
    ab, products, apart = np.split(means[3:], 3)
    centre = (a + b + ab.sum(axis=0)) / (2 + len(ab))
    variance = squares / 2 - ((a + b) / 2) ** 2
    still = variance <= STILL * squares
    scale = np.where(still, np.nan, variance)
    first, total = (products - centre * (ab - a)) / scale, apart / (2 * scale)
    return Effects(first, total, np.where(still, 0.0, variance))


def intervals(
    one: Floats, other: Floats, mixed: Floats, *, level: float, resamples: int, seed: int
) -> tuple[Floats, Floats]:
    """Return percentile bootstrap intervals of the estimates, resampling rows.

    A mean over a resample is one over all rows, each counted as often as it was drawn: so all
    estimates are a product of counts and moments.

    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.

    Returns
    -------
    tuple
        Lower and upper ends of the first-order effects (2 x factors x outcomes), and those of the
        total effects.
    """
    rows, generator = len(one), np.random.default_rng(seed)
    moments = _moments(one, other, mixed, _about(one))
    table = np.ascontiguousarray(np.moveaxis(moments, 1, 0).reshape(rows, -1))
    at_once, drawn = max(AT_ONCE // rows, 1), []
    for first in range(0, resamples, at_once):
        picked = generator.integers(0, rows, (min(at_once, resamples - first), rows))
        counts = np.stack([np.bincount(each, minlength=rows) for each in picked])
        means = counts.astype(np.float64) @ table / rows
        found = _from_means(np.moveaxis(means.reshape(-1, len(moments), one.shape[1]), 1, 0))
        drawn.append(np.stack([found.first, found.total]))
    rest = (1 - level) / 2
    ends = np.quantile(np.concatenate(drawn, axis=2), [rest, 1 - rest], axis=2)
    return ends[:, 0], ends[:, 1]
