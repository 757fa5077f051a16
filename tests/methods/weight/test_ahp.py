"""Weights from judgements on pairs are those of the literature and of pymcdm."""

import numpy as np
import pytest
from pydantic import ValidationError

from helpers.weighed import TAI, said, weigh
from softpower.errors import MethodError
from softpower.methods.weight import AnalyticHierarchy
from softpower.methods.weight.ahp import consistency, principal_vector

NOTHING = np.zeros((0, 3))

# OECD/JRC Handbook (2008), Table 20, p. 97: judgements on technology achievement, upper half.
HANDBOOK = """
2 3 2 5 5 1 3
2 1/2 4 4 1/2 3
1/4 2 2 1/5 1/2
4 4 1/2 3
1 1/5 1/2
1/5 1/2
4
"""
# Saaty (1980), as quoted in scikit-criteria; Wang & Chin (2011), Information Sciences 181:5240.
SAATY = {"a/b": 3, "a/c": 3, "b/c": 2}
WANG = """
4 3 1 3 4
7 3 1/5 1
1/5 1/5 1/6
1 1/3
3
"""


def judgements(text, ids):
    """Return the judgements of an upper half, row by row."""
    rows = [line.split() for line in text.split("\n") if line]
    return {
        f"{ids[i]}/{ids[i + 1 + j]}": value
        for i, row in enumerate(rows)
        for j, value in enumerate(row)
    }


def weights(said_of, ids, **parameters):
    method = AnalyticHierarchy(judgements=said_of, **parameters)
    return weigh(method, np.zeros((2, len(ids))), ids=ids)


def matrix(text, ids):
    return AnalyticHierarchy(judgements=judgements(text, ids)).matrix(ids)


def test_the_weights_of_wang_and_chin_are_theirs(proof):
    printed = [0.3208, 0.1395, 0.0348, 0.1285, 0.2374, 0.1391]
    found = weights(judgements(WANG, "abcdef"), tuple("abcdef"), force=True)
    proof(AnalyticHierarchy, "Wang & Chin (2011)", found, printed, 6e-5)


def test_judgements_on_three_things_have_the_consistency_of_their_eigenvalue(proof):
    found = AnalyticHierarchy(judgements=SAATY).matrix(("a", "b", "c"))
    largest, vector = principal_vector(found)
    proof(AnalyticHierarchy, "numpy.roots: eigenvalue", largest, _largest_root(found), 1e-9)
    # (lambda - 3) / 2 / 0.58 with the eigenvalue 3.05362.
    proof(AnalyticHierarchy, "closed form: CR of 3", consistency(found), 0.0268107879 / 0.58, 1e-9)
    assert vector == pytest.approx([0.593634, 0.249311, 0.157056], abs=1e-6)


def _largest_root(found):
    """Return the largest root of ``l^3 - 3 l^2 - (det)``, the polynomial of reciprocal threes."""
    loop = found[0, 1] * found[1, 2] * found[2, 0]
    return max(np.roots([1, -3, 0, 2 - loop - 1 / loop]).real)


@pytest.mark.parametrize("text", [HANDBOOK, WANG], ids=["handbook", "wang"])
def test_other_software_gives_the_same_weights(text, proof):
    from pymcdm.weights.subjective import AHP

    ids = TAI if text is HANDBOOK else tuple("abcdef")
    found = weights(judgements(text, ids), ids, force=True)
    expected = AHP(matrix=matrix(text, ids))()
    proof(AnalyticHierarchy, "pymcdm", found, expected / expected.sum(), 1e-8)


def test_row_geometric_means_solve_the_least_squares_of_logarithms(proof):
    # Crawford & Williams (1985): the geometric means minimise the squares of the logarithms.
    a = matrix(HANDBOOK, TAI)
    pairs = [(i, j) for i in range(8) for j in range(8) if i != j]
    design = np.array([np.eye(8)[i] - np.eye(8)[j] for i, j in pairs])
    fit = np.linalg.lstsq(design, [np.log(a[i, j]) for i, j in pairs], rcond=None)[0]
    expected = np.exp(fit) / np.exp(fit).sum()
    found = weights(judgements(HANDBOOK, TAI), TAI, estimate="geometric-mean")
    proof(AnalyticHierarchy, "closed form: logarithmic least squares", found, expected, 1e-12)


