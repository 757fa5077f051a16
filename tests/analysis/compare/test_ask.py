"""How a ranking shifts from one run to another."""

from __future__ import annotations

import numpy as np
import pytest

import softpower
from helpers.imaginary_index import write
from softpower.analysis.compare.ask import (
    ComparisonView,
    align,
    compare,
    compare_variants,
    every_variant,
)
from softpower.analysis.compare.why import why
from softpower.errors import UsageError


def tables(answer):
    return {table.name: table.records() for table in answer.tables}


def test_two_indices_are_ranked_over_the_countries_they_share():
    runs = [softpower.load("open-soft-power"), softpower.load("soft-power-30-2015")]
    held = align(runs)
    ranked = set(np.array([u.id for u in held.units]))
    assert len(ranked) == len(held.units) <= 30
    for ranks in held.ranks:
        assert ranks.min() == 1
        assert ranks.max() <= len(held.units)
    answer = compare(runs)
    assert any(f"{len(held.units)} countries are ranked by all runs" in n for n in answer.notes)


def test_ranks_can_be_kept_as_each_list_has_them():
    runs = [softpower.load("open-soft-power"), softpower.load("soft-power-30-2015")]
    kept = align(runs, keep_ranks=True)
    ranking = runs[0].score()
    at = {u.id: i for i, u in enumerate(ranking.units)}
    assert list(kept.ranks[0]) == [ranking.ranks[at[u.id]] for u in kept.units]


def test_movement_is_counted_in_places_gained(tmp_path):
    folder = str(write(tmp_path))
    runs = [softpower.load(folder), softpower.load(f"{folder}@trade-first")]
    rows = {row["country"]: row for row in tables(compare(runs))["ranks"]}
    assert rows["Atlantis"]["rank_1"] == 1
    assert rows["Atlantis"]["rank_2"] == 3
    assert rows["Atlantis"]["movement_2"] == -2
    assert rows["Ruritania"]["movement_2"] == 2


def test_what_differs_is_a_list_of_choices():
    runs = [
        softpower.load("open-soft-power"),
        softpower.load(
            "open-soft-power", set={"normalise": "zscore"}, weights={"culture": 40, "digital": 0}
        ),
    ]
    said = {r["choice"]: (r["before"], r["after"]) for r in tables(compare(runs))["choices"]}
    assert said["normalise"] == ("minmax", "zscore")
    assert said["weights.culture"] == ("0.143", "0.400")
    assert said["weights.digital"] == ("0.143", "0.000")


def test_agreement_of_a_run_with_itself_is_complete():
    run = softpower.load("hdi-2022")
    row = tables(compare([run, run]))["agreement"][0]
    assert row["spearman"] == pytest.approx(1)
    assert row["mean_shift"] == 0
    assert row["top"] == 11  # two countries share the tenth place
    assert row["top_jaccard"] == 1


def test_the_matrix_has_every_variant_with_the_best_and_worst_of_each_country(tmp_path):
    run = softpower.load(str(write(tmp_path)))
    runs, refused = every_variant(run)
    assert len(runs) == 5
    assert refused == []
    rows = {row["country"]: row for row in tables(compare_variants(run))["matrix"]}
    # Under trade alone the order is Ruritania, Lemuria, Atlantis.
    assert rows["Atlantis"]["@no-arts"] == 3
    assert (rows["Atlantis"]["best"], rows["Atlantis"]["worst"]) == (1, 3)
    assert (rows["Lemuria"]["best"], rows["Lemuria"]["worst"]) == (1, 2)


def test_an_index_without_variants_cannot_be_compared_with_all_of_them():
    with pytest.raises(UsageError, match="no variant"):
        every_variant(softpower.load("gspi-2026"))


def test_only_the_countries_that_are_asked_for_are_shown():
    runs = [softpower.load("open-soft-power"), softpower.load("gspi-2026")]
    answer = compare(runs, ComparisonView(countries=("China", "Japan")))
    assert {row["id"] for row in tables(answer)["ranks"]} == {"CHN", "JPN"}
    assert {line.label for line in answer.charts[0].lines if line.chosen} == {"China", "Japan"}


