"""Indices in which low scores are best, and pillars that are turned, through every question."""

from pathlib import Path

import numpy as np
import pytest

import softpower
from helpers.explain_folder import made, table, told
from softpower.errors import UsageError

FIGURES = """\
unit,crime,theft,wealth,music
Atlantis,0,10,20,1
Lemuria,5,5,30,4
Mu,10,0,40,2
Thule,2,8,35,3
"""
INDICATORS = "id,pillar,direction\ncrime,risk,lower\ntheft,risk,lower\nwealth,rest,\nmusic,rest,\n"
PILLARS = """
[pillars.risk]
title = "Risk"
direction = "lower"

[pillars.rest]
title = "Rest"
"""


@pytest.fixture
def lands(tmp_path):
    """Return a run of which one pillar is better if low."""
    return made(
        tmp_path,
        "lands",
        indicators=INDICATORS,
        figures=FIGURES,
        pillars=PILLARS,
        methodology='normalise = "minmax"',
    )


@pytest.fixture
def mean_of_ranks(lands):
    """Return a run whose scores are means of ranks of pillars, 1 being the best."""
    changes = {"direction": "lower", "renormalise": "rank", "pillars.risk.direction": "lower"}
    return softpower.load(lands, set=changes)


def test_the_lowest_score_has_rank_one_and_scores_are_means_of_ranks(mean_of_ranks):
    ranking = mean_of_ranks.score()
    # Risk is 50 for all: rank 2.5. Rest: 0, (50 + 100) / 2, (100 + 33) / 2, (75 + 67) / 2.
    np.testing.assert_allclose(ranking.scores, [3.25, 1.75, 2.75, 2.25])
    assert ranking.ranks.tolist() == [4, 1, 3, 2]
    assert [each.name for each in ranking] == ["Lemuria", "Thule", "Mu", "Atlantis"]


def test_what_one_adds_more_than_another_is_exact_though_a_pillar_is_turned(lands):
    answer = softpower.explain(lands, "Lemuria", versus="Atlantis")
    shares = {row["id"]: row["points"] for row in table(answer, "indicators")}
    # Crime 5 for 0 costs half of 50 in risk, theft 5 for 10 brings it; wealth 50, music 100.
    assert shares == pytest.approx({"crime": -12.5, "theft": 12.5, "wealth": 12.5, "music": 25})
    assert told(answer, "rule")["Shared out"].startswith("Exact")


@pytest.mark.parametrize("aggregate", ["power:2", "arithmetic/power:2", "mean-min"])
def test_shapley_values_of_a_turned_pillar_add_up_to_the_difference(lands, aggregate):
    run = softpower.load(lands, set={"aggregate": aggregate})
    answer = softpower.explain(run, "Lemuria", versus="Atlantis")
    ranking = run.score()
    total = ranking["Lemuria"].score - ranking["Atlantis"].score
    for name in ("pillars", "indicators"):
        assert sum(row["points"] for row in table(answer, name)) == pytest.approx(total)


def test_pillars_that_are_normalised_again_are_shared_out_as_wholes(mean_of_ranks):
    answer = softpower.explain(mean_of_ranks, "Lemuria", versus="Atlantis")
    shares = {row["id"]: row["points"] for row in table(answer, "pillars")}
    assert shares == pytest.approx({"risk": 0, "rest": -1.5})
    assert any("a normalisation compares units" in note for note in answer.notes)


def test_the_change_that_would_close_the_gap_is_downwards_where_low_is_best(lands):
    run = softpower.load(lands, set={"direction": "lower"})
    answer = softpower.explain(run, "Thule")
    # Rest is 29.2 for Thule and 25 for Lemuria, and counts half of a gap of 2.1.
    rises = {row["id"]: row["rise"] for row in table(answer, "pillars")}
    assert rises["rest"] == pytest.approx(-25 / 6)
    notes = [note for each in answer.tables for note in each.notes]
    assert any("the change in this pillar alone" in note for note in notes)


