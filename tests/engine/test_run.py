"""What a run says of itself."""

import softpower
from softpower.methods.normalise import MinMax


def test_what_decides_on_the_scale_of_scores_is_the_last_step_that_sets_one():
    assert softpower.load("gspi-2026").scale is None
    plain = softpower.load("open-soft-power", set={"normalise": "minmax:0:10"})
    assert plain.scale == MinMax(low=0, high=10)
    scaled = softpower.load("open-soft-power", set={"scale": "minmax:1:100"})
    assert scaled.scale == MinMax(low=1, high=100)
