"""Where a country's score comes from: worked by hand, and on every shipped index."""

from __future__ import annotations

import math

import numpy as np
import pytest

import softpower
from helpers.explain_folder import made, runs_of, table, told
from helpers.whole_folder import DECLARATION, write_index
from softpower.analysis.explain.country import explain
from softpower.analysis.explain.decomposition import decompose
from softpower.analysis.explain.neighbours import MOST_PARTS
from softpower.errors import UsageError
from softpower.index.find import shipped

PILLARS = """
[pillars.arts]
title = "Arts"
weight = 60

[pillars.trade]
title = "Trade"
weight = 40
"""
INDICATORS = """\
id,title,pillar,weight,unit,transform,denominator,direction,source,year
music,Music,arts,75,songs,,people,higher,Song book,2020
plays,Plays,arts,25,plays,,,higher,Play bill,2021
ships,Ships,trade,100,ships,log10,,higher,Harbour list,2022
people,People,-,,persons,,,higher,Census,2019
"""
FIGURES = """\
unit,music,plays,ships,people
Atlantis,90,4,1000,10
Lemuria,60,,100,10
Ruritania,40,2,10,20
Utopia,10,0,100,10
"""
# By hand: songs a head 9, 6, 2, 1 -> 100, 62.5, 12.5, 0; plays 100, -, 50, 0; the logarithms of
# ships 3, 2, 1, 2 -> 100, 50, 0, 50. Lemuria has no plays, so that its arts are its music.


@pytest.fixture
def places(tmp_path):
    return made(
        tmp_path,
        "places",
        indicators=INDICATORS,
        figures=FIGURES,
        pillars=PILLARS,
        methodology='normalise = "minmax"',
    )


def test_the_score_of_lemuria_is_made_of_music_alone_and_ships(places):
    answer = explain(places, "Lemuria")
    assert answer.title == "Lemuria in Places: rank 2 of 4"
    rows = {row["id"]: row for row in table(answer, "indicators")}
    assert rows["music"]["value"] == pytest.approx(62.5)
    assert rows["music"]["weight"] == pytest.approx(0.6)
    assert rows["music"]["points"] == pytest.approx(37.5)
    assert rows["music"]["rank"] == 2
    assert rows["plays"]["value"] is None
    assert rows["plays"]["weight"] == 0
    assert rows["plays"]["state"] == "missing"
    assert rows["ships"]["points"] == pytest.approx(20)
    assert told(answer)["Score"] == pytest.approx(57.5)
    assert told(answer)["Missing"] == "plays"
    assert any("No figure for plays" in note for note in answer.notes)


def test_each_figure_has_its_unit_year_and_source(places):
    rows = {row["id"]: row for row in table(explain(places, "Lemuria"), "indicators")}
    keys = ("figure", "unit", "year", "source", "pillar")
    assert [rows["music"][key] for key in keys] == [60, "songs", "2020", "Song book", "arts"]
    assert [rows["plays"][key] for key in keys] == [None, "plays", None, None, "arts"]


def test_the_steps_are_those_that_changed_a_figure_in_their_order(places):
    steps = table(explain(places, "Atlantis"), "steps")
    assert [(row["id"], row["step"], row["how"]) for row in steps] == [
        ("music", "divide", "per people"),
        ("ships", "transform", "log10"),
    ]
    assert [row["before"] for row in steps] == [90, 1000]
    assert [row["after"] for row in steps] == pytest.approx([9, 3])


def test_the_prepared_figure_stands_between_the_lowest_and_the_highest(places):
    rows = {row["id"]: row for row in table(explain(places, "Ruritania"), "indicators")}
    music = rows["music"]
    assert (music["lowest"], music["prepared"], music["highest"]) == (1, 2, 9)


def test_what_each_pillar_adds_sums_to_the_score_and_has_its_rank(places):
    pillars = table(explain(places, "Ruritania"), "pillars")
    # Arts 0.75 x 12.5 + 0.25 x 50 = 21.875, trade 0.
    assert [row["value"] for row in pillars] == pytest.approx([21.875, 0])
    assert [row["points"] for row in pillars] == pytest.approx([13.125, 0])
    assert [row["rank"] for row in pillars] == [3, 4]


def test_the_rise_to_the_next_is_what_one_pillar_alone_would_have_to_gain(places):
    # Ruritania, 13.125, is behind Utopia, 20: 6.875 points are 11.46 in arts or 17.19 in trade.
    pillars = table(explain(places, "Ruritania"), "pillars")
    assert [row["rise"] for row in pillars] == pytest.approx([6.875 / 0.6, 6.875 / 0.4])
    # Lemuria, 57.5, is behind Atlantis, 100: 42.5 points are more than the best has in either.
    assert "rise" not in table(explain(places, "Lemuria"), "pillars")[0]


