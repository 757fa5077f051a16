"""Weights between those that people stated: three imaginary places, see ../robustness/test_people.

Under a weight ``w`` of arts Atlantis has ``10 + 80 w``, Lemuria 48 and Ruritania ``70 - 50 w``.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import softpower
from helpers.imaginary_index import write
from helpers.movable import form
from softpower.engine.exact.changes import smallest_change
from softpower.engine.exact.extremes import extreme_rank
from softpower.errors import UsageError
from softpower.methods.polytope import Polytope
from softpower.methods.ties import rank

TOLD = "person,arts,trade\nBen,1,3\nDora,8,2\n"
"""Weights of arts of 25 and 80 %."""


@pytest.fixture(name="places", scope="module")
def _places(tmp_path_factory):
    return str(write(tmp_path_factory.mktemp("mixtures")))


@pytest.fixture(name="told")
def _told(tmp_path):
    def told(text=TOLD):
        (tmp_path / "people.csv").write_text(text, encoding="utf-8")
        return str(tmp_path / "people.csv")

    return told


def ends(answer):
    return [(row["best"], row["worst"]) for row in answer.table("reach").records()]


def test_a_mixture_may_rank_as_nobody_does(places, told):
    # Ben has Ruritania first, and Dora Atlantis; between 44 and 47.5 % of arts Lemuria is.
    file = told()
    assert ends(softpower.reach(places, all=True, weights=file)) == [(1, 3), (1, 2), (1, 3)]
    own = softpower.robustness(places, weights=file).table("robustness").records()
    assert [(row["best"], row["worst"]) for row in own] == [(1, 3), (2, 2), (1, 3)]
    assert ends(softpower.reach(places, all=True, weights=told(TOLD.replace("1,3", "6,4")))) == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]


def test_which_reading_is_taken_is_said(places, told):
    answer = softpower.reach(places, "Lemuria", weights=told())
    assert "Any mixture of the weights that people stated is admissible. " in answer.notes[1]
    facts = {row["fact"]: row["value"] for row in answer.table("settings").records()}
    assert facts["May move"] == "2 weights (mixtures of those in people.csv)"
    assert answer.provenance["reach"]["space"] == ["people.csv"]


def test_the_smallest_change_ends_in_a_mixture(places, told):
    # Lemuria passes Atlantis below 47.5 %, which is between 46 and 80 %, and not below 48 %.
    near = softpower.flip(
        places, ["Atlantis", "Lemuria"], weights=told("person,arts,trade\nA,46,54\nB,8,2\n")
    )
    assert near.provenance["flip"]["size"] == pytest.approx(0.05)
    far = softpower.flip(
        places, ["Atlantis", "Lemuria"], weights=told("person,arts,trade\nA,48,52\nB,8,2\n")
    )
    assert not far.holds


def test_a_claim_is_proven_for_mixtures(places, told):
    answer = softpower.claim(
        places, ["Lemuria > Ruritania"], weights=told("person,arts,trade\nA,5,5\nB,8,2\n")
    )
    assert answer.provenance["proven"]["claims"][0]["for"] == "all"
    some = softpower.claim(places, ["Lemuria > Ruritania"], weights=told())
    assert some.provenance["proven"]["claims"][0]["for"] == "some"


def test_sensitivity_draws_one_of_the_people(places, told):
    answer = softpower.sensitivity(
        places, vary="aggregate=arithmetic,geometric", weights=told(), draws=256, of="Lemuria"
    )
    # Lemuria is second under the weights of either, by either mean, though not under mixtures.
    rows = answer.tables[0].records()
    assert [(row["first"], row["total"]) for row in rows] == [(None, None)] * 2
    assert any("those that a person of people.csv stated" in note for note in answer.notes)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"within": 25}, "go without `within`"),
        ({"levels": "all"}, "go without `levels`"),
        ({"draws": 100}, "are not drawn"),
    ],
)
def test_what_people_stated_goes_alone(places, told, asked, message):
    with pytest.raises(UsageError, match=message):
        softpower.reach(places, "Lemuria", weights=told(), **asked)


def test_a_word_is_no_table_of_people(places):
    with pytest.raises(UsageError, match="no table of weights that people stated"):
        softpower.reach(places, "Lemuria", weights="simplex")


def test_squares_of_mixtures_are_refused(places, told):
    with pytest.raises(UsageError, match="not found among mixtures"):
        softpower.flip(places, ["Atlantis", "Lemuria"], weights=told(), squares=True)


CORNERS = np.array([[0.6, 0.2, 0.2], [0.2, 0.6, 0.2], [0.3, 0.3, 0.4]])


def test_what_lies_between_bounds_need_be_no_mixture():
    mixtures = Polytope.mixtures(CORNERS)
    assert mixtures.holds(CORNERS.mean(axis=0))
    assert mixtures.holds(CORNERS[0])
    assert not mixtures.holds(np.array([0.2, 0.4, 0.4]))
    drawn = mixtures.sampled(np.random.default_rng(1).random((50, 3)))
    assert all(mixtures.holds(weights) for weights in drawn)
    assert drawn.mean(axis=0) == pytest.approx(CORNERS.mean(axis=0), abs=0.05)


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 3), min_size=4, max_size=4))
def test_no_mixture_of_a_grid_leads_further(table):
    found = form(dict(zip("abc", zip(*table, strict=True), strict=True)), mixtures=CORNERS)
    steps = np.arange(21) / 20
    a, b = np.meshgrid(steps, steps)
    shares = np.column_stack([a.ravel(), b.ravel(), 1 - a.ravel() - b.ravel()])
    weights = shares[shares[:, 2] >= -1e-9] @ CORNERS
    ranks = rank(found.scores(weights), magnitude=9.0)
    for unit in range(len(table)):
        best, worst = (extreme_rank(found, unit, end, 1) for end in ("best", "worst"))
        assert best.bound <= ranks[:, unit].min()
        assert worst.bound >= ranks[:, unit].max()
        assert all(found.region.holds(end.weights) for end in (best, worst))
    change = smallest_change(found.region, np.array([[1.0, -1.0, 0.0]]))
    assert change is not None
    assert change.size == pytest.approx(np.abs(change.weights - found.region.nominal).sum())
    inside = weights[weights[:, 0] >= weights[:, 1] - 1e-9]
    assert change.size <= np.abs(inside - found.region.nominal).sum(axis=1).min() + 1e-9


@pytest.mark.parametrize("rows", ["A,60,40\n", "A,60,40\nB,6,4\n"])
def test_people_of_one_mind_leave_nothing_to_move(places, told, rows):
    with pytest.raises(UsageError, match=r"All people in people\.csv state the same weights"):
        softpower.reach(places, all=True, weights=told("person,arts,trade\n" + rows))
