"""Normalisations give the numbers of COINr, of the OECD Handbook and of UNDP."""

import math

import numpy as np
import pytest
from outside import table
from pydantic import ValidationError
from scipy import stats

from softpower.errors import MethodError
from softpower.methods.normalise import (
    ConstantIndicatorError,
    Goalposts,
    GoalpostScale,
    MinMax,
    NoNormalisation,
    Percentile,
    RankScale,
    ShareOfMax,
    ZScore,
)

NAN = float("nan")
COINR = table("coinr_normalisation")
HANDBOOK = table("handbook_table15")
TEN = Goalposts(0.0, 10.0)


@pytest.mark.parametrize(
    ("column", "method"),
    [
        ("minmax", MinMax()),
        ("minmax", MinMax(low=0, high=100)),
        ("minmax_1_100", MinMax(low=1)),
        ("minmax_1_100", MinMax().settled(positive=True)),
        ("zscore", ZScore()),
        ("zscore", ZScore().settled(positive=False)),
        ("zscore_100_10", ZScore(mean=100, sd=10)),
        ("zscore_100_10", ZScore().settled(positive=True)),
        ("fracmax", ShareOfMax(high=1)),
        ("prank", Percentile(high=1, ties="min")),
        ("rank", RankScale(ties="min")),
    ],
)
def test_a_normalisation_agrees_with_coinr(column, method):
    np.testing.assert_allclose(method(COINR["x"]), COINR[column], rtol=1e-11, atol=1e-11)


def test_ranks_less_one_are_the_borda_counts_of_coinr():
    borda = RankScale(ties="min")(COINR["x"]) - 1
    np.testing.assert_array_equal(borda, COINR["borda"])


@pytest.mark.parametrize(
    ("column", "method", "direction"),
    [
        ("goal", GoalpostScale(), 1),
        ("goal_neg", GoalpostScale(), -1),
        ("goal_nocap", GoalpostScale(clip=False), 1),
    ],
)
def test_goalposts_agree_with_coinr(column, method, direction):
    ours = method(COINR["x"], direction=direction, goalposts=TEN)
    np.testing.assert_allclose(ours, COINR[column], rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("column", "method"),
    [
        ("z", ZScore()),
        ("minmax", MinMax(high=1)),
        ("ratio_best", ShareOfMax(high=1)),
        ("percentile", Percentile(kind="handbook")),
    ],
)
def test_a_normalisation_gives_table_15_of_the_handbook(column, method):
    ours = method(HANDBOOK["schooling"])
    np.testing.assert_allclose(ours, HANDBOOK[column], rtol=0, atol=1e-10)
    decimals = 0.055 if column == "percentile" else 0.0055
    np.testing.assert_allclose(ours, HANDBOOK[f"{column}_printed"], rtol=0, atol=decimals)


def test_ranks_are_those_printed_in_table_15_of_the_handbook():
    ours = RankScale(ties="min")(HANDBOOK["schooling"])
    np.testing.assert_array_equal(ours, HANDBOOK["rank_printed"])


def test_the_handbook_divides_by_the_sample_deviation_and_not_by_that_of_the_population():
    sample = ZScore(ddof=1)(HANDBOOK["schooling"])
    population = ZScore(ddof=0)(HANDBOOK["schooling"])
    assert round(float(sample.max()), 2) == HANDBOOK["z_printed"].max() == 1.52
    assert round(float(population.max()), 2) == 1.56
    np.testing.assert_allclose(population, stats.zscore(HANDBOOK["schooling"]), atol=1e-12)


def test_the_median_may_take_the_place_of_the_mean():
    x = np.array([1.0, 2.0, 3.0, 4.0, 90.0, NAN])
    spread = math.sqrt((19**2 + 18**2 + 17**2 + 16**2 + 70**2) / 4)
    expected = [-2 / spread, -1 / spread, 0, 1 / spread, 87 / spread, NAN]
    np.testing.assert_allclose(ZScore(centre="median")(x), expected, rtol=1e-14)


def test_the_percentile_of_the_distribution_agrees_with_scipy():
    x = COINR["x"]
    present = x[~np.isnan(x)]
    expected = [
        stats.percentileofscore(present, v, kind="weak") if v == v else NAN  # noqa: PLR0124
        for v in x
    ]
    np.testing.assert_allclose(Percentile(kind="ecdf")(x), expected, rtol=1e-14)


def test_the_exclusive_percentile_shares_ties_by_default():
    np.testing.assert_array_equal(Percentile()(np.array([7.0, 3.0, 7.0])), [75, 0, 75])


def test_the_hdi_of_costa_rica_has_the_dimension_indices_of_its_technical_note():
    # UNDP, Human Development Report 2014, technical note 1: 0.922, 0.558, 0.750 and 0.735.
    scale = GoalpostScale(high=1)

    def index(figure, low, high):
        return float(scale(np.array([figure]), goalposts=Goalposts(low, high))[0])

    assert index(79.93, 20, 85) == pytest.approx(0.922, abs=1e-12)
    assert index(8.37, 0, 15) == pytest.approx(0.558, abs=1e-12)
    assert index(13.5, 0, 18) == pytest.approx(0.750, abs=1e-12)
    logs = index(math.log(13011.7), math.log(100), math.log(75000))
    assert logs == pytest.approx(0.735404865447, abs=1e-12)


def test_figures_without_normalisation_stay_what_they_are():
    x = COINR["x"]
    np.testing.assert_array_equal(NoNormalisation()(x), x)
    np.testing.assert_array_equal(NoNormalisation()(x, direction=-1), -x)