def test_consistent_judgements_give_back_the_weights_behind_them():
    behind = np.array([0.5, 0.3, 0.2])
    ids = ("a", "b", "c")
    for estimate in ("eigenvector", "geometric-mean"):
        told = {"a/b": 5 / 3, "c/b": 2 / 3, "c/a": "2/5"}
        assert weights(told, ids, estimate=estimate) == pytest.approx(behind, abs=1e-12)


def test_siblings_without_judgements_keep_their_stated_weights():
    method = AnalyticHierarchy(judgements={"x/y": 3})
    assert weigh(method, NOTHING, stated=[1, 2, 1]).tolist() == [0.25, 0.5, 0.25]
    assert method.takes(("a", "b"))
    assert not method.takes(("x", "y"))
    assert said(method, NOTHING) == ""


def test_judgements_on_what_is_left_out_do_not_count():
    assert weights({"a/b": 3, "a/gone": 5, "b/gone": 2}, ("a", "b")) == pytest.approx([0.75, 0.25])
    assert weigh(AnalyticHierarchy(judgements={"a/gone": 5}), [[1.0]]).tolist() == [1]


def test_several_experts_count_by_the_geometric_mean_of_their_judgements():
    found = weights([{"a/b": 2}, {"b/a": 0.125}], ("a", "b"))
    assert found == pytest.approx([0.8, 0.2])  # sqrt(2 * 8) = 4


def test_contradictions_are_remarked_upon_and_then_refused():
    doubtful = AnalyticHierarchy(judgements={"a/b": 2, "b/c": 2, "a/c": "7/5"})
    assert 0.1 < consistency(doubtful.matrix(("a", "b", "c"))) < 0.2
    assert said(doubtful, NOTHING) == "judgements contradict one another (CR 0.11)"
    wild = {"a/b": 3, "b/c": 3, "c/a": 3}
    with pytest.raises(MethodError, match=r"contradict one another \(CR 1.15, above 0.2\)"):
        weights(wild, ("a", "b", "c"))
    assert weights(wild, ("a", "b", "c"), force=True) == pytest.approx([1 / 3] * 3)


def test_a_pair_without_judgement_is_named():
    with pytest.raises(MethodError, match=r'no judgement on b and c.*Add "b/c"'):
        weights({"a/b": 2, "a/c": 2}, ("a", "b", "c"))
    with pytest.raises(MethodError, match="no judgement on b and c"):
        AnalyticHierarchy(judgements={"a/b": 2, "a/c": 2}).fits([("x",), ("a", "b", "c")])


def test_judgements_on_what_are_no_siblings_are_refused():
    with pytest.raises(MethodError, match="a/x compares what are no siblings"):
        AnalyticHierarchy(judgements={"a/x": 2}).fits([("a", "b"), ("x", "y")])


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"a/b": 3, "b/a": 3}, "contradict each other"),
        ({"a": 3}, "is no pair"),
        ({"a/a": 1}, "is no pair"),
        ({"a/b/c": 1}, "is no pair"),
        ({"a/b": "1/0"}, "is no number"),
        ({"a/b": "1/2/3"}, "is no number"),
        ({"a/b": "²"}, "is no number"),
        ({"a/b": "1e400"}, "finite number"),
        ({"a/b": "1e999999999"}, "finite number"),
        ({"a/b": "much"}, "is no number"),
        ({"a/b": -2}, "greater than 0"),
        ({}, "there is no judgement"),
        ([], "at least 1 item"),
    ],
)
def test_what_is_no_judgement_is_refused(told, why):
    with pytest.raises(ValidationError, match=why):
        AnalyticHierarchy(judgements=told)


def test_a_reciprocal_that_agrees_is_welcome():
    assert weights({"a/b": 3, "b/a": "1/3"}, ("a", "b")) == pytest.approx([0.75, 0.25])


@pytest.mark.parametrize(
    ("k", "random"),
    # Saaty (1980), as OECD/JRC Handbook (2008), sec. 6.7, and the formula of the method quote it.
    [(3, 0.58), (4, 0.90), (5, 1.12), (6, 1.24), (7, 1.32), (8, 1.41), (9, 1.45), (10, 1.49),
     (11, 1.51), (12, 1.48), (13, 1.56), (14, 1.57), (15, 1.59), (16, 1.59)],
)  # fmt: skip
def test_consistency_is_measured_by_that_of_random_judgements_on_as_many(k, random):
    judgements = np.ones((k, k))
    judgements[0, 1], judgements[1, 0] = 4.0, 0.25
    largest = max(np.linalg.eigvals(judgements).real)
    assert consistency(judgements) == pytest.approx((largest - k) / (k - 1) / random, rel=1e-9)
