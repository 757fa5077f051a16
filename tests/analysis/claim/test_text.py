"""What a claim says, in whichever way it is written, and how far it is from flipping."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from softpower.analysis.claim.kinds import Above, InTop, LeadsBy, RankBetween, RankIs, ordinal
from softpower.analysis.claim.text import parse_claim, passing_word
from softpower.analysis.claim.together import Together
from softpower.engine.ranking import Ranking
from softpower.errors import UsageError
from softpower.index.tree import Framework, Pillar
from softpower.index.units import Unit

ASH, BEL, COR, DUN, EEL, IS = UNITS = (
    Unit("ash", "Isle of Ash"),
    Unit("bel", "Bel and Dor"),
    Unit("cor", "Córland"),
    Unit("dun", "Dun"),
    Unit("eel", "Eel Above Sea"),
    Unit("is", "What Is First by Five"),
)
SOUTH, TURKEY, TRINIDAD, JAPAN, ICELAND = COUNTRIES = (
    Unit("KOR", "South Korea", {"subregion": "Eastern Asia"}),
    Unit("TUR", "Türkiye", {"subregion": "Western Asia"}),
    Unit("TTO", "Trinidad and Tobago", {"subregion": "Caribbean"}),
    Unit("JPN", "Japan", {"subregion": "Eastern Asia"}),
    Unit("ISL", "Iceland", {"subregion": "Northern Europe"}),
)


def ranking(scores, ranks):
    """Return a ranking of the first of the units; ``None`` is not ranked."""
    count = len(scores)
    return Ranking(
        units=UNITS[:count],
        scores=np.array(scores, dtype=float),
        ranks=np.array(ranks, dtype=float),
        framework=Framework("main", "Test", Pillar("", "Test")),
        pillars={},
        weights={},
        local_weights={},
        unit_weights=np.zeros((count, 0)),
        totals=np.array(scores, dtype=float),
        contributions=None,
        stages={},
        imputed=np.zeros((count, 0), dtype=bool),
        unranked={},
        notes=(),
    )


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("South Korea > Japan", Above(SOUTH, ">", JAPAN)),
        ("kor>jpn", Above(SOUTH, ">", JAPAN)),
        ("  South  Korea   ABOVE Japan. ", Above(SOUTH, ">", JAPAN)),
        ("South Korea is above Japan", Above(SOUTH, ">", JAPAN)),
        ("South Korea is ahead of Japan", Above(SOUTH, ">", JAPAN)),
        ("South Korea ranks ahead of Japan", Above(SOUTH, ">", JAPAN)),
        ("South Korea is ranked above Japan", Above(SOUTH, ">", JAPAN)),
        ("South Korea beats Japan", Above(SOUTH, ">", JAPAN)),
        ("South Korea < Japan", Above(SOUTH, "<", JAPAN)),
        ("South Korea below Japan", Above(SOUTH, "<", JAPAN)),
        ("South Korea is behind Japan", Above(SOUTH, "<", JAPAN)),
        ("South Korea >= Japan", Above(SOUTH, ">=", JAPAN)),
        ("South Korea ≥ Japan", Above(SOUTH, ">=", JAPAN)),
        ("South Korea => Japan", Above(SOUTH, ">=", JAPAN)),
        ("South Korea is not below Japan", Above(SOUTH, ">=", JAPAN)),
        ("South Korea <= Japan", Above(SOUTH, "<=", JAPAN)),
        ("South Korea not above Japan", Above(SOUTH, "<=", JAPAN)),
        ("South Korea = Japan", Above(SOUTH, "=", JAPAN)),
        ("South Korea ties Japan", Above(SOUTH, "=", JAPAN)),
        ("South Korea is tied with Japan", Above(SOUTH, "=", JAPAN)),
        ("South Korea level with Japan", Above(SOUTH, "=", JAPAN)),
        ("South Korea != Japan", Above(SOUTH, "!=", JAPAN)),
        ("South Korea not level with Japan", Above(SOUTH, "!=", JAPAN)),
        ("Türkiye above Trinidad and Tobago", Above(TURKEY, ">", TRINIDAD)),
        ("turkey above TRINIDAD & TOBAGO", Above(TURKEY, ">", TRINIDAD)),
        ("Japan in top 3", InTop(JAPAN, 3)),
        ("Japan in the top 3", InTop(JAPAN, 3)),
        ("Japan is in the top-3", InTop(JAPAN, 3)),
        ("Japan top 3", InTop(JAPAN, 3)),
        ("Japan is bottom 3", InTop(JAPAN, 3, "bottom")),
        ("Is Japan in the top 3?", InTop(JAPAN, 3)),
        ("Is South Korea ahead of Japan?", Above(SOUTH, ">", JAPAN)),
        ("South Korea’s soft power has passed Japan’s.", Above(SOUTH, ">", JAPAN)),
        ("South Korea's soft power beats Japan's soft power", Above(SOUTH, ">", JAPAN)),
        ("Japan in top3", InTop(JAPAN, 3)),
        ("Japan among the TOP three", InTop(JAPAN, 3)),
        ("Japan not in top 3", InTop(JAPAN, 3, negated=True)),
        ("Japan is not in the top 3", InTop(JAPAN, 3, negated=True)),
        ("Japan outside the top 3", InTop(JAPAN, 3, negated=True)),
        ("Japan in bottom 3", InTop(JAPAN, 3, "bottom")),
        ("Japan not in the bottom 3", InTop(JAPAN, 3, "bottom", negated=True)),
        ("Japan is last", InTop(JAPAN, 1, "bottom")),
        ("Japan is not last", InTop(JAPAN, 1, "bottom", negated=True)),
        ("Japan is 3rd", RankIs(JAPAN, 3)),
        ("Japan is 3-rd", RankIs(JAPAN, 3)),
        ("Japan is the 11th", RankIs(JAPAN, 11)),
        ("Japan is first", RankIs(JAPAN, 1)),
        ("Japan is third", RankIs(JAPAN, 3)),
        ("Japan ranks 3rd", RankIs(JAPAN, 3)),
        ("Japan is #3", RankIs(JAPAN, 3)),
        ("Japan is number 3", RankIs(JAPAN, 3)),
        ("Japan is no. 3", RankIs(JAPAN, 3)),
        ("Japan is in 3rd place", RankIs(JAPAN, 3)),
        ("Japan is at rank 3", RankIs(JAPAN, 3)),
        ("Japan is not 3rd", RankIs(JAPAN, 3, negated=True)),
        ("IS is first", RankIs(ICELAND, 1)),
        ("South Korea beats Japan by 3 points", LeadsBy(SOUTH, JAPAN, 3)),
        ("South Korea beats Japan by 3", LeadsBy(SOUTH, JAPAN, 3)),
        ("South Korea beats Japan by 2.5 pts", LeadsBy(SOUTH, JAPAN, 2.5)),
        ("South Korea is above Japan by at least one point", LeadsBy(SOUTH, JAPAN, 1)),
        ("South Korea > Japan by 3 places", LeadsBy(SOUTH, JAPAN, 3, "place")),
        ("South Korea trails Japan by 3 points", LeadsBy(JAPAN, SOUTH, 3)),
        *(
            (f"South Korea {words} Japan", Above(SOUTH, ">", JAPAN))
            for words in (
                "passes",
                "passed",
                "has passed",
                "overtakes",
                "overtook",
                "has overtaken",
                "surpasses",
                "has surpassed",
                "is in front of",
                "is higher than",
            )
        ),
        *(
            (f"South Korea {words} Japan", Above(SOUTH, "<", JAPAN))
            for words in (
                "is passed by",
                "has been overtaken by",
                "falls behind",
                "is beaten by",
            )
        ),
        ("South Korea does not pass Japan", Above(SOUTH, "<=", JAPAN)),
        ("South Korea has not passed Japan", Above(SOUTH, "<=", JAPAN)),
        ("Japan does not beat Türkiye", Above(JAPAN, "<=", TURKEY)),
        *(
            (f"Japan {words}".replace(" '", "'").replace(" ’", "’"), RankIs(JAPAN, 1))
            for words in (
                "is best",
                "is the best",
                "best",
                "ranks best",
                "rank 1",
                "ranks 1st",
                "is at rank 1",
                "has rank 1",
                "rank = 1",
                "'s rank is 1",
                "’s rank is first",
                "1st",
                "first",
            )
        ),
        ("Japan is second best", RankIs(JAPAN, 2)),
        ("Japan is not best", RankIs(JAPAN, 1, negated=True)),
        ("Japan rank != 3", RankIs(JAPAN, 3, negated=True)),
        *(
            (f"Japan {words}", InTop(JAPAN, 1, "bottom"))
            for words in (
                "is worst",
                "is the worst",
                "worst",
                "last",
            )
        ),
        ("Japan is not worst", InTop(JAPAN, 1, "bottom", negated=True)),
        ("Japan among the best 3", InTop(JAPAN, 3)),
        ("Japan is one of the best three", InTop(JAPAN, 3)),
        ("Japan in the worst 3", InTop(JAPAN, 3, "bottom")),
        ("Japan not among the worst 3", InTop(JAPAN, 3, "bottom", negated=True)),
        *(
            (f"Japan {words}", InTop(JAPAN, 3))
            for words in (
                "at worst 3rd",
                "is at worst 3rd",
                "is at worst third",
                "no worse than 3rd",
                "rank <= 3",
                "'s rank ≤ 3",
                "rank < 4",
                "above 4th",
                "is better than rank 4",
                "between 1st and 3rd",
            )
        ),
        *(
            (f"Japan {words}", InTop(JAPAN, 2, negated=True))
            for words in (
                "at best 3rd",
                "is at best 3rd",
                "no better than 3rd",
                "rank >= 3",
                "rank > 2",
                "below 2nd",
                "is worse than second",
            )
        ),
        *(
            (f"Japan {words}", RankBetween(JAPAN, 2, 4))
            for words in (
                "between 2nd and 4th",
                "is between 2nd and 4th",
                "ranks between 2 and 4",
                "between second and fourth",
                "between 4th and 2nd",
                "is 2nd to 4th",
                "is 2nd-4th",
                "from 2nd to 4th",
                "is in places 2 to 4",
                "is between rank 2 and rank 4",
                "'s rank is between 2 and 4",
            )
        ),
        ("Japan is 2nd or 3rd", RankBetween(JAPAN, 2, 3)),
        ("Japan is between 3rd and 3rd", RankIs(JAPAN, 3)),
        ("Japan not between 2nd and 4th", RankBetween(JAPAN, 2, 4, negated=True)),
        ("Japan is not 2nd to 4th", RankBetween(JAPAN, 2, 4, negated=True)),
    ],
)
def test_a_claim_is_understood_in_the_ways_in_which_it_is_written(text, claim):
    assert parse_claim(text, COUNTRIES) == claim


@pytest.mark.parametrize(
    ("text", "sentence", "parts"),
    [
        (
            "Japan ahead of Türkiye and Iceland",
            "Japan above Türkiye and Iceland",
            [Above(JAPAN, ">", TURKEY), Above(JAPAN, ">", ICELAND)],
        ),
        (
            "Japan passes Trinidad and Tobago, Türkiye and Iceland",
            "Japan above Trinidad and Tobago, Türkiye and Iceland",
            [Above(JAPAN, ">", each) for each in (TRINIDAD, TURKEY, ICELAND)],
        ),
        (
            "Japan & Iceland < Türkiye and Trinidad and Tobago",
            "Japan and Iceland below Türkiye and Trinidad and Tobago",
            [Above(a, "<", b) for a in (JAPAN, ICELAND) for b in (TURKEY, TRINIDAD)],
        ),
        (
            "Japan >= Türkiye, Iceland",
            "Japan at least level with Türkiye and Iceland",
            [Above(JAPAN, ">=", TURKEY), Above(JAPAN, ">=", ICELAND)],
        ),
        (
            "Japan and Iceland <= Türkiye",
            "Japan and Iceland no better than Türkiye",
            [Above(JAPAN, "<=", TURKEY), Above(ICELAND, "<=", TURKEY)],
        ),
        (
            "Japan beats Türkiye and Iceland by 2 points",
            "Japan above Türkiye and Iceland by 2 points",
            [LeadsBy(JAPAN, TURKEY, 2.0), LeadsBy(JAPAN, ICELAND, 2.0)],
        ),
        (
            "Japan and Iceland among the best 3",
            "Japan and Iceland in the top 3",
            [InTop(JAPAN, 3), InTop(ICELAND, 3)],
        ),
        (
            "Japan and Iceland are last",
            "Japan and Iceland in the bottom 1",
            [InTop(JAPAN, 1, "bottom"), InTop(ICELAND, 1, "bottom")],
        ),
        (
            "Japan and Iceland are third",
            "Japan and Iceland are 3rd",
            [RankIs(JAPAN, 3), RankIs(ICELAND, 3)],
        ),
        (
            "Japan and Iceland between 2nd and 4th",
            "Japan and Iceland are 2nd to 4th",
            [RankBetween(JAPAN, 2, 4), RankBetween(ICELAND, 2, 4)],
        ),
    ],
)
def test_a_claim_about_several_is_one_that_all_must_meet(text, sentence, parts):
    claim = parse_claim(text, COUNTRIES)
    assert claim == Together(sentence, tuple(parts))
    assert parse_claim(str(claim), COUNTRIES) == claim


def test_a_word_that_tells_of_a_change_is_known():
    for text, word in (
        ("Japan passes Türkiye", "passes"),
        ("Japan has overtaken Türkiye", "overtaken"),
        ("Japan is passed by Türkiye", "passed by"),
        ("Japan above Türkiye", ""),
    ):
        assert passing_word(text, parse_claim(text, COUNTRIES)) == word
    high = (Unit("a", "Pass of Ash"), Unit("b", "Bel"))
    assert passing_word("Pass of Ash > Bel", parse_claim("Pass of Ash > Bel", high)) == ""


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Eel Above Sea above Dun", Above(EEL, ">", DUN)),
        ("Dun above Eel Above Sea", Above(DUN, ">", EEL)),
        ("What Is First by Five is first", RankIs(IS, 1)),
        ("Dun beats What Is First by Five", Above(DUN, ">", IS)),
        ("Dun beats What Is First by Five by five", LeadsBy(DUN, IS, 5)),
        ("corland in top 2", InTop(COR, 2)),
    ],
)
def test_words_of_a_claim_may_be_part_of_a_name(text, claim):
    assert parse_claim(text, UNITS) == claim


two = st.lists(st.sampled_from(UNITS), min_size=2, max_size=2, unique=True)
one = st.sampled_from(UNITS)
count = st.integers(1, 400)
points = st.one_of(st.integers(1, 90).map(float), st.floats(1e-3, 1e3))
claims = st.one_of(
    st.builds(
        lambda pair, relation: Above(pair[0], relation, pair[1]),
        two,
        st.sampled_from([">", ">=", "=", "!=", "<=", "<"]),
    ),
    st.builds(InTop, one, count, st.sampled_from(["top", "bottom"]), st.booleans()),
    st.builds(RankIs, one, count, st.booleans()),
    st.builds(
        lambda unit, low, more, no: RankBetween(unit, low + 1, low + 1 + more, no),
        one,
        count,
        count,
        st.booleans(),
    ),
    st.builds(lambda pair, by: LeadsBy(*pair, by), two, points),
    st.builds(lambda pair, by: LeadsBy(*pair, float(by), "place"), two, count),
)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(claims)
def test_the_sentence_of_a_claim_is_read_as_the_same_claim(claim):
    assert parse_claim(str(claim), UNITS) == claim


WORDS_OF_CLAIMS = (
    " is ", " in the top", " above ", " by ", " and ", " or ", " between ", " to ", " rank ",
    " best", " not ", "Bel and Dor", "Córland", "2nd",
)  # fmt: skip


@settings(derandomize=True, max_examples=80, deadline=None)
@given(st.lists(st.sampled_from([*"Dun 39<>=#.-?,'", *WORDS_OF_CLAIMS]), max_size=12))
def test_any_text_is_a_claim_or_is_refused_with_the_place_marked(parts):
    text = "".join(parts)
    try:
        claim = parse_claim(text, UNITS)
    except UsageError as error:
        assert str(error).splitlines()[2].lstrip().startswith("^")  # noqa: PT017
    else:
        assert parse_claim(str(claim), UNITS) == claim


@pytest.mark.parametrize(
    ("text", "said", "at"),
    [
        ("Jpan above Türkiye", "JPN", "Jpan"),
        ("Japan above Turkye", "TUR", "Turkye"),
        ("Japan above France", "not among the 5 units", "France"),
        ("Japan is bigger than Türkiye", "A place such as 3rd", "bigger"),
        ("Japan wins", "A > B", "wins"),
        ("Japan does not mind Türkiye", "is not a claim that is understood", "does"),
        ("Japan above Türkiye or Iceland", "leaves one open", "or"),
        ("Japan above Türkiye, Icland", "ISL", "Icland"),
        ("Japan above Türkiye and Japan", "with itself", "Türkiye and Japan"),
        ("Japan above Türkiye and turkey", "named twice", "Türkiye and turkey"),
        ("Japan not above Türkiye and Iceland", "two ways", " not above"),
        ("Japan != Türkiye and Iceland", "two ways", " != "),
        ("Japan and Iceland not in the top 5", "two ways", " not in"),
        ("Japan and Iceland outside the top 5", "two ways", " outside"),
        ("Japan between Türkiye and Iceland", "Two places should stand here", "between"),
        ("Japan is 2nd and 4th", "one place, or those between two", "2nd"),
        ("Japan is 2nd or 4th", "one place, or those between two", "2nd"),
        ("Japan above 1st", "Nobody is above the 1st", "1st"),
        ("Japan rank < 1", "Nobody is above the 1st", "1"),
        ("Japan rank <= many", "whole number above zero", "many"),
        ("Japan rank <> 3", "no sign between", "<>"),
        ("Japan is second worst", "A place such as 3rd", "second"),
        ("Japan above 5", "not a country", "5"),
        ("Nowhere at all", "not a country", "Nowhere"),
        ("Japan >> Türkiye", "no sign between", ">>"),
        ("Japan > Türkiye > Iceland", "two claims", "> Iceland"),
        ("Japan > > Türkiye", "two claims", "> Türkiye"),
        ("> Japan", "name is missing", "> Japan"),
        ("Japan in top many", "how many are in the top", "many"),
        ("Japan in the top -3", "how many are in the top", "-3"),
        ("Japan in the top --3", "how many are in the top", "--3"),
        ("Japan in the bottom 0", "at least 1", "0"),
        ("Japan in top 2.5", "whole", "2.5"),
        ("Japan in top 3 today", "complete before this", "today"),
        ("Japan is 0th", "A place such as 3rd", "0th"),
        ("Japan beats Türkiye by lots", "how many points or places", "lots"),
        ("Japan beats Türkiye by 3 apples", "in points or places", "apples"),
        ("Japan beats Türkiye by 0", "above zero", "0"),
        ("Japan beats Türkiye by 1.5 places", "whole number", "1.5"),
        ("Japan beats Türkiye by 1e999", "too large", "1e999"),
        ("Japan = Türkiye by 3", "above or below", "3"),
        ("Japan > Japan", "with itself", "Japan"),
        ("Japan beats jpn by 3", "with itself", "jpn"),
    ],
)
def test_the_error_says_what_is_wrong_and_marks_where(text, said, at):
    with pytest.raises(UsageError, match=re.escape(said)) as caught:
        parse_claim(text, COUNTRIES)
    _, shown, mark, *_ = str(caught.value).splitlines()
    assert shown == f"  {text}"
    where = text.rindex(at) if text.startswith("Japan") else text.index(at)
    assert mark.index("^") == 2 + where


@pytest.mark.parametrize(
    ("text", "said", "at"),
    [
        ("", "is empty", 0),
        ("Japan", "Nothing is claimed about Japan", 6),
        ("Japan in the top", "how many are in the top", 16),
        ("Japan above", "name is missing", 11),
    ],
)
def test_what_is_missing_at_the_end_is_marked_there(text, said, at):
    with pytest.raises(UsageError, match=said) as caught:
        parse_claim(text, COUNTRIES)
    assert str(caught.value).splitlines()[2].index("^") == 2 + at


TIED = ranking([80, 60, 60, 41.5], [1, 2, 2, 4])


@pytest.mark.parametrize(
    ("claim", "holds", "margin"),
    [
        (Above(ASH, ">", DUN), True, 3),
        (Above(DUN, ">", ASH), False, -3),
        (Above(BEL, ">", COR), False, -1),
        (Above(BEL, ">=", COR), True, 1),
        (Above(BEL, "=", COR), True, 1),
        (Above(BEL, "!=", COR), False, -1),
        (Above(BEL, "<=", COR), True, 1),
        (Above(BEL, "<", COR), False, -1),
        (Above(ASH, "=", COR), False, -1),
        (InTop(COR, 2), True, 1),
        (InTop(DUN, 2), False, -2),
        (InTop(DUN, 2, negated=True), True, 2),
        (InTop(ASH, 3), True, 3),
        (InTop(DUN, 1, "bottom"), True, 1),
        (InTop(BEL, 2, "bottom"), True, 1),
        (InTop(ASH, 3, "bottom"), False, -1),
        (RankIs(BEL, 2), True, 1),
        (RankIs(DUN, 2), False, -2),
        (RankIs(DUN, 2, negated=True), True, 2),
        (RankBetween(COR, 2, 3), True, 1),
        (RankBetween(DUN, 2, 3), False, -1),
        (RankBetween(ASH, 3, 4), False, -2),
        (RankBetween(COR, 2, 3, negated=True), False, -1),
        (RankBetween(DUN, 2, 3, negated=True), True, 1),
        (Together("", (Above(ASH, ">", BEL), Above(ASH, ">", DUN))), True, 1),
        (Together("", (Above(DUN, ">", ASH), Above(DUN, ">", BEL))), False, -3),
        (Together("", (Above(COR, ">", ASH), Above(COR, ">", DUN))), False, -1),
        (LeadsBy(ASH, DUN, 38.5), True, 0),
        (LeadsBy(ASH, DUN, 30), True, 8.5),
        (LeadsBy(ASH, DUN, 40), False, -1.5),
        (LeadsBy(ASH, DUN, 3, "place"), True, 1),
        (LeadsBy(ASH, DUN, 4, "place"), False, -1),
    ],
)
def test_a_claim_is_judged_by_ranks_and_says_how_far_it_is_from_flipping(claim, holds, margin):
    assert claim.holds(TIED) is holds
    assert claim.margin(TIED) == pytest.approx(margin, abs=1e-12)


def test_noise_of_the_arithmetic_does_not_decide_on_a_lead():
    noisy = ranking([0.3, 0.1 + 0.1], [1, 2])
    assert 0.3 - (0.1 + 0.1) < 0.1
    assert LeadsBy(ASH, BEL, 0.1).holds(noisy) is True
    assert LeadsBy(ASH, BEL, 0.1).margin(noisy) == 0
    assert LeadsBy(ASH, BEL, 0.1000001).holds(noisy) is False


def test_what_is_not_ranked_or_left_out_cannot_be_judged():
    partly = ranking([80, None, None], [1, None, 2])
    for claim, why in (
        (Above(ASH, ">", BEL), "Bel and Dor is not ranked"),
        (InTop(BEL, 3, negated=True), "Bel and Dor is not ranked"),
        (RankIs(DUN, 1), "Dun is left out"),
        (LeadsBy(ASH, COR, 1), "no score of Córland is known"),
    ):
        assert claim.holds(partly) is None
        assert math.isnan(claim.margin(partly))
        assert claim.obstacle(partly) == why
    assert Above(ASH, ">", COR).holds(partly) is True


def moved(order, at, to):
    """Return an order with one unit moved, the others closing up."""
    rest = [*order[:at], *order[at + 1 :]]
    return [*rest[:to], order[at], *rest[to:]]


def as_ranking(order):
    return ranking([0] * len(order), [order.index(unit) + 1 for unit in range(len(order))])


@settings(derandomize=True, max_examples=40, deadline=None)
@given(
    st.permutations(range(5)),
    st.one_of(
        st.sampled_from([Above(ASH, ">", BEL), Above(ASH, "<", BEL), Above(ASH, ">=", BEL)]),
        st.builds(InTop, st.just(ASH), st.integers(1, 4), st.sampled_from(["top", "bottom"])),
        st.builds(RankIs, st.just(ASH), st.integers(1, 5), st.booleans()),
        st.builds(RankBetween, st.just(ASH), st.just(2), st.integers(2, 4), st.booleans()),
        st.just(Together("", (Above(ASH, ">", BEL), Above(ASH, ">", COR)))),
    ),
)
def test_the_margin_is_the_shortest_move_of_one_unit_that_flips_the_answer(order, claim):
    before = claim.holds(as_ranking(order))
    needed = min(
        abs(at - to)
        for at in range(5)
        for to in range(5)
        if claim.holds(as_ranking(moved(order, at, to))) is not before
    )
    assert claim.margin(as_ranking(order)) == (needed if before else -needed)


def test_places_are_written_as_people_say_them():
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd", "111th",
    ]  # fmt: skip
