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
    assert "Moving 2.51 points of weight from Arts to Trade" in found.stdout


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


def test_pairs_are_printed_with_their_diagram_and_saved_as_a_picture(places, tmp_path):
    found = ask("reach", places, "--pairs", "--bounds", "arts=48..60", "--chart")
    assert found.exit_code == 0
    assert "Atlantis  Lemuria    always" in found.stdout
    assert "Tier 1\n  Atlantis → Lemuria\n" in found.stdout
    file = tmp_path / "pairs.svg"
    assert ask("reach", places, "--pairs", "-o", str(file)).exit_code == 0
    assert "<svg" in file.read_text(encoding="utf-8")


def test_many_pairs_are_in_every_form_but_print():
    found = ask("reach", "elcano-2021", "--pairs", "--top", "7", "-f", "json")
    assert len(json.loads(found.stdout)["tables"]["pairs"]["rows"]) == 21
    assert "Belief" not in ask("reach", "elcano-2021", "--pairs", "--top", "7").stdout


def test_infer_says_what_is_consistent_and_exits_with_status_three_if_nothing_is():
    assert "one set, to within" in ask("infer", "elcano-2021").stdout
    found = ask("infer", "elcano-2021", "--bounds", "economic=50..60")
    assert found.exit_code == 3
    assert "Consistent weights  none" in found.stdout


def test_people_are_a_file_of_weights(places, tmp_path):
    file = tmp_path / "people.csv"
    file.write_text("person,arts,trade\nAda,3,1\nBen,1,3\n", encoding="utf-8")
    found = ask("robustness", places, "--weights", str(file), "--clusters", "2")
    assert found.exit_code == 0
    assert "under the weights of 2 people" in found.stdout
    assert ask("claim", places, "Atlantis > Lemuria", "--weights", str(file)).exit_code in {0, 3}
    assert ask("robustness", places, "--weights", str(tmp_path / "none.csv")).exit_code == 1
