"""Which choice matters: a full design against a plain loop, estimates against the full design."""

import itertools

import numpy as np
import pytest

import softpower
from softpower.analysis.sensitivity.ask import sensitivity
from softpower.analysis.sensitivity.design import Sampled, SobolDesign
from softpower.analysis.sensitivity.tables import SensitivityView
from softpower.analysis.shared.study import study
from softpower.analysis.shared.variation import Variation
from softpower.errors import UsageError
from softpower.index.request import parse_factor
from softpower.methods.sample import Bounds

RUN = softpower.load("open-soft-power@without-media")
VALUES = {
    "normalise": ("minmax", "zscore", "rank"),
    "aggregate": ("arithmetic", "geometric"),
    "impute": ("none", "group-mean"),
}
CHOICES = tuple(parse_factor(f"{key}={','.join(values)}") for key, values in VALUES.items())


def table(answer, name):
    return next(each for each in answer.tables if each.name == name).records()


def effects(answer, name="effects"):
    return {row["factor"]: row for row in table(answer, name)}


@pytest.fixture(scope="module")
def loop():
    """Ranks under every combination, one score after the other: 3 x 2 x 2 x units."""
    ranks = [
        softpower.load(RUN.name, set=dict(zip(VALUES, values, strict=True))).score().ranks
        for values in itertools.product(*VALUES.values())
    ]
    return np.array(ranks).reshape(3, 2, 2, -1)


def test_effects_of_choices_are_those_of_a_plain_analysis_of_variance(loop):
    answer = sensitivity(RUN, Variation(CHOICES), SensitivityView(("mean shift", "China")))
    ranking = RUN.score()
    china = [unit.id for unit in ranking.units].index("CHN")
    outcomes = {
        "effects": np.nanmean(np.abs(loop - ranking.ranks), axis=-1),
        "effects-2": loop[..., china],
    }
    for name, cube in outcomes.items():
        found = effects(answer, name)
        for axis, key in enumerate(VALUES):
            others = tuple(k for k in range(3) if k != axis)
            first = cube.mean(axis=others).var() / cube.var()
            total = cube.var(axis=axis).mean() / cube.var()
            assert found[key]["first"] == pytest.approx(first, abs=1e-12)
            assert found[key]["total"] == pytest.approx(total, abs=1e-12)
        assert sum(row["shapley"] for row in found.values()) == pytest.approx(1, abs=1e-12)


def test_with_weights_that_hardly_vary_the_estimates_are_the_exact_effects():
    exact = effects(sensitivity(RUN, Variation(CHOICES)))
    variation = Variation(CHOICES, Bounds(percent=1e-6), draws=4_000)
    found = effects(sensitivity(RUN, variation))
    for key in VALUES:
        assert found[key]["first"] == pytest.approx(exact[key]["first"], abs=0.05)
        assert found[key]["total"] == pytest.approx(exact[key]["total"], abs=0.05)
        assert found[key]["first_low"] <= found[key]["first"] <= found[key]["first_high"]
    assert found["weights"]["total"] == pytest.approx(0, abs=1e-4)


def test_threads_change_nothing():
    variation = Variation(CHOICES[:1], Bounds(), draws=2_000)
    one, two = (sensitivity(RUN, variation, threads=threads) for threads in (1, 2))
    assert one == two


def test_effects_are_the_same_however_many_ranks_are_held_at_once(monkeypatch):
    variation = Variation(CHOICES[:1], Bounds(), draws=600, seed=3)
    view = SensitivityView(("mean shift", "all"))
    held = []

    def answer():
        blocks = []
        held.append(blocks)

        def watch(*given):
            for item in given[1]:
                if isinstance(item, Sampled):
                    blocks.append(len(item.one))
                yield item

        return sensitivity(RUN, variation, view, threads=1, watch=watch)

    def numbers(answer):
        rows = [row for each in answer.tables for row in each.records()]
        return [value for row in rows for value in row.values() if isinstance(value, float)]

    together = answer()
    units = len(RUN.score().units)
    monkeypatch.setattr("softpower.analysis.sensitivity.design.ROOM", 4 * units * 17)
    apart = answer()
    assert held == [[128], [16] * 8]
    assert numbers(apart) == pytest.approx(numbers(together), rel=1e-9, abs=1e-12)


def test_the_weights_within_each_pillar_can_be_factors():
    answer = sensitivity(RUN, Variation(weights=Bounds(), draws=1_000), SensitivityView(split=True))
    root = RUN.setup.framework.root
    names = {f"weights within {pillar.title}" for pillar in root.pillars()}
    assert set(effects(answer)) == {"weights within the index", *names}
    # Seven factors and two samples fit into 1,000 rankings 111 times; a power of two is 64.
    assert answer.provenance["sensitivity"]["computed"] == 9 * 64