def test_the_inverse_share_compares_the_smallest_figure_with_each():
    # Three prices, 2, 4 and 8: the cheapest is the measure.
    ours = ShareOfMax(lower="inverse")(np.array([4.0, NAN, 2.0, 8.0]), direction=-1)
    np.testing.assert_array_equal(ours, [50, NAN, 100, 25])


def test_a_share_of_the_maximum_is_refused_where_low_figures_are_better():
    with pytest.raises(MethodError, match="no meaning where low figures are better"):
        ShareOfMax()(np.array([1.0, 2.0]), direction=-1)


def test_the_inverse_share_is_refused_for_a_zero():
    with pytest.raises(MethodError, match="needs figures above zero"):
        ShareOfMax(lower="inverse")(np.array([0.0, 2.0]), direction=-1)


@pytest.mark.parametrize("largest", [0.0, -1.0])
def test_a_share_of_a_maximum_that_is_not_above_zero_is_refused(largest):
    with pytest.raises(MethodError, match="needs a maximum above zero"):
        ShareOfMax()(np.array([-3.0, largest]))


@pytest.mark.parametrize("direction", [1, -1])
def test_a_share_of_the_maximum_of_no_figure_is_refused(direction):
    with pytest.raises(ConstantIndicatorError, match="It has no figure"):
        ShareOfMax(lower="inverse")(np.array([NAN, NAN]), direction=direction)


@pytest.mark.parametrize("method", [MinMax(), ZScore(), ZScore(centre="median")])
@pytest.mark.parametrize(
    ("figures", "what"),
    [
        ([5.0, 5.0, NAN, 5.0], "All its figures are the same"),
        ([1e6, 1e6 * (1 + 1e-13)], "All its figures are the same"),
        ([NAN, 3.0], "It has one figure only"),
        ([NAN, NAN], "It has no figure"),
    ],
)
def test_a_constant_indicator_is_refused(method, figures, what):
    with pytest.raises(ConstantIndicatorError, match=what):
        method(np.array(figures))


def test_ranks_and_percentiles_take_a_constant_indicator_for_one_tie():
    x = np.array([5.0, NAN, 5.0, 5.0])
    np.testing.assert_array_equal(RankScale()(x), [2, NAN, 2, 2])
    np.testing.assert_array_equal(Percentile()(x), [50, NAN, 50, 50])


def test_a_single_figure_is_in_the_middle_of_the_percentiles():
    np.testing.assert_array_equal(Percentile()(np.array([NAN, 4.0])), [NAN, 50])


def test_goalposts_take_a_constant_indicator_and_a_single_unit():
    ours = GoalpostScale()(np.array([2.5, 2.5]), goalposts=TEN)
    np.testing.assert_array_equal(ours, [25, 25])
    assert GoalpostScale()(np.array([7.0]), goalposts=TEN).tolist() == [70]


def test_an_indicator_without_goalposts_is_refused():
    with pytest.raises(MethodError, match="It has no goalposts"):
        GoalpostScale()(np.array([1.0]))


def test_two_goalposts_that_are_the_same_are_refused():
    with pytest.raises(MethodError, match="two goalposts are the same"):
        GoalpostScale()(np.array([1.0]), goalposts=Goalposts(4, 4))


@pytest.mark.parametrize(
    ("figures", "direction", "remark"),
    [
        ([0.0, 5.0, 10.0], 1, ""),
        ([-1.0, 5.0, NAN], 1, "1 figure beyond the goalposts, clipped"),
        ([-1.0, 5.0, 11.0], -1, "2 figures beyond the goalposts, clipped"),
    ],
)
def test_figures_beyond_the_goalposts_are_counted(figures, direction, remark):
    said = GoalpostScale().remark(np.array(figures), direction=direction, goalposts=TEN)
    assert said == remark


def test_figures_beyond_the_goalposts_that_count_are_not_said_to_be_clipped():
    said = GoalpostScale(clip=False).remark(np.array([12.0]), goalposts=TEN)
    assert said == "1 figure beyond the goalposts"


@pytest.mark.parametrize(
    ("method", "middle"),
    [
        (MinMax(), 50.0),
        (MinMax().settled(positive=True), 50.5),
        (GoalpostScale(high=1), 0.5),
        (Percentile(low=20), 60.0),
        (ZScore(), 0.0),
        (ZScore(mean=100), 100.0),
        (ShareOfMax(), 50.0),
        (RankScale(), 0.0),
        (NoNormalisation(), 0.0),
    ],
)
def test_each_scale_has_a_middle(method, middle):
    assert method.middle() == middle


def test_an_open_lower_end_leaves_zero_out_for_a_geometric_mean_on_any_range():
    assert MinMax().settled(positive=True).low == 1
    assert MinMax(high=1).settled(positive=True).low == 0.01
    assert MinMax().settled(positive=False).low == 0
    assert MinMax(low=0).settled(positive=True).low == 0


@pytest.mark.parametrize("kind", [MinMax, GoalpostScale, Percentile])
@pytest.mark.parametrize("ends", [{"low": 100, "high": 0}, {"low": 5, "high": 5}, {"high": -1}])
def test_a_range_runs_upwards(kind, ends):
    with pytest.raises(ValidationError, match="is not below the upper end"):
        kind(**ends)


def test_a_share_of_the_maximum_is_not_turned_round():
    with pytest.raises(ValidationError, match="greater than 0"):
        ShareOfMax(high=-100)
