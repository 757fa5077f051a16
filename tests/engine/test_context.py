"""What normalisations know of indicators: targets, other periods, the unit of reference."""

from dataclasses import replace

import numpy as np
import pytest

from helpers.hand_made import ALL_COUNT, figures_of, leaf, node, notes, scored, tree
from softpower.engine.sampling.batch import Batch
from softpower.engine.score import score
from softpower.errors import MethodError
from softpower.index.figures import History
from softpower.index.methodology import Methodology
from softpower.index.patch import Setup
from softpower.index.tree import Denominator
from softpower.methods.normalise import Goalposts
from softpower.methods.transform import Log

PAST = {("Z", "1990"): {"a": 90.0, "p": 9.0}, ("A", "1990"): {"a": 1.0}}
"""Unit Z is not scored; there is nothing to divide the figure of A by."""


def past(rows, ids=("a", "p")):
    """Return the figures of other periods."""
    values = np.array([[row.get(name, np.nan) for name in ids] for row in rows.values()])
    return History(tuple(rows), tuple(ids), values)


def looking_back(columns, *children, history, **methodology):
    figures = replace(figures_of(columns), history=history)
    methodology.setdefault("coverage", ALL_COUNT)
    return score(figures, tree(*children), Methodology(**methodology))


class TestOnePeriod:
    HISTORY = past({
        ("A", "2014"): {"a": 10.0, "p": 1.0},
        ("B", "2014"): {"a": 100.0, "p": 2.0},
        ("B", "2010"): {"a": 900.0, "p": 1.0},
    })  # fmt: skip

    @pytest.mark.parametrize("over", ["2014", 2014])
    def test_statistics_may_be_of_one_period_alone(self, over):
        ranking = looking_back(
            {"a": [10, 55, 190]}, leaf("a"), history=self.HISTORY,
            normalise={"method": "minmax", "over": over},
        )  # fmt: skip
        assert ranking.scores.tolist() == [0, 50, 200]

    def test_figures_of_one_period_are_divided_as_those_of_this_one(self):
        ranking = looking_back(
            {"a": [10, 60], "p": [1, 2]}, leaf("a", denominator=Denominator(figure="p")),
            history=self.HISTORY, normalise="minmax:over=2014",
        )  # fmt: skip
        # from 10 / 1 to 100 / 2; and 60 / 2 is half way
        assert ranking.scores.tolist() == [0, 50]

    def test_figures_that_are_scored_belong_to_the_period_that_they_are_of(self):
        figures = replace(figures_of({"a": [10, 200]}), history=self.HISTORY)
        years = np.array([["2016"], ["2014"]], dtype=object)
        method = Methodology(coverage=ALL_COUNT, normalise="minmax:over=2014")
        ranking = score(replace(figures, years=years), tree(leaf("a")), method)
        # 10 and 100 of the history, and 200 of those that are scored
        assert ranking.scores.tolist() == [0, 100]

    def test_a_mean_of_one_period_is_what_others_are_compared_with(self):
        ranking = looking_back(
            {"a": [55, 100]}, leaf("a"), history=self.HISTORY, normalise="zscore:over=2014:ddof=0"
        )
        np.testing.assert_allclose(ranking.scores, [0, 1], atol=1e-14)

    def test_a_period_without_any_figure_is_refused_with_those_that_there_are(self):
        with pytest.raises(
            MethodError, match=r"normalise\.over: There are no figures of 2015\."
        ) as e:
            looking_back(
                {"a": [1, 2]}, leaf("a"), history=self.HISTORY, normalise="minmax:over=2015"
            )
        assert e.value.mend == "Did you mean 2014 or 2010?"

    def test_an_indicator_without_a_figure_of_the_period_is_named(self):
        with pytest.raises(MethodError, match=r"indicator b: It has no figures of 2014\."):
            looking_back(
                {"a": [1, 2], "b": [1, 2]}, leaf("a"), leaf("b"), history=self.HISTORY,
                normalise="minmax:over=2014",
            )  # fmt: skip


