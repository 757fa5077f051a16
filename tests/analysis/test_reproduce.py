"""The published results come out again, as closely as each index says."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import softpower
from helpers.explain_folder import made
from softpower.analysis.recomputed import recomputed
from softpower.analysis.reproduce import reproduce
from softpower.errors import UsageError
from softpower.index.find import locate, shipped
from softpower.index.published import Published
from softpower.index.units import Unit
from softpower.methods.ties import rank


def summary(answer):
    return {row["fact"]: row["value"] for row in answer.tables[0].records()}


SAYING = {name: softpower.load(name).index.reproducible for name in shipped()}


def test_three_indices_are_said_to_be_reproduced_and_two_of_a_survey_to_differ():
    assert [name for name, said in SAYING.items() if said == "yes"] == [
        "elcano-2021", "hdi-2022", "sea-survey-2024"
    ]  # fmt: skip
    assert [name for name, said in SAYING.items() if said == "differs"] == [
        "sea-survey-2020", "sea-survey-2021"
    ]  # fmt: skip


@pytest.mark.parametrize("name", [name for name, said in SAYING.items() if said == "yes"])
def test_every_index_that_says_so_is_reproduced(name):
    answer = reproduce(softpower.load(name))
    assert answer.holds
    assert summary(answer)["Verdict"] == "reproduced"


@pytest.mark.parametrize("name", [name for name, said in SAYING.items() if said == "differs"])
def test_an_index_that_is_said_to_differ_does(name):
    answer = reproduce(softpower.load(name))
    assert not answer.holds
    assert summary(answer)["Verdict"] == "differs beyond rounding"


def test_the_hdi_has_no_mismatch_at_three_decimals_over_every_published_country():
    said = summary(reproduce(softpower.load("hdi-2022")))
    assert said["Scores that agree"] == "193 of 193"
    assert said["Ranks that agree"] == "193 of 193"


def test_elcano_has_all_ranks_and_a_largest_residual_below_a_fiftieth():
    run = softpower.load("elcano-2021")
    said = summary(reproduce(run))
    assert said["Ranks that agree"] == "151 of 151"
    ranking, published = run.score(), run.index.published
    computed = dict(zip((u.id for u in ranking.units), ranking.scores, strict=True))
    residuals = [
        abs(computed[unit.id] - score)
        for unit, score in zip(published.units, published.scores, strict=True)
    ]
    assert len(residuals) == 151
    assert max(residuals) < 0.02


def test_the_survey_headline_is_recomputed_as_50_47():
    ranking = softpower.load("sea-survey-2024").score()
    scores = {unit.id: score for unit, score in zip(ranking.units, ranking.scores, strict=True)}
    assert scores["CHN"] == pytest.approx(50.47)
    assert scores["USA"] == pytest.approx(49.53)


def test_another_methodology_differs_and_the_worst_rows_come_first():
    answer = reproduce(softpower.load("hdi-2022", set={"aggregate": "arithmetic"}), worst=5)
    assert not answer.holds
    gaps = [abs(row["rank"] - row["published_rank"]) for row in answer.tables[1].records()]
    assert gaps == sorted(gaps, reverse=True)
    assert gaps[0] > 0


@pytest.mark.parametrize("name", ["gspi-2024", "gspi-2025", "gspi-2026", "soft-power-30-2015"])
def test_what_is_only_published_cannot_be_recomputed_and_says_so(name):
    with pytest.raises(UsageError, match="cannot be recomputed"):
        reproduce(softpower.load(name))


def test_the_2026_edition_is_sorted_as_printed_and_ties_are_not_order():
    ranking = softpower.load("gspi-2026").score()
    order = np.argsort(ranking.ranks, kind="stable")
    assert len(order) == 193
    assert np.all(np.diff(ranking.scores[order]) <= 0)
    printed = [float(score) for score in ranking.scores]
    assert sum(printed.count(score) > 1 for score in printed) == 78


def test_the_2025_ranks_are_a_permutation_of_1_to_193():
    ranking = softpower.load("gspi-2025").score()
    assert sorted(ranking.ranks) == list(range(1, 194))


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_index_and_variant_is_scored(name):
    run = softpower.load(name)
    assert np.isfinite(run.score().ranks).any()
    for variant in run.index.variants:
        ranking = softpower.load(f"{name}@{variant}").score()
        assert np.isfinite(ranking.scores).sum() > len(ranking.units) / 2


# What is published in part, and what only one side has.

ORDER = "unit,rank\nAtlantis,1\nOphir,2\nThule,3\nMu,4\nUtopia,5\n"


@pytest.fixture
def islands(tmp_path):
    """Return a function that writes an index of five places with what is published of it."""

    def write(published, entry="", **settings):
        pillars = '[pillars.sea]\ntitle = "Sea"\n\n[pillars.land]\ntitle = "Land"\n'
        run = made(
            tmp_path,
            "islands",
            indicators="id,pillar\nfish,sea\nsheep,land\n",
            figures="unit,fish,sheep\nAtlantis,9,9\nOphir,8,6\nThule,6,8\nMu,4,4\nUtopia,2,0\n",
            pillars=pillars + (f"\n[published]\n{entry}\n" if entry else ""),
        )
        (Path(run.identifier) / "published.csv").write_text(published, encoding="utf-8")
        return softpower.load(run.identifier, **settings)

    return write


# Scores by hand, the means of sea and land: 9, 7, 7, 4, 1; ranks 1, 2, 2, 4, 5.
SCORES = "unit,score,rank\nAtlantis,9,1\nOphir,7,2\nThule,7,2\nMu,4,4\nUtopia,1,5\n"


def test_a_pillar_that_is_off_is_no_reproduction_and_its_rows_are_listed_worst_first(islands):
    published = (
        "unit,score,rank,sea,land\nAtlantis,9,1,9,9\nOphir,7,2,997,6\nThule,7,2,6,8.2\n"
        "Mu,4,4,4,4\nUtopia,1,5,2,0\n"
    )
    answer = reproduce(islands(published), worst=2)
    said = summary(answer)
    assert not answer.holds
    assert said["Verdict"] == "differs beyond rounding"
    assert said["Scores that agree"] == "5 of 5"
    assert said["Scores that agree in sea"] == "4 of 5; at most 989 (Ophir) off"
    assert said["Scores that agree in land"] == "4 of 5; at most 0.2 (Thule) off"
    rows = [
        (row["pillar"], row["country"], row["computed"], row["published"], row["difference"])
        for row in next(t for t in answer.tables if t.name == "pillars").records()
    ]
    assert rows[0] == ("sea", "Ophir", 8, 997, -989)
    assert rows[1] == ("land", "Thule", 8, 8.2, pytest.approx(-0.2))


@pytest.mark.parametrize(
    ("entry", "holds"),
    [
        ("tolerance = 0.1", True),
        ("tolerance = 0.01", False),
        ("tolerance = 0.01\npillar_tolerance = 0.1", True),
        ("tolerance = 0.1\npillar_tolerance = 0.01", False),
        ("decimals = 1", True),
        ("decimals = 2", False),
    ],
)
def test_pillars_have_the_tolerance_of_scores_unless_they_have_one_of_their_own(
    islands, entry, holds
):
    # 9.04 and 9 differ by less than half of the first decimal, and more than half of the second.
    published = "unit,score,rank,sea\nAtlantis,9,1,9.04\nOphir,7,2,\nThule,7,2,\nMu,4,4,4\n"
    run = islands(published + "Utopia,1,5,2\n", entry)
    assert reproduce(run).holds is holds


def test_a_published_pillar_that_the_run_does_not_have_is_not_passed_over(islands):
    published = "unit,score,sea,land\nAtlantis,9,9,9\nMu,4,4,4\n"
    answer = reproduce(islands(published, omit=["land"]))
    assert not answer.holds
    assert summary(answer)["Verdict"] == "incomplete: not all that is published is computed"
    assert summary(answer)["Scores that agree in land"] == "0 of 2"


def test_ranks_without_scores_are_compared_and_nobody_is_scored_but_not_published(islands):
    published = "unit,rank\nAtlantis,1\nOphir,2\nThule,2\nMu,4\nUtopia,5\n"
    answer = reproduce(islands(published))
    said = summary(answer)
    assert answer.holds
    assert (said["Published scores"], said["Verdict"]) == ("none", "reproduced")
    assert said["Ranks that agree"] == "5 of 5"
    assert "Scored, but not published" not in said
    assert "Scores that agree" not in said


def test_ties_that_the_publisher_broke_are_told_apart(islands):
    # Ophir and Thule share the second place; the publisher has Ophir second and Thule third.
    said = summary(reproduce(islands(ORDER)))
    assert said["Ranks that agree"] == "4 of 5"
    assert said["Ranks equal but for ties broken by the publisher"] == 1
    assert said["Verdict"] == "reproduced but for ties"


def test_ties_are_seen_though_the_run_breaks_them_in_given_order(islands):
    # The run has Ophir second and Thule third, the publisher has them the other way round.
    turned = ORDER.replace("Ophir,2", "Ophir,3").replace("Thule,3", "Thule,2")
    said = summary(reproduce(islands(turned, set={"ties": "ordinal"})))
    assert said["Ranks equal but for ties broken by the publisher"] == 2
    assert said["Verdict"] == "reproduced but for ties"


def test_a_rank_beyond_the_places_of_equal_scores_is_a_difference(islands):
    answer = reproduce(islands(ORDER.replace("Thule,3", "Thule,4").replace("Mu,4", "Mu,3")))
    said = summary(answer)
    assert not answer.holds
    assert said["Ranks that agree"] == "3 of 5"
    assert "Ranks equal but for ties broken by the publisher" not in said
    assert [row["country"] for row in answer.tables[1].records()][:2] == ["Thule", "Mu"]


@pytest.mark.parametrize(
    ("ranks", "rule"), [((1, 2, 2, 3, 4), "dense"), ((1, 2.5, 2.5, 4, 5), "average")]
)
def test_another_rule_of_ties_is_named_where_all_ranks_agree_by_it(islands, ranks, rule):
    rows = zip(["Atlantis", "Ophir", "Thule", "Mu", "Utopia"], ranks, strict=True)
    answer = reproduce(islands("unit,rank\n" + "".join(f"{n},{r}\n" for n, r in rows)))
    assert not answer.holds
    assert f'All ranks agree by another rule of ties: `set={{"ties": "{rule}"}}`.' in answer.notes


def test_a_country_that_is_not_published_shifts_nobody(islands):
    # Ranked among the four that are left: Ophir and Thule 1, Mu 3, Utopia 4.
    answer = reproduce(islands("unit,rank\nOphir,1\nThule,1\nMu,3\nUtopia,4\n"))
    said = summary(answer)
    assert answer.holds
    assert said["Ranks that agree"] == "4 of 4, as places among the 4 units that both rank"
    assert said["Scored, but not published"] == "Atlantis"
    assert [row["rank"] for row in answer.tables[1].records()] == [1, 1, 3, 4]


def test_a_country_that_is_not_published_may_have_left_a_gap_in_the_ranks(islands):
    said = summary(reproduce(islands("unit,rank\nOphir,2\nThule,2\nMu,4\nUtopia,5\n")))
    assert (said["Ranks that agree"], said["Verdict"]) == ("4 of 4", "reproduced")


def test_a_gap_in_the_ranks_shows_a_rank_that_is_off(islands):
    # The publisher ranks five units, and Mu third of all, not the third of those in the file.
    answer = reproduce(islands("unit,rank\nOphir,2\nMu,3\nUtopia,5\n", "units = 5"))
    assert summary(answer)["Ranks that agree"] == "2 of 3"
    assert not answer.holds


def test_a_country_that_is_not_scored_is_named_and_the_others_are_compared(islands):
    answer = reproduce(islands(SCORES, omit=["Utopia"]))
    said = summary(answer)
    assert not answer.holds
    assert said["Published, but not scored"] == "Utopia"
    assert said["Scores that agree"] == "4 of 5"
    assert said["Ranks that agree"] == "4 of 4, as places among the 4 units that both rank"
    assert said["Verdict"] == "incomplete: not all that is published is computed"
    assert answer.tables[1].records()[0]["country"] == "Utopia"


def test_nothing_in_common_is_no_reproduction(islands):
    answer = reproduce(islands("unit,score\nAtlantis,9\n", omit=["Atlantis"]))
    assert (answer.holds, summary(answer)["Verdict"]) == (False, "nothing to compare")


def test_leaving_norway_out_of_the_published_ranks_changes_no_other(tmp_path):
    # The HDI of 193 countries: 27 share a rank with another that a list of 1 to 192 tells apart.
    folder = tmp_path / "hdi-2022"
    shutil.copytree(locate("hdi-2022"), folder)
    published = softpower.load("hdi-2022").index.published
    rows = sorted(
        (place, unit.id)
        for unit, place in zip(published.units, published.ranks, strict=True)
        if place > 0 and unit.id != "NOR"
    )
    lines = [f"{name},{at}" for at, (_, name) in enumerate(rows, start=1)]
    (folder / "published.csv").write_text("\n".join(["country,rank", *lines]), encoding="utf-8")
    text = (folder / "index.toml").read_text(encoding="utf-8").replace("units = 193\n", "")
    (folder / "index.toml").write_text(text, encoding="utf-8")
    said = summary(reproduce(softpower.load(str(folder))))
    shared = len(rows) - len({place for place, _ in rows})
    assert said["Ranks equal but for ties broken by the publisher"] == shared
    assert said["Ranks that agree"].startswith(f"{192 - shared} of 192")
    assert said["Scored, but not published"] == "Norway"
    assert said["Verdict"] == "reproduced but for ties"


@pytest.fixture(scope="module")
def hdi():
    """Return a run and its ranking, in the place of which others are put."""
    run = softpower.load("hdi-2022")
    return run, run.score()


@given(
    scores=st.lists(st.integers(1, 4), min_size=2, max_size=8),
    random=st.randoms(use_true_random=False),
)
def test_any_order_within_ties_is_reproduced_but_for_ties(hdi, scores, random):
    order = sorted(range(len(scores)), key=lambda i: (-scores[i], random.random()))
    places = np.empty(len(scores))
    places[order] = np.arange(1.0, len(scores) + 1)
    held = held_against(hdi, scores, places)
    assert held.agrees
    assert int(held.ranks.broken.sum()) == np.count_nonzero(rank(np.array(scores)) != places)


def held_against(hdi, scores, places):
    """Return scores held against published ranks, in the place of the HDI's."""
    units = tuple(Unit(str(i), str(i), {}) for i in range(len(scores)))
    nothing = np.full(len(scores), np.nan)
    blank = ("",) * len(scores)
    published = Published(units, nothing, places, {}, blank, blank, len(scores), None, 0, 0, "")
    computed = np.array(scores, dtype=float)
    ranking = replace(hdi[1], units=units, scores=computed, ranks=rank(computed), pillars={})
    return recomputed(hdi[0], ranking, published)


