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
    rows = answer.table("figures").records()
    assert [(row["figure"], row["needed"]) for row in rows] == [(48, 52.001), (48, 52.001)]
    assert [row["change"] for row in rows] == pytest.approx([4.001, 4.001])
    shares = [row["share"] for row in rows]
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


FAR = "unit,music,ships\nAtlantis,90,60\nLemuria,48,48\nRuritania,20,70\n"
"""Lemuria needs 54 more in sum to be first: music can give 42, ships 22."""


@pytest.fixture(name="far")
def _far(tmp_path):
    folder = write(tmp_path)
    (folder / "figures.csv").write_text(FAR, encoding="utf-8")
    return folder


def together(answer):
    return answer.provenance["flip"]["together"]


def test_the_cheapest_figures_together_take_the_one_that_gives_most_for_its_range_first(far):
    # A range of music is 70 points, one of ships 22: all 42 of music, and 12 of ships.
    answer = softpower.flip(far, first="Lemuria", figures=True)
    assert together(answer)["figures"]["music"] == 90
    assert 60 <= together(answer)["figures"]["ships"] < 60.01
    assert together(answer)["size"] == pytest.approx(42 / 70 + 12 / 22, rel=1e-4)
    assert together(answer)["bound"] == pytest.approx(42 / 70 + 12 / 22, rel=1e-6)
    shares = [row["share"] for row in answer.table("together").records()]
    assert shares == pytest.approx([42 / 70, 12 / 22], rel=1e-3)
    words = {row["fact"]: row["value"] for row in answer.table("settings").records()}
    assert words["Cheapest"] == "114.5 % in sum (L1), over 2 figures"
    assert words["Then"] == "rank 1, score 75"
    assert answer.complete
    assert answer.holds
    assert not answer.table("figures").rows


def test_in_squares_every_figure_gives_by_its_range(places):
    # 4 more in sum of a range of 70 and one of 60: parts in proportion 70 : 60.
    answer = softpower.flip(places, ["Atlantis", "Lemuria"], figures=True, squares=True)
    shares = [row["share"] for row in answer.table("together").records()]
    assert shares == pytest.approx([4 * 70 / 8500, 4 * 60 / 8500], rel=1e-3)
    assert together(answer)["size"] == pytest.approx(4 / 8500**0.5, rel=1e-3)


def test_figures_of_one_unit_are_added_up_as_they_are(far):
    answer = softpower.flip(far, first="Lemuria", figures=True, cost="raw")
    assert together(answer)["size"] == pytest.approx(54, rel=1e-4)


def test_what_others_achieved_is_the_median_of_those_that_improved(far):
    # Of music the others gained 10 and 5, of ships 12 and lost 3: halves are 7.5 and 12.
    rows = ["Atlantis,music,2010,80", "Ruritania,music,2010,15", "Lemuria,music,2010,0"]
    rows += ["Atlantis,ships,2015,20", "Atlantis,ships,2010,48", "Ruritania,ships,2010,73"]
    table = "\n".join(["unit,indicator,year,value", *rows, ""])
    (far / "history.csv").write_text(table, encoding="utf-8")
    answer = softpower.flip(far, first="Lemuria", figures=True, cost="achieved")
    # A share of 1 is 7.5 points of music, 12 of ships: ships first, all 22, then 32 of music.
    assert together(answer)["size"] == pytest.approx(22 / 12 + 32 / 7.5, rel=1e-3)
    assert together(answer)["figures"]["ships"] == 70
    words = {row["fact"]: row["value"] for row in answer.table("settings").records()}
    assert "since 2010" in words["Measured by"]
    told = softpower.flip(far, first="Lemuria", figures=True).notes
    assert any('`cost="achieved"`' in note for note in told)


def test_what_others_achieved_needs_figures_of_other_years(far):
    with pytest.raises(UsageError, match="no figures of other years"):
        softpower.flip(far, first="Lemuria", figures=True, cost="achieved")
    told = softpower.flip(far, first="Lemuria", figures=True).notes
    assert any("no figures of other years" in note for note in told)


def test_cost_is_the_cost_of_figures(far):
    with pytest.raises(UsageError, match="measures changes of figures"):
        softpower.flip(far, first="Lemuria", cost="raw")
    with pytest.raises(UsageError, match="`cost` is 'gold'"):
        softpower.flip(far, first="Lemuria", figures=True, cost="gold")


def test_figures_of_several_units_are_not_added_up():
    with pytest.raises(UsageError, match="of several units do not add up"):
        softpower.flip("hdi-2022", first="Norway", figures=True, cost="raw")


def test_where_figures_move_the_scores_of_others_nothing_is_proven(far):
    run = softpower.load(far, set={"normalise": "zscore"})
    answer = softpower.flip(run, first="Lemuria", figures=True)
    assert answer.holds
    assert not answer.complete
    assert together(answer)["bound"] == 0
    assert any("the scores of others change with the figures of Lemuria" in n for n in answer.notes)


def test_a_geometric_mean_is_solved_for_too(far):
    # Lemuria needs m s = 5400: all 42 of music (m = 90), s = 60; nothing cheaper on a fine grid.
    answer = softpower.flip(f"{far}@geometric", first="Lemuria", figures=True)
    found = together(answer)
    assert answer.complete
    music, ships = found["figures"]["music"], found["figures"]["ships"]
    assert music * ships == pytest.approx(5400, rel=1e-3)
    costs = [(m - 48) / 70 + (5400 / m - 48) / 22 for m in range(78, 91)]
    assert found["size"] == pytest.approx(min(costs), rel=1e-3)


def test_rounded_scores_need_half_a_step_less(far):
    # Ruritania has 45, and is level with the 48 of Lemuria, and so second, from 47.5 on.
    run = softpower.load(far, set={"round": 0})
    found = softpower.flip(run, "Ruritania", rank=2, figures=True)
    assert found.complete
    assert together(found)["figures"] == {"music": pytest.approx(25, abs=0.01)}
    above = softpower.flip(run, ["Lemuria", "Ruritania"], figures=True)
    assert above.complete
    assert together(above)["figures"] == {"music": pytest.approx(27, abs=0.01)}


def test_weights_have_no_say_about_figures(places):
    with pytest.raises(UsageError, match="lets weights be"):
        softpower.flip(places, ["Atlantis", "Lemuria"], figures=True, within=10)


def test_what_is_so_already_is_refused(places):
    with pytest.raises(UsageError, match="Atlantis is there already: rank 1"):
        softpower.flip(places, ["Lemuria", "Atlantis"], figures=True)


def test_figures_that_are_only_published_do_not_change():
    with pytest.raises(UsageError, match="it has no figures"):
        softpower.flip("gspi-2026", ["China", "Japan"], figures=True)
