"""The State of Southeast Asia Survey: ten shares of each edition, and the headlines."""

from __future__ import annotations

import numpy as np
import pytest

import softpower
from softpower.analysis.explain.editions import editions

COUNTRIES = (
    "brunei", "cambodia", "indonesia", "laos", "malaysia",
    "myanmar", "philippines", "singapore", "thailand", "vietnam",
)  # fmt: skip
# Per cent that would side with China, as quoted or as the complement of what is quoted for the
# United States (figures.csv says which), and the headline as quoted.
CHINA = {
    2020: ([69.1, 57.7, 52.0, 73.9, 60.7, 61.5, 17.5, 38.7, 52.1, 14.5], 46.4),
    2021: ([69.7, 46.2, 35.7, 80.0, 47.0, 51.9, 13.4, 34.2, 43.5, 16.0], 38.5),
    2024: ([70.1, 45.0, 73.2, 70.6, 75.1, 42.3, 16.7, 38.5, 52.2, 21.0], 50.5),
}


@pytest.mark.parametrize("year", CHINA)
def test_an_edition_holds_the_ten_shares_and_the_headline(year):
    index = softpower.load(f"sea-survey-{year}").index
    shares, headline = CHINA[year]
    units, values = index.figures.units, index.figures.values
    figures = {unit.id: row for unit, row in zip(units, values, strict=True)}
    assert index.figures.ids == COUNTRIES
    assert figures["CHN"].tolist() == shares
    np.testing.assert_allclose(figures["CHN"] + figures["USA"], 100, rtol=1e-12)
    assert all(index.figures.sources.ravel())
    printed = dict(zip((u.id for u in index.published.units), index.published.scores, strict=True))
    assert printed == {"CHN": headline, "USA": pytest.approx(100 - headline)}


@pytest.mark.parametrize(("year", "mean"), [(2020, 49.77), (2021, 43.76), (2024, 50.47)])
def test_the_equal_mean_is_the_headline_of_2024_alone(year, mean):
    ranking = softpower.load(f"sea-survey-{year}").score()
    china = next(i for i, unit in enumerate(ranking.units) if unit.id == "CHN")
    assert ranking.scores[china] == pytest.approx(mean, rel=1e-12)
    assert (abs(mean - CHINA[year][1]) < 0.05) is (year == 2024)


@pytest.mark.parametrize("year", [2020, 2021])
def test_under_the_inferred_weights_the_headline_comes_out(year):
    run = softpower.load(f"sea-survey-{year}@headline")
    assert sum(run.patch.weights.values()) == pytest.approx(100)
    assert softpower.reproduce(run).holds
    assert "Inferred by us" in run.index.variants["headline"].source


def test_the_inferred_weights_are_the_nearest_to_equal_ones():
    # Least squares with a fixed sum and a fixed headline: the weights are linear in the shares.
    for year, fixed in ((2020, None), (2021, "philippines")):
        run = softpower.load(f"sea-survey-{year}@headline")
        free = [name for name in COUNTRIES if name != fixed]
        shares = [CHINA[year][0][COUNTRIES.index(name)] for name in free]
        weights = [run.patch.weights[name] for name in free]
        line = np.polyval(np.polyfit(shares, weights, 1), shares)
        assert weights == pytest.approx(line, abs=0.15)
    assert softpower.load("sea-survey-2021@headline").patch.weights["philippines"] == 6.5


def moved(first, second):
    answer = editions(softpower.load(first), softpower.load(second), "China")
    table = next(table for table in answer.tables if table.name == "movement")
    return {row["what"]: row["score"] for row in table.records()}


def test_with_weights_unknown_the_change_since_2021_is_one_of_figures():
    change = moved("sea-survey-2021", "sea-survey-2024")
    assert change == {"Its own figures": pytest.approx(6.71), "The figures of others": 0}


def test_from_the_printed_headline_a_third_of_the_change_is_one_of_weights():
    # 50.47 - 38.5206 = 11.9494. Weights alone, with the figures of 2021 and of 2024: 43.76 -
    # 38.5206 = 5.2394 and 50.47 - 47.6165 = 2.8535, on average 4.0465.
    change = moved("sea-survey-2021@headline", "sea-survey-2024")
    then = softpower.load("sea-survey-2021@headline").patch.weights
    weights = np.array([then[name] for name in COUNTRIES]) / 100
    assert weights @ CHINA[2024][0] == pytest.approx(47.6165)
    assert change["Weights"] == pytest.approx(4.0465, abs=1e-4)
    assert change["Its own figures"] == pytest.approx(11.9494 - 4.0465, abs=1e-4)
