"""Patches change what they name, leave the rest, and say what does not fit."""

import pytest

from helpers.whole_folder import DECLARATION, FIGURES, INDICATORS, WIDE, write_index
from softpower.engine.loading import load
from softpower.errors import UsageError
from softpower.index.patch import apply
from softpower.index.reading.folder import read
from softpower.index.reweighting import reweighted
from softpower.index.tree import Indicator, Pillar
from softpower.index.variant import Omit, Patch
from softpower.methods.normalise import MinMax, ZScore


@pytest.fixture
def index(tmp_path):
    return read(write_index(tmp_path))


def leaf(name, weight):
    return Indicator(name, name, weight)


TREE = Pillar(
    "",
    "Index",
    children=(
        Pillar("land", "Land", 50, (leaf("gold", 1), leaf("towers", 3))),
        Pillar("sea", "Sea", 30, (leaf("fish", 1),)),
        Pillar("sky", "Sky", 20, (leaf("birds", 1),)),
    ),
)


def weights_of(tree):
    return {node.id: node.weight for depth, node in tree.walk() if depth}


# Weights


def test_siblings_that_are_not_named_share_the_rest_in_their_proportions():
    weights = weights_of(reweighted(TREE, {"land": 75}))
    assert (weights["land"], weights["sea"], weights["sky"]) == (75, 15, 10)
    assert (weights["gold"], weights["towers"]) == (1, 3)


def test_weights_of_two_levels_are_set_apart():
    weights = weights_of(reweighted(TREE, {"sky": 0, "gold": 50}))
    assert (weights["land"], weights["sea"], weights["sky"]) == (62.5, 37.5, 0)
    assert (weights["gold"], weights["towers"]) == (50, 50)


def test_numbers_for_all_siblings_count_as_they_are():
    weights = weights_of(reweighted(TREE, {"land": 5, "sea": 300, "sky": 0.5}))
    assert (weights["land"], weights["sea"], weights["sky"]) == (5, 300, 0.5)


def test_a_hundred_percent_leaves_nothing_for_the_others():
    weights = weights_of(reweighted(TREE, {"land": 100}))
    assert (weights["land"], weights["sea"], weights["sky"]) == (100, 0, 0)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"land": 80, "sea": 30}, "within the index sum to 110 percent"),
        ({"gold": 130}, "within land sum to 130 percent"),
        ({"gold": 0, "towers": 0}, "All weights within land are zero"),
        ({"fish": 0}, "All weights within sea are zero"),
    ],
)
def test_weights_that_make_no_whole_are_refused(weights, message):
    with pytest.raises(UsageError, match=message):
        reweighted(TREE, weights)


def test_somebody_must_be_left_to_share_the_rest():
    tree = Pillar("", "", children=(leaf("a", 1), leaf("b", 0), leaf("c", 0)))
    with pytest.raises(UsageError, match="have no weight to share the rest"):
        reweighted(tree, {"a": 60})


def test_weights_have_no_effect_where_they_are_not_used(index):
    patch = Patch(methodology={"weight": "equal"}, weights={"land": 40})
    with pytest.raises(UsageError, match="no effect under weight = equal"):
        apply(index, patch)


def test_a_weight_of_nobody_is_refused_with_the_nearest(index):
    with pytest.raises(UsageError, match="Did you mean land"):
        apply(index, Patch(weights={"lnad": 40}))


# Leaving out


def test_what_is_left_out_is_gone_and_so_is_a_pillar_without_children(index):
    setup = apply(index, Patch(omit=Omit(indicators=("fish",), countries=("thule",))))
    assert [node.id for depth, node in setup.framework.root.walk() if depth] == [
        "land",
        "gold",
        "towers",
    ]
    assert [unit.id for unit in setup.figures.units] == ["Atlantis", "Lemuria"]


def test_everything_cannot_be_left_out(index):
    with pytest.raises(UsageError, match="Nothing is left to score"):
        apply(index, Patch(omit=Omit(pillars=("land", "sea"))))


@pytest.mark.parametrize(
    ("omit", "message"),
    [
        (Omit(pillars=("lnad",)), "Did you mean land"),
        (Omit(indicators=("glod",)), "Did you mean gold"),
        (Omit(countries=("Atlantys",)), "Did you mean Atlantis"),
    ],
)
def test_what_is_not_there_cannot_be_left_out(index, omit, message):
    with pytest.raises(UsageError, match=message):
        apply(index, Patch(omit=omit))


# Indicators


