"""Lines of least squares are those that NIST certifies, and those of scikit-learn."""

import numpy as np
import pytest

from helpers.imputations import NAN, columns, filled, random_figures, sheet_of
from softpower.errors import MethodError
from softpower.methods.impute import Regression

LONGLEY = columns("longley")
CERTIFIED = [
    -3482258.63459582, 15.0618722713733, -0.0358191792925910, -2.02022980381683,
    -1.03322686717359, -0.0511041056535807, 1829.15146461355,
]  # fmt: skip
"""Intercept and slopes of Longley's equation, in the order of the columns."""


def test_a_gap_is_what_the_certified_equation_expects(proof):
    table = np.column_stack(list(LONGLEY.values()))
    new = [110.0, 450000.0, 3000.0, 2700.0, 120000.0, 1957.0]
    x = np.vstack([table, [NAN, *new]])
    values, remarks = Regression(clip=False)(x, sheet_of(x))
    expected = CERTIFIED[0] + np.dot(CERTIFIED[1:], new)
    proof(Regression, "NIST: Longley", values[-1, 0] / expected, 1, 1e-9)
    # The certified R2 is 0.995479004577296.
    assert remarks["i0"].startswith("R2 1.00, n 16, leave-one-out RMSE ")


def test_the_spread_of_a_stochastic_draw_is_the_certified_one():
    # A residual standard deviation of 304.854073561965, over draws for many units.
    table = np.column_stack(list(LONGLEY.values()))
    new = [110.0, 450000.0, 3000.0, 2700.0, 120000.0, 1957.0]
    x = np.vstack([table, np.tile([NAN, *new], (2000, 1))])
    drawn = filled(Regression(clip=False, stochastic=True), x)[16:, 0]
    middle = filled(Regression(clip=False), x)[16, 0]
    assert np.std(drawn) == pytest.approx(304.854, rel=0.04)
    assert np.mean(drawn) == pytest.approx(middle, abs=20)


@pytest.mark.parametrize("seed", range(3))
def test_filling_and_its_quality_agree_with_scikit_learn(seed, proof):
    from sklearn.linear_model import LinearRegression
    from sklearn.model_selection import LeaveOneOut, cross_val_predict

    x = random_figures(seed, (60, 4), 0.2)[0]
    values, remarks = Regression(clip=False)(x, sheet_of(x))
    expected, quality = x.copy(), []
    for i, j in np.argwhere(np.isnan(x)):
        on = [p for p in range(4) if not np.isnan(x[i, p])]
        if not on:
            expected[i, j] = NAN
            continue
        whole = ~np.isnan(x[:, [j, *on]]).any(axis=1)
        line = LinearRegression().fit(x[whole][:, on], x[whole, j])
        expected[i, j] = line.predict(x[i : i + 1, on])[0]
        if j == 0:
            out = cross_val_predict(line, x[whole][:, on], x[whole, j], cv=LeaveOneOut())
            rmse = np.sqrt(np.mean((out - x[whole, j]) ** 2))
            quality.append((line.score(x[whole][:, on], x[whole, j]), whole.sum(), rmse))
    proof(Regression, "scikit-learn: LinearRegression", values, expected, 1e-10)
    r2, n, rmse = zip(*quality, strict=True)
    assert f"R2 {min(r2):.2f} to {max(r2):.2f}" in remarks["i0"]
    assert f"n {min(n)} to {max(n)}" in remarks["i0"]
    assert f"leave-one-out RMSE {min(rmse):.3g} to {max(rmse):.3g}" in remarks["i0"]


def test_a_predictor_may_be_carried_without_being_scored():
    x = np.array([[1.0], [3.0], [5.0], [NAN]])
    values = filled(Regression(on="carried"), x, carried=[0, 1, 2, 1.5])
    assert values[3, 0] == pytest.approx(4)


def test_what_is_filled_in_is_pulled_to_the_range_unless_it_may_leave_it():
    x = np.array([[1.0, 0.0], [3.0, 1.0], [5.0, 2.0], [NAN, 9.0]])
    assert filled(Regression(), x)[3, 0] == 5
    assert filled(Regression(clip=False), x)[3, 0] == pytest.approx(19)


def test_a_gap_stays_where_a_predictor_that_was_named_is_missing():
    x = np.array([[1.0, 0.0], [3.0, 1.0], [5.0, 2.0], [NAN, NAN], [NAN, 1.0]])
    values, remarks = Regression(on="i1")(x, sheet_of(x))
    assert np.isnan(values[:, 0]).tolist() == [False, False, False, True, False]
    assert remarks["i0"].endswith("1 figure left missing, for lack of predictors or units")


def test_a_gap_stays_where_there_are_too_few_units_for_an_equation():
    x = np.array([[1.0, 0.0, 4.0], [3.0, 1.0, 2.0], [5.0, 2.0, 5.0], [NAN, 1.0, 3.0]])
    values, remarks = Regression()(x, sheet_of(x))
    assert np.isnan(values[3, 0])
    assert remarks == {"i0": "1 figure left missing, for lack of predictors or units"}


def test_collinear_predictors_count_once():
    rng = np.random.default_rng(1)
    one = rng.normal(size=12)
    y = 2 * one + rng.normal(size=12)
    x = np.column_stack([y, one, 3 * one + 1, np.full(12, 7.0)])
    x[5, 0] = NAN
    expected = filled(Regression(on="i1"), x)
    np.testing.assert_allclose(filled(Regression(on="i1+i2+i3"), x), expected, rtol=1e-10)


def test_where_the_others_say_nothing_of_a_unit_the_error_of_leaving_it_out_is_unknown():
    x = np.array([[1.0, 0], [2.0, 0], [3.0, 0], [7.0, 1.0], [NAN, 0.5]])
    assert Regression()(x, sheet_of(x)).remarks["i0"].endswith("leave-one-out RMSE unknown")


def test_a_list_of_predictors_is_the_same_as_their_names_with_a_plus():
    assert Regression(on=["i1", "i2"]) == Regression(on="i1+i2")


def test_draws_depend_on_the_seed_and_on_the_unit_but_not_on_its_place():
    x = np.array([[1.0, 0.0], [3.5, 1.0], [5.0, 2.0], [NAN, 1.0], [NAN, 1.0]])
    first = filled(Regression(stochastic=True), x)[3:, 0]
    again = filled(Regression(stochastic=True), x)[3:, 0]
    other = filled(Regression(stochastic=True, seed=2), x)[3:, 0]
    assert first.tolist() == again.tolist()
    assert first[0] != first[1]
    assert not set(first) & set(other)


def test_an_unknown_predictor_is_refused():
    x = np.array([[1.0, NAN], [2.0, 3.0]])
    with pytest.raises(MethodError, match="no figures of 'gold'"):
        filled(Regression(on="gold"), x)
