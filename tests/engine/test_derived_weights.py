"""Scores under weights that follow from the figures, and under weights of each unit's own."""

from dataclasses import replace

import numpy as np
import pytest

import softpower
from helpers.hand_made import figures_of, leaf, node, notes, scored, tree
from softpower.engine.cache import Cache
from softpower.engine.score import score
from softpower.errors import MethodError, UsageError
from softpower.index.methodology import Methodology
from softpower.index.variant import Patch
from softpower.methods.aggregate import Harmonic
from softpower.methods.missing import MissingIfAny, Renormalise
from softpower.methods.weight import AnalyticHierarchy

COLUMNS = {
    "i": [0, 10, 40, 100, 80, 60],
    "j": [50, 0, 70, 60, 100, 20],
    "k": [90, 20, 0, 40, 100, 70],
    "l": [30, 100, 0, 80, 60, 90],
}
CHILDREN = (node("p", leaf("i"), leaf("j")), node("q", leaf("k"), leaf("l")))
DOUBT = {"weight": "benefit-of-the-doubt", "normalise": "none"}


def test_weights_at_the_top_are_those_of_the_scores_of_pillars():
    ranking = scored(COLUMNS, *CHILDREN, weight="standard-deviation", normalise="none")
    spread = {name: np.std(column) for name, column in COLUMNS.items()}
    assert ranking.local_weights["i"] == pytest.approx(spread["i"] / (spread["i"] + spread["j"]))
    pillars = [np.std(ranking.pillars[name]) for name in "pq"]
    assert ranking.local_weights["p"] == pytest.approx(pillars[0] / sum(pillars))
    assert ranking.weights["i"] == pytest.approx(
        ranking.local_weights["p"] * ranking.local_weights["i"]
    )
    assert ranking.individual == {}


def test_the_remarks_of_a_weighting_are_notes():
    columns = {**COLUMNS, "l": [30, None, 0, 80, 60, 90]}
    ranking = scored(columns, *CHILDREN, weight="standard-deviation")
    assert notes(ranking) == ["q: from the 5 of 6 units that have all values"]


def test_an_error_of_a_weighting_names_the_pillar():
    with pytest.raises(MethodError, match=r"^p: i has negative values"):
        scored({**COLUMNS, "i": [-1, 2, 3, 4, 5, 6]}, *CHILDREN, weight="gini", normalise="none")


def test_individual_weights_add_points_up_to_scores():
    ranking = scored(COLUMNS, *CHILDREN, **DOUBT)
    np.testing.assert_allclose(ranking.contributions.sum(axis=1), ranking.scores, atol=1e-9)
    assert ranking.scores.max() == pytest.approx(100)
    for pillar, ids in (("", "pq"), ("p", "ij"), ("q", "kl")):
        values = [ranking.pillars[n] if n in "pq" else np.array(COLUMNS[n], float) for n in ids]
        own = np.array([ranking.individual[name] for name in ids])
        of_pillar = ranking.pillars[pillar] if pillar else ranking.scores
        np.testing.assert_allclose((own * values).sum(axis=0), of_pillar, atol=1e-9)
        parts = (own / own.sum(axis=0)).mean(axis=1)
        assert [ranking.local_weights[name] for name in ids] == pytest.approx(parts.tolist())
    product = ranking.individual["p"] * ranking.individual["i"]
    np.testing.assert_allclose(ranking.unit_weights[:, 0], product, atol=1e-12)


def test_the_mean_parts_of_individual_weights_sum_to_one():
    ranking = scored(COLUMNS, *CHILDREN, **DOUBT)
    assert ranking.local_weights["p"] + ranking.local_weights["q"] == pytest.approx(1)
    assert sum(ranking.weights[name] for name in "ijkl") == pytest.approx(1)


def test_a_missing_value_leaves_the_sum_of_individual_weights_as_it_is():
    columns = {**COLUMNS, "j": [50, 0, 70, None, 100, 20]}
    ranking = scored(columns, *CHILDREN, **DOUBT)
    # Among those with i, it is the best: its pillar scores 100 though j is missing.
    assert ranking.pillars["p"][3] == pytest.approx(100)
    assert np.isnan(ranking.individual["j"][3])
    np.testing.assert_allclose(ranking.contributions.sum(axis=1), ranking.scores, atol=1e-9)
    strict = scored(columns, *CHILDREN, missing="missing-if-any", **DOUBT)
    assert np.isnan(strict.scores[3])
    assert np.isnan(strict.individual["i"][3])