def test_levels_bound_the_weights_that_vary():
    variation = Variation(CHOICES[:1], Bounds(), levels=("culture",), draws=500)
    assert effects(sensitivity(RUN, variation))["weights"]["values"] == "5 drawn"


def test_figures_can_be_a_factor():
    run = softpower.load("hdi-2022")
    choice = parse_factor("aggregate=geometric,arithmetic")
    variation = Variation((choice,), everywhere=2.0, draws=64)
    found = effects(sensitivity(run, variation))
    assert set(found) == {"aggregate", "figures"}
    assert found["figures"]["total"] > 0.1


def test_all_countries_come_in_one_table(loop):
    answer = sensitivity(RUN, Variation(CHOICES), SensitivityView(("all",)))
    rows = {row["country"]: row for row in table(answer, "countries")}
    ranking = RUN.score()
    assert len(rows) == np.count_nonzero(~np.isnan(ranking.ranks))
    names = [unit.name for unit in ranking.units]
    for name in ("China", "Japan", "Sweden"):
        cube = loop[..., names.index(name)]
        assert rows[name]["sd"] == pytest.approx(cube.std())
        shares = {key: rows[name][key] for key in VALUES}
        assert rows[name]["most"] == max(shares, key=shares.get)


def test_combinations_without_a_ranking_are_named_and_left_out():
    run = softpower.load("hdi-2022")
    choices = [
        parse_factor("aggregate=geometric,arithmetic"),
        parse_factor("normalise=minmax,zscore:0:1"),
    ]
    answer = sensitivity(run, Variation(tuple(choices)))
    assert answer.provenance["sensitivity"]["computed"] == 3
    assert any("aggregate=geometric, normalise=zscore:0:1" in note for note in answer.notes)
    with pytest.raises(UsageError, match="Choices do not go together"):
        sensitivity(run, Variation(tuple(choices), Bounds(), draws=100))


def interrupted(total, outcomes, _what="draws"):
    del total
    for at, outcome in enumerate(outcomes):
        if at == 2:
            raise KeyboardInterrupt
        yield outcome


def test_an_interruption_leaves_the_estimates_made_so_far():
    variation = Variation(weights=Bounds(), everywhere=None, draws=20_000)
    run = softpower.load("hdi-2022")

    def late(total, outcomes, _what="draws"):
        return interrupted(total, outcomes) if total > 1000 else outcomes

    answer = sensitivity(run, variation, SensitivityView(split=True), watch=late)
    assert "(partial)" in answer.title
    account = answer.provenance["sensitivity"]
    assert account["partial"] is True
    assert account["rows"] == 512
    with pytest.raises(KeyboardInterrupt):
        sensitivity(RUN, Variation(CHOICES), watch=interrupted)


