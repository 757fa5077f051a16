"""``softpower claim`` as a person, or a script, meets it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from softpower.cli import main

INDEX = """
id = "isles"
title = "Index of Isles"
publisher = "Nobody"
units = "other"
methodology = { normalise = "none" }
[pillars.land]
title = "Land"
weight = 50
[pillars.sea]
title = "Sea"
weight = 50
[variants.sea-first]
title = "Sea first"
weights = { sea = 80 }
[variants.geometric]
title = "Geometric mean"
methodology = { aggregate = "geometric" }
"""


@pytest.fixture
def folder(tmp_path):
    """The folder of an index of three isles, with scores 60, 50 and 45."""
    path = tmp_path / "isles"
    path.mkdir()
    files = {
        "index.toml": INDEX,
        "indicators.csv": "id,pillar,source\nfields,land,imagined\nports,sea,imagined\n",
        "units.csv": "id,name\nash,Isle of Ash\nbel,Bel and Dor\ncor,Corland\n",
        "figures.csv": "unit,fields,ports\nash,90,30\nbel,50,50\ncor,20,70\n",
    }
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8")
    return str(path)


def ask(*words: str):
    return CliRunner().invoke(main, ("claim", *words))


def test_claims_that_hold_everywhere_exit_with_0(folder):
    result = ask(folder, "Bel and Dor hardly last", "bel in the top 2")
    assert result.exit_code == 2
    assert "What can be claimed" in result.stderr
    result = ask(folder, "Bel and Dor is not last", "bel in the top 2")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    "claim", ["Isle of Ash is 1st", "Isle of Ash is last", "ash beats bel by 11 points"]
)
def test_a_claim_that_fails_anywhere_exits_with_3(folder, claim):
    assert ask(folder, claim).exit_code == 3
    assert ask(folder, "Bel and Dor is not last", claim).exit_code == 3


def test_the_answer_says_verdict_share_and_what_breaks_the_claim(folder):
    lines = ask(folder, "ash > cor").stdout.splitlines()
    assert lines[0] == "Index of Isles: claims under 2 variants"
    row = next(line for line in lines if line.startswith("Isle of Ash above Corland"))
    *verdict, weights, _, error, _, proven = row.split()[-10:]
    assert verdict == ["yes", "1", "2", "50", "%"]
    assert proven == "some"
    # 90 a + 30 b > 20 a + 70 b holds for a > 4/11.
    assert abs(float(weights) - 700 / 11) < 2 * float(error)
    told = " ".join(" ".join(lines).split())
    assert "Fails under @sea-first by 2 places." in told
    assert "Broken by “Sea first” (@sea-first), by 2 places." in told


def test_json_has_every_margin_at_full_precision(folder):
    result = ask(folder, "ash beats bel by 1 point", "-f", "json")
    assert result.exit_code == 3
    answer = json.loads(result.stdout)
    rows = {row["variant"]: row for row in answer["tables"]["variants"]["rows"]}
    key = "Isle of Ash beats Bel and Dor by 1 point: margin"
    assert rows["as published"][key] == 9
    assert rows["@geometric"][key] == pytest.approx(2700**0.5 - 50 - 1, rel=1e-12)
    assert rows["@sea-first"][key] == pytest.approx(42 - 50 - 1, rel=1e-14)
    (claim,) = answer["tables"]["claims"]["rows"]
    assert (claim["supported"], claim["judged"], claim["share"]) == (1, 2, 0.5)
    assert claim["closest_call"] == "@geometric"
    assert claim["closest_margin"] == rows["@geometric"][key]
    assert answer["provenance"]["index"] == "isles"


def test_stack_tries_variants_together_and_all_lists_the_stacks(folder):
    answer = json.loads(ask(folder, "ash > cor", "--stack", "--all", "-f", "json").stdout)
    labels = [row["variant"] for row in answer["tables"]["variants"]["rows"]]
    assert labels == ["as published", "@sea-first", "@geometric", "@sea-first+geometric"]
    shorter = json.loads(ask(folder, "ash > cor", "--stack", "-f", "json").stdout)
    assert len(shorter["tables"]["variants"]["rows"]) == 3
    assert shorter["tables"]["sizes"]["rows"][1]["stacks"] == 1


def test_changes_of_the_methodology_stay_on_top_of_the_variants(folder):
    result = ask(folder, "ash > cor", "-w", "sea=50")
    assert result.exit_code == 0, result.output
    assert "as asked" in result.stdout
    assert ask(f"{folder}@sea-first", "cor > ash").exit_code == 0
    assert ask(f"{folder}@sea-first", "cor > ash", "-w", "sea=50").exit_code == 3


def test_a_text_that_is_no_claim_is_refused_with_the_place_and_the_forms(folder):
    result = ask(folder, "Corlant above Isle of Ash")
    assert result.exit_code == 2
    assert "  Corlant above Isle of Ash\n  ^ Did you mean Corland or cor?" in result.stderr
    result = ask(folder, "Corland wins")
    assert "\n          ^ What can be claimed:" in result.stderr
    assert "A in the top 5" in result.stderr
    assert result.stdout == ""


def test_a_claim_is_required(folder):
    result = ask(folder)
    assert result.exit_code == 2
    assert "CLAIM" in result.stderr


@pytest.mark.parametrize("text", ["ash in the top 3", "ash is last"])
def test_an_interrupted_claim_is_marked_as_partial_and_exits_with_130(folder, monkeypatch, text):
    def interrupted(total, outcomes, _what="draws"):
        del total
        yield next(iter(outcomes))
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["softpower.cli.claim"], "watched", interrupted)
    result = ask(folder, text)
    assert result.exit_code == 130
    assert result.stdout.splitlines()[0].endswith("(partial)")


def test_a_share_of_weights_is_missed_only_where_it_was_asked_for(folder):
    Path(folder, "index.toml").write_text(INDEX.partition("[variants")[0], encoding="utf-8")
    words = [folder, "Corland > Bel and Dor", "--set", "weight=benefit-of-the-doubt",
             "--draws", "50", "--set", "aggregate=arithmetic"]  # fmt: skip
    result = ask(*words)
    assert "No share of weights" in result.stderr
    assert result.exit_code == 0
    result = ask(*words, "--weights", "simplex")
    assert "Less was computed" in result.stderr
    assert result.exit_code == 3
