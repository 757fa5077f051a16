"""Two rankings agree as far as printed examples, scipy and counting by hand say."""

import re
from dataclasses import asdict, fields
from itertools import permutations, product
from tracemalloc import get_traced_memory, start, stop

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from softpower.analysis.shared.agreement import (
    agreement,
    agreement_by_depth,
    kendall_tau_b,
    max_shift,
    mean_shift,
    rbo,
    spearman,
    top_jaccard,
    top_overlap,
    weighted_tau,
)
from softpower.errors import MethodError, UsageError
from softpower.methods.ties import rank

CORRELATIONS = [spearman, kendall_tau_b, weighted_tau]

# Twenty made-up units with ties in both scores. The figures expected of them come from loops over
# all pairs and from scipy 1.17.1, both run on the scores; 12 digits are given.
TWENTY = (
    [9, 0, 8, 13, 7, 6, 10, 18, 18, 12, 4, 16, 19, 17, 2, 1, 5, 14, 15, 11],
    [
        *(7.57956070049, 2.10126515063, 2.53317214091, 6.08560427854, 6.08560427854),
        *(2.77987834551, 5.84216031638, -1.51666134939, 21.0518987989, 6.58085185219),
        *(0.629952679177, 16.4077648888, 14.148299014, 12.3784896047, 8.75130899796),
        *(0.420592774754, 3.50540524775, 22.5951563911, 18.9860231366, 13.305726342),
    ],
)
# The example in the documentation of scipy.stats.weightedtau, which is Vigna's.
VIGNA = ([12, 2, 1, 12, 2], [1, 4, 7, 1, 0])


def ranks_of(scores):
    return rank(np.array(scores, dtype=float))


def both(pair):
    return ranks_of(pair[0]), ranks_of(pair[1])


def test_heights_and_weights_of_the_handbook_have_the_printed_kendall_correlation():
    # OECD/JRC (2008), Handbook on Constructing Composite Indicators, box 7, page 81: 22 pairs
    # agree, "0.57", there called W.
    height, weight = np.arange(1.0, 9), np.array([3.0, 4, 1, 2, 5, 7, 8, 6])
    assert kendall_tau_b(height, weight) == pytest.approx(4 * 22 / (8 * 7) - 1, abs=1e-12)
    assert kendall_tau_b(height, weight) == pytest.approx(0.57, abs=0.005)


def test_the_example_of_the_scipy_documentation_has_its_correlations():
    assert weighted_tau(*both(VIGNA)) == pytest.approx(-0.56694968153682723, abs=1e-12)
    assert kendall_tau_b(*both(VIGNA)) == pytest.approx(-0.47140452079103173, abs=1e-12)
    assert spearman(*both(VIGNA)) == pytest.approx(-0.540738070436, abs=1e-12)


def test_twenty_units_agree_as_loops_over_all_pairs_say():
    first, second = both(TWENTY)
    assert spearman(first, second) == pytest.approx(0.58690744921, abs=1e-11)
    assert kendall_tau_b(first, second) == pytest.approx(0.455026455026, abs=1e-11)
    assert weighted_tau(first, second) == pytest.approx(0.451631552552, abs=1e-11)
    assert mean_shift(first, second) == 3.5
    assert max_shift(first, second) == 18
    for k, overlap, jaccard in [(3, 1 / 3, 0.2), (5, 0.6, 3 / 7), (10, 0.8, 2 / 3)]:
        assert top_overlap(first, second, k) == pytest.approx(overlap)
        assert top_jaccard(first, second, k) == pytest.approx(jaccard)


def lists(*texts):
    """Return the ranks in lists such as ``"a (b c) d"``: units not in a list share its end."""
    placed, units = [], set()
    for text in texts:
        end, places = 1, {}
        for tied, single in re.findall(r"\(([^)]*)\)|(\w+)", text):
            group = tied.split() or [single]
            places |= dict.fromkeys(group, end)
            end += len(group)
        placed.append((places, end))
        units |= set(places)
    return [np.array([float(places.get(u, end)) for u in sorted(units)]) for places, end in placed]