def test_rules_on_missing_values_keep_the_sum_of_each_row():
    weights = np.array([[2.0, 1, 1], [0.5, 0.25, 0.25]])
    present = np.array([[True, True, False], [True, True, True]])
    np.testing.assert_allclose(Renormalise()(weights, present), [[8 / 3, 4 / 3, 0], weights[1]])
    np.testing.assert_allclose(MissingIfAny()(weights, present), [[0, 0, 0], weights[1]])
    np.testing.assert_allclose(
        Renormalise()(np.array([0.5, 0.25, 0.25]), present), [[2 / 3, 1 / 3, 0], weights[1]]
    )


@pytest.mark.parametrize(
    ("children", "aggregate", "where"),
    [
        (CHILDREN, "geometric/arithmetic", "the index is added up by geometric"),
        (CHILDREN, "arithmetic/median", "p is added up by median"),
        (
            (node("p", leaf("i"), leaf("j"), aggregate=Harmonic()), CHILDREN[1]),
            "arithmetic",
            "p is added up by harmonic",
        ),
    ],
)
def test_a_frontier_without_a_weighted_sum_is_refused_before_any_work(children, aggregate, where):
    figures = figures_of({**COLUMNS, "i": [None] * 6})  # which would be refused later
    methodology = Methodology(weight="benefit-of-the-doubt", aggregate=aggregate)
    with pytest.raises(MethodError, match=f"^weight: .*weighted sum, and {where}"):
        score(figures, tree(*children), methodology)


def test_bounds_that_a_pillar_cannot_meet_are_refused_before_any_work():
    with pytest.raises(MethodError, match=r"^weight: 2 siblings \(p \.\.\.\) cannot each have 0.6"):
        scored({**COLUMNS, "i": [None] * 6}, *CHILDREN, weight="benefit-of-the-doubt:0.6")


def test_judgements_are_checked_before_any_work():
    judged = {"method": "ahp", "judgements": {"p/i": 2}}
    with pytest.raises(MethodError, match=r"^weight: The judgement p/i compares what are no sib"):
        scored({**COLUMNS, "i": [None] * 6}, *CHILDREN, weight=judged)


def test_weights_may_be_judged_in_one_pillar_and_stated_in_another():
    judged = {"method": "ahp", "judgements": {"i/j": 3}}
    children = (node("p", leaf("i"), leaf("j")), node("q", leaf("k", 1), leaf("l", 4), weight=3))
    within = scored(COLUMNS, *children, weight=judged).local_weights
    assert within == pytest.approx({"p": 0.25, "q": 0.75, "i": 0.75, "j": 0.25, "k": 0.2, "l": 0.8})


def test_drivers_may_be_figures_that_are_carried_but_not_scored():
    columns = {
        **COLUMNS,
        "kpi": [2 * i + j for i, j in zip(COLUMNS["i"], COLUMNS["j"], strict=True)],
    }
    ranking = scored(columns, *CHILDREN, weight="drivers:kpi:importance=johnson")
    assert "its children explain 100% of kpi" in "; ".join(notes(ranking))
    assert ranking.local_weights["i"] > ranking.local_weights["j"]


def test_a_shipped_index_can_be_weighed_by_any_figure_that_it_has():
    ranking = softpower.load("open-soft-power", set={"weight": "drivers:gdp"}).score()
    assert sum(ranking.weights[p.id] for p in ranking.framework.top()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("weight", "match"),
    [
        ("drivers:gpd", "names 'gpd', which is not in open-soft-power. Did you mean gdp?"),
        (
            {"method": "ahp", "judgements": {"culture/digitl": 2}},
            "names 'digitl', which is not in open-soft-power. Did you mean digital",
        ),
    ],
)
def test_a_weighting_that_names_what_is_not_there_is_refused(weight, match):
    with pytest.raises(UsageError, match=match):
        softpower.load("open-soft-power", set={"weight": weight})


def test_weights_that_have_no_effect_are_refused():
    with pytest.raises(UsageError, match="Weights have no effect under weight = pca"):
        softpower.load("open-soft-power", set={"weight": "pca"}, weights={"culture": 40})
    judged = {"method": "ahp", "judgements": {"fixed_broadband/internet_users": 2}}
    with pytest.raises(UsageError, match="Weights have no effect under weight = ahp"):
        softpower.load("open-soft-power", set={"weight": judged}, weights={"internet_users": 40})
    run = softpower.load(
        "open-soft-power", set={"weight": "target-importance"}, weights={"culture": 40}
    )
    assert run.setup.methodology.weight[0].stated


def test_the_title_of_a_run_does_not_repeat_many_judgements():
    pairs = {f"a{i}/b": 1 for i in range(9)}
    run = softpower.load("open-soft-power")
    asked = Patch(methodology={"weight": {"method": "ahp", "judgements": pairs}})
    title = replace(run, asked=asked).changes
    assert title.startswith('weight={ method = "ahp", judgements = [{ "a0/b" = 1, ')
    assert len(title) <= 80
    assert title.endswith("...")


