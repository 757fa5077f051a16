"""Claims held against the variants of an imaginary index, worked out by hand and by brute force."""

from __future__ import annotations

import itertools
import math
import statistics

import pytest

import softpower
from softpower.analysis.claim import notes, stacks
from softpower.analysis.claim.ask import claim
from softpower.errors import MethodError, UsageError

INDEX = """
id = "isles"
title = "Index of Isles"
publisher = "Nobody"
units = "other"

[methodology]
normalise = "none"

[pillars.land]
title = "Land"
weight = 50
[pillars.sea]
title = "Sea"
weight = 50

[variants.sea-first]
title = "Sea first"
weights = { sea = 80 }
[variants.geometric]
title = "Geometric mean"
methodology = { aggregate = "geometric" }
[variants.zscore]
title = "Standard scores"
methodology = { normalise = "zscore" }
[variants.dry]
title = "Without the sea"
omit = { pillars = ["sea"] }
[variants.sea-last]
title = "Sea last"
weights = { sea = 10 }
[variants.posts]
title = "Goalposts that nobody stated"
methodology = { normalise = "goalposts" }
"""
INDICATORS = "id,pillar,source\nfields,land,imagined\nports,sea,imagined\n"
UNITS = "id,name\nash,Isle of Ash\nbel,Bel and Dor\ncor,Corland\ndun,Dun\neel,Eel Rock\n"
FIGURES = {"ash": (90, 30), "bel": (50, 50), "cor": (20, 70), "dun": (40, 40), "eel": (60, None)}
SHARES = {"sea-first": 0.8, "sea-last": 0.1}
VARIANTS = ("sea-first", "geometric", "zscore", "dry", "sea-last", "posts")


@pytest.fixture
def folder(tmp_path):
    """The folder of an index of five isles, one of which has no figure for the sea."""
    path = tmp_path / "isles"
    path.mkdir()
    (path / "index.toml").write_text(INDEX, encoding="utf-8")
    (path / "indicators.csv").write_text(INDICATORS, encoding="utf-8")
    (path / "units.csv").write_text(UNITS, encoding="utf-8")
    lines = [f"{unit},{land},{'' if sea is None else sea}" for unit, (land, sea) in FIGURES.items()]
    text = "\n".join(["unit,fields,ports", *lines, ""])
    (path / "figures.csv").write_text(text, encoding="utf-8")
    return path


def records(answer, name):
    (table,) = [table for table in answer.tables if table.name == name]
    return table.records()


def judged(answer, name="claims"):
    return {row["claim"]: row for row in records(answer, name)}


def consistent(stack):
    """Say whether no two of the variants name one key and say different things of it."""
    return not ({"sea-first", "sea-last"} <= set(stack) or {"zscore", "posts"} <= set(stack))


def computable(stack):
    """Say whether nobody wants goalposts that are not there."""
    return "posts" not in stack


def order(stack):
    """Return the isles from best to worst, worked out anew from the formulas."""
    columns = (0,) if "dry" in stack else (0, 1)
    there = {
        unit: [row[at] for at in columns]
        for unit, row in FIGURES.items()
        if None not in [row[at] for at in columns]
    }
    if "zscore" in stack:
        mean, sd = (100, 10) if "geometric" in stack else (0, 1)
        for at in range(len(columns)):
            column = [row[at] for row in there.values()]
            middle, spread = statistics.mean(column), statistics.stdev(column)
            for row in there.values():
                row[at] = mean + sd * (row[at] - middle) / spread
    sea = next((SHARES[name] for name in stack if name in SHARES), 0.5)
    weights = (1,) if "dry" in stack else (1 - sea, sea)
    if "geometric" in stack:
        scores = {
            unit: math.exp(sum(w * math.log(v) for w, v in zip(weights, row, strict=True)))
            for unit, row in there.items()
        }
    else:
        scores = {
            unit: sum(w * v for w, v in zip(weights, row, strict=True))
            for unit, row in there.items()
        }
    return sorted(scores, key=lambda unit: -scores[unit])


