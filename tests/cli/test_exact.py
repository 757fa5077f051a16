"""The commands `reach` and `flip`, as a person types them."""

import json

import pytest
from click.testing import CliRunner

from helpers.imaginary_index import write
from softpower.cli import main


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("exact")))


def ask(*words):
    return CliRunner().invoke(main, words)


def test_reach_prints_ranks_and_the_weights_that_attain_them(places):
    found = ask("reach", places, "Atlantis", "--bounds", "arts=45..60")
    assert found.exit_code == 0
    assert found.stdout.startswith("Imaginary places: ranks within reach")
    assert "   1  Atlantis     1      3" in found.stdout
    assert "2 weights (arts=45..60)" in found.stdout
    assert "Every rank is proven" in found.stderr


def test_reach_saves_certificates(places, tmp_path):
    file = tmp_path / "reach.json"
    assert ask("reach", places, "--all", "--within", "10%", "-o", str(file)).exit_code == 0
    saved = json.loads(file.read_text(encoding="utf-8"))
    certificates = saved["provenance"]["reach"]["certificates"]
    assert len(certificates) == 3
    assert all(each["best"]["rank"] == each["best"]["bound"] for each in certificates.values())


def test_flip_says_it_in_a_sentence(places):
    found = ask("flip", places, "Atlantis", "Lemuria")
    assert found.exit_code == 0
    assert "Moving 2.5 points of weight from Arts to Trade" in found.stdout


def test_flip_that_no_weights_do_exits_with_status_three(places):
    found = ask("flip", places, "--first", "Ruritania", "--order", "arts >= trade")
    assert found.exit_code == 3
    assert "No admissible weights put Ruritania first: 3 is the best." in found.stdout


@pytest.mark.parametrize("command", ["robustness", "claim", "sensitivity"])
def test_admissible_weights_are_stated_alike_wherever_they_are_drawn(places, command):
    words = {
        "claim": ["Atlantis > Lemuria"],
        "sensitivity": ["--vary", "aggregate=arithmetic,geometric"],
    }
    stated = ["--bounds", "arts=48..60", "--draws", "64"]
    found = ask(command, places, *words.get(command, []), *stated)
    assert "arts=48..60" in found.stdout + found.stderr
    if command == "claim":  # 48 % of arts put Atlantis at 48.4
        assert "100.0 %" in found.stdout
        assert "all" in found.stdout


def test_nothing_is_stated_of_weights_that_there_are_not():
    found = ask("claim", "gspi-2026", "China > Japan", "--within", "10%")
    assert found.exit_code == 2
    assert "no figures to weigh" in found.stderr
