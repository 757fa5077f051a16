"""TOPSIS and VIKOR give the figures of their papers, and of two other packages."""

import numpy as np
import pytest

from helpers.aggregations import matrix, spread, table
from softpower.errors import MethodError
from softpower.methods.aggregate import Topsis, Vikor
from softpower.methods.aggregate.distances import Regrets, proposed

FIGHTERS = np.array([1, 1, 1, -1, 1, 1]), spread([2, 1, 1, 1, 2, 3], 4)
HYDROPOWER = np.array([1, -1, 1, 1, -1, -1, -1, 1])
TRAINS = np.array([[-1, 3000], [-2, 3750], [-5, 4500.0]])
HALVES = spread([1, 1], 3)


def weights_of(example):
    heavy = {"1": 1, "2": 2, "3": 0.5, "4": 0.3125}[example]
    return spread([heavy] * 4 + [1] * 4, 6)


def test_topsis_is_that_of_the_textbook(proof):
    # Tzeng & Huang (2011), Multiple Attribute Decision Making; printed to four decimals.
    y = np.array([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], float)
    computed = Topsis(scaling="vector")(y, spread([3, 4, 3], 4))
    proof(Topsis, "Tzeng & Huang, printed", computed, [0.5037, 0.6581, 0.7482, 0.3340], 1e-4)
    full = [0.50371965858, 0.658084771962, 0.748248659941, 0.333997436943]
    proof(Topsis, "Tzeng & Huang, full precision", computed, full, 1e-10)


def test_a_cost_whose_sign_is_turned_gives_the_topsis_of_the_textbook(proof):
    signs, w = FIGHTERS
    computed = Topsis(scaling="vector")(signs * matrix("fighters"), w)
    proof(Topsis, "fighter aircraft, printed", computed, [0.643, 0.268, 0.613, 0.312], 1.1e-3)
    full = [0.643277000553, 0.268383567719, 0.613542290007, 0.312291065582]
    proof(Topsis, "fighter aircraft, full precision", computed, full, 1e-10)
    trains = Topsis(scaling="vector")(TRAINS, HALVES)
    proof(Topsis, "trains", trains, [0.762140580124, 0.722177833229, 0.237859419876], 1e-10)


def test_topsis_of_values_on_a_range_is_that_of_pymcdm(proof):
    from pymcdm.methods import TOPSIS

    rng = np.random.default_rng(1)
    y, w = rng.normal(size=(12, 5)), rng.dirichlet(np.ones(5))
    unit = (y - y.min(axis=0)) / np.ptp(y, axis=0)
    computed = Topsis()(unit, spread(w, 12))
    proof(Topsis, "pymcdm, random figures", computed, TOPSIS()(y, w, np.ones(5)), 1e-12)


def test_topsis_of_raw_figures_is_that_of_scikit_criteria(proof):
    from skcriteria.agg.topsis import topsis
    from skcriteria.preprocessing.scalers import scale_by_vector

    rng = np.random.default_rng(2)
    y, w = rng.lognormal(size=(12, 5)), rng.dirichlet(np.ones(5))
    *_, expected = topsis(scale_by_vector(y, axis=0), np.ones(5), w)
    proof(Topsis, "scikit-criteria, random", Topsis(scaling="vector")(y, spread(w, 12)), expected)


@pytest.mark.parametrize("offset", [1e6, 1e9])
def test_large_figures_close_to_each_other_keep_their_digits(offset, proof):
    from pymcdm.methods import TOPSIS, VIKOR

    rng = np.random.default_rng(4)
    y = np.round(rng.random((10, 3)) * 64) / 64  # exact on top of any offset
    w = np.full(3, 1 / 3)
    computed = Topsis()(y + offset, spread(w, 10))
    spans = np.ptp(y, axis=0)
    expected = TOPSIS()(y, w * spans / (w * spans).sum(), np.ones(3))
    proof(Topsis, f"pymcdm, figures about {offset:g}", computed, expected, 1e-7 / 64)
    expected = VIKOR()(y, w, np.ones(3))
    proof(
        Vikor, f"pymcdm, figures about {offset:g}", 1 - Vikor()(y + offset, spread(w, 10)), expected
    )


def test_units_that_are_all_the_same_are_half_way():
    y = np.tile([0.1 + 0.2, 5.0], (3, 1))
    y[1, 0] = 0.3  # the same but for rounding
    np.testing.assert_array_equal(Topsis()(y, HALVES), 0.5)
    np.testing.assert_array_equal(Topsis()(y[:1], HALVES[:1]), 0.5)
    np.testing.assert_array_equal(Vikor()(y, HALVES), 1)


def test_a_child_of_zeros_adds_nothing_to_topsis():
    y = np.array([[0.0, 1.0], [0.0, 2.0], [0.0, 4.0]])
    np.testing.assert_allclose(Topsis(scaling="vector")(y, HALVES), [0, 1 / 3, 1], rtol=1e-14)


def test_under_vector_scaling_a_better_value_can_lower_a_score_where_signs_differ():
    method = Topsis(scaling="vector")
    before, after = np.array([[2, 0], [-1, 9.0]]), np.array([[3, 0], [-1, 9.0]])
    assert method(after, HALVES[:2])[0] < method(before, HALVES[:2])[0]
    assert not method.monotone


