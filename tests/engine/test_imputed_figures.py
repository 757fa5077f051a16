"""What was imputed stays marked: in the ranking, in its notes, and whatever the stage was."""

import numpy as np
import pytest

from helpers.hand_made import figures_of, leaf, node, notes, scored, tree
from softpower.engine.cache import Cache
from softpower.engine.score import score
from softpower.errors import MethodError
from softpower.index.indicator_row import Denominator
from softpower.index.methodology import Methodology

COLUMNS = {"v": [1, 2, None, 5, 7], "w": [2, 4, 6, 10, None], "x": [5, 3, 4, 1, 2]}


@pytest.mark.parametrize("stage", ["raw", "transformed", "treated", "normalised"])
def test_a_figure_that_was_filled_in_is_marked_and_no_other(stage):
    ranking = scored(COLUMNS, *map(leaf, COLUMNS), impute=f"mean:{stage}")
    expected = np.zeros((5, 3), dtype=bool)
    expected[2, 0] = expected[4, 1] = True
    np.testing.assert_array_equal(ranking.imputed, expected)
    with pytest.raises(ValueError, match="read-only"):
        ranking.imputed[0, 0] = True


def test_without_imputation_nothing_is_marked():
    ranking = scored(COLUMNS, *map(leaf, COLUMNS))
    assert ranking.imputed.shape == (5, 3)
    assert not ranking.imputed.any()


def test_marks_stand_under_the_indicators_that_are_left():
    columns = {"same": [1, 1, 1, 1, 1], **COLUMNS}
    ranking = scored(columns, *map(leaf, columns), impute="mean", constant="drop")
    assert [i.id for i in ranking.framework.indicators()] == ["v", "w", "x"]
    assert np.argwhere(ranking.imputed).tolist() == [[2, 0], [4, 1]]


def test_a_figure_is_marked_where_there_was_nothing_to_divide_it_by():
    ranking = scored(
        {"v": [2, 4, 9], "n": [1, 2, None], "x": [1, 2, 3]},
        leaf("v", denominator=Denominator(figure="n")),
        leaf("x"),
        impute="constant:3",
    )
    assert np.argwhere(ranking.imputed).tolist() == [[2, 0]]


def test_what_was_filled_in_and_then_lost_is_not_marked():
    # The third has no visits and nobody to divide them by.
    ranking = scored(
        {"v": [2, 4, None, 8], "n": [1, 2, None, 1], "x": [1, 2, 3, 4]},
        leaf("v", denominator=Denominator(figure="n")),
        leaf("x"),
        impute="mean:raw",
    )
    assert not ranking.imputed.any()


def test_a_regression_may_rest_on_figures_that_are_not_scored():
    ranking = scored(
        {"v": [1, 3, None, 7], "w": [1, 2, 3, 4], "carried": [0, 1, 2, 3]},
        leaf("v"),
        leaf("w"),
        impute="regression:carried",
    )
    assert ranking.stages["imputed"].values[2, 0] == pytest.approx(5)
    assert notes(ranking)[-1] == "v: R2 1.00, n 3, leave-one-out RMSE 0"


def test_an_unknown_predictor_is_refused_with_the_nearest():
    with pytest.raises(MethodError, match=r"impute: There are no figures of 'xx'\. .*x"):
        scored(COLUMNS, *map(leaf, COLUMNS), impute="regression:xx")


def test_an_unknown_grouping_is_refused_with_the_nearest():
    groups = [{"continent": "a"}] * 5
    with pytest.raises(MethodError, match=r"impute: There is no grouping 'contnent'\. Did you"):
        scored(COLUMNS, *map(leaf, COLUMNS), groups=groups, impute="em:contnent")


def test_a_group_that_is_filled_from_all_units_is_noted():
    groups = [{"side": name} for name in "aabba"]
    columns = {**COLUMNS, "v": [1, 2, None, None, 7]}
    ranking = scored(columns, *map(leaf, columns), groups=groups, impute="group-mean:side")
    assert "v: 2 figures from all units, for lack of any in b" in notes(ranking)


def test_rankings_of_one_scorer_share_an_imputation_only_if_nothing_differs():
    framework = tree(node("p", *map(leaf, COLUMNS)))
    cache = Cache()
    everyone = {"country": 0, "pillar": 0}
    for columns in (COLUMNS, {**COLUMNS, "x": [5, 3, 4, 1, 90]}):
        for impute in ("nearest-neighbour", "regression:x", "mean"):
            figures = figures_of(columns)
            methodology = Methodology(impute=impute, coverage=everyone)
            alone = score(figures, framework, methodology)
            shared = score(figures, framework, methodology, cache)
            np.testing.assert_array_equal(shared.scores, alone.scores)
            assert list(map(str, shared.notes)) == list(map(str, alone.notes))
