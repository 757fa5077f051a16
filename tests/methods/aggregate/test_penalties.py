"""Penalised means give the figures of the papers and of the R package Compind."""

import statistics

import numpy as np
import pytest
from scipy.stats import zscore

from helpers.aggregations import matrix, spread, table
from softpower.errors import MethodError
from softpower.methods.aggregate import MazziottaPareto, MeanMin
from softpower.methods.normalise import ZScore

PAIR = spread([1, 1], 1)


@pytest.mark.parametrize("penalty", ["minus", "plus"])
def test_the_index_of_mazziotta_and_pareto_is_that_of_compind(penalty, proof):
    known = table("mpi")
    z = np.column_stack([known["z1"], known["z2"]])
    computed = MazziottaPareto(penalty=penalty, ddof=1)(z, spread([1, 1], len(z)))
    case = f"Compind ci_mpi, {penalty}"
    proof(MazziottaPareto, case, computed, known[f"compind_{penalty}"], 1e-8)
    # The papers divide by two where Compind divides by one: half of its penalty.
    papers = MazziottaPareto(penalty=penalty)(z, spread([1, 1], len(z)))
    expected = (z.mean(axis=1) + known[f"compind_{penalty}"]) / 2
    case = f"Compind ci_mpi, half of its penalty (n for n - 1), {penalty}"
    proof(MazziottaPareto, case, papers, expected, 1e-8)


def test_the_index_of_the_papers_takes_deviations_with_n(proof):
    rng = np.random.default_rng(8)
    x = rng.lognormal(size=(12, 4))
    z = 100 + 10 * zscore(x)
    means = [statistics.fmean(row) for row in z]
    expected = [m - statistics.pvariance(row) / m for m, row in zip(means, z.tolist(), strict=True)]
    method = ZScore(mean=100, sd=10, ddof=0)
    ours = np.column_stack([method(column) for column in x.T])
    computed = MazziottaPareto()(ours, spread([1] * 4, 12))
    case = "formula of De Muro, Mazziotta & Pareto (2011), by scipy and statistics"
    proof(MazziottaPareto, case, computed, expected)


def test_the_adjusted_index_is_that_of_compind(proof):
    known = table("compind_ampi")
    r = np.column_stack([known["n_emp_2010"], known["n_fe_2010"]])
    w = spread([1, 1], len(r))
    computed = MazziottaPareto()(r, w)
    proof(MazziottaPareto, "Compind ci_ampi, printed", computed, known["compind_2010"], 5.1e-4)
    proof(
        MazziottaPareto,
        "formula of Mazziotta & Pareto (2016), by numpy, minus",
        computed,
        known["ampi_2010"],
        1e-8,
    )
    plus = MazziottaPareto(penalty="plus")(r, w)
    proof(
        MazziottaPareto,
        "formula of Mazziotta & Pareto (2016), by numpy, plus",
        plus,
        known["ampi_plus_2010"],
        1e-8,
    )


def test_the_mean_min_is_that_of_its_definition(proof):
    known = table("definitions")
    y = matrix("definitions")[:, 1:4]
    computed = MeanMin(alpha=0.5)(y, spread([0.5, 0.3, 0.2], 6))
    proof(
        MeanMin, "definition, worked by numpy: alpha 0.5", computed, known["mean_min_a05_b0"], 1e-12
    )


def test_the_mean_min_has_the_mean_and_the_minimum_at_its_ends():
    y, w = np.array([[20.0, 80.0], [5.0, 5.0]]), spread([1, 3], 2)
    np.testing.assert_allclose(MeanMin(alpha=0)(y, w), [65, 5], rtol=1e-15)
    np.testing.assert_allclose(MeanMin(alpha=1)(y, w), [20, 5], rtol=1e-15)
    np.testing.assert_allclose(MeanMin(alpha=1, beta=60)(y, w), [65 - 15, 5], rtol=1e-15)


def test_weights_enter_mean_and_deviation_of_the_penalised_index():
    # 0.25, 0.75 of 90, 110: mean 105, variance 75.
    y, w = np.array([[90.0, 110.0]]), spread([1, 3], 1)
    assert MazziottaPareto()(y, w)[0] == pytest.approx(105 - 75 / 105, abs=1e-12)


def test_a_penalty_may_be_of_values_without_their_weights():
    # The mean of 90, 110 is 100 without weights, the variance 100 with n and 200 with n - 1.
    y, w = np.array([[90.0, 110.0]]), spread([1, 3], 1)
    assert MazziottaPareto(weighted=False)(y, w)[0] == pytest.approx(105 - 1, abs=1e-12)
    assert MazziottaPareto(weighted=False, ddof=1)(y, w)[0] == pytest.approx(105 - 2, abs=1e-12)
    # With weights n - 1 for n doubles the variance of 75 as well.
    assert MazziottaPareto(ddof=1)(y, w)[0] == pytest.approx(105 - 150 / 105, abs=1e-12)


def test_what_has_no_weight_is_none_of_the_values_that_are_counted():
    y, w = np.array([[90.0, 110.0, 7.0], [60.0, 7.0, 7.0]]), np.array([[0.25, 0.75, 0], [1, 0, 0]])
    for method in (MazziottaPareto(ddof=1), MazziottaPareto(weighted=False, ddof=1)):
        whole = method(y[:1, :2], w[:1, :2])[0]
        np.testing.assert_allclose(method(y, w), [whole, 60], rtol=1e-14)


@pytest.mark.parametrize("y", [[[1.0, -1.0]], [[-3.0, 1.0]], [[0.0, 0.0]]])
def test_a_mean_that_is_not_above_zero_is_refused(y):
    with pytest.raises(MethodError, match="divides by the mean, and 1 unit has one"):
        MazziottaPareto()(np.array(y), PAIR)


@pytest.mark.parametrize(
    ("penalty", "lower", "higher"),
    [("minus", [[1, 1, 2.0]], [[1, 1, 10.0]]), ("plus", [[1, 30, 30.0]], [[2, 30, 30.0]])],
)
def test_a_better_value_can_lower_the_index_of_mazziotta_and_pareto(penalty, lower, higher):
    method = MazziottaPareto(penalty=penalty)
    w = spread([1, 1, 1], 1)
    assert method(np.array(higher), w)[0] < method(np.array(lower), w)[0]
    assert not method.monotone


@pytest.mark.parametrize("unit", [1e-300, 1e-160, 1e160, 1e300])
def test_a_penalty_is_in_the_unit_of_the_values(unit):
    y, w = np.array([[1, 9.0], [4, 2]]), np.full((2, 2), 0.5)
    # M - S^2 / M: 5 - 16/5 and 3 - 1/3.
    np.testing.assert_allclose(MazziottaPareto()(unit * y, w) / unit, [1.8, 8 / 3], rtol=1e-12)
