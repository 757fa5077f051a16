"""Confidence sets for ranks: PISA, cases by hand, and errors through the pipeline."""

from functools import cache

import numpy as np
import pytest
from click.testing import CliRunner

import softpower
from helpers.outside import beside, records
from softpower.analysis.shared.confidence import rank_sets, tiers, told_apart
from softpower.analysis.shared.propagation import Estimates
from softpower.cli import main
from softpower.errors import InputError, UsageError

DRAWS = 4_000


def pisa():
    """Return the countries, scores and standard errors: see data/SOURCES.md."""
    rows = records(beside("analysis/shared"), "pisa")
    scores, errors = (np.array([float(row[key]) for row in rows]) for key in ("score", "error"))
    return [row["country"] for row in rows], scores, errors


def known(merits, errors):
    return Estimates(None, tuple(range(len(merits))), np.array(merits), np.diag(errors) ** 2)


@cache
def at(confidence):
    names, scores, errors = pisa()
    apart = told_apart(known(scores, errors), confidence, DRAWS, 1)
    sets = (rank_sets(apart.marginal), rank_sets(apart.simultaneous))
    return names, [np.column_stack(each).tolist() for each in sets]


def test_the_united_kingdom_is_13th_and_from_7_to_23_in_mathematics():
    names, (own, _) = at(95)
    _, scores, _ = pisa()
    assert np.count_nonzero(scores > scores[names.index("United Kingdom")]) == 12
    assert own[names.index("United Kingdom")] == [7, 23]


def test_twelve_could_be_among_the_first_five_and_at_90_percent_sweden_could_not():
    names, (_, together) = at(95)
    could = {name for name, (low, _) in zip(names, together, strict=True) if low <= 5}
    assert len(could) == 12
    names, (_, together) = at(90)
    at_90 = {name for name, (low, _) in zip(names, together, strict=True) if low <= 5}
    assert could - at_90 == {"Sweden"}
    assert at_90 < could


@pytest.mark.parametrize(
    ("confidence", "germany", "korea"), [(95, [7, 25], [1, 7]), (75, [8, 24], [1, 6])]
)
def test_germany_and_korea_overlap_at_95_percent_and_not_at_75(confidence, germany, korea):
    names, (_, together) = at(confidence)
    assert together[names.index("Germany")] == germany
    assert together[names.index("Korea")] == korea
    assert (germany[0] <= korea[1]) is (confidence == 95)


def test_two_units_are_told_apart_beyond_the_normal_quantile():
    for gap, apart in ((1.95, False), (1.97, True)):
        found = told_apart(known([gap * np.sqrt(2), 0.0], [1.0, 1.0]), 95, 400_000, 1)
        assert bool(found.simultaneous[0, 1] == 1) is apart
        assert bool(found.marginal[0, 1] == 1) is apart


def test_scores_without_errors_are_told_apart_where_they_differ():
    found = told_apart(known([3.0, 2.0, 2.0], [0.0, 0.0, 0.0]), 95, 200, 1)
    low, high = rank_sets(found.simultaneous)
    assert (low.tolist(), high.tolist()) == ([1, 2, 2], [1, 3, 3])


def test_a_higher_confidence_and_all_at_once_give_no_smaller_sets():
    _, (own, together) = at(95)
    _, (less, _) = at(75)
    for one, other, smaller in zip(own, together, less, strict=True):
        assert other[0] <= one[0] <= smaller[0] <= smaller[1] <= one[1] <= other[1]


def test_a_tier_begins_with_who_is_surely_worse_than_the_first_of_the_one_before():
    signs = np.array([[0, 0, 1, 1], [0, 0, 0, 1], [-1, 0, 0, 0], [-1, -1, 0, 0]])
    assert tiers(np.array([9.0, 8.0, 7.0, 6.0]), signs) == [1, 1, 2, 2]


def test_the_answer_has_both_sets_and_who_could_be_first(places):
    answer = softpower.robustness(places, errors=True, confidence=95, first=1)
    rows = {row["country"]: row for row in answer.table("confidence").records()}
    # Scores 50, 48, 45 and 5 with errors of 2.5: the first three cannot be told apart.
    assert [rows[name]["error"] for name in rows] == [pytest.approx(2.5)] * 4
    for name in ("Atlantis", "Lemuria", "Ruritania"):
        row = rows[name]
        assert (row["low"], row["high"], row["all_low"], row["all_high"]) == (1, 3, 1, 3)
        assert row["first"] == "yes"
    assert (rows["Thule"]["all_low"], rows["Thule"]["first"]) == (4, "no")
    assert answer.notes[0].startswith("3 of 4 units could be among the first 1: Atlantis")
    assert answer.provenance["confidence"]["draws"] == 4_000
    assert softpower.robustness(places, errors=True, confidence=95, top=1).tables[0].rows[0][1]


