import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.drawn import marks, outline, outside, texts, touching
from helpers.imaginary_answers import calm
from softpower.charts import ScatterChart
from softpower.render.figures.look import Look
from softpower.render.figures.scatter import draw_scatter
from softpower.render.figures.scene import Disc, Text


def chart(pairs, chosen):
    labels = tuple(f"Saint Vincent {at}" for at in range(len(pairs)))
    across, up = (tuple(map(float, side)) for side in zip(*pairs, strict=True))
    return ScatterChart("s", "", labels, across, up, chosen, ("Rank here", "Rank there"))


def test_places_are_in_proportion_from_the_lower_left():
    drawing = draw_scatter(chart([(1, 1), (11, 1), (1, 11)], (True, False, False)), Look().room)
    right, up, corner = marks(drawing.groups, Disc)
    assert (right.y, up.x) == (corner.y, corner.x)
    assert right.x - corner.x == pytest.approx(corner.y - up.y)
    assert right.x > corner.x
    assert corner.fill == "hue 1"
    assert [text for text in texts(drawing.groups) if "Saint" in text] == ["Saint Vincent 0"]
    assert drawing.says.endswith("Saint Vincent 0: Rank here 1, Rank there 1.")


def apart(label, dot):
    """Return how far a dot is from the box around a label, the letters and their space."""
    left, _, right, _ = outline(label)
    half = 0.5 * label.size
    across = max(left - dot[0], 0, dot[0] - right)
    return math.hypot(across, max(abs(dot[1] - label.y) - half, 0))


@calm
@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=30),
    st.sampled_from(["column", "text", "slide"]),
)
@example([(97, 171), (101, 176), (102, 184), (83, 189), (107, 186), (114, 178), (193, 1)], "text")
def test_labels_touch_no_other_and_what_has_no_room_is_said(pairs, width):
    room = Look(width).room
    drawing = draw_scatter(chart(pairs, (True,) * len(pairs)), room)
    told = [text for text in texts(drawing.groups) if "Saint" in text]
    lost = len(pairs) - len(told)
    assert drawing.left_out.startswith(str(lost)) if lost else not drawing.left_out
    assert not [pair for pair in touching(drawing.groups) if "Saint" in pair[0] + pair[1]]
    assert not outside(drawing.groups, room.width, drawing.height)
    assert drawing.height <= room.height
    dots = [(disc.x, disc.y) for disc in marks(drawing.groups, Disc)]
    for label in (each for each in marks(drawing.groups, Text) if "Saint" in each.text):
        own = dots[int(label.text.split()[-1])]
        for other in {*dots} - {own}:
            assert apart(label, other) > apart(label, own)
