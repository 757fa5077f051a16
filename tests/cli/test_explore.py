"""``softpower explore``: where the page goes, and what is said of it."""

import webbrowser
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers.playable import write
from softpower.cli import main


def ask(*words):
    return CliRunner().invoke(main, ["explore", *map(str, words)])


def test_a_page_is_written_where_it_is_asked_for_and_notes_go_to_stderr(tmp_path):
    done = ask(write(tmp_path), "-o", tmp_path / "page.html")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "kemeny is not in the page" in done.stderr
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert text.endswith("</html>\n")


def test_a_weight_that_may_be_meant_otherwise_is_told_of(tmp_path):
    done = ask("hdi-2022", "-w", "health=0.4", "-o", tmp_path / "page.html")
    assert "note: health=0.4 is 0.4 percent; if a share of one is meant" in done.stderr
    assert "health=0.4 is 0.4 percent" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_without_a_file_the_page_is_printed(tmp_path):
    done = ask(write(tmp_path, ""))
    assert done.stdout.startswith("<!DOCTYPE html>")
    assert done.stderr == ""


def test_the_page_is_opened_in_the_browser_also_without_a_name(tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    index = write(tmp_path, "")
    assert ask(index, "--open", "-o", tmp_path / "page.html").exit_code == 0
    done = ask(index, "--open")
    assert opened[0] == (tmp_path / "page.html").as_uri()
    assert Path(opened[1].removeprefix("file://")).read_text(encoding="utf-8").startswith("<!DOC")
    assert f"Opening {opened[1]}" in done.stderr


def test_where_there_is_no_browser_that_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(webbrowser, "open", lambda address: not address)
    page = tmp_path / "my page.html"
    done = ask(write(tmp_path, ""), "--open", "-o", page)
    assert f"No browser could be started. The page is there: {page}\n" in done.stderr
    assert done.exit_code == 3


@pytest.mark.parametrize(
    ("words", "message", "status"),
    [
        (["hdi-2022", "-o", "page.pdf"], "a page ends in .html: -o page.html", 2),
        (["hdi-2022", "-o", "nowhere/page.html"], "no such folder", 1),
        (["gspi-2026", "-o", "page.html"], "cannot be recomputed", 2),
        (["hdi-2022", "--tiers", "-o", "page.html"], "No figure has a standard error", 2),
        (["hdi-2022", "--set", "aggregate=kemeny", "-o", "page.html"], "more than the page", 1),
    ],
)
def test_what_cannot_be_made_is_refused_and_nothing_is_written(
    words, message, status, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    done = ask(*words)
    assert message in done.stderr
    assert done.exit_code == status
    assert list(tmp_path.iterdir()) == []
