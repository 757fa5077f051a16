"""Every answer says which figures are imputed."""

from __future__ import annotations

import numpy as np
import pytest

import softpower
from softpower.analysis.explain.country import explain
from softpower.analysis.explain.editions import editions
from softpower.analysis.explain.versus import versus
from softpower.analysis.score import RankingView, score
from softpower.analysis.shared.changes import changes_between
from softpower.analysis.show import show
from softpower.render.text import to_text

FIRST = "open-soft-power@without-media"


@pytest.fixture(scope="module")
def run():
    return softpower.load(FIRST, set={"impute": "median"})


@pytest.fixture(scope="module")
def plain():
    return softpower.load(FIRST)


def table(answer, name):
    return next(table for table in answer.tables if table.name == name)


def line(answer, start):
    """Return the line of the terminal that starts with a word; none is wider than 80."""
    lines = to_text(answer, "table", terminal=True, width=80).splitlines()
    assert max(map(len, lines)) <= 80
    return next(line for line in lines if line.startswith(start))


def test_the_account_of_a_country_says_imputed_where_there_is_no_figure(run, plain):
    answer = explain(run, "Cuba")
    row = next(r for r in table(answer, "indicators").records() if r["id"] == "learning_outcomes")
    assert (row["figure"], row["state"]) == (None, "imputed")
    assert line(answer, "learning_outcomes").split()[:2] == ["learning_outcomes", "imputed"]
    assert line(explain(plain, "Cuba"), "learning_outcomes").split()[1] == "missing"


def test_two_countries_are_each_said_to_have_imputed_figures(run):
    answer = versus(run, "Cuba", "Haiti")
    rows = {r["id"]: r for r in table(answer, "indicators").records()}
    cuba, haiti = rows["learning_outcomes"], rows["patent_applications"]
    assert (cuba["figure"], cuba["state"], cuba["other_state"]) == (None, "imputed", "")
    assert (haiti["other_figure"], haiti["other_state"]) == (None, "imputed")
    assert line(answer, "patent_applications").split()[2] == "imputed"
    assert any(note.startswith("Imputed (median) for Haiti") for note in answer.notes)


def test_then_and_now_are_each_said_to_have_imputed_figures(run, plain):
    rows = {r["id"]: r for r in table(editions(plain, run, "Cuba"), "indicators").records()}
    states = rows["learning_outcomes"]["state_then"], rows["learning_outcomes"]["state_now"]
    assert states == ("missing", "imputed")


def test_the_ranking_counts_the_imputed_figures_of_a_country_beside_its_score(run, plain):
    answer = score(run)
    counts = {r["id"]: r["imputed"] for r in answer.tables[0].records()}
    assert counts["CUB"] == 2
    assert counts["PRK"] == 0
    assert sum(counts.values()) == run.score().imputed.sum() == 275
    assert "Imputed" not in line(answer, "Rank")
    assert "imputed" not in [column.key for column in score(plain).tables[0].columns]


def test_the_stages_have_a_table_with_a_word_for_every_imputed_figure(run, plain):
    cells = table(score(run, RankingView(stages=True)), "imputed_cells")
    assert [c.key for c in cells.columns][:2] == ["id", "country"]
    words = [cell for row in cells.rows for cell in row[2:] if cell is not None]
    assert words == ["imputed"] * 275
    names = [table.name for table in score(plain, RankingView(stages=True)).tables]
    assert "imputed_cells" not in names


def test_the_portrait_says_how_much_of_each_indicator_is_imputed(run, plain):
    rows = {r["id"]: r for r in table(show(run), "tree").records()}
    ranking = run.score()
    ids = [i.id for i in ranking.framework.indicators()]
    column = ranking.imputed[~np.isnan(ranking.ranks), ids.index("learning_outcomes")]
    assert rows["learning_outcomes"]["imputed"] == pytest.approx(column.mean())
    assert 0 < rows["education"]["imputed"] < rows["learning_outcomes"]["imputed"]
    assert rows["visa_openness"]["imputed"] == 0
    assert "imputed" not in table(show(plain), "tree").records()[0]


def test_a_long_note_on_indicators_is_counted_and_in_full_where_it_is_asked_for():
    run = softpower.load(FIRST, set={"impute": "nearest-neighbour"})
    answer = score(run, RankingView(stages=True))
    assert "About what was imputed: 21 indicators." in answer.notes
    whole = next(note for note in answer.whole_notes if note.startswith("About what was imputed"))
    assert "gender_inequality_index (AND from BRB, CAF from SDN, " in whole
    notes = {
        r["subject"]: r["note"] for r in table(answer, "notes").records() if r["step"] == "impute"
    }
    assert notes["gender_inequality_index"].count(" from ") == 18


def test_an_indicator_with_a_treatment_of_its_own_says_so():
    run = softpower.load(
        "open-soft-power@without-media", set={"indicators.migrant_stock.treat": "fences:k=3"}
    )
    sources = {r["id"]: r for r in table(show(run), "sources").records()}
    assert sources["migrant_stock"]["prepared"].endswith("treat fences:3")
    how = {r["id"]: r["how"] for r in table(explain(run, "Qatar"), "steps").records()}
    assert how["migrant_stock"] == "7 figures pulled in to the fences"


def test_one_field_of_one_indicator_is_a_choice_by_its_name(plain):
    other = softpower.load(
        "open-soft-power@without-media", set={"indicators.migrant_stock.treat": "fences"}
    )
    (choice,) = changes_between(plain, other)
    assert str(choice) == "indicators.migrant_stock.treat: as declared → fences"
    bare = softpower.load(
        "open-soft-power@without-media", set={"indicators.tourist_arrivals.transform": "none"}
    )
    (choice,) = changes_between(plain, bare)
    assert str(choice) == "indicators.tourist_arrivals.transform: as declared → none"
    both = {
        "indicators.migrant_stock.treat": "fences",
        "indicators.migrant_stock.direction": "lower",
    }
    (choice,) = changes_between(plain, softpower.load(FIRST, set=both))
    assert choice.title == "figures of migrant_stock"
    both = {"indicators.migrant_stock.treat": "none", "indicators.visa_openness.treat": "none"}
    (choice,) = changes_between(plain, softpower.load(FIRST, set=both))
    assert choice.title == "figures of 2 indicators"
