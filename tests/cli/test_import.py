"""``softpower import`` as a person meets it: what is in a file, and a folder that is made of it."""

import pytest
from click.testing import CliRunner

from helpers.imports import figures, saved
from helpers.signed import unsigned
from softpower.cli import main


def ask(*words):
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(autouse=True)
def ships(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    saved(tmp_path, "ships.csv", "country,2022,2023\nPeru,3,4\nChile,5,\nEuro area,1,1\n")


def test_a_file_is_looked_at_and_then_taken(tmp_path):
    seen = ask("import", "ships.csv")
    assert seen.exit_code == 0
    assert "row-per-country" in seen.stdout
    assert "it is a group of countries" in seen.stdout
    assert "softpower import ships.csv --into FOLDER" in seen.stderr
    taken = ask("import", "ships.csv", "--into", "fleet", "--as", "boats", "--all-years")
    assert taken.exit_code == 0
    assert "State the direction of boats in fleet/indicators.csv" in taken.stderr
    assert figures(tmp_path / "fleet")["PER", "boats", "2023"] == "4"
    assert ask("check", "fleet").exit_code == 1


def test_names_that_are_not_known_stop_an_import_and_can_be_left_out_as_printed(tmp_path):
    saved(tmp_path, "b.csv", "country,ships\nPeru,1\nOld Atlantis,2\n")
    refused = ask("import", "b.csv", "--into", "fleet")
    assert refused.exit_code == 1
    assert '--omit "Old Atlantis"' in refused.stderr
    assert not (tmp_path / "fleet").exists()
    assert ask("import", "b.csv", "--into", "fleet", "--omit", "Old Atlantis").exit_code == 0


def test_a_question_about_the_file_names_the_options_that_answer_it(tmp_path):
    saved(tmp_path, "b.csv", "country;ships\nPeru;1,234\n")
    asked = ask("import", "b.csv")
    assert asked.exit_code == 2
    assert "--decimal . makes it 1234, --decimal , makes it 1.234" in asked.stderr
    assert ask("import", "b.csv", "--decimal", ",").exit_code == 0


def test_no_file_is_wrong_usage():
    assert ask("import").exit_code == 2


def test_new_from_a_table_that_asks_a_question_says_where_it_is_answered(tmp_path):
    saved(tmp_path, "docks.csv", "country;docks\nPeru;1.234\nChile;2.500\n")
    asked = ask("new", "fleet", "--from", "docks.csv")
    assert asked.exit_code == 2
    assert "--decimal ," in asked.stderr
    assert "options of import: softpower import docks.csv --into fleet" in asked.stderr
    assert not (tmp_path / "fleet").exists()


def test_a_layout_before_the_files_is_as_the_option(tmp_path):
    saved(tmp_path, "data.csv", "uCode,uName,Ships\nPER,Peru,3\nCHL,Chile,4\n")
    saved(
        tmp_path,
        "meta.csv",
        "iCode,iName,Level,Parent,Weight,Direction,Type\n"
        "Ships,Ships,1,Index,1,1,Indicator\nIndex,Index,2,,1,1,Aggregate\n",
    )
    before, option = (
        ask("import", *words, "data.csv", "meta.csv", "-f", "json")
        for words in (["coinr"], ["--layout", "coinr"])
    )
    assert before.exit_code == 0, before.stderr
    assert unsigned(before.stdout) == unsigned(option.stdout)
    assert '"layout": "coinr"' in before.stdout
