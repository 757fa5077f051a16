"""What an index says of itself."""

from __future__ import annotations

import numpy as np
import pytest

import softpower
from softpower.analysis.check import check
from softpower.analysis.list import list_indices
from softpower.analysis.show import show
from softpower.index.find import shipped


def tables(answer):
    return {table.name: table.records() for table in answer.tables}


def test_the_tree_shows_nominal_and_effective_weights():
    tree = tables(show(softpower.load("elcano-2021")))["tree"]
    weight = {row["id"]: row for row in tree}
    assert weight["economic"]["stated"] == 43
    assert weight["economic"]["effective"] == pytest.approx(0.43)
    assert weight["energy"]["within"] == pytest.approx(8 / 43)
    assert weight["energy"]["effective"] == pytest.approx(0.08)


@pytest.mark.parametrize("name", ["open-soft-power", "hdi-2022", "elcano-2021", "sea-survey-2024"])
def test_effective_weights_of_indicators_sum_to_one(name):
    run = softpower.load(name)
    scored = {indicator.id for indicator in run.setup.framework.indicators()}
    tree = tables(show(run))["tree"]
    assert sum(row["effective"] for row in tree if row["id"] in scored) == pytest.approx(1)


def test_every_figure_that_is_used_has_a_source_and_years():
    sources = tables(show(softpower.load("open-soft-power")))["sources"]
    assert len(sources) >= 40
    for row in sources:
        assert row["source"]
        assert row["years"]
        assert row["licence"]


def test_a_zero_of_a_list_is_no_coverage():
    # 193 figures each; 81, 107 and 174 are zeros.
    answer = tables(show(softpower.load("open-soft-power")))
    share = {row["id"]: row["coverage"] for row in answer["tree"]}
    assert share["netflix_titles"] == pytest.approx(112 / 193)
    assert share["globally_known_artists"] == pytest.approx(86 / 193)
    assert share["ai_models_notable"] == pytest.approx(19 / 193)
    assert share["olympic_medals_summer"] == 1
    said = {row["fact"]: row["value"] for row in answer["about"]}["Figures"]
    assert said == "8596 of 9071 (94.8%) for 47 indicators, 362 of them zeros of lists"


def test_the_list_tells_what_can_be_reproduced():
    rows = {row["id"]: row for row in list_indices().tables[0].records()}
    assert set(rows) == set(shipped())
    assert rows["hdi-2022"]["reproducible"] == "yes"
    assert rows["gspi-2026"]["reproducible"] == "totals only"
    assert rows["gspi-2025"]["reproducible"] == "partial"
    assert rows["open-soft-power"]["countries"] == 193


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_index_has_no_error_and_no_warning(name):
    answer = check(name)
    assert answer.holds
    assert answer.title.endswith("no errors, no warnings")


def test_open_soft_power_says_in_its_first_line_that_it_measures_resources():
    run = softpower.load("open-soft-power")
    first = run.index.declared.summary.split(".")[0]
    assert "resources" in first
    assert "perceive" in first


def test_a_data_frame_is_best_first_and_carries_the_pillars():
    frame = softpower.load("open-soft-power").score().to_frame()
    ranked = frame["rank"].dropna()
    assert list(ranked) == sorted(ranked)
    assert {"culture", "digital", "score"} <= set(frame.columns)
    assert np.isclose(frame.loc["GBR", "score"], frame["score"].max())


def test_scores_that_are_neither_rescaled_nor_rounded_are_said_to_be_so():
    words = {
        row["setting"]: row["words"]
        for row in tables(show(softpower.load("open-soft-power")))["methodology"]
    }
    assert words["scale"] == "Scores as they are added up."
    assert words["round"] == "Scores are not rounded."


def test_figures_that_are_carried_and_not_scored_are_named():
    answer = show(softpower.load("open-soft-power"))
    (tree,) = (table for table in answer.tables if table.name == "tree")
    assert any(note.startswith("Carried, not scored: ") for note in tree.notes)
    assert "population" in " ".join(tree.notes)
