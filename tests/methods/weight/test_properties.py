"""What must hold of every weighting, for any values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.weighed import siblings
from softpower.index.methodology import Methodology
from softpower.methods.model import methods_of
from softpower.methods.weight import (
    AnalyticHierarchy,
    BenefitOfTheDoubt,
    Critic,
    Drivers,
    Entropy,
    Equal,
    EqualPerPillar,
    FactorAnalysis,
    Gini,
    Given,
    PrincipalComponents,
    StandardDeviation,
    TargetImportance,
)

quickly = settings(derandomize=True, deadline=None, max_examples=20)

JUDGED = {"a/b": 3, "a/c": 2, "a/d": 4, "b/c": 1, "b/d": 2, "c/d": "3/2"}
EXAMPLES = [
    Given(),
    Equal(),
    EqualPerPillar(),
    PrincipalComponents(),
    PrincipalComponents(factors=2, assign="loading"),
    PrincipalComponents(form="pc1"),
    FactorAnalysis(),
    Entropy(),
    Critic(),
    StandardDeviation(),
    Gini(),
    AnalyticHierarchy(judgements=JUDGED),
    AnalyticHierarchy(judgements=JUDGED, estimate="geometric-mean"),
    BenefitOfTheDoubt(),
    BenefitOfTheDoubt(lower=0.1, upper=0.5),
    BenefitOfTheDoubt(lower=0.1, upper=0.6, of="points"),
    Drivers(outcome="kpi"),
    Drivers(outcome="kpi", importance="johnson", against="zero"),
]
"""Weightings with parameters that suit four children a to d."""

SOUGHT = [TargetImportance(estimator="linear"), TargetImportance()]
"""Those whose weights a long search finds, which are held to fewer, richer cases."""

EVERY = [*EXAMPLES, *SOUGHT]

IDS = ("a", "b", "c", "d")
every = pytest.mark.parametrize("method", EXAMPLES, ids=repr)


def random_figures(seed, n):
    """Return values of four children with something in common, stated weights and an outcome."""
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(n, 1))
    values = common * [1, 0.7, 0.9, 0.5] + rng.normal(size=(n, 4)) * [0.6, 0.8, 0.7, 0.9]
    values = 1 + 99 * (values - values.min(axis=0)) / np.ptp(values, axis=0)
    outcome = values @ [1, 2, 1, 0.5] + 20 * rng.normal(size=n)
    return values, np.array([3.0, 2, 2, 3]), outcome


def figures():
    return st.builds(random_figures, st.integers(0, 10_000), st.integers(15, 40))


def weights(method, values, stated, outcome, order=(0, 1, 2, 3)):
    order = list(order)
    ids = tuple(IDS[j] for j in order)
    known = siblings(len(ids), stated[order], {"kpi": outcome}, ids)
    return method(known, values[:, order])


def tolerance(method):
    """Return how far a search or a linear programme may differ from itself."""
    if method in SOUGHT:
        return 1e-4
    return 1e-6 if isinstance(method, BenefitOfTheDoubt | FactorAnalysis) else 1e-9


def test_no_weighting_is_forgotten_here():
    known = methods_of(Methodology.model_fields["weight"].annotation)
    assert {type(method) for method in EVERY} == set(known)


@every
@quickly
@given(known=figures())
def test_weights_are_zero_or_above_and_sum_to_one(method, known):
    found = weights(method, *known)
    assert (found >= 0).all()
    if method.individual:
        assert found.shape == known[0].shape
        score = (found * known[0]).sum(axis=1)
        assert score.max() == pytest.approx(method.best)
    else:
        assert found.shape == (4,)
        assert found.sum() == pytest.approx(1, abs=1e-12)


@every
@quickly
@given(known=figures(), seed=st.integers(0, 99))
def test_the_order_of_units_does_not_matter(method, known, seed):
    values, stated, outcome = known
    shuffled = np.random.default_rng(seed).permutation(len(values))
    expected = weights(method, *known)
    expected = expected[shuffled] if method.individual else expected
    found = weights(method, values[shuffled], stated, outcome[shuffled])
    np.testing.assert_allclose(found, expected, atol=tolerance(method))


@every
@quickly
@given(known=figures(), order=st.permutations(range(4)))
def test_children_keep_their_weights_in_another_order(method, known, order):
    expected = weights(method, *known)[..., order]
    found = weights(method, *known, order)
    np.testing.assert_allclose(found, expected, atol=tolerance(method))


@pytest.mark.parametrize("method", [m for m in EXAMPLES if m.scale_free], ids=repr)
@quickly
@given(
    known=figures(),
    factor=st.sampled_from([1e-300, 0.01, 3.0, 1000.0, 1e300]),
    shift=st.integers(-50, 50),
)
def test_the_scale_of_each_child_does_not_matter_where_that_is_promised(
    method, known, factor, shift
):
    values, stated, outcome = known
    scaled = (values + np.array([0, shift, 1, 0])) * [1, factor, 1, 1 / factor]
    expected = weights(method, *known)
    found = weights(method, scaled, stated, outcome)
    np.testing.assert_allclose(found, expected, atol=max(tolerance(method), 1e-8))


@every
@quickly
@given(known=figures(), factor=st.sampled_from([1e-300, 0.5, 4.0, 1e300]))
def test_a_factor_on_all_values_changes_no_part_of_the_weights(method, known, factor):
    values, stated, outcome = known
    expected, found = weights(method, *known), weights(method, factor * values, stated, outcome)
    expected /= expected.sum(axis=-1, keepdims=True)
    found /= found.sum(axis=-1, keepdims=True)
    np.testing.assert_allclose(found, expected, atol=max(tolerance(method), 1e-8))


@pytest.mark.parametrize("method", EVERY, ids=repr)
def test_a_repeated_run_gives_the_same_bytes(method):
    rng = np.random.default_rng(1)
    known = 1 + 99 * rng.random((30, 4)), np.ones(4), rng.random(30)
    assert weights(method, *known).tobytes() == weights(method, *known).tobytes()


@pytest.mark.parametrize("method", EVERY, ids=repr)
def test_an_only_child_has_all_the_weight(method):
    values = np.linspace(0, 100, 9)[:, None]
    found = method(siblings(1, figure={"kpi": values[:, 0]}), values)
    np.testing.assert_allclose(found, np.ones_like(found), rtol=1e-12)
    assert np.isfinite(found).all()


@pytest.mark.parametrize("method", [m for m in EVERY if m.derived], ids=repr)
def test_derived_weights_depend_on_values(method):
    rng = np.random.default_rng(2)
    one, two = (1 + 99 * rng.random((30, 4)) ** [1, 2, 3, 4] for _ in range(2))
    outcome = one.sum(axis=1)
    assert not np.allclose(
        weights(method, one, np.ones(4), outcome), weights(method, two, np.ones(4), outcome)
    )


@pytest.mark.parametrize("method", [m for m in EVERY if not m.derived], ids=repr)
def test_other_weights_do_not(method):
    rng = np.random.default_rng(2)
    one, two = rng.random((30, 4)), rng.random((30, 4))
    np.testing.assert_array_equal(
        weights(method, one, np.ones(4), None), weights(method, two, np.ones(4), None)
    )


def test_only_some_weightings_take_the_stated_weights():
    stated = {type(m).name() for m in EVERY if type(m).stated}
    assert stated == {"given", "ahp", "target-importance"}


@pytest.mark.parametrize("method", SOUGHT, ids=repr)
@pytest.mark.parametrize("seed", [0, 1])
def test_weights_that_are_sought_keep_in_other_orders_and_under_a_factor(method, seed):
    values, stated, outcome = random_figures(seed, 30)
    order = [2, 0, 3, 1]
    shuffled = np.random.default_rng(seed).permutation(len(values))
    expected = weights(method, values, stated, outcome)
    assert (expected >= 0).all()
    assert expected.sum() == pytest.approx(1, abs=1e-12)
    found = weights(method, 4 * values[shuffled], stated, outcome[shuffled], order)
    np.testing.assert_allclose(found, expected[order], atol=tolerance(method))
