"""No answer is written over a file of an index, nor into one that would become a file of it."""

import os
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from softpower.cli import main
from softpower.index.declared import TableName

WORDS = {
    "score": ["score", "hdi-2022", "-o"],
    "show": ["show", "open-soft-power", "-f", "csv", "-o"],
    "check": ["check", "own", "-o"],
    "list": ["list", "-o"],
}


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["new", "own"]).exit_code == 0
    return Path("own")


def contents():
    return {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}


def refused(*words):
    """Say that a command is refused, and that no file is another afterwards."""
    before = contents()
    result = CliRunner().invoke(main, list(words))
    assert result.exit_code == 1, result.output
    assert contents() == before
    return result.stderr


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("command", WORDS)
def test_a_file_of_an_index_is_not_written_over(command):
    message = refused(*WORDS[command], "own/figures.csv")
    assert "own/figures.csv: This file is part of the index own. Name another" in message


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("table", get_args(TableName))
def test_no_file_is_written_that_would_become_a_table_of_an_index(table, ending):
    assert "part of the index own" in refused("score", "own", "-o", f"own/{table}.{ending}")


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    "words",
    [
        ["score", "own", "-f", "json", "-o", "own/index.toml"],
        ["show", "own", "-o", "own/README.md"],
        ["show", "own", "-o", "own/readme.md"],
        ["score", "own", "-o", "own/Figures.CSV"],
        ["score", "own", "-o", "own/../own/./figures.csv"],
    ],
)
def test_every_file_of_an_index_is_kept_by_every_spelling_of_its_name(words):
    assert "part of the index own" in refused(*words)


@pytest.mark.parametrize("link", ["file", "folder", "chain"])
def test_a_link_to_a_file_of_an_index_is_not_written_through(own, link):
    output = "link.csv"
    if link == "folder":
        Path("link").symlink_to(own)
        output = "link/figures.csv"
    else:
        Path(output).symlink_to("own/figures.csv")
    if link == "chain":
        Path("more.csv").symlink_to(output)
        output = "more.csv"
    assert "part of the index own" in refused("score", "own", "-o", output)


def test_what_a_link_in_an_index_leads_to_is_not_written_over(own):
    (own / "data").mkdir()
    (own / "figures.csv").rename(own / "data" / "gathered.csv")
    (own / "figures.csv").symlink_to("data/gathered.csv")
    assert "part of the index own" in refused("score", "own", "-o", "own/data/gathered.csv")


def test_figures_that_an_index_names_are_not_written_over(own):
    (own / "data").mkdir()
    (own / "figures.csv").rename(own / "data" / "gathered.csv")
    text = (own / "index.toml").read_text()
    (own / "index.toml").write_text(f'{text}\n[figures]\nfile = "data/gathered.csv"\n')
    assert "part of the index own" in refused("score", "own", "-o", "own/data/Gathered.csv")


def test_a_file_of_another_index_is_not_written_over_either(own):
    CliRunner().invoke(main, ["new", "other"])
    assert "part of the index other" in refused("score", str(own), "-o", "other/figures.csv")


def test_an_answer_may_stand_in_the_folder_of_an_index_under_another_name(own):
    for name in ("ranking.csv", "figures.json", "figures-2024.csv"):
        assert CliRunner().invoke(main, ["score", "own", "-o", f"own/{name}"]).exit_code == 0
    assert CliRunner().invoke(main, ["check", "own"]).exit_code == 0
    (own / "sub").mkdir()
    assert CliRunner().invoke(main, ["score", "own", "-o", "own/sub/figures.csv"]).exit_code == 0


@pytest.mark.skipif(os.name == "nt", reason="a link needs a privilege there")
def test_new_leaves_a_link_that_leads_nowhere_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("mine").symlink_to("nowhere")
    result = CliRunner().invoke(main, ["new", "mine"])
    assert result.exit_code == 2
    assert "mine is there already" in result.stderr
