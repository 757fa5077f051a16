"""Means agree with the definitions of Hardy, Littlewood and Polya, with scipy and with numpy."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from scipy import stats

from softpower.errors import MethodError
from softpower.methods.aggregate import (
    Arithmetic,
    Geometric,
    Harmonic,
    Power,
    Sum,
    WeightedMedian,
)

NAN = float("nan")

ROWS = np.array(
    [
        [0.2, 0.5, 0.9],
        [0, 0.5, 1],
        [0.4, 0.4, 0.4],
        [1, 1, 1],
        [0.01, 0.99, 0.5],
        [-0.1, 0.5, 0.6],
    ]
)
WEIGHTS = np.tile([0.5, 0.3, 0.2], (6, 1))
EXPECTED = {
    Arithmetic(): [0.43, 0.35, 0.4, 1, 0.402, 0.22],
    Geometric(): [0.355675950695, 0, 0.4, 1, 0.0867929718675],
    Harmonic(): [0.301003344482, 0, 0.4, 1, 0.0197226870667],
    Power(p=2): [0.506951674225, 0.524404424085, 0.4, 1, 0.586583327414],
    Power(p=-2): [0.267769399759, 0, 0.4, 1, 0.014140571634],
    WeightedMedian(kind="lower"): [0.2, 0, 0.4, 1, 0.01, -0.1],
    WeightedMedian(kind="mid"): [0.35, 0.25, 0.4, 1, 0.255, 0.2],
}
"""From the definitions, computed with numpy alone; rows with a negative figure where allowed."""


@pytest.mark.parametrize("method", EXPECTED, ids=repr)
def test_an_aggregation_gives_the_numbers_of_its_definition(method):
    expected = EXPECTED[method]
    rows = len(expected)
    np.testing.assert_allclose(method(ROWS[:rows], WEIGHTS[:rows]), expected, rtol=2e-12)


@pytest.mark.parametrize(
    ("values", "arithmetic", "geometric"),
    [
        ([21, 1, 1, 1], 6, 2.14),
        ([6, 6, 6, 6], 6, 6),
        ([21, 2, 1, 1], 6.25, 2.54),
        ([6, 7, 6, 6], 6.25, 6.23),
    ],
)
def test_compensation_is_as_the_handbook_shows_it(values, arithmetic, geometric, proof):
    # OECD/JRC (2008), sec. 6.11, p. 104; its geometric means are cut after two decimals.
    y, w = np.array([values], float), np.full((1, 4), 0.25)
    proof(Arithmetic, "Handbook, sec. 6.11", Arithmetic()(y, w), [arithmetic], 1e-14)
    proof(Geometric, "Handbook, sec. 6.11, printed", Geometric()(y, w), [geometric], 0.0065)


def test_a_sum_is_that_of_pandas(proof):
    import pandas as pd

    y = np.random.default_rng(5).uniform(-9, 9, (20, 4))
    plain = Sum()(y, np.ones(y.shape))
    proof(Sum, "pandas: sum", plain, pd.DataFrame(y).sum(axis=1))
    stated = np.array([3, 2, 1, 0.5])
    proof(Sum, "numpy: product of matrices", Sum()(y, np.tile(stated, (20, 1))), y @ stated)


@pytest.mark.parametrize("seed", range(4))
def test_means_agree_with_scipy(seed, proof):
    rng = np.random.default_rng(seed)
    y = rng.lognormal(0, 2, (30, 6))
    w = rng.dirichlet(np.ones(6), 30)
    for method, expected in ((Geometric(), stats.gmean), (Harmonic(), stats.hmean)):
        proof(type(method), "scipy, random figures", method(y, w), expected(y, axis=1, weights=w))
    for p in (-3, -0.5, 0, 0.5, 1, 2, 7):
        expected = stats.pmean(y, p, axis=1, weights=w)
        np.testing.assert_allclose(Power(p=p)(y, w), expected, rtol=1e-11)
        proof(Power, f"scipy pmean, p = {p:g}", Power(p=p)(y, w), expected, 1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_medians_agree_with_the_weighted_quantiles_of_numpy(seed, proof):
    rng = np.random.default_rng(seed)
    y = rng.normal(size=(20, 5))
    w = rng.dirichlet(np.ones(5), 20)
    expected = [
        np.quantile(row, 0.5, weights=weight, method="inverted_cdf")
        for row, weight in zip(y, w, strict=True)
    ]
    proof(
        WeightedMedian, "numpy, weighted quantiles", WeightedMedian(kind="lower")(y, w), expected, 0
    )
    equal = np.full((20, 4), 0.25)
    np.testing.assert_allclose(
        WeightedMedian()(y[:, :4], equal), np.median(y[:, :4], axis=1), rtol=1e-15
    )


@pytest.mark.parametrize(
    "method",
    [Arithmetic(), Geometric(), Harmonic(), Power(p=2), Power(p=-2), Power(p=1), WeightedMedian()],
    ids=repr,
)
def test_what_has_no_weight_does_not_count(method):
    y = np.array([[3.0, -7.0, 12.0]])
    w = np.array([[0.25, 0.0, 0.75]])
    alone = method(y[:, [0, 2]], w[:, [0, 2]])
    np.testing.assert_allclose(method(y, w), alone, rtol=1e-15)


@pytest.mark.parametrize("p", [-250.0, 250.0])
@pytest.mark.parametrize("size", [1e-6, 1.0, 1e6])
def test_a_large_exponent_does_not_overflow_beside_a_child_that_does_not_count(p, size):
    y = size * np.array([[50.0, 100.0, 3.0]])
    w = np.array([[0.5, 0.5, 0.0]])
    end = 50 if p < 0 else 100
    assert Power(p=p)(y, w)[0] == pytest.approx(size * end, rel=0.003)


@pytest.mark.parametrize("p", ["1e-3", "1e-5", "-1e-6", "1e-7", "2e-8", "1e-9", "-0.05"])
def test_an_exponent_near_zero_loses_no_digits(p, proof):
    exponent = Decimal(p)
    with localcontext() as exact:
        exact.prec = 60
        powers = [(exponent * Decimal(y).ln()).exp() for y in (1, 50, 7)]
        expected = ((sum(powers) / 3).ln() / exponent).exp()
    computed = Power(p=float(p))(np.array([[1.0, 50, 7]]), np.full((1, 3), 1 / 3))
    proof(Power, f"decimal, 60 digits: p = {p}", computed, [float(expected)], 1e-13)


def test_a_zero_keeps_a_power_mean_above_zero_where_the_exponent_is():
    y, w = np.array([[0.0, 4.0]]), np.full((1, 2), 0.5)
    assert Power(p=0.5)(y, w)[0] == pytest.approx(1, rel=1e-14)
    assert Power(p=0.05)(y, w)[0] == pytest.approx(4 * 0.5**20, rel=1e-12)
    for p in (0.5, 2):
        assert not Power(p=p).needs_positive()
        assert Power(p=p).refuses_negative()
    assert Power(p=0).needs_positive()


def test_a_floor_says_how_many_values_it_raises():
    y, w = np.array([[0.0, 4.0, -9.0], [0.5, 2.0, 3.0]]), np.array([[0.5, 0.5, 0]] * 2)
    assert Geometric(floor=1.0).remark(y, w) == "2 values count as the floor 1"
    assert Geometric(floor=1.0).remark(y[:1], w[:1]) == "1 value counts as the floor 1"
    assert Geometric(floor=1.0).remark(y + 9, w) == ""


@pytest.mark.parametrize("p", [1e-17, -1e-17, 1e-9, 1e-6, -1e-6])
def test_an_exponent_next_to_zero_is_next_to_the_geometric_mean(p):
    y, w = np.array([[2.0, 3.0, 5.0]]), np.array([[0.3, 0.3, 0.4]])
    assert Power(p=p)(y, w)[0] == pytest.approx(Geometric()(y, w)[0], rel=1e-6)


@pytest.mark.parametrize("method", [Geometric(), Harmonic(), Power(p=-0.5), Power(p=0)], ids=repr)
def test_a_zero_makes_the_mean_zero_unless_a_floor_keeps_it_up(method):
    y, w = np.array([[0.0, 4.0], [0.0, 0.0]]), np.full((2, 2), 0.5)
    np.testing.assert_array_equal(method(y, w), [0, 0])
    raised = method.model_copy(update={"floor": 1.0})
    np.testing.assert_allclose(raised(y, w), method(np.array([[1, 4], [1, 1.0]]), w))
    assert raised(y, w)[0] > 1


@pytest.mark.parametrize("method", [Geometric(), Harmonic(), Power(p=2), Power(p=-1)], ids=repr)
def test_a_value_below_zero_is_refused(method):
    with pytest.raises(MethodError, match=f"{method.name()} aggregation is not defined"):
        method(ROWS, WEIGHTS)


def test_the_power_mean_of_exponent_one_takes_values_below_zero():
    np.testing.assert_array_equal(Power(p=1)(ROWS, WEIGHTS), Arithmetic()(ROWS, WEIGHTS))
    assert not Power(p=1).needs_positive()


def test_a_power_mean_of_zeros_is_zero():
    assert Power(p=2)(np.zeros((1, 2)), np.full((1, 2), 0.5)).tolist() == [0]


def test_the_hdi_of_costa_rica_is_that_of_its_technical_note(proof):
    # UNDP, Human Development Report 2014, technical note 1: 0.654 and 0.763.
    education = Arithmetic()(np.array([[0.558, 0.750]]), np.full((1, 2), 0.5))[0]
    assert education == pytest.approx(0.654, abs=1e-12)
    dimensions = np.array([[0.922, education, 0.735404865447]])
    hdi = Geometric()(dimensions, np.full((1, 3), 1 / 3))[0]
    assert hdi == pytest.approx(0.76256767093, abs=1e-11)
    proof(Geometric, "UNDP (2014), HDI of Costa Rica, printed", hdi, 0.763, 0.0006)
