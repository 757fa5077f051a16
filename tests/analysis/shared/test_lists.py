"""What a rank counts: a place in a whole list, or among what lists share, and never a mixture."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import softpower
from helpers.explain_folder import made, table, told
from helpers.partial_lists import part_and_whole, printed
from softpower.analysis.claim.ask import claim
from softpower.analysis.compare.ask import ComparisonView, align, compare, compare_variants
from softpower.analysis.compare.why import why
from softpower.analysis.explain.country import explain
from softpower.analysis.explain.editions import editions
from softpower.analysis.robustness.ask import robustness
from softpower.analysis.robustness.leave_out import leave_out
from softpower.analysis.score import RankingView, score
from softpower.analysis.sensitivity.ask import sensitivity
from softpower.analysis.shared.lists import Listed, by_one_rule, held_places, may_be_one
from softpower.analysis.shared.selection import Selection
from softpower.analysis.shared.variation import Variation
from softpower.errors import UsageError
from softpower.index.find import shipped
from softpower.methods.ties import Ties

RULES = st.sampled_from(get_args(Ties))


def partial_lists():
    """Return the shipped indices of which a part of the scores or ranks is known."""
    runs = {name: softpower.load(name) for name in shipped()}
    return [
        name
        for name, run in runs.items()
        if run.setup is None and run.index.published is not None and run.index.published.partial
    ]


PARTIAL = partial_lists()


def rank_of(run, unit):
    published = run.index.published
    return published.ranks[[known.id for known in published.units].index(unit)]


def ranks(answer):
    return {row["country"]: (row["rank_1"], row["rank_2"]) for row in table(answer, "ranks")}


def test_six_editions_are_known_in_part():
    assert [f"gspi-{year}" for year in range(2020, 2026)] == PARTIAL


# A list in part against the whole of another.


def test_places_in_a_part_of_a_list_are_held_against_places_in_a_whole_one(tmp_path):
    part, whole = part_and_whole(tmp_path)
    answer = compare([part, whole])
    assert ranks(answer) == {"Atlantis": (1, 2), "Lemuria": (3, 5), "Thule": (5, 4)}
    assert [row["movement_2"] for row in table(answer, "ranks")] == [-1, -2, 1]
    assert answer.notes[0] == (
        f"3 units are ranked by all runs (3 of 5 in {part.name}, 5 in {whole.name}); each keeps "
        "its rank in its whole list."
    )


def test_the_order_of_the_two_does_not_matter(tmp_path):
    part, whole = part_and_whole(tmp_path)
    turned = {name: pair[::-1] for name, pair in ranks(compare([whole, part])).items()}
    assert turned == ranks(compare([part, whole]))


def test_a_list_of_which_nobody_says_how_long_it_is_may_be_as_long_as_the_other(tmp_path):
    part, whole = part_and_whole(tmp_path, "")
    assert part.index.published.ranked == 5
    assert part.index.published.open_ended
    assert ranks(compare([part, whole]))["Thule"] == (5, 4)
    assert explain(part, "Thule").title == "Thule in Part (partial): rank 5 of at least 5"


def test_lists_of_other_sizes_are_both_ranked_among_the_units_that_they_share(tmp_path):
    part, _ = part_and_whole(tmp_path)
    other = printed(tmp_path, "other", "unit,rank\nThule,1\nAtlantis,3\nLemuria,2\nOphir,4\n")
    answer = compare([part, other])
    assert ranks(answer) == {"Atlantis": (1, 3), "Lemuria": (2, 2), "Thule": (3, 1)}
    assert "ranked among themselves" in answer.notes[0]


def test_lists_of_one_size_that_rank_others_are_both_ranked_among_the_shared(tmp_path):
    part, _ = part_and_whole(tmp_path)
    rows = "unit,rank\nAtlantis,2\nOphir,1\nLemuria,5\nUtopia,3\nMu,4\n"
    answer = compare([part, printed(tmp_path, "other", rows, "units = 5")])
    assert ranks(answer) == {"Atlantis": (1, 1), "Lemuria": (2, 2)}


def test_kyrgyzstan_is_148th_and_then_146th():
    # Rank 148 of 193: 24.kg on the report of 2024; 146: rank of 2026 with the change printed there.
    answer = compare([softpower.load("gspi-2024"), softpower.load("gspi-2025")])
    assert ranks(answer)["Kyrgyzstan"] == (148, 146)


def test_editions_known_in_part_keep_the_ranks_that_are_printed():
    # Ranks of China: reports of Brand Finance of 2020 to 2026, as in the files of each edition.
    answer = softpower.compare("gspi-20*", country="China")
    row = answer.tables[0].records()[0]
    keys = [column.key for column in answer.tables[0].columns if column.key.startswith("rank_")]
    assert [row[key] for key in keys] == [5, 8, 4, 5, 3, 2, 2]
    assert "keeps its rank in its whole list, and the lists are of 60 to 193" in answer.notes[0]
    parted = softpower.compare("gspi-2024", "soft-power-30-2015")
    assert "; ranked among themselves" in parted.notes[0]


@pytest.mark.parametrize("name", PARTIAL)
@pytest.mark.parametrize("other", ["gspi-2024", "gspi-2025", "gspi-2026", "soft-power-30-2015"])
@pytest.mark.parametrize("keep", [False, True])
def test_a_comparison_has_places_in_whole_lists_or_among_the_shared_and_never_both(
    name, other, keep
):
    runs = [softpower.load(name), softpower.load(other)]
    held = align(runs, keep_ranks=keep)
    for run, found in zip(runs, held.ranks, strict=True):
        printed_ranks = [rank_of(run, unit.id) for unit in held.units]
        if keep or other.startswith("gspi-"):
            assert list(found) == printed_ranks
        else:
            assert sorted(found) == list(range(1, len(held.units) + 1))
            assert list(np.argsort(found)) == list(np.argsort(printed_ranks))


@given(
    st.permutations(range(1, 8)),
    st.permutations(range(1, 8)),
    st.sets(st.integers(0, 6), min_size=1),
    RULES,
)
def test_no_mixture_whatever_part_is_known(first, second, known, ties):
    whole = Listed({str(i): float(place) for i, place in enumerate(second)}, 7)
    part = Listed({str(i): float(first[i]) for i in known}, 7)
    shared = [str(i) for i in sorted(known)]
    for lists in ((part, whole), (whole, part)):
        found, in_whole = held_places(lists, shared, ties)
        assert in_whole is (len(known) < 7)
        for each, places in zip(lists, found, strict=True):
            assert list(places) == [each.ranks[name] for name in shared]
    shorter = replace(whole, ranks={n: r for n, r in whole.ranks.items() if r <= 6}, size=6)
    shared = [name for name in shared if name in shorter.ranks]
    if shared:
        found, in_whole = held_places((part, shorter), shared, ties)
        assert not in_whole
        assert all(sorted(places) == list(range(1, len(shared) + 1)) for places in found)


def test_lists_may_be_one_only_if_all_that_they_rank_fits_into_it():
    one = Listed({"A": 1, "B": 4}, 4)
    assert may_be_one((one, Listed({"C": 1, "D": 2}, 4)))
    assert not may_be_one((one, Listed({"C": 1, "D": 2, "E": 3}, 4)))
    assert not may_be_one((one, Listed({"A": 1}, 5)))
    assert may_be_one((one, Listed({"A": 3}, 3, open_ended=True)))
    assert not may_be_one((one, Listed({"A": 6}, 6, open_ended=True)))


# Titles and facts.


@pytest.mark.parametrize("name", PARTIAL)
def test_no_title_has_a_rank_beyond_the_list(name):
    run = softpower.load(name)
    published = run.index.published
    for unit, place in zip(published.units, published.ranks, strict=True):
        answer = explain(run, unit.id)
        if np.isnan(place):
            assert answer.title.endswith("rank not known")
            assert told(answer)["Rank"] == "not known"
        else:
            assert answer.title.endswith(f"rank {place:g} of {published.ranked}")


def test_the_account_of_a_country_says_how_many_ranks_are_known():
    said = told(explain(softpower.load("gspi-2024"), "Kyrgyzstan"))
    assert said["Ranked countries"] == "193; the ranks of 64 are known"
    titles = [t.title for t in explain(softpower.load("gspi-2024"), "Kyrgyzstan").tables]
    assert "Neighbours, as far as ranks are known, and the gap to them" in titles


def test_between_editions_each_rank_is_of_the_whole_list():
    answer = editions(softpower.load("gspi-2024"), softpower.load("gspi-2025"), "Kyrgyzstan")
    rows = [(row["rank"], row["of"], row["movement"]) for row in table(answer, "standing")]
    assert rows == [(148, 193, None), (146, 193, 2)]
    assert "as far as known" in table(answer, "entries")[0]["what"]


def test_who_came_and_went_is_said_as_such_only_of_complete_lists(tmp_path):
    part, whole = part_and_whole(tmp_path)
    places = told(editions(part, whole, "Thule"), "places")
    assert places["Ranked only now, as far as known"] == "2, of which 2 ahead of it"
    assert places["Ranked only then"] == "0"
    back = told(editions(whole, part, "Thule"), "places")
    assert back["Ranked only then, as far as known"] == "2, of which 2 ahead of it"


# The ranking and its first places.


def test_movement_in_the_ranking_is_between_places_in_whole_lists():
    answer = score(softpower.load("gspi-2025"), against=softpower.load("gspi-2024"))
    rows = table(answer, "ranking")
    row = next(row for row in rows if row["id"] == "KGZ")
    assert (row["rank"], row["previous"], row["movement"]) == (146, 148, 2)


def test_the_sizes_of_both_lists_are_told():
    answer = score(softpower.load("gspi-2026"), against=softpower.load("soft-power-30-2015"))
    note = next(note for note in answer.notes if note.startswith("Movement is against"))
    assert "30 countries are ranked in both" in note
    assert "(193 countries here, 30 there)" in note


def test_the_first_rows_of_a_part_are_not_passed_off_as_the_first_places():
    # Of the ranks 1 to 40 of 2024 there are 23 in the file.
    answer = score(softpower.load("gspi-2024"), RankingView(top=40))
    known = softpower.load("gspi-2024").index.published.ranks
    assert np.count_nonzero(known <= 40) == 23
    last = int(np.sort(known[~np.isnan(known)])[39])
    assert answer.notes[-1] == (
        f"23 of the first 40 places are known; the rows go on to rank {last} of 193."
    )
    assert not answer.complete
    assert score(softpower.load("gspi-2024"), RankingView(top=8)).complete
    assert score(softpower.load("gspi-2025"), RankingView(top=100)).complete


@pytest.mark.parametrize(
    ("rows", "top", "note"),
    [
        ("Atlantis,1\nThule,2\n", 3, "2 of the first 3 places are known."),
        ("Atlantis,1\nThule,2\n", 9, "2 of the first 5 places are known."),
        ("Atlantis,4\nThule,\n", 2, "0 of the first 2 places are known; the rows go on to rank 4"),
        ("Atlantis,1\nThule,2\n", 2, ""),
    ],
)
def test_fewer_first_places_than_asked_for_are_no_full_answer(tmp_path, rows, top, note):
    run = printed(tmp_path, "part", f"unit,rank\n{rows}", "units = 5")
    answer = score(run, RankingView(top=top))
    assert answer.complete is (not note)
    assert not note or answer.notes[-1].startswith(note)


# Robustness and sensitivity of published scores.


@pytest.mark.parametrize("name", PARTIAL)
def test_ranks_among_a_few_known_scores_are_refused(name):
    variation = Variation(everywhere=0.1, draws=100)
    for ask in (robustness, sensitivity):
        with pytest.raises(UsageError, match=r"is partial: .* would not be ranks in the index"):
            ask(softpower.load(name), variation)


def test_a_score_that_is_missing_from_a_small_list_is_enough_for_a_refusal(tmp_path):
    run = printed(tmp_path, "gap", "unit,score,rank\nAtlantis,9,1\nThule,,2\nOphir,5,3\n")
    with pytest.raises(UsageError, match="2 of 3 scores and 3 of 3 ranks are known"):
        robustness(run, Variation(everywhere=0.1, draws=100))


def test_ranks_without_scores_cannot_vary(tmp_path):
    with pytest.raises(UsageError, match="has ranks but no scores"):
        robustness(part_and_whole(tmp_path)[1], Variation(everywhere=0.1, draws=100))


def test_ranks_by_printed_scores_are_told_from_the_printed_ranks(tmp_path):
    rows = "unit,score,rank\nAtlantis,9.1,1\nThule,9.1,2\nOphir,5.0,3\n"
    run = printed(tmp_path, "tied", rows)
    answer = robustness(run, Variation(everywhere=0.1, draws=100))
    said = told(answer, "design")["Ranks"]
    assert said == "by the printed scores, equal scores sharing one; 1 of 3 are printed otherwise"
    plain = printed(tmp_path, "plain", rows.replace("9.1,2", "9.0,2"))
    assert "Ranks" not in told(robustness(plain, Variation(everywhere=0.1, draws=100)), "design")


def test_the_best_and_worst_ranks_without_an_indicator_are_those_that_each_run_prints():
    run = softpower.load("open-soft-power@without-media")
    asked = Selection(countries=("Netherlands",))
    (row,) = table(leave_out(run, "indicators", asked), "spans")
    for end in ("best", "worst"):
        other = softpower.load(run.name, omit=[row[f"{end}_without"]]).score()
        ids = [unit.id for unit in other.units]
        assert other.ranks[ids.index("NLD")] == row[end]
    assert row["best"] < row["rank"] < row["worst"]


# Claims.


@pytest.mark.parametrize(
    ("name", "holds"), [("Djibouti is last", False), ("Kyrgyzstan in the bottom 50", True)]
)
def test_the_bottom_is_judged_where_all_ranks_are_known_though_scores_are_not(name, holds):
    assert claim(softpower.load("gspi-2025"), [name]).holds is holds


def test_the_bottom_is_not_judged_where_ranks_are_missing():
    answer = claim(softpower.load("gspi-2024"), ["Kyrgyzstan is last"])
    assert any("the lowest ranks are not all known" in note for note in answer.notes)
    assert not answer.holds


# Rules of ties.


@pytest.fixture(scope="module")
def tied(tmp_path_factory):
    """Return an index with a tie of two at the top, by each of two rules."""
    run = made(
        tmp_path_factory.mktemp("indices"),
        "tied",
        indicators="id,direction\nx,higher\n",
        figures="unit,x\nAtlantis,9\nThule,9\nOphir,5\nMu,2\n",
    )
    return run, softpower.load(run.identifier, set={"ties": "dense"})


def test_a_rule_of_ties_is_no_movement(tied):
    # By competition 1, 1, 3, 4; dense 1, 1, 2, 3.
    answer = compare(tied)
    assert ranks(answer) == {"Atlantis": (1, 1), "Thule": (1, 1), "Ophir": (3, 3), "Mu": (4, 4)}
    assert answer.notes[0].startswith("Equal scores share ranks by one rule, ties = competition")
    assert table(answer, "agreement")[0]["mean_shift"] == 0
    turned = compare(tied[::-1])
    assert ranks(turned)["Mu"] == (3, 3)
    assert "ties = dense" in turned.notes[0]


def test_each_keeps_its_rule_of_ties_where_that_is_asked_for(tied):
    answer = compare(tied, ComparisonView(keep_ranks=True))
    assert ranks(answer)["Mu"] == (4, 3)
    assert answer.notes[0].startswith("Equal scores share ranks by the rule of each run")


def test_ties_that_the_second_run_breaks_in_given_order_are_ties_by_the_rule_of_the_first(tied):
    ordinal = softpower.load(tied[0].identifier, set={"ties": "ordinal"})
    assert ranks(compare([tied[0], ordinal]))["Thule"] == (1, 1)


def test_a_complete_list_printed_by_another_rule_is_ranked_by_that_of_the_run(tmp_path, tied):
    rows = "unit,rank\nAtlantis,1\nThule,1\nOphir,2\nMu,3\n"
    answer = compare([tied[0], printed(tmp_path, "dense", rows)])
    assert {pair[0] - pair[1] for pair in ranks(answer).values()} == {0}
    assert any("not as printed" in note for note in answer.notes)


def test_a_rule_of_ties_is_no_movement_in_the_ranking_either(tied):
    answer = score(tied[0], against=tied[1])
    assert [row["movement"] for row in table(answer, "ranking")] == [0, 0, 0, 0]
    assert any("also in" in note for note in answer.notes)


@pytest.mark.parametrize("ask", [lambda a, b: why((a, b), "Mu"), lambda a, b: editions(a, b, "Mu")])
def test_nothing_moves_by_a_rule_of_ties_alone(tied, ask):
    with pytest.raises(UsageError, match="only in how equal scores share ranks"):
        ask(*tied)


@pytest.mark.parametrize("ask", [lambda a, b: why((a, b), "Mu"), lambda a, b: editions(a, b, "Mu")])
def test_a_rule_of_ties_has_no_share_in_what_other_choices_do(tied, ask):
    other = softpower.load(tied[0].identifier, set={"ties": "dense", "normalise": "minmax"})
    answer = ask(tied[0], other)
    name = "attribution" if answer.tables[0].name == "attribution" else "movement"
    assert sum(row["places"] for row in table(answer, name)) == 0
    assert any("ties = dense" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("ask", "second"),
    [
        (lambda a, b: compare([a, b]), lambda about: about["runs"][1]),
        (lambda a, b: why((a, b), "Mu"), lambda about: about["runs"][1]),
        (lambda a, b: editions(a, b, "Mu"), lambda about: about["second"]),
        (lambda a, b: score(a, against=b), lambda about: about["against"]),
    ],
)
def test_the_provenance_has_the_rule_of_ties_that_was_asked_for(tied, ask, second):
    other = softpower.load(tied[0].identifier, set={"ties": "dense", "normalise": "minmax"})
    about = second(ask(tied[0], other).provenance)
    assert about == other.provenance()
    assert about["changes"]["set"]["ties"] == "dense"


def test_a_variant_with_another_rule_of_ties_moves_nobody_in_the_matrix(tmp_path):
    run = made(
        tmp_path,
        "variants",
        indicators="id,direction\nx,higher\n",
        figures="unit,x\nAtlantis,9\nThule,9\nOphir,5\n",
        pillars='[variants.dense]\ntitle = "Dense"\nmethodology = { ties = "dense" }\n',
    )
    rows = {row["country"]: row for row in table(compare_variants(run), "matrix")}
    assert (rows["Ophir"]["best"], rows["Ophir"]["worst"]) == (3, 3)
    answer = claim(run, ["Ophir is 3rd"])
    assert any("ties = dense: @dense" in note for note in answer.notes)


@pytest.mark.parametrize("second", get_args(Ties))
@pytest.mark.parametrize("first", get_args(Ties))
def test_runs_are_brought_to_one_rule(tied, first, second):
    runs = [softpower.load(tied[0].identifier, set={"ties": rule}) for rule in (first, second)]
    one, remarks = by_one_rule(runs)
    assert [run.setup.methodology.ties for run in one] == [first, first]
    assert bool(remarks) is (first != second)


@pytest.mark.parametrize(
    "answer",
    [
        lambda: softpower.score("sea-survey-2021"),
        lambda: softpower.explain("sea-survey-2021", "China"),
        lambda: softpower.explain("sea-survey-2021", "China", versus="United States"),
        lambda: softpower.explain("sea-survey-2021", "China", second="sea-survey-2024"),
        lambda: softpower.compare("sea-survey-2021", "sea-survey-2024"),
        lambda: softpower.claim("sea-survey-2021", "China below the United States"),
    ],
)
def test_a_score_that_is_known_not_to_be_the_published_one_is_told_apart(answer):
    told = [note for note in answer().notes if "not those that are published" in note]
    assert len(told) == 1
    assert told[0].startswith("sea-survey-2021 ")
    assert told[0].endswith("softpower reproduce sea-survey-2021")


def test_a_run_that_was_changed_is_not_held_against_what_is_published():
    run = softpower.load("sea-survey-2021", weights={"laos": 40})
    assert not any("not those" in note for note in softpower.score(run).notes)
