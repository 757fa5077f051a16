"""Aggregations in a tree: what does not fit is refused at once, and many draws agree with one."""

import re
from dataclasses import replace

import numpy as np
import pytest

from helpers.aggregations import EXAMPLES
from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.children import DrawnChildren
from softpower.engine.sampling.parts import UnitGroup
from softpower.engine.score import score
from softpower.errors import MethodError
from softpower.index.figures import Figures
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Framework, Indicator, Pillar
from softpower.index.units import Unit
from softpower.methods import normalise
from softpower.methods.aggregate import flows, votes

NAN = float("nan")
FULL = np.array(
    [
        [4, 9, 3, 7, 1],
        [6, 2, 8, 5, 2],
        [1, 7, 5, 5, 9],
        [8, 4, 2, 6, 4],
        [3, 3, 9, 1, 7],
        [5, 6, 1, 8, 8],
        [5, 6, 1, 8, 8],
    ],
    float,
)
GAPPY = FULL.copy()
GAPPY[0, 1] = GAPPY[2, 4] = GAPPY[4, 0] = GAPPY[4, 1] = NAN
EVERYBODY = {"country": 0, "pillar": 0}


def setup(values, aggregate, **settings):
    """Return a setup of two pillars, of two and three indicators."""
    below = {"p": ("a", "b"), "q": ("c", "d", "e")}
    pillars = tuple(
        Pillar(name, name, weight, tuple(Indicator(i, i, 1.0 + (i == "d")) for i in children))
        for weight, (name, children) in enumerate(below.items(), 1)
    )
    units = tuple(Unit(letter, letter, {}) for letter in "ABCDEFG")
    blank = np.full(values.shape, "", dtype=object)
    figures = Figures(units, tuple("abcde"), values, blank, blank.copy())
    settings = {"coverage": EVERYBODY, "normalise": "minmax:1:100"} | settings
    framework = Framework("main", "Test", Pillar("", "Test", 1.0, pillars))
    return Setup(figures, framework, Methodology(aggregate=aggregate, **settings))


def scored(*given, **settings):
    made = setup(*given, **settings)
    return score(made.figures, made.framework, made.methodology)


def levels(method):
    """Return an aggregation in every place that it may have."""
    if method.misfit(2) or method.misfit(3):
        method = method.model_copy(update={"weights": "best-2"})
    places = [[method, {"method": "arithmetic"}]]
    if not method.top:
        places += [[{"method": "median"}, method], [method]]
    return places


@pytest.mark.parametrize(
    ("values", "missing"),
    [(FULL, "renormalise"), *((GAPPY, r) for r in ("renormalise", "flat", "zero", "redistribute"))],
    ids=["full", "renormalise", "flat", "zero", "redistribute"],
)
@pytest.mark.parametrize("method", EXAMPLES, ids=repr)
def test_a_block_of_draws_agrees_with_a_loop(method, values, missing):
    rng = np.random.default_rng(6)
    draws = {"": rng.dirichlet([1, 1], 3), "p": rng.dirichlet([1, 1], 3)}
    for place in levels(method):
        made = setup(values, place, missing=missing, normalise="zscore:100:10")
        try:
            batch = Batch(made)
        except MethodError as error:
            assert "gaps" in str(error)  # noqa: PT017  the only reason to be refused here
            assert not np.array_equal(values, FULL)
            continue
        found = batch.scores(draws)
        ranks = batch.ranks(found, draws)
        for draw in range(3):
            one = reweighted(made, {name: weights[draw] for name, weights in draws.items()})
            single = score(one.figures, one.framework, one.methodology)
            np.testing.assert_allclose(
                found[draw], single.scores[batch.scored], rtol=1e-9, atol=1e-9
            )
            np.testing.assert_array_equal(ranks[draw], single.ranks[batch.scored])


