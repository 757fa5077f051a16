import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.drawn import marks, outside, texts, touching
from helpers.imaginary_answers import CHART, PARTS, calm
from softpower.charts import BarChart, StackedBars
from softpower.render.figures.bars import draw_bars, draw_stacked
from softpower.render.figures.look import Look
from softpower.render.figures.scene import Box, Path

ROOM = Look().room


def test_bars_are_in_proportion_and_end_at_the_line_at_zero():
    drawing = draw_bars(CHART, ROOM)
    (zero,) = [path.shapes[0][0][0] for path in marks(drawing.groups, Path)]
    long, short = marks(drawing.groups, Box)
    assert long.x == pytest.approx(zero)
    assert short.x + short.width == pytest.approx(zero)
    assert long.width / short.width == pytest.approx(80 / 12.5)
    assert texts(drawing.groups) == ["Ruritania", "80.0", "Atlantis", "−12.5", "Score"]


def test_what_is_seen_is_said():
    says = draw_bars(CHART, ROOM).says
    assert says == "Score, bars of 2. Highest: Ruritania, 80.0. Lowest: Atlantis, −12.5."


def long_chart(count):
    names = tuple(f"Place {at}" for at in range(count))
    return BarChart("c", "Many", names, tuple(float(count - at) for at in range(count)), "Score")


@pytest.mark.parametrize(
    ("width", "count", "shown"), [("column", 30, 30), ("column", 99, 99), ("text", 99, 99)]
)
def test_bars_stand_in_columns_where_they_are_too_many_for_one(width, count, shown):
    drawing = draw_bars(long_chart(count), Look(width).room)
    assert len(marks(drawing.groups, Box)) == shown
    says = f"The first {shown} of {count} bars are drawn." if shown < count else ""
    assert drawing.left_out == says
    assert drawing.height <= Look(width).room.height
    assert not touching(drawing.groups)


def test_all_bars_of_a_tall_figure_stand_below_one_another():
    drawing = draw_bars(long_chart(193), Look("column", tall=True).room)
    boxes = marks(drawing.groups, Box)
    assert len({box.y for box in boxes}) == 193
    assert not drawing.left_out


@calm
@given(st.lists(st.floats(-100, 100), min_size=1, max_size=10))
def test_parts_are_in_proportion_and_begin_where_the_one_before_ends(values):
    names = tuple("abcdefghij"[: len(values)])
    chart = StackedBars("s", "", ("x",), names, (tuple(values),), "Points")
    drawing = draw_stacked(chart, ROOM)
    (zero,) = [path.shapes[0][0][0] for path in marks(drawing.groups, Path)]
    boxes = marks(drawing.groups, Box)[len(values) :]
    rights, lefts, largest = zero, zero, max(map(abs, values))
    scale = max(box.width for box in boxes) / largest if largest > 1e-9 else 0.0
    for value, box in zip(values, boxes, strict=True):
        if largest > 1e-9:
            assert box.width == pytest.approx(abs(value) * scale, abs=1e-6)
        start = rights if value >= 0 else lefts - box.width
        assert box.x == pytest.approx(start)
        rights, lefts = rights + box.width * (value >= 0), lefts - box.width * (value < 0)


def test_every_part_is_in_the_legend_in_its_colour():
    drawing = draw_stacked(PARTS, ROOM)
    assert texts(drawing.groups)[:3] == list(PARTS.parts)
    boxes = marks(drawing.groups, Box)
    assert [box.fill for box in boxes] == ["hue 0", "hue 1", "hue 2"] * 3
    assert drawing.groups[2].says == "Ruritania: Culture 30.0"


@pytest.mark.parametrize("width", ["column", "text", "slide"])
def test_nothing_that_is_written_touches_another_or_leaves_the_figure(width):
    names = "Saint Vincent and the Grenadines", "Democratic Republic of the Congo", "Chad"
    parts = tuple(f"A part with a long name, number {at}" for at in range(9))
    rows = tuple(tuple(float(at * n) for at in range(9)) for n in (1, -1, 0))
    room = Look(width).room
    for drawing in (
        draw_stacked(StackedBars("s", "", names, parts, rows, "Points"), room),
        draw_bars(BarChart("c", "", names, (12345.0, -9.5, 0.0), "Score"), room),
    ):
        assert not touching(drawing.groups)
        assert not outside(drawing.groups, room.width, drawing.height)
