"""Editions of the Global Soft Power Index: what is known of each, counted and added up."""

from __future__ import annotations

import math

import numpy as np
import pytest

import softpower
from softpower.analysis.explain.editions import editions

# Nations ranked, scores known and their sum, ranks known and their sum: as in the tables that were
# made from the reports and the press (published.csv names the source of every row).
KNOWN = {
    2020: (60, 31, 1395.6, 22, 520),
    2021: (105, 47, 2012.2, 55, 2328),
    2022: (120, 10, 571.8, 18, 553),
    2023: (121, 20, 1073.4, 29, 740),
    2024: (193, 31, 1532.0, 64, 3942),
    2025: (193, 10, 550.2, 193, 18721),
}
# Scores and ranks of China and the United States as printed or quoted.
SINGLE = {
    2020: {"CHN": (58.7, 5), "USA": (67.1, 1)},
    2021: {"CHN": (54.3, 8), "USA": (55.9, 6)},
    2022: {"CHN": (64.2, 4), "USA": (70.7, 1)},
    2023: {"CHN": (65.0, 5), "USA": (74.8, 1)},
    2024: {"CHN": (71.2, 3), "USA": (78.8, 1)},
    2025: {"CHN": (72.8, 2), "USA": (79.5, 1), "BRA": (48.8, 31)},
}


def published(year):
    return softpower.load(f"gspi-{year}").index.published


@pytest.mark.parametrize("year", KNOWN)
def test_an_edition_holds_what_is_known_of_it(year):
    held = published(year)
    scores, ranks = (values[~np.isnan(values)] for values in (held.scores, held.ranks))
    found = len(scores), round(math.fsum(scores), 1), len(ranks), int(sum(ranks))
    assert (held.ranked, *found) == KNOWN[year]
    assert len(set(ranks)) == len(ranks)
    at = {u.id: pair for u, *pair in zip(held.units, held.scores, held.ranks, strict=True)}
    assert {name: tuple(at[name]) for name in SINGLE[year]} == SINGLE[year]


@pytest.mark.parametrize("year", KNOWN)
def test_every_row_has_a_source_and_a_grade_and_no_score_contradicts_a_rank(year):
    held = published(year)
    assert all(held.sources)
    grades = ("printed", "secondary", "derived", "inferred")
    assert all(any(grade in note for grade in grades) for note in held.notes)
    both = ~np.isnan(held.scores) & ~np.isnan(held.ranks)
    order = np.argsort(held.ranks[both])
    assert (np.diff(held.scores[both][order]) <= 0).all()


@pytest.mark.parametrize("year", range(2020, 2025))
def test_what_is_derived_or_inferred_is_counted_in_what_is_said_of_the_edition(year):
    held = published(year)
    said = softpower.load(f"gspi-{year}").index.declared.published.note
    numbers = {2020: "Fifteen scores", 2021: "Twelve scores", 2022: "Four scores",
               2023: "Two scores", 2024: "One score"}  # fmt: skip
    counts = {2020: 15, 2021: 12, 2022: 4, 2023: 2, 2024: 1}
    uncertain = [note for note in held.notes if "score derived" in note or "score inferred" in note]
    assert len(uncertain) == counts[year]
    assert numbers[year] in said


def test_china_passed_japan_and_germany_from_2023_to_2024():
    answer = editions(softpower.load("gspi-2023"), softpower.load("gspi-2024"), "China")
    standing = answer.tables[0].records()
    assert [(row["rank"], row["score"]) for row in standing] == [(5, 65.0), (3, 71.2)]
    passed = next(table for table in answer.tables if table.name == "overtaking").records()
    assert {row["id"] for row in passed} == {"JPN", "DEU"}
