"""A figure that there is nothing to divide by is not shown as if it had been used."""

from __future__ import annotations

import pytest

from helpers.explain_folder import made, table, told
from softpower.analysis.explain.country import explain
from softpower.analysis.explain.editions import editions
from softpower.analysis.explain.versus import versus
from softpower.analysis.show import show
from softpower.render.text import to_text

INDICATORS = "id,pillar,denominator\nmusic,arts,\nships,trade,people\nwaves,trade,\n"
FIGURES = """\
unit,music,ships,waves,people
Atlantis,90,10,3,5
Lemuria,48,4800,4,{}
Ophir,20,70,5,7
"""
PILLARS = '[pillars.arts]\ntitle = "Arts"\n\n[pillars.trade]\ntitle = "Trade"\n'


@pytest.fixture
def run(tmp_path):
    """Return a function that writes the index, Lemuria having so many people and so imputed."""

    def write(people="", impute="mean", coverage=0.0, name="islands"):
        return made(
            tmp_path,
            name,
            indicators=INDICATORS,
            figures=FIGURES.format(people),
            pillars=PILLARS,
            methodology=f'normalise = "minmax"\nimpute = "{impute}"\n'
            f"coverage = {{ country = {coverage}, pillar = 0 }}",
        )

    return write


def row_of(answer, identifier):
    return next(row for row in table(answer, "indicators") if row["id"] == identifier)


def line(answer, start):
    text = to_text(answer, "table", terminal=True, width=100)
    return next(line for line in text.splitlines() if line.startswith(start))


@pytest.mark.parametrize("people", ["", "0"])
@pytest.mark.parametrize(("impute", "state"), [("mean", "imputed"), ("none", "missing")])
def test_the_row_says_what_stands_for_a_figure_without_a_denominator(run, people, impute, state):
    answer = explain(run(people, impute), "Lemuria")
    row = row_of(answer, "ships")
    assert (row["figure"], row["year"], row["source"]) == (None, None, None)
    assert row["state"] == state
    assert line(answer, "ships").split()[1] == state
    assert "Found, and not used: ships (4,800, no people to divide it by)." in answer.notes
    assert told(answer)["Figures"] == "2 of 3"


def test_a_figure_with_its_denominator_is_shown(run):
    answer = explain(run("6"), "Lemuria")
    assert row_of(answer, "ships")["figure"] == 4800
    assert not any("not used" in note for note in answer.notes)


def test_against_another_country_the_figure_is_not_shown_either(run):
    answer = versus(run(), "Lemuria", "Ophir")
    row = row_of(answer, "ships")
    assert (row["figure"], row["state"], row["other_figure"]) == (None, "imputed", 70)
    assert any(note.startswith("Found for Lemuria, and not used: ships") for note in answer.notes)


def test_nor_is_it_between_two_runs(run):
    answer = editions(run("6", name="then"), run(name="now"), "Lemuria")
    row = row_of(answer, "ships")
    assert (row["figure_then"], row["figure_now"], row["state_now"]) == (4800, None, "imputed")


def test_who_is_not_ranked_for_it_is_told_so(run):
    answer = explain(run(coverage=1.0), "Lemuria")
    assert told(answer)["Figures"] == "2 of 3"
    assert row_of(answer, "ships")["figure"] is None
    assert any("ships (4,800, no people" in note for note in answer.notes)


def test_the_portrait_and_the_account_of_each_country_count_the_same_figures(run):
    known = run()
    said = told(show(known), "about")["Figures"]
    assert said == "8 of 9 (88.9%) for 3 indicators"
    counts = [told(explain(known, name))["Figures"] for name in ("Atlantis", "Lemuria", "Ophir")]
    assert counts == ["3 of 3", "2 of 3", "3 of 3"]
    rows = {row["id"]: row for row in table(show(known), "tree")}
    assert rows["ships"]["coverage"] == pytest.approx(2 / 3)
    assert rows["trade"]["coverage"] == pytest.approx(5 / 6)
    assert rows["music"]["coverage"] == 1
