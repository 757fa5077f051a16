"""``softpower new --from`` makes a folder of a workbook, or of a plain table."""

import pytest
from click.testing import CliRunner

from helpers.books import FIGURES, write
from softpower.cli import main


def ask(*words):
    return CliRunner().invoke(main, list(map(str, words)))


@pytest.fixture
def table(tmp_path):
    text = "\n".join(",".join(map(str, row)) for row in FIGURES)
    (tmp_path / "table.csv").write_text(text, encoding="utf-8")
    return tmp_path / "table.csv"


def test_a_workbook_of_an_index_becomes_a_folder_that_check_accepts(tmp_path):
    folder = tmp_path / "north"
    made = ask("new", folder, "--from", write(tmp_path / "my.xlsx"))
    assert made.exit_code == 0, made.output
    assert sorted(made.stdout.split()) == sorted(map(str, folder.iterdir()))
    assert ask("check", folder).exit_code == 0


def test_a_plain_table_becomes_a_folder_that_asks_for_directions(table, tmp_path):
    folder = tmp_path / "north"
    made = ask("new", folder, "--from", table)
    assert made.exit_code == 0, made.output
    checked = ask("check", folder, "-f", "csv")
    assert checked.exit_code == 1
    assert "2 indicators have no direction yet: music, ships." in checked.stdout
    text = (folder / "indicators.csv").read_text(encoding="utf-8").replace("?", "higher")
    (folder / "indicators.csv").write_text(text, encoding="utf-8")
    assert ask("check", folder).exit_code == 0


@pytest.mark.parametrize(
    ("folder", "status", "said"),
    [("My North", 2, "cannot be the name"), ("hdi-2022", 2, "comes with"), (".", 2, "name")],
)
def test_a_name_that_is_none_is_refused_beside_a_table(folder, status, said, table, tmp_path):
    before = sorted(tmp_path.iterdir())
    made = ask("new", tmp_path / folder, "--from", table)
    assert made.exit_code == status
    assert said in made.stderr
    assert sorted(tmp_path.iterdir()) == before


def test_a_folder_that_is_there_is_not_made_again(table, tmp_path):
    assert ask("new", tmp_path / "north", "--from", table).exit_code == 0
    again = ask("new", tmp_path / "north", "--from", table)
    assert again.exit_code == 2
    assert "is there already" in again.stderr