def test_each_variant_gives_the_verdict_that_was_worked_out_by_hand(folder):
    # Scores: 60, 50, 45, 40 as published; 42, 50, 60, 40 with the sea first; 84, 50, 25, 40 with
    # it last; 52.0, 50, 37.4, 40 geometric; 0.17, 0.07, 0.15, -0.39 standardised; without the
    # sea 90, 50, 20, 40 and 60 for Eel Rock, which is not ranked otherwise.
    answer = claim(softpower.load(str(folder)), ["Bel and Dor > Corland", "eel in top 2"])
    first, second = "Bel and Dor above Corland", "Eel Rock in the top 2"
    rows = {row["variant"]: row for row in records(answer, "variants")}
    assert [(label, row[first], row[f"{first}: margin"]) for label, row in rows.items()] == [
        ("as published", "yes", 1),
        ("@sea-first", "no", -1),
        ("@geometric", "yes", 2),
        ("@zscore", "no", -1),
        ("@dry", "yes", 2),
        ("@sea-last", "yes", 2),
    ]
    assert [row[second] for row in rows.values()] == [None, None, None, None, "yes", None]
    row = judged(answer)[first]
    assert (row["verdict"], row["supported"], row["judged"], row["share"]) == ("yes", 3, 5, 0.6)
    assert row["fails_under"] == "@sea-first and @zscore"
    assert (row["closest_call"], row["closest_margin"]) == ("as published", 1)
    assert row["smallest_change"] == "@sea-first"
    assert answer.holds is False


def test_a_claim_that_holds_under_every_variant_that_can_judge_it_stands(folder):
    answer = claim(softpower.load(str(folder)), ["Isle of Ash > Dun"])
    assert answer.holds is True
    row = judged(answer)["Isle of Ash above Dun"]
    assert (row["supported"], row["judged"]) == (5, 5)
    assert row["smallest_change"] is None
    assert "Holds under every variant." in records(answer, "words")[0]["value"]


def test_a_claim_falls_if_it_fails_or_cannot_be_judged_under_the_run_itself(folder):
    run = softpower.load(str(folder))
    assert claim(run, ["Isle of Ash is last"]).holds is False
    answer = claim(run, ["Eel Rock is not first"])
    assert answer.holds is False
    row = judged(answer)["Eel Rock is not 1st"]
    assert row["verdict"] is None
    words = records(answer, "words")[0]["value"]
    assert words.startswith("Cannot be judged as published: Eel Rock is not ranked. Holds under")
    assert (row["supported"], row["judged"]) == (1, 1)
    assert any("Eel Rock is not ranked (has figures for 1 of 2" in note for note in answer.notes)


def test_the_smallest_change_is_told_in_words_with_the_title_of_the_variant(folder):
    words = records(claim(softpower.load(str(folder)), ["cor > bel", "dun is 1st"]), "words")
    assert "Made true by “Sea first” (@sea-first), by 1 place." in words[0]["value"]
    assert "No variant makes it true." in words[1]["value"]


def test_a_variant_that_a_method_refuses_is_named_and_counts_for_nothing(folder):
    answer = claim(softpower.load(str(folder)), ["Isle of Ash > Dun"])
    assert any("@posts: " in note and "no goalposts" in note for note in answer.notes)
    assert list(answer.provenance["refused"]) == ["@posts"]
    assert answer.provenance["tried"] == 5
    assert "claims under 5 of 6 variants" in answer.title
    assert not answer.complete


def test_a_variant_that_cannot_judge_every_claim_makes_the_answer_less_than_was_asked(folder):
    text = (folder / "index.toml").read_text(encoding="utf-8").partition("[variants.posts]")[0]
    (folder / "index.toml").write_text(text, encoding="utf-8")
    run = softpower.load(str(folder))
    whole = claim(run, ["Isle of Ash > Dun"])
    assert whole.complete
    assert "claims under 5 variants" in whole.title
    part = claim(run, ["Isle of Ash > Dun", "Isle of Ash beats Dun by 20 points"])
    assert not part.complete
    assert "claims under 4 of 5 variants" in part.title


def test_a_run_that_a_method_refuses_is_refused(folder):
    with pytest.raises(MethodError, match="no goalposts"):
        claim(softpower.load(f"{folder}@posts"), ["Isle of Ash > Dun"])


