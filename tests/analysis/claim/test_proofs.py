"""What is proven of claims about three imaginary places: see ../reach/test_ask.py."""

import math

import pytest

import softpower
from helpers.imaginary_index import write
from softpower import defaults
from softpower.analysis.claim import proofs
from softpower.engine.exact.changes import Change

MOVING = "Moving {} points of weight from Arts to Trade"
MADE = f"{MOVING} makes it true."


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("proofs")))


@pytest.mark.parametrize(
    ("claim", "within", "word", "told"),
    [
        ("Atlantis > Lemuria", None, "some", f"{MOVING.format(2.5)} breaks it."),
        ("Lemuria > Atlantis", None, "some", MADE.format(2.5)),
        ("Atlantis > Lemuria", 4, "all", "No admissible weights break it."),
        ("Lemuria >= Atlantis", 4, "none", "No admissible weights make it true."),
        ("Lemuria in the top 2", None, "all", "No admissible weights break it."),
        ("Atlantis above Lemuria and Ruritania", None, "some", f"{MOVING.format(2.5)} breaks it."),
        ("Atlantis above Lemuria and Ruritania", 4, "all", "No admissible weights break it."),
        ("Lemuria above Atlantis and Ruritania", 4, "none", "No admissible weights make it true."),
        ("Lemuria above Atlantis and Ruritania", None, "some", MADE.format(2.5)),
        ("Ruritania above Atlantis and Lemuria", None, "some", MADE.format(6.0)),
        ("Atlantis and Ruritania > Lemuria", None, "none", "No admissible weights make it true."),
        ("Ruritania at worst 2nd", 10, "some", MADE.format(3.8)),
        ("Ruritania is 1st", 10, "none", "No admissible weights make it true."),
        ("Ruritania is 1st", None, "some", MADE.format(6.0)),
        ("Atlantis in the top 2", None, "some", f"{MOVING.format(3.8)} breaks it."),
        ("Lemuria is 2nd", None, "some", f"{MOVING.format(2.5)} breaks it."),
        ("Ruritania in the bottom 1", 10, "some", f"{MOVING.format(3.8)} breaks it."),
        ("Lemuria in the bottom 1", None, "none", "No admissible weights make it true."),
        ("Lemuria not in the bottom 1", None, "all", "No admissible weights break it."),
        ("Lemuria in the bottom 2", None, "some", f"{MOVING.format(2.5)} breaks it."),
        ("Atlantis beats Lemuria by 2 points", None, "some", ""),
        ("Atlantis beats Lemuria by 0.8 points", None, "some", f"{MOVING.format(1.5)} breaks it."),
        ("Atlantis beats Lemuria by 6 points", 9, "none", "No admissible weights make it true."),
        ("Ruritania beats Atlantis by 8 points", None, "some", MADE.format("10.0")),
        ("Atlantis beats Ruritania by 2 places", None, "some", f"{MOVING.format(2.5)} breaks it."),
        ("Atlantis beats Lemuria by 2 places", None, "none", "No admissible weights make it true."),
        ("Atlantis beats Lemuria by 1 place", 4, "all", "No admissible weights break it."),
        ("Ruritania beats Atlantis by 2 places", None, "some", MADE.format("6.0")),
    ],
)  # fmt: skip
def test_a_claim_holds_for_all_weights_for_none_or_turns_where_lines_cross(
    places, claim, within, word, told
):
    answer = softpower.claim(places, claim, within=within, draws=50)
    assert answer.table("claims").records()[0]["proven"] == word
    assert answer.table("words").records()[0]["value"].endswith(told)


def test_a_search_that_takes_too_long_says_so(places, monkeypatch):
    monkeypatch.setattr(defaults, "NODES", 0)
    answer = softpower.claim(places, "Lemuria is 2nd", draws=50)
    assert not answer.table("claims").records()[0]["proven"]
    told = (
        "No more is proven than a rank between 1 and 3 in 0 nodes of a program: "
        "softpower reach searches on."
    )
    assert answer.table("words").records()[0]["value"].endswith(told)


def test_a_change_whose_search_takes_too_long_is_not_told(places, monkeypatch):
    def late(form, *_, **__):
        return Change(form.region.nominal, math.inf, 0.0)

    monkeypatch.setattr(proofs, "change_to_rank", late)
    answer = softpower.claim(places, "Lemuria is 2nd", draws=50)
    assert answer.table("claims").records()[0]["proven"] == "some"
    told = "The smallest change is not found in 2,000 nodes: softpower flip searches on."
    assert answer.table("words").records()[0]["value"].endswith(told)


def test_nothing_is_proven_where_no_weights_are_asked_about(places):
    answer = softpower.claim(places, "Atlantis > Lemuria", weights="none")
    assert "proven" not in answer.table("claims").records()[0]


def test_a_methodology_that_is_not_linear_proves_nothing_and_says_why(places):
    run = softpower.load(places, set={"aggregate": "borda"})
    answer = softpower.claim(run, "Atlantis > Lemuria", draws=50)
    assert any(note.startswith("Nothing is proven for all weights") for note in answer.notes)


def test_what_is_proven_is_on_record(places):
    answer = softpower.claim(places, "Atlantis > Lemuria", draws=50)
    assert answer.provenance["proven"]["nodes"] == 2_000
    (claim,) = answer.provenance["proven"]["claims"]
    assert claim["for"] == "some"
    assert claim["smallest_change"] == pytest.approx(0.05)