def test_score_prints_the_tiers(places):
    answer = softpower.score(places, tiers=True)
    assert [row["tier"] for row in answer.table("ranking").records()] == [1, 1, 1, 2]
    assert any("2 tiers" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--confidence", "95"], "Say --errors as well"),
        (
            ["--errors", "--confidence", "95", "--vary", "aggregate=geometric"],
            "--vary has no effect",
        ),
        (["--errors", "--confidence", "95"], "No figure has a standard error"),
    ],
)
def test_a_confidence_that_rests_on_nothing_is_refused(words, said):
    result = CliRunner().invoke(main, ["robustness", "hdi-2022", *words])
    assert result.exit_code == 2
    assert said in result.stderr


def test_tiers_without_errors_and_no_confidence_are_refused(places):
    with pytest.raises(UsageError, match="standard error"):
        softpower.score("hdi-2022", tiers=True)
    with pytest.raises(UsageError, match="says nothing"):
        softpower.robustness(places, errors=True, confidence=100)


def test_given_errors_of_scores_give_the_sets_of_pisa(tmp_path):
    pd = pytest.importorskip("pandas")
    names, scores, errors = pisa()
    names[names.index("Korea")] = "South Korea"
    index = softpower.index_from(
        pd.DataFrame({"country": names, "mathematics": scores}),
        id="pisa",
        methodology={"normalise": "none"},
    )
    path = tmp_path / "errors.csv"
    pd.DataFrame({"country": names, "standard_error": errors}).to_csv(path, index=False)
    answer = softpower.robustness(
        index, confidence=95, covariance=path, first=5, country="United Kingdom"
    )
    (row,) = answer.table("confidence").records()
    assert (row["rank"], row["low"], row["high"]) == (13, 7, 23)
    assert row["error"] == pytest.approx(2.564428111)
    assert answer.notes[0].startswith("12 of 37 countries could be among the first 5")
    assert "no score goes with another" in answer.notes[1]
    assert answer.provenance["confidence"]["covariance"] == str(path)


def test_scores_that_go_with_each_other_are_told_apart_sooner(tmp_path, places):
    """Of two scores with errors of 2.5 that share nearly all of them, the gap of 2 is sure."""
    names = ("Atlantis", "Lemuria", "Ruritania", "Thule")
    path = tmp_path / "covariance.csv"
    rows = [f"{a},{','.join('6.25' if a == b else '6' for b in names)}" for a in names]
    path.write_text("\n".join([f"country,{','.join(names)}", *rows]), encoding="utf-8")
    answer = softpower.robustness(places, confidence=95, covariance=path)
    found = answer.table("confidence").records()
    assert [(row["all_low"], row["all_high"]) for row in found] == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert "scores go with each other" in answer.notes[1]
    path.write_text("country,standard_error\nThule,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="says nothing of Atlantis, Lemuria and Ruritania"):
        softpower.robustness(places, confidence=95, covariance=path)


@pytest.mark.parametrize("unit", [1e-90, 1e90])
def test_sets_do_not_hang_on_the_unit_of_scores(unit):
    merits, covariance = np.array([5.0, 3.0, 2.9, 0.0]), np.diag([1.0, 0.5, 0.5, 2.0])
    rows = (0, 1, 2, 3)
    usual = told_apart(Estimates(None, rows, merits, covariance), 95, 2_000, 1)
    moved = Estimates(None, rows, merits * unit, covariance * unit**2)
    assert np.array_equal(told_apart(moved, 95, 2_000, 1), usual)
    assert np.abs(usual.marginal).sum() > 0


def test_both_ways_stand_side_by_side(places):
    answer = softpower.robustness(places, errors=True, confidence=95, propagation="both")
    row = answer.table("confidence").records()[0]
    assert row["error"] == pytest.approx(2.5)
    assert row["other_error"] == pytest.approx(2.5, rel=0.05)
    assert answer.provenance["confidence"]["propagation"] == "both"
    assert answer.provenance["confidence"]["errors"] == "delta"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"respondents": 9}, "Give their level as well"),
        ({"respondents": 9, "errors": True, "confidence": 90}, "give errors twice"),
        ({"respondents": 9, "confidence": 90, "propagation": "delta"}, "`propagation` has no"),
        ({"respondents": 9, "confidence": 90, "seed": 3}, "`seed` has no effect"),
        ({"errors": True, "confidence": 90, "propagation": "dleta"}, "Did you mean delta"),
        ({"errors": True, "propagation": "delta"}, "Give their level as well"),
        ({"gaps": True, "respondents": 9}, "`respondents` has no effect"),
    ],
)
def test_errors_from_two_sources_or_to_no_effect_are_refused(places, words, said):
    with pytest.raises(UsageError, match=said):
        softpower.robustness(places, **words)