WEBBER = lists("a b c d e f g", "z c a v w x y")


def test_the_lists_of_webber_have_the_printed_average_overlap_and_those_counted_at_each_depth():
    # Webber, Moffat & Zobel (2010), figure 5: the average overlap at depth 7 is 0.312. By hand, a
    # and c are the only units in both lists, from depth 3 on.
    agreed = agreement_by_depth(*WEBBER)[:7]
    np.testing.assert_allclose(agreed, [0, 0, 2 / 3, 2 / 4, 2 / 5, 2 / 6, 2 / 7], atol=1e-15)
    assert agreed.mean() == pytest.approx(0.312, abs=0.0005)


@pytest.mark.parametrize(
    ("texts", "half", "nine_tenths", "nearly_one"),
    [
        (("a b c d e f g", "z c a v w x y"), 0.136755952381, 0.288217285714, 0.288720160363),
        (("a b c d e", "b a c d e"), 0.5, 0.9, 0.98),
        (("a b c d e", "a b c e d"), 0.984375, 0.981775, 0.99529404),
        (("a b c d e", "f g h i j"), 0, 0, 0),
        (("a b c d e f g", "a b c d e f g"), 1, 1, 1),
    ],
)
def test_lists_overlap_as_the_package_rbo_says(texts, half, nine_tenths, nearly_one):
    # The package rbo 0.1.3 (rbo_ext), figures to 12 digits.
    depth = len(texts[0].split())
    for p, expected in ((0.5, half), (0.9, nine_tenths), (0.98, nearly_one)):
        assert rbo(*lists(*texts), p, depth) == pytest.approx(expected, abs=1e-9)


# The programs of Corsi & Urbano (https://github.com/julian-urbano/sigir2024-rbo, MIT licence):
# four lists of equal length from rbo/test.csv, column a.ext.
CORSI_URBANO = [
    ("i3 (i1 i5 i7) i9", "(i1 i9) i7 i3 i4", 0.930093081332594, 0.678580739450433),
    ("i2 i5 i3 (i1 i4)", "i5 i8 i2 (i3 i9)", 0.968922741966306, 0.580994268838527),
    (
        "i14 (i5 i12 i16) (i1 i17) (i3 i11) i8",
        "i12 i3 i17 i9 i8 i4 i15 (i13 i14)",
        0.942991097099648,
        0.438090212407969,
    ),
    (
        "i5 (i9 i26) i21 i1 i11 i8 (i7 i17) i23 (i12 i15) i13",
        "i13 (i14 i22) (i7 i20) (i9 i25) (i6 i10 i23) (i4 i18) i3",
        0.908711666481576,
        0.156889595572318,
    ),
]


@pytest.mark.parametrize(("first", "second", "p", "expected"), CORSI_URBANO)
def test_lists_with_ties_overlap_as_the_programs_of_corsi_and_urbano_say(
    first, second, p, expected
):
    depth = len(re.findall(r"\w+", first))
    assert rbo(*lists(first, second), p, depth) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("p", "expected"), [(0.5, 0.40078125), (0.9, 0.83818125), (0.98, 0.964795176912)]
)
def test_complete_rankings_with_ties_overlap_as_the_mean_over_all_tie_breakings(p, expected):
    first, second = both(([5, 4, 4, 3, 3, 3, 1], [4, 5, 3, 3, 2, 1, 1]))
    assert rbo(first, second, p) == pytest.approx(expected, abs=1e-11)


def broken(ranks):
    """Return every order of the units that the ranks allow."""
    groups = [np.flatnonzero(ranks == value).tolist() for value in sorted(set(ranks.tolist()))]
    orders = product(*(permutations(group) for group in groups))
    return [[unit for group in order for unit in group] for order in orders]


