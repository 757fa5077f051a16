"""The figures that would have to change for three imaginary places: see ../reach/test_ask.py."""

import pytest

import softpower
from helpers.imaginary_index import write
from softpower.errors import UsageError


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("figures")))


def needed(answer):
    return answer.provenance["flip"]["figures"]


def test_a_figure_rises_until_the_mean_is_higher(places):
    # Lemuria has 48 and 48, Atlantis a mean of 50: either figure has to be above 52.
    answer = softpower.flip(places, ["Atlantis", "Lemuria"], figures=True)
    assert list(needed(answer)) == ["music", "ships"]
    assert all(52 < figure < 52.01 for figure in needed(answer).values())
    shares = [row["share"] for row in answer.table("figures").records()]
    assert shares == pytest.approx([4 / 70, 4 / 60], rel=1e-3)
    assert answer.holds


def test_nobody_is_asked_for_more_than_the_best_has_achieved(places):
    # Ruritania has 20 and 70, the most ships of all: only music can rise, to above 30.
    answer = softpower.flip(places, first="Ruritania", figures=True)
    assert list(needed(answer)) == ["music"]
    assert 30 < needed(answer)["music"] < 30.02
    assert softpower.flip(places, "Ruritania", rank=2, figures=True).provenance["flip"]["figures"][
        "music"
    ] == pytest.approx(26, abs=0.01)


def test_a_goal_that_no_single_figure_reaches_is_told(places):
    # Where ships alone count Lemuria can be level with Ruritania at most, which has the most.
    run = softpower.load(places, weights={"arts": 0})
    answer = softpower.flip(run, ["Ruritania", "Lemuria"], figures=True)
    assert list(needed(answer)) == []
    assert not answer.holds


def test_weights_have_no_say_about_figures(places):
    with pytest.raises(UsageError, match="lets weights be"):
        softpower.flip(places, ["Atlantis", "Lemuria"], figures=True, within=10)


def test_what_is_so_already_is_refused(places):
    with pytest.raises(UsageError, match="Atlantis is there already: rank 1"):
        softpower.flip(places, ["Lemuria", "Atlantis"], figures=True)


def test_figures_that_are_only_published_do_not_change():
    with pytest.raises(UsageError, match="it has no figures"):
        softpower.flip("gspi-2026", ["China", "Japan"], figures=True)
