"""Which choice matters: a full design against a plain loop, estimates against the full design."""

import itertools

import numpy as np
import pytest

import softpower
from softpower.analysis.robustness.study import Variation
from softpower.analysis.sensitivity.ask import sensitivity
from softpower.analysis.sensitivity.tables import Question
from softpower.engine.design import parse_choice
from softpower.errors import UsageError
from softpower.methods.sample import Bounds

RUN = softpower.load("open-soft-power")
VALUES = {
    "normalise": ("minmax", "zscore", "rank"),
    "aggregate": ("arithmetic", "geometric"),
    "impute": ("none", "group-mean"),
}
CHOICES = tuple(parse_choice(f"{key}={','.join(values)}") for key, values in VALUES.items())


def table(answer, name):
    return next(each for each in answer.tables if each.name == name).records()


def effects(answer, name="effects"):
    return {row["factor"]: row for row in table(answer, name)}


@pytest.fixture(scope="module")
def loop():
    """Ranks under every combination, one score after the other: 3 x 2 x 2 x units."""
    ranks = [
        softpower.load("open-soft-power", set=dict(zip(VALUES, values, strict=True))).score().ranks
        for values in itertools.product(*VALUES.values())
    ]
    return np.array(ranks).reshape(3, 2, 2, -1)


def test_effects_of_choices_are_those_of_a_plain_analysis_of_variance(loop):
    answer = sensitivity(RUN, Variation(CHOICES), Question(("mean shift", "China")))
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


def test_the_weights_within_each_pillar_can_be_factors():
    answer = sensitivity(RUN, Variation(weights=Bounds(), draws=1_000), Question(split=True))
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
    choice = parse_choice("aggregate=geometric,arithmetic")
    variation = Variation((choice,), everywhere=2.0, draws=64)
    found = effects(sensitivity(run, variation))
    assert set(found) == {"aggregate", "figures"}
    assert found["figures"]["total"] > 0.1


def test_all_countries_come_in_one_table(loop):
    answer = sensitivity(RUN, Variation(CHOICES), Question(("all",)))
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
        parse_choice("aggregate=geometric,arithmetic"),
        parse_choice("normalise=minmax,zscore:0:1"),
    ]
    answer = sensitivity(run, Variation(tuple(choices)))
    assert answer.provenance["sensitivity"]["computed"] == 3
    assert any("aggregate=geometric, normalise=zscore:0:1" in note for note in answer.notes)
    with pytest.raises(UsageError, match="Choices do not go together"):
        sensitivity(run, Variation(tuple(choices), Bounds(), draws=100))


def interrupted(total, outcomes):
    del total
    for at, outcome in enumerate(outcomes):
        if at == 2:
            raise KeyboardInterrupt
        yield outcome


def test_an_interruption_leaves_the_estimates_made_so_far():
    variation = Variation(weights=Bounds(), everywhere=None, draws=20_000)
    run = softpower.load("hdi-2022")

    def late(total, outcomes):
        return interrupted(total, outcomes) if total > 1000 else outcomes

    answer = sensitivity(run, variation, Question(split=True), watch=late)
    assert "(partial)" in answer.title
    account = answer.provenance["sensitivity"]
    assert account["partial"] is True
    assert account["rows"] == 512
    with pytest.raises(KeyboardInterrupt):
        sensitivity(RUN, Variation(CHOICES), watch=interrupted)


@pytest.mark.parametrize(
    ("variation", "question", "message"),
    [
        (Variation(), Question(), "Nothing varies"),
        (Variation(CHOICES[:1]), Question(), "two or more factors"),
        (Variation(weights=Bounds(), draws=50), Question(), "two or more factors"),
        (
            Variation(CHOICES, Bounds(), draws=7),
            Question(),
            "7 draws are fewer than the 12",
        ),
        (Variation(CHOICES), Question(("Atlantis",)), "Atlantis"),
        (Variation(CHOICES), Question(("North Korea",)), "is not ranked"),
    ],
)
def test_what_cannot_be_shared_out_is_refused(variation, question, message):
    with pytest.raises(UsageError, match=message):
        sensitivity(RUN, variation, question)


def test_a_country_that_never_moves_has_nothing_to_share_out():
    run = softpower.load("hdi-2022")
    choices = (
        parse_choice("aggregate=geometric,harmonic"),
        parse_choice("normalise=goalposts:0:1,goalposts:0:2"),
    )
    answer = sensitivity(run, Variation(choices), Question(("Switzerland",)))
    assert answer.tables[0].notes == ("It never varies, so that there is nothing to share out.",)
