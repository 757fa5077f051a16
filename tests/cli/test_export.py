"""``softpower export`` says what it wrote, and writes over nothing."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.books import write
from softpower.cli import main


def ask(*words):
    return CliRunner().invoke(main, list(map(str, words)))


@pytest.mark.parametrize("to", ["xlsx", "coinr", "datapackage"])
def test_what_is_written_is_listed_and_is_not_written_over(to, tmp_path):
    output = tmp_path / ("out.xlsx" if to == "xlsx" else "out")
    result = ask("export", "hdi-2022", "--to", to, "-o", output)
    assert result.exit_code == 0, result.output
    paths = [output] if output.is_file() else list(output.iterdir())
    assert all(path.name in result.stdout for path in paths)
    before = [path.read_bytes() for path in paths]
    again = ask("export", "hdi-2022", "--to", to, "-o", output)
    assert again.exit_code == 2
    assert "is there already" in again.stderr
    assert [path.read_bytes() for path in paths] == before
    assert list(tmp_path.iterdir()) == [output]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("hdi-2022", "--to", "xls", "-o", "a"), 2, "'xls' is not one of"),
        (("hdi-2022", "--to", "xlsx", "-o", "a.csv"), 2, "does not end in .xlsx"),
        (("hdi-2022", "--to", "xlsx", "-o", "no/where.xlsx"), 1, "cannot be written"),
        (("hdi-2022", "--to", "coinr", "-o", "no/where"), 1, "cannot be written"),
        (("gspi-2024", "--to", "xlsx", "-o", "a.xlsx"), 2, "--to datapackage"),
        (("gspi-2024", "--to", "coinr", "-o", "a"), 2, "no figures to export"),
        (("hdi-2022", "-w", "health=50", "--to", "datapackage", "-o", "a"), 2, "the whole index"),
        (("hdi-2202", "--to", "coinr", "-o", "a"), 2, "hdi-2022"),
        (("hdi-2022", "--to", "coinr"), 2, "Missing option"),
    ],
)
def test_what_cannot_be_exported_leaves_nothing(words, status, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = ask("export", *words)
    assert result.exit_code == status, result.output
    assert said in result.stderr
    assert list(Path().iterdir()) == []


def test_a_workbook_is_exported_as_a_folder_is(tmp_path):
    path = write(tmp_path / "north.xlsx")
    result = ask("export", path, "--to", "xlsx", "-o", tmp_path / "again.xlsx")
    assert result.exit_code == 0, result.output
    first, again = (ask("score", each, "-f", "csv") for each in (path, tmp_path / "again.xlsx"))
    assert first.stdout == again.stdout
    assert "rank" in first.stdout


def test_what_stands_as_a_value_is_said_beside_the_files(tmp_path):
    words = ("--set", "normalise=logistic", "--to", "xlsx", "-o", tmp_path / "a.xlsx")
    result = ask("export", "hdi-2022", *words)
    assert result.exit_code == 0, result.output
    assert "on sheet normalised, by logistic: life_expectancy" in result.output
