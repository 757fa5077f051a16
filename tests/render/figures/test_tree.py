import pytest

from helpers.drawn import marks, outside, texts, touching
from softpower.charts import TreeChart
from softpower.render.figures.look import Look
from softpower.render.figures.scene import Box, Path
from softpower.render.figures.tree import draw_tree

TREE = TreeChart(
    "tree", "Tree", ("Arts", "Films", "Songs", "Trade"), (1, 2, 2, 1), (60.0, 45.0, 15.0, None),
    "Effective weight",
)  # fmt: skip


def test_bars_are_as_long_as_the_weights_and_in_the_hue_of_the_pillar():
    drawing = draw_tree(TREE, Look().room)
    bars = marks(drawing.groups, Box)
    assert [bar.width / bars[0].width for bar in bars] == pytest.approx([1, 0.75, 0.25, 0])
    assert [bar.fill for bar in bars] == ["hue 0", "hue 0", "hue 0", "hue 1"]
    assert texts(drawing.groups)[:4] == ["Arts", "60.0 %", "Films", "45.0 %"]
    assert drawing.says == "A tree of 4 nodes. Effective weight: Arts 60.0 %; Trade unknown."


def test_each_child_is_joined_with_its_parent():
    drawing = draw_tree(TREE, Look().room)
    elbows = [path.shapes[0] for path in marks(drawing.groups, Path)]
    assert len(elbows) == 2
    assert {elbow[0] for elbow in elbows} == {elbows[0][0]}


@pytest.mark.parametrize("width", ["column", "text", "slide"])
def test_nothing_that_is_written_touches_another_or_leaves_the_figure(width):
    labels = tuple(f"An indicator with a long name of many words, number {at}" for at in range(60))
    depths = tuple(1 + (at % 7 > 0) + (at % 7 > 4) for at in range(60))
    room = Look(width).room
    drawing = draw_tree(TreeChart("t", "", labels, depths, (1.7,) * 60, "Weight"), room)
    assert drawing.height <= room.height
    assert not touching(drawing.groups)
    assert not outside(drawing.groups, room.width, drawing.height)
