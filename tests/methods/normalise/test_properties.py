"""What must hold of every normalisation for any figures."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from softpower.errors import MethodError
from softpower.index.methodology import Methodology
from softpower.methods.model import methods_of
from softpower.methods.normalise import (
    AboveBelow,
    AdjustedMazziottaPareto,
    BordaScores,
    Context,
    DistanceToReference,
    DistanceToTarget,
    Goalposts,
    GoalpostScale,
    Logistic,
    LogMinMax,
    MinMax,
    NoNormalisation,
    OecdBand,
    Percentile,
    QuantileBand,
    RankScale,
    Ratio,
    RelativeDifference,
    Robust,
    ShareOfMax,
    ZScore,
)

quickly = settings(derandomize=True, deadline=None, max_examples=20)

EXAMPLES = {
    NoNormalisation: [{}],
    MinMax: [{}, {"low": 1}, {"low": -3, "high": 7}, {"over": "all-periods"}],
    LogMinMax: [{}, {"low": 1}, {"shift": "none"}],
    GoalpostScale: [{}, {"clip": False}],
    DistanceToTarget: [{}, {"clip": False, "low": 10}],
    ZScore: [{}, {"centre": "median"}, {"mean": 100, "sd": 10}, {"clip": 1.5},
             {"over": "all-periods"}],
    Robust: [{}, {"spread": "iqr"}, {"median": 100, "deviation": 10}],
    Logistic: [{}, {"curve": "normal"}, {"centre": "median", "steepness": 3}],
    RankScale: [{}, {"ties": "min"}],
    BordaScores: [{}, {"ties": "min"}, {"share": True}],
    Percentile: [{}, {"kind": "ecdf"}, {"kind": "handbook"}],
    QuantileBand: [{}, {"bands": 3, "low": 1}],
    OecdBand: [{}, {"cuts": (30, 60), "values": (1, 2, 4)}],
    ShareOfMax: [{}, {"lower": "inverse"}],
    Ratio: [{}, {"to": "worst", "lower": "inverse"}, {"to": "target", "lower": "inverse"},
            {"to": "Atlantis", "lower": "inverse"}],
    RelativeDifference: [{}, {"to": "leader"}, {"to": "worst"}, {"to": "target"},
                         {"to": "Atlantis"}],
    DistanceToReference: [{"to": "Atlantis"}, {"to": "Atlantis", "clip": True}],
    AboveBelow: [{}, {"margin": 0.5}],
    AdjustedMazziottaPareto: [{}, {"to": "target", "over": "all-periods"}, {"to": "Atlantis"},
                              {"over": "all-periods"}],
}  # fmt: skip
"""Parameters of every normalisation with which it is tried."""

METHODS = [cls(**fields) for cls, examples in EXAMPLES.items() for fields in examples]

SETTLED = [method.settled(positive=False) for method in METHODS]

IDEMPOTENT = [
    NoNormalisation(), MinMax(), ZScore(mean=0, sd=1), Robust(median=0, deviation=1), RankScale(),
    Percentile(), ShareOfMax(), Ratio(),
]  # fmt: skip
"""Those that leave alone what they have made."""

RATIOS = (ShareOfMax, Ratio, AboveBelow, LogMinMax)
"""Those that take figures above zero, or do with some parameters."""

SPREADING = [m for m in METHODS if isinstance(m, MinMax | LogMinMax | Percentile) and m.low != -3]

# Figures with few digits, so that differences are either none or well above rounding noise.
figure = st.integers(-1000, 1000).map(lambda k: k / 8)
positive = st.integers(1, 1000).map(lambda k: k / 8)


@st.composite
def indicators(draw, values):
    """Return an indicator with gaps, at least two different figures, and what is known of it."""
    x = draw(arrays(float, st.integers(2, 20), elements=values)).copy()
    x[draw(arrays(bool, x.size))] = np.nan
    present = np.flatnonzero(~np.isnan(x))
    assume(present.size > 1)
    assume(np.ptp(x[present]) > 0)
    low, high = sorted((draw(values), draw(values)))
    assume(low < high)
    return x, Context(
        direction=draw(st.sampled_from([1, -1])),
        goalposts=Goalposts(low, high),
        target=draw(values),
        reference=int(draw(st.sampled_from(present))),
        history=tuple(draw(st.lists(values, min_size=1, max_size=5))),
    )


def known_for(method):
    """Return indicators of figures that a method takes, those of a ratio above zero."""
    return indicators(positive if isinstance(method, RATIOS) else figure)


def normalised(method, x, context):
    """Return the values, or ``None`` for figures that the method refuses for a stated reason."""
    try:
        return method(x, context)
    except MethodError:
        return None


def moved(context, slope, shift=0.0):
    """Return what is known of an indicator in another unit."""
    return context._replace(
        goalposts=Goalposts(*(slope * post + shift for post in context.goalposts)),
        target=slope * context.target + shift,
        history=tuple(slope * past + shift for past in context.history),
    )


def test_no_normalisation_is_forgotten():
    assert set(EXAMPLES) == set(methods_of(Methodology.model_fields["normalise"].annotation))


@pytest.mark.parametrize("method", METHODS, ids=repr)
@quickly
@given(known=indicators(positive))
def test_every_normalisation_takes_some_figures(method, known):
    x, context = known
    worst = np.nanmin(x * context.direction)
    best = np.nanmax(x * context.direction)
    context = context._replace(target=abs(best), reference=int(np.nanargmax(x * context.direction)))
    if isinstance(method, ShareOfMax | Ratio) and method.lower == "refuse":
        context = context._replace(direction=1, target=np.nanmax(x))
    assume(best > worst)
    values = normalised(method, x, context)
    if values is None:
        assert isinstance(method, Robust)  # too many figures may be the same
    else:
        assert np.isfinite(values[~np.isnan(x)]).all()


@pytest.mark.parametrize("method", METHODS, ids=repr)
@quickly
@given(data=st.data(), seed=st.integers(0, 99))
def test_order_ties_gaps_and_rows_are_kept(method, data, seed):
    x, context = data.draw(known_for(method))
    values = normalised(method, x, context)
    if values is None:
        return
    np.testing.assert_array_equal(np.isnan(values), np.isnan(x))
    order = np.argsort(context.direction * x)[: np.count_nonzero(~np.isnan(x))]
    steps = np.diff(values[order])
    assert (steps >= -1e-9 * np.nanmax(np.abs(values))).all(), "a better figure has a lower value"
    assert (steps[np.diff(x[order]) == 0] == 0).all(), "equal figures have different values"
    shuffled = np.random.default_rng(seed).permutation(x.size)
    there = context._replace(reference=int(np.flatnonzero(shuffled == context.reference)[0]))
    np.testing.assert_allclose(method(x[shuffled], there), values[shuffled], rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("method", [m for m in METHODS if not isinstance(m, RATIOS)], ids=repr)
@quickly
@given(known=indicators(figure))
def test_low_figures_that_are_better_are_the_same_as_high_figures_turned_round(method, known):
    x, context = known
    away = context._replace(
        direction=-context.direction,
        goalposts=Goalposts(-context.goalposts.high, -context.goalposts.low),
        target=-context.target,
        history=tuple(-past for past in context.history),
    )
    values, other = normalised(method, x, context), normalised(method, -x, away)
    if values is None or other is None:
        assert values is other
    else:
        np.testing.assert_allclose(values, other, rtol=1e-12, atol=1e-12)


@quickly
@given(known=indicators(positive))
def test_above_and_below_change_places_where_low_figures_are_better(known):
    x, context = known
    turned = context._replace(direction=-context.direction)
    np.testing.assert_array_equal(AboveBelow()(x, turned), -AboveBelow()(x, context))


@pytest.mark.parametrize("method", [m for m in METHODS if isinstance(m, ShareOfMax | Ratio)],
                         ids=repr)  # fmt: skip
@quickly
@given(known=indicators(positive))
def test_a_quotient_where_low_is_better_is_that_of_the_reciprocals(method, known):
    x, context = known
    down = context._replace(direction=-1)
    if method.lower == "refuse":
        with pytest.raises(MethodError, match="no meaning where low figures are better"):
            method(x, down)
        return
    up = context._replace(direction=1, target=1 / context.target)
    np.testing.assert_allclose(method(x, down), method(1 / x, up), rtol=1e-12)


@pytest.mark.parametrize("method", [m for m in METHODS if m.invariant != "none"], ids=repr)
@quickly
@given(data=st.data(), slope=st.sampled_from([0.015625, 0.5, 3.0, 1024.0]), shift=figure)
def test_another_unit_changes_nothing_if_the_method_says_so(method, data, slope, shift):
    x, context = data.draw(known_for(method))
    values = normalised(method, x, context)
    if values is None:
        return
    if isinstance(method, AboveBelow):
        mean = np.nanmean(x)  # a figure on the very edge may fall to either side
        assume((np.abs(np.abs(x - mean) / mean - method.margin)[~np.isnan(x)] > 1e-9).all())
    if method.invariant == "order":
        other = method(np.exp(x / 50) * slope + shift, context)
        np.testing.assert_array_equal(other, method(x, context))
    if method.invariant == "scale":
        shift = 0.0
    other = method(slope * x + shift, moved(context, slope, shift))
    np.testing.assert_allclose(other, values, rtol=1e-9, atol=1e-9)


def test_a_promise_of_a_factor_is_no_promise_of_a_shift():
    x, context = np.array([1.0, 2.0, 4.0]), Context(target=3.0, reference=0)
    for method in (Ratio(), ShareOfMax(), RelativeDifference(), LogMinMax(shift="none")):
        assert method.invariant == "scale"
        assert not np.allclose(method(x + 5, context), method(x, context))


@pytest.mark.parametrize("method", IDEMPOTENT, ids=repr)
@quickly
@given(known=indicators(positive))
def test_normalising_twice_is_the_same_as_once(method, known):
    once = normalised(method, known[0], Context())
    if once is not None:
        np.testing.assert_allclose(method(once), once, rtol=1e-9, atol=1e-9)


def of_the_median(method):
    """Say whether values are measured from the median, which may be the smallest figure."""
    return isinstance(method, Robust) or getattr(method, "centre", "") == "median"


@pytest.mark.parametrize("method", SETTLED, ids=repr)
def test_an_indicator_without_differences_has_a_middle_to_get(method):
    assert np.isfinite(method.middle())


@pytest.mark.parametrize("method", [m for m in SETTLED if m.negative()], ids=repr)
@quickly
@given(known=indicators(figure))
def test_a_normalisation_that_is_sure_of_values_below_zero_has_some(method, known):
    values = normalised(method, *known)
    if values is not None:
        assert np.nanmin(values) < 0 or (of_the_median(method) and np.nanmin(values) == 0)


@pytest.mark.parametrize("method", METHODS, ids=repr)
def test_what_is_left_open_for_logarithms_is_not_surely_below_zero(method):
    stated = type(method)(**EXAMPLES[type(method)][0])
    assert not stated.settled(positive=True).negative() or isinstance(stated, RelativeDifference)


@pytest.mark.parametrize("method", SPREADING, ids=repr)
@quickly
@given(known=indicators(positive))
def test_values_stay_on_the_scale(method, known):
    x, context = known
    values = method(x, context)
    assert np.nanmin(values) >= (method.low or 0)
    assert np.nanmax(values) <= method.high


@quickly
@given(known=indicators(figure))
def test_standard_scores_have_mean_zero_and_deviation_one(known):
    z = ZScore()(*known)
    assert np.nanmean(z) == pytest.approx(0, abs=1e-12)
    assert np.nanstd(z, ddof=1) == pytest.approx(1, abs=1e-12)
