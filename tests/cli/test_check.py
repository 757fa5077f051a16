"""A check with nothing to list says so in every form, with status 0."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from softpower.cli import main
from softpower.index.unsaid import UNSAID

HEADINGS = "place,what,mend\n"


@pytest.fixture
def mine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["new", "mine"]).exit_code == 0
    declaration = Path("mine", "index.toml")
    text = declaration.read_text(encoding="utf-8")
    for begun in UNSAID.values():
        text = text.replace(begun, "Mine")
    declaration.write_text(text, encoding="utf-8")
    return Path("mine")


def check(*words):
    return CliRunner().invoke(main, ["check", "mine", *words])


def test_what_a_new_folder_begins_with_is_a_warning_until_it_is_said(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["new", "mine"])
    (row,) = json.loads(check("-f", "json").stdout)["tables"]["warnings"]["rows"]
    what = "It still says under publisher, summary and citation what a new folder begins with."
    assert row["what"] == what


@pytest.mark.usefixtures("mine")
def test_a_sound_index_is_an_empty_table_as_csv():
    printed = check("-f", "csv")
    assert (printed.exit_code, printed.stdout) == (0, HEADINGS)
    assert printed.stderr == "mine: no errors, no warnings\n"


@pytest.mark.usefixtures("mine")
def test_a_sound_index_is_an_empty_table_as_a_csv_file():
    assert check("-o", "found.csv").exit_code == 0
    assert Path("found.csv").read_text(encoding="utf-8") == HEADINGS


@pytest.mark.usefixtures("mine")
def test_a_sound_index_has_no_table_as_json():
    said = json.loads(check("-f", "json").stdout)
    assert (said["title"], said["tables"]) == ("mine: no errors, no warnings", {})


@pytest.mark.usefixtures("mine")
@pytest.mark.parametrize("form", ["table", "markdown"])
def test_a_sound_index_is_one_line_to_read(form):
    printed = check("-f", form)
    assert printed.exit_code == 0
    assert printed.stdout.strip("# \n") == "mine: no errors, no warnings"


@pytest.mark.usefixtures("mine")
@pytest.mark.parametrize("ending", ["json", "md", "tex", "txt", "xlsx", "html"])
def test_a_sound_index_can_be_written_in_every_form_of_a_table(ending):
    assert check("-o", f"found.{ending}").exit_code == 0
    assert Path(f"found.{ending}").stat().st_size > 0


def test_warnings_alone_are_the_table_of_csv(mine):
    (mine / "README.md").unlink()
    printed = check("-f", "csv")
    assert printed.exit_code == 0
    assert printed.stdout.startswith(f"{HEADINGS}mine/README.md,There is no README.md.,")
    assert "leaves out" not in printed.stderr


def test_errors_are_the_table_of_csv_and_the_warnings_are_said_to_be_left_out(mine):
    figures = mine / "figures.csv"
    figures.write_text(figures.read_text().replace("BRN", "Nowhere", 1))
    text = (mine / "index.toml").read_text().replace('id = "mine"', 'id = "other"')
    (mine / "index.toml").write_text(text)
    printed = check("-f", "csv")
    assert printed.exit_code == 1
    assert "mine/figures.csv,line 2" not in printed.stdout
    assert '"mine/figures.csv, line 2, column country"' in printed.stdout
    assert "leaves out the table warnings" in printed.stderr


def test_beside_errors_nobody_is_told_that_there_are_no_warnings(mine):
    figures = mine / "figures.csv"
    figures.write_text(figures.read_text().replace("BRN", "Nowhere", 1))
    assert "mine: 1 error\n" in check("-f", "csv").stderr
    (mine / "README.md").unlink()
    printed = check()
    assert "1 error, 1 warning" in printed.stdout
    assert "There is no README.md." in printed.stdout
