"""Many draws of figures at once give what scoring them one by one gives, to the last rank."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import softpower
from helpers.hand_made import Shaken, figures_of, leaf, node, tree
from softpower.engine.sampling.design import Sweep
from softpower.engine.sampling.perturb import noise
from softpower.engine.sampling.sweep import Failed, sweep
from softpower.engine.sampling.tables import Tables
from softpower.engine.score import score_setup
from softpower.errors import MethodError
from softpower.index.indicator_row import Denominator
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.methods.transform import Log1p

TREE = tree(
    leaf("a", 2),
    node("p", leaf("b", transform=Log1p()), node("q", leaf("c", 3), leaf("d"), weight=2), weight=3),
    node("r", leaf("e", direction=-1), leaf("f", denominator=Denominator(figure="people"))),
)
CELL = st.one_of(st.integers(0, 6), st.floats(0.5, 9), st.sampled_from([40.0, None, None]))
FIGURES = st.integers(4, 9).flatmap(
    lambda n: st.fixed_dictionaries(
        {name: st.lists(CELL, min_size=n, max_size=n) for name in "abcdef"}
    )
)
METHODOLOGIES = st.fixed_dictionaries(
    {
        "coverage": st.sampled_from(
            [{"country": 0, "pillar": 0}, {"country": 0.3, "pillar": 0.5, "below": "missing"}]
        ),
        "treat": st.sampled_from(
            [
                *(
                    "none",
                    "winsorise:2",
                    "log",
                    "box-cox",
                    "fences",
                    "log:all",
                    "winsorise:force=1",
                ),
                *("winsorise:force=1", "percentile-winsorise:20:70", "log:flagged:none"),
            ]
        ),
        "normalise": st.sampled_from(
            [
                *("minmax", "zscore", "rank", "minmax:1:100", "none", "zscore:50:10", "robust"),
                *("percentile", "logistic", "log-minmax", "borda", "ratio", "oecd-band"),
                {"method": "zscore", "centre": "median", "clip": 1},
            ]
        ),
        "impute": st.sampled_from(
            ["none", "none", "mean", "median", "group-mean:half", "constant:2:raw"]
            + [f"mean:{stage}" for stage in ("raw", "transformed", "normalised")]
        ),
        "aggregate": st.sampled_from(
            [
                *("arithmetic", "geometric", "sum", "arithmetic/geometric", "power:2", "mean-min"),
                *("minimum", "median", "mazziotta-pareto", "owa:most", "topsis/arithmetic"),
                "borda",
            ]
        ),
        "tiebreak": st.sampled_from([(), ("a",), ("p", "e")]),
        "missing": st.sampled_from(
            ["renormalise", "missing-if-any", "flat", "zero", "redistribute"]
        ),
        "constant": st.sampled_from(["error", "mid", "drop"]),
        "ties": st.sampled_from(["competition", "average", "ordinal"]),
        "scale": st.sampled_from(["none", "minmax", "zscore", "percentile"]),
        "round": st.sampled_from([None, 0, 2]),
        "direction": st.sampled_from(["higher", "lower"]),
    }
)


def generators(seed):
    return [np.random.default_rng(each) for each in range(seed, seed + 4)]


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(FIGURES, METHODOLOGIES, st.integers(0, 9), st.sampled_from([0.1, 3.0]))
def test_a_stack_of_tables_agrees_with_a_loop_to_the_last_rank(columns, methodology, seed, step):
    columns["people"] = list(range(1, 1 + len(columns["a"])))
    count = len(columns["a"])
    figures = figures_of(columns, [{"half": "odd" if i % 2 else "even"} for i in range(count)])
    figures = replace(figures, errors=np.full(figures.values.shape, 0.05))
    setup = Setup(figures, TREE, Methodology(**methodology))
    try:
        ranking = score_setup(setup)
        shake = noise(setup, {}, everywhere=step, errors=True)
        assume(Tables.fits(setup, ranking))
        tables = Tables(setup, ranking)
        source = tables.draws(shake.many(setup.figures, generators(seed)))
    except MethodError:
        assume(False)
    scores = source.scores(np.empty(0))
    ranks = source.ranks(np.arange(4), scores)
    for draw, generator in enumerate(generators(seed)):
        single = score_setup(Setup(shake(figures, generator), TREE, setup.methodology))
        expected = single.scores[tables.scored]
        np.testing.assert_allclose(scores[draw], expected, rtol=1e-9, atol=1e-9)
        np.testing.assert_array_equal(ranks[draw], single.ranks[tables.scored])


@pytest.mark.parametrize("settings", [{}, {"normalise": "zscore", "round": 1}, {"treat": "none"}])
def test_a_sweep_makes_the_draws_that_a_loop_makes(settings, monkeypatch):
    setup = softpower.load("open-soft-power", set=settings).setup
    shake = noise(setup, {}, everywhere=0.1, errors=False)
    design = Sweep((setup,), None, (), shake, draws=70)
    monkeypatch.setattr("softpower.engine.sampling.tables.ROOM", 400_000)

    def ranks():
        found = sweep(design, lambda block: block.ranks.copy(), threads=1)
        return [outcome.value for outcome in found]

    many = ranks()
    assert len(many) == 2
    monkeypatch.setattr(Tables, "fits", lambda *given: not given)
    one_by_one = ranks()
    assert len(one_by_one) == 70
    np.testing.assert_array_equal(np.vstack(many), np.vstack(one_by_one))


def test_draws_that_are_refused_are_scored_by_themselves():
    figures = figures_of({"a": [-1.0, 0.0, 2.0], "b": [1.0, 1.02, 1.01]})
    branch = tree(leaf("a", transform=Log1p()), leaf("b"))
    good = Setup(
        replace(figures, values=figures.values + np.array([1.0, 0.0])), branch, Methodology()
    )
    low = [-0.01, 0.5, 0.5]

    @Shaken
    def shake(figures, generator):
        values = figures.values.copy()
        values[0, 0] = generator.choice(low)
        return replace(figures, values=values)

    outcomes = list(sweep(Sweep((good,), None, (), shake, draws=30), lambda b: b.draws, threads=1))
    failed = [each for each in outcomes if isinstance(each, Failed)]
    assert 0 < len(failed) < 30
    assert sum(each.draws for each in outcomes) == 30
    assert "zero or above" in failed[0].reason


@pytest.mark.parametrize(
    "settings",
    [
        {"impute": "regression"},
        {"weight": "pca"},
        {"renormalise": "zscore"},
    ],
)
def test_what_does_not_work_along_an_axis_is_left_to_the_loop(settings):
    setup = softpower.load("open-soft-power", set=settings).setup
    assert not Tables.fits(setup, score_setup(setup))
