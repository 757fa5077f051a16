"""How errors of figures become errors of scores: by hand, by draws, and one against the other."""

from dataclasses import replace

import numpy as np
import pytest

import softpower
from softpower.analysis.shared.propagation import estimates
from softpower.errors import MethodError


def with_errors(run, times):
    """Return a run whose figures have errors so many times as large."""
    figures = run.setup.figures
    errors = np.array(figures.errors) * times
    return replace(run, setup=replace(run.setup, figures=replace(figures, errors=errors)))


def test_errors_go_through_a_weighted_sum_exactly(places):
    run = softpower.load(places, weights={"music": 75})
    found = estimates(run)
    expected = np.hypot(0.75 * 3, 0.25 * 4)
    np.testing.assert_allclose(found.covariance, np.eye(4) * expected**2, atol=1e-12)
    assert found.how == "delta"
    assert "leaves out 0.0% of a variance" in found.notes[0]


@pytest.mark.parametrize("changes", [{"aggregate": "geometric"}, {"normalise": "zscore"}, {}])
def test_the_delta_method_and_simulation_agree_where_scores_are_smooth(places, changes):
    # Errors a tenth as large, so that what is not linear does not count.
    run = with_errors(softpower.load(places, set=changes), 0.1)
    found = estimates(run, "both", draws=500)
    assert found.how == "delta"
    np.testing.assert_allclose(found.errors, found.beside, rtol=0.1)
    assert any(note.startswith("The two ways agree") for note in found.notes)


def test_a_shared_anchor_makes_scores_go_with_each_other(places):
    """Where the largest figure is the anchor, its error moves the scores of all others."""
    changes = {"normalise": "minmax", "indicators.music.normalise": "minmax"}
    run = softpower.load(places, set=changes, omit=["ships"])
    found = estimates(with_errors(run, 0.1), "delta")
    # y = (x - 5) / (90 - 5): dy/d90 = -y / 85 and dy/d5 = (y - 1) / 85, both of error 0.3.
    y = np.array([1, 43 / 85, 15 / 85, 0])
    part = np.array([0, 1, 1, 0]) * 0.3 / 85
    anchors = np.outer(y, y) + np.outer(1 - y, 1 - y)
    np.fill_diagonal(anchors, y**2 + (1 - y) ** 2)
    expected = anchors * (0.3 / 85) ** 2 * np.outer(part > 0, part > 0)
    expected += np.diag(part**2)
    scale = run.score().scores.max() or 1.0
    np.testing.assert_allclose(found.covariance / scale**2, expected, rtol=1e-4, atol=1e-12)


def test_where_scores_bend_they_are_simulated_and_the_answer_says_so(places):
    run = softpower.load(places, set={"normalise": "rank"})
    found = estimates(run)
    assert found.how == "simulation"
    assert "from 2,000 draws" in found.notes[0]
    assert "scores go in steps, for 8 figures move none" in found.notes[1]
    assert estimates(run, "delta").how == "delta"
    near = with_errors(run, 7)
    assert "scores bend within the errors" in estimates(near).notes[1]
    asked = estimates(near, "delta")
    both = estimates(near, "both", draws=400)
    assert both.how == "simulation"
    np.testing.assert_array_equal(both.beside, asked.errors)
    assert any(note.startswith("The two ways do not agree") for note in both.notes)


def test_what_the_delta_method_leaves_out_is_the_second_order_term():
    """Of ln x at 10, error 1: slope ln(11/9)/2 = 0.100, bend ln(0.99)/2 = -0.0050."""
    assert "leaves out 0.5% of a variance at most" in estimates(logarithms(1.0)).notes[0]
    # Error 5: slope ln(3)/2 = 0.549 and bend ln(0.75)/2 = -0.144, so 0.0414 of 0.343.
    found = estimates(logarithms(5.0), "both", draws=400)
    assert "leaves out 12% of a variance at most (more than 5%)" in found.notes[1]
    ratio = found.errors[0] / found.beside[0]
    assert found.beside[0] == pytest.approx(np.log(3) / 2)
    assert f"{ratio:.2f} (Atlantis) to {ratio:.2f} (Atlantis) times" in found.notes[2]
    assert f"{ratio:.2f} in the middle" in found.notes[2]


def logarithms(error):
    """Return a run whose scores are logarithms of figures, of which one has an error."""
    pd = pytest.importorskip("pandas")
    rows = [("Atlantis", 10.0, error), ("Lemuria", 5.0, None)]
    frame = pd.DataFrame(rows, columns=["unit", "value", "standard_error"])
    index = softpower.index_from(
        frame.assign(indicator="music"),
        id="logarithms",
        units="other",
        methodology={"normalise": "none"},
        indicators={"music": {"transform": "log"}},
    )
    return softpower.load(index)


def test_simulation_draws_the_errors_of_a_weighted_sum(places):
    found = estimates(softpower.load(places), "simulation", draws=4_000)
    # The errors of 3 and 4 with weights of one half: sqrt(1.5^2 + 2^2) = 2.5.
    np.testing.assert_allclose(found.errors, 2.5, rtol=0.04)
    off = found.covariance - np.diag(np.diag(found.covariance))
    assert np.abs(off).max() < 0.08 * 2.5**2


def test_where_a_method_refuses_a_figure_one_error_off_scores_are_simulated(places):
    run = with_errors(softpower.load(places, set={"indicators.ships.transform": "log"}), 4)
    for how in ("delta", "both"):
        with pytest.raises(MethodError, match="not above zero"):
            estimates(run, how)
    assert estimates(run).notes[1].startswith("The delta method fails.")


def test_a_figure_that_counts_nothing_does_not_make_scores_go_in_steps(places):
    run = softpower.load(places, weights={"music": 100, "ships": 0})
    found = estimates(run)
    assert found.how == "delta"
    np.testing.assert_allclose(found.errors, 3)