def test_ranks_that_no_order_of_equal_scores_gives_are_not_excused(hdi):
    held = held_against(hdi, [5, 5, 5], np.array([1.0, 1.0, 2.0]))
    assert not held.agrees
    assert held.ranks.off.tolist() == [False, False, True]


def test_no_tie_is_broken_where_the_published_scores_differ(islands):
    published = SCORES.replace("Ophir,7,2", "Ophir,7.05,2").replace("Thule,7,2", "Thule,6.95,3")
    said = summary(reproduce(islands(published, "decimals = 1")))
    assert said["Scores that agree"] == "5 of 5"
    assert "Ranks equal but for ties broken by the publisher" not in said
    assert said["Verdict"] == "differs beyond rounding"


def test_ranks_of_scores_as_they_are_printed_are_reproduced(islands):
    # Ophir has 0.51 * 8 + 0.49 * 6 = 7.02 and Thule 6.98, both printed as 7.0.
    weights = {"sea": 51, "land": 49}
    said = summary(reproduce(islands(SCORES, "decimals = 1", weights=weights)))
    assert said["Ranks that agree"] == "5 of 5, once scores are rounded to 1 decimal"
    assert said["Verdict"] == "reproduced"


@pytest.mark.parametrize(
    ("published", "entry", "told"),
    [
        (SCORES, "", True),
        (SCORES, "decimals = 0", False),
        (SCORES.replace("4,4", "5,4"), "", False),
    ],
)
def test_decimals_that_are_not_stated_are_told_where_they_would_make_scores_agree(
    islands, published, entry, told
):
    answer = reproduce(islands(published, entry, weights={"sea": 51, "land": 49}))
    assert answer.holds == (entry != "")
    said = [note for note in answer.notes if "say decimals = 0 under [published]" in note]
    assert bool(said) == told


