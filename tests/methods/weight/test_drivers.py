"""The importance of drivers is that which regressions in R give."""

import numpy as np
import pytest
from pydantic import ValidationError

from helpers.weighed import said, tai, weigh
from softpower.errors import MethodError
from softpower.methods.weight import Drivers
from softpower.methods.weight.drivers import explained, johnson, lmg

# Correlations of fertility, agriculture, examination, education, catholic and infant mortality in
# 47 Swiss provinces in 1888 (Mosteller & Tukey 1977), computed from the figures with numpy.
SWISS = np.array(
    [
        [1.0, 0.3530791836, -0.6458827065, -0.6637888570, 0.4636847007, 0.4165560314],
        [0.3530791836, 1.0, -0.6865422086, -0.6395225189, 0.4010950530, -0.0608586084],
        [-0.6458827065, -0.6865422086, 1.0, 0.6984152963, -0.5727418061, -0.1140215965],
        [-0.6637888570, -0.6395225189, 0.6984152963, 1.0, -0.1538589171, -0.0993218458],
        [0.4636847007, 0.4010950530, -0.5727418061, -0.1538589171, 1.0, 0.1754959076],
        [0.4165560314, -0.0608586084, -0.1140215965, -0.0993218458, 0.1754959076, 1.0],
    ]
)
AMONG, ACROSS = SWISS[1:, 1:], SWISS[0, 1:]
# What each adds to R^2 on average, from lm() over all subsets in R 4.2.2.
SHARES = np.array([0.0570912208, 0.1711730290, 0.2601346786, 0.1055701504, 0.1127659229])
# Johnson's relative weights, from eigen() in R 4.2.2.
RELATIVE = np.array([0.0484168958, 0.1547082498, 0.2719641046, 0.1146800299, 0.1169657214])


def with_correlations(r, n=60):
    """Return figures whose correlations are exactly these."""
    z = np.random.default_rng(5).normal(size=(n, len(r)))
    z -= z.mean(axis=0)
    z = np.linalg.qr(z)[0]
    return 50 + 100 * z @ np.linalg.cholesky(r).T


def drive(x, outcome, **parameters):
    return weigh(Drivers(outcome="kpi", **parameters), x, figure={"kpi": outcome})


def remark(x, outcome, **parameters):
    return said(Drivers(outcome="kpi", **parameters), x, figure={"kpi": outcome})


def test_shares_of_the_explained_variance_are_those_of_regressions_on_all_subsets(proof):
    proof(Drivers, "R lm over all subsets: lmg, swiss", lmg(AMONG, ACROSS), SHARES, 1e-8)


def test_johnsons_weights_are_those_that_r_computes(proof):
    proof(Drivers, "R eigen: johnson, swiss", johnson(AMONG, ACROSS), RELATIVE, 1e-8)


def test_both_sum_to_the_explained_variance(proof):
    r2 = 0.706735001593  # summary(lm(Fertility ~ ., swiss)) in R
    proof(Drivers, "R lm: R^2, swiss", explained(AMONG, ACROSS), r2, 1e-8)
    assert lmg(AMONG, ACROSS).sum() == pytest.approx(r2, abs=1e-8)
    assert johnson(AMONG, ACROSS).sum() == pytest.approx(r2, abs=1e-8)


def test_weights_are_importance_divided_by_its_sum():
    figures = with_correlations(SWISS)
    weights = drive(figures[:, 1:], figures[:, 0])
    np.testing.assert_allclose(weights, SHARES / SHARES.sum(), atol=1e-7)
    weights = drive(figures[:, 1:], figures[:, 0], importance="johnson")
    np.testing.assert_allclose(weights, RELATIVE / RELATIVE.sum(), atol=1e-7)


