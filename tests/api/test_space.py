"""Admissible weights are stated in plain words, or as numbers, and mean the same."""

import pytest

import softpower
from helpers.imaginary_index import write
from softpower.api.space import stated_space
from softpower.errors import UsageError
from softpower.methods.space import WeightSpace


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("space")))


@pytest.mark.parametrize(
    ("stated", "text"),
    [
        ({"within": 25}, "within=25%"),
        ({"within": "25%"}, "within=25%"),
        ({"within": " 12.5 "}, "within=12.5%"),
        ({"bounds": {"a": (10, 40)}}, "a=10..40"),
        ({"bounds": ["a=10%..40%", "b=..5"]}, "a=10..40,b=0..5"),
        ({"bounds": "a=20"}, "a=20"),
        ({"ratio": {"a/b": (1, 2)}}, "a/b=1..2"),
        ({"ratio": "a/b=0.5.."}, "a/b=0.5.."),
        ({"order": "a >= b >= c"}, "a>=b>=c"),
        ({"order": ["a ≤ b", "c>=d"]}, "b>=a,c>=d"),
    ],
)
def test_what_is_stated_is_written_as_it_can_be_typed(stated, text):
    space = stated_space(**stated)
    assert space.written() == text
    assert WeightSpace.parse([text]) == space


def test_nothing_stated_is_no_space():
    assert stated_space() is None


def test_draws_of_stated_weights_are_the_same_for_any_number_of_threads(places):
    answers = [
        softpower.robustness(places, bounds="arts=45..60", draws=3_000, threads=threads)
        for threads in (1, 2)
    ]
    assert answers[0] == answers[1]
    # Uniform from 0.45 to 0.6, and Atlantis is first above 0.475: in five of six draws.
    rows = {row["country"]: row for row in answers[0].table("neighbours").records()}
    assert rows["Atlantis"]["share"] == pytest.approx(5 / 6, abs=0.03)


def test_what_is_stated_goes_with_weights_that_are_stated(places):
    one = softpower.robustness(places, weights="arts=45..70", bounds="trade=40..", draws=500)
    other = softpower.robustness(places, bounds=["arts=45..70", "trade=40.."], draws=500)
    assert one.table("robustness") == other.table("robustness")


@pytest.mark.parametrize("weights", ["dirichlet:50", "bounds:25", "none"])
def test_no_other_way_to_draw_goes_with_what_is_stated(places, weights):
    with pytest.raises(UsageError, match="drawn evenly from all of which is true"):
        softpower.robustness(places, weights=weights, within=10)


@pytest.mark.parametrize("levels", ["all", "indicators"])
def test_bounds_of_pillars_leave_the_weights_within_them(places, levels):
    if levels == "indicators":
        with pytest.raises(UsageError, match="which does not vary"):
            softpower.robustness(places, bounds="arts=45..60", levels=levels)
    else:
        answer = softpower.robustness(places, bounds="arts=45..60", levels=levels, draws=100)
        facts = {row["fact"]: row["value"] for row in answer.table("design").records()}
        assert facts["Varied"] == "2 weights (arts=45..60)"
