"""Donors are the units nearest by Gower's distance, as worked out by hand and by scikit-learn."""

import numpy as np
import pytest

from helpers.imputations import FIGURES, NAN, filled, random_figures, sheet_of
from softpower.methods.impute import NearestNeighbour


def test_gaps_are_filled_as_in_the_worked_example():
    # B has i1 and i3 as C has i3: C is next to it, and so on.
    values, remarks = NearestNeighbour()(FIGURES, sheet_of(FIGURES))
    expected = FIGURES.copy()
    for at, figure in {(1, 1): 3, (2, 0): 2, (3, 2): 3, (5, 1): 14, (6, 2): 7}.items():
        expected[at] = figure
    np.testing.assert_array_equal(values, expected)
    assert remarks == {
        "i0": "U2 from U1",
        "i1": "U1 from U2, U5 from U6",
        "i2": "U3 from U4, U6 from U7",
    }


def gower(a, b, missing_values=NAN):
    """Return the mean difference of two units in what both have, scaled to a range of 1."""
    del missing_values
    shared = [abs(p - q) for p, q in zip(a, b, strict=True) if not np.isnan(p + q)]
    return sum(shared) / len(shared) if shared else NAN


@pytest.mark.parametrize("donors", [1, 3])
@pytest.mark.parametrize("seed", range(3))
def test_filling_agrees_with_scikit_learn_under_the_same_distance(seed, donors, proof):
    from sklearn.impute import KNNImputer

    x = random_figures(seed)[0]
    low, size = np.nanmin(x, axis=0), np.ptp(np.nan_to_num(x, nan=np.nanmean(x)), axis=0)
    other = KNNImputer(n_neighbors=donors, metric=gower)
    expected = low + size * other.fit_transform((x - low) / size)
    computed = filled(NearestNeighbour(donors=donors), x)
    proof(NearestNeighbour, "scikit-learn: KNNImputer", computed, expected, 1e-12)


def test_of_units_at_the_same_distance_the_first_gives_and_it_is_said():
    x = np.array([[1.0, 10.0], [3.0, 30.0], [2.0, NAN], [5.0, 50.0]])
    values, remarks = NearestNeighbour()(x, sheet_of(x))
    assert values[2, 1] == 10
    assert remarks["i1"] == "U2 from U0; 1 tie between donors went to the first"
    # Both of them give, where two do.
    values, remarks = NearestNeighbour(donors=2)(x, sheet_of(x))
    assert values[2, 1] == 20
    assert remarks["i1"] == "U2 from U0+U1"


def test_a_donor_has_so_many_indicators_in_common_as_are_asked_for():
    x = np.array([[1.0, NAN, 7.0], [1.5, 4.0, 8.0], [9.0, 9.0, 9.0], [1.0, 5.0, NAN]])
    assert filled(NearestNeighbour(), x)[3, 2] == 7
    assert filled(NearestNeighbour(shared=2), x)[3, 2] == 8
    values, remarks = NearestNeighbour(shared=3)(x, sheet_of(x))
    np.testing.assert_array_equal(values, x)
    assert remarks["i2"] == "1 figure left missing, for lack of a donor"


def test_an_indicator_without_differences_brings_nobody_nearer():
    x = np.array([[5.0, 0.0, 1.0], [5.0, 10.0, 2.0], [NAN, 4.0, 3.0], [5.0, NAN, NAN]])
    values = filled(NearestNeighbour(), x)
    assert np.isnan(values[3]).tolist() == [False, True, True]
    assert values[2, 0] == 5


def test_fewer_donors_than_asked_for_give_their_mean():
    x = np.array([[1.0, 10.0], [3.0, 30.0], [2.0, NAN]])
    assert filled(NearestNeighbour(donors=9), x)[2, 1] == 20