@pytest.mark.parametrize(
    "focus",
    [
        ComparisonView(countries=("China", "Japan")),
        ComparisonView(countries=("China",), groups=("Northern Europe",)),
        ComparisonView(60, ("China",), ("Northern Europe",)),
        ComparisonView(top=5),
        ComparisonView(),
    ],
)
def test_a_picture_shows_what_its_table_shows(focus):
    runs = [softpower.load("open-soft-power"), softpower.load("gspi-2026")]
    answer = compare(runs, focus)
    assert [line.label for line in answer.charts[0].lines] == [
        row["country"] for row in tables(answer)["ranks"]
    ]


def test_why_is_said_in_words_and_sums_to_the_change():
    first = softpower.load("open-soft-power")
    second = softpower.load("open-soft-power@culture-only+geometric")
    answer = why((first, second), "China")
    *parts, total = tables(answer)["attribution"]
    assert sum(row["places"] for row in parts) == pytest.approx(total["places"], abs=1e-9)
    assert answer.notes[0].startswith(f"China rises {total['places']:.0f} places: ")


def test_why_refuses_a_country_that_is_not_ranked():
    first = softpower.load("open-soft-power")
    with pytest.raises(UsageError, match="not ranked under every combination"):
        why((first, softpower.load("open-soft-power@zscore")), "North Korea")


def test_why_for_all_has_a_row_for_every_country_that_stays_ranked():
    first = softpower.load("open-soft-power")
    answer = why((first, softpower.load("open-soft-power@zscore")), "all", ComparisonView(top=7))
    rows = tables(answer)["attribution"]
    assert len(rows) == 7
    assert all(row["total"] == pytest.approx(row["choice_1"]) for row in rows)


def test_settings_that_follow_from_others_are_listed_as_well():
    rows = softpower.compare("open-soft-power", "@geometric").table("choices").records()
    assert [(row["choice"], row["before"], row["after"]) for row in rows] == [
        ("aggregate", "arithmetic", "geometric/arithmetic"),
        ("normalise (follows)", "minmax:0", "minmax:1"),
    ]


def test_why_holds_each_of_several_runs_against_the_first():
    answer = softpower.compare("open-soft-power", "@geometric", "culture=40", why="China")
    alone = softpower.compare("open-soft-power", "culture=40", why="China")
    assert [table.title for table in answer.tables] == ["@geometric", "culture=40"]
    assert answer.table("attribution_3").rows == alone.table("attribution").rows
    assert f"culture=40: {alone.notes[0]}" in answer.notes
    assert len(answer.provenance["runs"]) == 3


def test_weights_that_are_set_together_may_be_one_choice():
    word = "culture=40,digital=10,normalise=zscore"
    apart, together = (
        softpower.compare("open-soft-power", word, why="China", together=flag).table("attribution")
        for flag in (False, True)
    )
    assert [row["choice"] for row in apart.records()] == [
        "normalise", "weights.culture", "weights.digital", "all together",
    ]  # fmt: skip
    assert [row["choice"] for row in together.records()] == [
        "normalise",
        "weights.culture: 0.143 → 0.400 + weights.digital: 0.143 → 0.100",
        "all together",
    ]
    assert together.rows[-1] == pytest.approx(apart.rows[-1])
    with pytest.raises(UsageError, match="`together` goes with `why`"):
        softpower.compare("open-soft-power", word, together=True)


def test_parts_of_lists_that_are_ranked_anew_tell_how_to_keep_their_ranks():
    runs = [softpower.load("gspi-2024"), softpower.load("open-soft-power")]
    assert any("where `keep_ranks` leaves them the ranks" in note for note in compare(runs).notes)
    kept = compare(runs, ComparisonView(keep_ranks=True))
    assert not any("`keep_ranks`" in note for note in kept.notes)


@pytest.mark.parametrize("name", ["hdi-2022", "gspi-2026"])
def test_a_run_that_is_the_same_as_one_before_is_told(name):
    told = softpower.compare(name, name, top=1).notes[0]
    assert told == f"{name} (2) is the same as {name} (1): no figure or choice differs."
    assert "nobody moves" in " ".join(softpower.score(name, against=name, top=1).notes)


def test_a_change_that_changes_nothing_is_told_and_one_that_does_is_not():
    run = softpower.load("hdi-2022", set={"ties": "competition"})
    told = softpower.compare("hdi-2022", run, top=1).notes[0]
    assert told.startswith("ties=competition is the same as hdi-2022")
    other = softpower.load("hdi-2022", set={"ties": "dense"})
    assert not [n for n in softpower.compare("hdi-2022", other).notes if "is the same as" in n]
    notes = softpower.score("gspi-2026", against="gspi-2025").notes
    assert not [note for note in notes if "the same" in note]
