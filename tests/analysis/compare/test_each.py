"""One choice at a time, against scoring under each choice, and against ranks worked by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import softpower
from helpers.imaginary_index import write
from softpower.analysis.compare.each import each_choice
from softpower.analysis.shared.selection import Selection
from softpower.errors import UsageError


@pytest.fixture(scope="module")
def places(tmp_path_factory):
    return softpower.load(str(write(tmp_path_factory.mktemp("each"))))


def rows_of(answer):
    return {row["choice"]: row for row in answer.tables[0].records()}


def test_what_a_choice_does_is_what_is_worked_by_hand(places):
    """Arts and trade are Atlantis 90 and 10, Lemuria 48 and 48, Ruritania 20 and 70."""
    rows = rows_of(each_choice(places, 10, Selection(countries=["Ruritania"])))
    expected = {
        "trade=60": (1, 50.0, 5.0),  # .4 * 20 + .6 * 70; Lemuria 48, Atlantis 42
        "trade=40": (3, 40.0, -5.0),
        "arts=60": (3, 40.0, -5.0),
        "without arts": (1, 70.0, 25.0),
        "without ships": (3, 20.0, -25.0),
        "@trade-first": (1, 60.0, 15.0),
        "aggregate=minimum": (2, 20.0, None),
        "aggregate.1=geometric": (2, math.sqrt(1400), None),
        "normalise=rank": (1, 2.0, None),  # third and first: (1 + 3) / 2, as for the others
    }
    for choice, (rank, score, points) in expected.items():
        row = rows[choice]
        assert (row["from"], row["to"], row["movement"]) == (3, rank, 3 - rank), choice
        assert row["score"] == pytest.approx(score), choice
        assert row["points"] == (None if points is None else pytest.approx(points)), choice


@pytest.mark.parametrize("name", ["hdi-2022", "elcano-2021"])
def test_every_choice_is_what_score_makes_of_it(name):
    run = softpower.load(name)
    answer = each_choice(run, 10, Selection(countries=["China", "Norway"]))
    made = answer.provenance["each"]["choices"]
    before = run.score()
    rows = {(row["country"], row["choice"]): row for row in answer.tables[0].records()}
    assert len(rows) == 2 * len(made) > 100
    for label, changes in made.items():
        after = softpower.load(run, **changes).score()
        for country in ("China", "Norway"):
            row = rows[country, label]
            assert row["from"] == before[country].rank
            assert row["to"] == after[country].rank
            assert row["movement"] == before[country].rank - after[country].rank
            assert row["score"] == pytest.approx(after[country].score, rel=1e-12)


def test_the_extremes_of_all_are_those_of_each(places):
    summary = {row["country"]: row for row in each_choice(places, 10).tables[0].records()}
    assert [row["rank"] for row in summary.values()] == [1, 2, 3]
    for country, row in summary.items():
        ranks = {
            label: each["to"]
            for label, each in rows_of(
                each_choice(places, 10, Selection(countries=[country]))
            ).items()
        }
        assert row["best"] == min(row["rank"], *ranks.values())
        assert row["worst"] == max(row["rank"], *ranks.values())
        assert row["moving"] == sum(rank != row["rank"] for rank in ranks.values())
        for end in ("best", "worst"):
            assert ranks.get(row[f"{end}_choice"], row["rank"]) == row[end]


def test_choices_go_from_the_most_gained_to_the_most_lost_and_top_keeps_the_largest():
    run = softpower.load("hdi-2022")
    whole = each_choice(run, 10, Selection(countries=["China"])).tables[0].records()
    moves = [row["movement"] for row in whole]
    assert moves == sorted(moves, reverse=True)
    few = each_choice(run, 10, Selection(5, ["China"])).tables[0]
    kept = [row["movement"] for row in few.records()]
    assert kept == sorted(kept, reverse=True)
    assert sorted(map(abs, kept)) == sorted(map(abs, moves))[-5:]
    assert few.notes[0] == (
        f"Shown are the 5 of {len(whole)} that move most, from the greatest rise to the greatest "
        "fall."
    )


def test_a_weight_is_moved_by_the_step_and_not_below_nothing_or_above_all(places):
    labels = rows_of(each_choice(places, 60, Selection(countries=["Lemuria"])))
    assert {"trade=100", "trade=0"} <= labels.keys()
    assert labels["trade=100"]["to"] == 2
    assert {"trade=52.5", "trade=47.5"} <= rows_of(
        each_choice(places, 2.5, Selection(countries=["Lemuria"]))
    ).keys()


def test_a_weight_that_was_asked_for_gives_way_to_one_that_moves(places):
    asked = softpower.load(places, weights={"arts": 70, "trade": 30})
    answer = each_choice(asked, 10, Selection(countries=["Ruritania"]))
    assert rows_of(answer)["arts=60"]["score"] == pytest.approx(0.6 * 20 + 0.4 * 70)
    stated = answer.provenance["each"]["choices"]["arts=60"]["weights"]
    assert stated == pytest.approx({"arts": 60, "trade": 40})
    assert any(
        "so that to ask for the one alone is another" in note for note in answer.tables[0].notes
    )
    plain = each_choice(places, 10, Selection(countries=["Ruritania"]))
    assert not any("for the one alone" in note for note in plain.tables[0].notes)


def test_what_is_refused_is_counted_with_its_reason(places):
    answer = each_choice(places)
    (told,) = (note for note in answer.whole_notes if "refused" in note)
    refused = answer.provenance["each"]["refused"]
    assert told.startswith(f"{len(refused)} choices are refused: ")
    assert "normalise=goalposts (indicator music: It has no goalposts)" in told
    made = len(answer.provenance["each"]["choices"])
    assert answer.title.endswith(f"one choice at a time ({made} of {made + len(refused)} choices)")
    assert answer.complete
    assert answer.notes[-1].startswith("Not tried: kemeny, ")


def test_many_reasons_are_told_where_notes_are_whole():
    answer = each_choice(softpower.load("hdi-2022"))
    (short,), (whole,) = (
        [note for note in notes if " are refused: " in note]
        for notes in (answer.notes, answer.whole_notes)
    )
    count = len(answer.provenance["each"]["refused"])
    assert short.startswith(f"{count} choices are refused: normalise=none, ")
    assert short.endswith(f" and {count - 3} more.")
    assert all(f"{label} (" in whole for label in answer.provenance["each"]["refused"])


def test_a_variant_that_the_run_forbids_is_no_choice_and_one_that_fails_is_missed(tmp_path):
    answer = each_choice(softpower.load("elcano-2021@weights-2012"))
    assert "@weights-2016" in answer.provenance["each"]["refused"]
    assert answer.complete
    folder = write(tmp_path)
    with (folder / "index.toml").open("a", encoding="utf-8") as file:
        file.write('[variants.aims]\ntitle = "Aims"\nmethodology = { normalise = "goalposts" }\n')
    answer = each_choice(softpower.load(str(folder)))
    assert "@aims" in answer.provenance["each"]["refused"]
    assert not answer.complete


def test_figures_in_several_units_are_not_added_up_as_they_are():
    refused = each_choice(softpower.load("hdi-2022")).provenance["each"]["refused"]
    assert "normalise=none" in refused
    same = each_choice(softpower.load("sea-survey-2024")).provenance["each"]["refused"]
    assert "normalise=none" not in same


def test_a_country_is_told_what_moves_it_most(places):
    answer = each_choice(places, 10, Selection(countries=["Ruritania"]))
    assert answer.notes[0].startswith("Ruritania, rank 3, moves at most 2 places up to 1 by @")
    assert answer.charts[0].title.startswith("Ruritania: ")


def test_a_rank_that_is_shared_is_told_as_such():
    """Above and below the mean by a fifth are -1 and 1 for one place, 1 and -1 for the others."""
    places = ["Atlantis", "Lemuria", "Thule"]
    frame = pd.DataFrame({"music": [0, 60, 50], "ships": [100, 20, 0]}, index=places)
    run = softpower.load(softpower.index_from(frame, units="other"))
    told = each_choice(run, 10, Selection(countries=["Thule"])).notes[0]
    assert "moves at most 2 places up to 1 (with 2 others) by normalise=above-below;" in told


def test_the_chart_has_the_choices_that_move_a_country(places):
    answer = each_choice(places, 10, Selection(countries=["Lemuria"]))
    (chart,) = answer.charts
    moved = [row for row in answer.tables[0].records() if row["movement"]]
    assert chart.labels == tuple(row["choice"] for row in moved)
    assert chart.middles == tuple(row["to"] for row in moved)
    assert set(chart.marks) == {2.0}
    ends = [sorted((row["from"], row["to"])) for row in moved]
    assert list(map(list, zip(chart.lows, chart.highs, strict=True))) == ends


def test_what_has_no_choices_or_no_sense_is_refused(places):
    with pytest.raises(UsageError, match="gspi-2026 is published, not computed"):
        each_choice(softpower.load("gspi-2026"))
    for step in (0, -1, 101, math.nan):
        with pytest.raises(UsageError, match="`step` is"):
            each_choice(places, step)
    with pytest.raises(UsageError, match="`each` takes one run"):
        softpower.compare(places, each=True, why="Lemuria")
    with pytest.raises(UsageError, match="`step` goes with `each`"):
        softpower.compare(places, "@geometric", step=5)


def test_countries_of_a_region_are_a_row_each():
    answer = softpower.compare("hdi-2022", each=True, region="Mercosur")
    rows = answer.tables[0].records()
    members = {"Argentina", "Bolivia", "Brazil", "Paraguay", "Uruguay", "Venezuela"}
    assert {row["country"] for row in rows} == members
    assert any(note.startswith("Mercosur: its 6 members") for note in answer.notes)


def test_the_best_and_the_worst_of_all_weights_near_by_are_proven(tmp_path):
    # Lemuria has 48; Atlantis more above 47.5 % of arts, Ruritania below 44 %: between it is first,
    # and nowhere last. Both single steps, to 40 and 60 %, leave it second.
    answer = softpower.compare(str(write(tmp_path)), each=True, country="Lemuria")
    told = {row["fact"]: row["value"] for row in answer.table("extremes").records()}
    assert told["Lemuria"].startswith("1 at best (@geometric) and 3 at worst (")
    proven = answer.provenance["each"]["proven"]["Lemuria"]
    assert (proven["best"]["rank"], proven["worst"]["rank"]) == (1, 2)
    assert (proven["best"]["bound"], proven["worst"]["bound"]) == (1, 2)
    assert 44 < proven["best"]["weights"]["arts"] < 47.5
    words = told["Lemuria, all weights within 10 points"]
    assert words.startswith(f"1 (arts={proven['best']['weights']['arts']:.2f},trade=")
    near = softpower.compare(str(tmp_path / "places"), each=True, country="Lemuria", step=1)
    assert near.provenance["each"]["proven"]["Lemuria"]["best"]["rank"] == 2


def test_where_ranks_are_not_solved_for_it_is_said():
    answer = softpower.compare("hdi-2022", each=True, country="Norway")
    told = {row["fact"]: row["value"] for row in answer.table("extremes").records()}
    assert "Scores are rounded" in told["Weights within 10 points"]


def test_it_is_said_why_a_choice_has_no_change_of_points():
    notes = each_choice(softpower.load("hdi-2022"), selection=Selection(countries=["Norway"]))
    (said,) = [each for each in notes.tables[0].notes if "another scale" in each]
    assert said == "Where no change is given, the choice leads to scores on another scale."
    of_all = each_choice(softpower.load("hdi-2022"), selection=Selection(top=2))
    assert not any("another scale" in each for each in of_all.tables[0].notes)
