"""What a ranking looks like as an answer, and how it moves against another."""

from __future__ import annotations

import json
import math

import pytest

import softpower
from softpower.analysis.score import RankingView, score
from softpower.analysis.shared.formatting import enumerated
from softpower.errors import UsageError
from softpower.render.text import to_text


def rows(answer):
    return {row["id"]: row for row in answer.tables[0].records()}


def test_movement_is_the_previous_rank_less_the_rank_as_the_published_tables_print_it():
    answer = score(softpower.load("gspi-2026"), RankingView(), softpower.load("gspi-2025"))
    japan, britain, america = (rows(answer)[code] for code in ("JPN", "GBR", "USA"))
    assert (japan["rank"], japan["previous"], japan["movement"]) == (3, 4, 1)
    assert (britain["rank"], britain["previous"], britain["movement"]) == (4, 3, -1)
    assert america["change"] == pytest.approx(74.9 - 79.5)
    assert japan["change"] is None


def test_scores_of_different_publishers_are_not_subtracted():
    answer = score(softpower.load("open-soft-power"), RankingView(), softpower.load("gspi-2026"))
    assert "change" not in rows(answer)["DEU"]
    assert any("different scales" in note for note in answer.notes)


def test_countries_and_regions_are_shown_together_and_keep_their_ranks():
    run = softpower.load("gspi-2026")
    view = RankingView(countries=("China", "USA"), groups=("Northern Africa",))
    shown = rows(score(run, view))
    assert {"CHN", "USA", "EGY", "MAR"} <= set(shown)
    assert "DEU" not in shown
    assert shown["CHN"]["rank"] == 2


def test_the_first_n_leave_out_what_is_not_ranked_and_the_note_names_it():
    run = softpower.load("open-soft-power")
    ranking = run.score()
    everything = score(run)
    assert len(everything.tables[0].rows) == 193
    assert everything.tables[0].rows[-1][0] is None
    top = score(run, RankingView(top=1000))
    assert len(top.tables[0].rows) == 193 - len(ranking.unranked)
    assert any("countries not ranked" in note for note in top.notes)


def test_an_unranked_country_that_is_asked_for_is_listed_without_a_score():
    row = rows(score(softpower.load("open-soft-power"), RankingView(countries=("PRK",))))["PRK"]
    assert row["rank"] is None
    assert row["score"] is None


def test_the_title_says_what_was_changed():
    run = softpower.load("open-soft-power@geometric", set={"ties": "dense"}, weights={"culture": 9})
    assert score(run).title == "Open Soft Power 2026 (@geometric, ties=dense, culture=9)"


def test_the_stages_of_the_calculation_are_tables_by_name():
    answer = score(softpower.load("hdi-2022"), RankingView(stages=True))
    names = [table.name for table in answer.tables]
    assert names[0] == "ranking"
    for stage in ("selected", "transformed", "treated", "normalised", "aggregated", "ranked"):
        assert stage in names
    normalised = next(table for table in answer.tables if table.name == "normalised")
    norway = next(row for row in normalised.records() if row["id"] == "NOR")
    assert norway["gni_per_head"] == pytest.approx(
        (math.log(69189.76165) - math.log(100)) / (math.log(75000) - math.log(100)), abs=1e-6
    )


def test_an_unknown_country_is_answered_with_the_nearest():
    with pytest.raises(UsageError, match="Norway"):
        score(softpower.load("hdi-2022"), RankingView(countries=("Norwya",)))


def test_a_cell_is_never_nan():
    for name in ("open-soft-power", "gspi-2024", "hdi-2022"):
        answer = score(softpower.load(name), RankingView(stages=name != "gspi-2024"))
        for table in answer.tables:
            for row in table.rows:
                assert not any(isinstance(value, float) and math.isnan(value) for value in row)


def test_what_is_said_of_weights_is_a_note_of_its_own_and_whole():
    run = softpower.load("open-soft-power", set={"weight": ["given", "pca"]})
    about = {str(note.subject): note.text for note in run.score().notes if note.step == "weight"}
    notes = score(run).notes
    assert len(about) > 2
    for pillar, text in about.items():
        assert f"Weights of {pillar}: {text.rstrip('.')}." in notes


def test_what_is_noted_of_many_is_counted_and_told_in_full_elsewhere():
    answer = score(softpower.load("open-soft-power"))
    short, whole = (
        [note for note in notes if note.startswith("Treated as outliers")]
        for notes in (answer.notes, answer.whole_notes)
    )
    found = {note.subject for note in softpower.load("open-soft-power").score().notes}
    count = sum(f"{name} (" in whole[0] for name in found if name)
    assert short == [f"Treated as outliers: {count} indicators."]
    assert "migrant_stock (logarithm)" in whole[0]


def test_the_notes_of_json_leave_nothing_out_and_every_note_ends_with_a_full_stop():
    run = softpower.load("open-soft-power@without-media", set={"impute": "mean"})
    answer = score(run)
    assert any("and 3 more" in note for note in answer.notes)
    whole = json.loads(to_text(answer, "json"))["notes"]
    assert not any(" more." in note or " ..." in note for note in whole)
    assert all(note.endswith(".") for note in (*answer.notes, *whole))


@pytest.mark.parametrize(
    ("names", "phrase"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B, C and 1 more"),
    ],
)
def test_names_are_listed_as_a_phrase(names, phrase):
    assert enumerated(names, 3) == phrase
