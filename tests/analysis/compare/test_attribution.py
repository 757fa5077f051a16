"""Which choice moved a country: exact, and equal to brute force over all orders."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

import softpower
from helpers.imaginary_index import write
from softpower.analysis.compare.attribution import MOST_CHOICES, attribute
from softpower.analysis.shared.changes import changes_between, mixture
from softpower.engine.score import score
from softpower.errors import UsageError
from softpower.index.find import shipped
from softpower.index.patch import apply
from softpower.methods.shapley import shapley

# OECD/JRC Handbook's TAI data under three choices (goalposts -> min-max, equal -> AHP weights,
# arithmetic -> geometric): scores and ranks of each subset, and the shares, worked out by hand.
SUBSETS = {
    "000": (63.4126218652, 6), "100": (50.3885978492, 6), "010": (57.6952304706, 11),
    "001": (56.8222511487, 5), "110": (43.9363625207, 11), "101": (41.1214753282, 5),
    "011": (52.6889372781, 6), "111": (33.8245553462, 11),
}  # fmt: skip
SHARES = [
    (-15.5394092777, 1.66666666667),
    (-6.10236199207, 4.66666666667),
    (-7.94629524926, -1.33333333333),
]


def test_the_shares_of_three_choices_for_the_netherlands_are_those_worked_out_by_hand():
    by_mask = [SUBSETS[f"{m & 1}{m >> 1 & 1}{m >> 2 & 1}"] for m in range(8)]
    shares = shapley([np.array(pair) for pair in by_mask])
    assert np.allclose(shares, SHARES, atol=1e-9)


def brute_force(first, players, unit):
    """Return the mean change of score and rank of a unit over all orders of the choices."""

    def outcome(taken):
        setup = apply(first.index, mixture(first, taken))
        ranking = score(setup.figures, setup.framework, setup.methodology)
        at = [u.id for u in ranking.units].index(unit)
        return np.array([ranking.scores[at], -ranking.ranks[at]])

    shares = np.zeros((len(players), 2))
    orders = list(permutations(range(len(players))))
    for order in orders:
        for n, i in enumerate(order):
            before = outcome([players[k] for k in order[:n]])
            shares[i] += outcome([players[k] for k in order[: n + 1]]) - before
    return shares / len(orders)


@pytest.mark.parametrize("unit", ["CHN", "DEU", "NRU"])
def test_the_shares_equal_the_mean_over_all_orders(unit):
    first = softpower.load("open-soft-power")
    second = softpower.load(
        "open-soft-power@geometric", set={"normalise": "zscore"}, weights={"culture": 40}
    )
    found = attribute(first, second)
    at = [u.id for u in found.units].index(unit)
    expected = brute_force(first, list(found.choices), unit)
    assert np.allclose(found.scores[:, at], expected[:, 0], atol=1e-9)
    assert np.allclose(found.ranks[:, at], expected[:, 1], atol=1e-9)


CASES = [(name, variant) for name in shipped() for variant in softpower.load(name).index.variants]


@pytest.mark.parametrize(("name", "variant"), CASES)
def test_the_rows_sum_to_the_change_for_every_shipped_index_and_variant(name, variant):
    first, second = softpower.load(name), softpower.load(f"{name}@{variant}")
    if not changes_between(first, second):
        with pytest.raises(UsageError, match="do not differ"):
            attribute(first, second)
        return
    found = attribute(first, second)
    before, after = first.score(), second.score()
    old = {u.id: i for i, u in enumerate(before.units)}
    new = {u.id: i for i, u in enumerate(after.units)}
    checked = 0
    for column, unit in enumerate(found.units):
        if np.isnan(found.ranks[:, column]).any():
            continue
        i, j = old[unit.id], new[unit.id]
        moved, gained = before.ranks[i] - after.ranks[j], after.scores[j] - before.scores[i]
        assert found.ranks[:, column].sum() == pytest.approx(moved, abs=1e-9)
        assert found.scores[:, column].sum() == pytest.approx(gained, abs=1e-9)
        checked += 1
    assert checked > len(before.units) / 2


def test_a_case_of_three_places_worked_out_by_hand(tmp_path):
    # Atlantis 90/10, Lemuria 48/48, Ruritania 20/70. Scores with equal weights and means:
    # arithmetic 50, 48, 45; geometric 30, 48, 37.4. With trade at 80 %: arithmetic 26, 48, 60;
    # geometric 15.5, 48, 54.5. The ranks of Ruritania are 3, 2, 1, 1: the geometric mean brings
    # (1 + 0) / 2 and the weights (2 + 1) / 2 places.
    folder = str(write(tmp_path))
    found = attribute(softpower.load(folder), softpower.load(f"{folder}@geometric+trade-first"))
    assert [choice.title for choice in found.choices] == ["aggregate", "weights.trade"]
    at = [u.id for u in found.units].index("Ruritania")
    assert found.ranks[:, at] == pytest.approx([0.5, 1.5])
    geometric, weighted = np.sqrt(20 * 70), 0.2 * 20 + 0.8 * 70
    both = 20**0.2 * 70**0.8
    expected = [
        ((geometric - 45) + (both - weighted)) / 2,
        ((weighted - 45) + (both - geometric)) / 2,
    ]
    assert found.scores[:, at] == pytest.approx(expected)


def test_choices_that_make_no_sense_apart_are_taken_together(tmp_path):
    folder = str(write(tmp_path))
    first = softpower.load(folder, set={"weight": "equal"})
    second = softpower.load(folder, weights={"trade": 80})
    found = attribute(first, second)
    assert found.bundled
    assert len(found.choices) == 1


def test_more_choices_than_can_be_enumerated_are_grouped():
    first = softpower.load("open-soft-power")
    weights = {i.id: 5.0 for i in first.setup.framework.indicators()[::3]}
    second = softpower.load("open-soft-power", weights=weights)
    assert len(changes_between(first, second)) > MOST_CHOICES
    found = attribute(first, second)
    assert found.bundled
    assert len(found.choices) <= MOST_CHOICES


def test_two_editions_have_no_choices_between_them():
    with pytest.raises(UsageError, match="explain"):
        attribute(softpower.load("gspi-2025"), softpower.load("gspi-2026"))
