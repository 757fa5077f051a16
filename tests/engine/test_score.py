"""Scores are those worked out by hand, step by step."""

import gc
import weakref

import numpy as np
import pytest

import softpower
from helpers.hand_made import ALL_COUNT, figures_of, leaf, node, notes, scored, tree
from softpower.engine.resolving import resolved
from softpower.engine.sampling.batch import Batch
from softpower.engine.score import score
from softpower.errors import MethodError
from softpower.index.indicator_row import Denominator
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.methods.aggregate import Arithmetic, Geometric, WeightedMedian
from softpower.methods.normalise import Goalposts
from softpower.methods.transform import Cap, Log, Log1p, Sqrt

NAN = float("nan")

FIGURES = {"i": [10, 20, 30], "j": [8, 4, 6], "k": [1, 5, 3]}
TREE = (
    node("p", leaf("i", 75), leaf("j", 25), weight=60),
    node("q", leaf("k", direction=-1), weight=40),
)


class TestThreeUnitsInTwoPillars:
    """The whole calculation, with nothing but the four rules of arithmetic.

    ===== === === ===  ===== ===== =====  ========================  ======  ==================
    unit  i   j   k    min-max 0..100     pillar p                  q       score
    ===== === === ===  ===== ===== =====  ========================  ======  ==================
    A     10  8   1      0   100   100    .75 x 0 + .25 x 100 = 25  100     .6 x 25 + 40 = 55
    B     20  4   5     50     0     0    .75 x 50 = 37.5             0     .6 x 37.5 = 22.5
    C     30  6   3    100    50    50    75 + .25 x 50 = 87.5       50     52.5 + 20 = 72.5
    ===== === === ===  ===== ===== =====  ========================  ======  ==================
    """

    ranking = scored(FIGURES, *TREE)

    def test_scores_and_ranks(self):
        assert self.ranking.scores.tolist() == [55, 22.5, 72.5]
        assert self.ranking.ranks.tolist() == [2, 3, 1]
        assert self.ranking.order() == (2, 0, 1)
        assert self.ranking.unranked == {}

    def test_pillars(self):
        assert self.ranking.pillars["p"].tolist() == [25, 37.5, 87.5]
        assert self.ranking.pillars["q"].tolist() == [100, 0, 50]

    def test_weights(self):
        assert self.ranking.weights == pytest.approx(
            {"": 1, "p": 0.6, "q": 0.4, "i": 0.45, "j": 0.15, "k": 0.4}, abs=1e-15
        )
        assert self.ranking.local_weights == {"p": 0.6, "q": 0.4, "i": 0.75, "j": 0.25, "k": 1}

    def test_contributions(self):
        expected = [[0, 15, 40], [22.5, 0, 0], [45, 7.5, 20]]
        np.testing.assert_allclose(self.ranking.contributions, expected, rtol=1e-15)

    def test_every_stage_is_kept_by_its_name(self):
        raw = [[10, 8, 1], [20, 4, 5], [30, 6, 3]]
        expected = {
            "selected": raw,
            "denominated": raw,
            "transformed": raw,
            "treated": raw,
            "normalised": [[0, 100, 100], [50, 0, 0], [100, 50, 50]],
            "aggregated": [[25, 100], [37.5, 0], [87.5, 50]],
            "scaled": [[55], [22.5], [72.5]],
            "ranked": [[2], [3], [1]],
        }
        assert list(self.ranking.stages) == list(expected)
        for name, values in expected.items():
            assert self.ranking.stages[name].values.tolist() == values
            assert self.ranking.stages[name].name == name
        assert self.ranking.stages["normalised"].ids == ("i", "j", "k")
        assert self.ranking.stages["aggregated"].ids == ("p", "q")

    def test_what_was_computed_cannot_be_written_into(self):
        with pytest.raises(ValueError, match="read-only"):
            self.ranking.scores[0] = 100
        with pytest.raises(ValueError, match="read-only"):
            self.ranking.stages["normalised"].values[0, 0] = 100


