import pytest
from hypothesis import given

from helpers.drawn import marks, outside, texts, touching
from helpers.imaginary_answers import calm, order_charts
from softpower.charts import OrderChart
from softpower.render.figures.look import Look
from softpower.render.figures.order import draw_order
from softpower.render.figures.scene import Box, Path


@calm
@given(order_charts())
def test_every_label_and_every_line_is_drawn(chart):
    if chart.labels:
        drawing = draw_order(chart, Look(tall=True).room)
        assert len(marks(drawing.groups, Path)) == len(chart.covers)
        assert len(marks(drawing.groups, Box)) == len(chart.labels)


def wide_chart(tiers):
    names = ("Saint Vincent and the Grenadines", "Chad", "Trinidad and Tobago", "Peru", "Nauru")
    labels = names * tiers
    of = tuple(1 + at // len(names) for at in range(len(labels)))
    covers = tuple((at, at + len(names)) for at in range(len(labels) - len(names)))
    return OrderChart("o", "", labels, of, covers, "Tier")


@pytest.mark.parametrize("width", ["column", "text", "slide"])
def test_labels_of_a_tier_that_are_too_wide_stand_on_levels(width):
    room = Look(width).room
    drawing = draw_order(wide_chart(3), room)
    assert not touching(drawing.groups)
    assert not outside(drawing.groups, room.width, drawing.height)


def test_tiers_for_which_a_page_has_no_room_are_left_out():
    drawing = draw_order(wide_chart(40), Look().room)
    assert drawing.height <= Look().room.height
    kept = sum(text.startswith("Tier") for text in texts(drawing.groups))
    assert drawing.left_out == f"The first {kept} of 40 tiers are drawn."
    assert 5 < kept < 40