@pytest.mark.parametrize(
    ("variation", "question", "message"),
    [
        (Variation(), SensitivityView(), "Nothing varies"),
        (Variation(CHOICES[:1]), SensitivityView(), "two or more factors"),
        (Variation(weights=Bounds(), draws=50), SensitivityView(), "two or more factors"),
        (
            Variation(CHOICES, Bounds(), draws=7),
            SensitivityView(),
            "7 draws are fewer than the 12",
        ),
        (Variation(CHOICES), SensitivityView(("Atlantis",)), "Atlantis"),
        (Variation(CHOICES), SensitivityView(("North Korea",)), "is not ranked"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(variation, question, message):
    with pytest.raises(UsageError, match=message):
        sensitivity(RUN, variation, question)


def test_a_country_that_never_moves_has_nothing_to_share_out():
    run = softpower.load("hdi-2022")
    choices = (
        parse_factor("aggregate=geometric,harmonic"),
        parse_factor("normalise=goalposts:0:1,goalposts:0:2"),
    )
    answer = sensitivity(run, Variation(choices), SensitivityView(("Switzerland",)))
    assert answer.tables[0].notes == ("It never varies, so that there is nothing to share out.",)


def weighted(values, weights):
    """Return the mean over the axes of an array, each with the weights of its levels."""
    for weight in weights:
        values = np.average(values, axis=0, weights=weight)
    return values


def test_effects_of_values_that_count_differently_are_those_of_a_weighted_analysis(loop):
    texts = ("normalise=minmax*2,zscore,rank*0.5", "aggregate=arithmetic,geometric*3",
             "impute=none,group-mean")  # fmt: skip
    shares = ([4, 2, 1], [1, 3], [1, 1])
    answer = sensitivity(RUN, Variation(tuple(map(parse_factor, texts))))
    cube = np.nanmean(np.abs(loop - RUN.score().ranks), axis=-1)
    mean = weighted(cube, shares)
    variance = weighted((cube - mean) ** 2, shares)
    for axis, key in enumerate(VALUES):
        others = [share for k, share in enumerate(shares) if k != axis]
        alone = [weighted(part, others) for part in np.moveaxis(cube, axis, 0)]
        first = np.average((np.array(alone) - mean) ** 2, weights=shares[axis]) / variance
        within = np.average(cube, axis=axis, weights=shares[axis])
        spread = np.average(
            (cube - np.expand_dims(within, axis)) ** 2, axis=axis, weights=shares[axis]
        )
        row = effects(answer)[key]
        assert row["first"] == pytest.approx(first, abs=1e-12)
        assert row["total"] == pytest.approx(weighted(spread, others) / variance, abs=1e-12)
    assert effects(answer)["normalise"]["values"] == "minmax*2, zscore, rank*0.5"
    account = answer.provenance["sensitivity"]
    assert account["choice_weights"]["aggregate"] == [1, 3]


def test_values_are_sampled_by_their_weights():
    texts = ("normalise=minmax*6,zscore", "aggregate=arithmetic,geometric")
    variation = Variation(tuple(map(parse_factor, texts)), Bounds(), draws=2_000)
    known = study(RUN, variation)
    (rows, one, other) = next(SobolDesign(known, variation, split=False)._coordinates())
    points = SobolDesign(known, variation, split=False)._points(rows, one)
    shares = np.bincount(points.setups, minlength=4) / rows.size
    np.testing.assert_allclose(shares, np.array([3, 3, 0.5, 0.5]) / 7, atol=0.02)
    assert other.shape == one.shape


def test_a_design_that_lost_combinations_says_so_in_its_title():
    run = softpower.load("hdi-2022")
    choices = (
        parse_factor("normalise=goalposts,zscore:0:1"),
        parse_factor("aggregate=geometric,arithmetic"),
    )
    answer = sensitivity(run, Variation(choices))
    assert answer.title.startswith(
        "Human Development Index 2022: sensitivity (3 of 4 combinations)"
    )
    assert not answer.complete
    assert sensitivity(RUN, Variation(CHOICES)).complete


def test_a_factor_of_which_one_value_alone_was_computed_has_no_effects():
    # The geometric mean of the HDI is not defined for z-scores, some of which are below zero.
    choices = (parse_factor("normalise=goalposts,zscore:0:1"), parse_factor("impute=none,mean"))
    view = SensitivityView(("mean shift", "all"))
    answer = sensitivity(softpower.load("hdi-2022"), Variation(choices), view)
    row = effects(answer)["normalise"]
    assert [row[key] for key in ("first", "total", "shapley", "interactions")] == [None] * 4
    assert effects(answer)["impute"]["shapley"] == pytest.approx(1)
    note = "Only normalise=goalposts was computed: what this choice accounts for is not known."
    assert note in answer.notes
    assert answer.charts[0].labels == ("impute",)
    assert {row["most"] for row in table(answer, "countries")} == {"impute", None}


def test_a_country_whose_effects_are_not_known_makes_the_answer_less_than_was_asked():
    choices = (parse_factor("omit=none,China"), parse_factor("normalise=minmax,rank"))
    answer = sensitivity(RUN, Variation(choices), SensitivityView(("China",)))
    assert "China is not ranked everywhere: its effects are not known." in answer.notes
    assert not answer.complete


def test_values_that_coincide_are_noted_and_both_count():
    choices = (
        parse_factor("treat=winsorise:3,winsorise:4,none"),
        parse_factor("normalise=minmax,rank"),
    )
    answer = sensitivity(RUN, Variation(choices))
    same = "treat=winsorise:4 always leads to the same scores as treat=winsorise:3; both count."
    assert same in answer.notes
    assert answer.complete
    design = {row["fact"]: row["value"] for row in table(answer, "design")}
    assert design["Computed"] == "6 combinations, all of them: the effects are exact"


def test_what_is_typed_wrong_is_refused_before_any_combination_is_tried():
    def never(total, outcomes, _what="draws"):
        raise AssertionError(total, outcomes)

    for choices, question, message in (
        (CHOICES, SensitivityView(("Atlantis",)), "Atlantis"),
        (CHOICES[:1], SensitivityView(), "two or more factors"),
    ):
        with pytest.raises(UsageError, match=message):
            sensitivity(RUN, Variation(choices), question, watch=never)


def test_a_level_of_confidence_is_a_number_of_percent():
    for number in (float("nan"), 0.0, 100.0):
        with pytest.raises(UsageError, match="is no level of an interval"):
            SensitivityView(confidence=number)
