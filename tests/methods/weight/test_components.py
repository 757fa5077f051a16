"""Weights from principal components are those of the Handbook and of scikit-learn."""

import numpy as np
import pytest
from pydantic import ValidationError

from helpers.weighed import aligned, said, table, tai, weigh
from softpower.errors import MethodError
from softpower.methods.weight import PrincipalComponents, components
from softpower.methods.weight.components import principal, retained
from softpower.methods.weight.derived import correlation


def test_the_eigenvalues_of_technology_achievement_are_those_of_the_handbook(proof):
    values = principal(correlation(tai()))[0]
    printed = [41.9, 21.8, 12.3, 11.1, 6.0, 3.7, 2.2, 0.9]
    proof(PrincipalComponents, "Handbook, Table 7: % of variance", values / 0.08, printed, 0.055)


def test_loadings_are_worked_out_once_for_the_weights_and_what_is_said_of_them(monkeypatch):
    turned = []
    monkeypatch.setattr(components, "varimax", lambda loadings: turned.append(1) or loadings)
    values = np.random.default_rng(20).normal(size=(30, 6))
    assert "factors explain" in said(PrincipalComponents(), values)
    assert len(turned) == 1
    assert "1 factor explains" in said(PrincipalComponents(factors=1), values)
    assert len(turned) == 2


def test_the_loadings_are_those_of_the_handbook_but_for_their_signs(proof):
    printed = np.column_stack([table("tai_factors")[f"pc{k}"] for k in range(1, 9)])
    found = aligned(PrincipalComponents(factors=8).loadings(correlation(tai())), printed)
    proof(PrincipalComponents, "Handbook, Table 8: loadings", found, printed, 0.0065)


@pytest.mark.parametrize(("assign", "where"), [("loading", 18), ("square", 22)])
def test_either_way_to_assign_indicators_to_factors_gives_weights_of_the_handbook(
    assign, where, proof
):
    weights = weigh(PrincipalComponents(factors=4, assign=assign), tai())
    printed = table("tai_factors")[f"table{where}"]
    tolerance = {18: 0.0055, 22: 0.0105}[where]
    proof(PrincipalComponents, f"Handbook, Table {where}: weights", weights, printed, tolerance)


def test_the_first_component_is_that_of_scikit_learn(proof):
    from sklearn.decomposition import PCA

    x = tai()
    first = np.abs(PCA().fit((x - x.mean(axis=0)) / x.std(axis=0)).components_[0])
    weights = weigh(PrincipalComponents(form="pc1"), x)
    proof(PrincipalComponents, "scikit-learn: first component", weights, first / first.sum())


def test_components_are_kept_by_eigenvalue_and_until_they_explain_more_than_sixty_percent():
    assert retained(principal(correlation(tai()))[0]) == 2
    assert retained(np.array([1.6, 0.4])) == 1
    assert retained(np.array([1.2, 0.8])) == 2  # 60 % is not more than 60 %
    assert retained(np.ones(5)) == 4
    assert retained(np.array([9.0, 1.05, *[1 / 3] * 6])) == 1  # above 1, but not 10 %
    assert retained(np.array([1.6, 0.4]), 5) == 2


def test_two_children_weigh_alike_and_an_only_one_has_all_the_weight():
    assert weigh(PrincipalComponents(), tai()[:, :2]) == pytest.approx([0.5, 0.5])
    assert weigh(PrincipalComponents(), tai()[:, :1]).tolist() == [1]


def test_a_child_without_differences_gets_no_weight_and_is_named():
    x = tai()[:, :4]
    x[:, 2] = 7
    weights = weigh(PrincipalComponents(), x)
    assert weights[2] == 0
    assert weights.sum() == pytest.approx(1)
    assert "no weight for c, without differences" in said(PrincipalComponents(), x)


def test_only_units_with_all_values_count_and_the_remark_says_how_many():
    x = tai()
    x[:5, 0] = np.nan
    expected = weigh(PrincipalComponents(), tai()[5:])
    np.testing.assert_allclose(weigh(PrincipalComponents(), x), expected, rtol=1e-12)
    assert "from the 18 of 23 units that have all values" in said(PrincipalComponents(), x)


def test_a_remark_says_that_units_are_few_and_which_child_goes_against_the_others():
    remark = said(PrincipalComponents(form="pc1"), tai())
    assert "the first component explains 42% of the variance" in remark
    assert "23 units are few for 8 children" in remark
    assert "d goes against the others and counts for them" in remark  # exports, as in Table 8
    assert "2 factors explain 64% of the variance" in said(PrincipalComponents(), tai())


def test_too_few_whole_rows_are_refused():
    x = tai()
    x[2:, 3] = np.nan
    with pytest.raises(MethodError, match="2 units have all the values that weight = pca rests on"):
        weigh(PrincipalComponents(), x)
    x[:, 3] = np.nan
    with pytest.raises(MethodError, match="No units have all the values"):
        weigh(PrincipalComponents(), x)


def test_children_that_are_all_the_same_for_everybody_are_refused():
    with pytest.raises(MethodError, match="All its children are the same for every unit"):
        weigh(PrincipalComponents(), np.ones((9, 3)))


@pytest.mark.parametrize(("field", "value"), [("factors", 2), ("assign", "loading")])
def test_the_first_component_alone_takes_nothing_about_factors(field, value):
    with pytest.raises(ValidationError, match=f"{field} means nothing with form pc1"):
        PrincipalComponents(form="pc1", **{field: value})