def rbo_of_orders(one, other, p):
    """Return equation 32 of Webber et al. by sets."""
    size = len(one)
    agreed = [len({*one[:d]} & {*other[:d]}) / d for d in range(1, size + 1)]
    tail = sum(a * p**d for d, a in enumerate(agreed, 1))
    return agreed[-1] * p**size + (1 - p) / p * tail


@st.composite
def tied_pair(draw, most=40):
    """Return two rankings of the same units with ties or without."""
    size = draw(st.integers(1, most))
    scores = st.integers(0, draw(st.integers(0, 2 * size))).map(float)
    return tuple(rank(draw(arrays(float, size, elements=scores))) for _ in range(2))


often = settings(derandomize=True, deadline=None, max_examples=60)


@often
@given(tied_pair(most=5), st.sampled_from([0.2, 0.9, 0.98]))
def test_rank_biased_overlap_is_its_mean_over_all_ways_to_break_ties(pair, p):
    ways = [
        rbo_of_orders(one, other, p) for one, other in product(broken(pair[0]), broken(pair[1]))
    ]
    assert rbo(*pair, p) == pytest.approx(sum(ways) / len(ways), abs=1e-12)


def with_scipy(first, second):
    """Return what scipy says of the scores that have these ranks."""
    if np.ptp(first) == 0 or np.ptp(second) == 0:
        return [None, None, None]
    return [
        float(stats.spearmanr(-first, -second).statistic),
        float(stats.kendalltau(-first, -second).statistic),
        float(stats.weightedtau(-first, -second).statistic),
    ]


@often
@given(tied_pair())
def test_correlations_are_those_of_scipy_or_none_where_all_are_tied(pair):
    ours = [measure(*pair) for measure in CORRELATIONS]
    assert ours == pytest.approx(with_scipy(*pair), abs=1e-12)


@pytest.mark.parametrize("levels", [3, 400, 10**9])
def test_correlations_of_5000_units_are_those_of_scipy_and_take_little_memory(levels):
    random = np.random.default_rng(7)
    first, second = (rank(random.integers(0, levels, 5000).astype(float)) for _ in range(2))
    expected = with_scipy(first, second)
    start()
    ours = agreement(first, second)
    peak = get_traced_memory()[1]
    stop()
    found = [ours.spearman, ours.kendall_tau_b, ours.weighted_tau]
    assert found == pytest.approx(expected, abs=1e-12)
    assert peak < 5000 * 8 * 100


@often
@given(tied_pair())
def test_shifts_and_first_places_are_those_counted_one_by_one(pair):
    moves = [abs(a - b) for a, b in zip(*(ranks.tolist() for ranks in pair), strict=True)]
    first, second = ({i for i, r in enumerate(ranks) if r <= 3} for ranks in pair)
    assert mean_shift(*pair) == pytest.approx(sum(moves) / len(moves))
    assert max_shift(*pair) == max(moves)
    assert top_overlap(*pair, 3) == len(first & second) / min(3, len(moves))
    assert top_jaccard(*pair, 3) == len(first & second) / len(first | second)


@often
@given(tied_pair())
def test_it_does_not_matter_which_ranking_comes_first(pair):
    one, other = (asdict(agreement(*order, top=3)) for order in (pair, pair[::-1]))
    assert one == pytest.approx(other, abs=1e-12)


@often
@given(tied_pair())
def test_correlations_and_overlap_are_the_same_under_any_rule_for_ties(pair):
    expected = [*(measure(*pair) for measure in CORRELATIONS), rbo(*pair)]
    for ties in ("modified", "dense", "average"):
        ranks = [rank(r, ties, descending=False) for r in pair]
        assert [*(m(*ranks) for m in CORRELATIONS), rbo(*ranks)] == expected


