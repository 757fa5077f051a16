"""How far do two rankings of the same units agree?

Every function takes two arrays of ranks, 1 being the best, with the same units in the same order
and none missing: the caller keeps the units that both rankings have, and ranks them anew or leaves
the ranks as they were. Shifts and first places are those of the ranks as given; the correlations
and the rank-biased overlap see only their order, so that any rule by which tied units share a rank
gives the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from softpower.errors import MethodError, UsageError
from softpower.methods.model import Floats
from softpower.methods.ties import rank

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two rankings of the same units agree, by every measure of this module."""

    units: int
    """The number of units that both rankings have."""
    spearman: float | None
    """Spearman's rank correlation; ``None`` where all units of a ranking are tied."""
    kendall_tau_b: float | None
    """Kendall's rank correlation, corrected for ties; ``None`` like ``spearman``."""
    weighted_tau: float | None
    """Vigna's rank correlation, in which the first places count most; ``None`` like the others."""
    mean_shift: float
    """The mean number of places that a unit moves."""
    max_shift: float
    """The largest number of places that a unit moves."""
    top: int
    """The number of first places that the next two are about."""
    top_overlap: float
    """The units that are among the first in both, divided by the number of places."""
    top_jaccard: float | None
    """The same, divided by the units that are among the first in either; ``None`` if none is."""
    p: float
    """The persistence of the rank-biased overlap."""
    rbo: float
    """The rank-biased overlap."""


def agreement(
    first_ranks: Floats, second_ranks: Floats, top: int = 10, p: float = 0.9
) -> Agreement:
    """Return how far two rankings of the same units agree, by every measure of this module.

    Raises
    ------
    MethodError
        If the rankings are empty, differ in length or have units without a rank.
    UsageError
        If ``top`` is less than 1, or ``p`` is not between 0 and 1.
    """
    first, second = _pair(first_ranks, second_ranks)
    return Agreement(
        units=first.size,
        spearman=spearman(first, second),
        kendall_tau_b=kendall_tau_b(first, second),
        weighted_tau=weighted_tau(first, second),
        mean_shift=mean_shift(first, second),
        max_shift=max_shift(first, second),
        top=top,
        top_overlap=top_overlap(first, second, top),
        top_jaccard=top_jaccard(first, second, top),
        p=p,
        rbo=rbo(first, second, p),
    )


def spearman(first_ranks: Floats, second_ranks: Floats) -> float | None:
    """Return Spearman's rank correlation, or ``None`` if all units of a ranking are tied.

    Formula: the product-moment correlation of the ranks, tied units having the mean of their
    places.

    Source: Spearman (1904); Kendall (1945) for ties.
    """
    first, second = _pair(first_ranks, second_ranks)
    middle = (first.size + 1) / 2
    x = rank(first, "average", descending=False) - middle
    y = rank(second, "average", descending=False) - middle
    spread = float(np.sqrt((x @ x) * (y @ y)))
    return _within_one(float(x @ y) / spread) if spread > 0 else None


def kendall_tau_b(first_ranks: Floats, second_ranks: Floats) -> float | None:
    """Return Kendall's rank correlation, or ``None`` if all units of a ranking are tied.

    Formula: (C - D) / sqrt((P - T1) (P - T2)) with C pairs of units in the same order, D in
    opposite order, P all pairs, and T1 and T2 those tied in the first and second ranking.

    Source: Kendall (1945), Biometrika 33:239-251.
    """
    first, second = _pair(first_ranks, second_ranks)
    return _tau(_order(first), _order(second), np.full(first.size, 0.5))


def weighted_tau(first_ranks: Floats, second_ranks: Floats) -> float | None:
    """Return Vigna's weighted rank correlation, or ``None`` if all units of a ranking are tied.

    Formula: Kendall's, each pair of units counting 1/r + 1/s with r and s their places, 1 being
    the best. The places are those in the first ranking, ties in the order of the second; then the
    other way round; the result is the mean of the two.

    Source: Vigna (2015), A weighted correlation index for rankings with ties, WWW 2015, 1166-1176.
    """
    first, second = (_order(ranks) for ranks in _pair(first_ranks, second_ranks))
    weights = 1 / np.arange(1.0, first.size + 1)
    one, other = _tau(first, second, weights), _tau(second, first, weights)
    return None if one is None or other is None else (one + other) / 2