class TestCoverage:
    # D has one figure of two in p and one of two in all the others; E has nothing in q.
    columns = {  # noqa: RUF012
        "i": [1, 2, 3, 9, 2],
        "j": [1, 3, 2, None, 3],
        "k": [5, 6, 7, 9, None],
        "m": [4, 6, 5, None, None],
    }
    children = (node("p", leaf("i"), leaf("j")), node("q", leaf("k"), leaf("m")))

    def run(self, **coverage):
        return scored(self.columns, *self.children, coverage={**ALL_COUNT, **coverage})

    def test_a_unit_with_too_few_figures_is_not_ranked_and_the_reason_is_given(self):
        ranking = self.run(country=0.65)
        assert dict(ranking.unranked) == {
            "D": "has figures for 2 of 4 indicators",
            "E": "has figures for 2 of 4 indicators",
        }
        assert np.isnan(ranking.scores).tolist() == [False, False, False, True, True]
        assert np.isnan(ranking.ranks).tolist() == [False, False, False, True, True]

    def test_a_threshold_that_is_met_exactly_is_met(self):
        assert dict(self.run(country=0.5).unranked) == {}
        assert list(self.run(country=0.5 + 1e-9).unranked) == ["D", "E"]

    @pytest.mark.parametrize("of", ["country", "pillar"])
    def test_two_thirds_written_with_twelve_digits_are_two_of_three(self, of):
        columns = {"i": [1, 2, 3, 4], "j": [3, 2, 1, 4], "k": [1, 4, 9, None]}
        coverage = {**ALL_COUNT, of: 0.666666666667}
        ranking = scored(columns, node("p", *map(leaf, columns)), coverage=coverage)
        assert dict(ranking.unranked) == {}

    def test_a_pillar_of_two_thirds_has_a_value(self):
        columns = {"i": [1, 2, 3, 4], "j": [3, 2, 1, 4], "k": [1, 4, 9, None], "m": [5, 6, 7, 8]}
        coverage = {"country": 0, "pillar": 0.666666666667, "below": "missing"}
        children = node("p", leaf("i"), leaf("j"), leaf("k")), leaf("m")
        ranking = scored(columns, *children, coverage=coverage, normalise="none")
        assert ranking.pillars["p"].tolist() == pytest.approx([5 / 3, 8 / 3, 13 / 3, 4])
        setup = Setup(figures_of(columns), tree(*children),
                      Methodology(coverage=coverage, normalise="none"))  # fmt: skip
        np.testing.assert_allclose(Batch(setup).scores({})[0], ranking.scores)

    @pytest.mark.parametrize(
        ("weight", "unranked"),
        [
            (["given", "equal"], {}),
            (["equal", "given"], {"D": "has figures for 1 of 3 indicators"}),
        ],
    )
    def test_what_has_no_weight_at_its_level_does_not_count(self, weight, unranked):
        columns = {"i": [1, 2, 3, None], "j": [2, 3, 1, None], "k": [4, 6, 5, 4], "m": [1, 2, 3, 4]}
        children = node("p", leaf("i"), leaf("j"), weight=0), node("q", leaf("k"), leaf("m", 0))
        coverage = {"country": 1, "pillar": 0}
        ranking = scored(columns, *children, weight=weight, coverage=coverage)
        assert dict(ranking.unranked) == unranked

    def test_a_unit_that_lacks_one_pillar_is_not_ranked_and_the_pillar_is_named(self):
        ranking = self.run(pillar=0.5)
        assert dict(ranking.unranked) == {"E": "has figures for 0 of 2 indicators in Q"}

    def test_the_figures_of_an_unranked_unit_are_in_no_minimum_or_maximum(self):
        normalised = self.run(country=0.65).stages["normalised"].values
        np.testing.assert_array_equal(normalised[:3, 0], [0, 50, 100])
        assert np.isnan(normalised[3:]).all()
        everybody = self.run().stages["normalised"].values
        np.testing.assert_array_equal(everybody[:, 0], [0, 12.5, 25, 100, 12.5])

    def test_a_unit_short_in_one_pillar_may_just_have_that_pillar_missing(self):
        ranking = self.run(pillar=0.51, below="missing")
        # A: p = 0, q = 0. B: i 12.5, j 100, p = 56.25; k 25, m 100, q = 62.5. C: i 25, j 50,
        # p = 37.5; k 50, m 50. D has one of two in either pillar. E: only p = (12.5 + 100) / 2.
        np.testing.assert_allclose(ranking.scores, [0, 59.375, 43.75, NAN, 56.25])
        np.testing.assert_allclose(ranking.pillars["p"], [0, 56.25, 37.5, NAN, 56.25])
        np.testing.assert_allclose(ranking.pillars["q"], [0, 62.5, 50, NAN, NAN])
        assert dict(ranking.unranked) == {"D": "has no score: j, m missing"}

    def test_a_zero_of_a_list_brings_no_unit_over_a_threshold(self):
        # D has a zero of the list k and one other figure of three; E has only zeros of lists.
        columns = {
            "i": [1, 2, 3, 4, None], "j": [4, 2, 3, None, None],
            "k": [5, 0, 7, 0, 0], "m": [4, 1, 5, None, 0],
        }  # fmt: skip
        half = {"country": 0.5, "pillar": 0}
        counted = scored(columns, *map(leaf, columns), coverage=half)
        assert dict(counted.unranked) == {}
        lists = {"k": True, "m": True}
        children = [leaf(name, zero_fill=lists.get(name, False)) for name in columns]
        aside = scored(columns, *children, coverage=half)
        assert dict(aside.unranked) == {
            "D": "has figures for 1 of 3 indicators, 1 zero of lists aside",
            "E": "has figures for 0 of 2 indicators, 2 zeros of lists aside",
        }

    def test_a_zero_of_a_list_is_scored_and_keeps_no_unit_below_a_threshold(self):
        columns = {"i": [1, 2, 3], "j": [3, 1, 2], "k": [0, 4, 8]}
        children = [leaf("i"), leaf("j"), leaf("k", zero_fill=True)]
        strict = scored(columns, *children, coverage={"country": 1, "pillar": 1})
        assert strict.scores.tolist() == scored(columns, *map(leaf, columns)).scores.tolist()

    @pytest.mark.parametrize("below", ["unranked", "missing"])
    def test_a_pillar_of_nothing_but_zeros_of_lists_has_a_value_and_a_note(self, below):
        columns = {
            "i": [1, 2, 3, 4], "j": [4, 2, 3, 1],
            "k": [2, 4, 8, 0], "m": [5, 3, None, 0], "n": [1, None, None, None],
        }  # fmt: skip
        lists = node("q", leaf("k", zero_fill=True), leaf("m", zero_fill=True), leaf("n"))
        coverage = {"country": 0.5, "pillar": 0.5, "below": below}
        methodology = Methodology(coverage=coverage, normalise="none")
        setup = Setup(
            figures_of(columns), tree(node("p", leaf("i"), leaf("j")), lists), methodology
        )
        found = score(setup.figures, setup.framework, methodology)
        # C has one of the three of q, D two zeros of it: (2.5 + 8 / 3) / 2, (2 + 3.5) / 2, -, 1.25.
        c = NAN if below == "unranked" else 3
        np.testing.assert_allclose(found.scores, [31 / 12, 2.75, c, 1.25])
        told = [str(note) for note in found.notes if note.step == "coverage"]
        assert told == ["coverage: q: Unit D"]
        kept = ~np.isnan(found.scores)
        np.testing.assert_allclose(Batch(setup).scores({})[0], found.scores[kept], rtol=1e-15)

    def test_an_imputed_figure_does_not_count_as_found(self):
        ranking = scored(
            self.columns,
            *self.children,
            coverage={"country": 0, "pillar": 0.51, "below": "missing"},
            impute="mean",
        )
        assert dict(ranking.unranked) == {"D": "has no score: too few figures were found"}
        strict = scored(self.columns, *self.children, coverage={"country": 0.65}, impute="mean")
        assert list(strict.unranked) == ["D", "E"]

    def test_a_unit_without_any_figure_is_never_ranked(self):
        ranking = scored({"i": [1, 2, None]}, leaf("i"))
        assert dict(ranking.unranked) == {"C": "has figures for 0 of 1 indicators"}

    def test_if_nobody_has_enough_figures_there_is_no_ranking(self):
        with pytest.raises(MethodError, match="No unit has enough figures to be scored"):
            scored({"i": [1, None], "j": [None, 2]}, leaf("i"), leaf("j"), coverage={})

    def test_the_worked_example_of_nested_weights_has_its_scores(self):
        # Pillar A of a1, a2, a3 with weights 2, 1, 1, pillar B of b1, b2 with weights 3, 1;
        # the pillars weigh .6 and .4. C lacks a2, B lacks b2, D has a3 alone of pillar A.
        columns = {
            "a1": [0.9, 0.2, 0.6, None],
            "a2": [0.5, 0.4, None, None],
            "a3": [0.1, 0.8, 0.7, 0.3],
            "b1": [0.4, 0.6, 0.9, 0.5],
            "b2": [0.8, None, 0.3, 0.7],
        }
        children = (
            node("a", leaf("a1", 2), leaf("a2", 1), leaf("a3", 1), weight=0.6),
            node("b", leaf("b1", 3), leaf("b2", 1), weight=0.4),
        )
        ranking = scored(columns, *children, normalise="none")
        weights = [ranking.weights[name] for name in columns]
        np.testing.assert_allclose(weights, [0.3, 0.15, 0.15, 0.3, 0.1], rtol=1e-14)
        np.testing.assert_allclose(ranking.scores, [0.56, 0.48, 0.68, 0.4], rtol=1e-14)
        np.testing.assert_allclose(ranking.pillars["a"], [0.6, 0.4, 1.9 / 3, 0.3], rtol=1e-14)
        np.testing.assert_allclose(ranking.pillars["b"], [0.5, 0.6, 0.75, 0.55], rtol=1e-14)

        top = scored(columns, *children, normalise="none", aggregate="geometric/arithmetic")
        geometric = [0.557800310865, 0.47043160901, 0.677647613349, 0.382311910888]
        np.testing.assert_allclose(top.scores, geometric, rtol=1e-11)

        halves = {"country": 0, "pillar": 0.5, "below": "missing"}
        short = scored(columns, *children, normalise="none", coverage=halves)
        np.testing.assert_allclose(short.pillars["a"], [0.6, 0.4, 1.9 / 3, NAN], rtol=1e-14)
        np.testing.assert_allclose(short.scores, [0.56, 0.48, 0.68, 0.55], rtol=1e-14)

        flat = scored(columns, *(leaf(n, w) for n, w in zip(columns, weights, strict=True)),
                      normalise="none")  # fmt: skip
        expected = [0.56, 0.466666666667, 0.688235294118, 0.481818181818]
        np.testing.assert_allclose(flat.scores, expected, rtol=1e-11)


