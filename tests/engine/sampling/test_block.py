"""Ranks and places of draws, sorted in whole numbers, against ranks worked out one by one."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.kernels import kernels, with_kernel
from softpower.engine.ranking import RankVector
from softpower.engine.sampling.block import Block
from softpower.engine.sampling.draws import FigureDraws
from softpower.methods.ties import rank

RULES = ["competition", "modified", "dense", "average", "ordinal"]


def block_of(scores, ties="competition"):
    names = tuple(f"u{i}" for i in range(scores.shape[1]))
    return Block(0, RankVector(names), ties, len(scores), FigureDraws(scores, ties))


def counted(ranks, ties):
    """Return how often each unit has each place, one after the other."""
    n = ranks.shape[1]
    step = 2 if ties == "average" else 1
    counts = np.zeros((n, step * (n - 1) + 1), dtype=int)
    for row in ranks:
        for unit, place in enumerate(row):
            counts[unit, round(step * (place - 1))] += 1
    return counts


@st.composite
def nearly_tied(draw):
    """Scores of few values, each moved by next to nothing: by less or more than what ties."""
    units, draws = draw(st.integers(2, 9)), draw(st.integers(1, 5))
    cells = st.tuples(st.integers(-3, 9), st.integers(-9, 9), st.integers(8, 17))
    rows = draw(st.lists(st.lists(cells, min_size=units, max_size=units), min_size=draws))
    factor = draw(st.sampled_from([1.0, 1e-9, 1e6]))
    return factor * np.array([[whole + k * 10.0**-at for whole, k, at in row] for row in rows])


@settings(deadline=None, max_examples=400)
@given(nearly_tied(), st.sampled_from(RULES))
def test_units_are_ranked_and_counted_as_their_scores_say_however_near_these_are(scores, ties):
    block = block_of(scores, ties)
    expected = rank(scores, ties)
    np.testing.assert_array_equal(block.ranks, expected)
    np.testing.assert_array_equal(block.counts(), counted(expected, ties))
    by_order = np.take_along_axis(expected, block.order, axis=1)
    assert (np.diff(by_order, axis=1) >= 0).all()


@pytest.mark.parametrize("apart", [4e-13, 5e-14])
def test_scores_that_agree_in_twelve_digits_tie(apart):
    scores = 0.5 + apart * np.random.default_rng(1).random((64, 6))
    np.testing.assert_array_equal(block_of(scores).ranks, 1)


@pytest.mark.parametrize("ties", RULES)
@pytest.mark.parametrize("draws", [3, 400])
def test_places_listed_and_places_counted_are_the_same(ties, draws):
    """A few draws of many units are listed one by one, many draws of few units are counted."""
    scores = np.random.default_rng(3).integers(0, 200, (draws, 40)).astype(float)
    block = block_of(scores, ties)
    assert (block.places().counts is None) == (draws == 3)
    np.testing.assert_array_equal(block.counts(), counted(rank(scores, ties), ties))


@pytest.mark.parametrize("ties", RULES)
def test_units_that_are_held_against_each_other_are_ahead_as_their_ranks_say(ties):
    scores = np.random.default_rng(4).integers(0, 9, (50, 12)).astype(float)
    walk = [7, 2, 7, 5, 0, 11]
    ranks = rank(scores, ties)
    steps = list(pairwise(walk))
    wins = [np.count_nonzero(ranks[:, a] < ranks[:, b]) for a, b in steps]
    level = [np.count_nonzero(ranks[:, a] == ranks[:, b]) for a, b in steps]
    ahead = np.array(wins) + 0.5 * np.array(level)
    for found in (None, *kernels()):  # compiled when they are asked for, and not by each collection
        counted = with_kernel(found, lambda: block_of(scores, ties).counted(walk=walk))
        np.testing.assert_array_equal(counted.ahead, ahead, err_msg=str(found))
