"""What cannot be written is refused before any work is done."""

from __future__ import annotations

import re
import sys

import pytest
from click.testing import CliRunner

from softpower.cli import main


@pytest.fixture
def _no_work(monkeypatch):
    def refuse(*_, **__):
        pytest.fail("the run was loaded")

    monkeypatch.setattr("softpower.engine.loading.load", refuse)


@pytest.mark.usefixtures("_no_work")
@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (["-o", "a.doc"], 2, "Did you mean .docx?"),
        (["-o", "a"], 2, "missing ending"),
        (["-o", "a.xlsx", "-f", "csv"], 2, "does not go with -f csv"),
        (["-f", "csv", "-o", "a.svg"], 2, "does not go with -f csv"),
        (["-o", "absent/a.csv"], 1, "no such folder"),
        (["-o", "-"], 2, "./- is a file"),
        (["-o", "", "-f", "csv"], 2, "'' is not the name of a file"),
        (["-o", "a.csv/"], 2, "'a.csv/' is not the name of a file"),
        (["-o", f"{'a' * 300}.csv"], 1, "File name too long"),
    ],
)
def test_a_file_that_cannot_be_written_is_refused_before_the_run_is_loaded(
    words, status, message, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["robustness", "open-soft-power", *words])
    assert result.exit_code == status
    assert message in result.stderr


@pytest.mark.usefixtures("_no_work")
@pytest.mark.parametrize("ending", ["png", "pdf"])
def test_a_picture_without_matplotlib_is_refused_before_the_run_is_loaded(
    ending, tmp_path, monkeypatch
):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    result = CliRunner().invoke(main, ["score", "hdi-2022", "-o", str(tmp_path / f"a.{ending}")])
    assert result.exit_code == 1
    assert "-m pip install matplotlib" in result.stderr


def test_an_svg_needs_no_matplotlib(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    path = tmp_path / "a.svg"
    result = CliRunner().invoke(main, ["score", "hdi-2022", "--top", "3", "-o", str(path)])
    assert result.exit_code == 0
    assert "Switzerland" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", ["-f json -o {}", "-o {} -f json"])
def test_a_format_that_is_stated_needs_no_ending(words, tmp_path):
    path = tmp_path / "a.data"
    words = words.format(path).split()
    result = CliRunner().invoke(main, ["score", "hdi-2022", *words])
    assert result.exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("{")


def test_a_name_of_a_file_cannot_steer_the_terminal(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["score", "hdi-2022", "--top", "1", "-o", "\x1b[31ma.csv"])
    assert result.exit_code == 0
    assert "\x1b" not in result.stderr
    assert result.stderr.endswith("Written to \N{REPLACEMENT CHARACTER}[31ma.csv\n")
    assert (tmp_path / "\x1b[31ma.csv").is_file()


def test_a_file_of_csv_is_marked_for_spreadsheets_where_that_is_asked_for(tmp_path):
    plain, marked = tmp_path / "a.csv", tmp_path / "b.csv"
    for path, words in ((plain, []), (marked, ["--bom"])):
        line = ["score", "hdi-2022", "--top", "1", "-o", str(path), *words]
        assert CliRunner().invoke(main, line).exit_code == 0
    assert marked.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()


def test_a_file_of_csv_with_letters_that_a_spreadsheet_misreads_is_told(tmp_path):
    line = ["score", "hdi-2022", "--country", "Türkiye", "-o", str(tmp_path / "a.csv")]
    told = "note: A spreadsheet may misread Türkiye: add --bom, or use -o FILE.xlsx.\n"
    assert told in CliRunner().invoke(main, line).stderr
    for words in ([*line, "--bom"], ["score", "hdi-2022", "--country", "Türkiye", "-f", "csv"]):
        assert "--bom" not in CliRunner().invoke(main, words).stderr


def test_a_short_note_points_to_the_whole_which_a_file_has_at_once(tmp_path):
    path = tmp_path / "a.md"
    line = ["score", "open-soft-power", "--top", "1"]
    short = CliRunner().invoke(main, line).stderr
    whole = CliRunner().invoke(main, [*line, "--notes"]).stderr
    CliRunner().invoke(main, [*line, "-o", str(path)])
    assert re.search(r"note: Treated as outliers: \d indicators \(--notes\)\.\n", short)
    assert "migrant_stock (logarithm)" in whole
    assert "(--notes)" not in whole
    assert "migrant_stock (logarithm)" in path.read_text(encoding="utf-8")
    assert "(--notes)" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words", [["score", "open-soft-power", "--top", "1"], ["compare", "hdi-2022", "--each"]]
)
def test_every_command_that_points_to_the_whole_notes_has_them(words):
    assert " (--notes)." in CliRunner().invoke(main, words).stderr
    whole = CliRunner().invoke(main, [*words, "--notes"])
    assert whole.exit_code == 0
    assert "(--notes)" not in whole.stderr
