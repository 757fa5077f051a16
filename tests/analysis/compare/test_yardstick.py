"""An index against what is only published: where the two part, against another computation."""

from __future__ import annotations

import pytest
from scipy.stats import spearmanr

import softpower
from helpers.imaginary_index import write
from helpers.partial_lists import printed
from softpower.analysis.compare.ask import ComparisonView, compare


def tables(answer):
    return {table.name: table.records() for table in answer.tables}


def test_correlations_are_those_of_another_library():
    answer = softpower.compare("open-soft-power", "gspi-2026")
    found = tables(answer)
    held = {row["id"]: row for row in found["ranks"]}
    ranking = softpower.load("open-soft-power").score()
    rows = [i for i, unit in enumerate(ranking.units) if unit.id in held]
    ids = [ranking.units[i].id for i in rows]
    x = [held[name]["rank_1"] for name in ids]
    y = [held[name]["rank_2"] for name in ids]
    residual = [b - a for a, b in zip(x, y, strict=True)]
    *pillars, whole = found["yardstick_2"]
    assert {row["id"] for row in pillars} == {pillar.id for pillar in ranking.framework.top()}
    for row in pillars:
        worse = [-ranking.pillars[row["id"]][i] for i in rows]
        assert row["with_yardstick"] == pytest.approx(spearmanr(worse, y).statistic)
        assert row["with_residual"] == pytest.approx(spearmanr(worse, residual).statistic)
        assert row["units"] == len(ids)
    assert whole["with_yardstick"] == pytest.approx(found["agreement"][0]["spearman"])
    assert whole["with_residual"] == pytest.approx(spearmanr(x, residual).statistic)


def test_pillars_are_in_the_order_in_which_they_go_with_the_residual():
    rows = tables(softpower.compare("gspi-2026", "open-soft-power"))["yardstick_1"][:-1]
    sizes = [abs(row["with_residual"]) for row in rows]
    assert sizes == sorted(sizes, reverse=True)


def test_who_is_seen_otherwise_than_its_figures_is_named(tmp_path):
    """Atlantis, Lemuria, Ruritania have ranks 1, 2, 3, and 3, 2, 1 in the eyes of the others."""
    seen = printed(tmp_path, "seen", "unit,rank\nAtlantis,3\nLemuria,2\nRuritania,1\n")
    answer = compare([softpower.load(str(write(tmp_path))), seen])
    label = seen.name
    assert answer.notes[-2:] == (
        f"Perceived far above its figures (1 place or more above in {label}): Ruritania (3 to 1).",
        f"Perceived far below its figures (1 place or more below in {label}): Atlantis (1 to 3).",
    )
    arts, trade = tables(answer)["yardstick_2"][:2]
    assert (arts["id"], arts["with_yardstick"], arts["with_residual"]) == ("arts", -1.0, -1.0)
    assert (trade["id"], trade["with_yardstick"], trade["with_residual"]) == ("trade", 1.0, 1.0)


def test_where_nobody_is_seen_otherwise_that_is_said(tmp_path):
    seen = printed(tmp_path, "seen", "unit,rank\nAtlantis,1\nLemuria,2\nRuritania,3\n")
    answer = compare([softpower.load(str(write(tmp_path))), seen])
    assert answer.notes[-1].startswith("Nobody is perceived far above or below its figures: ")


def test_a_run_that_is_computed_and_another_edition_are_no_yardsticks(tmp_path):
    folder = str(write(tmp_path))
    runs = [softpower.load(folder), softpower.load(f"{folder}@geometric")]
    for answer in (compare(runs), softpower.compare("gspi-2025", "gspi-2026")):
        assert not any(name.startswith("yardstick") for name in tables(answer))
        assert not any("Perceived" in note for note in answer.notes)


def test_fewer_units_than_a_correlation_needs_have_none(tmp_path):
    seen = printed(tmp_path, "seen", "unit,rank\nAtlantis,2\nLemuria,1\n")
    answer = compare([softpower.load(str(write(tmp_path))), seen], ComparisonView())
    assert "yardstick_2" not in tables(answer)
