"""Draws of weights against exact volumes; choices against a plain loop; what is left out."""

import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import softpower
from softpower.analysis.robustness.ask import robustness
from softpower.analysis.robustness.leave_out import leave_out
from softpower.analysis.robustness.view import RobustnessView
from softpower.analysis.shared.selection import Selection
from softpower.analysis.shared.study import study
from softpower.analysis.shared.variation import Variation
from softpower.errors import MethodError, UsageError
from softpower.index.request import Factor, parse_factor
from softpower.methods.sample import Bounds, Simplex

INDEX = """
id = "five"
title = "Five alternatives"
publisher = "Nobody"
units = "other"
methodology = { normalise = "none" }
[variants.rounded]
title = "Rounded"
methodology.round = 1
"""
FIGURES = """\
unit,indicator,value,standard_error
A1,c1,0.9,
A1,c2,0.2,
A1,c3,0.4,
A2,c1,0.3,0.1
A2,c2,0.8,0.1
A2,c3,0.5,0.1
A3,c1,0.5,
A3,c2,0.5,
A3,c3,0.6,
A4,c1,0.1,0
A4,c2,0.6,0
A4,c3,0.9,0
A5,c1,0.45,
A5,c2,0.45,
A5,c3,0.45,
"""
# Exact values for uniform weights on the triangle, by the volumes of its 34 cells; the method is
# that of Lahdelma & Salminen (2001), Operations Research 49. R's package smaa 0.3-3 agrees to 3e-3.
ACCEPTABILITY = {
    "A1": [0.351522619257, 0.0326079971389, 0.0984602694206, 0.097516641065, 0.419892473118],
    "A2": [0.285024154589, 0.166988727858, 0.232378651944, 0.246164021164, 0.0694444444444],
    "A3": [0.00762776506484, 0.610934946061, 0.381437288874, 0, 0],
    "A4": [0.355825461089, 0.189468328942, 0.11112048715, 0.0568473715651, 0.286738351254],
    "A5": [0, 0, 0.176603302611, 0.599471966206, 0.223924731183],
}
CENTRAL = {
    "A1": [0.602027799665, 0.179190410329, 0.218781790006],
    "A2": [0.216122164906, 0.627241464014, 0.15663637108],
    "A3": [0.364352911264, 0.297228578693, 0.338418510043],
    "A4": [0.161111878858, 0.250959256548, 0.587928864594],
}
ABOVE = {("A1", "A2"): 3 / 7, ("A1", "A4"): 0.410256410256, ("A3", "A5"): 1.0, ("A2", "A4"): 5 / 9}


@pytest.fixture(scope="module")
def five(tmp_path_factory):
    folder = tmp_path_factory.mktemp("indices") / "five"
    folder.mkdir()
    (folder / "index.toml").write_text(INDEX, encoding="utf-8")
    (folder / "indicators.csv").write_text("id,source\nc1,x\nc2,x\nc3,x\n", encoding="utf-8")
    (folder / "units.csv").write_text(
        "id,name\n" + "".join(f"A{i},A{i}\n" for i in range(1, 6)), encoding="utf-8"
    )
    (folder / "figures.csv").write_text(FIGURES, encoding="utf-8")
    return softpower.load(str(folder))


def table(answer, name):
    return next(each for each in answer.tables if each.name == name).records()


def told(answer):
    return {row["fact"]: row["value"] for row in table(answer, "design")}


ANY = Variation(weights=Simplex(), draws=400_000)


def test_shares_of_ranks_and_central_weights_are_the_exact_volumes(five, proof):
    answer = robustness(five, ANY, RobustnessView(acceptability=True))
    found = {row["country"]: row for row in table(answer, "acceptability")}
    for name, expected in ACCEPTABILITY.items():
        shares = [found[name].get(f"rank_{place}") or 0 for place in range(1, 6)]
        proof(Simplex, "SMAA-2: exact acceptability", shares, expected, 3e-3)
    central = table(answer, "central")
    for name, expected in CENTRAL.items():
        weights = [row[name] for row in central]
        proof(Simplex, "SMAA-2: exact central weights", weights, expected, 1e-2)