def test_equal_rankings_without_ties_agree_wholly_and_turned_round_correlate_with_minus_one():
    ranks = np.arange(1.0, 194)
    same = agreement(ranks, ranks)
    measured = (same.spearman, same.kendall_tau_b, same.weighted_tau, same.rbo)
    assert measured == pytest.approx((1, 1, 1, 1))
    assert (same.units, same.mean_shift, same.max_shift) == (193, 0, 0)
    assert (same.top_overlap, same.top_jaccard) == (1, 1)
    turned = agreement(ranks, ranks[::-1])
    measured = (turned.spearman, turned.kendall_tau_b, turned.weighted_tau)
    assert measured == pytest.approx((-1, -1, -1))
    assert (turned.max_shift, turned.top_overlap, turned.top_jaccard) == (192, 0, 0)


def test_a_swap_at_the_top_weighs_more_than_one_at_the_bottom_only_where_it_should():
    ranks = np.arange(1.0, 9)
    top, bottom = ranks.copy(), ranks.copy()
    top[:2], bottom[-2:] = [2, 1], [8, 7]
    assert kendall_tau_b(ranks, top) == kendall_tau_b(ranks, bottom)
    assert weighted_tau(ranks, top) < weighted_tau(ranks, bottom)
    assert rbo(ranks, top) < rbo(ranks, bottom)


def test_agreement_has_every_measure_of_the_module():
    first, second = both(TWENTY)
    found = agreement(first, second, top=5, p=0.5)
    assert asdict(found) == {
        "units": 20,
        "spearman": spearman(first, second),
        "kendall_tau_b": kendall_tau_b(first, second),
        "weighted_tau": weighted_tau(first, second),
        "mean_shift": 3.5,
        "max_shift": 18,
        "top": 5,
        "top_overlap": 0.6,
        "top_jaccard": pytest.approx(3 / 7),
        "p": 0.5,
        "rbo": rbo(first, second, 0.5),
    }
    plain = [type(getattr(found, field.name)) for field in fields(found)]
    assert set(plain) == {int, float}


def test_a_single_unit_has_no_correlation_and_overlaps_wholly():
    found = agreement(np.array([1.0]), np.array([1.0]))
    assert (found.spearman, found.kendall_tau_b, found.weighted_tau) == (None, None, None)
    assert (found.top_overlap, found.top_jaccard, found.rbo) == (1, 1, 1)


def test_ties_across_the_last_of_the_first_places_let_the_overlap_exceed_one_but_not_jaccard():
    ranks = np.array([1.0, 2, 2, 2, 5])
    assert top_overlap(ranks, ranks, 2) == 2
    assert top_jaccard(ranks, ranks, 2) == 1


def test_ranks_kept_from_longer_lists_may_have_nobody_among_the_first():
    first, second = np.array([14.0, 21, 30]), np.array([30.0, 11, 12])
    assert top_overlap(first, second, 10) == 0
    assert top_jaccard(first, second, 10) is None
    assert mean_shift(first, second) == pytest.approx(44 / 3)
    assert kendall_tau_b(first, second) == pytest.approx(-1 / 3)


@pytest.mark.parametrize(
    ("first", "second"), [([1.0, 2], [1.0]), ([], []), ([[1.0, 2]], [[1.0, 2]])]
)
def test_rankings_of_other_shapes_are_refused(first, second):
    with pytest.raises(MethodError, match="cannot be compared"):
        agreement(np.array(first), np.array(second))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_units_without_a_rank_are_refused(bad):
    with pytest.raises(MethodError, match="no rank"):
        mean_shift(np.array([1.0, 2]), np.array([1.0, bad]))


def test_settings_that_make_no_sense_are_refused():
    ranks = np.arange(1.0, 4)
    with pytest.raises(UsageError, match="no first 0 places"):
        agreement(ranks, ranks, top=0)
    for p in (0, 1, np.nan):
        with pytest.raises(UsageError, match="between 0 and 1"):
            agreement(ranks, ranks, p=p)
    for depth in (0, 4):
        with pytest.raises(UsageError, match="There are 3 places"):
            rbo(ranks, ranks, depth=depth)
