"""Aggregations by the order of a unit's values give the figures of Compind and of definitions."""

from itertools import permutations

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from helpers.aggregations import matrix, spread, table
from softpower.errors import MethodError
from softpower.methods.aggregate import Aggregation, Minimum, OrderedWeights, WeightedMedian

DEFINED = table("definitions")
Y = np.column_stack([DEFINED[name] for name in ("y1", "y2", "y3")])
W = spread([0.5, 0.3, 0.2], 6)


@pytest.mark.parametrize(
    ("method", "column"),
    [
        (Minimum(), "minimum"),
        (OrderedWeights(weights=[0.5, 0.3, 0.2]), "owa_532"),
        (OrderedWeights(weights="best-1"), "maximum"),
        (OrderedWeights(weights="worst-1"), "minimum"),
        (WeightedMedian(), "wmedian_mid"),
        (WeightedMedian(kind="lower"), "wmedian_lower"),
    ],
    ids=repr,
)
def test_figures_are_those_of_the_definition(method, column, proof):
    proof(
        type(method), f"definition, worked by numpy: {column}", method(Y, W), DEFINED[column], 1e-12
    )


def test_the_ends_are_those_of_numpy(proof):
    y = np.random.default_rng(5).normal(size=(20, 4))
    w = spread([1, 2, 3, 4], 20)
    proof(Minimum, "numpy: min", Minimum()(y, w), y.min(axis=1), 0)
    proof(OrderedWeights, "numpy: max", OrderedWeights(weights="best-1")(y, w), y.max(axis=1), 0)
    halves = np.sort(y, axis=1)
    upper = OrderedWeights(weights="at-least-half")(y, w)
    proof(OrderedWeights, "numpy: mean of the upper half", upper, halves[:, 2:].mean(axis=1))
    lower = OrderedWeights(weights="as-many-as-possible")(y, w)
    proof(OrderedWeights, "numpy: mean of the lower half", lower, halves[:, :2].mean(axis=1))


@pytest.mark.parametrize(
    ("weights", "column"), [("best-2", "owa_best2"), ("worst-2", "owa_worst2")]
)
def test_the_best_and_the_worst_few_are_those_of_compind(weights, column, proof):
    y = matrix("compind_owa")[:, :4]
    computed = OrderedWeights(weights=weights)(y, spread([1, 2, 3, 4], len(y)))
    proof(OrderedWeights, f"Compind ci_owa, {weights}", computed, table("compind_owa")[column])


def test_most_is_the_quantifier_of_the_literature(proof):
    # Herrera, Herrera-Viedma & Verdegay (1996): (0.3, 0.8) over four criteria is 0, 0.4, 0.5, 0.1.
    method = OrderedWeights(weights="most")
    y = np.array([[2, 1, 1, 1], [2, 2, 1, 1], [2, 2, 2, 1], [2, 2, 2, 2]], float)
    cumulated = method(y, np.full((4, 4), 0.25)) - 1
    proof(
        OrderedWeights, "weights of 'most' over four", np.diff([0, *cumulated]), [0, 0.4, 0.5, 0.1]
    )


def test_a_unit_with_a_gap_reads_the_list_as_a_quantifier():
    method = OrderedWeights(weights=[3, 2, 1])
    y, w = np.array([[9.0, 0.0, 3.0]]), np.array([[0.5, 0.0, 0.5]])
    assert method(y, w)[0] == pytest.approx(9 * 4 / 6 + 3 * 2 / 6, abs=1e-14)


def test_fewer_values_than_are_asked_for_are_all_taken():
    y, w = np.array([[9.0, 0.0, 3.0]]), np.array([[0.5, 0.0, 0.5]])
    assert OrderedWeights(weights="best-3")(y, w)[0] == 6
    assert OrderedWeights(weights="worst-9")(y, w)[0] == 6


def test_more_values_than_positions_are_refused():
    with pytest.raises(MethodError, match="owa aggregation has 2 weights for 3 children"):
        OrderedWeights(weights=[0.6, 0.4])(Y, W)


@pytest.mark.parametrize(
    ("text", "weights"),
    [
        ("owa:0.5,0.3,0.2", (0.5, 0.3, 0.2)),
        ("owa:weights=2,1", (2.0, 1.0)),
        ("owa:1", (1.0,)),
        ("owa:best-3", "best-3"),
        ("owa:at-least-half", "at-least-half"),
        ({"method": "owa", "weights": [1, 1]}, (1.0, 1.0)),
    ],
)
def test_positions_are_written_as_numbers_or_as_a_name(text, weights):
    assert TypeAdapter(Aggregation).validate_python(text).weights == weights


@pytest.mark.parametrize("text", ["owa:some", "owa:best-0", "owa:1,two", "owa:best-2-3"])
def test_other_words_for_positions_are_refused(text):
    with pytest.raises(ValidationError, match="are not most, at-least-half"):
        TypeAdapter(Aggregation).validate_python(text)


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1, 3], [float("inf")], "0,0"])
def test_weights_of_positions_are_zero_or_above(weights):
    with pytest.raises(ValidationError, match="not zero or above"):
        OrderedWeights(weights=weights)


@pytest.mark.parametrize("order", list(permutations(range(5))))
def test_half_of_the_weight_is_half_in_whatever_order_it_is_added_up(order):
    # 0.1 + 0.2 + 0.2 is half of the weight, up to the value 3; the next one is 7.
    y, w = np.array([1.0, 2, 3, 7, 8])[list(order)], np.array([0.1, 0.2, 0.2, 0.3, 0.2])
    w = w[list(order)] / w.sum()
    assert WeightedMedian()(y[None], w[None]).tolist() == [5]
    assert WeightedMedian(kind="lower")(y[None], w[None]).tolist() == [3]


def test_noise_in_a_half_of_the_weight_is_no_less_and_no_more_than_a_half():
    for noise, mid in ((0.0, 2.0), (1e-13, 2.0), (-1e-13, 2.0), (1e-11, 1.0), (-1e-11, 3.0)):
        w = np.array([[0.5 + noise, 0.5 - noise]])
        assert WeightedMedian()(np.array([[1.0, 3.0]]), w).tolist() == [mid]
