"""Gaps are filled with the numbers that pandas fills them with, and with the worked example."""

import numpy as np
import pandas as pd
import pytest

from helpers.imputations import FIGURES, NAN, filled, random_figures, sheet_of
from softpower.methods.impute import (
    Constant,
    GroupMean,
    GroupMedian,
    MeanImputation,
    MedianImputation,
    NoImputation,
)

GROUPS = list("xxxyyyzz")


@pytest.mark.parametrize(
    ("method", "figures"),
    [
        (
            MeanImputation(),
            {(1, 1): 52 / 6, (2, 0): 33 / 7, (3, 2): 22 / 6, (5, 1): 52 / 6, (6, 2): 22 / 6},
        ),
        (MedianImputation(), {(1, 1): 9, (2, 0): 5, (3, 2): 3.5, (5, 1): 9, (6, 2): 3.5}),
        (GroupMean(by="side"), {(1, 1): 2.5, (2, 0): 1.5, (3, 2): 3.5, (5, 1): 9, (6, 2): 7}),
        (GroupMedian(by="side"), {(1, 1): 2.5, (2, 0): 1.5, (3, 2): 3.5, (5, 1): 9, (6, 2): 7}),
        (Constant(value=-1), dict.fromkeys([(1, 1), (2, 0), (3, 2), (5, 1), (6, 2)], -1)),
    ],
)
def test_gaps_are_filled_as_in_the_worked_example(method, figures):
    expected = FIGURES.copy()
    for at, figure in figures.items():
        expected[at] = figure
    np.testing.assert_allclose(filled(method, FIGURES, GROUPS), expected, rtol=1e-15)


@pytest.mark.parametrize("seed", range(3))
def test_filling_agrees_with_pandas(seed, proof):
    x, groups, _ = random_figures(seed)
    frame = pd.DataFrame(x)
    by = frame.groupby(np.array(groups))
    expected = {
        MeanImputation(): frame.fillna(frame.mean()),
        MedianImputation(): frame.fillna(frame.median()),
        GroupMean(by="side"): frame.fillna(by.transform("mean")),
        GroupMedian(by="side"): frame.fillna(by.transform("median")),
        Constant(): frame.fillna(0),
        NoImputation(): frame,
    }
    for method, figures in expected.items():
        computed = filled(method, x, groups)
        proof(type(method), "pandas: fillna, groupby", computed, figures.to_numpy(), 1e-12)


def test_a_group_without_any_figure_gets_the_overall_statistic_and_it_is_said():
    x = np.array([[1.0], [5.0], [3.0], [NAN], [NAN]])
    groups = ["a", "a", "a", "b", "b"]
    for method in (GroupMean(by="side"), GroupMedian(by="side")):
        values, remarks = method(x, sheet_of(x, groups))
        assert values[3:, 0].tolist() == [3, 3]
        assert remarks == {"i0": "2 figures from all units, for lack of any in b"}


def test_nothing_is_said_where_every_group_has_a_figure():
    assert GroupMean(by="side")(FIGURES, sheet_of(FIGURES, GROUPS)).remarks == {}


def test_units_without_a_group_are_not_a_group():
    x = np.array([[1.0], [NAN], [9.0], [5.0]])
    values, remarks = GroupMean(by="side")(x, sheet_of(x, ["a", "", "", "a"]))
    assert values[1, 0] == 5
    assert remarks == {}


def test_an_indicator_without_any_figure_stays_missing():
    x = np.array([[NAN, 1.0], [NAN, NAN]])
    for method in (
        MeanImputation(),
        MedianImputation(),
        GroupMean(by="side"),
        GroupMedian(by="side"),
    ):
        np.testing.assert_array_equal(filled(method, x, ["a", "a"]), [[NAN, 1], [NAN, 1]])


def test_a_constant_fills_even_an_indicator_without_any_figure():
    assert filled(Constant(), np.full((2, 1), NAN)).tolist() == [[0], [0]]
