"""Normalisations by the order of the figures alone: ranks, percentiles, bands."""

import numpy as np
import pytest
from pydantic import ValidationError
from scipy import stats

from helpers.normalisations import COINR, HANDBOOK, NAN
from softpower.methods.normalise import (
    BordaScores,
    Context,
    OecdBand,
    Percentile,
    QuantileBand,
    RankScale,
)

X = COINR["x"]


@pytest.mark.parametrize(
    ("column", "method"),
    [
        ("rank", RankScale(ties="min")),
        ("borda", BordaScores(ties="min")),
        ("prank", Percentile(high=1, ties="min")),
        ("prank", BordaScores(ties="min", share=True)),
    ],
)
def test_places_agree_with_coinr(proof, column, method):
    proof(type(method), f"COINr: {column}", method(X), COINR[column])


def test_points_of_an_election_are_counted_by_scipy(proof):
    present = X[~np.isnan(X)]
    ours = BordaScores()(X)[~np.isnan(X)]
    proof(BordaScores, "scipy: rankdata less one", ours, stats.rankdata(present) - 1)
    reversed_ = BordaScores()(X, Context(direction=-1))[~np.isnan(X)]
    proof(BordaScores, "scipy: rankdata of -x less one", reversed_, stats.rankdata(-present) - 1)


def test_ranks_and_percentiles_are_those_of_table_15_of_the_handbook(proof):
    schooling = HANDBOOK["schooling"]
    case = "OECD/JRC Handbook: table 15"
    proof(RankScale, case, RankScale(ties="min")(schooling), HANDBOOK["rank_printed"])
    ours = Percentile(kind="handbook")(schooling)
    np.testing.assert_allclose(ours, HANDBOOK["percentile"], rtol=0, atol=1e-10)
    proof(Percentile, case, ours, HANDBOOK["percentile_printed"], 0.055)


def test_the_percentile_of_the_distribution_agrees_with_scipy(proof):
    proof(Percentile, "scipy: percentileofscore", Percentile(kind="ecdf")(X), weak_percentile(X))


def weak_percentile(x):
    """Return the percent of figures at or below each, NaN where missing."""
    present = x[~np.isnan(x)]
    found = stats.percentileofscore(present, present, kind="weak")
    out = np.full(x.shape, NAN)
    out[~np.isnan(x)] = found
    return out


def test_the_exclusive_percentile_shares_ties_by_default():
    np.testing.assert_array_equal(Percentile()(np.array([7.0, 3.0, 7.0])), [75, 0, 75])


@pytest.mark.parametrize("bands", [2, 4, 5, 10])
def test_bands_are_cut_from_the_percentiles_of_scipy(proof, bands):
    import pandas as pd

    edges = np.linspace(0, 100, bands + 1)
    cut = pd.cut(weak_percentile(X), edges, labels=False) + 1
    ours = QuantileBand(bands=bands, low=1, high=bands)(X)
    proof(QuantileBand, f"scipy and pandas: {bands} bands", ours, cut)


def test_bands_are_spread_over_the_range():
    x = np.arange(10.0)
    assert QuantileBand()(x).tolist() == [0, 0, 25, 25, 50, 50, 75, 75, 100, 100]
    assert QuantileBand(bands=2)(x, Context(direction=-1)).tolist() == [100] * 5 + [0] * 5


def test_the_bands_of_the_handbook_are_those_printed_in_table_15(proof):
    case = "OECD/JRC Handbook: table 15"
    proof(OecdBand, case, OecdBand()(HANDBOOK["schooling"]), HANDBOOK["categorical_printed"])


def test_the_bands_of_the_handbook_have_the_widths_that_it_states():
    values, counts = np.unique(OecdBand()(np.arange(100.0)), return_counts=True)
    assert values.tolist() == [0, 20, 40, 50, 60, 80, 100]
    # A band starts at its percentile, so that 4 of 100 are below 5, and 6 are 95 or above.
    assert counts.tolist() == [4, 10, 20, 30, 20, 10, 6]


@pytest.mark.parametrize("cut", [5, 15, 29, 57, 58])
def test_a_band_starts_at_its_very_percentile(cut):
    values = OecdBand(cuts=(cut,), values=(0, 1))(np.arange(100.0))
    assert np.count_nonzero(values == 0) == cut - 1


def test_bands_may_have_other_cuts_and_values():
    method = OecdBand(cuts=(50,), values=(1, 2))
    np.testing.assert_array_equal(method(np.array([3.0, NAN, 4.0, 1.0, 2.0])), [2, NAN, 2, 1, 2])


@pytest.mark.parametrize(
    ("fields", "what"),
    [
        ({"cuts": (50,)}, "1 cuts make 2 bands, but there are 7 values"),
        ({"cuts": (50, 40), "values": (1, 2, 3)}, "the cuts do not rise"),
        ({"cuts": (40, 50), "values": (1, 3, 2)}, "the values do not rise"),
        ({"cuts": ()}, "at least 1 item"),
    ],
)
def test_bands_that_make_no_sense_are_refused(fields, what):
    with pytest.raises(ValidationError, match=what):
        OecdBand(**fields)


def test_the_lowest_band_leaves_zero_out_for_a_geometric_mean():
    spread = np.arange(100.0)
    assert np.unique(OecdBand().settled(positive=True)(spread)).tolist()[:2] == [1, 20]
    assert np.unique(OecdBand().settled(positive=False)(spread)).tolist()[:2] == [0, 20]
    stated = OecdBand(cuts=(50,), values=(0, 2))
    assert stated.settled(positive=True) == stated


@pytest.mark.parametrize(
    ("method", "value"),
    [
        (RankScale(), 2.0),
        (BordaScores(), 1.0),
        (BordaScores(share=True), 0.5),
        (Percentile(), 50.0),
        (QuantileBand(), 100.0),
        (OecdBand(), 40.0),
    ],
)
def test_a_constant_indicator_is_one_tie(method, value):
    ours = method(np.array([5.0, NAN, 5.0, 5.0]))
    np.testing.assert_array_equal(ours, [value, NAN, value, value])


@pytest.mark.parametrize(
    ("method", "value"),
    [
        (Percentile(), 50.0),
        (BordaScores(), 0.0),
        (BordaScores(share=True), 0.5),
        (RankScale(), 1.0),
    ],
)
def test_a_single_figure_has_a_place(method, value):
    np.testing.assert_array_equal(method(np.array([NAN, 4.0])), [NAN, value])


@pytest.mark.parametrize(
    "method",
    [RankScale(), BordaScores(), BordaScores(share=True), QuantileBand(), OecdBand(),
     *(Percentile(kind=kind) for kind in ("exclusive", "handbook", "ecdf"))],
)  # fmt: skip
def test_no_figure_has_no_place(method):
    assert np.isnan(method(np.array([NAN, NAN]))).all()


@pytest.mark.parametrize(
    ("method", "middle"),
    [
        (Percentile(low=20), 60.0),
        (RankScale(), 0.0),
        (BordaScores(), 0.0),
        (QuantileBand(), 50.0),
        (OecdBand(), 50.0),
        (OecdBand().settled(positive=True), 50.5),
    ],
)
def test_each_scale_has_a_middle(method, middle):
    assert method.middle() == middle
