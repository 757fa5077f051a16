"""Rules on missing values give the figures of a worked example, and keep every weight somewhere."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import ValidationError

from softpower.engine.score import score
from softpower.index.figures import Figures
from softpower.index.methodology import Methodology
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.index.units import Unit
from softpower.methods.missing import (
    Flat,
    MissingIfAny,
    MissingRule,
    Redistribute,
    Renormalise,
    Zero,
)
from softpower.methods.model import methods_of

NAN = float("nan")
RULES = [
    Renormalise(),
    Redistribute(),
    Redistribute(in_turn=True),
    Redistribute(in_turn=True, stray="shared"),
    Flat(),
    MissingIfAny(),
    Zero(),
]
quickly = settings(derandomize=True, deadline=None, max_examples=30)

# Two pillars of weights 0.6 and 0.4 over three and two indicators; checked by hand.
WEIGHTS = {"a": (0.6, {"a1": 0.5, "a2": 0.25, "a3": 0.25}), "b": (0.4, {"b1": 0.75, "b2": 0.25})}
ROWS = [
    [0.9, 0.5, 0.1, 0.4, 0.8],
    [0.2, 0.4, 0.8, 0.6, NAN],
    [0.6, NAN, 0.7, 0.9, 0.3],
    [NAN, NAN, 0.3, 0.5, 0.7],
]
NESTED = [0.56, 0.48, 0.68, 0.4]
FLAT = [0.56, 0.466666666667, 0.688235294118, 0.481818181818]
GEOMETRIC = [0.557800310865, 0.47043160901, 0.677647613349, 0.382311910888]


def ranked(rows=ROWS, **settings_):
    pillars = tuple(
        Pillar(name, name, weight, tuple(Indicator(i, i, w) for i, w in below.items()))
        for name, (weight, below) in WEIGHTS.items()
    )
    framework = Framework("main", "Test", Pillar("", "Test", 1.0, pillars))
    values = np.array(rows, float)
    units = tuple(Unit(str(i), str(i), {}) for i in range(len(values)))
    blank = np.full(values.shape, "", dtype=object)
    ids = tuple(indicator.id for indicator in framework.indicators())
    figures = Figures(units, ids, values, blank, blank.copy())
    settings_ = {"coverage": {"country": 0, "pillar": 0}, "normalise": "none"} | settings_
    return score(figures, framework, Methodology(**settings_))


@pytest.mark.parametrize(
    ("rule", "aggregate", "expected"),
    [
        (Renormalise(), "arithmetic", NESTED),
        (Renormalise(), "geometric/arithmetic", GEOMETRIC),
        (Flat(), "arithmetic", FLAT),
    ],
    ids=repr,
)
def test_level_by_level_and_flat_are_those_of_a_worked_example(rule, aggregate, expected, proof):
    scores = ranked(missing=rule, aggregate=aggregate).scores
    proof(
        type(rule), f"definition, worked by hand: two pillars, {aggregate}", scores, expected, 1e-11
    )


@pytest.mark.parametrize("seed", range(3))
def test_one_level_of_what_is_there_is_that_of_numpy_and_pandas(seed, proof):
    import pandas as pd

    rng = np.random.default_rng(seed)
    y, w = rng.uniform(1, 9, (20, 4)), rng.dirichlet(np.ones(4))
    y[rng.random(y.shape) < 0.3] = NAN
    y[:, 0] = rng.uniform(1, 9, 20)
    masked = np.ma.average(np.ma.masked_invalid(y), axis=1, weights=w)
    known, filled = ~np.isnan(y), np.nan_to_num(y)

    def ours(rule, weights):
        counted = rule(weights, known)
        return np.where(counted.any(axis=1), (counted * filled).sum(axis=1), NAN)

    for rule in (Renormalise(), Flat()):
        proof(type(rule), "numpy.ma.average: one level", ours(rule, w), masked)
    frame, equal = pd.DataFrame(y), np.full(4, 0.25)
    means = frame.mean(axis=1)
    proof(Redistribute, "pandas: mean, equal weights", ours(Redistribute(), equal), means)
    zeroed = np.average(frame.fillna(0), axis=1, weights=w)
    proof(Zero, "pandas: fillna(0), numpy.average", ours(Zero(), w), zeroed)
    complete = frame.mul(w).sum(axis=1, skipna=False)
    proof(MissingIfAny, "pandas: sum(skipna=False)", ours(MissingIfAny(), w), complete)


def test_the_other_rules_are_those_of_a_worked_example(proof):
    # Row C: the 0.25 of a2 goes half to a1, half to a3. Row D: the 0.75 of a1, a2 go to a3.
    pillar = [0.6, 0.4, 0.625 * 0.6 + 0.375 * 0.7, 0.3]
    other = [0.5, 0.6, 0.75, 0.55]
    shared = 0.6 * np.array(pillar) + 0.4 * np.array(other)
    proof(
        Redistribute,
        "definition, worked by hand: two pillars",
        ranked(missing="redistribute").scores,
        shared,
    )
    zeroed = [0.56, 0.6 * 0.4 + 0.3 * 0.6, 0.3 * 0.6 + 0.15 * 0.7 + 0.4 * 0.75, 0.045 + 0.22]
    proof(Zero, "definition, worked by hand: two pillars", ranked(missing="zero").scores, zeroed)
    case = "definition, worked by hand: complete rows"
    proof(MissingIfAny, case, ranked(missing="missing-if-any").scores[:1], [0.56])
    assert np.isnan(ranked(missing="missing-if-any").scores[1:]).all()


def test_gaps_that_are_closed_in_turn_lose_what_comes_to_those_removed_before(proof):
    # 0.4, 0.3, 0.2, 0.1 without the second: 0.1 more for each other; the fourth then has 0.2.
    weights, known = np.array([0.4, 0.3, 0.2, 0.1]), np.array([[1.0, 0.0, 1.0, 0.0]])
    values = np.array([60, 0, 30, 0])
    lost = Redistribute(in_turn=True)
    case = "definition, worked by hand: four siblings, two gaps in turn"
    proof(Redistribute, case, lost(weights, known)[0], np.array([17, 2, 11, 0]) / 30)
    assert lost(weights, known)[0] @ values == pytest.approx(45)
    shared = Redistribute(in_turn=True, stray="shared")(weights, known)[0]
    assert shared @ values == pytest.approx(45 * 15 / 14)
    assert Redistribute()(weights, known)[0] @ values == pytest.approx(48)
    assert lost.remark(weights, known) == "1 unit loses weight to what is missing"
    # From the other end: the 0.1 of the fourth in thirds, then the 1/3 of the second in ninths.
    turned = lost(weights[::-1], known[:, ::-1])[0][::-1]
    np.testing.assert_allclose(turned, np.array([49, 0, 31, 10]) / 90, rtol=1e-14)


def test_one_gap_is_closed_in_turn_as_at_once():
    weights, known = np.array([0.4, 0.3, 0.2, 0.1]), np.array([[1.0, 0.0, 1.0, 1.0], [0, 0, 0, 0]])
    for stray in ("lost", "shared"):
        rule = Redistribute(in_turn=True, stray=stray)
        np.testing.assert_allclose(rule(weights, known), Redistribute()(weights, known))
        assert rule.remark(weights, known) == ""


def test_where_strays_go_is_said_of_gaps_in_turn_alone():
    with pytest.raises(ValidationError, match="without in_turn = true nothing goes astray"):
        Redistribute(stray="shared")


def test_a_pillar_without_any_value_counts_as_zero_one_level_up():
    rows = [[0.9, 0.5, 0.1, NAN, NAN], ROWS[0]]
    found = ranked(rows, missing="zero")
    assert np.isnan(found.pillars["b"][0])
    assert found.scores[0] == pytest.approx(0.36)
    notes = [str(note) for note in found.notes]
    assert any("1 missing value counts as zero" in note for note in notes)


def test_a_pillar_without_any_value_gives_its_weight_to_the_others():
    rows = [[0.9, 0.5, 0.1, NAN, NAN], ROWS[0]]
    for rule in ("renormalise", "redistribute", "flat"):
        assert ranked(rows, missing=rule).scores[0] == pytest.approx(0.6)


def test_missing_values_that_count_as_zero_make_a_geometric_mean_zero_and_say_so():
    found = ranked(missing="zero", aggregate="geometric")
    assert found.scores[1:].tolist() == [0, 0, 0]
    notes = [str(note) for note in found.notes]
    assert any("a: 3 missing values count as zero" in note for note in notes)
    assert any("makes the geometric mean zero" in note for note in notes)


def test_a_child_without_weight_gets_none_of_what_is_lost():
    weights = np.array([0.5, 0.5, 0.0])
    known = np.array([[1, 0, 1], [0, 0, 1]], float)
    assert Redistribute()(weights, known).tolist() == [[1, 0, 0], [0, 0, 0]]
    assert Zero()(weights, known).tolist() == [[0.5, 0.5, 0], [0, 0, 0]]
    assert Zero().remark(weights, known) == "1 missing value counts as zero"


def test_flat_weighs_a_pillar_by_what_is_known_beneath_it():
    known = np.array([[1, 0.25], [1, 1], [0, 0.5], [0, 0]])
    expected = [[0.8, 0.2], [0.5, 0.5], [0, 1], [0, 0]]
    np.testing.assert_allclose(Flat()(np.array([0.5, 0.5]), known), expected, rtol=1e-15)


def test_a_pillar_short_of_its_coverage_is_known_in_no_part():
    found = ranked(missing="flat", coverage={"country": 0, "pillar": 0.5, "below": "missing"})
    assert np.isnan(found.pillars["a"][3])
    assert found.scores[3] == pytest.approx(0.55)


def test_every_rule_is_tested_here():
    assert {type(rule) for rule in RULES} == set(methods_of(MissingRule))


@pytest.mark.parametrize("rule", RULES, ids=repr)
@quickly
@given(data=st.data())
def test_weights_sum_to_one_or_there_is_no_value(rule, data):
    shape = data.draw(st.tuples(st.integers(1, 6), st.integers(1, 5)))
    known = data.draw(arrays(float, shape, elements=st.sampled_from([0.0, 0.5, 1.0])))
    weights = data.draw(arrays(float, shape[1], elements=st.integers(0, 5).map(float)))
    weights[0] += 1
    weights /= weights.sum()
    shares = rule(weights, known)
    total = shares.sum(axis=1)
    assert shares.shape == shape
    assert (shares >= 0).all()
    assert (np.isclose(total, 1) | (total == 0)).all()
    assert ((total > 0) <= ((known > 0) & (weights > 0)).any(axis=1)).all()
    if not isinstance(rule, Zero) and getattr(rule, "stray", "") != "lost":
        assert (shares[known == 0] == 0).all()
    assert (shares[:, weights == 0] == 0).all()
    np.testing.assert_allclose(rule(np.tile(weights, (shape[0], 1)), known), shares, rtol=1e-14)
    whole = rule(weights, np.ones(shape))
    np.testing.assert_allclose(whole, np.tile(weights, (shape[0], 1)), rtol=1e-14)
