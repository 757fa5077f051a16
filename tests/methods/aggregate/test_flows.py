"""PROMETHEE gives the preferences of its paper, and the flows of two other packages."""

import re

import numpy as np
import pytest
from pydantic import ValidationError

from helpers.aggregations import matrix, spread, table, texts
from softpower.errors import MethodError
from softpower.methods.aggregate import Promethee
from softpower.methods.aggregate.pairs import net_beyond

PROJECTS = [
    (-1, Promethee(function="u-shape", q=10)),
    (1, Promethee(function="v-shape", p=30)),
    (-1, Promethee(function="linear", q=0.5, p=5)),
    (-1, Promethee(function="level", q=1, p=6)),
    (-1, Promethee(function="usual")),
    (1, Promethee(function="gaussian", s=5)),
]
"""The criteria of Brans, Vincke & Mareschal (1986): whether more is better, and how much more."""
PYMCDM = {"usual": "usual", "u-shape": "ushape", "v-shape": "vshape", "level": "level"}


def test_preferences_are_those_of_the_paper(proof):
    y = matrix("projects")
    preferred = np.mean(
        [
            method.preference(np.subtract.outer(sign * y[:, j], sign * y[:, j]))
            for j, (sign, method) in enumerate(PROJECTS)
        ],
        axis=0,
    )
    known = table("projects_preferences")
    pairs = [re.findall(r"a(\d)", pair) for pair in texts("projects_preferences", "code")]
    computed = [preferred[int(a) - 1, int(b) - 1] for a, b in pairs]
    proof(Promethee, "Brans et al. (1986), printed", computed, known["printed"], 1.6e-3)
    proof(Promethee, "Brans et al. (1986), full precision", computed, known["pi"])


def test_net_flows_of_the_paper_are_the_sum_of_those_of_its_criteria(proof):
    y = matrix("projects")
    flows = [method(sign * y[:, [j]], np.ones((6, 1))) for j, (sign, method) in enumerate(PROJECTS)]
    known = table("projects_preferences")["pi"].reshape(6, 5)
    pairs = np.zeros((6, 6))
    pairs[~np.eye(6, dtype=bool)] = known.ravel()
    expected = (pairs.sum(axis=1) - pairs.sum(axis=0)) / 5
    proof(Promethee, "Brans et al. (1986), net flows", np.mean(flows, axis=0), expected)


@pytest.mark.parametrize("function", PYMCDM)
def test_flows_are_those_of_pymcdm(function, proof):
    from pymcdm.methods import PROMETHEE_II

    rng = np.random.default_rng(4)
    y, w = rng.integers(0, 40, size=(11, 4)) / 4, rng.dirichlet(np.ones(4))
    given = {"u-shape": {"q": 1}, "v-shape": {"p": 4}, "level": {"q": 1, "p": 4}}.get(function, {})
    columns = {name: np.full(4, float(value)) for name, value in given.items()}
    other = PROMETHEE_II(PYMCDM[function], **columns)
    computed = Promethee(function=function, **given)(y, spread(w, 11))
    proof(Promethee, f"pymcdm, {function}", computed, other(y, w, np.ones(4)))


def test_a_difference_that_is_the_threshold_but_for_rounding_is_not_beyond_it():
    y = np.array([[0.8], [0.6]])
    assert y[0, 0] - y[1, 0] > 0.2
    one = np.ones((2, 1))
    assert Promethee(function="u-shape", q=0.2)(y, one).tolist() == [0, 0]
    assert Promethee(function="level", q=0.1, p=0.2)(y, one).tolist() == [0.5, -0.5]
    assert Promethee()(np.array([[0.1 + 0.2], [0.3]]), one).tolist() == [0, 0]


def test_thresholds_beyond_all_differences_are_reported():
    y, w = np.array([[0.2], [0.9]]), np.ones((2, 1))
    assert "are the thresholds in the units" in Promethee(function="u-shape", q=5).remark(y, w)
    assert Promethee(function="u-shape", q=0.5).remark(y, w) == ""
    assert Promethee(function="u-shape", q=5).remark(np.ones((2, 1)), w) == ""


def test_a_single_unit_has_no_flow():
    assert Promethee()(np.array([[3.0, 4.0]]), np.array([[0.5, 0.5]])).tolist() == [0]


def test_pairs_are_compared_by_what_both_have():
    y = np.array([[3, 1, 0.0], [2, 0, 5.0], [0, 4, 1.0]])
    w = np.array([[0.4, 0.6, 0.0], [0.4, 0.0, 0.6], [0.2, 0.3, 0.5]])
    w[0], w[1] = np.array([0.4, 0.6, 0]), np.array([2 / 7, 0, 5 / 7])
    flows = Promethee(gaps="pairs")(y, w)
    # a and b share the first child, a and c the first two, b and c the first and the last.
    a, b = (1 + (0.4 - 0.6)) / 2, (-1 + 1) / 2
    np.testing.assert_allclose(flows, [a, b, -(a + b)], atol=1e-15)


def test_units_without_anything_in_common_are_indifferent():
    y, w = np.array([[3.0, 0.0], [0.0, 1.0]]), np.eye(2)
    assert Promethee(gaps="pairs")(y, w).tolist() == [0, 0]


def test_gaps_are_refused_unless_pairs_may_have_them():
    y, w = np.ones((2, 2)), np.array([[0.5, 0.5], [1.0, 0.0]])
    with pytest.raises(MethodError, match=r"1 unit has gaps.*\(promethee:gaps=pairs\)"):
        Promethee()(y, w)


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"function": "v-shape"}, "the preference function v-shape needs p"),
        ({"function": "linear", "p": 3}, "linear needs q"),
        ({"p": 3}, "usual takes no p"),
        ({"function": "gaussian"}, "gaussian needs s"),
        ({"function": "level", "q": 3, "p": 3}, "q = 3 is not below p = 3"),
        ({"function": "gaussian", "s": 0}, "greater than 0"),
    ],
)
def test_thresholds_that_do_not_fit_the_function_are_refused(parameters, complaint):
    with pytest.raises(ValidationError, match=complaint):
        Promethee(**parameters)


@pytest.mark.parametrize("by", [0.0, 0.3, 5.0])
def test_what_units_are_ahead_of_others_beyond_a_threshold_is_that_of_all_pairs(by):
    y = np.round(np.random.default_rng(2).normal(size=(4, 9)), 1)
    apart = y[:, :, None] - y[:, None, :]
    expected = np.maximum(apart - by, 0) - np.maximum(-apart - by, 0)
    np.testing.assert_allclose(net_beyond(y, by), expected.sum(axis=2), atol=1e-13)