def mean_shift(first_ranks: Floats, second_ranks: Floats) -> float:
    """Return the mean number of places that a unit moves.

    Formula: R_S = mean over the units of |first rank - second rank|.

    Source: Saisana, Saltelli & Tarantola (2005), JRSS A 168:307-323, equation 3; OECD/JRC (2008),
    Handbook on Constructing Composite Indicators, equation 38.
    """
    return float(_shifts(first_ranks, second_ranks).mean())


def max_shift(first_ranks: Floats, second_ranks: Floats) -> float:
    """Return the largest number of places that a unit moves."""
    return float(_shifts(first_ranks, second_ranks).max())


def top_overlap(first_ranks: Floats, second_ranks: Floats, k: int) -> float:
    """Return how many units are among the first k in both rankings, divided by k.

    Formula: |A and B| / k with A and B the units of rank k or better. If there are fewer than k
    units, it is divided by their number. Ties across place k let A and B have more than k units,
    so that the overlap may exceed 1; `top_jaccard` may not.

    Raises
    ------
    UsageError
        If ``k`` is less than 1.
    """
    in_first, in_second = _tops(first_ranks, second_ranks, k)
    return int((in_first & in_second).sum()) / min(k, in_first.size)


def top_jaccard(first_ranks: Floats, second_ranks: Floats, k: int) -> float | None:
    """Return how many units are among the first k in both rankings, of those that are in either.

    Formula: |A and B| / |A or B| with A and B the units of rank k or better; ``None`` if there are
    none, as where the ranks come from longer lists.

    Source: Jaccard (1912), New Phytologist 11:37-50.

    Raises
    ------
    UsageError
        If ``k`` is less than 1.
    """
    in_first, in_second = _tops(first_ranks, second_ranks, k)
    either = int((in_first | in_second).sum())
    return int((in_first & in_second).sum()) / either if either else None


def rbo(
    first_ranks: Floats, second_ranks: Floats, p: float = 0.9, depth: int | None = None
) -> float:
    """Return the rank-biased overlap, extrapolated from the first ``depth`` places (from all).

    Formula: A(s) p^s + (1 - p)/p * sum of A(d) p^d over the places d = 1 ... s, with A(d) the
    agreement of `agreement_by_depth`. At p = 0.9 the first ten places have 86 % of the weight.

    It is 1 for equal rankings without ties. With ties it is the mean over all ways to break them
    (the variant RBO^a), which is less than 1 even for equal rankings. It is never 0 for rankings
    of the same units, as the last place always agrees.

    Source: Webber, Moffat & Zobel (2010), A similarity measure for indefinite rankings, ACM TOIS
    28(4):20, equation 32; Corsi & Urbano (2024), The treatment of ties in rank-biased overlap,
    SIGIR 2024, for ties.

    Raises
    ------
    UsageError
        If ``p`` is not between 0 and 1, or there is no such depth.
    """
    agreed = agreement_by_depth(first_ranks, second_ranks)
    depth = agreed.size if depth is None else depth
    if not 0 < p < 1:
        raise UsageError(f"p is {p:g}, but must lie between 0 and 1.", mend="0.9 is usual.")
    if not 1 <= depth <= agreed.size:
        raise UsageError(f"There are {agreed.size} places, so that none is of depth {depth}.")
    seen = agreed[:depth]
    powers = p ** np.arange(1.0, depth + 1)
    return _within_one(float(seen[-1] * powers[-1] + (1 - p) / p * (seen @ powers)))


