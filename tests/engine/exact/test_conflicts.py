"""Which inequalities exclude each other is what linear programs say of them two by two."""

from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from helpers.movable import form
from softpower.engine.exact.conflicts import cliques, exclusive

COLUMNS = {name: [1, 2, 3] for name in "abcd"}


def widest(region, forms):
    """Return by how much all of some forms can be above zero at once."""
    k = region.size
    found = linprog(
        np.append(np.zeros(k), -1.0),
        A_ub=np.vstack(
            [
                np.column_stack([-forms, np.ones(len(forms))]),
                np.column_stack([-region.at_least, np.zeros(len(region.at_least))]),
            ]
        ),
        b_ub=np.zeros(len(forms) + len(region.at_least)),
        A_eq=[np.append(np.ones(k), 0.0)],
        b_eq=[1.0],
        bounds=[*region.bounds.tolist(), (None, None)],
    )
    return -found.fun


@pytest.mark.parametrize(
    "stated", [(), ("25%",), ("a=10..40", "b>=c"), ("a/b=1..2", "c=..30", "d>=c")]
)
def test_forms_exclude_each_other_where_no_weights_satisfy_both(stated):
    region = form(COLUMNS, *stated).region
    forms = np.random.default_rng(3).normal(size=(14, 4)) - 0.1
    found = exclusive(region, forms)
    expected = [widest(region, forms[[i, j]]) < 0 for i, j in combinations(range(14), 2)]
    assert found[np.triu_indices(14, 1)].tolist() == expected
    assert (found == found.T).all()
    assert 0 < sum(expected) < len(expected)


def test_forms_that_meet_in_a_point_do_not_exclude_each_other():
    region = form({"a": [1, 2], "b": [2, 1]}).region
    assert not exclusive(region, np.array([[1.0, -1.0], [-1.0, 1.0]])).any()
    assert exclusive(region, np.array([[1.0, -1.001], [-1.001, 1.0]]))[0, 1]


def test_every_exclusive_pair_is_in_a_clique_and_every_clique_is_one():
    pairs = np.triu(np.random.default_rng(5).random((30, 30)) < 0.3, 1)
    pairs = pairs | pairs.T
    covered = np.zeros_like(pairs)
    for clique in cliques(pairs):
        assert all(pairs[i, j] for i, j in combinations(clique, 2))
        covered[np.ix_(clique, clique)] = True
    assert (covered | ~pairs).all()