class TestTargets:
    def test_a_target_is_transformed_with_the_figures(self):
        ranking = scored(
            {"a": [1, 4, 16, 64]},
            leaf("a", transform=Log(), target=16.0),
            normalise="distance-to-target",
        )
        np.testing.assert_allclose(ranking.scores, [0, 50, 100, 100], rtol=1e-14)
        assert notes(ranking) == ["a: 1 figure beyond the target, clipped"]

    def test_a_ratio_of_logarithms_is_noted(self):
        ranking = scored({"a": [2, 4], "b": [2, 4]}, leaf("a", transform=Log()), leaf("b"),
                         normalise="share-of-max")  # fmt: skip
        assert notes(ranking) == ["a: figures are logarithms, whose ratios depend on the unit"]

    def test_a_target_is_the_other_way_where_less_is_better(self):
        ranking = scored(
            {"a": [10, 5, 0]}, leaf("a", direction=-1, target=5.0), normalise="distance-to-target"
        )
        assert ranking.scores.tolist() == [0, 100, 100]

    def test_a_target_that_the_transform_forbids_names_the_indicator(self):
        with pytest.raises(
            MethodError, match="indicator a: The transform log does not take its ta"
        ):
            scored({"a": [1, 2]}, leaf("a", transform=Log(), target=0.0),
                   normalise="ratio:target")  # fmt: skip

    def test_a_missing_target_names_the_indicator(self):
        with pytest.raises(MethodError, match="indicator a: It has no target"):
            scored({"a": [1, 2]}, leaf("a"), normalise="distance-to-target")

    @pytest.mark.parametrize(
        ("normalise", "what"),
        [
            ("distance-to-target", "its target no longer fits"),
            ("goalposts", "its goalposts no longer fit"),
        ],
    )
    def test_what_is_stated_does_not_fit_an_indicator_that_was_logged(self, normalise, what):
        columns = {"a": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000]}
        with pytest.raises(
            MethodError, match=f"indicator a: .* treated by another scale, so that {what}"
        ):
            scored(columns, leaf("a", target=12.0, goalposts=Goalposts(0, 9)),
                   treat="log", normalise=normalise)  # fmt: skip


