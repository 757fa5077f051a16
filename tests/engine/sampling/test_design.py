"""How many draws each setup has, and how many of them share their figures."""

from hypothesis import given
from hypothesis import strategies as st

from helpers.hand_made import figures_of, leaf, tree
from softpower.engine.sampling.design import Sweep, apportioned
from softpower.engine.sampling.perturb import noise
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.methods.sample import Bounds


def test_draws_of_figures_share_weights_where_there_are_many_of_these():
    setup = Setup(figures_of({"a": [1.0, 2, 3]}), tree(leaf("a")), Methodology())
    rounding = noise(setup, {}, everywhere=1.0, errors=False)
    shared = {5_003: 5, 250: 1, 1_000_000: 100}
    for draws, each in shared.items():
        assert Sweep((setup,), Bounds(), figure_sampling=rounding, draws=draws).shared == each


def test_draws_are_apportioned_by_the_largest_remainders():
    assert apportioned(7, (1, 1, 1)) == [3, 2, 2]
    assert apportioned(10, (2, 1)) == [7, 3]
    assert apportioned(2, (1, 5, 1)) == [0, 2, 0]


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=20))
def test_every_draw_goes_to_somebody_and_nobody_is_off_by_one(seats, weights):
    shares = apportioned(seats, weights)
    assert sum(shares) == seats
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - seats * weight / sum(weights)) < 1
