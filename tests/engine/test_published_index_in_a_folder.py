"""The Technology Achievement Index of UNDP, built as a folder, has its published scores."""

import csv
from pathlib import Path

import numpy as np
import pytest

import softpower

DATA = Path(__file__).parent / "data"

INDEX = """
id = "tai-2001"
title = "Technology Achievement Index"
publisher = "United Nations Development Programme"
edition = "2001"

[methodology]
normalise = "goalposts:0:1"

[pillars.creation]
title = "Creation of technology"

[pillars.recent]
title = "Diffusion of recent innovations"

[pillars.old]
title = "Diffusion of old innovations"

[pillars.skills]
title = "Human skills"

[variants.in-logs]
title = "Decimal logarithms"
indicators.telephones.transform = "log10"
indicators.electricity.transform = "log10"

[variants.without-logs]
title = "Without logarithms"
indicators.telephones.transform = ""
indicators.electricity.transform = ""
"""

INDICATORS = """\
id,pillar,transform,goalposts,source
patents,creation,,0..994,UNDP
royalties,creation,,0..272.6,UNDP
internet,recent,,0..232.4,UNDP
exports,recent,,0..80.8,UNDP
telephones,old,log,1..901,UNDP
electricity,old,log,22..6969,UNDP
schooling,skills,,0.8..12,UNDP
university,skills,,0.1..27.4,UNDP
"""


def rows_of(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


EXPECTED = {row["country"]: row for row in rows_of("tai_expected")}
DROPPED = {row.pop("dropped"): row for row in rows_of("tai_one_indicator_dropped")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("indices") / "tai-2001"
    path.mkdir()
    (path / "index.toml").write_text(INDEX, encoding="utf-8")
    (path / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    figures = (DATA / "tai_figures.csv").read_text(encoding="utf-8")
    (path / "figures.csv").write_text(figures, encoding="utf-8")
    return str(path)


def by_unit(ranking, values):
    return dict(zip((unit.id for unit in ranking.units), values.tolist(), strict=True))


def test_scores_agree_with_a_separate_calculation(folder):
    ranking = softpower.load(folder).score()
    expected = {unit: float(row["tai_recomputed"]) for unit, row in EXPECTED.items()}
    assert by_unit(ranking, ranking.scores) == pytest.approx(expected, rel=0, abs=1e-9)
    assert by_unit(ranking, ranking.ranks) == {
        unit: float(row["rank_recomputed"]) for unit, row in EXPECTED.items()
    }
    assert ranking.unranked == {}


def test_scores_agree_with_the_published_ones_as_far_as_these_are_printed(folder):
    ranking = softpower.load(folder).score()
    scores = by_unit(ranking, ranking.scores)
    printed = {unit: row["tai_published"] for unit, row in EXPECTED.items()}
    assert [unit for unit, score in printed.items() if not score] == ["SGP"]
    for unit, score in printed.items():
        if score:
            assert scores[unit] == pytest.approx(float(score), abs=0.0066)


def test_all_weights_are_an_eighth_however_that_is_said(folder):
    scores = softpower.load(folder).score().scores
    for weight in ("given", "equal", "equal-per-pillar"):
        ranking = softpower.load(folder, set={"weight": weight}).score()
        eighths = [ranking.weights[i.id] for i in ranking.framework.indicators()]
        assert eighths == [0.125] * 8
        np.testing.assert_array_equal(ranking.scores, scores)


def test_the_base_of_the_logarithm_does_not_matter_but_the_logarithm_does(folder):
    scores = softpower.load(folder).score().scores
    decimal = softpower.load(f"{folder}@in-logs").score().scores
    np.testing.assert_allclose(decimal, scores, rtol=1e-14)
    plain = softpower.load(f"{folder}@without-logs").score().scores
    assert np.abs(plain - scores).max() > 0.01


@pytest.mark.parametrize("indicator", [name for name in DROPPED if name != "none"])
def test_ranks_without_one_indicator_agree_with_a_separate_calculation(folder, indicator):
    run = softpower.load(folder, omit=[indicator], set={"weight": "equal"})
    ranking = run.score()
    ranks = {unit: float(place) for unit, place in DROPPED[indicator].items()}
    assert by_unit(ranking, ranking.ranks) == ranks
    assert indicator not in ranking.weights


def test_whoever_leaves_schooling_out_of_equal_pillars_gives_its_weight_to_university(folder):
    ranking = softpower.load(folder, omit=["schooling"]).score()
    assert ranking.weights["university"] == 0.25


def test_an_incomplete_country_is_left_out_of_the_hdi_as_undp_leaves_it_out():
    # Human Development Report 2023/24, Table 1: no HDI for DPR Korea and Monaco.
    ranking = softpower.load("hdi-2022").score()
    assert sorted(ranking.unranked) == ["MCO", "PRK"]
    assert np.isnan(ranking.scores).sum() == 2
