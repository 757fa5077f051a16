"""Votes of pairs of units by the kernel, against the matrix of all pairs."""

import numpy as np
import pytest

from helpers.kernels import some_kernels
from softpower.engine.sampling.kernel.votes import won
from softpower.methods.aggregate.base import Voters

EVEN = 1e-12


def voters(units, gaps):
    """Return a child whose values vary, one whose weights do, and one of which nothing does."""
    generator = np.random.default_rng(units)
    values = np.round(generator.random((5, units)), 1)
    if gaps:
        values[generator.random(values.shape) < 0.3] = np.nan
    weights = generator.dirichlet(np.ones(3), 5)
    return [
        Voters(weights[:, 0], values, np.full(5, 0.15)),
        Voters(weights[:, 1], values[:1], np.zeros(1)),
        Voters(np.array([0.25]), values[1:2], np.zeros(1)),
    ]


def by_hand(children, whole):
    """Return what a matrix of all pairs leads to, draw by draw."""
    out = []
    for draw in range(5):
        over = both = 0.0
        for each in children:
            weight, y, lead = (x[draw if len(x) > 1 else 0] for x in each)
            apart = y[:, None] - y[None, :]
            over = over + weight * ((apart > lead) * 1.0 - (apart < -lead))
            both = both + weight * ~np.isnan(apart)
        if not whole:
            over = np.divide(over, both, out=np.zeros_like(over), where=both > 0)
        out.append(((over > EVEN) * 1.0 - (over < -EVEN)).sum(axis=1))
    return np.array(out)


@pytest.mark.parametrize("gaps", [False, True])
@pytest.mark.parametrize("units", [1, 2, 7, 8, 9, 33])
def test_votes_are_those_of_the_matrix_of_all_pairs(units, gaps):
    children = voters(units, gaps)
    expected = by_hand(children, whole=not gaps)
    for kernel in some_kernels():
        found = won(kernel, children, EVEN, whole=not gaps)
        np.testing.assert_array_equal(found, expected)
