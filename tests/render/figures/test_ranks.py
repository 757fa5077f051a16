import pytest
from hypothesis import assume, given

from helpers.drawn import marks, outside, texts, touching
from helpers.imaginary_answers import BUMP, calm, rank_charts
from softpower.charts import Line, RankChart
from softpower.render.figures.look import Look
from softpower.render.figures.ranks import draw_ranks, spread
from softpower.render.figures.scene import Disc, Path
from softpower.render.tabled import is_empty

ROOM = Look().room


def drawn(*lines, runs=("a", "b", "c"), width="text", **more):
    return draw_ranks(RankChart("r", "Runs", runs, lines), Look(width, **more).room)


def many(count, *chosen, runs=3):
    """Return lines of which each has the same place throughout."""
    return [
        Line(f"Place {at}", (float(at),) * runs, chosen=at in chosen) for at in range(1, count + 1)
    ]


def test_chosen_lines_have_colours_and_their_places_and_the_others_are_grey():
    drawing = draw_ranks(BUMP, ROOM)
    curves = marks(drawing.groups, Path)
    assert [curve.stroke for curve in curves] == ["faint", "faint", "hue 0", "hue 1"]
    assert [curve.wide for curve in curves] == [0.6, 0.6, 1.8, 1.8]
    assert len(marks(drawing.groups, Disc)) == 6
    assert texts(drawing.groups).count("Freedonia") == 2
    assert drawing.says.endswith("Atlantis 2, 1, 2; El Dorado 3, 4, 1.")


def test_a_place_that_a_line_does_not_have_breaks_it():
    drawing = drawn(Line("x", (1.0, None, 1.0)), Line("y", (2.0, 2.0, None)))
    assert [len(path.shapes) for path in marks(drawing.groups, Path)] == [1]


def test_two_runs_are_joined_by_straight_lines_and_more_by_curves():
    assert not marks(drawn(Line("x", (1.0, 2.0)), runs=("a", "b")).groups, Path)[0].curved
    assert marks(drawn(Line("x", (1.0, 2.0, 1.0))).groups, Path)[0].curved


def test_a_break_says_which_places_it_stands_for():
    drawing = drawn(Line("x", (1.0, 1.0, 1.0)), Line("y", (40.0, 40.0, 40.0)))
    assert "places 2–39" in texts(drawing.groups)


def test_of_many_lines_those_that_move_most_are_coloured_where_none_is_chosen():
    lines = [*many(10), Line("Mover", (11.0, 1.0, 11.0))]
    drawing = drawn(*lines)
    hues = [path.stroke for path in marks(drawing.groups, Path) if path.stroke.startswith("hue")]
    assert sorted(hues) == [f"hue {at}" for at in range(6)]
    (mover,) = (group for group in drawing.groups if group.says.startswith("Mover"))
    assert mover.marks[0].stroke.startswith("hue")
    assert "In colour: the 6 whose places differ most." in texts(drawing.groups)


def test_of_more_lines_than_a_page_has_room_for_the_first_are_drawn():
    drawing = drawn(*many(193))
    kept = len(marks(drawing.groups, Path))
    assert 50 < kept < 70
    assert drawing.left_out == f"The first {kept} of 193 lines are drawn."
    assert drawing.height <= ROOM.height


def test_where_some_are_chosen_all_others_stay_as_a_ground():
    drawing = drawn(*many(193, 5, 7, 190))
    assert sum(len(path.shapes) == 2 for path in marks(drawing.groups, Path)) == 193
    told = [text for text in texts(drawing.groups) if "Place" in text]
    assert set(told) == {f"Place {n} {n}" for n in (5, 7, 190)} | {
        f"{n} Place {n}" for n in (5, 7, 190)
    }
    assert drawing.left_out == "Of 193 lines only chosen ones are labelled."
    assert drawing.height <= ROOM.height
    assert not touching(drawing.groups)


def test_a_tall_figure_has_all_lines_and_labels():
    drawing = drawn(*many(193), tall=True)
    assert sum("Place" in text for text in texts(drawing.groups)) == 2 * 193
    assert not drawing.left_out


def test_runs_whose_names_have_no_room_are_numbered():
    runs = tuple(f"open-soft-power@variant-{at}" for at in range(14))
    drawing = drawn(*many(9, runs=14), runs=runs, width="column")
    found = " ".join(texts(drawing.groups))
    assert all(f"{at} = {run}" in found for at, run in enumerate(runs, 1))
    assert not touching(drawing.groups)
    assert not outside(drawing.groups, Look("column").room.width, drawing.height)


@pytest.mark.parametrize("width", ["column", "text", "slide"])
def test_nothing_that_is_written_touches_another_or_leaves_the_figure(width):
    name = "Saint Vincent and the Grenadines"
    lines = [
        Line(f"{name} {at}", (float(at), 180.5 - at, None), chosen=at % 4 == 0)
        for at in range(1, 30)
    ]
    drawing = drawn(*lines, runs=("open-soft-power", "@equal-indicators", "x"), width=width)
    assert not touching(drawing.groups)
    assert not outside(drawing.groups, Look(width).room.width, drawing.height)


@calm
@given(rank_charts())
def test_every_line_is_drawn_and_no_figure_is_taller_than_a_page(chart):
    assume(not is_empty(chart))
    drawing = draw_ranks(chart, ROOM)
    assert drawing.height <= ROOM.height + 1e-9
    said = [group.says for group in drawing.groups if group.says]
    assert len(said) == len(chart.lines) or drawing.left_out


def test_labels_are_moved_apart_as_little_as_they_must_be():
    assert spread({1: 5.0, 2: 6.0, 3: 50.0}, 10, 100) == {1: 5.0, 2: 15.0, 3: 50.0}
    assert spread({1: 94.0, 2: 96.0}, 10, 100) == {1: 85.0, 2: 95.0}
