"""The benefit of the doubt is that of the Handbook; where weights are free, the most even count."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from helpers.weighed import minmax, said, table, tai, weigh
from softpower.errors import MethodError
from softpower.methods.weight import BenefitOfTheDoubt
from softpower.methods.weight.frontier import Frontier, nearest_to_equal, undominated

HANDBOOK = BenefitOfTheDoubt(lower=0.10, upper=0.15, best=1)


def scores(method, y):
    y = np.asarray(y, float)
    weights = weigh(method, y)
    shares = np.where(np.isnan(y), 0.0, weights)
    shares *= (weights.sum(axis=1) / shares.sum(axis=1))[:, None]
    return (shares * np.nan_to_num(y)).sum(axis=1)


def test_technology_achievement_scores_what_the_handbook_prints(proof):
    found = scores(HANDBOOK, minmax(tai()))
    printed = table("tai")["bod_printed"]
    proof(BenefitOfTheDoubt, "Handbook, Table 19: 23 countries", found, printed, 0.0055)


def test_weights_keep_their_bounds_and_nobody_beats_the_best():
    y = minmax(tai())
    weights = weigh(HANDBOOK, y)
    parts = weights / weights.sum(axis=1, keepdims=True)
    assert parts.min() >= 0.1 - 1e-9
    assert parts.max() <= 0.15 + 1e-9
    assert (weights @ y.T).max() <= 1 + 1e-9


def test_scores_are_those_of_an_envelope_programme(proof):
    from scipy.optimize import linprog

    y = minmax(tai())[:, :4]
    # The dual: the least part of all units together that has as much of everything.
    envelope = [linprog(np.ones(23), A_ub=-y.T, b_ub=-row, method="highs-ipm").fun for row in y]
    found = scores(BenefitOfTheDoubt(best=1), y)
    proof(BenefitOfTheDoubt, "dual programme, interior points", found, envelope, 1e-7)


def test_two_children_have_a_frontier_that_can_be_drawn(proof):
    y = np.array([[100, 20], [40, 80], [40, 40], [10, 60], [0, 0]])
    # The frontier is x + y = 120 between (100, 20) and (40, 80), and y = 80 to the left of it.
    expected = [100, 100, 100 * 80 / 120, 100 * 60 / 80, 0]
    found = scores(BenefitOfTheDoubt(), y)
    proof(BenefitOfTheDoubt, "closed form: a frontier of two corners", found, expected, 1e-9)


def test_of_the_weights_that_are_as_good_the_most_even_count():
    y = np.array([[100.0, 20, 60], [40, 80, 60], [40, 40, 10]])
    weights = weigh(BenefitOfTheDoubt(), y)
    parts = weights / weights.sum(axis=1, keepdims=True)
    assert parts[0] == pytest.approx([1 / 3] * 3)  # the best even if all weigh alike
    assert parts[1] == pytest.approx([1 / 3] * 3)
    # The third meets the edge between the other two, to which only (1, 1, 0) is at right angles.
    assert parts[2] == pytest.approx([0.5, 0.5, 0])


def test_the_most_even_weights_are_those_that_a_general_solver_finds(proof):
    from scipy.optimize import minimize

    y = minmax(tai())
    weights = weigh(BenefitOfTheDoubt(best=1), y)
    parts = weights / weights.sum(axis=1, keepdims=True)
    best = np.flatnonzero(scores(BenefitOfTheDoubt(best=1), y) > 1 - 1e-9)
    for c in best:
        found = minimize(
            lambda p: ((p - 1 / 8) ** 2).sum(),
            np.full(8, 1 / 8),
            jac=lambda p: 2 * (p - 1 / 8),
            bounds=[(0, 1)] * 8,
            constraints=[
                {"type": "eq", "fun": lambda p: p.sum() - 1},
                {"type": "ineq", "fun": lambda p, c=c: (y[c] - y) @ p},
            ],
            method="SLSQP",
            options={"ftol": 1e-14, "maxiter": 500},
        )
        case = "scipy SLSQP: the most even weights of the best"
        proof(BenefitOfTheDoubt, case, parts[c], found.x, 1e-5)


def test_parts_of_points_keep_their_bounds_too():
    y = minmax(tai()) * 99 + 1
    weights = weigh(BenefitOfTheDoubt(lower=0.05, upper=0.3, of="points"), y)
    points = weights * y
    parts = points / points.sum(axis=1, keepdims=True)
    assert parts.min() >= 0.05 - 1e-9
    assert parts.max() <= 0.3 + 1e-9
    assert (weights @ y.T).max() <= 100 + 1e-7


def test_an_only_child_is_scaled_so_that_its_best_scores_the_best():
    assert scores(BenefitOfTheDoubt(lower=0.1, upper=0.15), [[50], [20], [0]]) == pytest.approx(
        [100, 40, 0]
    )


def test_a_unit_with_a_gap_is_compared_with_those_that_have_what_it_has():
    y = np.array([[100.0, 20, 60], [40, 80, 60], [50, 50, np.nan], [np.nan] * 3])
    weights = weigh(BenefitOfTheDoubt(), y)
    two = weigh(BenefitOfTheDoubt(), y[:3, :2])
    assert scores(BenefitOfTheDoubt(), y[:3])[2] == pytest.approx(100 * 100 / 120)
    parts = weights[2, :2] / weights[2, :2].sum()
    assert parts == pytest.approx(two[2] / two[2].sum())
    assert weights[2, 2] == pytest.approx(weights[2].sum() / 3)
    assert weights[3] == pytest.approx([1 / 3] * 3)


def test_bounds_widen_for_a_unit_with_gaps():
    y = minmax(tai())
    y[7, :2] = np.nan
    weights = weigh(HANDBOOK, y)[7, 2:]
    parts = weights / weights.sum()
    assert parts.min() >= 0.1 * 8 / 6 - 1e-9
    assert parts.max() <= 0.15 * 8 / 6 + 1e-9
    assert parts.max() > 0.15


def test_the_remark_says_how_many_are_best_under_weights_of_their_own():
    y = minmax(tai())
    best = "3 of 23 units reach 1 under weights of their own"  # as in Table 19
    assert said(HANDBOOK, y) == best
    y[20] = np.nan
    assert "of 22 units" in said(HANDBOOK, y)


def test_negative_values_are_refused():
    with pytest.raises(MethodError, match=r"b has negative values.*Normalise from zero"):
        weigh(BenefitOfTheDoubt(), [[1, -1], [2, 2]])


def test_bounds_that_no_weights_can_meet_are_refused():
    with pytest.raises(MethodError, match=r"3 siblings.*0.5 or more.*at most 0.333"):
        BenefitOfTheDoubt(lower=0.5).fits([("x",), ("a", "b", "c")])
    with pytest.raises(MethodError, match=r"3 siblings.*sum to 1 with 0.3 or less.*at least 0.334"):
        weigh(BenefitOfTheDoubt(upper=0.3), np.ones((4, 3)))
    with pytest.raises(ValidationError, match=r"lower 0.4 is above upper 0.2"):
        BenefitOfTheDoubt(lower=0.4, upper=0.2)


def test_a_zero_cannot_have_a_part_of_the_points():
    with pytest.raises(MethodError, match=r"b is zero for 1 unit, of which no weight makes 0.1"):
        weigh(BenefitOfTheDoubt(lower=0.1, of="points"), [[1, 0], [2, 2]])


def test_a_unit_that_cannot_keep_the_upper_bound_of_points_is_refused():
    y = [[10, 0, 0], [4, 5, 3], [1, 7, 8]]
    method = BenefitOfTheDoubt(upper=0.6, of="points")
    with pytest.raises(MethodError, match=r"zeros beside a, .* 0.6 or less.*raise weight.upper"):
        weigh(method, y)
    assert scores(method, [[0, 0, 0], *y[1:]])[0] == 0
    two = weigh(method, [[10, 2, 0], *y[1:]])[0] * [10, 2, 0]
    assert two.max() <= 0.6 * two.sum() + 1e-9


def test_children_in_very_different_units_are_all_counted(proof):
    from scipy.optimize import linprog

    # Output in dollars, beside a share.
    y = np.array([[2.5e13, 0.3], [1.8e13, 0.9], [4.2e12, 0.7], [1e11, 1.0]])
    trillions = y / [1e12, 1]
    expected = [
        100 * linprog(-row, A_ub=trillions, b_ub=np.ones(4), method="highs-ipm").fun * -1
        for row in trillions
    ]
    assert expected == pytest.approx([100, 100, 72.306, 100], abs=5e-4)
    case = "linear programme in trillions: figures in dollars"
    proof(BenefitOfTheDoubt, case, scores(BenefitOfTheDoubt(), y), expected, 1e-6)


def test_bounds_of_weights_in_units_that_no_solver_brings_together_are_refused():
    y = [[2.5e13, 0.3], [1.8e13, 0.9], [4.2e12, 0.7], [1e11, 1.0]]
    with pytest.raises(MethodError, match=r"numerical reasons.*Normalise the figures onto one"):
        weigh(BenefitOfTheDoubt(lower=0.1), y)


@pytest.mark.parametrize(
    "method",
    [BenefitOfTheDoubt(), BenefitOfTheDoubt(lower=0.05, upper=0.5, of="points")],
    ids=repr,
)
@settings(derandomize=True, deadline=None, max_examples=20)
@given(seed=st.integers(0, 999), powers=st.lists(st.integers(-9, 9), min_size=4, max_size=4))
def test_the_unit_of_a_child_changes_no_score(method, seed, powers):
    y = np.random.default_rng(seed).uniform(0.05, 1, (12, 4))
    other = y * 10.0 ** np.array(powers)
    assert scores(method, other) == pytest.approx(scores(method, y), rel=1e-8)
    assert (weigh(method, other) @ other.T).max() <= 100 * (1 + 1e-7)


def test_values_that_are_all_zero_score_zero():
    assert scores(BenefitOfTheDoubt(), np.zeros((3, 2))).tolist() == [0, 0, 0]


def test_only_units_that_nobody_beats_throughout_matter_to_the_frontier():
    rows = np.array([[1.0, 2], [2, 1], [1, 1], [2, 1], [0, 2], [2, 0.5]])
    assert sorted(map(tuple, undominated(rows))) == [(1, 2), (2, 1)]


def test_the_nearest_point_of_a_polyhedron_is_the_projection():
    # p1 >= 2 p2 in the plane p1 + p2 + p3 = 1: the line between (2, 1, 0) / 3 and (0, 0, 1).
    found = nearest_to_equal(np.array([1.0, 0, 0]), np.zeros((0, 3)), np.array([[1.0, -2, 0]]))
    along = np.array([2, 1, -3]) / 3
    start = np.array([0.0, 0, 1])
    t = (np.full(3, 1 / 3) - start) @ along / (along @ along)
    assert found == pytest.approx(start + t * along)


def test_rounding_noise_in_what_weights_have_to_keep_does_not_lead_astray():
    # The third and fourth are nothing, the first is neither above nor below it: two are left.
    tight = np.array(
        [
            [0.0, 0.0, -0.9999999999999998, -1.0, 0.0],
            [0.0, 0.0, 1.0, 0.0, 0.0],
            [0.0, 0.0, 0.0, 1.0, 0.0],
        ]
    )
    free = np.array(
        [
            [-1.0, 0.0, 0.0, 0.0, 0.0],
            [0.0, 0.0, -1.0, 0.4999999999999999, 0.0],
            [1.0, 0.0, 0.0, 0.0, 0.0],
        ]
    )
    found = nearest_to_equal(np.array([0.0, 0.0, 0.0, 0.0, 1.0]), tight, free)
    np.testing.assert_allclose(found, [0.0, 0.5, 0.0, 0.0, 0.5], atol=1e-9)


def test_units_on_the_frontier_tie_to_the_last_digit():
    values = np.round(100 * np.random.default_rng(3).random((40, 5)), 2)
    scores = (weigh(BenefitOfTheDoubt(), values) * values).sum(axis=1)
    best = scores > 100 - 1e-6
    assert 5 < best.sum() < 40
    np.testing.assert_allclose(scores[best], 100, rtol=3e-15)


def test_units_that_are_left_out_of_the_programme_at_first_still_count(monkeypatch):
    values = np.random.default_rng(6).random((60, 4)) + 0.1
    expected = weigh(BenefitOfTheDoubt(), values)
    monkeypatch.setattr("softpower.methods.weight.frontier.MOST_ADDED", 1)
    found = weigh(BenefitOfTheDoubt(), values)
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-6)
    assert (values @ found.T).max() <= 100 * (1 + 1e-8)


def test_what_the_solver_leaves_short_of_the_frontier_is_on_it(monkeypatch):
    values = np.round(100 * np.random.default_rng(3).random((40, 5)), 2)
    solved = Frontier._solved

    def short(self, y, bounds):
        found, tight = solved(self, y, bounds)
        return found * (1 - 5e-10), tight

    scores = (weigh(BenefitOfTheDoubt(), values) * values).sum(axis=1)
    monkeypatch.setattr(Frontier, "_solved", short)
    near = (weigh(BenefitOfTheDoubt(), values) * values).sum(axis=1)
    best = scores > 100 - 1e-6
    np.testing.assert_allclose(near[best], 100, rtol=3e-15)
    assert (near[~best] < 100 - 1e-6).all()