class TestAvailableCases:
    columns = {  # noqa: RUF012
        "i1": [1, 2, None, 4, 5, 6, 7, 8],
        "i2": [2, None, 3, 8, 10, None, 14, 15],
        "i3": [5, 1, 2, None, 3, 4, None, 7],
    }

    def test_the_weight_of_a_missing_figure_goes_to_its_siblings(self):
        weighted = [leaf("i1", 5), leaf("i2", 3), leaf("i3", 2)]
        ranking = scored(self.columns, *weighted, normalise="minmax:high=1")
        expected = [
            0.133333333333,
            0.102040816327,
            0.112820512821,
            0.440934065934,
            0.536996336996,
            0.65306122449,
            0.881868131868,
            1,
        ]
        np.testing.assert_allclose(ranking.scores, expected, rtol=1e-11)

    def test_complete_cases_have_a_score_only_where_nothing_is_missing(self):
        ranking = scored(self.columns, leaf("i1"), leaf("i2"), leaf("i3"), missing="missing-if-any")
        assert np.flatnonzero(~np.isnan(ranking.scores)).tolist() == [0, 4, 7]
        assert ranking.unranked["B"] == "has no score: i2 missing"

    def test_complete_cases_do_not_ask_for_what_has_no_weight(self):
        ranking = scored(
            self.columns, leaf("i1"), leaf("i2", 0), leaf("i3"), missing="missing-if-any"
        )
        assert np.flatnonzero(np.isnan(ranking.scores)).tolist() == [2, 3, 6]

    def test_a_missing_indicator_makes_the_pillar_missing_in_complete_cases(self):
        ranking = scored(
            self.columns,
            node("p", leaf("i1"), leaf("i2")),
            node("q", leaf("i3")),
            missing="missing-if-any",
        )
        assert np.flatnonzero(np.isnan(ranking.pillars["p"])).tolist() == [1, 2, 5]
        assert np.flatnonzero(np.isnan(ranking.pillars["q"])).tolist() == [3, 6]
        assert list(ranking.unranked) == ["B", "C", "D", "F", "G"]

    def test_a_unit_that_has_figures_only_where_there_is_no_weight_has_no_score(self):
        ranking = scored({"i": [1, 2, None], "j": [3, 5, 4]}, leaf("i"), leaf("j", 0))
        assert dict(ranking.unranked) == {"C": "has figures for 0 of 1 indicators"}

    def test_if_nobody_has_a_score_there_is_no_ranking(self):
        with pytest.raises(MethodError, match="No unit has a score"):
            scored({"i": [1, 3, None], "j": [None, None, 2]}, leaf("i"), leaf("j"),
                   missing="missing-if-any", normalise="rank")  # fmt: skip