def test_claims_in_points_are_not_judged_where_scores_have_another_scale(folder):
    answer = claim(softpower.load(str(folder)), ["Isle of Ash beats Dun by 20 points"])
    text = "Isle of Ash beats Dun by 20 points"
    rows = {row["variant"]: row for row in records(answer, "variants")}
    assert rows["@zscore"][text] is None
    assert (rows["as published"][text], rows["as published"][f"{text}: margin"]) == ("yes", 0)
    assert (rows["@sea-first"][text], rows["@sea-first"][f"{text}: margin"]) == ("no", -18)
    assert rows["@geometric"][f"{text}: margin"] == pytest.approx(math.sqrt(2700) - 40 - 20)
    assert any("not judged under @zscore, for scores are on another" in n for n in answer.notes)


def test_a_common_final_scale_makes_points_comparable(folder):
    run = softpower.load(str(folder), set={"scale": "minmax"})
    answer = claim(run, ["Isle of Ash beats Dun by 50 points"])
    assert judged(answer)["Isle of Ash beats Dun by 50 points"]["judged"] == 5


def test_stacks_are_all_consistent_sets_of_variants_and_judged_as_brute_force_does(folder):
    text = "Bel and Dor above Corland"
    answer = claim(softpower.load(str(folder)), [text], stacked=True, every=True)
    subsets = [stack for size in range(1, 7) for stack in itertools.combinations(VARIANTS, size)]
    tried = [stack for stack in subsets if consistent(stack)]
    fine = [stack for stack in tried if computable(stack)]
    assert answer.provenance["skipped"] == len(subsets) - len(tried)
    assert set(answer.provenance["refused"]) == {
        f"@{'+'.join(stack)}" for stack in tried if stack not in fine
    }
    expected = {"as published": order(()), **{f"@{'+'.join(s)}": order(s) for s in fine}}
    rows = {row["variant"]: row for row in records(answer, "variants")}
    assert list(rows) == list(expected)
    for label, best_first in expected.items():
        ahead = best_first.index("cor") - best_first.index("bel")
        assert rows[label][f"{text}: margin"] == ahead, label
        assert rows[label][text] == ("yes" if ahead > 0 else "no")
    supported = sum(o.index("bel") < o.index("cor") for o in expected.values()) - 1
    row = judged(answer)[text]
    assert (row["supported"], row["judged"]) == (supported, len(fine))
    sizes = records(answer, "sizes")
    assert [row["stacks"] for row in sizes] == [
        sum(len(stack) == size for stack in fine) for size in (1, 2, 3, 4)
    ]


def test_a_variant_that_makes_no_sense_by_itself_is_named_in_every_stack(folder):
    with (folder / "index.toml").open("a", encoding="utf-8") as file:
        file.write('[variants.opera]\ntitle = "Opera"\nweights = { opera = 5 }\n')
    answer = claim(softpower.load(str(folder)), ["Bel and Dor above Corland"], stacked=True)
    refused = answer.provenance["refused"]
    with_it = {stack: why for stack, why in refused.items() if "opera" in stack}
    assert {"@opera", "@geometric+opera", "@geometric+dry+opera"} <= set(with_it)
    assert all("variants.opera: There is no pillar" in why for why in with_it.values())
    assert "variants.opera" not in refused["@posts"]


def test_a_stack_may_break_what_no_single_variant_breaks(folder):
    # Standardised and with the sea first: Cor 0.85, Bel 0.12, Dun -0.42, Ash -0.55.
    run = softpower.load(str(folder))
    text = "Isle of Ash not below Dun"
    assert claim(run, [text]).holds is True
    tried = [s for size in (1, 2, 3) for s in itertools.combinations(VARIANTS, size)]
    broken = [
        s
        for s in tried
        if consistent(s) and computable(s) and order(s).index("dun") < order(s).index("ash")
    ]
    answer = claim(run, [text], stacked=True)
    row = judged(answer)[text]
    assert answer.holds is False
    assert min(map(len, broken)) > 1
    assert row["smallest_change"] in {f"@{'+'.join(s)}" for s in broken if len(s) == len(broken[0])}
    assert len(records(answer, "variants")) == 6


