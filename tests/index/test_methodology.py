"""A methodology is a plain value: it can be written down, read back and compared."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from softpower.index.find import shipped, shipped_folder
from softpower.index.methodology import Methodology
from softpower.index.reading.folder import read

CHOICES = {
    "coverage": [{}, {"country": 0}, {"pillar": 1, "below": "missing"}],
    "treat": ["none", "winsorise", {"method": "winsorise", "points": 3}, "log:all"],
    "impute": ["none", "mean", "median:raw", "group-mean:income"],
    "missing": ["renormalise", "missing-if-any"],
    "normalise": [
        "none", "minmax", "minmax:1:100", {"method": "goalposts", "clip": False}, "rank:min",
        "zscore", {"method": "zscore", "centre": "median", "ddof": 0}, "percentile:ecdf",
        "share-of-max:high=1", "ratio:Germany", "relative-difference:target",
        "distance-to-target", "distance-to-reference:Atlantis:0:1", "robust:spread=iqr", "borda",
        "logistic:normal", "quantile-band:4", "above-below:0.1", "log-minmax:shift=none",
        {"method": "oecd-band", "cuts": [50], "values": [1, 2]},
        "mazziotta-pareto-adjusted:over=all-periods",
    ],
    "weight": ["given", "equal", "equal-per-pillar"],
    "aggregate": [
        "arithmetic", "geometric/arithmetic", ["power:2", {"method": "median", "kind": "lower"}],
        {"method": "harmonic", "floor": 1},
    ],
    "scale": ["none", "minmax:0:1", "ratio:Germany"],
    "round": [None, "none", 0, 3],
    "ties": ["competition", "modified", "dense", "average", "ordinal"],
    "constant": ["error", "drop", "mid"],
}  # fmt: skip
"""Ways to write each field."""


@settings(derandomize=True, deadline=None, max_examples=150)
@given(st.fixed_dictionaries({}, optional={k: st.sampled_from(v) for k, v in CHOICES.items()}))
def test_a_methodology_is_read_back_as_it_was(stated):
    methodology = Methodology.model_validate(stated)
    assert Methodology.model_validate(methodology.model_dump()) == methodology
    assert Methodology.model_validate_json(methodology.model_dump_json()) == methodology
    assert Methodology.model_validate(methodology.model_dump(mode="json")) == methodology


@pytest.mark.parametrize("name", shipped())
def test_the_methodology_of_a_shipped_index_is_read_back_as_it_was(name):
    methodology = read(shipped_folder() / name).methodology
    assert Methodology.model_validate(methodology.model_dump()) == methodology


def test_nothing_stated_is_the_default():
    assert Methodology() == Methodology.model_validate({})
    assert Methodology().normalise.name() == "minmax"
    assert Methodology().round is None


def test_a_methodology_cannot_be_changed():
    with pytest.raises(ValidationError, match="frozen"):
        Methodology().ties = "dense"


def test_deeper_levels_have_the_last_aggregation():
    methodology = Methodology(aggregate=["geometric", "median"])
    names = [methodology.aggregation_at(level).name() for level in range(4)]
    assert names == ["geometric", "median", "median", "median"]


@pytest.mark.parametrize(
    ("scale", "lacking"),
    [
        ("goalposts", "goalposts"),
        ("distance-to-target", "target"),
        ("minmax:over=all-periods", "history"),
        ("mazziotta-pareto-adjusted:target:over=all-periods", "target and no history"),
    ],
)
def test_scores_are_not_rescaled_by_what_only_indicators_state(scale, lacking):
    with pytest.raises(ValidationError, match=f"cannot rescale scores, which have no {lacking}"):
        Methodology(scale=scale)


@pytest.mark.parametrize(
    ("aggregate", "low", "mean"), [("arithmetic", 0, 0), ("geometric", 1, 100), ("median", 0, 0)]
)
def test_what_is_left_open_follows_the_aggregation(aggregate, low, mean):
    minmax = Methodology(aggregate=aggregate).settled(positive=False)
    zscore = Methodology(aggregate=aggregate, normalise="zscore").settled(positive=False)
    assert minmax.normalise.low == low
    assert zscore.normalise.mean == mean
