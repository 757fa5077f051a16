"""What a block of draws contributes, against the same counts taken draw by draw."""

from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower.analysis.robustness.tally import Tally
from softpower.engine.ranking import RankVector
from softpower.engine.sampling.block import Block
from softpower.engine.sampling.draws import FigureDraws
from softpower.methods.ties import rank

TIES = st.sampled_from(["competition", "modified", "dense", "average", "ordinal"])
SENSE = st.sampled_from([1, -1])


@st.composite
def cases(draw):
    """Scores of few values, so that units tie: the ranking's own first, then those of the draws."""
    units = draw(st.integers(2, 7))
    row = st.lists(st.integers(0, 5), min_size=units, max_size=units)
    scores = np.array(draw(st.lists(row, min_size=2, max_size=6)), dtype=float)
    unit = st.integers(0, units - 1)
    pair = st.tuples(unit, unit).filter(lambda two: two[0] != two[1])
    pairs = draw(st.lists(pair, max_size=8))
    there = sorted(draw(st.sets(unit, min_size=1)))
    return scores, pairs, there, draw(TIES), draw(st.integers(1, units)), draw(SENSE)


@settings(deadline=None, max_examples=300)
@given(cases())
def test_pairs_and_the_top_are_counted_as_draw_by_draw(case):
    scores, pairs, there, ties, top, sense = case
    own = rank(scores[0], ties, descending=sense > 0)
    order = sorted(range(own.size), key=lambda i: (own[i], i))
    units = [SimpleNamespace(id=f"u{i}") for i in range(own.size)]
    ranking = SimpleNamespace(units=units, ranks=own, order=lambda: order)
    drawn = scores[1:, there]
    source = FigureDraws(drawn, ties, sense)
    names = tuple(f"u{i}" for i in there)
    block = Block(0, RankVector(names, sense=sense), ties, len(drawn), source)
    part = Tally(ranking, pairs, top, central=True)(block)

    ranks = np.full(scores[1:].shape, np.nan)
    ranks[:, there] = rank(drawn, ties, descending=sense > 0)
    one, other = (np.array([pair[side] for pair in pairs], dtype=int) for side in (0, 1))
    above = (ranks[:, one] < ranks[:, other]) + 0.5 * (ranks[:, one] == ranks[:, other])
    both = ~np.isnan(ranks[:, one] + ranks[:, other])
    np.testing.assert_array_equal(part.pairs[:, 0], np.sum(above, axis=0))
    np.testing.assert_array_equal(part.pairs[:, 1], np.sum(both, axis=0))

    leaders = {i for i in order if own[i] <= top}
    same = [{i for i in there if each[i] <= top} == leaders for each in ranks]
    kept = [
        all(each[i] <= each[j] for i in leaders for j in leaders if own[i] < own[j])
        for each in ranks
    ]
    whole = leaders <= set(there)
    assert part.same_set == (sum(same) if whole else 0)
    assert part.same_order == (
        sum(a and b for a, b in zip(same, kept, strict=True)) if whole else 0
    )
    first = ranks[:, there] == ranks[:, there].min(axis=1, keepdims=True)
    np.testing.assert_array_equal(part.first, first.sum(axis=0))
