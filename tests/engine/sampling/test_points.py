"""Ranks at points of a design, against scoring each point by itself."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.hand_made import figures_of, leaf, node, tree
from softpower.engine.sampling.perturb import Perturbation
from softpower.engine.sampling.points import RankEvaluator, SamplePoints
from softpower.engine.sampling.tables import Tables
from softpower.engine.score import score
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Framework
from softpower.methods.sample import Bounds

COLUMNS = {"a": [1, 5, 2, 4, 3], "b": [9, 2, 7, 1, 4], "c": [3, 6, 3, 4, None]}
TREE = tree(leaf("a", 2), node("p", leaf("b"), leaf("c", 3), weight=3))
UNITS = ("E", "D", "C", "B", "A")


def setup(**methodology):
    coverage = {"country": 1 if methodology.pop("strict", False) else 0, "pillar": 0}
    return Setup(figures_of(COLUMNS), TREE, Methodology(coverage=coverage, **methodology))


SETUPS = (setup(), setup(normalise="zscore:0:1", aggregate="geometric"), setup(strict=True))
"""The second is refused; the third leaves unit E without a rank."""


def ranks_of(figures, framework, methodology):
    return score(figures, framework, methodology).ranks[::-1]


@pytest.mark.parametrize("threads", [1, 2, None])
def test_without_anything_drawn_a_point_has_the_ranks_of_its_setup(threads):
    setups = np.array([2, 0, 1, 2, 0])
    points = SamplePoints(setups, np.zeros((5, 0)), np.zeros(5, dtype=int))
    assert len(points) == 5
    found = RankEvaluator(SETUPS, UNITS).ranks(points, threads)
    for row, position in zip(found, setups, strict=True):
        expected = np.full(5, np.nan)
        if position != 1:
            own = SETUPS[position]
            expected = ranks_of(own.figures, own.framework, own.methodology)
        np.testing.assert_array_equal(row, expected)


def test_coordinates_are_those_of_the_weights_they_stand_for():
    axes = [("p", "c"), ("", "p"), ("", "a"), ("p", "b")]
    pillars = (("", "p"), ("", "p"), ("p",))
    field = RankEvaluator(SETUPS, UNITS, Bounds(percent=90), pillars, axes)
    u = np.random.default_rng(2).random((60, 4))
    setups = np.arange(60) % 3
    found = field.ranks(SamplePoints(setups, u, np.zeros(60, dtype=int)))
    root = TREE.root
    for row, position, at in zip(found, setups, u, strict=True):
        if position == 1:
            assert np.isnan(row).all()
            continue
        inner = Bounds(percent=90).from_uniform(at[None, [3, 0]], np.array([0.25, 0.75]))[0]
        outer = np.array([0.4, 0.6])
        if position == 0:
            outer = Bounds(percent=90).from_uniform(at[None, [2, 1]], outer)[0]
        a, p = root.children
        b, c = p.children
        below = replace(b, weight=inner[0]), replace(c, weight=inner[1])
        p = replace(p, weight=outer[1], children=below)
        moved = replace(root, children=(replace(a, weight=outer[0]), p))
        own = SETUPS[position]
        expected = ranks_of(own.figures, Framework("main", "T", moved), own.methodology)
        np.testing.assert_array_equal(row, expected)
    assert len(np.unique(found[setups == 0], axis=0)) > 3


def test_a_draw_of_figures_depends_on_its_number_only():
    shake = Perturbation({"a": 6.0})
    field = RankEvaluator(SETUPS, UNITS, figure_sampling=shake, seed=4)
    draws = np.array([3, 1, 3, 2])
    found = field.ranks(SamplePoints(np.array([0, 0, 2, 0]), np.zeros((4, 0)), draws))
    for row, position, draw in zip(found, (0, 0, 2, 0), draws, strict=True):
        own = SETUPS[position]
        figures = shake(own.figures, np.random.default_rng([4, draw]))
        np.testing.assert_array_equal(row, ranks_of(figures, own.framework, own.methodology))


MANY = (setup(), setup(normalise="zscore:50:10", aggregate="geometric"))


def test_weights_and_figures_that_vary_together_are_those_of_each_point(monkeypatch):
    shake = Perturbation({"a": 6.0, "b": 3.0})
    axes, pillars = [("p", "b"), ("p", "c")], (("p",), ("p",))
    u = np.random.default_rng(2).random((40, 2))
    points = SamplePoints(np.arange(40) % 2, u, np.arange(40) // 3)

    def ranks():
        given = (Bounds(percent=90), pillars, axes, shake)
        return RankEvaluator(MANY, UNITS, *given, seed=4).ranks(points)

    together = ranks()
    monkeypatch.setattr(Tables, "fits", lambda *given: not given)
    np.testing.assert_array_equal(together, ranks())
    assert len(np.unique(together, axis=0)) > 5
    a, p = TREE.root.children
    b, c = p.children
    for row in (0, 17, 39):
        inner = Bounds(percent=90).from_uniform(u[None, row], np.array([0.25, 0.75]))[0]
        below = replace(b, weight=inner[0]), replace(c, weight=inner[1])
        moved = replace(TREE.root, children=(a, replace(p, children=below)))
        own = MANY[row % 2]
        figures = shake(own.figures, np.random.default_rng([4, row // 3]))
        expected = ranks_of(figures, Framework("main", "T", moved), own.methodology)
        np.testing.assert_array_equal(together[row], expected)


def test_a_point_that_is_refused_leaves_its_neighbours_their_ranks():
    shake = Perturbation({"a": 6.0})
    own = setup(normalise="none", aggregate="geometric")
    points = SamplePoints(np.zeros(30, dtype=int), np.zeros((30, 0)), np.arange(30))
    field = RankEvaluator((own,), UNITS, figure_sampling=shake, seed=1)
    found = np.isnan(field.ranks(points)).all(axis=1)
    low = [shake(own.figures, np.random.default_rng([1, n])).values[:, 0].min() for n in range(30)]
    np.testing.assert_array_equal(found, np.array(low) < 0)
    assert 0 < found.sum() < 30
    assert "below zero" in field.refusal