def test_neighbours_are_those_next_above_and_below_with_the_gap_in_points(places):
    rows = table(explain(places, "Lemuria"), "neighbours")
    assert [row["country"] for row in rows] == ["Atlantis", "Lemuria", "Utopia", "Ruritania"]
    assert [row["rank"] for row in rows] == [1, 2, 3, 4]
    gaps = [row["gap"] for row in rows]
    assert gaps[1] is None
    assert [gaps[0], *gaps[2:]] == pytest.approx([42.5, -37.5, -44.375])


def test_strengths_and_weaknesses_share_no_indicator(places):
    answer = explain(places, "Ruritania")
    best = [row["id"] for row in table(answer, "strengths")]
    worst = [row["id"] for row in table(answer, "weaknesses")]
    assert (best, worst) == (["plays"], ["ships"])
    # Points of plays 15, 0, 7.5, 0: the median is 3.75.
    assert table(answer, "strengths")[0]["lead"] == pytest.approx(3.75)


def test_the_bars_are_the_points_of_the_pillars_of_the_neighbours(places):
    chart = explain(places, "Lemuria").charts[0]
    assert chart.parts == ("Arts", "Trade")
    assert chart.values[1] == pytest.approx((37.5, 20))


def test_an_imputed_figure_is_said_to_be_imputed(places):
    run = softpower.load(places.name, set={"impute": "mean"})
    answer = explain(run, "Lemuria")
    rows = {row["id"]: row for row in table(answer, "indicators")}
    assert rows["plays"]["state"] == "imputed"
    assert rows["plays"]["figure"] is None
    assert rows["plays"]["value"] == pytest.approx(50)
    step = next(row for row in table(answer, "steps") if row["id"] == "plays")
    assert (step["step"], step["before"], step["after"]) == ("impute", None, 2)
    assert any("no figure to use: plays" in note for note in answer.notes)


def test_a_figure_imputed_after_normalising_counts_as_it_was_filled_in(places):
    run = softpower.load(places.name, set={"impute": "mean:stage=normalised"})
    answer = explain(run, "Lemuria")
    rows = {row["id"]: row for row in table(answer, "indicators")}
    assert rows["plays"]["value"] == pytest.approx(50)
    assert sum(row["points"] for row in rows.values()) == pytest.approx(told(answer)["Score"])


def test_a_treated_figure_is_said_to_be_treated(tmp_path):
    figures = "unit,gold\n" + "".join(f"Isle {n},{n}\n" for n in range(1, 20)) + "Ophir,5000\n"
    run = made(
        tmp_path,
        "isles",
        indicators="id,title\ngold,Gold\n",
        figures=figures,
        methodology='treat = "winsorise"\nnormalise = "minmax"',
    )
    answer = explain(run, "Ophir")
    assert told(answer)["Treated as outliers"] == "gold"
    step = table(answer, "steps")[0]
    assert (step["step"], step["before"], step["after"]) == ("treat", 5000, 19)
    assert "Treated as outliers" not in told(explain(run, "Isle 3"))


def test_a_tie_with_many_at_the_top_is_no_strength():
    best = table(explain(softpower.load("open-soft-power"), "China"), "strengths")
    assert "mobile_subscriptions" not in [row["id"] for row in best]


def test_where_totals_are_no_sums_there_are_no_points_and_it_says_so():
    answer = explain(softpower.load("hdi-2022"), "Norway")
    assert "points" not in table(answer, "indicators")[0]
    (grid,) = answer.charts
    income = softpower.load("hdi-2022").score()["Norway"].pillars["income"]
    assert (
        dict(zip(grid.columns, grid.values[grid.labels.index("Norway")], strict=True))["Income"]
        == income
    )
    assert any("not a weighted sum" in note for note in answer.notes)
    assert told(answer)["Score"] == 0.966
    assert round(told(answer)["Before scaling and rounding"], 3) == 0.966


def test_an_unranked_country_is_told_why_and_what_is_missing():
    answer = explain(softpower.load("open-soft-power@without-media"), "Libya")
    assert answer.title.endswith("not ranked")
    assert "3 of 7 indicators in Education" in told(answer)["Why"]
    assert "tourist_arrivals" in told(answer)["Missing"]
    coverage = {row["id"]: row for row in table(answer, "coverage")}
    assert (coverage["education"]["found"], coverage["education"]["of"]) == (3, 7)
    figures = {row["id"]: row["figure"] for row in table(answer, "indicators")}
    assert sum(figure is None for figure in figures.values()) == 7


def test_zeros_of_lists_are_named_and_are_values_to_a_pillar_only(tmp_path):
    # Atlantis has one figure and two zeros of lists; Lemuria all three, Thule one and one zero.
    run = made(
        tmp_path,
        "lists",
        indicators="id,pillar,zero_fill\nsongs,arts,yes\nplays,arts,yes\nships,arts,\n",
        figures="unit,songs,plays,ships\nAtlantis,0,0,\nLemuria,3,4,5\nThule,0,2,7\n",
        pillars='[pillars.arts]\ntitle = "Arts"\n',
        methodology="coverage = { country = 0.5, pillar = 0 }",
    )
    short = explain(run, "Atlantis")
    assert told(short)["Why"] == "It has figures for 0 of 1 indicators, 2 zeros of lists aside."
    assert (told(short)["Figures"], told(short)["Missing"]) == ("0 of 1", "ships")
    assert told(short)["Zeros of lists"] == "songs, plays"
    (arts,) = table(short, "coverage")
    assert (arts["found"], arts["of"], arts["share"]) == (2, 3, 2 / 3)
    ranked = explain(run, "Thule")
    assert (told(ranked)["Figures"], told(ranked)["Zeros of lists"]) == ("2 of 2", "songs")
    assert told(explain(run, "Lemuria"))["Figures"] == "3 of 3"
    assert "Zeros of lists" not in told(explain(run, "Lemuria"))