def test_two_drivers_share_by_the_two_orders_they_can_come_in(proof):
    # First r1^2, or what is left of R^2 after r2^2: the mean of the two.
    r1, r2, r12 = 0.6, 0.5, 0.3
    both = (r1**2 + r2**2 - 2 * r1 * r2 * r12) / (1 - r12**2)
    expected = [(r1**2 + both - r2**2) / 2, (r2**2 + both - r1**2) / 2]
    found = lmg(np.array([[1, r12], [r12, 1]]), np.array([r1, r2]))
    proof(Drivers, "closed form: two drivers", found, expected, 1e-12)


def test_children_that_repeat_each_other_share_what_they_explain():
    x = tai()[:, [0, 2]]
    weights = drive(np.column_stack([x, x[:, 0]]), x @ [1, 2])
    assert weights[0] == pytest.approx(weights[2])
    assert johnson(np.ones((2, 2)), np.array([0.6, 0.6])) == pytest.approx([0.18, 0.18])


def test_more_than_fifteen_children_are_measured_by_johnson():
    rng = np.random.default_rng(3)
    x = rng.normal(size=(120, 16))
    outcome = x.sum(axis=1)
    np.testing.assert_array_equal(drive(x, outcome), drive(x, outcome, importance="johnson"))
    with pytest.raises(MethodError, match="It has 16 children, more than the 15 that lmg takes"):
        drive(x, outcome, importance="lmg")


def test_fifteen_children_are_measured_exactly():
    rng = np.random.default_rng(3)
    z = np.linalg.qr(rng.normal(size=(80, 16)) - 0)[0]
    z -= z.mean(axis=0)
    r = np.corrcoef(z[:, :15] + 0.3 * z[:, [15]], rowvar=False)
    across = np.linspace(0.05, 0.2, 15)
    assert lmg(r, across).sum() == pytest.approx(explained(r, across), abs=1e-9)


def test_what_goes_against_the_outcome_is_named_and_may_be_left_without_weight():
    figures = with_correlations(SWISS)
    x, outcome = figures[:, 1:], figures[:, 0]
    assert "b, c go against it and count for it all the same" in remark(x, outcome)
    assert "b, c go against it and get no weight" in remark(x, outcome, against="zero")
    assert np.flatnonzero(drive(x, outcome, against="zero") == 0).tolist() == [1, 2]
    assert "a, d, e go against it" in remark(x, outcome, better="lower")


def test_the_remark_says_how_much_is_explained_and_by_how_many_units():
    figures = with_correlations(SWISS, n=25)
    text = remark(figures[:, 1:], figures[:, 0])
    assert "its children explain 71% of kpi" in text
    assert "25 units are few for 5 children" in text


def test_an_outcome_among_the_children_is_remarked_upon():
    x = tai()[:, :3]
    method = Drivers(outcome="b")
    assert "b is among its children and drives itself" in said(method, x, figure={"b": x[:, 1]})


def test_only_units_with_an_outcome_count():
    figures = with_correlations(SWISS)
    x, outcome = figures[:, 1:], figures[:, 0].copy()
    outcome[:20] = np.nan
    np.testing.assert_allclose(drive(x, outcome), drive(x[20:], outcome[20:]), rtol=1e-12)
    assert "from the 40 of 60 units" in remark(x, outcome)


def test_as_many_children_as_units_are_refused():
    figures = with_correlations(SWISS)[:6]
    with pytest.raises(MethodError, match=r"6 units with .* an outcome: too few for 5 children"):
        drive(figures[:, 1:], figures[:, 0])


def test_an_outcome_without_differences_is_refused():
    with pytest.raises(MethodError, match="The outcome kpi is the same for all units"):
        drive(tai(), np.ones(23))


def test_children_that_explain_nothing_leave_no_weights():
    x = with_correlations(np.eye(3))
    with pytest.raises(MethodError, match="None of its children has anything"):
        drive(x[:, :2], -x[:, 0], against="zero", importance="johnson")


def test_an_outcome_has_to_be_named():
    with pytest.raises(ValidationError, match="outcome"):
        Drivers()
