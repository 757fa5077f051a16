"""Weights by the spread of values: published examples, pymcdm and scikit-criteria."""

import numpy as np
import pytest

from helpers.weighed import minmax, said, tai, weigh
from softpower.errors import MethodError
from softpower.methods.weight import Critic, Entropy, Gini, StandardDeviation

# Elsayed, Dawood & Karthikeyan (2017), IJETT 46:60-66, as quoted in the tests of pymcdm.
ELSAYED = [
    [7, 312, 1891, 6613, 163],
    [72, 88, 728, 941804, 1078],
    [10, 252, 2594, 3466, 117471],
    [10, 145, 980, 2371, 86329],
    [65, 54, 350, 501, 29897],
    [29, 48, 380, 912, 34051],
    [7, 476, 3300, 78470, 2212],
    [70, 87, 650, 733, 819000],
    [4, 86, 591, 3015, 103],
    [12, 79, 579, 3240, 96098],
    [21, 45, 261, 1253, 453],
    [1, 72, 530, 4333, 0.1048],
]
# Diakoulaki, Mavrotas & Papayannakis (1995), C&OR 22:763-770, as quoted in scikit-criteria.
DIAKOULAKI = [
    [61, 1.08, 4.33],
    [20.7, 0.26, 4.34],
    [16.3, 1.98, 2.53],
    [9, 3.29, 1.65],
    [5.4, 2.77, 2.33],
    [4, 4.12, 1.21],
    [-6.1, 3.52, 2.1],
    [-34.6, 3.31, 0.98],
]
# Tus & Adali (2019), OPSEARCH 56:528-538, as quoted in the tests of pymcdm.
TUS = [
    [5000, 3, 3, 4, 3, 2],
    [680, 5, 3, 2, 2, 1],
    [2000, 3, 2, 3, 4, 3],
    [600, 4, 3, 1, 2, 2],
    [800, 2, 4, 3, 3, 4],
]
# Jahan & Edwards (2013), Materials & Design 49:1000, as quoted in the tests of pymcdm.
JAHAN = [
    [0, 0, 0],
    [0.39, 0.3, 0.77],
    [0.17, 0.36, 0.8],
    [0.35, 0.29, 0.93],
    [0.3, 0.4, 0.94],
    [0.84, 0.71, 1],
    [1, 1, 0.99],
]


def test_entropy_gives_published_weights(proof):
    printed = [0.104991, 0.069124, 0.071373, 0.449937, 0.304575]
    proof(Entropy, "Elsayed et al. (2017)", weigh(Entropy(), ELSAYED), printed, 1e-6)
    by_hand = [0.358889, 0.641111]  # scikit-criteria's own example of two units
    proof(Entropy, "scikit-criteria", weigh(Entropy(), [[1, 2], [4, 16]]), by_hand, 1e-6)


def test_critic_gives_published_weights(proof):
    printed = [0.20222554, 0.48090173, 0.31687273]
    found = weigh(Critic(), DIAKOULAKI)
    proof(Critic, "Diakoulaki et al. (1995)", found, printed, 1e-8)
    printed = [0.157, 0.249, 0.168, 0.121, 0.154, 0.151]
    proof(Critic, "Tus & Adali (2019)", weigh(Critic(), TUS), printed, 0.0006)


def test_standard_deviation_gives_published_weights(proof):
    printed = [0.35, 0.31, 0.34]
    found = weigh(StandardDeviation(), JAHAN)
    proof(StandardDeviation, "Jahan & Edwards (2013)", found, printed, 0.0051)


def test_gini_coefficients_have_a_closed_form(proof):
    # One of n has everything: (n - 1) / n. Values 1..n: (n - 1) / (3 n), here 9/30 for n = 10.
    x = np.column_stack([np.eye(10)[0], np.arange(1, 11), np.ones(10)])
    expected = np.array([9 / 10, 9 / 30, 0])
    found = weigh(Gini(), x)
    proof(Gini, "closed form: one has all; 1 to 10", found, expected / expected.sum(), 1e-12)


ORACLES = [
    (Entropy, "entropy_weights", "entropy_weights"),
    (Critic, "critic_weights", None),
    (StandardDeviation, "standard_deviation_weights", "std_weights"),
    (Gini, "gini_weights", "gini_weights"),
]


@pytest.mark.parametrize(("method", "pymcdm", "skcriteria"), ORACLES)
def test_other_software_gives_the_same_weights(method, pymcdm, skcriteria, proof):
    import pymcdm.weights as theirs
    from skcriteria.preprocessing import weighters

    x = minmax(tai()) * 99 + 1
    found = weigh(method(), x)
    expected = getattr(theirs, pymcdm)(minmax(x) if method is Critic else x)
    proof(method, "pymcdm", found, expected / expected.sum(), 1e-12)
    if skcriteria is None:
        expected = weighters.critic_weights(x, objectives=np.ones(8), scale=True)
    else:
        expected = getattr(weighters, skcriteria)(x)
    proof(method, "scikit-criteria", found, expected / expected.sum(), 1e-12)


@pytest.mark.parametrize("method", [Entropy(), Gini()], ids=repr)
def test_negative_values_are_refused(method):
    with pytest.raises(MethodError, match=r"b has negative values.*Normalise from zero"):
        weigh(method, [[1, 2], [2, -1], [3, 4]])


@pytest.mark.parametrize("method", [Entropy(), Critic(), StandardDeviation(), Gini()], ids=repr)
def test_a_child_without_differences_gets_no_weight(method):
    x = np.column_stack([tai()[:, 0], np.full(23, 3.0), tai()[:, 2]])
    weights = weigh(method, x)
    assert weights[1] == 0
    np.testing.assert_allclose(weights[[0, 2]], weigh(method, x[:, [0, 2]]), rtol=1e-12)
    assert "no weight for b, without differences" in said(method, x)


def test_siblings_that_move_as_one_leave_critic_without_weights():
    one = tai()[:, 0]
    with pytest.raises(MethodError, match="None of its children has anything"):
        weigh(Critic(), np.column_stack([one, 2 * one + 3]))


def test_zeros_are_no_obstacle_to_entropy():
    assert weigh(Entropy(), [[0, 0], [0, 1], [5, 1]]) == pytest.approx(
        [1 / (2 - np.log(2) / np.log(3)), (1 - np.log(2) / np.log(3)) / (2 - np.log(2) / np.log(3))]
    )


def test_standard_scores_all_weigh_alike_by_their_standard_deviation():
    z = (tai() - tai().mean(axis=0)) / tai().std(axis=0)
    assert weigh(StandardDeviation(), z) == pytest.approx([1 / 8] * 8)


@pytest.mark.parametrize("seed", range(5))
def test_noise_in_correlations_of_one_is_no_conflict(seed):
    x = np.random.default_rng(seed).random(30)
    with pytest.raises(MethodError, match="None of its children"):
        weigh(Critic(), np.column_stack([x, 3 * x + 0.1, x / 7]))


def test_a_conflict_however_slight_is_more_than_noise():
    x = np.random.default_rng(0).random(30)
    nearly = x.copy()
    nearly[0] += 1e-5
    weights = weigh(Critic(), np.column_stack([x, nearly]))
    assert weights == pytest.approx([0.5, 0.5], abs=1e-3)
