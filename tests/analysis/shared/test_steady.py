"""How many pairs keep their order under any weights of the pillars, worked out by hand."""

import pytest

import softpower
from helpers.imaginary_index import write


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("steady")))


def told(places, **changes):
    run = softpower.load(places, set={"normalise": "minmax", **changes})
    return [note for note in softpower.score(run).notes if note.startswith("Whatever")]


def test_places_of_which_each_is_ahead_in_one_pillar_have_no_firm_pair(places):
    assert told(places) == [
        "Whatever the weights of the 2 pillars, 0.0 % of 3 pairs keep their order."
    ]


def test_a_pillar_whose_low_scores_are_good_is_turned_before_it_counts(places):
    # Its scores are 100, 36.7 and 0, as those of arts are in order, and low ones are good.
    turned = told(places, **{"pillars.trade.direction": "lower"})
    assert "0.0 % of 3 pairs" in turned[0]


@pytest.mark.parametrize("changes", [{"aggregate": "borda"}, {"renormalise": "rank"}])
def test_nothing_is_said_where_scores_are_no_mean_of_the_values_as_they_are(places, changes):
    assert told(places, **changes) == []


def test_nothing_is_said_of_one_pillar_or_of_published_scores(places):
    assert told(f"{places}@no-arts") == []
    assert not [note for note in softpower.score("gspi-2026").notes if "Whatever" in note]


def test_the_first_twenty_are_told_apart():
    note = softpower.score("elcano-2021").notes[-1]
    assert note.startswith("Whatever the weights of the 3 pillars, ")
    assert "of 11,325 pairs keep their order; of those among the first 20, " in note
    assert note.endswith("% of 190.")
