from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.imaginary_answers import calm, rank_charts
from softpower.charts import Line, RankChart
from softpower.render.ranks import DASHES, filled, layout, line_styles, pieces, place_text


def chart(*places, chosen=()):
    lines = tuple(Line(f"Place {at}", each, at in chosen) for at, each in enumerate(places))
    return RankChart("r", "Runs", tuple("abcdefgh"[: len(places[0])]), lines)


def nodes(plan):
    """Return (place, row, number of the line, run) of all places that are held."""
    return [
        (place, rows[run], at, run)
        for at, (line, rows) in enumerate(zip(plan.lines, plan.rows, strict=True))
        for run, place in enumerate(line.places)
        if place is not None
    ]


@calm
@given(rank_charts(), st.sampled_from([None, 3, 8, 30]))
def test_a_better_place_is_never_below_a_worse_one(drawn, most):
    for (one, high, *_), (other, low, *_) in combinations(sorted(nodes(layout(drawn, most))), 2):
        assert one == other or high <= low


@calm
@given(rank_charts(), st.sampled_from([None, 3, 8, 30]))
def test_no_two_lines_meet_and_no_line_that_moves_looks_level(drawn, most):
    for (one, high, at, run), (other, low, also, then) in combinations(
        nodes(layout(drawn, most)), 2
    ):
        if run == then or (at == also and one != other):
            assert high != low


@calm
@given(rank_charts(), st.sampled_from([None, 3, 8]))
def test_what_has_no_place_stands_below_all_places(drawn, most):
    plan = layout(drawn, most)
    held = {(at, run): row for _, row, at, run in nodes(plan)}
    assert all(row < plan.height for row in held.values())
    for at, rows in enumerate(plan.rows):
        assert all(row >= plan.height for run, row in enumerate(rows) if (at, run) not in held)


@calm
@given(rank_charts(), st.integers(1, 8))
def test_all_chosen_lines_are_kept_and_as_many_others_as_there_is_room_for(drawn, most):
    plan = layout(drawn, most)
    chosen = sum(line.chosen for line in drawn.lines)
    assert sum(line.chosen for line in plan.lines) == chosen
    assert len(plan.lines) == min(len(drawn.lines), max(most, chosen))
    assert len(plan.lines) + plan.left_out == len(drawn.lines)


@calm
@given(st.lists(st.tuples(*[st.integers(1, 60)] * 2), min_size=1, max_size=8))
def test_places_are_in_proportion_where_there_is_no_break_between_them(pairs):
    first, second = ([pair[run] for pair in pairs] for run in range(2))
    if len(set(first)) < len(pairs) or len(set(second)) < len(pairs):
        return
    plan = layout(chart(*(tuple(map(float, pair)) for pair in pairs)))
    for (one, high, *_), (other, low, *_) in combinations(sorted(nodes(plan)), 2):
        cut = any(high < row < low for row in plan.breaks)
        assert low - high < other - one if cut else low - high == other - one


def test_places_that_nobody_holds_are_drawn_where_they_are_few():
    plan = layout(chart((1.0, 4.0), (4.0, 1.0)))
    assert plan.rows == ((0, 3), (3, 0))
    assert not plan.breaks


def test_one_row_stands_for_many_places_that_no_line_passes():
    plan = layout(chart((1.0, 1.0), (40.0, 40.0)))
    assert plan.rows == ((0, 0), (2, 2))
    assert plan.breaks == {1: (2, 39)}


def test_a_way_past_many_places_is_broken_and_still_looks_long():
    plan = layout(chart((1.0, 23.0)))
    assert plan.rows == ((0, 9),)
    assert plan.breaks == {5: (2, 22)}
    assert layout(chart((1.0, 10.0))).rows == ((0, 9),)
    assert not layout(chart((1.0, 10.0))).breaks


def test_the_places_above_the_first_one_are_not_forgotten():
    assert layout(chart((3.0, 4.0))).rows == ((2, 3),)
    assert layout(chart((30.0, 31.0))).breaks == {0: (1, 29)}


@calm
@given(st.integers(0, 60), st.sets(st.integers(0, 59)), st.sampled_from([6, 8]))
def test_no_two_lines_look_alike_but_those_in_grey(count, chosen, hues):
    lines = [Line(f"Place {at}", (1.0,), at in chosen) for at in range(count)]
    told = [look for look in line_styles(lines, hues) if look.hue is not None]
    assert len(set(told)) == len(told)
    asked = sum(line.chosen for line in lines) or count
    assert len(told) == (asked if asked <= hues * len(DASHES) else 0)


def test_lines_that_share_a_place_stand_one_below_the_other():
    plan = layout(chart((1.5, 1.0), (1.5, 3.0), (3.0, 2.0)))
    assert [rows[0] for rows in plan.rows] == [1, 2, 4]
    assert [rows[1] for rows in plan.rows] == [0, 4, 3]


def test_of_many_lines_those_near_to_the_chosen_ones_are_kept():
    many = chart(*((at + 1.0, at + 1.0) for at in range(50)), chosen=(40,))
    kept = [line.places[0] for line in layout(many, 5).lines]
    assert kept == [39.0, 40.0, 41.0, 42.0, 43.0]


def test_of_many_lines_the_first_ones_are_kept_if_none_is_chosen():
    many = chart(*((at + 1.0, 50.0 - at) for at in range(50)))
    assert [line.places[0] for line in layout(many, 3).lines] == [1.0, 2.0, 3.0]


def test_a_path_is_broken_where_there_is_no_place():
    plan = layout(chart((1.0, 1.0, None, 1.0), (2.0, 2.0, 2.0, None), chosen=(0,)))
    assert plan.paths(0, 3) == [
        (1, [(0, 1), (1, 1), (2, 1)]),
        (0, [(0, 0), (1, 0)]),
        (0, [(3, 0)]),
    ]


@pytest.mark.parametrize(("place", "text"), [(1.0, "1"), (15.5, "15.5"), (None, "–")])
def test_a_place_is_written_without_a_needless_decimal(place, text):
    assert place_text(place, "–") == text


def test_the_name_of_a_run_is_broken_where_its_parts_meet():
    name = pieces("open-index@equal-pillars+per head")
    assert "".join(name) == "open-index@equal-pillars+per head"
    assert filled(name, 10) == ["open-index", "@equal-", "pillars", "+per head"]
    assert filled(pieces("incomparable"), 6) == ["incom…"]
    assert len(filled(pieces("a-b-c-d-e-f-g-h"), 2)) == 5
