"""The tables for COINr are what its own checks of iData and iMeta ask for."""

import csv

import pandas as pd
import pytest

import softpower

FIGURES = pd.DataFrame(
    {"a": [1.5, None, 3], "2b": [9, 8, 7], "c-c": [1, 2, 3], "people": [10, 20, 30]},
    index=["Norway", "Sweden", "Denmark"],
)
INDICATORS = {
    "a": {"title": "A", "pillar": "deep", "weight": 2, "direction": "lower"},
    "2b": {"title": "B", "pillar": "top", "denominator": "people/100", "unit": "heads"},
    "c-c": {"title": "C", "transform": "log"},
    "people": {"title": "People", "pillar": "-"},
}
PILLARS = {"top": {"title": "Top"}, "deep": {"title": "Deep", "parent": "top"}}


@pytest.fixture
def exported(tmp_path):
    index = softpower.index_from(FIGURES, id="north", indicators=INDICATORS, pillars=PILLARS)
    answer = softpower.export(index, to="coinr", output=tmp_path / "north")
    return tmp_path / "north", answer


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_column_of_the_data_has_its_row_of_metadata(exported):
    folder, _ = exported
    meta = {row["iCode"]: row for row in rows(folder / "iMeta.csv")}
    data = rows(folder / "iData.csv")
    columns = [name for name in data[0] if name not in ("uCode", "uName")]
    assert set(columns) == {code for code, row in meta.items() if row["Type"] != "Aggregate"}
    assert [row["uCode"] for row in data] == ["NOR", "SWE", "DNK"]
    assert [row["a"] for row in data] == ["1.5", "NA", "3.0"]
    assert [row["people_by"] for row in data] == ["10.0", "20.0", "30.0"]
    assert {row["subregion"] for row in data} == {"Northern Europe"}


def test_levels_are_without_a_gap_and_each_parent_is_one_above(exported):
    meta = {row["iCode"]: row for row in rows(exported[0] / "iMeta.csv")}
    tree = {code: row for code, row in meta.items() if row["Type"] in ("Indicator", "Aggregate")}
    assert {row["Level"] for row in tree.values()} == {"1", "2", "3", "4"}
    for row in tree.values():
        assert row["Direction"] in ("1", "-1")
        assert (row["Level"] == "1") == (row["Type"] == "Indicator")
        if row["Parent"] == "NA":
            assert row["Level"] == "4"
        else:
            assert int(tree[row["Parent"]]["Level"]) == int(row["Level"]) + 1
    assert all(not code[0].isdigit() and "-" not in code for code in meta)
    assert (meta["a"]["Parent"], meta["a"]["Direction"], meta["a"]["Weight"]) == (
        "deep",
        "-1",
        "2.0",
    )


def test_what_an_indicator_is_divided_by_is_named_with_its_factor(exported):
    meta = {row["iCode"]: row for row in rows(exported[0] / "iMeta.csv")}
    assert (meta["x2b"]["Denominator"], meta["x2b"]["ScaleFactor"]) == ("people_by", "100.0")
    assert meta["people_by"]["Type"] == "Denominator"
    assert meta["a"]["Denominator"] == "NA"


def test_what_differs_from_the_index_is_said(exported):
    notes = " ".join(exported[1].notes)
    assert "2b is x2b" in notes
    assert "c-c is c_c" in notes
    assert "before their transforms: c-c (log)" in notes
    assert "aggregates of one indicator" in notes


def test_targets_and_weights_that_follow_from_figures_are_those_of_the_run(tmp_path):
    stated = {**INDICATORS, "a": {"title": "A", "target": 9}}
    stated = {name: {**row, "target": 9, "pillar": ""} for name, row in stated.items()}
    stated.pop("people")
    stated["2b"].pop("denominator")
    figures = FIGURES.drop(columns="people")
    index = softpower.index_from(figures, id="north", indicators=stated)
    run = softpower.load(index, set={"weight": "entropy", "normalise": "minmax:1:2"})
    softpower.export(run, to="coinr", output=tmp_path / "out")
    meta = {row["iCode"]: row for row in rows(tmp_path / "out" / "iMeta.csv")}
    assert [meta[code]["Target"] for code in ("a", "x2b", "c_c", "Index")] == ["9.0"] * 3 + ["NA"]
    found = {code: float(meta[code]["Weight"]) for code in ("a", "x2b", "c_c")}
    weights = run.score().local_weights
    assert found == {"a": weights["a"], "x2b": weights["2b"], "c_c": weights["c-c"]}


def test_the_tables_are_the_index_when_they_are_imported_again(tmp_path):
    index = softpower.index_from(FIGURES, id="north", indicators=INDICATORS, pillars=PILLARS)
    run = softpower.load(index, set={"indicators.c-c.transform": "none"})
    softpower.export(run, to="coinr", output=tmp_path / "coin")
    files = [tmp_path / "coin" / name for name in ("iData.csv", "iMeta.csv")]
    softpower.import_files(files, into=tmp_path / "again")
    again = {each.id: each.score for each in softpower.load(tmp_path / "again").score()}
    assert again == pytest.approx({each.id: each.score for each in run.score()})


def test_what_coinr_has_no_place_for_is_said(tmp_path):
    notes = {
        name: " ".join(softpower.export(name, to="coinr", output=tmp_path / name).notes)
        for name in ("sea-survey-2024", "elcano-2021")
    }
    single = "year, source and notes of single figures"
    assert f"left out: {single}; the published result." in notes["sea-survey-2024"]
    assert "left out: the published result." in notes["elcano-2021"]
