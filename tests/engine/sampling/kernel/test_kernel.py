"""The compiled kernel against numpy: the same counts, whatever the figures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import softpower
from helpers.hand_made import figures_of, leaf, node, tree
from helpers.kernels import some_kernels, with_kernel
from softpower.engine.sampling.batch import Batch
from softpower.engine.sampling.design import Sweep
from softpower.engine.sampling.sweep import sweep
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.methods.sample import Bounds, Simplex
from softpower.render.jsonfile import to_json


def trees(direction):
    """Return trees of several depths, of indicators of which high or low figures are good."""
    a, b, c, d = (leaf(name, direction=direction) for name in "abcd")
    return (
        tree(a, b, c, d),
        tree(node("p", a, b), c, node("q", d)),
        tree(node("p", node("r", a, b), c), d),
    )


RULES = ("renormalise", "zero", "missing-if-any", "flat", "redistribute")


@st.composite
def setups(draw):
    """Few or many units with ties, gaps and duplicates, in trees of several depths."""
    units = draw(st.sampled_from([1, 2, 3, 5, 17, 40, 130]))
    seed = draw(st.integers(0, 10_000))
    generator = np.random.default_rng(seed)
    steps = draw(st.sampled_from([2, 9, 1e15]))
    values = 1.0 + np.floor(generator.random((units, 4)) * steps)
    values[generator.random(values.shape) < draw(st.sampled_from([0.0, 0.1, 0.4]))] = np.nan
    values[0] = 1.0
    if draw(st.booleans()):
        values[units // 2 :] = values[: units - units // 2]
    shift = draw(st.sampled_from([0.0, 1e9]))
    columns = {name: (shift + values[:, k]).tolist() for k, name in enumerate("abcd")}
    direction = draw(st.sampled_from([1, -1]))
    method = Methodology(
        normalise="none",
        missing=draw(st.sampled_from(RULES)),
        ties=draw(st.sampled_from(["competition", "average", "ordinal"])),
        direction="higher" if direction > 0 else "lower",
        aggregate=draw(st.sampled_from(["arithmetic", "geometric"])),
        coverage={"country": 0},
    )
    return Setup(figures_of(columns), draw(st.sampled_from(trees(direction))), method)


def found(setup, sampling, draws, seed):
    """Return all that a block counts."""

    def tally(block):
        units = range(len(block.units))
        walk = [*units, *reversed(units[:-1])]
        counted = block.counted(3, walk)
        clear = np.delete(counted.first, counted.tied, axis=1)
        ranks = block.ranks
        first = [np.argsort(np.delete(ranks, counted.tied, axis=0), axis=1)[:, :3].T, clear]
        return block.counts().tolist(), counted.ahead.tolist(), first, ranks.tolist()

    (outcome,) = sweep(Sweep((setup,), sampling, draws=draws, seed=seed), tally, threads=1)
    return outcome.value


@settings(deadline=None, max_examples=60)
@given(setups(), st.sampled_from([Bounds(), Simplex(), Bounds(percent=100)]), st.integers(1, 9))
def test_the_kernel_counts_what_numpy_counts(setup, sampling, seed):
    plain = with_kernel(None, lambda: found(setup, sampling, 200, seed))
    for kernel in some_kernels():
        ours = with_kernel(kernel, lambda: found(setup, sampling, 200, seed))
        assert ours[:2] == plain[:2]
        assert ours[3:] == plain[3:]
        np.testing.assert_array_equal(ours[2][0], ours[2][1])


def spread(units, shape):
    """Return figures of many units: evenly spread, all but one close together, or many the same."""
    values = np.random.default_rng(units).normal(size=(units, 3))
    if shape == "one far away":
        values[0] = 1e6
    if shape == "many alike":
        values = np.round(values, 1)
    return Setup(
        figures_of({name: values[:, k].tolist() for k, name in enumerate("abc")}),
        tree(*(leaf(name) for name in "abc")),
        Methodology(normalise="none"),
    )


@pytest.mark.parametrize("shape", ["even", "one far away", "many alike"])
@pytest.mark.parametrize("units", [900, 1600])
def test_many_units_are_counted_as_numpy_counts_them(units, shape):
    setup, draws = spread(units, shape), 40
    plain = with_kernel(None, lambda: found(setup, Simplex(), draws, 1))
    for kernel in some_kernels():
        ours = with_kernel(kernel, lambda: found(setup, Simplex(), draws, 1))
        assert ours[0] == plain[0]
        assert ours[1] == plain[1]
        assert ours[3] == plain[3]
        np.testing.assert_array_equal(ours[2][0], ours[2][1])


def test_an_answer_is_the_same_for_any_threads_with_and_without_the_kernel(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    run, kernel = softpower.load("open-soft-power"), some_kernels()[0]

    def answer(threads):
        return to_json(softpower.robustness(run, draws=2_500, threads=threads, acceptability=True))

    first, *others = (
        with_kernel(found, lambda threads=threads: answer(threads))
        for found, threads in ((None, 1), (None, 3), *((kernel, n) for n in (1, 2, 3, 7)))
    )
    assert all(other == first for other in others)


def test_the_kernel_adds_up_an_index_with_gaps_itself():
    batch = Batch(softpower.load("open-soft-power").setup)
    assert np.isnan(batch.y).any()
    assert batch.tree is not None


@pytest.mark.parametrize("setting", [{"round": 1}, {"aggregate": "geometric"}, {"scale": "rank"}])
def test_scores_that_are_no_weighted_means_are_left_to_numpy(setting):
    assert Batch(softpower.load("open-soft-power", set=setting).setup).tree is None
