"""The measures of an audit that no method of the calculation needs."""

from __future__ import annotations

import numpy as np

from softpower.methods.model import Floats
from softpower.methods.moments import exponents, is_constant
from softpower.methods.ties import rank

LEAST = 4
"""Between fewer units a correlation says nothing."""


def pearson(x: Floats, y: Floats) -> float:
    """Return the product-moment correlation over what both have.

    NaN with fewer than four such units, or where either does not vary.
    """
    both = ~(np.isnan(x) | np.isnan(y))
    x, y = x[both], y[both]
    if x.size < LEAST or is_constant(x) or is_constant(y):
        return float("nan")
    x, y = np.ldexp(x, -exponents(x)), np.ldexp(y, -exponents(y))
    return float(np.clip(np.corrcoef(x, y)[0, 1], -1.0, 1.0))


def correlations(x: Floats) -> Floats:
    """Return the correlations of the columns, each pair over what both have (k x k)."""
    k = x.shape[1]
    r = np.eye(k)
    for i in range(k):
        for j in range(i):
            r[i, j] = r[j, i] = pearson(x[:, i], x[:, j])
    return r


def rank_correlation(x: Floats, y: Floats) -> float:
    """Return Spearman's correlation over what both have, NaN like `pearson`."""
    both = ~(np.isnan(x) | np.isnan(y))
    return pearson(rank(x[both], "average"), rank(y[both], "average"))


def partial_correlation(x: Floats, y: Floats, given: Floats) -> float:
    """Return the correlation of what is left of the ranks of x and y after a linear fit on others.

    Formula: the correlation of the residuals of both after a regression on the ranks of the
    columns of ``given`` and a constant, over the units that have everything.

    Source: Kendall (1942), Biometrika 32:277-283, for ranks; Campbell & Fiske (1959),
    Psychological Bulletin 56:81-105, for what it is used for.
    """
    there = ~np.isnan(np.column_stack([x, y, given])).any(axis=1)
    if np.count_nonzero(there) < LEAST + given.shape[1]:
        return float("nan")
    ranks = [rank(column[there], "average") for column in (x, y, *given.T)]
    others = np.column_stack([np.ones(ranks[0].size), *ranks[2:]])
    left = [ranked - others @ np.linalg.lstsq(others, ranked)[0] for ranked in ranks[:2]]
    return pearson(*left)


def cronbach(r: Floats) -> float:
    """Return Cronbach's alpha of standardised items from their correlations.

    Formula: ``k / (k - 1) (1 - k / sum_ij r_ij)``.

    Source: Cronbach (1951), Psychometrika 16:297-334; OECD/JRC Handbook (2008), equation 18.
    """
    k = len(r)
    return float(k / (k - 1) * (1 - k / r.sum())) if k > 1 else float("nan")


def alpha_without(r: Floats) -> Floats:
    """Return Cronbach's alpha without each item in turn; NaN where one item would be left."""
    return np.array([cronbach(np.delete(np.delete(r, j, 0), j, 1)) for j in range(len(r))])


def item_rest(r: Floats) -> Floats:
    """Return the correlation of each standardised item with the sum of the others.

    Source: OECD/JRC Handbook (2008), table 11.
    """
    rows = r.sum(axis=1)
    return np.asarray((rows - 1) / np.sqrt(r.sum() - 2 * rows + 1))
