"""Normalisations onto a scale that is stated: goalposts, targets, none."""

import math

import numpy as np
import pytest

from helpers.normalisations import COINR, NAN
from softpower.errors import MethodError
from softpower.methods.normalise import (
    ConstantIndicatorError,
    Context,
    DistanceToTarget,
    Goalposts,
    GoalpostScale,
    NoNormalisation,
)

TEN = Context(goalposts=Goalposts(0.0, 10.0))


def test_figures_without_normalisation_stay_what_they_are(proof):
    proof(NoNormalisation, "closed form: x", NoNormalisation()(COINR["x"]), COINR["x"])
    turned = NoNormalisation()(COINR["x"], Context(direction=-1))
    proof(NoNormalisation, "closed form: -x", turned, -COINR["x"])


@pytest.mark.parametrize(
    ("column", "method", "direction"),
    [
        ("goal", GoalpostScale(), 1),
        ("goal_neg", GoalpostScale(), -1),
        ("goal_nocap", GoalpostScale(clip=False), 1),
    ],
)
def test_goalposts_agree_with_coinr(proof, column, method, direction):
    ours = method(COINR["x"], TEN._replace(direction=direction))
    proof(GoalpostScale, f"COINr: {column}", ours, COINR[column], 1e-10)


def test_the_hdi_of_costa_rica_has_the_dimension_indices_of_its_technical_note(proof):
    # UNDP, Human Development Report 2014, technical note 1: 0.922, 0.558, 0.750 and 0.735.
    scale = GoalpostScale(high=1)

    def index(figure, low, high):
        return float(scale(np.array([figure]), Context(goalposts=Goalposts(low, high)))[0])

    ours = [
        index(79.93, 20, 85),
        index(8.37, 0, 15),
        index(13.5, 0, 18),
        index(math.log(13011.7), math.log(100), math.log(75000)),
    ]
    proof(GoalpostScale, "UNDP 2014: Costa Rica", ours, [0.922, 0.558, 0.750, 0.735], 0.0005)


def test_goalposts_take_a_constant_indicator_and_a_single_unit():
    np.testing.assert_array_equal(GoalpostScale()(np.array([2.5, 2.5]), TEN), [25, 25])
    assert GoalpostScale()(np.array([7.0]), TEN).tolist() == [70]


def test_an_indicator_without_goalposts_is_refused():
    with pytest.raises(MethodError, match="It has no goalposts"):
        GoalpostScale()(np.array([1.0]))


def test_two_goalposts_that_are_the_same_are_refused():
    with pytest.raises(MethodError, match="two goalposts are the same"):
        GoalpostScale()(np.array([1.0]), Context(goalposts=Goalposts(4, 4)))


@pytest.mark.parametrize(
    ("figures", "direction", "remark"),
    [
        ([0.0, 5.0, 10.0], 1, ""),
        ([-1.0, 5.0, NAN], 1, "1 figure beyond the goalposts, clipped"),
        ([-1.0, 5.0, 11.0], -1, "2 figures beyond the goalposts, clipped"),
    ],
)
def test_figures_beyond_the_goalposts_are_counted(figures, direction, remark):
    said = GoalpostScale().remark(np.array(figures), TEN._replace(direction=direction))
    assert said == remark


def test_figures_beyond_the_goalposts_that_count_are_not_said_to_be_clipped():
    said = GoalpostScale(clip=False).remark(np.array([12.0]), TEN)
    assert said == "1 figure beyond the goalposts"


@pytest.mark.parametrize(
    ("column", "target", "direction", "clip"),
    [
        ("dist2targ10", 10.0, 1, False),
        ("dist2targ10_cap", 10.0, 1, True),
        ("dist2targ_neg", 0.0, -1, False),
    ],
)
def test_the_distance_to_a_target_agrees_with_coinr(proof, column, target, direction, clip):
    method = DistanceToTarget(high=1, clip=clip)
    ours = method(COINR["x"], Context(direction=direction, target=target))
    proof(DistanceToTarget, f"COINr: {column}", ours, COINR[column], 1e-10)


def test_everybody_is_as_far_as_can_be_from_a_target_that_all_miss_alike():
    ours = DistanceToTarget()(np.array([3.0, NAN, 3.0]), Context(target=5.0))
    np.testing.assert_array_equal(ours, [0, NAN, 0])
    assert DistanceToTarget()(np.array([7.0]), Context(direction=-1, target=5.0)).tolist() == [0]


@pytest.mark.parametrize(("target", "direction"), [(3.0, 1), (2.0, 1), (9.0, -1)])
def test_a_target_that_even_the_worst_has_reached_is_refused(target, direction):
    with pytest.raises(MethodError, match="Even its worst figure has reached the target"):
        DistanceToTarget()(np.array([3.0, 9.0]), Context(direction=direction, target=target))


def test_an_indicator_without_a_target_is_refused():
    with pytest.raises(MethodError, match="It has no target"):
        DistanceToTarget()(np.array([1.0, 2.0]))


def test_the_distance_of_no_figure_to_a_target_is_refused():
    with pytest.raises(ConstantIndicatorError, match="It has no figure"):
        DistanceToTarget()(np.array([NAN]), Context(target=5.0))


@pytest.mark.parametrize(
    ("clip", "remark"),
    [(True, "1 figure beyond the target, clipped"), (False, "1 figure beyond the target")],
)
def test_figures_beyond_the_target_are_counted(clip, remark):
    x = np.array([1.0, 5.0, 6.0, NAN])
    assert DistanceToTarget(clip=clip).remark(x, Context(target=5.0)) == remark
    assert DistanceToTarget(clip=clip).remark(x, Context(target=6.0)) == ""


@pytest.mark.parametrize(
    ("method", "middle"),
    [(GoalpostScale(high=1), 0.5), (DistanceToTarget(), 50.0), (NoNormalisation(), 0.0)],
)
def test_a_stated_scale_has_a_middle(method, middle):
    assert method.middle() == middle