# Places in sea are 1 to 5 as in the figures; in land 1, 3, 2, 4, 5.
IN_PILLARS = """\
unit,score,rank,rank:sea,rank:land,class
Atlantis,9,1,1,1,high
Ophir,7,2,2,3,high
Thule,7,2,3,2,middle
Mu,4,4,4,4,middle
Utopia,1,5,5,5,low
"""


def test_ranks_in_pillars_and_classes_are_reproduced(islands):
    answer = reproduce(islands(IN_PILLARS))
    said = summary(answer)
    assert answer.holds
    assert said["Ranks that agree in sea"] == said["Ranks that agree in land"] == "5 of 5"
    # Ophir and Thule tie at the border of the two classes, and may be in either.
    assert said["Classes that agree, each as large as published"] == "5 of 5"
    assert said["Verdict"] == "reproduced"


def test_a_rank_in_a_pillar_that_is_off_is_no_reproduction(islands):
    answer = reproduce(islands(IN_PILLARS.replace("Ophir,7,2,2,3", "Ophir,7,2,2,2")), worst=1)
    assert not answer.holds
    assert summary(answer)["Ranks that agree in land"] == "4 of 5"
    (row,) = next(t for t in answer.tables if t.name == "pillar_ranks").records()
    assert (row["pillar"], row["country"]) == ("land", "Ophir")
    assert (row["rank"], row["published_rank"]) == (3, 2)


