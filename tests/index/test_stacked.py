"""Several patches are one where they do not contradict each other."""

import pytest

from softpower.errors import UsageError
from softpower.index.stacked import stack
from softpower.index.variant import Patch


def test_patches_are_stacked_key_by_key():
    first = Patch(methodology={"normalise": "zscore"}, weights={"a": 1}, omit={"pillars": ["x"]})
    second = Patch(
        methodology={"ties": "dense", "normalise": "zscore"},
        weights={"b": 2},
        omit={"pillars": ["y"], "countries": ["France"]},
        indicators={"gold": {"direction": "lower"}},
        framework="elements",
    )
    both = stack([("@first", first), ("@second", second)])
    assert both.methodology == {"normalise": "zscore", "ties": "dense"}
    assert both.weights == {"a": 1, "b": 2}
    assert both.omit.pillars == ("x", "y")
    assert both.omit.countries == ("France",)
    assert both.framework == "elements"
    assert both.indicators["gold"].direction == "lower"
    assert not stack([])


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        ({"framework": "a"}, {"framework": "b"}, "framework"),
        ({"methodology": {"ties": "dense"}}, {"methodology": {"ties": "average"}}, "ties"),
        ({"weights": {"a": 1}}, {"weights": {"a": 2}}, "weights.a"),
        (
            {"indicators": {"a": {"direction": "lower"}}},
            {"indicators": {"a": {"direction": "higher"}}},
            "indicators.a.direction",
        ),
    ],
)
def test_patches_that_disagree_are_refused(one, other, key):
    patches = [("@one", Patch(**one)), ("@other", Patch(**other))]
    with pytest.raises(UsageError, match=f"@one and @other disagree about {key}"):
        stack(patches)


def test_two_fields_of_one_indicator_may_come_from_two_patches():
    one = Patch(indicators={"a": {"direction": "lower"}})
    other = Patch(indicators={"a": {"transform": "log"}})
    change = stack([("@one", one), ("@other", other)]).indicators["a"]
    assert (change.direction, change.transform.name()) == ("lower", "log")