class TestDenominators:
    def test_a_figure_is_divided_by_another_and_what_cannot_be_is_missing(self):
        ranking = scored(
            {"visits": [10, 20, 30, 40, 50], "people": [2, 5, 0, None, -1]},
            leaf("visits", denominator=Denominator(figure="people", per=10)),
        )
        denominated = ranking.stages["denominated"].values[:, 0]
        np.testing.assert_array_equal(denominated, [50, 40, NAN, NAN, NAN])
        assert notes(ranking) == ["visits: no people/10 to divide by for Unit C, Unit D, Unit E"]
        assert ranking.unranked["D"] == "has figures for 0 of 1 indicators"

    def test_a_unit_without_the_figure_itself_is_not_said_to_lack_the_denominator(self):
        ranking = scored(
            {"visits": [10, 20, None], "people": [2, 5, None]},
            leaf("visits", denominator=Denominator(figure="people")),
        )
        assert notes(ranking) == []


class TestTransforms:
    def test_an_indicator_is_transformed_after_it_was_divided(self):
        ranking = scored(
            {"a": [100, 1000, 20000], "b": [1, 1, 2]},
            leaf("a", transform=Log(), denominator=Denominator(figure="b")),
        )
        np.testing.assert_allclose(ranking.scores, [0, 50, 100], rtol=1e-14)

    def test_goalposts_are_transformed_with_the_figures(self):
        ranking = scored(
            {"a": [1, 16, 100], "b": [25, 81, 400]},
            leaf("a", transform=Log(), goalposts=Goalposts(1, 256)),
            leaf("b", transform=Sqrt(), goalposts=Goalposts(0, 100)),
            normalise="goalposts",
        )
        # ln 16 / ln 256 = 1/2; sqrt 25 / 10 = 1/2, sqrt 81 / 10 = .9, sqrt 400 / 10 counts as 1.
        normalised = ranking.stages["normalised"].values
        expected = [[0, 50], [50, 90], [100 * np.log(100) / np.log(256), 100]]
        np.testing.assert_allclose(normalised, expected, rtol=1e-14)
        assert notes(ranking) == ["b: 1 figure beyond the goalposts, clipped"]

    def test_goalposts_change_places_where_less_is_better(self):
        ranking = scored(
            {"a": [0, 25, 120]},
            leaf("a", direction=-1, goalposts=Goalposts(0, 100)),
            normalise="goalposts",
        )
        assert ranking.scores.tolist() == [100, 75, 0]

    def test_a_transform_that_a_figure_forbids_names_the_indicator(self):
        with pytest.raises(MethodError, match=r"indicator a: 1 of its figures is not above zero"):
            scored({"a": [0, 1, 2]}, leaf("a", transform=Log()))

    def test_goalposts_that_the_transform_forbids_name_the_indicator(self):
        with pytest.raises(
            MethodError, match=r"indicator a: The transform log does not take its goalposts 0\.\.9"
        ):
            scored({"a": [1, 2]}, leaf("a", transform=Log(), goalposts=Goalposts(0, 9)),
                   normalise="goalposts")  # fmt: skip

    def test_missing_goalposts_name_the_indicator(self):
        with pytest.raises(MethodError, match="indicator a: It has no goalposts"):
            scored({"a": [1, 2]}, leaf("a"), normalise="goalposts")

    @pytest.mark.parametrize("treat", ["winsorise:1", "log", "box-cox"])
    @pytest.mark.parametrize("transform", [Log(), Log1p()])
    def test_what_is_a_logarithm_already_is_not_logged_again_unless_it_says_so(
        self, treat, transform
    ):
        # Skewed and heavy-tailed even after a logarithm: twenty small figures and two huge ones.
        columns = {"i": [1, 2] * 10 + [1e290, 1e300]}
        once = scored(columns, leaf("i", transform=transform), treat=treat)
        assert notes(once) == ["i: as it was, for its figures are logarithms already"]
        before, after = (once.stages[name].values for name in ("transformed", "treated"))
        np.testing.assert_array_equal(before, after)
        own = Methodology(treat=treat).treat
        twice = scored(columns, leaf("i", transform=transform, treat=own))
        assert not (twice.stages["transformed"].values == twice.stages["treated"].values).all()

    def test_a_logarithm_may_be_winsorised(self):
        columns = {"i": [1, 2, 3, 4, 5, 6, 7, 8, 9, 1e300]}
        ranking = scored(columns, leaf("i", transform=Log()), treat="winsorise")
        assert notes(ranking) == ["i: 1 figure winsorised"]

    def test_goalposts_do_not_fit_an_indicator_that_was_logged_as_an_outlier(self):
        columns = {"a": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000]}
        with pytest.raises(MethodError, match="a: Its outliers were treated by another scale"):
            scored(columns, leaf("a", goalposts=Goalposts(0, 10)),
                   treat="log", normalise="goalposts")  # fmt: skip


