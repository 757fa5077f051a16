"""``softpower guide`` as a person types it."""

import pytest
from click.testing import CliRunner

from helpers.documentation import GUIDE, run
from helpers.lesson import DOWNLOADS
from softpower.cli import main


def ask(*words):
    return CliRunner().invoke(main, ["guide", *map(str, words)])


def test_a_pipe_gets_the_page_as_it_is_written():
    page = ask("robustness")
    assert page.exit_code == 0
    assert page.stdout.startswith("# How much of the ranking is noise in the method?\n")
    assert "cog" not in page.stdout
    assert "reference/commands/robustness" in page.stderr


def test_a_terminal_gets_it_typeset():
    text, status = run("softpower guide tutorials/class")
    assert status == 0
    assert text.startswith("\x1b[1;4mAn exercise for a class")


def test_several_words_are_one_topic():
    assert ask("group", "mean").stdout.startswith("## `group-mean`")


def test_an_option_is_a_topic():
    assert ask("--top").stdout.startswith("## `--top`")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["winsorsie"], "Did you mean winsorise or Winsorised?"),
        (["--opne"], "Did you mean --open"),
        (["robustness", "-o", "x"], "how-to/robustness goes with no files"),
        (["--open", "-o", "x"], "leave out -o or --open"),
    ],
)
def test_what_cannot_be_shown_is_refused(words, message):
    page = ask(*words)
    assert page.exit_code == 2
    assert message in page.stderr
    assert page.stdout == ""


def test_a_page_hands_out_the_files_that_it_goes_with(tmp_path):
    lesson = tmp_path / "lesson"
    assert ask("three-files", "-o", lesson).exit_code == 0
    assert {each.name: each.read_bytes() for each in lesson.iterdir()} == {
        name: (GUIDE / "files" / name).read_bytes() for name in DOWNLOADS
    }
    again = ask("three-files", "-o", lesson)
    assert again.exit_code == 2
    assert "is there already" in again.stderr


def test_a_folder_that_is_there_is_refused_before_anything_is_built(monkeypatch, tmp_path):
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _stream: True)
    result = ask("-o", tmp_path)
    assert result.exit_code == 2
    assert f"{tmp_path} is there already" in result.stderr
    assert "Building" not in result.stderr


def test_a_page_is_opened_in_the_browser_and_built_once(monkeypatch, tmp_path):
    built, opened = [], []
    monkeypatch.setattr("softpower.guide.site.cached", lambda _: tmp_path / "site")
    monkeypatch.setattr("softpower.guide.site.build", lambda _, to: built.append(to.mkdir()))
    monkeypatch.setattr("webbrowser.open", lambda address: opened.append(address) or True)
    for _ in range(2):
        assert ask("minmax", "--open").exit_code == 0
    address = f"{(tmp_path / 'site').as_uri()}/reference/methods/normalise.html#minmax"
    assert opened == [address] * 2
    assert len(built) == 1
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    done = ask("minmax", "--open")
    page = tmp_path / "site/reference/methods/normalise.html"
    assert f"No browser could be started. The page is there: {page}\n" in done.stderr
    assert done.exit_code == 3
