"""Where an aggregation compares units, an explanation says so and shares out nothing."""

import pytest

import softpower
from softpower.analysis.explain.country import explain
from softpower.analysis.explain.versus import versus

COMPARING = [
    "topsis",
    "vikor/arithmetic",
    "promethee",
    "borda",
    "copeland/arithmetic",
    "kemeny/power:1",
]


def run(aggregate, **settings):
    return softpower.load("hdi-2022", set={"aggregate": aggregate, **settings})


@pytest.mark.parametrize("aggregate", COMPARING)
def test_a_country_is_explained_without_points(aggregate):
    answer = explain(run(aggregate), "Italy")
    assert any("depends on the figures of the other countries" in note for note in answer.notes)
    assert not any("versus" in note for note in answer.notes)
    assert all(column.key != "points" for table in answer.tables for column in table.columns)


@pytest.mark.parametrize("aggregate", COMPARING)
def test_two_countries_are_not_held_against_a_mixture_of_them(aggregate):
    answer = versus(run(aggregate), "Italy", "Spain")
    name = aggregate.split("/")[0]
    assert any(f"the {name} aggregation compares countries" in note for note in answer.notes)
    assert [table.name for table in answer.tables] == ["standing", "rule"]


def test_pillars_that_compare_are_whole_within_an_index_that_does_not():
    answer = versus(run("geometric/topsis"), "Italy", "Spain")
    assert {table.name for table in answer.tables} >= {"pillars", "indicators"}
    shares = {row[1]: row[-1] for row in next(t for t in answer.tables if t.name == "pillars").rows}
    total = next(table for table in answer.tables if table.name == "rule").rows[0][-1]
    assert sum(shares.values()) == pytest.approx(total, abs=1e-12)
    assert any("the aggregation or a normalisation compares countries" in n for n in answer.notes)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("renormalise", "the weight goes to its siblings, or where"),
        ("redistribute", "the weight goes to its siblings in equal parts"),
        ("flat", "the weight goes to all other indicators"),
        ("zero", "it counts as zero"),
    ],
)
def test_what_becomes_of_a_missing_figure_is_said_as_the_rule_has_it(rule, words):
    asked = softpower.load("open-soft-power", set={"missing": rule})
    answer = explain(asked, "Spain")
    assert any(words in note for note in answer.notes if note.startswith("No figure"))