def agreement_by_depth(first_ranks: Floats, second_ranks: Floats) -> Floats:
    """Return what share of the first d places holds the same units, for each depth d = 1 ... n.

    Formula: A(d) = sum of f g over the units, divided by d, with f and g the part that a unit has
    in the first d places of either ranking: for a tie over the places t to b it is 0 before t,
    (d - t + 1) / (b - t + 1) within, and 1 from b on. At each depth at most one tie of a ranking
    is within, so that counting the units with it and without it, and interpolating between the
    two, gives the sum.

    Source: Webber, Moffat & Zobel (2010); Corsi & Urbano (2024) for ties.
    """
    first, second = _pair(first_ranks, second_ranks)
    size = first.size
    depths = np.arange(1, size + 1)

    def ends(ranks: Floats) -> tuple[Integers, Integers, Floats]:
        top = rank(ranks, "competition", descending=False).astype(np.int64)
        bottom = rank(ranks, "modified", descending=False).astype(np.int64)
        opened, closed = np.sort(top), np.sort(bottom)
        return top, bottom, (depths - opened + 1) / (closed - opened + 1)

    def within(one: Integers, other: Integers) -> Integers:
        return np.cumsum(np.bincount(np.maximum(one, other), minlength=size + 1)[1:])

    top, bottom, f = ends(first)
    other_top, other_bottom, g = ends(second)
    with_tie = (1 - g) * within(top, other_bottom) + g * within(top, other_top)
    without = (1 - g) * within(bottom, other_bottom) + g * within(bottom, other_top)
    return np.asarray((f * with_tie + (1 - f) * without) / depths, dtype=np.float64)


def _pair(first_ranks: Floats, second_ranks: Floats) -> tuple[Floats, Floats]:
    first = np.asarray(first_ranks, dtype=np.float64)
    second = np.asarray(second_ranks, dtype=np.float64)
    if first.ndim != 1 or first.shape != second.shape or first.size == 0:
        raise MethodError(
            f"Rankings of shapes {first.shape} and {second.shape} cannot be compared.",
            mend="Keep the units that both rankings have; at least one is needed.",
        )
    if not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise MethodError(
            "Some units have no rank.", mend="Keep the units that both rankings rank."
        )
    return first, second


def _shifts(first_ranks: Floats, second_ranks: Floats) -> Floats:
    first, second = _pair(first_ranks, second_ranks)
    return np.abs(first - second)


def _tops(first_ranks: Floats, second_ranks: Floats, k: int) -> tuple[NDArray[np.bool_], ...]:
    if k < 1:
        raise UsageError(f"There are no first {k} places.", mend="Ask for 1 or more.")
    first, second = _pair(first_ranks, second_ranks)
    return first <= k, second <= k


def _order(ranks: Floats) -> Integers:
    """Return the ranks as whole numbers without gaps, 0 being the best."""
    return rank(ranks, "dense", descending=False).astype(np.int64) - 1


def _tau(first: Integers, second: Integers, weights: Floats) -> float | None:
    """Return the correlation with pairs that count the sum of the weights of their two units.

    The weights are those of the places in the first ranking, ties in the order of the second.
    """
    if first.max() == 0 or second.max() == 0:
        return None
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    total = (first.size - 1) * float(weights.sum())
    tied_in_first, tied_in_second = _tied(first, weights), _tied(second, weights)
    tied_in_both = _tied(first * (second.max() + 1) + second, weights)
    compared = total - tied_in_first - tied_in_second + tied_in_both
    difference = compared - 2 * _in_opposite_order(second, weights)
    spread = np.sqrt((total - tied_in_first) * (total - tied_in_second))
    return _within_one(difference / float(spread))


def _tied(values: Integers, weights: Floats) -> float:
    """Return the sum of the weights of both units over all pairs with equal values."""
    group, count = np.unique(values, return_inverse=True, return_counts=True)[1:]
    return float((count[group] - 1) @ weights)


def _in_opposite_order(values: Integers, weights: Floats) -> float:
    """Return the sum of the weights of both units over all pairs whose first value is larger.

    Binary digit by digit: where two values differ first, a one before a zero is such a pair.
    """
    total = 0.0
    for digit in reversed(range(int(values.max()).bit_length())):
        same_so_far = values >> (digit + 1)
        start = np.searchsorted(same_so_far, same_so_far)
        ones = (values >> digit) & 1
        count = np.cumsum(ones) - ones
        weight = np.cumsum(ones * weights) - ones * weights
        zero = ones == 0
        before, weight_before = count - count[start], weight - weight[start]
        total += float(before[zero] @ weights[zero] + weight_before[zero].sum())
        order = np.argsort(values >> digit, kind="stable")
        values, weights = values[order], weights[order]
    return total


def _within_one(value: float) -> float:
    """Return the value without the rounding noise beyond 1 and -1."""
    return min(1.0, max(-1.0, value))