def test_where_every_figure_is_asked_for_the_mend_is_not_to_lower_coverage():
    answer = explain(softpower.load("hdi-2022"), "Monaco")
    assert told(answer)["Rank"] == "not ranked"
    assert told(answer)["Asked for"] == "every figure"
    assert '`set={"missing": "renormalise"}`' in answer.notes[0]
    again = softpower.load("hdi-2022", set={"missing": "renormalise"})
    assert told(explain(again, "Monaco"))["Rank"] != "not ranked"


def test_a_published_index_is_told_as_far_as_it_is_known():
    answer = explain(softpower.load("gspi-2026"), "China")
    assert (told(answer)["Rank"], told(answer)["Score"]) == (2, 73.5)
    assert "digital edition" in told(answer)["Source"]
    assert [row["id"] for row in table(answer, "neighbours")] == ["USA", "CHN", "JPN", "GBR"]
    assert any("Nothing more is known" in note for note in answer.notes)


def test_where_there_are_no_parts_to_draw_the_scores_of_neighbours_are_and_it_is_said_why(tmp_path):
    chart = explain(softpower.load("gspi-2024"), "China").charts[0]
    assert chart.labels == ("United States", "United Kingdom", "China", "Japan", "Germany")
    assert chart.values == (78.8, 71.8, 71.2, 70.6, 69.8)
    assert chart.caption == "What they are made of is not published."
    names = [f"x{number}" for number in range(MOST_PARTS + 1)]
    figures = f"unit,{','.join(names)}\nA{',3' * len(names)}\nB{',1' * len(names)}\n"
    rows = "".join(f"{name},{name},higher,kg,Nobody\n" for name in names)
    lands = write_index(
        tmp_path,
        declaration=DECLARATION.partition("[pillars.land]")[0],
        indicators=f"id,title,direction,unit,source\n{rows}",
        figures=figures,
    )
    chart = explain(softpower.load(lands), "A").charts[0]
    assert (chart.labels, chart.values) == (("A", "B"), (100, 0))
    assert chart.caption == "They have more than 12 parts, which are too many to draw."
    chart = explain(softpower.load(lands, set={"aggregate": "borda"}), "A").charts[0]
    # Of two units the better has one point more of each of 13.
    assert chart.values[0] - chart.values[1] == chart.values[0] > 0
    assert "there are no pillars" in chart.caption


def test_a_country_without_a_published_rank_has_no_neighbours(tmp_path):
    index = tmp_path / "part"
    index.mkdir()
    (index / "index.toml").write_text(
        'id = "part"\ntitle = "Part"\npublisher = "Nobody"\nunits = "other"\nsummary = "Made up."\n'
        'citation = "None."\nlicence = "None."\n[published]\nunits = 3\n',
        encoding="utf-8",
    )
    (index / "published.csv").write_text(
        "unit,score,rank,source,note\nAtlantis,9,1,Book,\nLemuria,5,,Book,\n", encoding="utf-8"
    )
    answer = explain(softpower.load(str(index)), "Lemuria")
    assert told(answer)["Rank"] == "not known"
    assert [t.name for t in answer.tables] == ["facts"]


def test_an_unknown_country_is_answered_with_the_nearest_one():
    with pytest.raises(UsageError, match="Norway"):
        explain(softpower.load("hdi-2022"), "Norwya")


@pytest.mark.parametrize("name", shipped())
def test_the_parts_of_every_shipped_run_add_up_to_its_totals(name):
    for run in runs_of(name):
        known = decompose(run)
        ranked = known.ranked
        assert np.allclose(known.weights[ranked].sum(axis=1), 1, atol=1e-12)
        if not known.rescaled:
            assert np.allclose(known.totals[ranked], known.ranking.scores[ranked], atol=1e-9)
        for row in np.flatnonzero(ranked)[::60]:
            check_one(known, row, explain(run, known.ranking.units[row].id))


def check_one(known, row, answer):
    cells = [cell for part in answer.tables for line in part.rows for cell in line]
    assert not any(isinstance(cell, float) and math.isnan(cell) for cell in cells)
    if known.ranking.contributions is not None:
        points = sum(line["points"] for line in table(answer, "indicators"))
        assert points == pytest.approx(known.totals[row], abs=1e-9)
        stated = known.weights[row] * np.nan_to_num(known.y[row])
        assert np.allclose(stated, known.ranking.contributions[row], atol=1e-9)