def test_a_run_under_a_variant_takes_the_others_on_top_and_names_those_that_contradict_it(folder):
    answer = claim(softpower.load(f"{folder}@sea-first"), ["Corland is 1st"])
    rows = records(answer, "variants")
    assert [row["variant"] for row in rows] == ["as asked", "@geometric", "@zscore", "@dry"]
    assert any("not added to it: @sea-last" in note for note in answer.notes)
    assert set(answer.provenance["refused"]) == {"@posts"}


def test_further_changes_stay_on_top_of_every_variant(folder):
    run = softpower.load(str(folder), set={"normalise": "none"}, omit=["Bel and Dor"])
    answer = claim(run, ["Isle of Ash > Corland", "bel > cor"])
    assert answer.provenance["refused"] == {}
    rows = {row["variant"]: row for row in records(answer, "variants")}
    assert rows["@zscore"]["Isle of Ash above Corland: margin"] == 1
    assert {row["Bel and Dor above Corland"] for row in rows.values()} == {None}
    assert any("Bel and Dor is left out" in note for note in answer.notes)
    assert "@zscore and @posts rank exactly as the run itself." in answer.notes


def test_too_many_stacks_are_tried_up_to_the_largest_size_that_can_be_and_that_is_said(
    folder, monkeypatch
):
    for module in (stacks, notes):
        monkeypatch.setattr(module, "MOST_STACKS", 20)
    answer = claim(softpower.load(str(folder)), ["Isle of Ash > Dun"], stacked=True)
    pairs = [pair for pair in itertools.combinations(VARIANTS, 2) if consistent(pair)]
    assert len(pairs) + 6 <= 20
    assert answer.provenance["tried"] + len(answer.provenance["refused"]) == 6 + len(pairs)
    assert answer.provenance["skipped"] == 15 - len(pairs)
    assert any(
        "more than 2 variants are not tried: there would be more than 20" in note
        for note in answer.notes
    )


def test_published_ranks_are_judged_as_they_are_and_the_answer_says_so():
    answer = claim(softpower.load("gspi-2026"), ["China > Japan", "US beats China by 1 point"])
    assert answer.holds is True
    assert [table.name for table in answer.tables] == ["claims", "words"]
    assert any("ranks as published by Brand Finance" in note for note in answer.notes)
    row = judged(answer)["China above Japan"]
    assert (row["supported"], row["judged"], row["share"]) == (None, None, None)


def test_who_is_last_is_not_told_from_a_partial_list():
    answer = claim(softpower.load("gspi-2024"), ["Japan is not last"])
    assert answer.holds is False
    assert any("the lowest ranks are not all known" in note for note in answer.notes)


def test_an_index_without_variants_is_judged_alone():
    answer = claim(softpower.load("hdi-2022"), ["Norway > Niger"])
    assert answer.holds is True
    assert any("declares no variants" in note for note in answer.notes)


def test_the_same_claim_in_two_wordings_is_one(folder):
    run = softpower.load(str(folder))
    answer = claim(run, ["Isle of Ash > Dun", "ash is above dun", "Isle of Ash beats Dun"])
    assert len(answer.tables[0].rows) == 1


def test_no_claim_is_no_question(folder):
    with pytest.raises(UsageError, match="No claim"):
        claim(softpower.load(str(folder)), [])


def settings_of(variant):
    """Return what a variant says of each single key."""
    said = {("framework",): variant.framework} if variant.framework else {}
    said.update({("methodology", key): value for key, value in variant.methodology.items()})
    said.update({("weights", key): value for key, value in variant.weights.items()})
    for name, change in variant.indicators.items():
        for key, value in change.model_dump(exclude_none=True).items():
            said["indicators", name, key] = value
    return said


def test_the_shipped_index_skips_and_tries_as_many_stacks_as_its_declarations_allow():
    run = softpower.load("open-soft-power")
    variants = run.index.variants
    said = {name: settings_of(variant) for name, variant in variants.items()}
    count = 0
    for size in range(1, len(variants) + 1):
        for stack in itertools.combinations(variants, size):
            together: dict = {}
            count += all(
                together.setdefault(key, value) == value
                for name in stack
                for key, value in said[name].items()
            )
    found = stacks.stacks_of(run, stacked=True)
    assert found.deepest is None
    assert (len(found.consistent), found.skipped) == (count, 2 ** len(variants) - 1 - count)
