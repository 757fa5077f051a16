"""The smallest changes that turn the order of three imaginary places: see reach/test_ask.py."""

import numpy as np
import pytest

import softpower
from helpers.imaginary_index import write
from softpower.analysis.flip import smallest
from softpower.engine.exact.changes import Change
from softpower.engine.exact.solver import Program
from softpower.errors import UsageError


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("flip")))


def words(answer):
    return {row["fact"]: row["value"] for row in answer.table("words").records()}


def weights(answer):
    return {row["id"]: row["then"] for row in answer.table("change").records()}


def test_a_pair_turns_where_the_lines_cross(places):
    answer = softpower.flip(places, ["Atlantis", "Lemuria"])
    told = words(answer)
    assert (
        told["In words"]
        == "Moving 2.51 points of weight from Arts to Trade puts Lemuria above Atlantis."
    )
    assert told["Smallest change"] == "5 points in sum (L1)"
    assert answer.provenance["flip"]["size"] == pytest.approx(0.05)
    assert 47.4 < weights(answer)["arts"] < 47.5
    ranking = softpower.load(places, weights=weights(answer)).score()
    assert ranking["Lemuria"].rank < ranking["Atlantis"].rank


def test_squares_of_two_weights_are_the_same_change_measured_otherwise(places):
    answer = softpower.flip(places, ["Atlantis", "Lemuria"], squares=True)
    assert answer.provenance["flip"]["size"] == pytest.approx(0.025 * 2**0.5)


@pytest.mark.parametrize("asked", [{"first": "Ruritania"}, {"country": "Ruritania", "rank": 1}])
def test_the_first_rank_is_reached_where_the_last_line_is_crossed(places, asked):
    answer = softpower.flip(places, **asked)
    assert words(answer)["In words"] == (
        "Moving 6.01 points of weight from Arts to Trade puts Ruritania first."
    )
    assert softpower.load(places, weights=weights(answer)).score()["Ruritania"].rank == 1


def test_a_rank_between_is_reached_earlier(places):
    answer = softpower.flip(places, "Ruritania", rank=2)
    assert answer.provenance["flip"]["size"] == pytest.approx(2 * (0.5 - 6 / 13))
    assert softpower.load(places, weights=weights(answer)).score()["Ruritania"].rank == 2


def test_what_no_weights_do_is_proven(places):
    answer = softpower.flip(places, ["Atlantis", "Lemuria"], within=4)
    assert not answer.holds
    # At 48 % Atlantis has 48.4, and Lemuria 48.
    assert words(answer)["In words"] == (
        "No admissible weights put Lemuria above Atlantis: under those that suit it best it is "
        "still 0.4 behind."
    )
    first = softpower.flip(places, first="Ruritania", within=10)
    assert words(first)["In words"].endswith("put Ruritania first: 2 is the best.")
    assert not first.holds


def test_what_time_runs_out_for_is_told_as_neither_found_nor_excluded(places, monkeypatch):
    monkeypatch.setattr(Program, "least_whole", lambda *_: (None, -np.inf))
    unknown = softpower.flip(places, "Ruritania", rank=2, seconds=7)
    assert unknown.provenance["flip"]["seconds"] == 7
    assert not unknown.complete
    assert words(unknown)["In words"].endswith("at rank 2 or better, but some may.")
    assert unknown.notes[0].startswith("Neither found nor excluded")
    assert unknown.provenance["flip"]["size"] is None


def test_weights_that_are_only_found_are_not_called_proven(places, monkeypatch):
    monkeypatch.setattr(
        smallest, "change_to_rank", lambda form, *_: Change(form.region.nominal, np.inf, 0.01)
    )
    answer = softpower.flip(places, first="Lemuria")
    assert answer.holds
    assert not answer.complete
    assert words(answer)["Smallest change"] == "5 points in sum (L1)"
    assert "no change of less than 1.00 points" in answer.notes[0]


def test_every_place_is_held_against_the_next(places):
    rows = softpower.flip(places, all=True).table("flips").records()
    assert [row["next"] for row in rows] == ["Lemuria", "Ruritania"]
    assert [row["change"] for row in rows] == pytest.approx([5, 12])
    assert rows[0]["words"] == "from Arts to Trade"
    apart = softpower.flip(places, all=True, within=4)
    assert [row["words"] for row in apart.table("flips").records()] == ["nothing", "nothing"]
    assert "2 of 2 pairs keep their order" in apart.notes[1]
    assert apart.notes[0].endswith("points are the sum of all changes.")


@pytest.fixture(name="changed")
def _changed(tmp_path):
    def write_figures(*rows):
        index = write(tmp_path)
        (index / "figures.csv").write_text("\n".join(("unit,music,ships", *rows)) + "\n")
        return str(index)

    return write_figures


def test_who_is_level_is_said_to_move_by_next_to_nothing(changed):
    level = changed("Mu,70,20", "Ruritania,20,70", "Lemuria,50,50", "Atlantis,50,50")
    told = words(softpower.flip(level, ["Mu", "Ruritania"]))
    assert told["In words"] == (
        "Moving 0.01 points of weight from Arts to Trade puts Ruritania above Mu."
    )
    never = words(softpower.flip(level, ["Lemuria", "Atlantis"]))
    assert never["To be level"] == "0 points in sum (L1)"
    rows = softpower.flip(level, all=True).table("flips").records()
    assert [row["words"] for row in rows] == [
        "nothing",
        "from Trade to Arts",
        "next to nothing: they are level",
    ]


def test_who_has_no_figures_under_the_nearest_weights_is_not_ranked_there(changed):
    gaps = changed("Atlantis,90,", "Lemuria,48,48", "Ruritania,,70", "Mu,70,20")
    told = words(softpower.flip(gaps, ["Atlantis", "Ruritania"]))
    assert told["Atlantis"] == "rank 1, then not ranked"


def test_who_is_never_first_is_told_how_far_behind(places):
    # From 47 % of arts on Lemuria has 48 and Ruritania 46.5 at most.
    answer = softpower.flip(places, first="Ruritania", bounds="arts=47..100")
    assert answer.notes[0] == "Ruritania is 1.5 points or more behind the first under all of them."
    assert answer.provenance["flip"]["behind"] == pytest.approx(1.5)
    assert not answer.holds


def test_two_countries_are_turned_whichever_is_named_first(places):
    asked = softpower.flip(places, ["Atlantis", "Lemuria"])
    turned = softpower.flip(places, ["Lemuria", "Atlantis"])
    already = "Atlantis is above Lemuria already (rank 1 and 2)"
    note = f"{already}: this is what puts Lemuria above Atlantis."
    assert turned.notes == (note, *asked.notes)
    assert (turned.title, turned.tables) == (asked.title, asked.tables)
    assert turned.provenance == asked.provenance


@pytest.mark.parametrize(
    ("asked", "complaint"),
    [
        ({}, "It is not said what is to change"),
        ({"country": "Atlantis"}, "It is not said what is to change"),
        ({"country": ["Lemuria", "Atlantis"], "rank": 2}, "More than one change is asked for"),
        ({"country": ["Lemuria", "Lemuria"]}, "compared with itself"),
        ({"country": "Lemuria", "rank": 2}, "Lemuria is at rank 2 already"),
        ({"country": "Ruritania", "rank": 2, "squares": True}, "for the first rank"),
    ],
)
def test_what_makes_no_sense_is_refused(places, asked, complaint):
    with pytest.raises(UsageError, match=complaint):
        softpower.flip(places, **asked)