def test_strengths_have_fewer_points_than_the_median_where_low_is_best(lands):
    run = softpower.load(lands, set={"direction": "lower"})
    answer = softpower.explain(run, "Lemuria")
    strengths = table(answer, "strengths")
    assert strengths[0]["id"] == "music"
    assert strengths[0]["lead"] < 0


def test_a_lead_in_points_is_one_downwards_where_low_is_best(mean_of_ranks):
    for claim, true in {
        "Lemuria beats Thule by 0.5 points": True,
        "Lemuria beats Thule by 0.6 points": False,
        "Thule beats Lemuria by 0.1 points": False,
    }.items():
        assert softpower.claim(mean_of_ranks, claim, draws=50).holds is true


def test_draws_of_weights_rank_the_lowest_first(mean_of_ranks):
    answer = softpower.robustness(mean_of_ranks, weights="simplex", levels="pillars", draws=200)
    rows = {row["country"]: row for row in table(answer, "robustness")}
    # Rest alone tells them apart, whatever the weights.
    assert (rows["Lemuria"]["low"], rows["Lemuria"]["high"]) == (1, 1)
    assert (rows["Atlantis"]["low"], rows["Atlantis"]["high"]) == (4, 4)


def test_scores_of_the_two_directions_are_not_subtracted(lands):
    run = softpower.load(lands, set={"direction": "lower"})
    answer = softpower.score(run, against=lands)
    assert any("different scales" in note for note in answer.notes)


def test_published_scores_of_which_the_lowest_is_best_are_ranked_so_when_they_vary(tmp_path):
    folder = tmp_path / "printed"
    folder.mkdir()
    (folder / "index.toml").write_text(
        'id = "printed"\ntitle = "Printed"\npublisher = "P"\nsummary = "S."\ncitation = "C"\n'
        'licence = "L"\nunits = "other"\n[methodology]\ndirection = "lower"\n'
        "[published]\ndecimals = 0\n",
        encoding="utf-8",
    )
    text = "unit,score,rank\nA,1,1\nB,5,2\nC,9,3\n"
    (folder / "published.csv").write_text(text, encoding="utf-8")
    answer = softpower.robustness(str(folder), rounding=1.0, draws=50)
    rows = {row["country"]: row for row in table(answer, "robustness")}
    assert [rows[name]["high"] for name in "ABC"] == [1, 2, 3]


def test_every_setting_is_shown_and_is_repeated_by_what_is_saved(mean_of_ranks):
    run = softpower.load(mean_of_ranks, set={"tiebreak": "rest,crime"})
    saved = run.provenance()
    again = softpower.load(saved["run"], **saved["changes"])
    assert again.score().ranks.tolist() == run.score().ranks.tolist()
    assert saved["changes"]["set"]["tiebreak"] == "rest,crime"
    shown = {row["setting"]: row["choice"] for row in table(softpower.show(run), "methodology")}
    assert shown["direction"] == "lower"
    assert shown["renormalise"] == "rank"
    assert shown["tiebreak"] == "rest, crime"
    better = {row["id"]: row["direction"] for row in table(softpower.show(run), "tree")}
    assert (better["risk"], better["rest"]) == ("lower", "")


def test_each_choice_between_levels_is_one_that_may_have_moved_somebody(lands):
    changes = {"renormalise": "rank", "pillars.rest.aggregate": "minimum", "tiebreak": "music"}
    other = softpower.load(lands, set=changes)
    answer = softpower.compare(lands, other)
    found = {row["choice"]: (row["before"], row["after"]) for row in table(answer, "choices")}
    assert found == {
        "pillars.rest.aggregate": ("as declared", "minimum"),
        "renormalise": ("none", "rank"),
        "tiebreak": ("none", "music"),
    }
    rows = table(softpower.compare(lands, other, why="Mu"), "attribution")
    ranks = [run.score()["Mu"].rank for run in (lands, other)]
    assert rows[-1]["places"] == sum(row["places"] for row in rows[:-1]) == ranks[0] - ranks[1]


