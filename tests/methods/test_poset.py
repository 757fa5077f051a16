"""Partial orders: by hand, against every order written out, and as pyhasse.lpom 0.2.1 has them."""

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from softpower.methods import poset
from softpower.methods.poset import PartialOrder, dominance

calm_values = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3)).map(list), min_size=1, max_size=6
)

FIVE = np.array([[9, 9], [8, 3], [3, 8], [2, 2], [1, 5.0]])
"""The first is above all others; the second and the third above the fourth, the third above the
fifth."""


def test_who_is_nowhere_behind_and_somewhere_ahead_dominates():
    assert dominance(np.array([[1.0, 2.0], [1.0, 1.0], [1.0, 1.0], [2.0, 0.0]])).tolist() == [
        [False, True, True, False],
        [False, False, False, False],
        [False, False, False, False],
        [False, False, False, False],
    ]


def test_tiers_and_the_lines_of_the_diagram():
    order = PartialOrder(dominance(FIVE))
    assert order.tiers == [1, 2, 2, 3, 3]
    assert np.argwhere(order.covers).tolist() == [[0, 1], [0, 2], [1, 3], [2, 3], [2, 4]]


def test_ranks_of_five_over_their_five_orders():
    # 0 first, then 1 2 3 4, 1 2 4 3, 2 1 3 4, 2 1 4 3 or 2 4 1 3.
    order = PartialOrder(dominance(FIVE))
    np.testing.assert_allclose(order.average_ranks(), [1, 2.8, 2.4, 4.6, 4.2])
    assert order.mutual()[1, 2] == 2 / 5
    assert order.mutual()[1, 4] == 4 / 5


def test_the_local_partial_order_model_as_pyhasse_computes_it(monkeypatch):
    # What LPOM.calc_hav_ext of pyhasse.lpom 0.2.1 gives are heights: 6 minus a rank.
    monkeypatch.setattr(poset, "MOST_EXACT", 0)
    order = PartialOrder(dominance(FIVE))
    np.testing.assert_allclose(
        order.average_ranks(), 6 - np.array([5, 3.1666667, 3.6666667, 1.3333333, 1.8333333])
    )
    # |D| by |U| of the second is 2 / 2 and of the third 3 / 2
    np.testing.assert_allclose(order.mutual()[1, 2], 1 / (1 + 1.5))


@given(calm_values)
def test_ranks_and_chances_are_those_of_all_orders_written_out(values):
    above = dominance(np.array(values, dtype=float))
    n = len(above)
    ranks, ahead, count = np.zeros(n), np.zeros((n, n)), 0
    for order in permutations(range(n)):
        if any(above[low, up] for at, up in enumerate(order) for low in order[at + 1 :]):
            continue
        count += 1
        for at, unit in enumerate(order):
            ranks[unit] += at + 1
            ahead[unit, list(order[at + 1 :])] += 1
    found = PartialOrder(above)
    np.testing.assert_allclose(found.average_ranks(), ranks / count)
    np.testing.assert_allclose(found.mutual(), ahead / count)
    for unit in range(n):
        chain = [found.tiers[up] for up in np.flatnonzero(above[:, unit])]
        assert found.tiers[unit] == 1 + max(chain, default=0)
