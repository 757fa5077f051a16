"""What must hold of scores for any figures, tree and methodology."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.hand_made import figures_of, leaf, node, tree
from softpower.engine.score import score
from softpower.index.figures import Figures
from softpower.index.methodology import Methodology

quickly = settings(derandomize=True, deadline=None, max_examples=15)

NAMES = ("a", "b", "c", "d", "e")
WEIGHTS = st.lists(st.integers(1, 9), min_size=5, max_size=5)
DIRECTIONS = st.lists(st.sampled_from([1, -1]), min_size=5, max_size=5)

METHODOLOGIES = [
    {"normalise": "minmax"},
    {"normalise": "zscore", "weight": "equal"},
    {"normalise": "rank", "aggregate": "geometric/arithmetic"},
    {"normalise": "percentile:handbook", "aggregate": "harmonic", "weight": "equal-per-pillar"},
    {"normalise": "minmax", "impute": "mean", "treat": "winsorise:2"},
    {"normalise": "zscore:100:10", "aggregate": "median", "impute": "median:normalised"},
    {"normalise": "minmax", "missing": "missing-if-any", "scale": "rank"},
    {"normalise": "minmax", "impute": "regression:a+b", "treat": "fences"},
    {"normalise": "zscore", "impute": "constant:0:normalised", "treat": "percentile-winsorise"},
    {"normalise": "rank", "impute": "regression:stochastic=true", "treat": "log:all"},
    {"coverage": {"country": 0.4, "pillar": 0.6, "below": "missing"}, "aggregate": "power:2"},
]


@st.composite
def tables(draw):
    """Return columns of figures with gaps, each with two different ones at least."""
    units = draw(st.integers(4, 9))
    gap = st.none() | st.integers(-400, 400).map(lambda k: k / 8)
    return {
        name: [1.0, 2.0, *draw(st.lists(gap, min_size=units - 2, max_size=units - 2))]
        for name in NAMES
    }


def grown(weights, directions=(1,) * 5):
    a, b, c, d, e = (
        leaf(name, weight, direction=direction)
        for name, weight, direction in zip(NAMES, weights, directions, strict=True)
    )
    return tree(a, node("p", b, node("q", c, d, weight=2.0), e, weight=3.0))


def ranked(columns, framework, methodology):
    """Return the ranking; nothing here may be refused, for units A and B have all figures."""
    return score(figures_of(columns), framework, Methodology(constant="mid", **methodology))


@pytest.mark.parametrize("methodology", METHODOLOGIES, ids=repr)
@quickly
@given(columns=tables(), weights=WEIGHTS, directions=DIRECTIONS)
def test_a_unit_has_a_finite_score_and_a_rank_or_a_reason(
    methodology, columns, weights, directions
):
    ranking = ranked(columns, grown(weights, directions), methodology)
    for unit, value, place in zip(ranking.units, ranking.scores, ranking.ranks, strict=True):
        if unit.id in ranking.unranked:
            assert ranking.unranked[unit.id]
            assert np.isnan(value)
            assert np.isnan(place)
        else:
            assert np.isfinite(value)
            assert 1 <= place <= len(ranking.units)


@pytest.mark.parametrize("methodology", METHODOLOGIES, ids=repr)
@quickly
@given(columns=tables(), weights=WEIGHTS)
def test_scoring_twice_gives_the_same_bits(methodology, columns, weights):
    first, second = (ranked(columns, grown(weights), methodology) for _ in range(2))
    assert first.scores.tobytes() == second.scores.tobytes()
    assert first.ranks.tobytes() == second.ranks.tobytes()


@pytest.mark.parametrize("methodology", METHODOLOGIES, ids=repr)
@quickly
@given(columns=tables(), weights=WEIGHTS, seed=st.integers(0, 99))
def test_the_order_of_units_and_columns_does_not_matter(methodology, columns, weights, seed):
    figures = figures_of(columns)
    rng = np.random.default_rng(seed)
    units = rng.permutation(len(figures.units))
    names = rng.permutation(5)
    moved = Figures(
        tuple(figures.units[i] for i in units),
        tuple(figures.ids[j] for j in names),
        figures.values[np.ix_(units, names)],
        figures.years[np.ix_(units, names)],
        figures.sources[np.ix_(units, names)],
    )
    methodology = Methodology(constant="mid", **methodology)
    first = score(figures, grown(weights), methodology)
    second = score(moved, grown(weights), methodology)
    np.testing.assert_allclose(second.scores, first.scores[units], rtol=1e-9, atol=1e-9)
    assert dict(second.unranked) == dict(first.unranked)


@pytest.mark.parametrize("methodology", METHODOLOGIES, ids=repr)
@quickly
@given(columns=tables(), weights=WEIGHTS, factor=st.sampled_from([1e-6, 0.3, 7.0, 1e5]))
def test_weights_of_one_group_count_only_in_proportion(methodology, columns, weights, factor):
    first = ranked(columns, grown(weights), methodology)
    root = grown(weights).root
    pillar = root.children[1]
    heavier = tuple(replace(child, weight=child.weight * factor) for child in pillar.children)
    framework = replace(
        grown(weights),
        root=replace(root, children=(root.children[0], replace(pillar, children=heavier))),
    )
    second = ranked(columns, framework, methodology)
    np.testing.assert_allclose(second.scores, first.scores, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("normalise", ["minmax", "zscore", "rank", "percentile"])
@quickly
@given(columns=tables(), weights=WEIGHTS, directions=DIRECTIONS)
def test_contributions_add_up_to_the_score(normalise, columns, weights, directions):
    coverage = {"country": 0.2, "pillar": 0.3, "below": "missing"}
    methodology = {"normalise": normalise, "coverage": coverage}
    ranking = ranked(columns, grown(weights, directions), methodology)
    points = ranking.contributions.sum(axis=1)
    np.testing.assert_allclose(points, ranking.scores, rtol=1e-12, atol=1e-12)


@quickly
@given(columns=tables(), weights=WEIGHTS, data=st.data())
def test_a_better_figure_never_lowers_the_rank_of_its_unit(columns, weights, data):
    directions = data.draw(DIRECTIONS)
    before = ranked(columns, grown(weights, directions), {"normalise": "rank"})
    j = data.draw(st.integers(0, 4))
    column = list(columns[NAMES[j]])
    i = data.draw(st.sampled_from([k for k, figure in enumerate(column) if figure is not None]))
    column[i] += directions[j] * data.draw(st.integers(1, 40))
    after = ranked({**columns, NAMES[j]: column}, grown(weights, directions),
                    {"normalise": "rank"})  # fmt: skip
    assert not after.ranks[i] > before.ranks[i]


@quickly
@given(columns=tables(), weights=WEIGHTS)
def test_effective_weights_of_indicators_sum_to_one(columns, weights):
    for weight in ("given", "equal", "equal-per-pillar"):
        ranking = ranked(columns, grown(weights), {"weight": weight})
        assert sum(ranking.weights[name] for name in NAMES) == pytest.approx(1, abs=1e-14)
        assert ranking.weights["p"] == pytest.approx(
            sum(ranking.weights[name] for name in "bcde"), abs=1e-14
        )


@quickly
@given(columns=tables(), weights=WEIGHTS)
def test_imputation_leaves_every_figure_that_was_found(columns, weights):
    for method, stage in product(
        ("mean", "median", "em", "constant"), ("raw", "transformed", "treated", "normalised")
    ):
        ranking = ranked(columns, grown(weights), {"impute": f"{method}:stage={stage}"})
        before = ranking.stages["normalised" if stage == "normalised" else "selected"].values
        after = ranking.stages["imputed"].values
        kept = ~np.isnan(before) & ~np.isnan(ranking.scores)[:, None]
        np.testing.assert_array_equal(after[kept], before[kept])
        assert not np.isnan(after[~np.isnan(ranking.scores)]).any()