class TestWhenGapsAreFilled:
    """Four units have 2, 4, 1000 and no visits, for 1, 1, 10 and 4 people.

    Imputed with the mean 1006/3 of the visits, the fourth has 1006/12 visits per person; with the
    mean of 2, 4 and 100 visits per person, 106/3; after a ceiling of 10 on them, 16/3; and with
    the mean of the values from 0 to 100, whatever that is.
    """

    columns = {"v": [2, 4, 1000, None], "n": [1, 1, 10, 4], "w": [1, 2, 3, 4]}  # noqa: RUF012

    def filled(self, stage, **methodology):
        ranking = scored(
            self.columns,
            leaf("v", denominator=Denominator(figure="n"), transform=Cap(at=10)),
            leaf("w"),
            impute={"method": "mean", "stage": stage},
            **methodology,
        )
        return ranking, ranking.stages["imputed"].values[3, 0]

    def test_before_the_denominator(self):
        ranking, value = self.filled("raw")
        assert value == pytest.approx(1006 / 3)
        assert ranking.stages["denominated"].values[3, 0] == pytest.approx(1006 / 12)
        assert ranking.stages["transformed"].values[3, 0] == 10

    def test_after_the_transform(self):
        ranking, value = self.filled("transformed")
        assert value == pytest.approx(16 / 3)
        assert np.isnan(ranking.stages["transformed"].values[3, 0])
        assert ranking.stages["treated"].values[3, 0] == pytest.approx(16 / 3)

    def test_after_normalisation(self):
        # Visits per person 2, 4 and 10 become 0, 25 and 100, of which the mean is 125/3.
        ranking, value = self.filled("normalised")
        assert value == pytest.approx(125 / 3)
        assert np.isnan(ranking.stages["normalised"].values[3, 0])
        assert ranking.scores[3] == pytest.approx((125 / 3 + 100) / 2)

    def test_before_and_after_the_treatment_of_outliers(self):
        # Ten 1s, a 100 and a gap. Treated first, the outlier becomes 1... unless the two last
        # different figures are left; so there is a 2 as well, which it becomes.
        columns = {"v": [1] * 9 + [2, 100, None], "w": list(range(12))}
        results = {
            stage: scored(
                columns, leaf("v"), leaf("w"),
                treat={"method": "winsorise", "points": 1, "otherwise": "keep"},
                impute={"method": "mean", "stage": stage},
            ).stages["imputed"].values[11, 0]
            for stage in ("raw", "transformed", "treated")
        }  # fmt: skip
        assert results["raw"] == results["transformed"] == pytest.approx(111 / 11)
        assert results["treated"] == pytest.approx(13 / 11)

    def test_what_was_filled_is_counted_and_does_not_count_as_found(self):
        ranking, _ = self.filled("treated")
        assert notes(ranking) == [": 1 missing figure imputed (mean)"]

    def test_units_without_enough_figures_neither_give_nor_get(self):
        columns = {"v": [2, 4, 60, None], "w": [1, 2, None, None], "x": [1, 3, None, 2],
                   "y": [1, 3, None, 2]}  # fmt: skip
        ranking = scored(columns, *map(leaf, columns), coverage={"country": 0.5}, impute="mean")
        assert list(ranking.unranked) == ["C"]
        np.testing.assert_array_equal(
            ranking.stages["imputed"].values,
            [[2, 1, 1, 1], [4, 2, 3, 3], [NAN] * 4, [3, 1.5, 2, 2]],
        )

    def test_a_group_fills_its_own_gaps(self):
        groups = [{"continent": name} for name in ("x", "x", "y", "y")]
        ranking = scored(
            {"v": [1, None, 5, 9], "w": [1, 2, 3, 4]}, leaf("v"), leaf("w"),
            groups=groups, impute="group-mean:continent",
        )  # fmt: skip
        assert ranking.stages["imputed"].values[:, 0].tolist() == [1, 1, 5, 9]

    def test_a_grouping_that_nobody_has_is_refused_with_those_there_are(self):
        with pytest.raises(MethodError, match=r"no grouping 'income'\. Known: continent"):
            scored({"v": [1, None]}, leaf("v"), groups=[{"continent": "x"}] * 2,
                   impute="group-median:income")  # fmt: skip