def test_fields_of_an_indicator_are_stated_anew(tmp_path):
    indicators = INDICATORS.replace("source\n", "source,transform\n").replace(
        "Atlas\n", "Atlas,log\n"
    )
    index = read(write_index(tmp_path, indicators=indicators, figures=WIDE))
    patch = Patch(
        indicators={
            "gold": {"direction": "lower", "transform": "", "goalposts": "0..100", "target": 75},
            "towers": {"denominator": "fish/1000"},
        }
    )
    gold, towers, fish = apply(index, patch).framework.indicators()
    assert (gold.direction, gold.transform, gold.goalposts) == (-1, None, (0, 100))
    assert (gold.target, towers.target) == (75, None)
    assert str(towers.denominator) == "fish/1000"
    assert towers.transform is not None
    assert fish == index.main.indicators()[2]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"glod": {"direction": "lower"}}, "Did you mean gold"),
        ({"gold": {"denominator": "fsh"}}, "Did you mean fish"),
        ({"gold": {"denominator": "fish/none"}}, "gold: .* is not a denominator"),
        ({"gold": {"goalposts": "5"}}, "gold: .* is not a pair of goalposts"),
        ({"gold": {"goalposts": "9..5"}}, "from a lower figure to a higher one"),
    ],
)
def test_a_change_of_an_indicator_that_makes_no_sense_is_refused(index, change, message):
    with pytest.raises(UsageError, match=message):
        apply(index, Patch(indicators=change))


def test_an_empty_text_takes_a_target_away(tmp_path):
    indicators = INDICATORS.replace("source\n", "source,target\n").replace("Atlas\n", "Atlas,9.5\n")
    index = read(write_index(tmp_path, indicators=indicators, figures=WIDE))
    patch = Patch(indicators={"gold": {"target": ""}, "fish": {"target": -3}})
    targets = [item.target for item in apply(index, patch).framework.indicators()]
    assert targets == [None, 9.5, -3]


# Stacking


VARIANTS = """
[variants.high]
title = "High"
methodology = { normalise = "minmax:1:10", aggregate = "geometric" }
weights = { land = 20 }
[variants.dense]
title = "Dense"
methodology = { ties = "dense" }
[variants.low]
title = "Low"
methodology = { normalise = "minmax:1:5" }
"""


def test_variants_are_named_after_the_index_and_stacked(tmp_path):
    folder = write_index(tmp_path, more=VARIANTS)
    run = load(f"{folder}@high+dense")
    assert run.setup.methodology.ties == "dense"
    assert run.setup.methodology.normalise == MinMax(low=1, high=10)
    assert run.score().weights["sea"] == 0.8
    with pytest.raises(UsageError, match="@high and @low disagree about normalise"):
        load(f"{folder}@high+low")


def test_what_is_asked_for_wins_over_the_variant(tmp_path):
    folder = write_index(tmp_path, more=VARIANTS)
    run = load(f"{folder}@high", set={"normalise": "zscore"}, weights={"land": 30})
    assert run.setup.methodology.normalise == ZScore()
    assert weights_of(run.setup.framework.root)["land"] == 30


def test_an_unknown_variant_is_refused_with_the_nearest(tmp_path):
    folder = write_index(tmp_path, more=VARIANTS)
    with pytest.raises(UsageError, match=r"has no variant 'hihg'\. Did you mean high"):
        load(f"{folder}@hihg")


def test_an_index_without_figures_cannot_be_patched(tmp_path):
    declaration = (
        DECLARATION.partition("[methodology]")[0] + '[published]\nnote = "From a leaflet."\n'
    )
    tables = {"indicators": None, "figures": None, "published": "unit,rank\nThule,1\n"}
    folder = write_index(tmp_path, declaration=declaration, **tables)
    with pytest.raises(UsageError, match=r"cannot be recomputed, only shown. From a leaflet."):
        load(str(folder), set={"ties": "dense"})


def test_the_figures_of_the_index_stay_as_they_were(index):
    apply(index, Patch(omit=Omit(countries=("Thule",)), weights={"land": 1}))
    assert len(index.figures.units) == 3
    assert index.main.root.children[0].weight == 60
    with pytest.raises(ValueError, match="read-only"):
        index.figures.values[0, 0] = 1.0


def test_figures_come_with_years_for_those_that_stay(tmp_path):
    index = read(write_index(tmp_path, figures=FIGURES))
    kept = apply(index, Patch(omit=Omit(countries=("Atlantis",)))).figures
    assert kept.years[0, 0] == "2001"
    assert kept.sources[0, 0] == ""
