"""Mean and spread over all weights in closed form: of scores, of ranks, and who is ahead how often.

All weights are admissible, each set as likely as any other; there is no draw.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from softpower.engine.exact.form import WeightForm
from softpower.methods.model import Floats


def is_free(form: WeightForm) -> bool:
    """Say whether any weights are admissible, of the children of one pillar, and none is shared."""
    blocks = form.region.root.blocks()
    return form.linear and len(blocks) == 1 and blocks[0].polytope.free


def is_score(form: WeightForm) -> bool:
    """Say whether units are ranked by their very scores, and no transform of them."""
    return np.allclose(form.scores(form.region.nominal), form.batch.nominal.scores, rtol=1e-9)


def score_moments(form: WeightForm) -> tuple[Floats, Floats] | None:
    """Return the mean of each unit's score over all weights, and its standard deviation (units).

    Formula: the mean of the values, and ``var(y) / (k + 1)`` with the population variance of the
    k values, the moments of a uniform (flat Dirichlet) distribution. ``None`` where not all
    weights are admissible, where figures are missing (a score is then a quotient), or where scores
    are no weighted sum: there is no such closed form.

    Source: Wilks (1962), Mathematical Statistics, 7.7 (moments of the Dirichlet distribution).
    """
    if not (is_free(form) and is_score(form)):
        return None
    k = form.values.shape[1]
    return form.values.mean(axis=1), np.sqrt(form.values.var(axis=1) / (k + 1))


def share_ahead(differences: Floats) -> Floats:
    """Return under what share of all weights ``d w > 0`` holds, for each row ``d`` (rows).

    Formula: the share of a simplex on one side of a plane, by a recursion over the corners on
    either side; a row of zeros counts as one half.

    Source: Varsi (1973), Pacific J. of Mathematics 49:583-586; Ali (1973), 35:1-3.
    """
    rows, k = differences.shape
    ordered = -np.sort(-differences, axis=1).T
    ahead = ordered > 0
    behind = np.zeros((k + 1, rows))
    behind[0] = 1.0
    for one in range(k):
        for other in range(k):
            apart = ahead[other] & ~ahead[one]
            up, down = np.where(apart, ordered[other], 1.0), np.where(apart, -ordered[one], 0.0)
            mixed = (up * behind[other + 1] + down * behind[other]) / (up + down)
            behind[other + 1] = np.where(apart, mixed, behind[other + 1])
    share = 1 - np.take_along_axis(behind, ahead.sum(axis=0)[None, :], axis=0)[0]
    return np.where(differences.any(axis=1), share, 0.5)


def wins(form: WeightForm, units: Sequence[int]) -> Floats | None:
    """Return under what share of all weights each unit is above each other (units x units).

    One half of a unit and itself, or another that is level with it under all weights. ``None``
    where not all weights are admissible.
    """
    if not is_free(form):
        return None
    return np.stack([share_ahead(-form.comparisons(unit)[units]) for unit in units])


def mean_rank(form: WeightForm, unit: int) -> float | None:
    """Return the mean of a unit's rank over all weights, those level sharing places.

    ``None`` where not all weights are admissible.
    """
    if not is_free(form):
        return None
    return 0.5 + float(share_ahead(form.comparisons(unit)).sum())


def mean_ranks(wins: Floats) -> Floats:
    """Return the mean of each unit's rank over all weights (units), those level sharing places.

    Parameters
    ----------
    wins
        Under what share of all weights each unit is above each other (units x units).
    """
    return np.asarray(0.5 + wins.sum(axis=0))