class TestConstantIndicators:
    columns = {"i": [1, 2, 3], "j": [7, 7, None], "k": [3, 1, 2]}  # noqa: RUF012
    children = (node("p", leaf("i", 3), leaf("j", 1)), node("q", leaf("k")))

    def test_a_constant_indicator_is_refused_by_name(self):
        with pytest.raises(MethodError, match="indicator j: All its figures are the same"):
            scored(self.columns, *self.children)

    def test_a_constant_indicator_may_be_left_out_with_its_weight_going_to_its_siblings(self):
        ranking = scored(self.columns, *self.children, constant="drop")
        assert ranking.scores.tolist() == [50, 25, 75]
        (note,) = notes(ranking)
        assert note.startswith("j: left out")
        assert ranking.stages["normalised"].ids == ("i", "k")
        assert ranking.local_weights["i"] == 1
        assert [i.id for i in ranking.framework.indicators()] == ["i", "k"]
        assert ranking.contributions.shape == (3, 2)

    def test_a_pillar_that_is_left_empty_goes_too(self):
        columns = {"i": [1, 2, 3], "j": [7, 7, 7]}
        ranking = scored(columns, node("p", leaf("i")), node("q", leaf("j")), constant="drop")
        assert list(ranking.pillars) == ["p"]
        assert ranking.scores.tolist() == [0, 50, 100]

    def test_a_constant_indicator_may_put_everybody_in_the_middle(self):
        ranking = scored(self.columns, *self.children, constant="mid")
        # p = (3 i + 50) / 4 where j is there; k is 100, 0, 50.
        assert ranking.pillars["p"].tolist() == [12.5, 50, 100]
        assert ranking.scores.tolist() == [56.25, 25, 75]
        (note,) = notes(ranking)
        assert note.startswith("j: all get the middle. All its figures are the same.")

    def test_if_every_indicator_is_constant_there_is_no_ranking(self):
        with pytest.raises(MethodError, match="Every indicator is constant"):
            scored({"i": [4, 4]}, leaf("i"), constant="drop")

    @pytest.mark.parametrize("normalise", ["rank", "percentile", "none", "borda"])
    def test_a_method_that_needs_no_differences_takes_a_constant_indicator(self, normalise):
        ranking = scored({"i": [4, 4]}, leaf("i"), normalise=normalise)
        assert ranking.ranks.tolist() == [1, 1]

    def test_a_list_of_positions_has_to_fit_what_is_left(self):
        columns = {"i": [1, 2, 3], "j": [7, 7, 7], "k": [3, 1, 2]}
        children = leaf("i"), leaf("j"), leaf("k")
        with pytest.raises(MethodError, match="has 3 weights for 2 children"):
            scored(columns, *children, constant="drop", aggregate="owa:3,2,1")

    @pytest.mark.parametrize(
        "normalise", ["share-of-max", "ratio", "relative-difference", "above-below"]
    )
    def test_what_is_compared_with_itself_alone_is_left_out_too(self, normalise):
        columns = {"i": [1, 2, 3], "j": [7, 7, 7]}
        ranking = scored(columns, leaf("i"), leaf("j"), constant="drop", normalise=normalise)
        (note,) = notes(ranking)
        assert note == "j: left out. All its figures are the same."


class TestZerosAndNegatives:
    def test_a_zero_makes_a_geometric_score_zero_and_that_is_said_of_the_pillar(self):
        ranking = scored(
            {"i": [1, 2, 3], "j": [3, 2, 1], "k": [1, 2, 3]},
            node("p", leaf("i"), leaf("j")),
            node("q", leaf("k")),
            normalise="minmax:low=0",
            aggregate="arithmetic/geometric",
        )
        # p: A has i = 0, C has j = 0; B has sqrt(50 x 50). q: 0, 50, 100.
        np.testing.assert_allclose(ranking.scores, [0, 50, 50], rtol=1e-14)
        assert notes(ranking) == [
            "p: 2 units have a zero beneath it, which makes the geometric mean zero",
            "q: 1 unit has a zero beneath it, which makes the geometric mean zero",
        ]

    def test_a_geometric_mean_leaves_zero_out_by_default(self):
        ranking = scored(
            {"i": [1, 2, 3], "j": [3, 2, 1]}, leaf("i"), leaf("j"), aggregate="geometric"
        )
        np.testing.assert_allclose(ranking.scores, [10, 50.5, 10], rtol=1e-14)
        assert notes(ranking) == []

    @pytest.mark.parametrize("method", ["geometric", "harmonic", "power:2", "power:-1"])
    def test_negatives_are_refused_and_the_pillar_is_named(self, method):
        with pytest.raises(MethodError, match=f"^p: The {method.split(':')[0]} aggregation is"):
            scored(
                {"i": [1, 2, 3], "j": [1, 2, 3]},
                node("p", leaf("i"), leaf("j")),
                normalise="zscore:mean=0:sd=1",
                aggregate=f"arithmetic/{method}",
            )

    def test_negatives_at_the_top_are_refused_of_the_index(self):
        with pytest.raises(MethodError, match=r"^the index: The geometric aggregation"):
            scored({"i": [-1, 2]}, leaf("i"), normalise="none", aggregate="geometric")

    def test_the_zero_of_a_missing_pillar_is_no_zero(self):
        ranking = scored(
            {"i": [4, 9, None], "j": [9, 4, 25]},
            node("p", leaf("i")),
            node("q", leaf("j")),
            normalise="none",
            aggregate="geometric",
        )
        np.testing.assert_allclose(ranking.scores, [6, 6, 25], rtol=1e-14)
        assert notes(ranking) == []


