"""Percentiles and fences are those of scipy and pandas."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats.mstats import mquantiles

from helpers.treatments import NAN, X
from softpower.methods.treat import Fences, PercentileWinsorise


@pytest.mark.parametrize(("low", "high"), [(2.5, 97.5), (10, 95), (0, 80)])
def test_figures_are_pulled_in_to_the_percentiles_of_type_seven(low, high, proof):
    ends = mquantiles(X, [low / 100, high / 100], alphap=1, betap=1)
    computed, *_ = PercentileWinsorise(low=low, high=high)(X)
    expected = pd.Series(X).clip(*ends).to_numpy()
    proof(PercentileWinsorise, f"scipy: mquantiles {low:g}, {high:g}", computed, expected, 1e-12)


@pytest.mark.parametrize("k", [1.5, 3])
def test_figures_are_pulled_in_to_the_fences_around_the_quartiles(k, proof):
    low, high = pd.Series(X).quantile([0.25, 0.75])
    expected = pd.Series(X).clip(low - k * (high - low), high + k * (high - low)).to_numpy()
    proof(Fences, f"pandas: quantile, k = {k:g}", Fences(k=k)(X).values, expected, 1e-12)


def test_what_was_pulled_in_is_counted():
    assert Fences()(X).remark == "6 figures pulled in to the fences"
    percentiles = PercentileWinsorise()(X)
    assert percentiles.remark == "2 figures pulled in to the percentiles 2.5 and 97.5"
    assert not percentiles.logged
    assert Fences()(np.arange(9.0)).remark == ""


def test_where_most_figures_are_the_same_nothing_is_done_and_it_is_said():
    rare = np.array([0.0] * 40 + [1.0, NAN])
    for method, ends in (
        (Fences(), "the fences"),
        (PercentileWinsorise(low=5, high=95), "the percentiles 5 and 95"),
    ):
        treated = method(rare)
        np.testing.assert_array_equal(treated.values, rare)
        assert treated.remark == f"as it was, for {ends} are both 0"


def test_an_indicator_without_any_figure_stays_so():
    nothing = np.full(3, NAN)
    for method in (Fences(), PercentileWinsorise()):
        np.testing.assert_array_equal(method(nothing).values, nothing)
