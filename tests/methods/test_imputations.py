"""Gaps are filled with the numbers that pandas fills them with, and with the worked example."""

import numpy as np
import pandas as pd
import pytest

from softpower.methods.impute import (
    GroupMean,
    GroupMedian,
    Mean,
    Median,
    NoImputation,
)

NAN = float("nan")

GROUPS = list("xxxyyyzz")
FIGURES = np.array(
    [
        [1, 2, 5],
        [2, NAN, 1],
        [NAN, 3, 2],
        [4, 8, NAN],
        [5, 10, 3],
        [6, NAN, 4],
        [7, 14, NAN],
        [8, 15, 7],
    ]
)
"""Eight units in three groups, small enough to fill by hand."""


@pytest.mark.parametrize(
    ("method", "filled"),
    [
        (Mean(), {(1, 1): 52 / 6, (2, 0): 33 / 7, (3, 2): 22 / 6, (5, 1): 52 / 6, (6, 2): 22 / 6}),
        (Median(), {(1, 1): 9, (2, 0): 5, (3, 2): 3.5, (5, 1): 9, (6, 2): 3.5}),
        (GroupMean(by="g"), {(1, 1): 2.5, (2, 0): 1.5, (3, 2): 3.5, (5, 1): 9, (6, 2): 7}),
        (GroupMedian(by="g"), {(1, 1): 2.5, (2, 0): 1.5, (3, 2): 3.5, (5, 1): 9, (6, 2): 7}),
    ],
)
def test_gaps_are_filled_as_in_the_worked_example(method, filled):
    expected = FIGURES.copy()
    for at, figure in filled.items():
        expected[at] = figure
    np.testing.assert_allclose(method(FIGURES, GROUPS), expected, rtol=1e-15)


def random_figures(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(40, 5))
    x[rng.random(x.shape) < 0.3] = NAN
    return x, list(rng.choice(["a", "b", "c"], 40))


@pytest.mark.parametrize("seed", range(3))
def test_filling_agrees_with_pandas(seed):
    x, groups = random_figures(seed)
    frame = pd.DataFrame(x)
    by = frame.groupby(np.array(groups))
    expected = {
        Mean(): frame.fillna(frame.mean()),
        Median(): frame.fillna(frame.median()),
        GroupMean(): frame.fillna(by.transform("mean")),
        GroupMedian(): frame.fillna(by.transform("median")),
    }
    for method, filled in expected.items():
        np.testing.assert_allclose(method(x, groups), filled.to_numpy(), rtol=1e-12)


def test_no_imputation_leaves_the_gaps():
    np.testing.assert_array_equal(NoImputation()(FIGURES, GROUPS), FIGURES)


def test_a_group_without_any_figure_gets_the_overall_statistic():
    x = np.array([[1.0], [5.0], [3.0], [NAN], [NAN]])
    groups = ["a", "a", "a", "b", "b"]
    assert GroupMean()(x, groups)[3:, 0].tolist() == [3, 3]
    assert GroupMedian()(x, groups)[3:, 0].tolist() == [3, 3]


def test_units_without_a_group_are_not_a_group():
    x = np.array([[1.0], [NAN], [9.0], [5.0]])
    filled = GroupMean()(x, ["a", "", "", "a"])
    assert filled[1, 0] == 5


def test_an_indicator_without_any_figure_stays_missing():
    x = np.array([[NAN, 1.0], [NAN, NAN]])
    for method in (Mean(), Median(), GroupMean(), GroupMedian()):
        np.testing.assert_array_equal(method(x, ["a", "a"]), [[NAN, 1], [NAN, 1]])
