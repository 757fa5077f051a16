import pytest

from helpers.imaginary_index import write
from softpower import score
from softpower.charts import BarChart, GridChart, MapChart, ScatterChart
from softpower.errors import UsageError


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("charts")))


def test_a_ranking_is_bars_and_what_is_asked_for_beside_it_takes_their_place(places):
    assert [type(chart) for chart in score(places).charts] == [BarChart]
    assert [type(chart) for chart in score(places, pillars=True).charts] == [GridChart]
    both = score("hdi-2022", against="gspi-2026", pillars=True).charts
    assert [type(chart) for chart in both] == [ScatterChart, GridChart]


def test_a_grid_has_the_scores_of_the_pillars(places):
    answer = score(places, pillars=True)
    (grid,) = answer.charts
    first = answer.table("ranking").records()[0]
    keys = [column.key for column in answer.table("ranking").columns]
    pillars = keys[keys.index("score") + 1 :]
    assert grid.labels[0] == first["country"]
    assert grid.values[0] == tuple(first[key] for key in ["score", *pillars])


def test_a_grid_of_small_scores_tells_them_apart():
    (of_shares,) = score("hdi-2022", pillars=True, top=2).charts
    assert (of_shares.digits, of_shares.values[0][0]) == (3, 0.967)
    (of_hundred,) = score("open-soft-power", pillars=True, top=2).charts
    assert of_hundred.digits == 1


def test_a_scatter_has_all_places_and_names_the_farthest_apart_among_those_shown():
    (chart,) = score("hdi-2022", against="gspi-2026", region="Europe").charts
    places = dict(zip(chart.labels, zip(chart.across, chart.up, strict=True), strict=True))
    ranking = score("hdi-2022", against="gspi-2026").table("ranking").records()
    norway = next(row for row in ranking if row["id"] == "NOR")
    assert places["Norway"] == (norway["rank"], norway["previous"])
    assert len(chart.labels) == sum(row["previous"] is not None for row in ranking if row["rank"])
    told = [label for label, chosen in zip(chart.labels, chart.chosen, strict=True) if chosen]
    assert len(told) == 12
    assert "Liechtenstein" in told
    gaps = [abs(a - b) for a, b in zip(chart.across, chart.up, strict=True)]
    assert gaps == sorted(gaps, reverse=True)


def test_a_scatter_names_those_who_are_asked_for():
    (chart,) = score("hdi-2022", against="gspi-2026", country=["Chad", "Peru"]).charts
    told = [label for label, chosen in zip(chart.labels, chart.chosen, strict=True) if chosen]
    assert sorted(told) == ["Chad", "Peru"]
    assert not chart.caption


def test_a_map_shows_scores_or_ranks_of_countries_by_their_codes():
    (scores,) = score("hdi-2022", map="scores", top=1).charts
    assert (scores.codes, scores.values, scores.low_is_best) == (("CHE",), (0.967,), False)
    (ranks,) = score("hdi-2022", map="ranks", top=1).charts
    assert (type(ranks), ranks.values, ranks.axis) == (MapChart, (1.0,), "Rank")
    assert ranks.low_is_best
    assert "disputed" in ranks.caption


def test_what_is_no_country_has_no_map(places):
    with pytest.raises(UsageError, match="ranks no countries"):
        score(places, map="scores")
    with pytest.raises(UsageError, match="'scores', 'ranks' or None"):
        score(places, map="points")