class TestWeights:
    children = (
        leaf("a", 50),
        node(
            "p",
            leaf("b", 10),
            node("q", leaf("c", 1), leaf("d", 1), leaf("e", 2), weight=30),
            weight=50,
        ),
    )
    columns = {name: [1, 2, 3] for name in "abcde"}  # noqa: RUF012

    @pytest.mark.parametrize(
        ("weight", "effective"),
        [
            ("given", [1 / 2, 1 / 8, 3 / 32, 3 / 32, 3 / 16]),
            ("equal", [1 / 5] * 5),
            ("equal-per-pillar", [1 / 2, 1 / 4, 1 / 12, 1 / 12, 1 / 12]),
        ],
    )
    def test_effective_weights_of_a_tree_of_unequal_depth_sum_to_one(self, weight, effective):
        ranking = scored(self.columns, *self.children, weight=weight)
        found = [ranking.weights[name] for name in "abcde"]
        np.testing.assert_allclose(found, effective, rtol=1e-14)
        assert sum(found) == pytest.approx(1, abs=1e-15)
        assert ranking.weights["p"] == pytest.approx(sum(effective[1:]))

    def test_an_indicator_without_weight_is_carried_and_changes_nothing(self):
        columns = {"i": [1, 2, 3], "j": [3, 1, 2]}
        ranking = scored(columns, leaf("i"), leaf("j", 0.0))
        assert ranking.scores.tolist() == [0, 50, 100]
        assert ranking.stages["normalised"].ids == ("i", "j")
        assert ranking.contributions[:, 1].tolist() == [0, 0, 0]

    @pytest.mark.parametrize("weights", [(0.0, 0.0), (2.0, -1.0), (1.0, NAN)])
    def test_weights_that_make_no_sense_are_refused_by_name(self, weights):
        children = [leaf(name, weight) for name, weight in zip("ab", weights, strict=True)]
        with pytest.raises(MethodError, match="p: Its weights must be zero or above"):
            scored(self.columns, node("p", *children))


class TestAggregation:
    columns = {"a": [1, 4], "b": [4, 4], "c": [9, 1], "d": [4, 9]}  # noqa: RUF012

    def run(self, aggregate, own=None, **more):
        return scored(
            self.columns,
            node("p", leaf("a"), node("q", leaf("b"), leaf("c")), aggregate=own),
            leaf("d"),
            normalise="none",
            aggregate=aggregate,
            **more,
        )

    def test_each_level_may_have_its_own_method_the_last_serving_all_deeper_ones(self):
        # q: sqrt(4 x 9) = 6 and sqrt(4 x 1) = 2; p: sqrt(6) and sqrt(8); then the plain mean.
        ranking = self.run("arithmetic/geometric")
        np.testing.assert_allclose(ranking.pillars["q"], [6, 2])
        np.testing.assert_allclose(ranking.pillars["p"], [6**0.5, 8**0.5])
        np.testing.assert_allclose(ranking.scores, [(6**0.5 + 4) / 2, (8**0.5 + 9) / 2])

    def test_three_levels_have_three_methods(self):
        # q: 2/(1/4 + 1/9) = 72/13 and 2/(1/4 + 1) = 8/5; p: sqrt(a q); the index: the mean.
        ranking = self.run(["arithmetic", "geometric", "harmonic"])
        np.testing.assert_allclose(ranking.pillars["q"], [72 / 13, 8 / 5])
        np.testing.assert_allclose(ranking.pillars["p"], [(72 / 13) ** 0.5, 6.4**0.5])

    def test_a_pillar_may_have_its_own_method(self):
        # p alone is geometric: sqrt(1 x 6.5) and sqrt(4 x 2.5); q is the mean 6.5 and 2.5.
        ranking = self.run("arithmetic", own=Geometric())
        np.testing.assert_allclose(ranking.pillars["q"], [6.5, 2.5])
        np.testing.assert_allclose(ranking.pillars["p"], [6.5**0.5, 10**0.5])
        assert ranking.contributions is None

    def test_the_own_method_of_a_pillar_wins_over_that_of_its_level(self):
        ranking = self.run("geometric", own=WeightedMedian())
        # p: the median of 1 and 6 is 3.5, of 4 and 2 it is 3; then sqrt(3.5 x 4), sqrt(3 x 9).
        np.testing.assert_allclose(ranking.scores, [14**0.5, 27**0.5])

    def test_contributions_are_points_only_where_everything_is_added_up(self):
        assert self.run("arithmetic").contributions is not None
        assert self.run("median/arithmetic").contributions is None

    def test_one_pillar_with_a_geometric_mean_takes_zero_off_the_scale_of_all(self):
        own = tree(node("p", leaf("a"), aggregate=Geometric()), leaf("b"))
        assert resolved(Methodology(), own).normalise.low == 1
        assert resolved(Methodology(), tree(leaf("a"))).normalise.low == 0
        plain = tree(node("p", leaf("a"), aggregate=Arithmetic()))
        assert resolved(Methodology(aggregate="geometric"), plain).normalise.low == 1


