"""Coverage is counted in shares of indicators."""

import numpy as np
import pytest
from pydantic import ValidationError

from softpower.methods.coverage import Coverage, share_available

NAN = float("nan")


def test_the_share_of_figures_is_counted_by_unit():
    # Units A to D of an example with pillar A (a1, a2, a3), of which D has one figure in three.
    figures = np.array([[0.9, 0.5, 0.1], [0.2, 0.4, 0.8], [0.6, NAN, 0.7], [NAN, NAN, 0.3]])
    np.testing.assert_allclose(share_available(figures), [1, 1, 2 / 3, 1 / 3], rtol=1e-15)


def test_nothing_to_have_is_all_there():
    assert share_available(np.zeros((2, 0))).tolist() == [1, 1]


@pytest.mark.parametrize("field", ["country", "pillar"])
def test_a_threshold_is_a_share(field):
    assert Coverage(**{field: 0}) != Coverage(**{field: 1})
    for share in (-0.01, 1.01):
        with pytest.raises(ValidationError, match="Input should be"):
            Coverage(**{field: share})


def test_two_thirds_of_all_and_half_of_each_pillar_are_asked_for_by_default():
    assert (Coverage().country, Coverage().pillar, Coverage().below) == (0.65, 0.5, "unranked")
