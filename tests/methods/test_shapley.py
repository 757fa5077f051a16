"""The Shapley value against voting games, published shares and brute force over all orders."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower.methods.shapley import first_in, last_in, shapley


def over_all_orders(value, players):
    """Return the mean of what each player adds over all orders, one order at a time."""
    shares = np.zeros((players, *np.shape(value[0])))
    orders = list(permutations(range(players)))
    for order in orders:
        mask = 0
        for player in order:
            shares[player] += np.asarray(value[mask | 1 << player]) - np.asarray(value[mask])
            mask |= 1 << player
    return shares / len(orders)


@st.composite
def games(draw):
    players = draw(st.integers(1, 5))
    numbers = st.floats(-1e6, 1e6)
    rows = draw(st.lists(st.tuples(numbers, numbers), min_size=2**players, max_size=2**players))
    return players, [np.array(row) for row in rows]


@settings(derandomize=True, max_examples=40, deadline=None)
@given(games())
def test_the_shares_are_the_mean_over_all_orders_and_sum_to_the_total(game):
    players, value = game
    shares = shapley(value)
    size = max(1.0, float(np.abs(value).max()))
    assert np.allclose(shares, over_all_orders(value, players), rtol=0, atol=1e-12 * size)
    assert np.allclose(shares.sum(axis=0), value[-1] - value[0], rtol=0, atol=1e-12 * size)


def test_votes_of_50_49_and_1_are_two_thirds_and_twice_a_sixth_of_the_power():
    # The textbook voting game [51; 50, 49, 1]: Shapley & Shubik (1954) give each pivot its share.
    votes = [50, 49, 1]
    value = [float(sum(v for i, v in enumerate(votes) if mask >> i & 1) >= 51) for mask in range(8)]
    assert shapley(value) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_three_choices_move_singapore_as_enumerated_on_the_handbook_data():
    # Ranks of Singapore on the OECD/JRC Handbook's TAI data under each subset of three choices:
    # min-max for goalposts (bit 0), AHP for equal weights (bit 1), geometric mean (bit 2).
    ranks = [8, 12, 6, 6, 18, 18, 13, 17]
    assert shapley(ranks) == pytest.approx([2.66666666667, -2.83333333333, 9.16666666667])
    assert first_in(ranks).tolist() == [4, -2, 10]
    assert last_in(ranks).tolist() == [4, -1, 11]


def test_a_player_that_adds_nothing_gets_nothing():
    value = [float((mask & 0b1011).bit_count() ** 2) for mask in range(16)]
    assert shapley(value)[2] == 0


def test_arrays_are_shared_out_element_by_element():
    value = [np.full((3, 2), float(mask)) for mask in range(8)]
    shares = shapley(value)
    assert shares.shape == (3, 3, 2)
    assert np.allclose(shares, np.array([1, 2, 4])[:, None, None])
    assert first_in(value).shape == last_in(value).shape == (3, 3, 2)


def test_an_outcome_that_is_missing_leaves_its_element_missing_and_no_other():
    value = [np.array([float(mask), float(mask)]) for mask in range(4)]
    value[1][0] = np.nan
    shares = shapley(value)
    assert np.isnan(shares[:, 0]).all()
    assert shares[:, 1].tolist() == [1, 2]


def test_nobody_to_share_among_and_one_alone():
    assert shapley([3.0]).shape == (0,)
    assert shapley([3.0, 5.0]).tolist() == [2.0]


def test_twelve_players_still_sum_to_the_total():
    value = np.random.default_rng(1).normal(size=(4096, 5)) * 100
    shares = shapley(list(value))
    assert np.abs(shares.sum(axis=0) - (value[-1] - value[0])).max() < 1e-9


@pytest.mark.parametrize("count", [0, 3, 6])
def test_outcomes_that_are_not_one_per_coalition_are_refused(count):
    with pytest.raises(ValueError, match="not one for each of 2\\^k"):
        shapley([1.0] * count)
