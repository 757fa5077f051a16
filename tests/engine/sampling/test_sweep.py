"""Blocks of draws: every draw counted once, and the same whatever the number of threads."""

from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from threading import Barrier

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import softpower
from softpower.engine.sampling.cached import lockfree_cached_property
from softpower.engine.sampling.counting import Counter
from softpower.engine.sampling.design import Sweep
from softpower.engine.sampling.order import ordered, places
from softpower.engine.sampling.perturb import noise, published
from softpower.engine.sampling.sweep import Failed, sweep, workers
from softpower.engine.sampling.tables import Tables
from softpower.engine.sampling.workspace import Workspace
from softpower.engine.score import score
from softpower.errors import MethodError
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.methods.sample import Bounds, Dirichlet, Simplex
from softpower.methods.ties import rank

from helpers.hand_made import (  # isort: skip
    ALL_COUNT,
    Shaken,
    figures_of,
    leaf,
    node,
    tree,
)

SETUP = softpower.load("open-soft-power").setup


def counted(design, threads):
    return [
        (outcome.setup, outcome.draws, outcome.value)
        for outcome in sweep(design, lambda block: block.counts().tobytes(), threads=threads)
    ]


@pytest.mark.parametrize("sampling", [Bounds(), Dirichlet(), Simplex()])
def test_the_number_of_threads_changes_nothing(sampling, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    design = Sweep((SETUP, softpower.load("open-soft-power@zscore").setup), sampling, draws=3001)
    lockfree_cached_property = counted(design, 1)
    assert sum(draws for _, draws, _ in lockfree_cached_property) == 3001
    assert counted(design, 2) == lockfree_cached_property == counted(design, 5)


@pytest.mark.parametrize(
    ("asked", "processors", "threads"),
    [(None, 4, 4), (1, 4, 1), (3, 4, 3), (256, 4, 4), (None, None, 1), (2, None, 1)],
)
def test_there_are_no_more_threads_than_processors(asked, processors, threads, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: processors)
    assert workers(asked) == threads


@pytest.mark.parametrize(
    "settings",
    [
        {"missing": "flat"},
        {"missing": "redistribute", "round": 1},
        {"aggregate": "mazziotta-pareto"},
        {"aggregate": "mean-min", "scale": "zscore"},
    ],
)
def test_the_number_of_threads_changes_nothing_under_any_method(settings, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    setup = softpower.load("open-soft-power", set=settings).setup
    design = Sweep((setup,), Bounds(), draws=1201)

    def parts(threads):
        found = sweep(design, lambda block: block.counts().tobytes(), threads=threads)
        return [tuple(outcome) for outcome in found]

    alone = parts(1)
    assert all(parts(threads) == alone for threads in (2, 3, 7))


def test_draws_that_are_refused_leave_the_others_together():
    figures = figures_of({"a": [-1.0, 4.0, 3.0], "b": [3.0, 2.0, 1.0]})
    method = Methodology(normalise="none", aggregate="mazziotta-pareto", coverage={"country": 0})
    design = Sweep((Setup(figures, tree(leaf("a"), leaf("b")), method),), Simplex(), draws=400)

    def weights(block):
        assert block.scores.shape == (block.draws, 3)
        return block.weights[""].copy()

    outcomes = list(sweep(design, weights, threads=1))
    failed = [each for each in outcomes if isinstance(each, Failed)]
    (whole,) = (each.value for each in outcomes if not isinstance(each, Failed))
    assert {each.draws for each in failed} == {1}
    assert len(failed) + len(whole) == 400
    # -a + 3 (1 - a) is above zero where a is below three quarters.
    assert whole[:, 0].max() < 0.75
    assert 60 < len(failed) < 140
    assert "1 unit has one that is not above zero" in failed[0].reason


def test_another_seed_gives_other_draws():
    one, other = (counted(Sweep((SETUP,), Bounds(), draws=10, seed=s), 1) for s in (1, 2))
    assert one != other


def test_places_are_counted_as_ranks_say():
    def both(block):
        return block.counts(), block.ranks, block.scores, block.order

    (outcome,) = sweep(Sweep((SETUP,), Simplex(), draws=300), both, threads=1)
    counts, ranks, scores, order = outcome.value
    np.testing.assert_array_equal(ranks, rank(scores))
    for unit in (0, 7, counts.shape[0] - 1):
        expected = np.bincount(ranks[:, unit].astype(int) - 1, minlength=counts.shape[1])
        np.testing.assert_array_equal(counts[unit], expected)
    best = order[:, 0]
    np.testing.assert_array_equal(ranks[np.arange(300), best], 1)


@pytest.mark.parametrize("ties", ["competition", "average", "dense"])
def test_ties_are_counted_by_their_rule(ties):
    columns = {"a": [1, 5, 5, 9], "b": [2, 7, 7, 1]}
    setup = Setup(figures_of(columns), tree(leaf("a"), leaf("b")), Methodology(ties=ties))

    def both(block):
        return block.counts(), block.ranks

    (outcome,) = sweep(Sweep((setup,), Simplex(), draws=50), both, threads=1)
    counts, ranks = outcome.value
    assert (ranks[:, 1] == ranks[:, 2]).all()
    assert counts.sum(axis=1).tolist() == [50] * 4
    np.testing.assert_array_equal(counts[1], counts[2])


def test_without_anything_to_draw_every_setup_is_scored_once():
    setups = tuple(softpower.load(f"open-soft-power{v}").setup for v in ("", "@zscore", "@ranks"))
    outcomes = list(sweep(Sweep(setups, draws=999), lambda block: block.ranks, threads=2))
    assert [outcome.setup for outcome in outcomes] == [0, 1, 2]
    for setup, outcome in zip(setups, outcomes, strict=True):
        ranking = score(setup.figures, setup.framework, setup.methodology)
        np.testing.assert_array_equal(outcome.value[0], ranking.ranks[~np.isnan(ranking.ranks)])


def test_draws_that_a_method_refuses_are_counted():
    columns = {"a": [1.0, 2, 3], "b": [3.0, 1, 2]}
    bad = Setup(
        figures_of(columns),
        tree(leaf("a"), leaf("b")),
        Methodology(normalise="zscore:0:1", aggregate="geometric"),
    )
    outcomes = list(sweep(Sweep((bad,), Bounds(), draws=77), lambda _: 0, threads=1))
    assert [(type(each), each.draws) for each in outcomes] == [(Failed, 77)]
    assert "below zero" in outcomes[0].reason


def test_a_block_with_draws_that_fail_is_taken_apart():
    """The scores of every draw are counted once, and so is every draw that is refused."""
    design = Sweep((SETUP,), Simplex(), draws=300)
    (whole,) = sweep(design, lambda block: block.scores[:, 0].copy(), threads=1)
    high = np.sort(whole.value)[199:201].mean()

    def refusing(block):
        if (block.scores[:, 0] > high).any():
            raise MethodError("Too high.")
        return block.scores[0, 0]

    found = list(sweep(design, refusing, threads=1))
    assert [each.draws for each in found] == [1] * 300
    assert sum(isinstance(each, Failed) for each in found) == 100
    for each, value in zip(found, whole.value, strict=True):
        if value > high:
            assert each == Failed(0, 1, "Too high.")
        else:
            assert each.value == pytest.approx(value)


def test_setups_are_dealt_blocks_in_turn():
    design = Sweep((SETUP, softpower.load("hdi-2022").setup), Simplex(), draws=9_000)
    order = [outcome.setup for outcome in sweep(design, lambda _: 0, threads=2)]
    assert order[:6] == [0, 1, 0, 1, 0, 1]
    assert sum(o.draws for o in sweep(design, lambda _: 0, threads=1)) == 9_000


def test_units_with_the_same_figures_share_their_rank_whatever_is_missing():
    generator = np.random.default_rng(0)
    values = generator.normal(size=(40, 12))
    values[generator.random(values.shape) < 0.2] = np.nan
    values[20:] = values[:20]
    columns = {f"i{j}": [None if np.isnan(v) else v for v in x] for j, x in enumerate(values.T)}
    leaves = [leaf(name) for name in columns]
    coverage = {"country": 0, "pillar": 0}
    setup = Setup(figures_of(columns), tree(*leaves), Methodology(coverage=coverage))
    for outcome in sweep(Sweep((setup,), Simplex(), draws=3_000), lambda b: b.ranks.copy()):
        np.testing.assert_array_equal(outcome.value[:, :20], outcome.value[:, 20:])


def test_figures_can_be_drawn_anew():
    @Shaken
    def shaken(figures, generator):
        values = figures.values + generator.normal(size=figures.values.shape)
        return type(figures)(figures.units, figures.ids, values, figures.years, figures.sources)

    columns = {"a": [1.0, 2, 3], "b": [3.0, 1, 2]}
    setup = Setup(figures_of(columns), tree(leaf("a"), leaf("b")), Methodology())
    design = Sweep((setup,), figure_sampling=shaken, draws=40)
    ranks = np.vstack([o.value for o in sweep(design, lambda block: block.ranks, threads=2)])
    assert ranks.shape == (40, 3)
    assert np.ptp(ranks, axis=0).min() > 0


@pytest.mark.parametrize("shared", [1, 3])
def test_weights_and_figures_drawn_many_at_once_are_those_drawn_one_by_one(shared, monkeypatch):
    monkeypatch.setattr("softpower.engine.sampling.design.ENOUGH", 100 // shared)
    columns = {"a": [1.0, 2, 3, 7], "b": [3.0, 1, 2, 4], "c": [5.0, 4, None, 1]}
    branch = tree(leaf("a", 2), node("p", leaf("b"), leaf("c")))
    setups = tuple(
        Setup(figures_of(columns), branch, Methodology(coverage=ALL_COUNT, normalise=each))
        for each in ("minmax", "zscore")
    )
    rounding = noise(setups[0], {}, everywhere=2.0, errors=False)
    design = Sweep(setups, Bounds(), figure_sampling=rounding, draws=205)
    assert design.shared == shared

    def found():
        outcomes = list(sweep(design, taken, threads=1))
        own = [[each.value for each in outcomes if each.setup == k] for k in (0, 1)]
        parts = [zip(*values, strict=True) for values in own]
        return len(outcomes), [[np.vstack(part) for part in each] for each in parts]

    def taken(block):
        return block.ranks.copy(), block.weights[""], block.weights["p"]

    few, together = found()
    monkeypatch.setattr("softpower.engine.sampling.design.FEW", 0)
    many, prepared = found()
    monkeypatch.setattr(Tables, "fits", lambda *given: not given)
    each, alone = found()
    assert few < many / 9
    assert many == each
    for ways in zip(alone, together, prepared, strict=True):
        for same, *parts in zip(*ways, strict=True):
            for part in parts:
                np.testing.assert_array_equal(part, same)


def test_scores_that_are_drawn_themselves_rank_as_scoring_them_does():
    setup = published(softpower.load("gspi-2026"))
    rounding = noise(setup, {}, everywhere=0.1, errors=False)
    design = Sweep((setup,), figure_sampling=rounding, draws=20, seed=5)
    (outcome,) = sweep(design, lambda block: (block.ranks, block.counts()), threads=1)
    ranks, counts = outcome.value
    generator = np.random.default_rng(np.random.SeedSequence(5, spawn_key=(0,)))
    for draw in range(20):
        figures = rounding(setup.figures, generator)
        np.testing.assert_array_equal(
            ranks[draw], score(figures, setup.framework, setup.methodology).ranks
        )
    assert counts.sum() == 20 * ranks.shape[1]


@settings(deadline=None)
@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=300, unique=True),
    st.sampled_from([0.0, 1e3, 1e9]),
    st.integers(0, 99),
)
def test_keys_order_as_a_stable_sort_does(row, offset, seed):
    generator = np.random.default_rng(seed)
    scores = np.stack([generator.permutation(row) for _ in range(3)]) + offset
    largest = float(np.abs(scores).max())
    bounds = (float(scores.min()), float(scores.max()))
    order, close = ordered(scores, bounds, largest, Workspace())
    for draw in np.flatnonzero(~close):
        expected = np.argsort(-scores[draw], kind="stable")
        np.testing.assert_array_equal(order[draw], expected)


@pytest.mark.parametrize("spread", [100.0, 0.01])
def test_keys_leave_little_in_doubt(spread):
    """Scores apart by more than 1e-10 of the largest are told apart, those nearer are not."""
    generator = np.random.default_rng(1)
    scores = 50 + spread * generator.random((2000, 193))
    scores[:5, 7] = scores[:5, 8] + 1e-12
    bounds = (float(scores.min()), float(scores.max()))
    order, close = ordered(scores, bounds, bounds[1], Workspace())
    assert close[:5].all()
    nearest = np.diff(np.sort(scores, axis=1), axis=1).min(axis=1)
    assert not close[nearest > 1.01e-10 * bounds[1]].any()
    expected = np.argsort(-scores, axis=1, kind="stable")
    np.testing.assert_array_equal(order[~close], expected[~close])


@pytest.mark.parametrize("units", [1, 2, 193, 256, 257, 70_000])
def test_places_are_the_inverse_of_the_order(units):
    generator = np.random.default_rng(units)
    order = np.stack([generator.permutation(units) for _ in range(3)]).astype(np.int32)
    np.testing.assert_array_equal(places(order, Workspace()), np.argsort(order, axis=1))


@given(st.lists(st.integers(0, 12), min_size=1, max_size=60))
def test_cells_are_counted_but_for_those_beyond_the_table(cells):
    counter = Counter(len(cells), 12)
    for some in (cells, cells[::-1]):
        counter.cells[:] = some
        expected = np.bincount(cells, minlength=13)[:12]
        np.testing.assert_array_equal(counter.counts(), expected)


def test_two_threads_work_out_a_property_at_the_same_time():
    together = Barrier(2, timeout=20)

    class Something:
        times = 0

        @lockfree_cached_property
        def slow(self):
            """Wait for the other thread."""
            self.times += 1
            together.wait()
            return self.times

    both = Something(), Something()
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda each: each.slow, both)) == [1, 1]
    assert [each.slow for each in both] == [1, 1]
    assert Something.slow.__doc__ == "Wait for the other thread."


@Shaken
def failing(figures, generator):
    del figures, generator
    raise MethodError("Never.")


def test_a_sweep_of_which_every_draw_fails_stops_with_the_reason():
    setups = (SETUP, softpower.load("open-soft-power@zscore").setup)
    outcomes = sweep(Sweep(setups, figure_sampling=failing, draws=10**9), lambda block: block.draws)
    assert sum(outcome.draws for outcome in islice(outcomes, 1_000)) == 1_000
    with pytest.raises(MethodError, match=r"Each of the first 1,000 draws fails\. Never\."):
        next(outcomes)


def test_a_sweep_goes_on_where_another_setup_may_lead_to_a_ranking():
    hopeless = Setup(SETUP.figures, SETUP.framework, Methodology(weight="benefit-of-the-doubt"))
    design = Sweep((hopeless, SETUP), Bounds(), draws=5_000)
    found = list(sweep(design, lambda block: block.draws))
    assert sum(each.draws for each in found if isinstance(each, Failed)) == 2_500
    assert sum(each.draws for each in found if not isinstance(each, Failed)) == 2_500
