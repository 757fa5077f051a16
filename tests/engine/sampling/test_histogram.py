"""Counts of places in two bytes, against counts in as many as are needed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.kernels import kernels, with_kernel
from softpower.engine.sampling import histogram
from softpower.engine.sampling.histogram import Histogram, RankCounts, most_bytes


@st.composite
def additions(draw):
    """Draws of some of a few units: the units, their places, and whether ties share the mean."""
    units = draw(st.integers(1, 5))
    halves = draw(st.booleans())
    many = []
    for _ in range(draw(st.integers(0, 6))):
        rows = draw(st.permutations(range(units)))[: draw(st.integers(1, units))]
        own = halves and draw(st.booleans())
        last = 2 * len(rows) - 2 if own else len(rows) - 1
        row = st.lists(st.integers(0, last), min_size=len(rows), max_size=len(rows))
        places = np.array(draw(st.lists(row, min_size=1, max_size=6)))
        many.append((np.array(rows), own, places, draw(st.booleans())))
    return units, halves, many


def taken(places, own, listed):
    """Return places (draws x units, steps from the first) as a block hands them on."""
    units, step = places.shape[1], 2 if own else 1
    cells = (places * units + np.arange(units)).ravel()
    if listed:
        return RankCounts(None, step, cells)
    whole = places % step == 0
    counts = np.zeros((units, units), dtype=np.int32)
    for row, there in zip(places // step, whole, strict=True):
        counts[row[there], np.flatnonzero(there)] += 1
    return RankCounts(counts, step, cells[~whole.ravel()])


@settings(deadline=None, max_examples=200)
@given(additions(), st.sampled_from([7, 2**15]), st.sampled_from([1, 8]), st.sampled_from([2, 256]))
def test_places_are_counted_however_many_and_whoever_has_them(case, full, read, strip):
    units, halves, many = case
    expected = np.zeros((units, 2 * units - 1 if halves else units), dtype=int)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(histogram, "FULL", full)
        patch.setattr(histogram, "READ", read)
        patch.setattr(histogram, "STRIP", strip)
        counted = Histogram(units, halves=halves)
        for rows, own, places, listed in many:
            whole = rows.tolist() == list(range(units))
            counted.add(taken(places, own, listed), len(places), slice(None) if whole else rows)
            for row in places * (2 if halves and not own else 1):
                expected[rows, row] += 1
        parts = list(counted.parts())
        some = list(range(units))[::-2]
        np.testing.assert_array_equal(counted.of(some), expected[some])
    found = np.zeros_like(expected)
    for part in parts:
        found[part.units, part.places] += part.counts
    np.testing.assert_array_equal(found, expected)
    assert sorted(unit for part in parts for unit in part.units) == list(range(units))


def test_no_more_places_are_read_than_units_are_near():
    counted = Histogram(2000, halves=True)
    order = np.random.default_rng(1).permutation(2000)
    counted.add(taken(order[None, :] * 2, True, False), 1)
    sizes = [part.counts.size for part in counted.parts()]
    assert max(sizes) <= histogram.READ
    assert sum(sizes) <= 2000 * 2 * 2 * histogram.STRIP


@pytest.mark.parametrize("strip", [4, 256])
@pytest.mark.parametrize("times", [1, 2**15 + 2])
def test_orders_of_units_are_counted_with_and_without_the_kernel(monkeypatch, strip, times):
    monkeypatch.setattr(histogram, "STRIP", strip)
    generator = np.random.default_rng(1)
    orders = np.array([generator.permutation(7) for _ in range(40)], dtype=np.uint16)
    rows = np.array([8, 1, 0, 5, 3, 2, 9])
    expected = np.zeros((10, 10), dtype=int)
    for order in orders:
        expected[rows[order], np.arange(7)] += times

    def counted():
        counts = Histogram(10, halves=False)
        for some in (orders[:1], orders[1:]) if times == 1 else orders[:, None]:
            taken = RankCounts(None, 1, np.empty(0, dtype=np.int64), some)
            counts.add(taken, len(some), rows, times)
        return counts.of(range(10))

    for kernel in (None, *kernels()):
        np.testing.assert_array_equal(with_kernel(kernel, counted), expected)


def test_a_cell_may_hold_more_than_two_bytes():
    counted = Histogram(2, halves=False)
    block = RankCounts(np.array([[1000, 0], [0, 1000]]), 1, np.empty(0, dtype=np.int64))
    for _ in range(200):
        counted.add(block, 1000)
    np.testing.assert_array_equal(counted.of([0, 1]), [[200_000, 0], [0, 200_000]])


@pytest.mark.parametrize("halves", [False, True])
def test_memory_is_two_bytes_for_each_place_where_all_units_have_all(halves):
    units = 512
    counted = Histogram(units, halves=halves)
    step = 2 if halves else 1
    for shift in range(counted.shape[1]):
        place = (np.arange(units) * step + shift) % counted.shape[1]
        counted.add(RankCounts(None, step, place * units + np.arange(units)), 1)
    assert (counted.of(range(units)) > 0).all()
    assert counted._strips.nbytes <= 1.07 * most_bytes(units, halves=halves)


def test_units_that_keep_near_a_place_take_little_memory():
    units = 5_000
    counted = Histogram(units, halves=True)
    for shift in range(-20, 21):
        place = np.clip(np.arange(units) + shift, 0, units - 1)
        counted.add(RankCounts(None, 2, 2 * place * units + np.arange(units)), 1)
    assert counted._strips.nbytes < most_bytes(units, halves=True) / 20
    assert counted.of([100])[0, 160:241:2].tolist() == [1] * 41
