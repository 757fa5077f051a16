"""The cheapest amounts of functions whose answers are worked by hand, and held beside a grid."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower.engine.exact.cheapest import cheapest


def test_a_linear_function_takes_what_gives_most_first():
    # 3 u + v = 5 with u up to 1: u = 1, v = 2.
    found = cheapest(lambda u: 3 * u[0] + u[1] - 5, np.array([1.0, 10.0]))
    assert found.amounts == pytest.approx([1, 2])
    assert found.bound == pytest.approx(3)
    assert found.concave


def test_the_least_squares_lie_along_the_slope():
    # (3, 1) t with 10 t = 5: (1.5, 0.5), of length sqrt(2.5); u up to 1 leaves (1, 2).
    def measure(u):
        return 3 * u[0] + u[1] - 5

    found = cheapest(measure, np.array([9.0, 9.0]), "squares")
    assert found.amounts == pytest.approx([1.5, 0.5])
    assert found.bound == pytest.approx(np.sqrt(2.5))
    bounded = cheapest(measure, np.array([1.0, 9.0]), "squares")
    assert bounded.amounts == pytest.approx([1, 2])


def test_a_geometric_mean_is_reached_by_tangents():
    # sqrt((1 + u) (1 + v)) = 2 is cheapest at u = v = 1.
    found = cheapest(lambda u: np.sqrt((1 + u[0]) * (1 + u[1])) - 2, np.array([9.0, 9.0]))
    assert found.bound == pytest.approx(2, rel=1e-5)
    assert found.concave


def test_a_function_that_bends_upwards_is_told():
    found = cheapest(lambda u: u[0] ** 2 + u[1] / 10 - 1, np.array([2.0, 2.0]))
    assert not found.concave


@settings(max_examples=30)
@given(
    gains=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 4)), min_size=3, max_size=3),
    share=st.floats(0.1, 0.95),
)
def test_nothing_on_a_grid_is_cheaper_than_the_bound(gains, share):
    # Each amount counts up to a level, and no more beyond, as where outliers are winsorised.
    slope, level = np.array(gains, dtype=float).T
    aim = share * float(slope @ level)

    def measure(u):
        return float(slope @ np.minimum(u, level)) - aim

    limits = level + 1
    found = cheapest(measure, limits)
    assert measure(found.amounts) >= -1e-6 * aim
    assert found.concave
    grid = np.array(list(product(*(np.linspace(0, top, 9) for top in limits))))
    enough = grid[[measure(point) >= 0 for point in grid]]
    assert (enough.sum(axis=1) >= found.bound - 1e-6).all()
