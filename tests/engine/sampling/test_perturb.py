"""Figures that are drawn: the whole distribution, not only that they vary."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from helpers.hand_made import figures_of, leaf, tree
from softpower.engine.sampling.perturb import Perturbation, least_figures, noise
from softpower.index.indicator_row import Denominator
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.methods.model import ABOVE_ZERO
from softpower.methods.normalise import Goalposts
from softpower.methods.transform import Cap, Log, Log1p, Log10, Sqrt

# At a fixed seed a right draw fails a Kolmogorov-Smirnov test at this level once in 100,000 seeds;
# at 20,000 draws the test sees a spread that is off by 5 %.
FALSE_ALARM = 1e-5
UNITS = 20_000


def drawn(column, **settings):
    """Return by how much the figures of a long column move, in two draws of half of it each."""
    figures = figures_of({"a": np.zeros(UNITS // 2), "b": np.full(UNITS // 2, 7.0)})
    if "error" in settings:
        spread = np.full(figures.values.shape, settings.pop("error"))
        figures = replace(figures, errors=spread)
    shake, generator = Perturbation(**settings), np.random.default_rng(5)
    j = figures.ids.index(column)
    moved = [shake(figures, generator).values[:, j] - figures.values[:, j] for _ in range(2)]
    return np.concatenate(moved)


@pytest.mark.parametrize("step", [0.1, 1.0, 25.0])
def test_a_rounded_figure_is_uniform_within_half_a_step(step):
    moved = drawn("a", rounding={"a": step})
    assert stats.kstest(moved, stats.uniform(-step / 2, step).cdf).pvalue > FALSE_ALARM
    assert np.abs(moved).max() <= step / 2
    assert not drawn("b", rounding={"a": step}).any()


@pytest.mark.parametrize("error", [0.1, 3.0])
def test_a_figure_with_a_standard_error_is_normal(error):
    moved = drawn("b", errors=True, error=error)
    assert stats.kstest(moved, stats.norm(0, error).cdf).pvalue > FALSE_ALARM
    assert not drawn("b", errors=False, error=error).any()


def test_rounding_and_standard_errors_add_up():
    moved = drawn("a", rounding={"a": 6.0}, errors=True, error=2.0)
    # The variance of a uniform figure is that of its width, 6, squared over 12.
    assert moved.var() == pytest.approx(6**2 / 12 + 2**2, rel=0.04)


def test_every_figure_moves_by_itself():
    figures = figures_of({"a": np.zeros(500), "b": np.zeros(500)})
    figures = replace(figures, errors=np.ones(figures.values.shape))
    for settings in ({"rounding": {"a": 2.0, "b": 2.0}}, {"errors": True}):
        moved = Perturbation(**settings)(figures, np.random.default_rng(2)).values
        assert len(np.unique(moved)) == 1_000


def test_a_figure_without_a_standard_error_stays_and_a_missing_one_stays_missing():
    figures = figures_of({"a": [1.0, 2.0, None], "b": [4.0, 5.0, 6.0]})
    errors = np.array([[0.5, np.nan], [np.nan, 0.0], [0.5, 0.5]])
    figures = replace(figures, errors=errors)
    moved = Perturbation(errors=True)(figures, np.random.default_rng(1)).values - figures.values
    still = np.array([[False, True], [True, True], [False, False]])
    np.testing.assert_array_equal(moved == 0, still)
    assert np.isnan(moved[2, 0])


def test_a_step_of_its_own_goes_before_that_of_all():
    columns = {"a": [1.0, 2.0], "b": [3.0, 4.0], "c": [5.0, 6.0]}
    setup = Setup(figures_of(columns), tree(leaf("a"), leaf("b")), Methodology())
    steps = noise(setup, {"b": 5.0}, everywhere=0.1, errors=False).rounding
    assert dict(steps) == {"a": 0.1, "b": 5.0}
    assert dict(noise(setup, {"b": 5.0}, everywhere=None, errors=False).rounding) == {"b": 5.0}


def test_noise_stays_within_what_a_figure_can_be():
    counts = np.array([0.0, 0.02, 0.04, 3.0])
    figures = figures_of({"a": np.tile(counts, 5_000)})
    setup = Setup(figures, tree(leaf("a", transform=Log1p())), Methodology())
    shake = noise(setup, {}, everywhere=0.1, errors=False)
    moved = shake(figures, np.random.default_rng(5)).values[:, 0].reshape(-1, 4)
    # Uniform within half a step, given that it is not below zero: 0 to 0.05, 0 to 0.07, 0 to 0.09.
    for column, low, width in zip(moved.T, (0, 0, 0, 2.95), (0.05, 0.07, 0.09, 0.1), strict=True):
        assert stats.kstest(column, stats.uniform(low, width).cdf).pvalue > FALSE_ALARM


def test_an_error_of_a_figure_that_is_not_below_zero_is_a_cut_normal():
    figures = figures_of({"a": np.full(UNITS, 1.0)})
    figures = replace(figures, errors=np.full(figures.values.shape, 2.0))
    setup = Setup(figures, tree(leaf("a", transform=Sqrt())), Methodology())
    shake = noise(setup, {}, everywhere=None, errors=True)
    moved = shake(figures, np.random.default_rng(5)).values[:, 0]
    expected = stats.truncnorm(-0.5, np.inf, loc=1.0, scale=2.0)
    assert stats.kstest(moved, expected.cdf).pvalue > FALSE_ALARM


INVERSE = {"method": "ratio", "lower": "inverse"}


@pytest.mark.parametrize(
    ("indicator", "methodology", "least"),
    [
        ({}, {}, {}),
        ({"transform": Log()}, {}, {"a": ABOVE_ZERO}),
        ({"transform": Log10()}, {}, {"a": ABOVE_ZERO}),
        ({"transform": Log1p()}, {}, {"a": 0.0}),
        ({"transform": Sqrt()}, {}, {"a": 0.0}),
        ({"transform": Cap(at=9)}, {}, {}),
        ({"goalposts": Goalposts(1, 9)}, {"normalise": "goalposts"}, {}),
        ({}, {"treat": "log"}, {}),
        ({}, {"treat": "log:all:none"}, {"a": ABOVE_ZERO}),
        ({}, {"treat": {"method": "box-cox", "shift": "none"}}, {"a": ABOVE_ZERO}),
        ({"transform": Log1p()}, {"treat": "log:all:none"}, {"a": 0.0}),
        ({}, {"normalise": {"method": "log-minmax", "shift": "none"}}, {"a": ABOVE_ZERO}),
        ({"direction": -1}, {"normalise": INVERSE}, {"a": ABOVE_ZERO}),
        ({}, {"normalise": INVERSE}, {}),
        ({}, {"normalise": "ratio:worst"}, {"a": ABOVE_ZERO}),
        ({}, {"normalise": "none", "aggregate": "geometric"}, {"a": 0.0}),
        ({}, {"normalise": "minmax", "aggregate": "geometric"}, {}),
        ({"denominator": Denominator(figure="people")}, {}, {"people": ABOVE_ZERO}),
    ],
)
def test_what_a_figure_can_be_follows_from_what_is_done_to_it(indicator, methodology, least):
    figures = figures_of({"a": [1.0, 2.0], "people": [3.0, 4.0]})
    setup = Setup(figures, tree(leaf("a", **indicator)), Methodology(**methodology))
    assert least_figures(setup) == least


def test_what_a_figure_can_be_is_what_all_setups_take():
    figures = figures_of({"a": [1.0, 2.0]})
    setups = [
        Setup(figures, tree(leaf("a", transform=transform)), Methodology())
        for transform in (Log1p(), None, Log(), Sqrt())
    ]
    assert noise(setups[0], {}, everywhere=1.0, errors=False).within(setups).least == {
        "a": ABOVE_ZERO
    }


def test_a_figure_that_is_beyond_from_the_start_is_let_be():
    figures = figures_of({"a": [-1.0, 2.0]})
    setup = Setup(figures, tree(leaf("a", transform=Log1p())), Methodology())
    shake = noise(setup, {}, everywhere=1.0, errors=False)
    moved = shake(figures, np.random.default_rng(1)).values[0, 0]
    assert moved != -1.0
    assert -1.5 <= moved <= -0.5


def test_a_zero_of_a_list_does_not_move():
    figures = figures_of({"a": [0.0, 2.0, None], "b": [0.0, 1.0, 2.0]})
    setup = Setup(figures, tree(leaf("a", zero_fill=True), leaf("b")), Methodology())
    moved = noise(setup, {}, everywhere=1.0, errors=False)(figures, np.random.default_rng(1))
    still = [[True, False], [False, False], [False, False]]
    np.testing.assert_array_equal(moved.values == figures.values, still)


def test_many_draws_are_those_of_their_generators_whatever_is_drawn_again():
    columns = {"a": [0.0, 0.2, None, 0.0], "b": [0.0, 7.0, 9.0, 1.0], "c": [0.0, 0.0, 5.0, 2.0]}
    figures = figures_of(columns)
    figures = replace(figures, errors=np.array([[np.nan, 2.0, 0.5]] * 4))
    shake = Perturbation({"a": 1.0, "c": 0.5}, errors=True, least={"a": 0.0, "b": 0.5, "c": 0.0})
    together = shake.many(figures, [np.random.default_rng(seed) for seed in range(9)])
    for seed in range(9):
        alone = shake(figures, np.random.default_rng(seed)).values
        np.testing.assert_array_equal(together[:, seed].T, alone)
        there = figures.values >= np.array([0.0, 0.5, 0.0])
        assert (alone >= np.array([0.0, 0.5, 0.0]))[there].all()