def reweighted(made, weights):
    """Return a setup with other weights of the pillars and within them, of the same sum."""

    def weighed(pillar):
        children = tuple(weighed(c) if isinstance(c, Pillar) else c for c in pillar.children)
        total = sum(child.weight for child in children)
        own = [total * part for part in weights.get(pillar.id, [])] or [c.weight for c in children]
        pairs = zip(children, own, strict=True)
        return replace(pillar, children=tuple(replace(c, weight=w) for c, w in pairs))

    framework = replace(made.framework, root=weighed(made.framework.root))
    return Setup(made.figures, framework, made.methodology)


@pytest.mark.parametrize("method", EXAMPLES, ids=repr)
def test_draws_take_what_the_pace_of_a_method_says(method, monkeypatch):
    """What is asked of the children in many draws, and how units are held against each other."""
    asked = set()

    def spied(owner, name, what):
        own = getattr(owner, name)
        monkeypatch.setattr(owner, name, lambda *a, **k: (asked.add(what), own(*a, **k))[1])

    spied(DrawnChildren, "quantiles", "values")
    spied(DrawnChildren, "stacked", "values")
    spied(UnitGroup, "_stacked", "units")
    for module in (flows, votes):
        spied(module, "over_others", "pairs")
    spied(votes, "beaten", "pairs")
    for module in (flows, votes):
        if hasattr(module, "added_up"):
            spied(module, "added_up", "units")
    spied(UnitGroup, "_called", "each")
    (place, *_) = levels(method)
    Batch(setup(FULL, place)).scores({"p": np.array([[0.3, 0.7], [0.9, 0.1]])})
    assert asked <= {method.pace} if method.pace == "products" else asked == {method.pace}
    assert (method.pace == "each") is not method.batched


@pytest.mark.parametrize("below", ["topsis", "promethee", "borda"])
def test_a_block_counts_units_that_have_a_pillar_but_no_score(below):
    made = setup(GAPPY, f"arithmetic/{below}", missing="missing-if-any")
    batch = Batch(made)
    draws = {"p": np.array([[0.3, 0.7], [0.9, 0.1]])}
    for draw, found in enumerate(batch.scores(draws)):
        one = reweighted(made, {"": [1, 2], "p": draws["p"][draw]})
        single = score(one.figures, one.framework, one.methodology)
        np.testing.assert_allclose(found, single.scores[batch.scored], rtol=1e-12)
    assert batch.scored.size == 4


def test_a_block_leaves_out_units_that_are_short_of_a_pillar():
    coverage = {"country": 0, "pillar": 0.6, "below": "missing"}
    made = setup(GAPPY, "arithmetic/borda:gaps=pairs", coverage=coverage)
    batch = Batch(made)
    expected = batch.ranking.scores[batch.scored]
    np.testing.assert_allclose(batch.scores({})[0], expected, rtol=1e-12)


@pytest.fixture
def no_work(monkeypatch):
    """Make any work a failure."""

    def worked(*_):
        pytest.fail("Something was computed.")

    monkeypatch.setattr(normalise.Normalisation, "__call__", worked)


@pytest.mark.usefixtures("no_work")
@pytest.mark.parametrize(
    ("aggregate", "settings", "complaint"),
    [
        ("kemeny", {}, r"^p: The kemeny aggregation only ranks.*kemeny/arithmetic"),
        ("arithmetic/copeland", {}, r"^p: The copeland aggregation only ranks"),
        ("vikor", {}, r"^p: The vikor aggregation only ranks"),
        (
            "geometric",
            {"normalise": "zscore:0:1"},
            r"^p: .*below zero, and the normalisation zscore",
        ),
        (
            "geometric/arithmetic",
            {"normalise": "zscore:-5:1"},
            r"^the index: The geometric aggregation is not defined .* and the normalisation zscore",
        ),
        ("harmonic/minimum", {"normalise": "zscore:0"}, r"^the index: The harmonic aggregation"),
        (
            "mazziotta-pareto",
            {"normalise": "zscore:0:1"},
            r"^p: The mazziotta-pareto aggregation .*zscore:100:10",
        ),
        ("power:2/promethee", {}, r"^the index: The power .* an aggregation beneath it leads to"),
        ("owa:0.5,0.3,0.2", {}, r"^p: The owa aggregation has 3 weights for 2 children"),
        ("arithmetic/owa:best-3", {}, r"^p: The owa aggregation takes the best 3 of 2 children"),
    ],
)
def test_what_cannot_go_together_is_refused_before_any_work(aggregate, settings, complaint):
    with pytest.raises(MethodError, match=complaint):
        scored(FULL, aggregate, **settings)


