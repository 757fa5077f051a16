"""A methodology is changed by the keys that a person writes, and says what does not fit."""

import pytest

from softpower.errors import UsageError
from softpower.index.methodology import Methodology
from softpower.index.settings import patched
from softpower.methods.aggregate import Arithmetic, Geometric, Power, WeightedMedian
from softpower.methods.normalise import GoalpostScale, MinMax, ZScore


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"normalise": "zscore"}, "normalise", ZScore()),
        ({"normalize": "minmax:1:10"}, "normalise", MinMax(low=1, high=10)),
        ({"normalise": "zscore:center=median"}, "normalise", ZScore(centre="median")),
        ({"normalise.low": 5}, "normalise", MinMax(low=5)),
        ({"normalise": {"high": 10}}, "normalise", MinMax(high=10)),
        ({"normalise": "goalposts:clip=false"}, "normalise", GoalpostScale(clip=False)),
        ({"aggregate": "geometric/arithmetic"}, "aggregate", (Geometric(), Arithmetic())),
        ({"aggregate": ["power:2", "median"]}, "aggregate", (Power(p=2), WeightedMedian())),
        ({"aggregate.1": "geometric"}, "aggregate", (Geometric(), Arithmetic())),
        ({"aggregate.top": "geometric"}, "aggregate", (Geometric(), Arithmetic())),
        ({"aggregate.2": "geometric"}, "aggregate", (Arithmetic(), Geometric(), Arithmetic())),
        ({"round": 2}, "round", 2),
        ({"round": "none"}, "round", None),
        ({"ties": "dense"}, "ties", "dense"),
    ],
)  # fmt: skip
def test_a_field_of_the_methodology_is_changed(changes, field, value):
    after = patched(Methodology(), changes)
    assert getattr(after, field) == value
    rest = {name: item for name, item in after if name != field}
    assert rest == {name: item for name, item in Methodology() if name != field}


def test_one_parameter_changes_and_the_others_stay():
    before = Methodology(normalise={"method": "goalposts", "low": 1, "clip": False})
    after = patched(before, {"normalise.high": 10, "coverage.country": 0.9})
    assert after.normalise == GoalpostScale(low=1, high=10, clip=False)
    assert (after.coverage.country, after.coverage.pillar) == (0.9, 0.5)


def test_nothing_changed_is_the_same_value():
    before = Methodology()
    assert patched(before, {}) is before


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"normalisation": "zscore"}, "no setting 'normalisation'. Did you mean normalise"),
        ({"normalise": "zscroe"}, 'normalise: There is no method "zscroe". Did you mean zscore'),
        ({"normalise.lwo": 1}, 'has no parameter "lwo". Did you mean low'),
        ({"aggregate.0": "median"}, "Levels count from 1 at the top"),
        ({"aggregate.99": "median"}, "Levels count from 1 at the top"),
        ({"aggregate.first": "median"}, "Levels count from 1 at the top"),
        ({"ties.kind": "dense"}, "no setting 'ties.kind'"),
        ({"coverage.country": 65}, "65 is too large. Write a number of at most 1"),
        ({"round": "two"}, 'whole number, but it is "two"'),
        ({"": 1}, "no setting ''"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(changes, message):
    with pytest.raises(UsageError, match=message):
        patched(Methodology(), changes)
