"""Coverage is counted in shares of indicators."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pydantic import ValidationError

from softpower.methods.coverage import Coverage, Evidence

NAN = float("nan")


def evidence(figures, zero_fill=None):
    figures = np.array(figures, dtype=float)
    return Evidence.of(figures, ~np.isnan(figures), zero_fill or [False] * figures.shape[1])


def test_the_share_of_figures_is_counted_by_unit():
    # Units A to D of an example with pillar A (a1, a2, a3), of which D has one figure in three.
    figures = [[0.9, 0.5, 0.1], [0.2, 0.4, 0.8], [0.6, NAN, 0.7], [NAN, NAN, 0.3]]
    np.testing.assert_allclose(evidence(figures).shares(), [1, 1, 2 / 3, 1 / 3], rtol=1e-15)


def test_nothing_to_have_is_all_there():
    assert evidence(np.zeros((2, 0))).shares().tolist() == [1, 1]


def test_a_zero_of_a_list_counts_neither_as_a_figure_nor_as_a_gap():
    # Two lists, a count and a rate: a zero of the count is a figure like any other.
    figures = [[0, 0, 0, NAN], [0, 3, NAN, NAN], [2, 1, NAN, NAN], [0, 0, 5, 1]]
    known = evidence(figures, [True, True, False, False])
    np.testing.assert_allclose(known.shares(), [1 / 2, 1 / 3, 1 / 2, 1], rtol=1e-15)


def test_zeros_of_lists_alone_prove_nothing():
    known = evidence([[0, 0], [0, 1]], [True, True])
    assert known.shares().tolist() == [0, 1]
    assert known.reaches(0.0).tolist() == [True, True]


def test_to_a_pillar_a_zero_of_a_list_is_a_value():
    known = evidence([[0, NAN, 1], [0, 0, NAN], [1, NAN, NAN]], [True, True, False])
    assert known.values.shares().tolist() == [2 / 3, 2 / 3, 1 / 3]
    assert known.values.short(0, "Culture") == "has figures for 2 of 3 indicators in Culture"


def test_a_unit_that_is_short_is_told_how_many_of_how_many():
    known = evidence([[0, NAN, 1], [0, 0, NAN], [1, NAN, 1]], [True, True, False])
    assert known.short(0) == "has figures for 1 of 2 indicators, 1 zero of lists aside"
    assert known.short(1, "Culture") == (
        "has figures for 0 of 1 indicators in Culture, 2 zeros of lists aside"
    )
    assert known.short(2) == "has figures for 2 of 3 indicators"


@given(
    arrays(float, (4, 5), elements=st.sampled_from([0.0, 1.0, NAN])),
    st.lists(st.booleans(), min_size=5, max_size=5),
)
@settings(max_examples=50)
def test_a_zero_of_a_list_never_brings_a_unit_over_a_threshold(figures, zero_fill):
    with_zeros = evidence(figures, zero_fill)
    without = np.where(with_zeros.silent, NAN, figures)
    kept = [[j for j in range(5) if not with_zeros.silent[i, j]] for i in range(4)]
    for i, columns in enumerate(kept):
        alone = np.mean(~np.isnan(without[i, columns])) if columns else 0.0
        assert with_zeros.shares()[i] == pytest.approx(alone, rel=1e-12)


@pytest.mark.parametrize("field", ["country", "pillar"])
def test_a_threshold_is_a_share(field):
    assert Coverage(**{field: 0}) != Coverage(**{field: 1})
    for share in (-0.01, 1.01):
        with pytest.raises(ValidationError, match="Input should be"):
            Coverage(**{field: share})


def test_two_thirds_of_all_and_half_of_each_pillar_are_asked_for_by_default():
    assert (Coverage().country, Coverage().pillar, Coverage().below) == (0.65, 0.5, "unranked")
