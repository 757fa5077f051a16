import pytest

from helpers.drawn import marks, outside, texts, touching
from helpers.imaginary_answers import SPANS
from softpower.charts import IntervalChart
from softpower.render.figures.intervals import draw_intervals
from softpower.render.figures.look import Look
from softpower.render.figures.rows import ticks
from softpower.render.figures.scene import Box, Disc


def test_an_interval_lies_between_its_ends_with_its_middle_and_a_ring_at_its_mark():
    drawing = draw_intervals(SPANS, Look().room)
    bars = [box for box in marks(drawing.groups, Box) if box.fill == "hue 5"][1:]
    dots = [disc for disc in marks(drawing.groups, Disc) if disc.fill][1:]
    rings = [disc for disc in marks(drawing.groups, Disc) if disc.stroke][1:]
    unit = (rings[1].x - rings[0].x) / 2
    start = rings[0].x
    assert [(dot.x - start) / unit + 1 for dot in dots] == pytest.approx([1, 4, 9.5])
    assert [(ring.x - start) / unit + 1 for ring in rings] == pytest.approx([1, 3, 5])
    assert [(bar.x + 0.5 - start) / unit + 1 for bar in bars] == pytest.approx([1, 2, 9])
    assert [(bar.width - 1) / unit for bar in bars] == pytest.approx([0, 6, 1])
    assert drawing.groups[3].says == "Atlantis: 5-95 % 2–8, median 4, rank 3"


def test_the_scale_reaches_as_far_as_what_is_drawn():
    many = [float(at) for at in range(1, 200)]
    labels = tuple(map(str, range(199)))
    terms = ("all", "middle", "mark")
    chart = IntervalChart("i", "", labels, *[tuple(many)] * 4, terms, "Rank")
    drawing = draw_intervals(chart, Look("column").room)
    assert drawing.left_out == "The first 122 of 199 intervals are drawn."
    assert texts(drawing.groups)[-2:] == ["100", "Rank"]


@pytest.mark.parametrize(
    ("low", "high", "most", "found"),
    [
        (1, 10, 5, [1, 4, 6, 8, 10]),
        (1, 193, 4, [1, 50, 100, 150]),
        (1, 1, 3, [1]),
        (1, 5, 9, [1, 2, 3, 4, 5]),
    ],
)
def test_ticks_are_whole_numbers_at_equal_steps_and_the_low_end(low, high, most, found):
    assert ticks(low, high, most) == found


@pytest.mark.parametrize("width", ["column", "text", "slide"])
def test_nothing_that_is_written_touches_another_or_leaves_the_figure(width):
    names = tuple(f"Saint Vincent and the Grenadines {at}" for at in range(200))
    ends = tuple(map(float, range(1, 201)))
    terms = ("90 % of the draws, in a sentence", "median of all", "nominal rank of the index")
    room = Look(width).room
    drawing = draw_intervals(IntervalChart("i", "", names, *[ends] * 4, terms, "Rank"), room)
    assert not touching(drawing.groups)
    assert not outside(drawing.groups, room.width, drawing.height)
    assert drawing.height <= room.height


def test_an_interval_whose_middle_is_its_mark_has_one_mark_and_says_it_once():
    ends = ((1.0,), (2.0,), (4.0,), (2.0,))
    chart = IntervalChart("i", "", ("Atlantis",), *ends, ("best to worst", "rank", "rank"), "Rank")
    drawing = draw_intervals(chart, Look().room)
    assert not [disc for disc in marks(drawing.groups, Disc) if disc.fill]
    assert drawing.says == (
        "Rank of 1: best to worst and rank. Atlantis: best to worst 1–4, rank 2."
    )
