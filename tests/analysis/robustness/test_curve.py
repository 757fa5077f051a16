"""A specification curve: every combination with the rank that scoring it gives."""

from statistics import median

import pytest

import softpower
from helpers.imaginary_index import write
from softpower.errors import UsageError

VARY = ("normalise=none,rank", "variant=none,trade-first,geometric")


@pytest.fixture
def places(tmp_path):
    return write(tmp_path)


def rank_of(folder, normalise, variant, unit="Lemuria"):
    name = str(folder) if variant == "none" else f"{folder}@{variant}"
    return softpower.load(name, set={"normalise": normalise}).score()[unit].rank


def test_every_combination_has_the_rank_of_scoring_it_best_first(places):
    answer = softpower.robustness(places, vary=VARY, curve="Lemuria")
    rows = answer.table("curve").records()
    combinations = [(row["choice_1"], row["choice_2"]) for row in rows]
    assert sorted(combinations) == sorted(
        (one, other) for one in ("none", "rank") for other in ("none", "trade-first", "geometric")
    )
    for row in rows:
        assert row["rank"] == rank_of(places, row["choice_1"], row["choice_2"])
    ranks = [row["rank"] for row in rows]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1
    middle = f"{median(ranks):g} in the middle; as asked it is 2."
    assert answer.notes[-1] == f"Lemuria is from {ranks[0]} to {ranks[-1]}, {middle}"
    assert answer.complete


def test_each_value_has_the_ranks_of_the_combinations_with_it(places):
    answer = softpower.robustness(places, vary=VARY, curve="Lemuria")
    rows = answer.table("curve").records()
    for row in answer.table("values").records():
        key = "choice_1" if row["choice"] == "normalise" else "choice_2"
        ranks = [each["rank"] for each in rows if each[key] == row["value"]]
        assert row["combinations"] == len(ranks)
        assert (row["best"], row["worst"]) == (min(ranks), max(ranks))
        assert row["median"] == median(ranks)


def test_the_chart_has_a_line_for_each_combination_and_the_rank_as_asked(places):
    answer = softpower.robustness(places, vary=VARY, curve="Lemuria")
    (chart,) = answer.charts
    rows = answer.table("curve").records()
    assert chart.labels == tuple(f"{row['choice_1']}, {row['choice_2']}" for row in rows)
    assert chart.middles == tuple(float(row["rank"]) for row in rows)
    assert set(chart.marks) == {2.0}


def test_a_combination_without_a_ranking_makes_the_answer_incomplete(tmp_path):
    folder = write(tmp_path)
    figures = "unit,music,ships\nAtlantis,90,10\nLemuria,48,-5\nRuritania,20,70\n"
    (folder / "figures.csv").write_text(figures, "utf-8")
    answer = softpower.robustness(folder, vary="aggregate=arithmetic,geometric", curve="Lemuria")
    assert not answer.complete
    assert answer.title.endswith("(1 of 2 combinations)")
    assert len(answer.table("curve").rows) == 1
    assert any("aggregate=geometric" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "`curve` is of choices of method"),
        ({"vary": VARY, "weights": "simplex"}, "`weights` has no effect"),
        ({"vary": VARY, "gaps": True}, "`gaps` has no effect"),
        ({"vary": VARY, "top": 2}, "`top` has no effect"),
        ({"vary": VARY, "curve": "Lemurai"}, "Lemuria"),
    ],
)
def test_a_curve_of_anything_else_is_refused(places, asked, said):
    with pytest.raises(UsageError, match=said):
        softpower.robustness(places, **{"curve": "Lemuria", **asked})
