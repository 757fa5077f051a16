"""Weights are those that UNDP and the Handbook state for their own indices."""

import numpy as np
import pytest

from softpower.methods.weight import Equal, EqualPerPillar, Given, Siblings

NOTHING = np.zeros((0, 0))


def weights(method, stated, sizes):
    ids = tuple(f"i{k}" for k in range(len(stated)))
    children = Siblings("", ids, np.array(stated, float), np.array(sizes, float), lambda _: NOTHING)
    return method(children, NOTHING).tolist()


def test_points_of_a_budget_are_divided_by_their_sum(proof):
    # Handbook, sec. 6.5: experts allot 100 points; here they allot 40, 35 and 25 to three pillars.
    found = weights(Given(), [40, 35, 25], [9, 1, 1])
    proof(Given, "closed form: points of a budget of 100", found, [0.4, 0.35, 0.25])
    assert weights(Given(), [3, 1], [1, 1]) == [0.75, 0.25]
    assert weights(Given(), [0, 2], [1, 1]) == [0, 1]


def test_the_dimensions_of_the_hdi_weigh_a_third_each_though_schooling_has_two_indicators(proof):
    found = weights(EqualPerPillar(), [5, 1, 1], [1, 2, 1])
    proof(EqualPerPillar, "UNDP, technical note 1: dimensions of the HDI", found, [1 / 3] * 3)


def test_every_indicator_of_the_hdi_would_weigh_a_quarter_if_all_weighed_alike(proof):
    found = weights(Equal(), [5, 1, 1], [1, 2, 1])
    proof(Equal, "closed form: 1/4 for each indicator of the HDI", found, [1 / 4, 1 / 2, 1 / 4])


def test_the_eight_indicators_of_the_technology_achievement_index_weigh_alike_either_way():
    # Handbook, Table 23: equal weights of 1/8, in four pillars of two indicators.
    assert weights(Equal(), [1] * 4, [2] * 4) == [1 / 4] * 4
    assert weights(EqualPerPillar(), [1] * 4, [2] * 4) == [1 / 4] * 4


@pytest.mark.parametrize("method", [Given(), Equal(), EqualPerPillar()])
def test_weights_sum_to_one(method):
    stated = np.random.default_rng(1).random(7)
    sizes = np.array([1.0, 4, 2, 9, 1, 1, 3])
    assert sum(weights(method, stated, sizes)) == pytest.approx(1, abs=1e-15)


def test_only_given_weights_are_those_that_the_index_states():
    assert [method.stated for method in (Given, Equal, EqualPerPillar)] == [True, False, False]
