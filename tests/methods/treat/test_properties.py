"""What must hold of every treatment for any figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.treatments import EVERY, EXAMPLES, SOON
from softpower.methods.model import methods_of
from softpower.methods.treat import Treatment, Winsorise
from softpower.methods.treat.base import Rule

quickly = settings(derandomize=True, deadline=None, max_examples=20)
each = pytest.mark.parametrize("method", EVERY, ids=repr)

figure = st.integers(-1000, 1000).map(lambda k: k / 8)


@st.composite
def indicators(draw):
    """Return an indicator with some figures missing; a cube makes for a tail."""
    x = draw(arrays(float, st.integers(1, 20), elements=figure)).copy()
    x = x**3 if draw(st.booleans()) else x
    x[draw(arrays(bool, x.size))] = np.nan
    return x


def in_order(x):
    """Return the places of the figures that are there, from the smallest on."""
    return np.argsort(x, kind="stable")[: np.count_nonzero(~np.isnan(x))]


def follows_the_rule(method):
    """Say whether a method leaves alone what is not flagged."""
    forced = getattr(method, "force", None) is not None or getattr(method, "only", "") == "all"
    return isinstance(method, Rule) and not forced


def test_every_treatment_has_an_example():
    assert set(EXAMPLES) == set(methods_of(Treatment))


@each
@quickly
@given(x=indicators())
def test_the_order_of_figures_is_kept_and_ties_stay_ties(method, x):
    treated = method(x).values
    order = in_order(x)
    steps = np.diff(treated[order])
    assert (steps >= -1e-12 * np.abs(treated[order]).max(initial=1)).all()
    assert (steps[np.diff(x[order]) == 0] == 0).all()


@each
@quickly
@given(x=indicators())
def test_what_is_missing_stays_missing_and_nothing_else_becomes_so(method, x):
    before = x.tobytes()
    treated = method(x).values
    assert x.tobytes() == before
    np.testing.assert_array_equal(np.isnan(treated), np.isnan(x))
    assert np.isfinite(treated[~np.isnan(x)]).all()


@each
@quickly
@given(x=indicators())
def test_different_figures_do_not_all_become_the_same(method, x):
    treated = method(x).values
    present = ~np.isnan(x)
    if present.any() and np.ptp(x[present]) > 0:
        assert np.ptp(treated[present]) > 0


@each
@quickly
@given(x=indicators())
def test_what_was_changed_is_remarked_on(method, x):
    treated = method(x)
    changed = bool((treated.values != x)[~np.isnan(x)].any())
    assert bool(treated.remark) or not changed
    assert treated.logged <= changed


@each
@quickly
@given(x=indicators())
def test_what_is_not_put_on_another_scale_stays_within_its_range(method, x):
    treated = method(x)
    if not treated.logged and not np.isnan(x).all():
        assert np.nanmin(treated.values) >= np.nanmin(x)
        assert np.nanmax(treated.values) <= np.nanmax(x)


@pytest.mark.parametrize("method", [m for m in EVERY if m.mirrored], ids=repr)
@quickly
@given(x=indicators())
def test_a_mirror_image_is_treated_alike_where_that_is_promised(method, x):
    if isinstance(method, Winsorise):  # one step; further ones may lean to no side
        method = method.model_copy(update={"points": 1, "force": method.force and 1})
    present = x[~np.isnan(x)]
    apart = present - present.mean() if present.size else present
    if abs(np.sum(apart**3)) >= 1e-6 * np.sum(np.abs(apart) ** 3):
        mirrored = -method(x).values
        np.testing.assert_allclose(method(-x).values, mirrored, rtol=1e-9, atol=1e-9)


@each
@quickly
@given(x=indicators(), seed=st.integers(0, 99))
def test_the_order_of_units_does_not_matter(method, x, seed):
    moved = np.random.default_rng(seed).permutation(x.size)
    np.testing.assert_allclose(method(x[moved]).values, method(x).values[moved], rtol=1e-6)


@pytest.mark.parametrize("method", [m for m in EVERY if follows_the_rule(m)], ids=repr)
@quickly
@given(x=indicators())
def test_an_indicator_that_passes_the_rule_is_left_as_it_is(method, x):
    treated = method(x).values
    if not method.flags(treated):
        assert method(treated).values.tobytes() == treated.tobytes()


@quickly
@given(x=indicators(), points=st.integers(1, 6))
def test_what_is_not_winsorised_is_what_it_was(x, points):
    treated = Winsorise(points=points, otherwise="keep", **SOON)(x)
    changed = ~np.isnan(x) & (treated.values != x)
    assert treated.remark.endswith("winsorised") == bool(changed.any())
    if changed.any():
        ends = (np.nanmin(treated.values), np.nanmax(treated.values))
        assert np.isin(treated.values[changed], ends).all()
