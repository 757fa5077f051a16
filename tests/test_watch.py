"""Long work says what it counts, so that a bar does not call countries draws."""

import pytest
from click.testing import CliRunner

import softpower
from helpers.whole_folder import write_index
from softpower.cli import main, progress

UNITS = {
    "audit": {"units left out", "units with gaps"},
    "gaps": {"units"},
    "reach": {"units"},
    "pairs": {"units"},
    "all": {"pairs"},
    "draws": {"combinations", "draws"},
    "choices": {"combinations"},
}


@pytest.fixture(scope="module")
def lands(tmp_path_factory):
    return write_index(tmp_path_factory.mktemp("watch"))


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    figures = "unit,gold,towers,fish\nAtlantis,9,1,2\nLemuria,4,5,6\nThule,1,7,3\n"
    return write_index(tmp_path_factory.mktemp("watch"), figures=figures)


def counted(question, *words, **given):
    seen = set()

    def watch(total, outcomes, what="draws"):
        found = list(outcomes)
        assert sum(getattr(each, "draws", 1) for each in found) == total
        seen.add(what)
        return found

    question(*map(str, words), **given, watch=watch)
    return seen


def test_what_is_gone_through_is_named(lands, whole):
    found = {
        "audit": counted(softpower.audit, lands, chapter=("missing", "reversal")),
        "gaps": counted(softpower.robustness, lands, gaps=True),
        "reach": counted(softpower.reach, whole, all=True),
        "pairs": counted(softpower.reach, whole, pairs=True),
        "all": counted(softpower.flip, whole, all=True),
        "draws": counted(softpower.robustness, whole, weights="bounds:25", draws=20),
        "choices": counted(softpower.robustness, whole, vary="normalise=minmax,zscore"),
    }
    assert found == UNITS


def test_a_terminal_shows_what_is_counted_and_what_an_audit_begins_with(lands, monkeypatch):
    monkeypatch.setattr(progress, "PATIENCE", -1)
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _stream: True)
    said = CliRunner().invoke(main, ["robustness", str(lands), "--gaps"]).stderr
    assert "of 3 units" in said
    assert "draws" not in said
    said = CliRunner().invoke(main, ["audit", str(lands), "--chapter", "reversal"]).stderr
    assert said.startswith("note: Examined one after the other: reversal.")
    assert "of 3 units left out" in said
