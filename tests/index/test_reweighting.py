"""Weights stay in proportion where something is left out on top of them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import softpower
from helpers.whole_folder import write_index
from softpower.errors import InputError, UsageError
from softpower.index.reweighting import rearranged
from softpower.index.stacked import Stacked, left_out, overlay, stack
from softpower.index.tree import Indicator, Pillar
from softpower.index.variant import Omit, Patch

MORE = """
[pillars.sky]
title = "Sky"
weight = 60
[pillars.lake]
title = "Lake"
weight = 40
[variants.land-first]
title = "Land first"
weights = { land = 40, lake = 30 }
[variants.no-sea]
title = "No sea"
omit = { pillars = ["sea"] }
[variants.no-lake]
title = "No lake"
omit = { pillars = ["lake"] }
[variants.all-land]
title = "Land alone"
weights = { land = 100 }
[variants.both]
title = "Land without the lake"
weights = { land = 40 }
omit = { pillars = ["lake"] }
"""
INDICATORS = "id,pillar,source\ngold,land,x\nfish,sea,x\nwind,sky,x\nperch,lake,x\n"
FIGURES = "unit,gold,fish,wind,perch\nAtlantis,1,2,3,4\nLemuria,2,3,1,2\n"


@pytest.fixture
def folder(tmp_path):
    """The folder of an index of four pillars: land 60, sea 40, sky 60, lake 40."""
    return write_index(tmp_path, more=MORE, indicators=INDICATORS, figures=FIGURES)


def percents(name, **changes):
    """Return the weights of the pillars in percent of the whole."""
    root = softpower.load(name, **changes).setup.framework.root
    total = sum(child.weight for child in root.children)
    return {child.id: pytest.approx(100 * child.weight / total) for child in root.children}


def test_a_variant_s_weight_of_what_is_left_out_is_ignored_and_siblings_keep_proportions(folder):
    # As the variant says: land 40, lake 30, and 30 for sea and sky as 40 to 60.
    assert percents(f"{folder}@land-first") == {"land": 40, "sea": 12, "sky": 18, "lake": 30}
    without_lake = {"land": 40 / 0.7, "sea": 12 / 0.7, "sky": 18 / 0.7}
    assert percents(f"{folder}@land-first", omit=["lake"]) == without_lake
    assert percents(f"{folder}@land-first+no-lake") == without_lake
    assert percents(f"{folder}@no-lake+land-first") == without_lake
    without_sea = {"land": 40 / 0.88, "sky": 18 / 0.88, "lake": 30 / 0.88}
    assert percents(f"{folder}@land-first", omit=["sea"]) == without_sea
    assert percents(f"{folder}@land-first+no-sea") == without_sea


def test_a_weight_that_is_asked_for_with_an_omission_is_one_of_what_is_left(folder):
    of_rest = {"land": 40, "sea": 24, "sky": 36}
    assert percents(str(folder), weights={"land": 40}, omit=["lake"]) == of_rest
    assert percents(f"{folder}@no-lake", weights={"land": 40}) == of_rest
    assert percents(f"{folder}@both") == of_rest
    kept = percents(f"{folder}@land-first", weights={"land": 50}, omit=["lake"])
    assert kept == {"land": 50, "sea": 20, "sky": 30}


def test_a_pillar_that_loses_all_its_children_is_left_out_like_them(folder):
    assert percents(f"{folder}@land-first", omit=["perch"]) == percents(
        f"{folder}@land-first", omit=["lake"]
    )
    assert percents(str(folder), weights={"land": 40}, omit=["perch"])["land"] == 40


def test_siblings_without_any_weight_have_those_of_the_index(folder):
    assert percents(f"{folder}@all-land", omit=["land"]) == {
        "sea": 100 * 40 / 140,
        "sky": 100 * 60 / 140,
        "lake": 100 * 40 / 140,
    }


@pytest.mark.parametrize("name", ["", "@no-lake"])
def test_a_weight_that_is_asked_for_of_what_is_left_out_is_refused(folder, name):
    omit = [] if name else ["lake"]
    with pytest.raises(UsageError, match="lake is given a weight and left out"):
        softpower.load(f"{folder}{name}", weights={"lake": 10}, omit=omit)
    with pytest.raises(UsageError, match="perch is given a weight and left out"):
        softpower.load(f"{folder}{name}", weights={"perch": 10}, omit=omit)


def test_a_variant_that_weighs_what_it_leaves_out_is_refused_where_it_is_named(tmp_path):
    more = (
        MORE + '[variants.odd]\ntitle = "O"\nweights = { sea = 9 }\nomit = { pillars = ["sea"] }\n'
    )
    folder = write_index(tmp_path, more=more, indicators=INDICATORS, figures=FIGURES)
    with pytest.raises(InputError, match=r"index.toml, line \d+, variants.odd: sea is given a w"):
        softpower.load(f"{folder}@odd")
    assert len(softpower.load(str(folder)).score().units) == 2


def test_patches_remember_on_top_of_which_weights_something_was_left_out():
    weigh = Patch(weights={"a": 1, "b": 2})
    leave = Patch(omit=Omit(indicators=("b",)))
    assert left_out(stack([("@w", weigh), ("@l", leave)])) == {"b": {"a", "b"}}
    assert left_out(overlay(weigh, leave)) == {"b": {"a", "b"}}
    assert left_out(overlay(leave, weigh)) == {"b": frozenset()}
    assert "on_top" not in Stacked(on_top={"b": frozenset({"a"})}).model_dump()


@given(
    st.lists(st.integers(1, 100), min_size=3, max_size=6),
    st.lists(st.one_of(st.none(), st.integers(0, 16)), min_size=6, max_size=6),
    st.integers(0, 5),
)
@example([1, 1, 1], [None, 0, 0, None, None, None], 0)
def test_leaving_one_out_on_top_keeps_the_proportions_of_the_others(stated, named, gone):
    names = [f"n{i}" for i in range(len(stated))]
    gone %= len(names)
    root = Pillar("", "", children=tuple(map(Indicator, names, names, stated)))
    weights = {n: float(w) for n, w in zip(names, named, strict=False) if w is not None}
    if len(weights) == len(names):
        del weights[names[-1]]
    before = {c.id: c.weight for c in rearranged(root, weights, {}).children}
    kept = [n for n in names if n != names[gone]]
    left = sum(before[n] for n in kept)
    omitted = {names[gone]: set(weights)}
    if left == 0:
        with pytest.raises(UsageError, match="All weights within the index are zero"):
            rearranged(root, weights, omitted)
        return
    after = {c.id: c.weight for c in rearranged(root, weights, omitted).children}
    assert list(after) == kept
    total = sum(after.values())
    for name, weight in after.items():
        assert weight / total == pytest.approx(before[name] / left)
