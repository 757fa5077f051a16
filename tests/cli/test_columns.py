"""--table and --columns choose what of an answer is shown, in every form."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from python_calamine import CalamineWorkbook

from softpower.cli import main

SCORE = ("score", "hdi-2022", "--top", "2")


def ask(*words):
    return CliRunner().invoke(main, list(map(str, words)))


def rows(text):
    return list(csv.reader(io.StringIO(text)))


def test_columns_come_in_the_order_in_which_they_are_named():
    found = rows(ask(*SCORE, "--columns", "score, Country,rank", "-f", "csv").stdout)
    assert found == [
        ["score", "country", "rank"],
        ["0.967", "Switzerland", "1"],
        ["0.966", "Norway", "2"],
    ]


@pytest.mark.parametrize("name", ["t.csv", "t.json", "t.md", "t.tex", "t.txt", "t.html"])
def test_every_form_of_text_has_these_columns_alone(name, tmp_path):
    ask(*SCORE, "--columns", "country,rank", "-o", tmp_path / name)
    text = (tmp_path / name).read_text(encoding="utf-8")
    tables = text.partition("<svg")[0].partition('"charts"')[0]
    assert "Norway" in tables
    assert "0.966" not in tables


def test_a_workbook_and_a_document_have_these_columns_alone(tmp_path):
    for ending in ("xlsx", "docx"):
        done = ask(*SCORE, "--columns", "country,rank", "-o", tmp_path / f"t.{ending}")
        assert done.exit_code == 0, done.stderr
    sheet = CalamineWorkbook.from_path(str(tmp_path / "t.xlsx")).get_sheet_by_index(0)
    assert sheet.to_python()[:2] == [["Country", "Rank"], ["Switzerland", 1.0]]
    table = Document(str(tmp_path / "t.docx")).tables[0]
    assert [cell.text for cell in table.rows[1].cells] == ["Switzerland", "1"]


def test_tables_with_none_of_the_columns_are_left_out_and_named():
    done = ask("compare", "hdi-2022", "hdi-2022,health=50", "--columns", "spearman", "-f", "json")
    assert list(json.loads(done.stdout)["tables"]) == ["agreement"]
    assert "--columns leaves out 4 tables with none of them: " in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--columns", "scor"), "no column"),
        (("--columns", "rank,,score"), "names stand between commas"),
        (("--columns", "rank,rank"), "rank is named twice"),
        (("--columns", "rank", "-o", "x.svg"), "a picture has none"),
        (("--table", "rankin"), "Did you mean ranking?"),
    ],
)
def test_what_is_not_there_is_refused_with_what_is(words, said):
    done = ask(*SCORE, *words)
    assert done.exit_code == 2
    assert said.replace("no column", "has a column 'scor'. Did you mean score?") in done.stderr
    assert not Path("x.svg").exists()


def test_csv_has_any_table_of_an_answer():
    whole = json.loads(ask("show", "hdi-2022", "-f", "json").stdout)["tables"]
    for name, table in whole.items():
        found = rows(ask("show", "hdi-2022", "-f", "csv", "--table", name).stdout)
        assert found[0] == [column["key"] for column in table["columns"]]
        assert len(found) == 1 + len(table["rows"])


def test_a_stage_by_its_name_is_one_table_for_csv():
    assert ask("score", "hdi-2022", "--stages", "-f", "csv").exit_code == 2
    found = ask("score", "hdi-2022", "--stages", "-f", "csv", "--table", "weights")
    assert found.exit_code == 0, found.stderr


@pytest.mark.parametrize(
    ("table", "option", "words"),
    [
        ("ranking", "--weights", ("score", "hdi-2022")),
        ("ranking", "--stages", ("score", "hdi-2022")),
        ("weights", "--pillars", ("score", "hdi-2022", "--weights")),
        ("weights", "--against=sea-survey-2021", ("score", "sea-survey-2024", "--weights")),
        ("robustness", "--acceptability", ("robustness", "hdi-2022", "--draws", "10")),
        ("design", "--versus=Peru", ("robustness", "hdi-2022", "--country=Chile", "--draws=10")),
        ("findings", "--measures", ("audit", "hdi-2022", "--chapter", "weights")),
    ],
)
def test_an_option_that_adds_nothing_to_the_one_table_is_refused(table, option, words):
    for form in ("csv", "json"):
        done = ask(*words, option, "--table", table, "-f", form)
        assert (done.exit_code, done.stdout) == (2, "")
        said = f"The table {table} shows nothing of what {option.partition('=')[0]} adds."
        assert said in " ".join(done.stderr.split())
    assert ask(*words, "--table", table, "-f", "csv").exit_code == 0


def test_an_option_goes_with_a_table_that_it_adds_to():
    for words in (
        ("score", "hdi-2022", "--weights", "--table", "weights"),
        ("score", "hdi-2022", "--stages", "--table", "normalised"),
        ("score", "hdi-2022", "--pillars", "--table", "ranking"),
        ("robustness", "hdi-2022", "--draws", "10", "--acceptability", "--table", "central"),
    ):
        assert ask(*words, "-f", "csv").exit_code == 0
