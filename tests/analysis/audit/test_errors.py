"""Errors of measurement in an audit: reliability by hand, and what they leave of ranks."""

import numpy as np
import pytest

import softpower
from softpower.analysis.audit.errors import reliability

pd = pytest.importorskip("pandas")


def index(errors, figures=(50.0, 48.0, 45.0, 5.0)):
    rows = [
        {"unit": f"Place {unit}", "indicator": "music", "value": value, "standard_error": error}
        for unit, value, error in zip("ABCD", figures, errors, strict=True)
    ]
    return softpower.index_from(
        pd.DataFrame(rows), id="places", units="other", methodology={"normalise": "none"}
    )


def found(answer):
    return {row["check"]: row["value"] for row in answer.table("findings").records()}


def said(answer):
    return {row["check"]: row["finding"] for row in answer.table("findings").records()}


def test_reliability_is_the_share_of_variance_that_is_not_error():
    x, errors = np.array([1.0, 3.0, 5.0, np.nan, 9.0]), np.array([1.0, 1.0, 2.0, 1.0, np.nan])
    assert reliability(x, errors) == pytest.approx(1 - 2 / 4)
    assert reliability(x, 9 * errors) == 0
    assert np.isnan(reliability(np.ones(5), errors))


def test_ranks_that_could_be_chance_are_found_with_how_wide_they_are():
    answer = softpower.audit(index([2.5] * 4), chapter="errors", measures=True)
    # The first three cannot be told apart: 3 of 6 pairs can, and sets hold 3 of 4 ranks.
    assert found(answer) == {"rank-set": 0.75}
    assert said(answer)["rank-set"] == (
        "Place A may be from 1 to 3 of 4 units at 95 %, the middle one spans 3 (rank-set=0.25)"
    )
    sets = answer.table("errors").records()
    assert [(row["low"], row["high"]) for row in sets] == [(1, 3), (1, 3), (1, 3), (4, 4)]
    assert [row["error"] for row in sets] == pytest.approx([2.5] * 4)
    (row,) = answer.table("reliability").records()
    assert (row["known"], row["error"]) == (1, 2.5)
    variance = np.var([50, 48, 45, 5], ddof=1)
    assert row["reliability"] == pytest.approx(1 - 2.5**2 / variance)
    assert answer.notes[0].startswith("errors: Errors of scores follow")


def test_noise_is_found_and_thresholds_move_it():
    noisy = index([20.0] * 4)
    assert found(softpower.audit(noisy, chapter="errors")) == {
        "reliability": pytest.approx(1 - 400 * 3 / 1378),
        "told-apart": 0.0,
        "rank-set": 1.0,
    }
    sentences = said(softpower.audit(noisy, chapter="errors", threshold="told-apart=0.9"))
    assert sentences["reliability"].startswith("13% of the variance of its figures is not error")
    mildly = softpower.audit(index([2.5] * 4), chapter="errors", threshold="told-apart=0.9")
    assert said(mildly)["told-apart"].startswith("50% of 6 pairs can be told apart at 95 %")
    mild = {"reliability": 0, "told-apart": 0, "rank-set": 1}
    assert found(softpower.audit(noisy, chapter="errors", threshold=mild)) == {}


def test_figures_without_errors_are_counted_and_none_at_all_is_said():
    answer = softpower.audit(index([2.5, None, None, None]), chapter="errors")
    assert found(answer)["errors-known"] == 0.25
    assert said(answer)["errors-known"].startswith("25% of the figures of ranked units have one")
    silent = softpower.audit("hdi-2022", chapter="errors")
    assert silent.notes == (
        "errors: No figure has a standard error: what is noise cannot be told.",
    )
    assert silent.complete
