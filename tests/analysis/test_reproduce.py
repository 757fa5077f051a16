"""The published results come out again, as closely as each index says."""

from __future__ import annotations

import numpy as np
import pytest

import softpower
from softpower.analysis.reproduce import reproduce
from softpower.errors import UsageError
from softpower.index.find import shipped


def summary(answer):
    return {row["fact"]: row["value"] for row in answer.tables[0].records()}


@pytest.mark.parametrize("name", ["elcano-2021", "hdi-2022", "sea-survey-2024"])
def test_every_index_that_says_so_is_reproduced(name):
    answer = reproduce(softpower.load(name))
    assert answer.holds
    assert summary(answer)["Verdict"] == "reproduced"


def test_the_hdi_has_no_mismatch_at_three_decimals_over_every_published_country():
    said = summary(reproduce(softpower.load("hdi-2022")))
    assert said["Scores that agree"] == "193 of 193"
    assert said["Ranks that agree"] == "193 of 193"


def test_elcano_has_all_ranks_and_a_largest_residual_below_a_fiftieth():
    run = softpower.load("elcano-2021")
    said = summary(reproduce(run))
    assert said["Ranks that agree"] == "151 of 151"
    ranking, published = run.score(), run.index.published
    computed = dict(zip((u.id for u in ranking.units), ranking.scores, strict=True))
    residuals = [
        abs(computed[unit.id] - score)
        for unit, score in zip(published.units, published.scores, strict=True)
    ]
    assert len(residuals) == 151
    assert max(residuals) < 0.02


def test_the_survey_headline_is_recomputed_as_50_47():
    ranking = softpower.load("sea-survey-2024").score()
    scores = {unit.id: score for unit, score in zip(ranking.units, ranking.scores, strict=True)}
    assert scores["CHN"] == pytest.approx(50.47)
    assert scores["USA"] == pytest.approx(49.53)


def test_another_methodology_differs_and_the_worst_rows_come_first():
    answer = reproduce(softpower.load("hdi-2022", set={"aggregate": "arithmetic"}), worst=5)
    assert not answer.holds
    gaps = [abs(row["rank"] - row["published_rank"]) for row in answer.tables[1].records()]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 0


@pytest.mark.parametrize("name", ["gspi-2024", "gspi-2025", "gspi-2026", "soft-power-30-2015"])
def test_what_is_only_published_cannot_be_recomputed_and_says_so(name):
    with pytest.raises(UsageError, match="cannot be recomputed"):
        reproduce(softpower.load(name))


def test_the_2026_edition_is_sorted_as_printed_and_ties_are_not_order():
    ranking = softpower.load("gspi-2026").score()
    order = np.argsort(ranking.ranks, kind="stable")
    assert len(order) == 193
    assert np.all(np.diff(ranking.scores[order]) <= 0)
    printed = [float(score) for score in ranking.scores]
    assert sum(printed.count(score) > 1 for score in printed) == 78


def test_the_2025_ranks_are_a_permutation_of_1_to_193():
    ranking = softpower.load("gspi-2025").score()
    assert sorted(ranking.ranks) == list(range(1, 194))


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_index_and_variant_is_scored(name):
    run = softpower.load(name)
    assert np.isfinite(run.score().ranks).any()
    for variant in run.index.variants:
        ranking = softpower.load(f"{name}@{variant}").score()
        assert np.isfinite(ranking.scores).sum() > len(ranking.units) / 2