class TestTheFinalScore:
    columns = {"i": [10, 40, 20, 12, 12]}  # noqa: RUF012

    def run(self, **methodology):
        return scored(self.columns, leaf("i"), normalise="none", **methodology)

    def test_the_score_may_be_rescaled(self):
        ranking = self.run(scale="minmax:0:10")
        np.testing.assert_allclose(ranking.scores, [0, 10, 10 / 3, 2 / 3, 2 / 3], rtol=1e-14)
        assert self.run(scale="share-of-max").scores.tolist() == [25, 100, 50, 30, 30]

    def test_rescaling_that_makes_no_sense_is_refused(self):
        with pytest.raises(MethodError, match="scale: All its figures are the same"):
            scored({"i": [4, 4]}, leaf("i"), normalise="none", scale="minmax")

    def test_scores_are_rounded_before_they_are_ranked(self):
        columns = {"i": [0.704, 0.706, 0.696, 0.5]}
        ranking = scored(columns, leaf("i"), normalise="none", round=2)
        assert ranking.scores.tolist() == [0.70, 0.71, 0.70, 0.5]
        assert ranking.ranks.tolist() == [2, 1, 2, 4]
        exact = scored(columns, leaf("i"), normalise="none")
        assert exact.ranks.tolist() == [2, 1, 3, 4]

    @pytest.mark.parametrize(
        ("ties", "ranks"),
        [
            ("competition", [5, 1, 2, 3, 3]),
            ("modified", [5, 1, 2, 4, 4]),
            ("dense", [4, 1, 2, 3, 3]),
            ("average", [5, 1, 2, 3.5, 3.5]),
            ("ordinal", [5, 1, 2, 3, 4]),
        ],
    )
    def test_equal_scores_share_ranks_as_asked(self, ties, ranks):
        assert self.run(ties=ties).ranks.tolist() == ranks

    def test_scores_that_differ_by_rounding_noise_are_equal(self):
        # Each unit has as much of one as it lacks of the other, so that all scores are zero.
        share = [0.3, 0.1, 0.7, 0.6, 0.4, 0.9, 0.2]
        ranking = scored(
            {"i": share, "j": [1 - x for x in share]}, leaf("i"), leaf("j"), normalise="zscore"
        )
        assert np.abs(ranking.scores).max() < 1e-15
        assert ranking.ranks.tolist() == [1] * 7

    def test_small_scores_that_are_not_sums_are_told_apart(self):
        columns = {"i": [1e-20, 2e-20, 3e-20], "j": [1e-20, 1e-20, 1e-20]}
        children = (leaf("i"), leaf("j"))
        for aggregate in ("geometric", "harmonic", "arithmetic"):
            ranking = scored(columns, *children, normalise="none", aggregate=aggregate)
            assert ranking.ranks.tolist() == [3, 2, 1]

    @pytest.mark.parametrize("scale", ["none", "minmax:0:1", "zscore", "rank"])
    def test_scores_that_are_equal_but_for_noise_stay_so_on_another_scale(self, scale):
        noisy = {"i": [1.0, 1 + 1e-14, 2]}
        ranking = scored(noisy, leaf("i"), normalise="none", scale=scale)
        assert ranking.ranks.tolist() == [2, 2, 1]


class TestFewUnits:
    @pytest.mark.parametrize("aggregate", ["borda", "copeland", "topsis", "arithmetic"])
    def test_where_nobody_has_all_figures_nobody_has_a_score(self, aggregate):
        with pytest.raises(MethodError, match="No unit has a score"):
            scored({"a": [1, None, 3, None], "b": [None, 2, None, 4]}, leaf("a"), leaf("b"),
                   missing="missing-if-any", aggregate=aggregate, coverage=ALL_COUNT)  # fmt: skip

    def test_a_single_unit_can_stand_before_fixed_goalposts(self):
        # UNDP, Human Development Report 2014, technical note 1: Costa Rica has 0.763.
        ranking = scored(
            {"life": [79.93], "mean": [8.37], "expected": [13.5], "gni": [13011.7]},
            node("health", leaf("life", goalposts=Goalposts(20, 85))),
            node(
                "education",
                leaf("mean", goalposts=Goalposts(0, 15)),
                leaf("expected", goalposts=Goalposts(0, 18)),
            ),
            node("income", leaf("gni", transform=Log(), goalposts=Goalposts(100, 75000))),
            normalise="goalposts:0:1",
            aggregate="geometric/arithmetic",
        )
        assert ranking.scores[0] == pytest.approx(0.76256767093, abs=1e-11)
        assert ranking.pillars["education"][0] == pytest.approx(0.654)
        assert ranking.ranks.tolist() == [1]
        rounded = {name: round(float(values[0]), 3) for name, values in ranking.pillars.items()}
        assert rounded == {"health": 0.922, "education": 0.654, "income": 0.735}

    def test_a_single_unit_has_no_range(self):
        with pytest.raises(MethodError, match="indicator i: It has one figure only"):
            scored({"i": [3]}, leaf("i"))

    def test_a_single_unit_is_ranked_by_its_rank(self):
        assert scored({"i": [3]}, leaf("i"), normalise="rank").ranks.tolist() == [1]

    def test_without_units_there_is_no_ranking(self):
        empty = figures_of({"i": [1.0]}).without_units({"A"})
        with pytest.raises(MethodError, match="No unit has enough figures"):
            score(empty, tree(leaf("i")), Methodology())


@pytest.mark.parametrize("run", ["open-soft-power", "open-soft-power@median-centred", "hdi-2022"])
def test_a_ranking_that_nobody_holds_is_gone_at_once(run):
    # Thousands of combinations are scored one after the other; cycles would keep all their stages.
    setup = softpower.load(run).setup
    gc.collect()
    gc.disable()
    try:
        ranking = score(setup.figures, setup.framework, setup.methodology)
        kept = weakref.ref(ranking.scores)
        del ranking
        assert kept() is None
    finally:
        gc.enable()
