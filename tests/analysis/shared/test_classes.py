"""Classes by cut points: UNDP's, and those of places that were made up."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import softpower
from helpers.imaginary_index import write
from softpower.analysis.shared.classes import Classes, classes_of
from softpower.cli import main
from softpower.errors import FolderError

HDI = softpower.load("hdi-2022")
INDICES = Path(__file__).parents[3] / "indices"
CUT = '\n[classes]\nnames = ["Low", "Middle", "High"]\ncuts = [46, 48]\n'


@pytest.fixture
def places(tmp_path):
    """Return an index whose scores are 50, 48 and 45, with classes from 46 and from 48 on."""
    folder = write(tmp_path)
    with (folder / "index.toml").open("a", encoding="utf-8") as declaration:
        declaration.write(CUT)
    return folder


def classes(answer, name="ranking"):
    return {row["country"]: row["class"] for row in answer.table(name).records()}


def test_the_four_classes_of_undp_come_out_country_by_country():
    # UNDP (2024), Human Development Report 2023/24, table 1: the ranks in each group
    groups = {"Very high": (1, 69), "High": (70, 118), "Medium": (119, 160), "Low": (161, 193)}
    found = classes(softpower.score(HDI))
    published = HDI.index.published
    for unit, place in zip(published.units, published.ranks, strict=True):
        expected = [name for name, (low, high) in groups.items() if low <= place <= high]
        assert [found[unit.name]] == (expected or [None])
    summary = {
        row["fact"]: row["value"] for row in softpower.reproduce(HDI).table("summary").records()
    }
    assert summary["Classes that agree, by the cut points"] == "193 of 193"


def test_a_printed_class_that_the_cut_points_do_not_lead_to_is_off(places):
    (places / "published.csv").write_text(
        "unit,score,class\nAtlantis,50,High\nLemuria,48,Middle\nRuritania,45,Low\n", "utf-8"
    )
    answer = softpower.reproduce(places)
    assert not answer.holds
    rows = answer.table("classes").records()
    assert (rows[0]["country"], rows[0]["class"], rows[0]["published_class"]) == (
        "Lemuria",
        "High",
        "Middle",
    )
    summary = {row["fact"]: row["value"] for row in answer.table("summary").records()}
    assert summary["Classes that agree, by the cut points"] == "2 of 3"


def test_the_classes_that_undp_printed_are_those_that_are_compared(tmp_path):
    folder = tmp_path / "hdi-2022"
    shutil.copytree(INDICES / "hdi-2022", folder)
    printed = (folder / "published.csv").read_text("utf-8")
    changed = printed.replace("NOR,0.966,2,Very high", "NOR,0.966,2,High")
    assert changed != printed
    (folder / "published.csv").write_text(changed, "utf-8")
    answer = softpower.reproduce(folder)
    assert not answer.holds
    facts = {row["fact"]: row["value"] for row in answer.table("summary").records()}
    assert facts["Classes that agree, by the cut points"] == "192 of 193"


def test_classes_are_compared_where_no_score_is_printed(places):
    (places / "published.csv").write_text(
        "unit,rank,class\nAtlantis,1,High\nLemuria,2,Middle\nRuritania,3,Low\n", "utf-8"
    )
    answer = softpower.reproduce(places)
    assert not answer.holds
    facts = {row["fact"]: row["value"] for row in answer.table("summary").records()}
    assert facts["Classes that agree, by the cut points"] == "2 of 3"


def test_a_printed_class_that_is_not_declared_is_warned_of_once(places):
    (places / "published.csv").write_text(
        "unit,score,class\nAtlantis,50,high\nLemuria,48,high\nRuritania,45,Low\n", "utf-8"
    )
    rows = softpower.check(places).table("warnings").records()
    found = [row for row in rows if "'high'" in row["what"]]
    assert [row["mend"] for row in found] == ["Did you mean High?"]
    assert "line 2, column class" in found[0]["place"]


def test_a_score_on_a_cut_point_is_in_the_class_above_it(places):
    assert classes(softpower.score(places)) == {
        "Atlantis": "High",
        "Lemuria": "High",
        "Ruritania": "Low",
    }


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8), st.floats(0, 1e-14))
def test_classes_rise_with_scores_and_noise_moves_nobody(scores, noise):
    cut = Classes(("a", "b", "c"), (-10.0, 10.0))
    found = cut.places(np.sort(scores))
    assert (np.diff(found) >= 0).all()
    assert [int(k) for k in found] == [
        int(x >= -10 - 1e-11) + int(x >= 10 - 1e-11) for x in np.sort(scores)
    ]
    assert cut.places(np.array([10 * (1 - noise), np.nan])).tolist() == [2, -1]


def test_another_scale_has_no_classes_and_says_so(places):
    run = softpower.load(places, set={"normalise": "zscore"})
    answer = softpower.score(run)
    assert "class" not in answer.table("ranking").records()[0]
    assert any("No class is given" in note for note in answer.notes)
    assert classes_of(softpower.load(places, set={"aggregate": "geometric"})) is not None


def test_a_count_of_votes_has_no_classes():
    answer = softpower.score(softpower.load(HDI, set={"aggregate": "borda/arithmetic"}))
    assert "class" not in answer.table("ranking").records()[0]


def test_compare_counts_who_changes_class_and_which_way(places):
    # Trade at 80 %: Atlantis 26, Lemuria 48, Ruritania 60
    run = softpower.load(places)
    row = softpower.compare(run, "@trade-first").table("class_changes").records()[0]
    assert (row["units"], row["changed"], row["higher"], row["lower"]) == (3, 2, 1, 1)
    assert row["who"] == "Atlantis (High to Low) and Ruritania (Low to High)"


def test_robustness_counts_how_often_each_leaves_its_class(places):
    answer = softpower.robustness(places, weights="simplex", draws=20_000)
    leaves = {row["country"]: row["leaving"] for row in answer.table("robustness").records()}
    # With a share w of arts: Atlantis 10 + 80 w is below 48 for w < 0.475, Ruritania 70 - 50 w
    # above 46 for w < 0.48, and Lemuria is always at 48.
    assert leaves["Lemuria"] == 0
    assert leaves["Atlantis"] == pytest.approx(0.475, abs=0.02)
    assert leaves["Ruritania"] == pytest.approx(0.48, abs=0.02)


def test_every_combination_counts_for_the_share_of_draws_in_another_class(places):
    answer = softpower.robustness(places, vary="variant=none,trade-first", country="Atlantis")
    assert answer.table("robustness").records()[0]["leaving"] == 0.5


def test_classes_are_shown_and_written(places):
    result = CliRunner().invoke(main, ["show", str(places), "-f", "json"])
    facts = json.loads(result.stdout)["tables"]["about"]["rows"]
    assert {"fact": "Classes", "value": "Low below 46, Middle from 46, High from 48"} in facts


@pytest.mark.parametrize(
    ("declared", "said"),
    [
        ('names = ["Low", "High"]\ncuts = [46, 48]', "2 cuts make 3 classes"),
        ('names = ["Low", "Middle", "High"]\ncuts = [48, 46]', "The cuts do not rise"),
        ('names = ["Low", "Low"]\ncuts = [48]', "A name stands twice"),
        ('names = ["Low"]\ncuts = []', "classes.cuts"),
        ('names = ["Low", "High"]\ncuts = [nan]', "classes.cuts"),
    ],
)
def test_classes_that_make_no_sense_are_refused_with_the_place(tmp_path, declared, said):
    folder = write(tmp_path)
    with (folder / "index.toml").open("a", encoding="utf-8") as declaration:
        declaration.write(f"\n[classes]\n{declared}\n")
    with pytest.raises(FolderError, match=said):
        softpower.load(folder)