def test_ranks_in_a_pillar_without_scores_are_not_passed_over(islands):
    answer = reproduce(islands(IN_PILLARS, omit=["land"]))
    assert not answer.holds
    assert summary(answer)["Ranks that agree in land"] == "0 of 5"


def test_a_class_that_its_size_does_not_lead_to_is_off(islands):
    swapped = IN_PILLARS.replace("4,4,4,middle", "4,4,4,low").replace("5,5,5,low", "5,5,5,middle")
    answer = reproduce(islands(swapped), worst=2)
    assert not answer.holds
    # The middle ones are now at 2 and 5, the low one is at 4: by places Mu is in the middle.
    assert summary(answer)["Classes that agree, each as large as published"] == "3 of 5"
    rows = next(t for t in answer.tables if t.name == "classes").records()
    assert [(r["country"], r["class"], r["published_class"]) for r in rows] == [
        ("Mu", "middle", "low"),
        ("Utopia", "low", "middle"),
    ]


def test_an_index_of_which_the_lowest_is_best_is_reproduced(islands):
    lowest = {"direction": "lower", "normalise": "rank"}
    # Ranks of sea 1 to 5, of land 1 3 2 4 5: means 1, 2.5, 2.5, 4, 5.
    means = "unit,score,rank,sea,rank:sea\nAtlantis,1,1,1,1\nOphir,2.5,2,2,2\n"
    means += "Thule,2.5,2,3,3\nMu,4,4,4,4\nUtopia,5,5,5,5\n"
    assert reproduce(islands(means, set=lowest)).holds


def test_the_order_that_the_publisher_gave_to_ties_is_reproduced_by_a_tiebreak(islands):
    run = islands(SCORES.replace("Ophir,7,2", "Ophir,7,3"))
    assert summary(reproduce(run))["Verdict"] == "reproduced but for ties"
    by_land = softpower.load(run, set={"tiebreak": "land"})
    assert summary(reproduce(by_land))["Verdict"] == "reproduced"
    by_sea = reproduce(softpower.load(run, set={"tiebreak": "sea"}))
    assert summary(by_sea)["Verdict"] == "differs beyond rounding"


def test_one_decimal_is_one(tmp_path):
    (tmp_path / "figures.csv").write_text("country,music\nNorway,1\nKenya,2\n")
    (tmp_path / "published.csv").write_text("country,score\nNorway,0\nKenya,100\n")
    (tmp_path / "index.toml").write_text('title = "T"\npublished.decimals = 1\n')
    facts = {row[0]: row[1] for row in softpower.reproduce(tmp_path).table("summary").rows}
    assert facts["Printed with"] == "1 decimal"
