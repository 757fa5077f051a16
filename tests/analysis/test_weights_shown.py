"""Where weights are shown: beside a ranking, in the portrait of an index, in an explanation."""

import json

import numpy as np
import pytest
from click.testing import CliRunner

import softpower
from softpower.analysis.explain.country import explain
from softpower.analysis.explain.decomposition import decompose
from softpower.analysis.score import RankingView, score
from softpower.analysis.show import show
from softpower.cli import main
from softpower.errors import UsageError

DOUBT = {"weight": "benefit-of-the-doubt:0.05:0.4"}


@pytest.fixture(scope="module")
def doubting():
    """What scores of open-soft-power under weights of each country's own are made of."""
    return decompose(softpower.load("open-soft-power", set=DOUBT))


def table(answer, name):
    return next(part for part in answer.tables if part.name == name)


def records(answer, name):
    return {row["id"]: row for row in table(answer, name).records()}


def test_derived_weights_are_listed_beside_the_stated_ones():
    run = softpower.load("open-soft-power", set={"weight": "pca"})
    rows = records(score(run, RankingView(weights=True)), "weights")
    ranking = run.score()
    assert rows["culture"]["stated"] == 1
    assert rows["culture"]["within"] == ranking.local_weights["culture"]
    assert rows["tourist_arrivals"]["effective"] == ranking.weights["tourist_arrivals"]
    assert "smallest" not in rows["culture"]
    tree = records(show(run), "tree")
    assert tree["culture"]["within"] == ranking.local_weights["culture"]


def test_individual_weights_have_a_mean_a_smallest_and_a_largest():
    run = softpower.load("open-soft-power@without-media", set=DOUBT)
    answer = score(run, RankingView(top=3, weights=True))
    rows = records(answer, "weights")
    for pillar in run.setup.framework.top():
        row = rows[pillar.id]
        assert 0.05 - 1e-9 <= row["smallest"] <= row["within"] <= row["largest"] <= 0.4 + 1e-9
    own = records(answer, "own_weights")
    ranking = run.score()
    assert len(own) == 3
    france = next(i for i, unit in enumerate(ranking.units) if unit.id == "FRA")
    points = [own["FRA"][p.id] * ranking.pillars[p.id][france] for p in ranking.framework.top()]
    assert sum(points) == pytest.approx(ranking.scores[france])


def test_a_printed_table_of_own_weights_has_the_pillars_only():
    run = softpower.load("open-soft-power@without-media", set=DOUBT)
    answer = score(run, RankingView(top=1, weights=True))
    shown = [column.key for column in table(answer, "own_weights").columns if not column.detail]
    assert shown[:2] == ["id", "country"]
    assert shown[2:] == [
        "government",
        "culture",
        "education",
        "engagement",
        "enterprise",
        "digital",
    ]


def test_stages_and_weights_together_list_weights_once():
    answer = score(softpower.load("hdi-2022"), RankingView(stages=True, weights=True))
    assert [part.name for part in answer.tables].count("weights") == 1


def test_a_published_index_has_no_known_weights():
    with pytest.raises(UsageError, match="gspi-2024 has no known weights"):
        score(softpower.load("gspi-2024"), RankingView(weights=True))


def test_the_command_prints_weights_within_eighty_columns():
    settings = ["--set", "weight=critic", "--weights", "--top", "2"]
    shown = CliRunner().invoke(main, ["score", "hdi-2022", *settings], env={"COLUMNS": "80"})
    assert shown.exit_code == 0
    assert "In the index" in shown.stdout
    assert max(map(len, shown.stdout.splitlines())) <= 80
    whole = CliRunner().invoke(main, ["score", "hdi-2022", *settings, "-f", "json"])
    assert len(json.loads(whole.stdout)["tables"]["weights"]["rows"]) == 7


def test_points_of_individual_weights_are_weight_times_value_at_every_level(doubting):
    known = doubting
    ranked = np.flatnonzero(known.ranked)
    for pillar in known.ranking.framework.top():
        expected = known.weight(pillar) * known.value(pillar)
        np.testing.assert_allclose(known.points(pillar)[ranked], expected[ranked], atol=1e-9)
    totals = sum(known.points(pillar) for pillar in known.ranking.framework.top())
    np.testing.assert_allclose(totals[ranked], known.totals[ranked], atol=1e-9)


def test_an_explanation_says_that_weights_are_a_countrys_own():
    answer = explain(softpower.load("open-soft-power", set=DOUBT), "Japan")
    assert any("Weights are its own (benefit-of-the-doubt)" in note for note in answer.notes)
    assert "rise" not in {column.key for column in table(answer, "pillars").columns}


def test_other_values_cannot_be_added_up_under_weights_that_they_would_change(doubting):
    with pytest.raises(UsageError, match="units have their own weights, which other values would"):
        doubting.combined(doubting.ranking.framework.root, np.zeros((1, 6)))


def test_other_values_are_added_up_under_derived_weights():
    known = decompose(softpower.load("open-soft-power", set={"weight": "critic"}))
    root = known.ranking.framework.root
    rows = np.flatnonzero(known.ranked)[:5]
    found = known.combined(root, known.children(root)[rows])
    np.testing.assert_allclose(found, known.totals[rows], atol=1e-9)