@pytest.mark.parametrize(
    ("aggregate", "settings"),
    [
        ("geometric", {"normalise": "zscore"}),
        ("geometric:floor=1", {"normalise": "zscore:0:1"}),
        ("geometric/topsis", {"normalise": "zscore:0:1"}),
        ("power:1", {"normalise": "zscore:0:1"}),
        ("kemeny/arithmetic", {"normalise": "zscore:0:1"}),
        ("mazziotta-pareto", {"normalise": "zscore"}),
        ("owa:0.7,0.3/owa:most", {}),
    ],
)
def test_what_goes_together_is_scored(aggregate, settings):
    assert np.isfinite(scored(FULL, aggregate, **settings).scores).all()


def test_open_normalisations_suit_the_index_of_mazziotta_and_pareto():
    plain = scored(FULL, "mazziotta-pareto", normalise="zscore")
    stated = scored(FULL, "mazziotta-pareto", normalise="zscore:100:10")
    np.testing.assert_array_equal(plain.scores, stated.scores)
    assert 80 < plain.scores.mean() < 100


def test_positions_count_children_that_have_a_weight():
    made = setup(FULL, "arithmetic/owa:0.6,0.4")
    root = made.framework.root
    wide = replace(
        root.children[1], children=(*root.children[1].children[:2], Indicator("e", "e", 0))
    )
    tree = replace(made.framework, root=replace(root, children=(root.children[0], wide)))
    assert np.isfinite(score(made.figures, tree, made.methodology).scores).all()


@pytest.mark.parametrize("method", ["topsis", "vikor", "promethee", "borda", "copeland", "kemeny"])
def test_gaps_are_refused_with_their_number_and_every_mend_works(method):
    aggregate = f"{method}/arithmetic"
    rows = np.delete(GAPPY, 4, axis=0)
    rows = np.vstack([rows, [NAN, NAN, 1, 2, 3]])
    expected = f"the index: The {method} aggregation needs every value .* 1 unit has gaps"
    with pytest.raises(MethodError, match=expected) as refused:
        scored(rows, aggregate)
    assert np.isfinite(scored(rows, aggregate, impute="mean").scores).all()
    assert np.isfinite(scored(rows, aggregate, missing="zero").scores).all()
    assert np.isnan(scored(rows, aggregate, missing="missing-if-any").scores).any()
    pairs = re.search(r"\((\w+:gaps=pairs)\)", str(refused.value))
    assert bool(pairs) is (method not in ("topsis", "vikor"))
    if pairs:
        assert np.isfinite(scored(rows, f"{pairs[1]}/arithmetic").scores).all()


def test_remarks_of_rankings_are_notes_of_the_index():
    notes = [str(note) for note in scored(FULL, "kemeny/arithmetic").notes]
    assert any("pairwise votes agree with the order, proven" in note for note in notes)
    assert any("one child has 67% of the weight" in note for note in notes)
    assert any("compromise" in str(note) for note in scored(FULL, "vikor/arithmetic").notes)


@pytest.mark.parametrize("missing", ["redistribute", "flat"])
@pytest.mark.parametrize("name", ["borda", "copeland", "promethee", "kemeny"])
def test_pairs_by_what_both_have_need_weights_in_proportion(name, missing):
    aggregate = [{"method": name, "gaps": "pairs"}, "arithmetic"]
    with pytest.raises(MethodError, match=rf"{name} .*the rule {missing} .*missing to renormalise"):
        scored(GAPPY, aggregate, missing=missing)
    assert scored(GAPPY, aggregate, missing="renormalise").scores.size == 7
    assert scored(FULL, [name, "arithmetic"], missing=missing).scores.size == 7