class TestOtherPeriods:
    def test_figures_of_other_periods_are_divided_and_transformed_as_those_of_this_one(self):
        ranking = looking_back(
            {"a": [2, 40], "p": [2, 4]},
            leaf("a", transform=Log(), denominator=Denominator(figure="p", per=10)),
            history=past({("Z", "1990"): {"a": 100.0, "p": 10.0}}),
            normalise="minmax:over=all-periods",
        )
        # 10, 100 and, long ago, 100 of ten.
        assert ranking.scores.tolist() == [0, 100]
        ranking = looking_back(
            {"a": [2, 40], "p": [2, 4]},
            leaf("a", transform=Log(), denominator=Denominator(figure="p", per=10)),
            history=past({("Z", "1990"): {"a": 100.0, "p": 1.0}}),
            normalise="minmax:over=all-periods",
        )
        np.testing.assert_allclose(ranking.scores, [0, 50], rtol=1e-14)

    def test_a_figure_of_another_period_without_a_denominator_is_left_out_and_noted(self):
        ranking = looking_back(
            {"a": [20, 40], "p": [1, 1]},
            leaf("a", denominator=Denominator(figure="p")),
            history=past(PAST),
            normalise="minmax:over=all-periods",
        )
        np.testing.assert_allclose(ranking.scores, [100 / 3, 100], rtol=1e-14)
        assert notes(ranking) == ["a: no p to divide 1 figure of other periods by"]

    def test_a_transform_that_forbids_a_figure_of_another_period_names_the_indicator(self):
        with pytest.raises(MethodError, match=r"indicator a: .* does not take its figures of"):
            looking_back(
                {"a": [1, 2]}, leaf("a", transform=Log()),
                history=past({("A", "1990"): {"a": 0.0}}), normalise="zscore:over=all-periods",
            )  # fmt: skip

    def test_without_a_history_all_periods_are_refused_before_any_work(self):
        with pytest.raises(MethodError, match=r"normalise\.over: There are no figures of other"):
            scored({"a": [1, 2]}, leaf("a"), normalise="minmax:over=all-periods")

    def test_an_indicator_without_a_history_is_named(self):
        with pytest.raises(MethodError, match="indicator b: It has no figures of other periods"):
            looking_back(
                {"a": [1, 2], "b": [1, 2]}, leaf("a"), leaf("b"),
                history=past(PAST), normalise="minmax:over=all-periods",
            )  # fmt: skip

    def test_a_history_cannot_be_compared_with_figures_that_were_logged_as_outliers(self):
        with pytest.raises(MethodError, match="another scale, so that its figures of other"):
            looking_back(
                {"a": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1000]}, leaf("a"), history=past(PAST),
                treat="log", normalise="minmax:over=all-periods",
            )  # fmt: skip

    def test_what_a_normalisation_does_not_ask_for_is_not_looked_at(self):
        ranking = looking_back(
            {"a": [1, 2]},
            leaf("a", transform=Log(), target=-5.0, goalposts=Goalposts(-1, 0)),
            history=past({("A", "1990"): {"a": -3.0}}),
        )
        assert ranking.scores.tolist() == [0, 100]

    def test_a_unit_that_is_left_out_leaves_the_history_too(self):
        figures = replace(figures_of({"a": [1, 2, 9]}), history=past(PAST))
        left = figures.without_units({"A", "C"})
        assert left.history.rows == (("Z", "1990"),)
        assert left.history.columns(["p", "nothing"]).tolist()[0][0] == 9


COLUMNS = {"a": [2, 4, 8, None], "b": [10, 5, 20, 5]}
CHILDREN = (leaf("a"), leaf("b"))


class TestTheUnitOfReference:
    @pytest.mark.parametrize("name", ["B", "Unit B", "unit b"])
    def test_it_is_named_as_a_person_writes_it(self, name):
        ranking = scored(COLUMNS, *CHILDREN, normalise={"method": "ratio", "to": name})
        assert ranking.scores.tolist() == [125, 100, 300, 100]

    def test_an_unknown_one_is_refused_before_any_work(self):
        with pytest.raises(MethodError, match=r"normalise\.to: 'Q' is not a unit of this index"):
            scored({"a": [-1, 1]}, leaf("a"), normalise="ratio:Q")

    def test_one_without_a_figure_names_the_indicator(self):
        with pytest.raises(MethodError, match="indicator a: Unit D has no figure to compare with"):
            scored(COLUMNS, *CHILDREN, normalise="relative-difference:Unit D")

    def test_scores_are_rescaled_by_it_too(self):
        ranking = scored(COLUMNS, *CHILDREN, normalise="ratio:C", scale="ratio:B")
        assert ranking.scores[1] == 100
        with pytest.raises(MethodError, match=r"scale\.to: 'Q' is not a unit"):
            scored(COLUMNS, *CHILDREN, scale="ratio:Q")

    def test_a_batch_rescales_scores_as_a_single_score_does(self):
        figures = figures_of({"a": [2, 4, 8, None], "b": [10, 5, 20, None]})
        methodology = Methodology(
            coverage=ALL_COUNT, normalise="ratio:C", scale="relative-difference:C"
        )
        batch = Batch(Setup(figures, tree(node("p", *CHILDREN)), methodology))
        assert batch.scored.tolist() == [0, 1, 2]
        (scores,) = batch.scores({})
        np.testing.assert_allclose(scores, batch.ranking.scores[:3], rtol=1e-14)
        assert scores[2] == 0
