"""What must hold of every aggregation, whatever the figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.aggregations import EXAMPLES
from softpower.methods.aggregate import (
    Aggregation,
    Arithmetic,
    BordaCount,
    Copeland,
    Geometric,
    Harmonic,
    Kemeny,
    MazziottaPareto,
    MeanMin,
    Minimum,
    OrderedWeights,
    Power,
    Promethee,
    Topsis,
    Vikor,
    WeightedMedian,
)
from softpower.methods.model import methods_of

quickly = settings(derandomize=True, deadline=None, max_examples=20)

MEANS = [m for m in EXAMPLES if m.exponent() is not None and getattr(m, "floor", None) is None]
POSITIONS = [m for m in EXAMPLES if isinstance(m, WeightedMedian | Minimum | OrderedWeights)]
PENALISED = [MeanMin(), MeanMin(alpha=1)]
WITHIN = [*MEANS, *POSITIONS, *PENALISED, MeanMin(alpha=0.9, beta=5)]
"""Those whose value lies between the smallest and the largest of a unit."""
PROPORTIONAL = [*MEANS, *POSITIONS, *PENALISED, MazziottaPareto(), MazziottaPareto(penalty="plus")]
"""Those whose value is in the units of what goes in."""
ADDITIVE = [Arithmetic(), *POSITIONS, *PENALISED, MeanMin(alpha=0.9, beta=5)]
"""Those whose value goes up by what is added to everything."""
RELATIVE = [m for m in EXAMPLES if not m.rowwise and m != Topsis(scaling="vector")]
"""Those that only look at differences between units."""
ORDINAL = [Promethee(), BordaCount(), Copeland(), Kemeny()]
"""Those that only look at who is ahead."""


def where(condition):
    return [method for method in EXAMPLES if condition(method)]


@st.composite
def tables(draw, least=1, own_weights=False):
    """Return values of some units, and weights, all children counting."""
    shape = draw(st.tuples(st.integers(least, 6), st.integers(1, 6)))
    y = draw(arrays(float, shape, elements=st.integers(1, 800).map(lambda k: k / 8)))
    rows = shape if own_weights else (1, shape[1])
    w = draw(arrays(float, rows, elements=st.integers(1, 9).map(float)))
    w = np.broadcast_to(w / w.sum(axis=1, keepdims=True), shape)
    return y, np.array(w)


def test_every_aggregation_has_an_example():
    assert {type(method) for method in EXAMPLES} == set(methods_of(Aggregation))


@pytest.mark.parametrize("method", EXAMPLES, ids=repr)
@quickly
@given(given_rows=tables(), seed=st.integers(0, 99))
def test_the_order_of_units_does_not_matter(method, given_rows, seed):
    y, w = given_rows
    shuffled = np.random.default_rng(seed).permutation(len(y))
    np.testing.assert_allclose(
        method(y[shuffled], w), method(y, w)[shuffled], rtol=1e-11, atol=1e-12
    )


@pytest.mark.parametrize("method", where(lambda m: not isinstance(m, Kemeny)), ids=repr)
@quickly
@given(given_rows=tables(), seed=st.integers(0, 99))
def test_the_order_of_children_does_not_matter(method, given_rows, seed):
    y, w = given_rows
    shuffled = np.random.default_rng(seed).permutation(y.shape[1])
    found = method(y[:, shuffled], w[:, shuffled])
    np.testing.assert_allclose(found, method(y, w), rtol=1e-11, atol=1e-11)


@quickly
@given(given_rows=tables(), seed=st.integers(0, 99))
def test_the_order_of_children_does_not_matter_for_what_a_consensus_is_worth(given_rows, seed):
    # Of several orders that are as good it may be another one.
    y, w = given_rows
    shuffled = np.random.default_rng(seed).permutation(y.shape[1])
    before, after = Kemeny().solved(y, w), Kemeny().solved(y[:, shuffled], w[:, shuffled])
    assert before.consensus.score == pytest.approx(after.consensus.score, abs=1e-9)
    assert before.consensus.proven
    assert after.consensus.proven


@pytest.mark.parametrize("method", EXAMPLES, ids=repr)
@quickly
@given(given_rows=tables(), junk=st.floats(-1e6, 1e6))
def test_a_child_without_weight_does_not_count(method, given_rows, junk):
    y, w = given_rows
    wider = np.column_stack([y[:, :1], np.full(len(y), junk), y[:, 1:]])
    wider[0, 1] = -junk
    found = method(wider, np.insert(w, 1, 0.0, axis=1))
    np.testing.assert_allclose(found, method(y, w), rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("method", EXAMPLES, ids=repr)
@quickly
@given(given_rows=tables(), data=st.data())
def test_units_that_are_alike_get_the_same(method, given_rows, data):
    y, w = given_rows
    twin = data.draw(st.integers(0, len(y) - 1))
    values = method(np.vstack([y, y[twin]]), np.vstack([w, w[twin]]))
    assert values[-1] == values[twin]


@pytest.mark.parametrize("method", where(lambda m: m.monotone), ids=repr)
@settings(quickly, max_examples=60)
@given(given_rows=tables(), data=st.data())
def test_a_better_value_never_lowers_the_result_of_those_that_say_so(method, given_rows, data):
    y, w = given_rows
    i, j = (data.draw(st.integers(0, size - 1)) for size in y.shape)
    raised = y.copy()
    raised[i, j] += data.draw(st.integers(1, 400)) / 8
    before, after = method(y, w)[i], method(raised, w)[i]
    assert after >= before - 1e-12 * max(1, abs(before))
    if method in MEANS:
        assert after > before


@quickly
@given(given_rows=tables(), data=st.data())
def test_a_better_value_never_lowers_topsis_where_signs_do_not_differ(given_rows, data):
    y, w = given_rows
    i, j = (data.draw(st.integers(0, size - 1)) for size in y.shape)
    raised = y.copy()
    raised[i, j] += data.draw(st.integers(1, 400)) / 8
    for method in (Topsis(), Topsis(scaling="vector")):
        assert method(raised, w)[i] >= method(y, w)[i] - 1e-12


@pytest.mark.parametrize("method", WITHIN, ids=repr)
@quickly
@given(given_rows=tables(own_weights=True))
def test_a_mean_lies_between_the_smallest_and_the_largest_value(method, given_rows):
    y, w = given_rows
    mean = method(y, w)
    assert (mean >= y.min(axis=1) * (1 - 1e-12)).all()
    assert (mean <= y.max(axis=1) * (1 + 1e-12)).all()


@pytest.mark.parametrize("method", where(lambda m: m.rowwise), ids=repr)
@quickly
@given(given_rows=tables(own_weights=True), value=st.floats(2, 1e6))
def test_what_is_made_of_equal_values_is_that_value(method, given_rows, value):
    y, w = given_rows
    np.testing.assert_allclose(method(np.full(y.shape, value), w), value, rtol=1e-12)


@pytest.mark.parametrize("method", where(lambda m: m.rowwise), ids=repr)
@quickly
@given(given_rows=tables(own_weights=True))
def test_a_unit_has_its_value_whoever_else_there_is(method, given_rows):
    y, w = given_rows
    together = method(y, w)
    apart = [method(y[i : i + 1], w[i : i + 1])[0] for i in range(len(y))]
    np.testing.assert_allclose(together, apart, rtol=1e-14)


@quickly
@given(given_rows=tables(own_weights=True))
def test_means_are_in_the_order_of_their_exponents(given_rows):
    y, w = given_rows
    exponents = (-20, -2, -1, -0.5, 0, 0.5, 1, 2, 20)
    means = np.array([Power(p=p)(y, w) for p in exponents])
    assert (np.diff(means, axis=0) >= -1e-11 * means[:-1]).all()
    for p, method in ((-1, Harmonic()), (0, Geometric()), (1, Arithmetic())):
        np.testing.assert_array_equal(means[exponents.index(p)], method(y, w))


@pytest.mark.parametrize("method", PROPORTIONAL, ids=repr)
@quickly
@given(given_rows=tables(own_weights=True), factor=st.sampled_from([1e-3, 0.7, 40.0]))
def test_a_mean_of_values_in_another_unit_is_the_mean_in_that_unit(method, given_rows, factor):
    y, w = given_rows
    expected = factor * method(y, w)
    np.testing.assert_allclose(method(factor * y, w), expected, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("method", ADDITIVE, ids=repr)
@quickly
@given(given_rows=tables(own_weights=True), shift=st.sampled_from([-500.0, 0.25, 64.0]))
def test_what_is_added_to_all_values_is_added_to_the_mean(method, given_rows, shift):
    y, w = given_rows
    np.testing.assert_allclose(method(y + shift, w), method(y, w) + shift, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("method", RELATIVE, ids=repr)
@quickly
@given(given_rows=tables(), shift=st.sampled_from([-500.0, 0.25, 64.0]))
def test_what_is_added_to_all_units_changes_nothing_where_only_differences_count(
    method, given_rows, shift
):
    y, w = given_rows
    added = shift * np.arange(1, y.shape[1] + 1)
    np.testing.assert_allclose(method(y + added, w), method(y, w), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("method", [Vikor(), Topsis(scaling="vector"), *ORDINAL], ids=repr)
@quickly
@given(given_rows=tables())
def test_the_unit_of_each_child_does_not_matter_to_those_that_scale_or_rank(method, given_rows):
    y, w = given_rows
    factors = 4.0 ** np.arange(y.shape[1])
    found = method(y * factors, w)
    np.testing.assert_allclose(found, method(y, w), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("method", ORDINAL, ids=repr)
@quickly
@given(given_rows=tables())
def test_how_far_ahead_a_unit_is_does_not_matter_to_those_that_rank(method, given_rows):
    y, w = given_rows
    np.testing.assert_allclose(method(y**3, w), method(y, w), rtol=1e-12)


@pytest.mark.parametrize("method", where(lambda m: not m.rowwise), ids=repr)
@quickly
@given(given_rows=tables(least=2))
def test_a_unit_that_is_best_in_everything_comes_first(method, given_rows):
    y, w = given_rows
    y[0] = y.max(axis=0) + 1
    values = method(y, w)
    assert (values[0] >= values[1:]).all()


def test_what_a_class_says_of_itself_is_what_it_does():
    for method in EXAMPLES:
        assert isinstance(method, Aggregation)
        assert method.rowwise or method.exponent() is None
        assert not method.linear or method.undivided or method.exponent() == 1
        assert not method.top or not method.rowwise
        assert method.negative(beneath=True) or not method.negative(beneath=False)
