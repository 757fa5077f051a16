"""A country that is asked for by name, and why it has no rank."""

from __future__ import annotations

import pytest

import softpower
from softpower.analysis.compare.ask import ComparisonView, compare
from softpower.analysis.explain.country import explain
from softpower.analysis.score import RankingView, score
from softpower.errors import UsageError

LIBYA = ComparisonView(countries=("Libya",))


def test_a_country_that_a_run_does_not_rank_is_told_with_the_reason():
    runs = [softpower.load(name) for name in ("open-soft-power", "open-soft-power@per-head")]
    (why,) = (v for k, v in runs[0].score().unranked.items() if k == "LBY")
    with pytest.raises(UsageError, match="Libya is not ranked by open-soft-power: it ") as caught:
        compare(runs, LIBYA)
    assert why in caught.value.what


def test_a_country_that_only_one_index_ranks_is_told_of_the_other():
    runs = [softpower.load("hdi-2022"), softpower.load("elcano-2021")]
    (other,) = {u.name for u in runs[0].score().units} & {"Tuvalu"}
    with pytest.raises(UsageError, match="Tuvalu is not ranked by elcano-2021"):
        compare(runs, ComparisonView(countries=(other,)))


@pytest.mark.parametrize(
    "ask",
    [
        lambda run: score(run, RankingView(countries=("Tuvalu",))),
        lambda run: explain(run, "Tuvalu"),
        lambda run: compare([run, run], ComparisonView(countries=("Tuvalu",))),
    ],
)
def test_a_rank_that_is_not_known_is_not_denied(ask):
    with pytest.raises(UsageError, match=r"gspi-2024: its rank is not known; \d+ of 193 are\."):
        ask(softpower.load("gspi-2024"))


def test_what_is_no_country_is_still_told_where_ranks_are_known_in_part():
    with pytest.raises(UsageError, match="Neverland"):
        score(softpower.load("gspi-2024"), RankingView(countries=("Neverland",)))


@pytest.mark.parametrize(
    ("ask", "words", "shown"),
    [
        (softpower.score, {}, 193),
        (softpower.compare, {"each": True}, 193),
        (softpower.robustness, {"leave_out": "pillars"}, 193),
        (softpower.robustness, {"draws": 10, "region": "Northern Europe"}, 10),
        (softpower.reach, {"pairs": True, "region": "Northern Europe"}, 10),
        (softpower.reach, {"draws": 10}, 193),
    ],
)
def test_more_than_there_are_is_told(ask, words, shown):
    run = softpower.load("hdi-2022", set={"round": "none"})
    said = f"There are {shown} to show, and `top` is 1,000: all are shown."
    assert said in ask(run, **words, top=1000).notes
    assert not [note for note in ask(run, **words, top=shown).notes if "to show" in note]


def test_choices_of_which_rows_that_have_no_effect_are_refused():
    with pytest.raises(UsageError, match="have no effect"):
        softpower.robustness("hdi-2022", leave_out="countries", top=3)