def test_derived_weights_do_not_depend_on_the_memory_of_a_scorer():
    cache = Cache()
    for weight in ("pca", "standard-deviation", "pca"):
        run = softpower.load("hdi-2022", set={"weight": weight})
        np.testing.assert_array_equal(run.score(cache).scores, run.score().scores)


def test_a_parameter_without_a_short_form_is_asked_for_in_full():
    with pytest.raises(UsageError, match=r'needs "judgements".*{ method = "ahp", judgements = '):
        softpower.load("open-soft-power", set={"weight": "ahp"})
    with pytest.raises(UsageError, match=r'needs "outcome".*after a colon: drivers:VALUE'):
        softpower.load("open-soft-power", set={"weight": "drivers"})


def test_each_level_of_the_tree_may_have_a_weighting_of_its_own():
    run = softpower.load("open-soft-power", set={"weight": ["equal-per-pillar", "pca"]})
    ranking, everywhere = (
        run.score(),
        softpower.load("open-soft-power", set={"weight": "pca"}).score(),
    )
    top = [pillar.id for pillar in ranking.framework.top()]
    assert [ranking.local_weights[name] for name in top] == pytest.approx([1 / 7] * 7)
    assert [everywhere.local_weights[name] for name in top] != pytest.approx([1 / 7] * 7)
    for indicator in ranking.framework.indicators():
        assert ranking.local_weights[indicator.id] == everywhere.local_weights[indicator.id]
    for written in ({"weight": "equal-per-pillar/pca"}, {"weight": "pca", "weight.1": "equal"}):
        assert softpower.load("open-soft-power", set=written).setup.methodology.weight[1:]
    with pytest.raises(UsageError, match="Weights have no effect under weight = pca"):
        softpower.load(
            "open-soft-power", set={"weight": "given/pca"}, weights={"internet_users": 9}
        )
    stated = softpower.load("open-soft-power", set={"weight": "given/pca"}, weights={"culture": 40})
    assert stated.score().local_weights["culture"] == pytest.approx(0.4)


JUDGED = AnalyticHierarchy(judgements={"a/b": 3, "a/c": 3, "b/c": 1})


def test_a_judged_child_with_a_stated_weight_of_zero_counts_for_coverage():
    columns = {"a": [1, 2, 3, None], "b": [3, 1, 2, 5], "c": [2, 2.5, 9, 7]}
    children = leaf("a", 0.0), leaf("b"), leaf("c")
    found = scored(columns, *children, weight=JUDGED, coverage={"country": 1.0})
    assert found.weights["a"] == pytest.approx(0.6)
    assert found.unranked == {"D": "has figures for 2 of 3 indicators"}


def test_a_judged_child_with_a_stated_weight_of_zero_has_a_place_in_an_ordered_mean():
    columns = {"a": [1, 2, 3], "b": [3, 1, 2], "c": [2, 2.5, 9]}
    children = leaf("a", 0.0), leaf("b"), leaf("c")
    found = scored(columns, *children, weight=JUDGED, normalise="none", aggregate="owa:1,0,0")
    assert found.scores.tolist() == [3, 2.5, 9]
    with pytest.raises(MethodError, match="owa"):
        scored(columns, *children, weight=JUDGED, normalise="none", aggregate="owa:1,0")


def test_a_pillar_that_nobody_has_shares_its_weight_equally_among_its_indicators():
    columns = {"i": [1, 4, 2, 3], "j": [1, 2, None, None], "k": [None, None, 3, 4]}
    coverage = {"country": 0, "pillar": 1, "below": "missing"}
    children = leaf("i"), node("p", leaf("j"), leaf("k"))
    ranking = scored(columns, *children, coverage=coverage, **DOUBT)
    assert np.isnan(ranking.pillars["p"]).all()
    assert (ranking.local_weights["j"], ranking.local_weights["k"]) == (0.5, 0.5)


def test_what_a_unit_must_have_is_decided_by_the_weighting_of_its_own_level():
    columns = {"a": [1, 2, 3], "b": [3, 1, 2], "c": [None, 1, 2]}
    children = node("p", node("q", leaf("b")), node("r", leaf("c"), weight=0.0)), leaf("a")
    whole = {"country": 1, "pillar": 1}
    for weight, ranked in (("given/given/equal", 3), ("given/equal/given", 2)):
        ranking = scored(columns, *children, weight=weight, coverage=whole)
        assert np.count_nonzero(~np.isnan(ranking.ranks)) == ranked
