"""A report as a person asks for it."""

import re

import pytest
from click.testing import CliRunner

from helpers.whole_folder import FIGURES, write_index
from softpower.cli import main


def ask(*words):
    return CliRunner().invoke(main, ["report", *words])


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return write_index(tmp_path)


def test_a_report_is_written_and_what_it_lacks_is_told(here):
    done = ask("./lost-lands", "--draws", "50", "-o", "lands.html")
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Written to lands.html" in done.stderr
    assert "the index declares no variant: variants" in done.stderr
    page = (here.parent / "lands.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "`" not in re.sub(r"(?s)<style>.*?</style>|data:text/csv[^\"]*|<pre.*?</pre>", "", page)


def test_a_report_on_other_units_speaks_of_no_country(here):
    assert ask("./lost-lands", "--draws", "50", "-o", "lands.html").exit_code == 0
    page = (here.parent / "lands.html").read_text("utf-8")
    text = re.sub(r"(?s)<style>.*?</style>|<pre.*?</pre>|<[^>]*>|--country", "", page)
    text = text.replace("coverage.country", "")
    assert not re.findall(r".*\bcountr.*", text, flags=re.IGNORECASE)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["hdi-2022"], "-o"),
        (["hdi-2022", "-o", "report.doc"], "Did you mean .docx"),
        (["hdi-2022", "-o", "report"], "missing ending"),
        (["hdi-2022", "-o", "r.html", "--section", "rankng"], "Did you mean ranking"),
        (["hdi-2022", "-o", "r.html", "--country", "Norwya"], "Norway"),
        (["hdi-2022", "-o", "r.html", "--country", "Norway", "--region", "Asia"], "--region"),
        (["gspi-2026", "-o", "r.html", "--section", "audit"], "published, not computed"),
        (["hdi-2022", "-o", "nowhere/r.html"], "no such folder"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_and_nothing_is_written(here, words, message):
    done = ask(*words)
    assert done.exit_code in {1, 2}
    assert message in done.stderr
    assert not list(here.parent.glob("r*"))


@pytest.mark.usefixtures("here")
def test_a_section_that_cannot_be_computed_is_a_status_unless_allowed(monkeypatch):
    from softpower.api.reporting import ask as reporting
    from softpower.errors import MethodError

    def failing(subject):
        raise MethodError(f"{subject.title} has no such thing.")

    monkeypatch.setitem(reporting.WHOLE, "audit", failing)
    words = ["./lost-lands", "--draws", "50", "-o", "lands.html"]
    done = ask(*words)
    assert done.exit_code == 3
    assert "--allow-missing" in done.stderr
    assert ask(*words, "--allow-missing").exit_code == 0


def test_the_figures_of_an_index_may_be_too_few_for_a_ranking(here):
    first = "\n".join(FIGURES.splitlines()[:3]) + "\n"
    (here / "figures.csv").write_text(first, "utf-8")
    done = ask("./lost-lands", "--draws", "50", "-o", "lands.html")
    assert done.exit_code in {1, 3}
    assert "Traceback" not in done.output