def test_one_is_above_the_other_as_often_as_the_volumes_say(five):
    for (one, other), expected in ABOVE.items():
        answer = robustness(five, ANY, RobustnessView(Selection(countries=[one]), [other]))
        assert table(answer, "pairs")[0]["share"] == pytest.approx(expected, abs=3e-3)


def test_two_units_and_two_indicators_have_a_closed_form(five):
    # A1 beats A2 where 0.6 w > 0.6 (1 - w), with w uniform: in half of the draws.
    run = softpower.load(five.identifier, omit=["c3"])
    answer = robustness(run, ANY, RobustnessView(Selection(countries=["A1"]), ["A2"]))
    assert table(answer, "pairs")[0]["share"] == pytest.approx(0.5, abs=3e-3)


@pytest.mark.parametrize("threads", [2, 3])
def test_threads_change_nothing(threads, monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    run = softpower.load("open-soft-power")
    variation = Variation(weights=Bounds(), draws=5_000)
    assert robustness(run, variation, threads=threads) == robustness(run, variation, threads=1)


def test_combinations_are_those_of_a_loop():
    run = softpower.load("open-soft-power")
    values = {"normalise": ("minmax", "zscore", "rank"), "impute": ("none", "group-mean")}
    choices = tuple(Factor(key, each) for key, each in values.items())
    answer = robustness(run, Variation(choices=choices), RobustnessView(interval=50))
    assert told(answer)["Draws"] == "6 combinations, all of them"
    loop = np.stack(
        [
            softpower.load("open-soft-power", set={"normalise": n, "impute": i}).score().ranks
            for n in values["normalise"]
            for i in values["impute"]
        ]
    )
    units = [unit.name for unit in run.score().units]
    for row in table(answer, "robustness")[:40]:
        ranks = loop[:, units.index(row["country"])]
        assert row["median"] == np.median(ranks)
        assert row["mean"] == pytest.approx(ranks.mean())
        assert (row["best"], row["worst"]) == (ranks.min(), ranks.max())
        assert row["top"] == np.mean(ranks <= 10)


def test_weights_and_choices_vary_together():
    run = softpower.load("open-soft-power")
    choices = (parse_factor("normalise=minmax,zscore"),)
    answer = robustness(run, Variation(choices, Bounds(), draws=999))
    assert told(answer)["Draws"] == "999, spread over 2 combinations"


def test_figures_with_a_standard_error_vary_and_others_do_not(five):
    answer = robustness(five, Variation(errors=True, draws=3_000), threads=1)
    spread = {row["country"]: row for row in answer_rows(answer)}
    # The mean of three normal errors of 0.1 has a standard deviation of 0.058; A2 is 0.0 points
    # from A3 and A4 (all 0.533), so that it is first in about half of the draws.
    assert spread["A2"]["first"] == pytest.approx(0.5, abs=0.04)
    assert spread["A5"]["best"] >= 4


def answer_rows(answer):
    return table(answer, "robustness")


def test_rounding_makes_published_ranks_uncertain_where_scores_tie():
    run = softpower.load("gspi-2026")
    answer = robustness(run, Variation(everywhere=0.1, draws=2_000))
    rows = {row["country"]: row for row in answer_rows(answer)}
    assert (rows["United States"]["low"], rows["United States"]["high"]) == (1, 1)
    # Canada and Switzerland have the same published score.
    pair = [row for row in table(answer, "neighbours") if row["country"] == "Canada"]
    assert pair[0]["share"] == pytest.approx(0.5, abs=0.05)


@settings(deadline=None, max_examples=25)
@given(st.integers(1, 99), st.sampled_from(["bounds", "simplex"]))
def test_intervals_are_nested_and_medians_lie_within(seed, kind):
    run = softpower.load("hdi-2022")
    sampling = Bounds() if kind == "bounds" else Simplex()
    variation = Variation(weights=sampling, draws=200, seed=seed)
    wide, narrow = (
        answer_rows(robustness(run, variation, RobustnessView(interval=i))) for i in (98, 50)
    )
    for outer, inner in zip(wide, narrow, strict=True):
        assert outer["low"] <= inner["low"] <= inner["median"] <= inner["high"] <= outer["high"]
        assert outer["best"] <= outer["low"]
        assert outer["high"] <= outer["worst"]


@pytest.mark.parametrize(
    ("variation", "message"),
    [
        (Variation(), "Nothing varies"),
        (Variation(weights=Bounds(), levels=("nowhere",)), "no level or pillar 'nowhere'"),
        (Variation((Factor("omit", ("none", "Atlantis")),)), "no pillar, indicator or unit"),
        (Variation(errors=True), "No figure has a standard error"),
        (Variation(rounding={"nothing": 0.1}), "No figures of 'nothing'"),
        (Variation(everywhere=0.0), "above zero"),
    ],
)
def test_what_cannot_vary_is_refused(variation, message):
    with pytest.raises(UsageError, match=message):
        robustness(softpower.load("hdi-2022"), variation)


def test_a_published_index_has_no_weights_to_vary():
    with pytest.raises(UsageError, match="only its scores can vary"):
        robustness(softpower.load("gspi-2026"), Variation(weights=Bounds()))


def test_levels_say_which_weights_vary():
    run = softpower.load("open-soft-power")
    for levels, varied in [(("pillars",), [""]), (("culture",), ["culture"])]:
        variation = Variation(weights=Bounds(), levels=levels, draws=10)
        account = robustness(run, variation).provenance["robustness"]
        assert account["pillars"] == varied


def halves(folder, weights):
    """Return the run of an index of two pillars, each with two indicators."""
    pillars = "".join(
        f'[pillars.{name}]\ntitle = "{name}"\nweight = {weight}\n'
        for name, weight in zip("pq", weights, strict=True)
    )
    median = '[variants.median]\ntitle = "M"\nmethodology.aggregate = ["arithmetic", "median"]\n'
    (folder / "index.toml").write_text(
        'id = "halves"\ntitle = "H"\npublisher = "Nobody"\nunits = "other"\n'
        'methodology = { normalise = "none" }\n' + pillars + median,
        encoding="utf-8",
    )
    (folder / "indicators.csv").write_text(
        "id,source,pillar\na,x,p\nb,x,p\nc,x,q\nd,x,q\n", encoding="utf-8"
    )
    (folder / "figures.csv").write_text(
        "unit,a,b,c,d\nX,1,9,4,5\nY,6,4,8,1\nZ,3,6,2,9\n", encoding="utf-8"
    )
    return softpower.load(str(folder))


SAME = "variant=median always leads to the same scores as variant=none; both count."


def test_values_that_coincide_are_noted_and_both_count(tmp_path):
    # The mean and the median of two values with equal weights are the same, until these vary.
    run = halves(tmp_path, (50, 50))
    choice = Factor("variant", ("none", "median"))
    inner = Variation((choice,), weights=Bounds(), levels=("indicators",), draws=1_000)
    answer = robustness(run, inner)
    assert answer.provenance["robustness"]["pillars"] == ["p", "q"]
    assert SAME not in answer.notes
    outer = Variation((choice,), weights=Bounds(), levels=("pillars",), draws=1_000)
    assert SAME in robustness(run, outer).notes
    alone = robustness(run, Variation((choice,)))
    assert SAME in alone.notes
    assert alone.complete
    assert told(alone)["Draws"] == "2 combinations, all of them"
    assert alone.provenance["robustness"]["coinciding"] == [SAME]


def test_a_level_may_be_missing_from_some_combinations(tmp_path):
    run = halves(tmp_path, (100, 0))
    variation = Variation((Factor("omit", ("none", "q")),), weights=Bounds(), levels=("p", "q"))
    assert "omit=q always leads to the same scores as omit=none; both count." in (
        robustness(run, variation).notes
    )
    with pytest.raises(UsageError, match="no level or pillar 'r'"):
        robustness(run, replace(variation, levels=("r",)))


def test_an_interruption_shows_what_has_been_computed():
    def interrupted(total, outcomes, _what="draws"):
        del total
        for at, outcome in enumerate(outcomes):
            if at == 2:
                raise KeyboardInterrupt
            yield outcome

    run = softpower.load("hdi-2022")
    answer = robustness(run, Variation(weights=Bounds()), threads=1, watch=interrupted)
    assert "(partial)" in answer.title
    assert "interrupted" in told(answer)["Draws"]
    assert answer.provenance["robustness"]["partial"] is True


def test_what_is_left_out_shifts_ranks_as_scoring_without_it_does():
    run = softpower.load("open-soft-power")
    answer = leave_out(run, "pillars")
    before = run.score().ranks
    for row in table(answer, "left-out"):
        after = softpower.load("open-soft-power", omit=[row["id"]]).score().ranks
        both = ~np.isnan(before) & ~np.isnan(after)
        if np.isnan(after).sum() == np.isnan(before).sum():
            assert row["shift"] == pytest.approx(np.abs(before - after)[both].mean())


def test_leaving_countries_out_turns_no_order_where_goalposts_are_fixed():
    answer = leave_out(softpower.load("hdi-2022"), "countries")
    assert table(answer, "left-out") == []
    assert len(answer.provenance["without_effect"]) == 193
    assert any(note.startswith("193 of 193 countries change nothing: ") for note in answer.notes)


def test_what_is_left_out_and_moves_nothing_is_named_in_a_note():
    run = softpower.load("open-soft-power", weights={"culture": 0})
    answer = leave_out(run, "indicators")
    assert "world_heritage_sites" in answer.provenance["without_effect"]
    assert all(row["shift"] or row["reversals"] for row in table(answer, "left-out"))
    assert any("change" in note and "world_heritage_sites" in note for note in answer.notes)
    assert next(c for c in answer.tables[0].columns if c.key == "title").detail


@pytest.mark.parametrize(
    "ask",
    [
        lambda run, s: robustness(run, Variation(weights=Bounds()), RobustnessView(s)),
        lambda run, s: leave_out(run, "pillars", s),
    ],
)
def test_a_country_that_is_not_ranked_is_refused_with_the_reason(ask):
    with pytest.raises(UsageError, match="Monaco is not ranked: it has no score: mean_schooling"):
        ask(softpower.load("hdi-2022"), Selection(countries=("Monaco",)))


def test_a_country_is_not_held_against_itself():
    focus = RobustnessView(Selection(countries=("China",)), versus=("CHN",))
    with pytest.raises(UsageError, match="China is compared with itself"):
        robustness(softpower.load("hdi-2022"), Variation(weights=Bounds()), focus)


def test_an_interrupted_enumeration_is_about_the_combinations_tried_so_far():
    def interrupted(total, outcomes, _what="draws"):
        assert total == 4
        for at, outcome in enumerate(outcomes):
            if at == 3:
                raise KeyboardInterrupt
            yield outcome

    run = softpower.load("hdi-2022")
    choices = (
        parse_factor("normalise=goalposts:0:1,minmax"),
        parse_factor("aggregate=arithmetic,geometric"),
    )
    answer = robustness(run, Variation(choices), watch=interrupted)
    assert "(partial)" in answer.title
    assert told(answer)["Draws"] == "3 of 4, interrupted"


def test_a_pattern_stands_for_all_variants_that_fit_it(five, tmp_path):
    toml = INDEX + "".join(
        f'[variants.expert-{name}]\ntitle = "Expert {name}"\nweights = {{ c1 = {c1} }}\n'
        for name, c1 in [("a", 80), ("b", 50), ("c", 5)]
    )
    folder = tmp_path / "five"
    shutil.copytree(five.identifier, folder)
    (folder / "index.toml").write_text(toml, encoding="utf-8")
    run = softpower.load(str(folder))
    answer = robustness(run, Variation((parse_factor("variant=expert-*"),)))
    assert told(answer)["Draws"] == "3 combinations, all of them"
    assert "variant: expert-a, expert-b, expert-c" in told(answer)["Varied"]
    with pytest.raises(UsageError, match="No variant of five fits 'judge-\\*'"):
        robustness(run, Variation((parse_factor("variant=judge-*"),)))
    with pytest.raises(UsageError, match="one variant only"):
        robustness(run, Variation((parse_factor("variant=*-a"),)))


@pytest.mark.parametrize(
    "choice", ["omit=none,culture", "omit=culture,digital", "variant=none,@brand-finance"]
)
def test_weights_vary_where_choices_change_the_tree(choice):
    run = softpower.load("open-soft-power")
    variation = Variation((parse_factor(choice),), Bounds(), draws=2_000)
    answer = robustness(run, variation, RobustnessView(acceptability=True))
    central = table(answer, "central")
    first = answer_rows(answer)[0]["country"]
    for row in central:
        assert row["GBR"] is None or 0 < row["GBR"] < 1
        assert "GBR" in row, first


def test_the_weights_of_every_arrangement_vary_level_by_level():
    run = softpower.load("open-soft-power")
    choice = parse_factor("framework=main,brand-finance")
    known = study(run, Variation((choice,), Bounds(), draws=100))
    for setup, pillars in zip(known.sweep.setups, known.sweep.pillars, strict=True):
        root = setup.framework.root
        assert set(pillars) == {
            node.id for node in (root, *root.pillars()) if len(node.children) > 1
        }
    several = {(pillar.id, child.id) for pillar, child in known.axes}
    assert ("", "culture") in several
    assert len(several) == len(known.axes) > 80


def test_fewer_draws_than_combinations_are_refused():
    choice = parse_factor("normalise=minmax,zscore,rank")
    with pytest.raises(UsageError, match="2 draws are fewer than the 3 combinations"):
        robustness(softpower.load("hdi-2022"), Variation((choice,), Bounds(), draws=2))


@pytest.fixture
def tied():
    """Return a run with two units that are the same and first."""
    figures = pd.DataFrame({"c1": [9, 9, 3, 4], "c2": [8, 8, 4, 3]}, index=list("abcd"))
    return softpower.load(
        softpower.index_from(figures, units="other", methodology={"normalise": "none"})
    )


def test_units_that_tie_are_first_together_and_keep_their_order(tied):
    variation = Variation(weights=Simplex(), draws=2_000)
    answer = robustness(tied, variation, RobustnessView(first=2, acceptability=True))
    assert told(answer)["Same top 2"].startswith(
        "in 100.0 % of the draws, in the same order in 100"
    )
    central = {row["id"]: row for row in table(answer, "central")}
    for unit in ("a", "b"):
        assert central["c1"][unit] == pytest.approx(0.5, abs=0.03)
    # Under the stated weights C and D share place 3, and so are among the first three together.
    answer = robustness(tied, variation, RobustnessView(first=3))
    assert told(answer)["Same top 3"].startswith("in 0.0 % of the draws")


def test_an_interval_of_nearly_all_draws_ends_at_the_worst_rank(five):
    answer = robustness(
        five, Variation(weights=Simplex(), draws=1_000), RobustnessView(interval=99.9999999)
    )
    for row in answer_rows(answer):
        assert (row["low"], row["high"]) == (row["best"], row["worst"])


def test_a_choice_that_matters_only_where_weights_are_drawn_has_an_effect(five):
    run = softpower.load(five.identifier, set={"round": 1})
    choice = parse_factor("ties=competition,average")
    found = robustness(run, Variation((choice,), Simplex(), draws=1_000))
    assert told(found)["Draws"] == "1,000, spread over 2 combinations"
    plain = softpower.load(five.identifier)
    still = Variation((parse_factor("constant=error,drop"),), Simplex(), draws=1_000)
    assert any("constant=drop always leads to" in n for n in robustness(plain, still).notes)
    assert not any("always leads to" in note for note in found.notes)


@pytest.mark.parametrize("order", ["given,benefit-of-the-doubt", "benefit-of-the-doubt,given"])
def test_draws_of_weights_fail_where_units_have_their_own(order):
    run = softpower.load("hdi-2022", set={"aggregate": "arithmetic"})
    variation = Variation((parse_factor(f"weight={order}"),), Bounds(), draws=200)
    answer = robustness(run, variation)
    assert told(answer)["Failed"] == "100"
    assert "(100 of 200 draws)" in answer.title
    assert not answer.complete
    assert any("units have their own weights" in note for note in answer.notes)


def expected_places(run, cells):
    """Return the places of each unit under settings, each repeated as often as it counts."""
    ranks = [
        softpower.load(run.identifier, set=settings).score().ranks
        for settings, times in cells
        for _ in range(times)
    ]
    return np.array(ranks)


def test_a_value_may_count_more_than_another():
    run = softpower.load("hdi-2022")
    choices = (
        parse_factor("normalise=goalposts*1.5,minmax,zscore:100:10*0.5"),
        parse_factor("aggregate=geometric, arithmetic * 2"),
    )
    answer = robustness(
        run, Variation(choices), RobustnessView(Selection(countries=("Norway",)), interval=50)
    )
    cells = [
        ({"normalise": n, "aggregate": a}, times * often)
        for n, times in (("goalposts", 3), ("minmax", 2), ("zscore:100:10", 1))
        for a, often in (("geometric", 1), ("arithmetic", 2))
    ]
    places = expected_places(run, cells)
    norway = [unit.name for unit in run.score().units].index("Norway")
    (row,) = answer_rows(answer)
    assert row["mean"] == pytest.approx(places[:, norway].mean())
    assert row["median"] == np.median(places[:, norway])
    assert row["first"] == pytest.approx(np.mean(places[:, norway] == 1))
    assert told(answer)["Draws"] == "6 combinations, all of them"
    assert "normalise: goalposts*1.5, minmax, zscore:100:10*0.5" in told(answer)["Varied"]
    account = answer.provenance["robustness"]
    assert account["choice_weights"] == {"normalise": [1.5, 1.0, 0.5], "aggregate": [1.0, 2.0]}


def test_shares_of_pairs_and_of_the_same_top_count_values_by_their_weights():
    run = softpower.load("open-soft-power")
    variation = Variation((parse_factor("normalise=minmax*3,zscore"),))
    answer = robustness(run, variation, RobustnessView(first=10))
    other = softpower.load("open-soft-power", set={"normalise": "zscore"}).score()
    row = {unit.name: i for i, unit in enumerate(other.units)}
    for pair in table(answer, "neighbours")[:20]:
        behind = other.ranks[row[pair["country"]]] > other.ranks[row[pair["other"]]]
        assert pair["share"] == (0.75 if behind else 1.0)
    before = run.score().ranks
    same = np.array_equal(before <= 10, other.ranks <= 10)
    assert told(answer)["Same top 10"].startswith(f"in {100 if same else 75:.1f} % of the draws")


def test_draws_are_shared_out_by_the_weights_of_values():
    run = softpower.load("hdi-2022")
    variation = Variation((parse_factor("normalise=goalposts,minmax*2"),), Bounds(), draws=1_000)
    assert study(run, variation).sweep.shares() == [333, 667]
    least = parse_factor("normalise=goalposts*100000,minmax")
    with pytest.raises(UsageError, match="leave none to the combinations that count least"):
        robustness(run, Variation((least,), Bounds(), draws=1_000))


@pytest.mark.parametrize("weight", ["nan", "inf", "-1", "0", "1e-9", "1e12"])
def test_a_weight_of_a_value_is_a_number_above_zero(weight):
    with pytest.raises(UsageError, match="is no weight of a value"):
        parse_factor(f"normalise=minmax*{weight},zscore")
    choice = Factor("normalise", ("minmax", "zscore"), (float(weight), 1))
    with pytest.raises(UsageError, match="is no weight of a value"):
        robustness(softpower.load("hdi-2022"), Variation((choice,)))


def test_weights_that_are_too_fine_to_count_with_are_refused():
    texts = ("normalise=minmax*1.000001,zscore", "ties=dense*1.000003,average",
             "round=1*1.000007,none")  # fmt: skip
    choices = tuple(parse_factor(text) for text in texts)
    with pytest.raises(UsageError, match="too fine to count with"):
        robustness(softpower.load("hdi-2022"), Variation(choices))


def with_variants(five, folder, *names):
    """Return the run of a copy of an index with so many variants of one weight each."""
    path = folder / "five"
    shutil.copytree(five.identifier, path)
    text = INDEX + "".join(
        f'[variants.{name}]\ntitle = "{name}"\nweights = {{ c1 = {10 + 20 * at} }}\n'
        for at, name in enumerate(names)
    )
    (path / "index.toml").write_text(text, encoding="utf-8")
    return softpower.load(str(path))


def test_a_pattern_of_variants_is_not_taken_for_a_weight_or_the_other_way(five, tmp_path):
    run = with_variants(five, tmp_path, "expert-1", "expert-2", "judge-a")
    both = study(run, Variation((parse_factor("variant=none,expert-**2"),)))
    assert both.grid.choices == (
        Factor("variant", ("none", "expert-1", "expert-2"), (1.0, 2.0, 2.0)),
    )
    assert both.sweep.weights == (1, 2, 2)
    with pytest.raises(UsageError, match=r"'expert-\*2' fits variants of five, and is 'expert-'"):
        study(run, Variation((parse_factor("variant=none,expert-*2"),)))
    known = study(run, Variation((parse_factor("variant=none,expert-*[2]"),)))
    assert known.grid.choices[0].written() == ("none", "expert-2")
    with pytest.raises(UsageError, match="@expert-1 has two weights, 1 and 3"):
        study(run, Variation((parse_factor("variant=expert-*,@expert-1*3"),)))


def test_a_design_that_lost_combinations_says_so_in_its_title():
    run = softpower.load("hdi-2022")
    choices = (
        parse_factor("normalise=goalposts,zscore:0:1"),
        parse_factor("aggregate=geometric,arithmetic"),
    )
    answer = robustness(run, Variation(choices))
    assert answer.title.endswith("robustness (3 of 4 combinations)")
    assert not answer.complete
    assert told(answer)["Draws"] == "3 combinations; 1 more lead to no ranking"
    with pytest.raises(MethodError, match="No combination leads to a ranking"):
        robustness(run, Variation((parse_factor("normalise=zscore:0:1,zscore:0:2"),)))


def test_what_is_typed_wrong_is_refused_before_any_combination_is_tried():
    def never(total, outcomes, _what="draws"):
        raise AssertionError(total, outcomes)

    run = softpower.load("hdi-2022")
    choices = (parse_factor("normalise=goalposts,minmax"),)
    for variation, focus, message in (
        (Variation(choices), RobustnessView(Selection(countries=("Atlantis",))), "Atlantis"),
        (Variation(choices), RobustnessView(versus=("China",)), "`versus` needs a name"),
        (Variation(choices, rounding={"gold": 1}), RobustnessView(), "No figures of 'gold'"),
        (Variation(choices, Bounds(), ("tops",)), RobustnessView(), "no level or pillar 'tops'"),
        (Variation(choices, Bounds(), draws=1), RobustnessView(), "1 draws are fewer"),
    ):
        with pytest.raises(UsageError, match=message):
            robustness(run, variation, focus, watch=never)


def test_an_interval_is_a_number_of_percent():
    for number in (float("nan"), 0.0, 100.0, float("inf")):
        with pytest.raises(UsageError, match="are no interval"):
            RobustnessView(interval=number)


def test_leaving_out_says_what_could_not_be_left_out(tmp_path):
    run = halves(tmp_path, (100, 0))
    answer = leave_out(run, "pillars")
    assert answer.title.endswith("one of the pillars left out at a time (1 of 2 pillars)")
    assert not answer.complete
    assert any("Without p there is no ranking" in note for note in answer.notes)
    assert leave_out(run, "indicators").complete


def test_leaving_out_is_refused_where_nothing_can_be_left_out(tied):
    run = softpower.load(tied.index, omit=["c2"])
    message = r"Whatever is left out, there is no ranking\. Without c1"
    with pytest.raises(MethodError, match=message):
        leave_out(run, "indicators")


def test_what_is_left_out_takes_its_weight_along():
    run = softpower.load("elcano-2021@weights-2012")
    answer = leave_out(run, "indicators")
    assert answer.complete
    rows = {row["id"]: row for row in table(answer, "left-out")}
    assert len(rows) + len(answer.provenance["without_effect"]) == 16
    ranking = run.score()
    soft = {"migrations", "tourism", "culture", "information", "technology", "science"}
    after = softpower.load("elcano-2021@weights-2012", omit=["sports"]).score()
    for name in soft:
        assert after.local_weights[name] == pytest.approx(
            ranking.local_weights[name] / (1 - ranking.local_weights["sports"])
        )
    assert after.local_weights["soft"] == ranking.local_weights["soft"]


def test_figures_that_never_lead_to_a_ranking_are_refused_with_the_reason(tmp_path):
    # Each of 30 means is below zero in half of the draws, and then is nothing to divide by.
    toml = 'id = "small"\ntitle = "Small"\npublisher = "Nobody"\nunits = "other"\n'
    toml += 'methodology = { normalise = "ratio" }\n'
    (tmp_path / "index.toml").write_text(toml, encoding="utf-8")
    names = ["a", *(f"a{i}" for i in range(2, 31))]
    rows = "".join(f"{name},x\n" for name in names)
    (tmp_path / "indicators.csv").write_text("id,source\n" + rows, encoding="utf-8")
    rows = "".join(f"U{i}{f',{i / 1000}' * 30}\n" for i in range(1, 4))
    (tmp_path / "figures.csv").write_text(f"unit,{','.join(names)}\n" + rows, encoding="utf-8")
    run = softpower.load(str(tmp_path))
    with pytest.raises(MethodError, match=r"No draw leads to a ranking.*Take a smaller step"):
        robustness(run, Variation(rounding=dict.fromkeys(names, 1_000.0), draws=10))


def test_a_choice_that_matters_in_some_draws_of_the_figures_has_an_effect(tmp_path):
    # To one decimal A and B are 1.0 and 1.1, and tie in some draws only.
    toml = 'id = "near"\ntitle = "Near"\npublisher = "Nobody"\nunits = "other"\n'
    toml += 'methodology = { normalise = "none", round = 1 }\n'
    (tmp_path / "index.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "indicators.csv").write_text("id,source\na,x\n", encoding="utf-8")
    (tmp_path / "figures.csv").write_text("unit,a\nA,1.04\nB,1.12\nC,3\n", encoding="utf-8")
    run = softpower.load(str(tmp_path))
    choice = parse_factor("ties=competition,average")
    answer = robustness(run, Variation((choice,), rounding={"a": 0.1}, draws=400))
    assert told(answer)["Draws"] == "400, spread over 2 combinations"
    assert {row["country"]: row["best"] for row in answer_rows(answer)} == {"A": 2, "B": 2, "C": 1}


def test_values_that_do_not_go_together_are_left_out_and_said():
    choices = parse_factor("framework=main,brand-finance"), parse_factor("omit=none,culture")
    known = study(softpower.load("open-soft-power"), Variation(choices))
    refused = ("framework=brand-finance, omit=culture", "There is no pillar or indicator 'culture'")
    assert [(said, why[: len(refused[1])]) for said, why in known.refused] == [refused]
    assert len(known.sweep.setups) == 3


def test_weights_of_indicators_that_are_the_same_have_no_effect(tmp_path):
    toml = 'id = "same"\ntitle = "Same"\npublisher = "Nobody"\nunits = "other"\n'
    (tmp_path / "index.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "indicators.csv").write_text("id,source\na,x\nb,x\n", encoding="utf-8")
    figures = "unit,a,b\nA,0,0\nB,2,2\nC,4,4\n"
    (tmp_path / "figures.csv").write_text(figures, encoding="utf-8")
    with pytest.raises(UsageError, match="The weights have no effect: whatever they are"):
        robustness(softpower.load(str(tmp_path)), Variation(weights=Bounds(), draws=10))


def test_noise_of_rounding_leaves_counts_of_zero_something_with_a_logarithm():
    answer = robustness(softpower.load("open-soft-power"), Variation(everywhere=0.1, draws=20))
    assert answer.complete
