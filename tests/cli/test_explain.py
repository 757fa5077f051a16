"""``softpower explain`` as a person types it."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from softpower.cli import main


def ask(*words):
    return CliRunner().invoke(main, ["explain", *words])


def answered(*words):
    result = ask(*words, "-f", "json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_points_in_json_sum_to_the_score_at_full_precision():
    answer = answered("open-soft-power", "China")
    points = sum(row["points"] for row in answer["tables"]["indicators"]["rows"])
    score = next(
        row["value"] for row in answer["tables"]["facts"]["rows"] if row["fact"] == "Score"
    )
    assert points == pytest.approx(score, abs=1e-9)
    assert answer["provenance"]["country"] == "CHN"


def test_a_country_may_be_named_by_option_as_well():
    assert ask("hdi-2022", "Norway").stdout == ask("hdi-2022", "--country", "NOR").stdout


def test_a_change_of_the_methodology_is_explained_too():
    answer = answered("open-soft-power", "China", "-w", "culture=40", "--omit", "digital")
    pillars = {row["id"]: row for row in answer["tables"]["pillars"]["rows"]}
    assert "digital" not in pillars
    assert pillars["culture"]["weight"] == pytest.approx(0.4)


def test_two_countries_are_held_against_each_other():
    answer = answered("open-soft-power", "China", "--versus", "Japan")
    rows = answer["tables"]["indicators"]["rows"]
    standing = answer["tables"]["standing"]["rows"]
    total = standing[0]["score"] - standing[1]["score"]
    assert sum(row["points"] for row in rows) == pytest.approx(total, abs=1e-9)


def test_the_second_word_may_be_an_edition_a_variant_or_a_folder(tmp_path, monkeypatch):
    assert "Global Soft Power" in ask("gspi-2025", "gspi-2026", "--country", "USA").stdout
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["new", "my-index"]).exit_code == 0
    short = ask("elcano-2021", "@weights-2012", "--country", "China")
    full = ask("elcano-2021", "elcano-2021@weights-2012", "--country", "China")
    assert short.exit_code == 0
    assert short.stdout == full.stdout
    strange = ask("hdi-2022", "my-index", "--country", "Norway")
    assert "Norway is not among the 10 countries of my-index" in strange.stderr


def test_a_folder_without_an_index_does_not_hide_a_country(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "Chad").mkdir()
    assert ask("hdi-2022", "Chad").exit_code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["open-soft-power"], "softpower explain open-soft-power NAME"),
        (["gspi-2025", "gspi-2026"], "gspi-2025 gspi-2026 --country NAME"),
        (["gspi-2025", "gspi-2206", "--country", "USA"], "gspi-2026"),
        (["elcano-2021", "@weigths-2012", "--country", "China"], "weights-2012"),
        (["hdi-2022", "Norwya"], "Norway"),
        (["hdi-2022", "Norway", "--versus", "Swedn"], "Sweden"),
        (["gspi-2025", "gspi-2026", "--country", "USA", "--versus", "China"], "one run"),
        (["open-soft-power", "China", "--versus", "Libya"], "3 of 7 indicators in Education"),
        (["open-soft-power", "China", "-w", "cultur=4"], "culture"),
    ],
)
def test_what_cannot_be_explained_is_refused_with_the_reason(words, message):
    result = ask(*words)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_an_unranked_country_and_a_published_index_are_answers():
    assert "not ranked" in ask("open-soft-power", "Libya").stdout
    published = ask("gspi-2026", "China")
    assert published.exit_code == 0
    assert "Nothing more is known" in published.stderr


@pytest.mark.parametrize("form", ["csv", "markdown", "latex"])
def test_every_form_is_written(form):
    result = ask("open-soft-power@geometric", "China", "--versus", "Japan", "-f", form)
    assert result.exit_code == 0
    assert "Japan" in result.stdout


def test_a_country_in_the_place_of_an_index_is_told_from_one():
    for words in (["China"], ["China", "hdi-2022"], ["CHN", "--country", "Japan"]):
        result = CliRunner().invoke(main, ["explain", *words])
        assert result.exit_code == 2
        assert f"'{words[0]}' is a country, and no index" in result.stderr
        index = "hdi-2022" if "hdi-2022" in words else "open-soft-power"
        assert f"softpower explain {index} China" in result.stderr


def test_a_folder_of_figures_alone_is_an_index_though_a_country_is_called_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, ships in (("mv", 1), ("chile", 2)):
        (tmp_path / name).mkdir()
        figures = f"country,ships\nPeru,{ships}\nChile,3\n"
        (tmp_path / name / "figures.csv").write_text(figures, encoding="utf-8")
    assert ask("mv", "Peru").exit_code == 0
    assert "from mv to chile" in ask("mv", "chile", "--country", "Peru").stdout