def test_a_folder_says_how_an_indicator_alone_is_normalised(tmp_path):
    run = made(
        tmp_path,
        "own",
        indicators="id,normalise\ncrime,rank\nwealth,\n",
        figures="unit,crime,wealth\nA,1,1\nB,2,2\nC,9,9\n",
        methodology='normalise = "minmax"',
    )
    np.testing.assert_allclose(run.score().scores, [0.5, (2 + 12.5) / 2, (3 + 100) / 2])
    plain = softpower.load(run, set={"indicators.crime.normalise": ""})
    np.testing.assert_allclose(plain.score().scores, [0, 12.5, 100])
    assert any("normalise rank" in str(row) for row in table(softpower.show(run), "sources"))


def test_renormalise_without_pillars_is_refused_as_it_has_no_effect(tmp_path):
    run = made(tmp_path, "flat", indicators="id\na\n", figures="unit,a\nA,1\nB,2\n")
    with pytest.raises(softpower.UsageError, match="has no pillars whose scores are added up"):
        softpower.load(run, set={"renormalise": "rank"})
    again = made(
        tmp_path,
        "again",
        indicators="id\na\n",
        figures="unit,a\nA,1\nB,2\n",
        methodology='renormalise = "rank"',
    )
    assert not softpower.check(again.identifier).holds
    with pytest.raises(softpower.MethodError, match="no pillars whose scores could be normalised"):
        again.score()


def test_a_framework_without_pillars_leaves_out_what_is_done_between_levels(tmp_path):
    run = made(
        tmp_path,
        "two",
        indicators="id,pillar,pillar:flat\na,p,\nb,q,\n",
        figures="unit,a,b\nA,1,5\nB,2,3\nC,9,4\n",
        methodology='normalise = "none"\nrenormalise = "rank"',
        pillars='[pillars.p]\ntitle = "P"\n[pillars.q]\ntitle = "Q"\n'
        '[frameworks.flat]\ntitle = "Flat"\n',
    )
    np.testing.assert_allclose(run.score().scores, [2, 1.5, 2.5])
    flat = softpower.load(run, set={"framework": "flat"})
    np.testing.assert_allclose(flat.score().scores, [3, 2.5, 6.5])


@pytest.mark.parametrize(
    ("key", "value", "match"),
    [
        ("pillars.risk.drection", "lower", "has no field 'drection'.*Did you mean direction"),
        ("pillars.rik.direction", "lower", "no pillar 'rik'.*Did you mean risk"),
        ("pillars.risk", "lower", "names no field of a pillar"),
        ("pillars.risk.direction", "low", "none of the choices"),
        ("renormalise", "goalposts", "cannot rescale scores"),
        ("renormalise.2", "rank", "no effect beneath level 1"),
    ],
)
def test_what_cannot_be_set_is_refused_with_the_mend(lands, key, value, match):
    with pytest.raises(softpower.UsageError, match=match):
        softpower.load(lands, set={key: value})


def test_the_folder_is_sound(lands):
    assert softpower.check(Path(lands.identifier)).holds is not False


def test_what_puts_equal_scores_in_order_is_left_out_along_and_that_is_said(mean_of_ranks):
    run = softpower.load(mean_of_ranks, set={"tiebreak": "rest,crime"})
    left = softpower.robustness(run, leave_out="pillars")
    assert [row["id"] for row in table(left, "left-out")] == ["rest"]
    assert left.complete
    assert "rest is left out, and puts no equal scores in order." in left.notes
    assert "crime is left out, and puts no equal scores in order." in left.notes
    each = softpower.compare(run, each=True)
    assert {"without rest", "without crime"} <= each.provenance["each"]["choices"].keys()
    assert "Left out, crime and rest put no equal scores in order." in each.notes
    with pytest.raises(UsageError, match="rest is to put equal scores in order and left out"):
        softpower.load(mean_of_ranks, set={"tiebreak": "rest"}, omit=["rest"])
