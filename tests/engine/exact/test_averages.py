"""Means over all weights in closed form: by hand, and as draws approach them."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import softpower
from helpers.imaginary_index import write
from softpower.analysis.shared.admissible import Admissible
from softpower.engine.exact.averages import mean_ranks, score_moments, share_ahead, wins
from softpower.engine.exact.pairs import contamination, least_lead
from softpower.methods.space import WeightSpace


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return softpower.load(str(write(tmp_path_factory.mktemp("averages"))))


def test_shares_of_a_line_and_a_triangle():
    # On a line the plane cuts at 3/4; a triangle is cut off at one corner, halfway on both sides.
    assert share_ahead(np.array([[3.0, -1.0], [-3, 1], [0, 0], [1, 0]])).tolist() == pytest.approx(
        [0.75, 0.25, 0.5, 1]
    )
    assert share_ahead(np.array([[1.0, -1, -1], [1, 1, -1], [-1, -1, -1]])).tolist() == (
        pytest.approx([0.25, 0.75, 0])
    )


@given(st.lists(st.integers(-3, 3), min_size=2, max_size=5))
def test_one_side_and_the_other_are_the_whole(row):
    one, other = share_ahead(np.array([row, [-each for each in row]], dtype=float))
    if any(each == 0 for each in row) and len(set(row)) == 1:
        assert one == other == 0.5
    else:
        assert one + other == pytest.approx(1)
        assert bool(one == pytest.approx(1)) == (min(row) >= 0)


def test_moments_of_scores_on_paper(places):
    # Atlantis has 90 and 10: mean 50, variance 40 * 40 / 3.
    form = Admissible().form(places)
    mean, spread = score_moments(form)
    assert mean.tolist() == [50, 48, 45]
    assert spread.tolist() == pytest.approx([40 / 3**0.5, 0, 25 / 3**0.5])


def test_moments_and_mean_ranks_are_those_that_draws_approach():
    run = softpower.load("elcano-2021")
    form = Admissible().form(run)
    weights = np.random.default_rng(5).dirichlet(np.ones(form.values.shape[1]), 20_000)
    scores = weights @ form.values.T
    mean, spread = score_moments(form)
    np.testing.assert_allclose(mean, scores.mean(axis=0), rtol=0.03)
    np.testing.assert_allclose(spread, scores.std(axis=0), rtol=0.05)
    everyone = range(len(form.units))
    ahead = wins(form, everyone)
    drawn = (scores[:, [3]] > scores).mean(axis=0)
    np.testing.assert_allclose(ahead[3][drawn > 0], drawn[drawn > 0], atol=0.02)
    assert mean_ranks(ahead).sum() == pytest.approx(sum(range(1, len(form.units) + 1)))


def test_mean_ranks_on_paper(places):
    # Above Atlantis are Lemuria under w < 0.475 and Ruritania under w < 6/13; Lemuria is above
    # Ruritania under w > 0.44.
    form = Admissible().form(places)
    means = mean_ranks(wins(form, range(3)))
    expected = [1 + 0.475 + 6 / 13, 1 + 0.525 + 0.44, 1 + 7 / 13 + 0.56]
    assert means.tolist() == pytest.approx(expected)


def test_bounded_weights_and_other_means_have_no_closed_form(places):
    bounded = Admissible(WeightSpace.stated(within=25)).form(places)
    assert score_moments(bounded) is None
    assert wins(bounded, range(3)) is None
    geometric = softpower.load(places.identifier, set={"aggregate": "geometric"})
    assert score_moments(Admissible().form(geometric)) is None


def test_how_far_one_may_believe_in_other_weights(places):
    # Of Atlantis and Lemuria A = 2 at equal weights; under trade alone it is 38 behind.
    form = Admissible().form(places)
    margins = np.stack([least_lead(form, unit, range(3)) for unit in range(3)])
    found = contamination(form, range(3), margins)
    assert found[0, 1] == pytest.approx(2 / 40)
    assert found[1, 2] == pytest.approx(3 / (3 + 22))
    assert np.isnan(found[1, 0])


@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=2))
def test_a_pair_turns_where_so_much_is_believed_in_other_weights_and_no_sooner(rows):
    (one, other), own = np.array(rows, dtype=float), np.full(3, 1 / 3)
    form = SimpleNamespace(values=np.array([one, other]), region=SimpleNamespace(nominal=own))
    lead = (one - other).min()
    margins = np.array([[0.0, lead], [(other - one).min(), 0.0]])
    r = contamination(form, range(2), margins)[0, 1]
    if (one - other) @ own <= 1e-9:
        assert np.isnan(r)
        return
    least = min((one - other) @ ((1 - r) * own + r * corner) for corner in np.eye(3))
    assert least >= -1e-9
    assert r == 1 or least == pytest.approx(0, abs=1e-9)