@pytest.mark.parametrize("example", ["1", "2", "3", "4"])
def test_vikor_is_that_of_the_paper(example, proof):
    known = table("hydropower_vikor")
    here = known["weights"] == float(example)
    y, w = HYDROPOWER * matrix("hydropower"), weights_of(example)
    method = Vikor()
    case = f"Opricovic & Tzeng (2007), weights {example}"
    proof(Vikor, f"{case}, printed", 1 - method(y, w), known["Q_printed"][here], 1.1e-3)
    regrets = method.regrets(y, w)
    for values, name in zip(regrets, ("S", "R", "Q"), strict=True):
        proof(Vikor, f"{case}, {name}", values, known[name][here])
    found = proposed(regrets)
    assert found.advantage == known["acceptable_advantage"][here].all()
    assert found.stability == known["acceptable_stability"][here].all()
    np.testing.assert_array_equal(found.units, known["proposed"][here] == 1)


def test_vikor_of_three_trains_is_that_of_the_paper(proof):
    # Opricovic & Tzeng (2004), European J. of Operational Research 156:445-455, Table 1.
    method = Vikor()
    proof(Vikor, "Opricovic & Tzeng (2004)", method(TRAINS, HALVES), [0, 1, 0])
    assert "compromise by itself" in method.remark(TRAINS, HALVES)


def test_a_first_that_is_not_stable_shares_the_compromise_with_the_second(proof):
    # scikit-criteria, tests/agg/test_vikor.py, all criteria being costs.
    costs = [[1, 101, 1, 101, 1], [101, 1, 101, 1, 101], [1, 1, 1, 1, 101], [11, 11, 11, 16, 61]]
    y = -np.array([*costs, [56] * 5], float)
    w = spread(np.ones(5), 5)
    method = Vikor()
    expected = [0.75, 1, 0.5, 0.0680555555556, 0.4375]
    proof(Vikor, "scikit-criteria, stability", 1 - method(y, w), expected)
    found = proposed(method.regrets(y, w))
    assert (found.advantage, found.stability) == (True, False)
    assert found.units.tolist() == [False, False, False, True, True]
    expected = "the first is first by neither sum nor maximum: the first 2 are the compromise"
    assert expected in method.remark(y, w)


def test_vikor_agrees_with_pymcdm(proof):
    from pymcdm.methods import VIKOR

    rng = np.random.default_rng(3)
    y, w = rng.normal(size=(12, 5)), rng.dirichlet(np.ones(5))
    expected = VIKOR(v=0.3)(y, w, np.ones(5))
    proof(Vikor, "pymcdm, random figures", 1 - Vikor(v=0.3)(y, spread(w, 12)), expected)


@pytest.mark.parametrize("method", [Topsis(), Vikor()], ids=repr)
def test_gaps_are_counted_and_refused(method):
    y, w = np.ones((3, 2)), np.array([[0.5, 0.5], [1.0, 0.0], [0.0, 1.0]])
    expected = f"The {method.name()} aggregation .* and 2 units have gaps. .*impute.*mean"
    with pytest.raises(MethodError, match=expected):
        method(y, w)


@pytest.mark.parametrize("method", [Topsis(), Vikor()], ids=repr)
def test_a_child_without_any_weight_is_no_gap(method):
    y, w = np.array([[1, 7.0], [3, 5.0]]), np.array([[1.0, 0.0], [1.0, 0.0]])
    np.testing.assert_array_equal(method(y, w), [0, 1])


def test_leaving_a_unit_out_can_reverse_the_order_of_two_others():
    y = np.array([[0.0, 10.0], [9.0, 2.0], [4.0, 40.0]])
    three, two = Topsis()(y, HALVES), Topsis()(y[:2], HALVES[:2])
    assert (three[0] > three[1]) != (two[0] > two[1])


@pytest.mark.parametrize(("second", "advantage", "count"), [(0.5, True, 1), (0.5 - 1e-9, False, 2)])
def test_an_advantage_of_just_enough_is_enough(second, advantage, count):
    # Opricovic & Tzeng (2004): Q(second) - Q(first) >= 1 / (n - 1), here 1/2.
    found = proposed(Regrets(*(np.array([0.0, second, 1.0]),) * 3))
    assert found.advantage is advantage
    assert found.units.sum() == count


def test_an_advantage_that_rounding_noise_has_cut_is_enough():
    q = np.array([0.1, 0.1 + 1 / 3 - 1e-16, 0.8, 1.0])
    assert q[1] - q[0] < 1 / 3
    assert proposed(Regrets(q, q, q)).advantage


def test_what_is_level_with_the_bound_of_the_compromise_is_not_part_of_it():
    # All with Q(a) - Q(first) < 1 / (n - 1) are, which 0.5 is not.
    q = np.array([0.0, 0.3, 0.5])
    assert proposed(Regrets(q, q, q)).units.tolist() == [True, True, False]


@pytest.mark.parametrize("unit", [1e-300, 1e-160, 1e160, 1e300])
@pytest.mark.parametrize("method", [Topsis(), Topsis(scaling="vector"), Vikor()], ids=repr)
def test_the_unit_of_all_values_does_not_matter(method, unit):
    y, w = np.array([[1, 9.0], [4, 2], [7, 3]]), spread([2, 1], 3)
    np.testing.assert_allclose(method(unit * y, w), method(y, w), rtol=1e-10)


@pytest.mark.parametrize(("apart", "told"), [(1e-15, False), (5e-13, False), (2e-12, True)])
def test_differences_that_are_rounding_noise_put_nobody_ahead(apart, told):
    y = np.array([[1.0, 3.0], [1.0 + apart, 3.0]])
    assert (Topsis()(y, HALVES[:2]).tolist() == [0, 1]) is told
