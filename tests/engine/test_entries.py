"""What is done to the scores of pillars before they are added up, by figures worked by hand."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata, zscore

from helpers.hand_made import figures_of, leaf, node, notes, scored, tree
from softpower.engine.score import score
from softpower.errors import MethodError
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.reweighting import reweighted
from softpower.methods.normalise import Context

# Ranks with 1 for the best: a 1 2 3 4, b 3 1 2 4, c 4 3 2 1, d 2 1 4 3.
RANKED = {"a": [10, 8, 6, 4], "b": [2, 8, 6, 0], "c": [1, 2, 3, 4], "d": [3, 4, 1, 2]}
PILLARS = (node("p", leaf("a"), leaf("b")), node("q", leaf("c"), leaf("d")))
MEAN_OF_RANKS = {"normalise": "rank", "renormalise": "rank", "direction": "lower"}


def test_an_index_may_be_the_mean_of_ranks_of_pillars_of_which_the_lowest_is_best():
    ranking = scored(RANKED, *PILLARS, **MEAN_OF_RANKS)
    # The means of p are 2, 1.5, 2.5, 4, and of q 3, 2, 3, 2: ranks 2 1 3 4 and 3.5 1.5 3.5 1.5.
    np.testing.assert_allclose(ranking.pillars["p"], [2, 1.5, 2.5, 4])
    np.testing.assert_allclose(ranking.pillars["q"], [3, 2, 3, 2])
    entered = ranking.stages["renormalised"]
    assert entered.ids == ("p", "q")
    np.testing.assert_allclose(entered.values.T, [[2, 1, 3, 4], [3.5, 1.5, 3.5, 1.5]])
    np.testing.assert_allclose(ranking.scores, [2.75, 1.25, 3.25, 2.75])
    assert ranking.ranks.tolist() == [2, 1, 4, 2]
    assert ranking.contributions is None


@pytest.mark.parametrize(
    ("tiebreak", "ranks"),
    [("p", [2, 1, 4, 3]), ("q", [3, 1, 4, 2]), ("d", [2, 1, 4, 3]), ("q,p", [3, 1, 4, 2])],
)
def test_equal_scores_are_put_in_order_by_the_better_value_of_a_node(tiebreak, ranks):
    ranking = scored(RANKED, *PILLARS, tiebreak=tiebreak, **MEAN_OF_RANKS)
    assert ranking.ranks.tolist() == ranks


def test_what_a_tiebreak_does_not_tell_apart_shares_ranks_by_the_rule_of_ties():
    columns = {"a": [5, 1, 5, 5], "b": [1, 1, 2, 1], "c": [None, 3, 0, None]}
    # A, C and D tie; b puts C first, and c says nothing of A and D.
    tied = [leaf("a"), leaf("b", 0), leaf("c", 0)]
    for ties, ranks in {"competition": [2, 4, 1, 2], "average": [2.5, 4, 1, 2.5]}.items():
        ranking = scored(columns, *tied, tiebreak="b,c", ties=ties)
        assert ranking.ranks.tolist() == ranks


def test_a_missing_value_comes_last_among_equal_scores():
    columns = {"a": [5, 1, 5, 5], "b": [None, 1, 2, 3]}
    ranking = scored(columns, leaf("a"), leaf("b", 0), tiebreak="b")
    assert ranking.ranks.tolist() == [3, 4, 2, 1]


def test_a_tiebreak_by_what_there_is_not_is_refused():
    with pytest.raises(MethodError, match=r"no pillar or indicator 'pp' to put.*equal scores"):
        scored(RANKED, *PILLARS, tiebreak="pp")


def test_normalisations_between_levels_are_those_of_numpy_and_scipy():
    y = np.array([[1, 5, 2, 9.0], [4, 4, 1, 3], [9, 2, 7, 2]]).T
    columns = dict(zip("abc", y.T.tolist(), strict=True))
    outer = node("p", leaf("a"), node("q", leaf("b"), leaf("c"), weight=3))
    ranking = scored(columns, outer, normalise="none", renormalise="zscore/rank")
    below = np.column_stack([rankdata(y[:, 0]), rankdata(y[:, 1:].mean(axis=1))])
    np.testing.assert_allclose(ranking.pillars["p"], below @ [0.25, 0.75])
    np.testing.assert_allclose(ranking.scores, zscore(below @ [0.25, 0.75], ddof=1), rtol=1e-12)


# Risk is better if low: 0, 50, 100 of it; wealth 0, 50, 100.
RISKY = {"crime": [0, 5, 10], "wealth": [20, 30, 40]}


def risky(*, direction, aggregate=None):
    pillar = node("risk", leaf("crime", direction=-1), weight=3, aggregate=aggregate)
    return replace(pillar, direction=direction), node("wealth_", leaf("wealth"))


def test_the_score_of_a_pillar_may_be_read_low_for_good_and_is_turned_when_it_is_added_up():
    ranking = scored(RISKY, *risky(direction=-1))
    assert ranking.pillars["risk"].tolist() == [0, 50, 100]
    assert ranking.scores.tolist() == [75, 50, 25]
    assert ranking.contributions.tolist() == [[75, 0], [37.5, 12.5], [0, 25]]
    plain = scored(RISKY, *risky(direction=0))
    assert plain.pillars["risk"].tolist() == [100, 50, 0]
    assert plain.scores.tolist() == ranking.scores.tolist()


def test_turning_a_pillar_counts_where_it_is_not_added_up_by_a_mean():
    columns = {"crime": [0, 5, 10], "theft": [10, 5, 0], "wealth": [20, 30, 40]}
    pillar = node("risk", leaf("crime", direction=-1), leaf("theft", direction=-1), aggregate=None)
    power = Methodology(aggregate="power:2").aggregate[0]
    turned = replace(pillar, direction=-1, aggregate=power)
    ranking = scored(columns, turned, node("w", leaf("wealth")))
    # The quadratic mean of 0 and 100 is 70.71: it leaves 29.29, that of 50 and 50 leaves 50.
    half = np.sqrt(5000)
    np.testing.assert_allclose(ranking.pillars["risk"], [half, 50, half])
    expected = [(100 - half) / 2, 50, (100 - half + 100) / 2]
    np.testing.assert_allclose(ranking.scores, expected)
    assert ranking.contributions is None


def test_a_pillar_within_a_turned_one_is_turned_with_it_and_may_turn_back():
    inner = replace(node("good", leaf("wealth")), direction=1)
    outer = replace(node("risk", leaf("crime", direction=-1), inner), direction=-1)
    ranking = scored(RISKY, outer)
    # crime 0, 50, 100 and wealth 100, 50, 0 make the risk 50 throughout.
    assert ranking.pillars["good"].tolist() == [0, 50, 100]
    assert ranking.pillars["risk"].tolist() == [50, 50, 50]
    assert ranking.contributions.tolist() == [[50, 0], [25, 25], [0, 50]]


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.data())
def test_contributions_add_up_to_scores_whatever_is_turned_or_summed(data):
    n = 3
    cell = st.one_of(st.integers(0, 9), st.none())
    names = "abcd"
    columns = {k: data.draw(st.lists(cell, min_size=n, max_size=n)) for k in names}
    columns = {k: [0, 9, 4, *column] for k, column in columns.items()}
    sense = st.sampled_from([-1, 0, 1])
    inner = replace(node("q", leaf("b"), leaf("c", 3), weight=2), direction=data.draw(sense))
    outer = replace(node("p", leaf("a"), inner, weight=3), direction=data.draw(sense))
    ranking = scored(
        columns,
        outer,
        leaf("d"),
        direction=data.draw(st.sampled_from(["higher", "lower"])),
        normalise=data.draw(st.sampled_from(["minmax", "zscore"])),
        aggregate=data.draw(st.sampled_from(["arithmetic", "sum/arithmetic"])),
        missing=data.draw(st.sampled_from(["renormalise", "zero", "redistribute:in_turn=true"])),
    )
    if ranking.contributions is None:
        assume(False)  # a whole pillar is missing and counts as zero
    there = ~np.isnan(ranking.scores)
    sums = ranking.contributions.sum(axis=1)
    np.testing.assert_allclose(sums[there], ranking.scores[there], atol=1e-9)


@pytest.mark.parametrize(
    ("methodology", "match"),
    [
        ({"normalise": "rank"}, "risk: .*not on one scale with a middle.*Set renormalise"),
        ({"normalise": "none"}, "risk: .*not on one scale with a middle"),
        ({"aggregate": "arithmetic/sum"}, "risk: .*not added up on the scale of its indicators"),
    ],
)
def test_a_score_without_a_middle_to_be_turned_about_is_refused(methodology, match):
    with pytest.raises(MethodError, match=match):
        scored(RISKY, *risky(direction=-1), **methodology)
    again = scored(RISKY, *risky(direction=-1), renormalise="rank", **methodology)
    assert again.scores.tolist() == [2.5, 2, 1.5]


def test_an_aggregation_that_takes_high_for_good_is_refused_where_low_is():
    with pytest.raises(MethodError, match="topsis aggregation takes high values for good"):
        scored(RANKED, *PILLARS, aggregate="topsis", direction="lower")


def test_zeros_for_what_is_missing_are_told_to_be_good_where_low_values_are():
    columns = {"a": [10, None, 6, 4], "b": [2, 8, 6, 0]}
    zero = {"missing": "zero", "normalise": "rank"}
    told = notes(scored(columns, leaf("a"), leaf("b"), direction="lower", **zero))
    assert told == ["the index: 1 missing value counts as zero, and low values are good here"]
    assert notes(scored(columns, leaf("a"), leaf("b"), **zero)) == [
        "the index: 1 missing value counts as zero"
    ]


def test_an_indicator_beside_pillars_is_put_onto_their_scale():
    ranking = scored(RANKED, PILLARS[0], leaf("c"), renormalise="rank")
    np.testing.assert_allclose(ranking.stages["renormalised"].values[:, 1], [1, 2, 3, 4])


def test_a_pillar_that_is_the_same_for_all_cannot_be_normalised_again():
    columns = {"a": [1, 2, 3], "b": [3, 2, 1], "c": [1, 5, 9]}
    pillars = (node("p", leaf("a"), leaf("b")), node("q", leaf("c")))
    with pytest.raises(MethodError, match="All its scores are the same"):
        scored(columns, *pillars, renormalise="minmax")
    middle = scored(columns, *pillars, renormalise="minmax", constant="mid")
    assert middle.scores.tolist() == [25, 50, 75]
    assert scored(columns, *pillars, renormalise="rank").scores.tolist() == [1.5, 2, 2.5]


@pytest.mark.parametrize("method", ["rank", "rank:min", "minmax", "zscore:100:10", "zscore:clip=1"])
def test_the_figures_of_many_draws_are_normalised_as_those_of_each(method):
    made = Methodology(normalise=method).normalise
    x = np.random.default_rng(2).integers(0, 6, (7, 9)).astype(float)
    x[2, 3] = x[5, 0] = np.nan
    assert made.stacked
    for context in (Context(), Context(direction=-1)):
        rows = np.array([made(row, context) for row in x])
        np.testing.assert_allclose(made(x, context), rows, rtol=1e-14)


def test_weights_that_follow_from_figures_follow_from_what_is_added_up():
    columns = {"a": [1, 2, 9, 4], "b": [3, 8, 1, 7], "c": [0, 5, 9, 3], "d": [2, 2, 4, 1]}
    pillars = (node("p", leaf("a"), leaf("b")), node("q", leaf("c"), leaf("d")))
    sd = {"weight": "standard-deviation/given"}
    plain, again = (
        scored(columns, *pillars, **sd),
        scored(columns, *pillars, renormalise="zscore", **sd),
    )
    assert plain.local_weights["p"] != pytest.approx(0.5, abs=0.01)
    assert again.local_weights["p"] == pytest.approx(0.5)


def test_a_sum_is_not_divided_by_the_weights():
    columns = {"a": [0, 5, 10], "b": [2, 4, 3], "c": [None, 1, 2]}
    leaves = [leaf("a", 3), leaf("b", 2), leaf("c", 0.5)]
    stated = scored(columns, *leaves, normalise="none", aggregate="sum", missing="zero")
    np.testing.assert_allclose(stated.scores, [4, 15 + 8 + 0.5, 30 + 6 + 1])
    equal = scored(
        columns, *leaves, normalise="none", aggregate="sum", missing="zero", weight="equal"
    )
    np.testing.assert_allclose(equal.scores, [2, 10, 15])
    np.testing.assert_allclose(equal.contributions[2], [10, 3, 2])


def test_a_weight_in_percent_is_that_part_of_the_sum_of_the_stated_ones():
    columns = {"a": [0, 5, 10], "b": [2, 4, 3]}
    framework = tree(leaf("a", 3), leaf("b", 1))
    framework = replace(framework, root=reweighted(framework.root, {"a": 25}))
    methodology = Methodology(normalise="none", aggregate="sum")
    found = score(figures_of(columns), framework, methodology).scores
    np.testing.assert_allclose(found, [6, 5 + 12, 10 + 9])


def test_an_indicator_may_be_normalised_in_a_way_of_its_own():
    method = Methodology(normalise="rank").normalise
    columns = {"a": [1, 2, 9], "b": [1, 2, 9]}
    ranking = scored(columns, leaf("a", normalise=method), leaf("b"))
    np.testing.assert_allclose(ranking.stages["normalised"].values[:, 0], [1, 2, 3])
    np.testing.assert_allclose(ranking.stages["normalised"].values[:, 1], [0, 12.5, 100])
    assert notes(ranking) == []


def test_the_normalisation_of_an_indicator_leaves_zero_out_before_logarithms():
    method = Methodology(normalise="minmax").normalise
    ranking = scored(
        {"a": [1, 2, 9]}, leaf("a", normalise=method), normalise="none", aggregate="geometric"
    )
    assert ranking.scores.min() == pytest.approx(1)


def test_a_setup_is_not_changed_by_being_scored():
    setup = Setup(figures_of(RANKED), tree(*PILLARS), Methodology(**MEAN_OF_RANKS))
    before = repr(setup.framework.root)
    score(setup.figures, setup.framework, setup.methodology)
    assert repr(setup.framework.root) == before
