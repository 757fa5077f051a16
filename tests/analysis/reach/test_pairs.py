"""What holds for all admissible weights: on paper, and as published figures have it."""

import pytest

import softpower
from helpers.imaginary_index import write
from softpower.errors import UsageError


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("pairs")))


def test_among_six_pillars_as_many_pairs_hold_as_elsewhere():
    # Own figures, worked out elsewhere: a closed form against linear programs.
    run = softpower.load("open-soft-power@without-media")
    facts = {
        row["fact"]: row["value"]
        for row in softpower.reach(run, pairs=True).table("settings").records()
    }
    assert facts["Pairs"] == "17,391 of 187 units"
    assert facts["Hold for all these weights"] == "46.3 % (8,060)"
    assert facts["Hold until 25% is in others"].startswith("85.4 %")
    twenty = softpower.reach(run, pairs=True, top=20).table("settings").records()
    assert twenty[2]["value"] == "3.2 % (6)"


def test_a_ranking_says_how_many_pairs_hold_whatever_the_weights():
    notes = softpower.score("open-soft-power@without-media").notes
    assert notes[-1] == (
        "Whatever the weights of the 6 pillars, 46.3 % of 17,391 pairs keep their order; of those "
        "among the first 20, 3.2 % of 190."
    )


def test_pairs_on_paper(places):
    answer = softpower.reach(places, pairs=True)
    pair = answer.table("pairs").records()[0]
    assert (pair["first"], pair["second"], pair["holds"]) == ("Atlantis", "Lemuria", "either")
    assert pair["belief"] == pytest.approx(0.05)
    assert pair["weights"] == pytest.approx(0.525)
    assert pair["orders"] == 0.5
    assert [row["average_rank"] for row in answer.table("order").records()] == [2, 2, 2]


def test_bounds_decide_pairs_and_draw_the_diagram(places):
    answer = softpower.reach(places, pairs=True, bounds="arts=48..60")
    assert [row["holds"] for row in answer.table("pairs").records()] == ["always"] * 3
    assert [row["tier"] for row in answer.table("order").records()] == [1, 2, 3]
    assert answer.charts[0].covers == ((0, 1), (1, 2))
    assert answer.provenance["reach"]["space"] == ["arts=48..60"]


def test_an_order_of_weights_decides_pairs_by_programs(places):
    answer = softpower.reach(places, pairs=True, order="arts >= trade")
    assert [row["holds"] for row in answer.table("pairs").records()] == ["always"] * 3


def test_weights_outside_the_stated_ones_turn_a_pair_for_good(places):
    answer = softpower.reach(
        places, pairs=True, bounds="arts=..45", country=["Atlantis", "Lemuria"]
    )
    (pair,) = answer.table("pairs").records()
    assert (pair["first"], pair["holds"], pair["belief"]) == (
        "Atlantis",
        "never",
        pytest.approx(0.05),
    )


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({"country": "Atlantis"}, "no pair to compare"),
        ({"all": True, "top": 2}, "goes without"),
        ({"seconds": 3}, "`seconds` has no effect"),
    ],
)
def test_what_makes_no_sense_is_refused(places, asked, complaint):
    with pytest.raises(UsageError, match=complaint):
        softpower.reach(places, pairs=True, **asked)


def test_units_that_are_level_under_all_weights_are_told_as_such(tmp_path):
    index = write(tmp_path)
    figures = (index / "figures.csv").read_text(encoding="utf-8")
    (index / "figures.csv").write_text(figures + "Mu,48,48\n", encoding="utf-8")
    pairs = softpower.reach(str(index), pairs=True).table("pairs").records()
    (level,) = [row for row in pairs if {row["first"], row["second"]} == {"Lemuria", "Mu"}]
    assert (level["holds"], level["belief"]) == ("level", None)
    assert (level["weights"], level["orders"]) == (0.5, pytest.approx(0.5))
