import pytest

from helpers.drawn import marks, outside, texts, touching
from softpower.charts import GridChart
from softpower.render.figures.grid import draw_grid
from softpower.render.figures.look import Look
from softpower.render.figures.scene import Box

GRID = GridChart(
    "grid", "Grid", ("Atlantis", "Ys"), ("Arts", "Trade"), ((10.0, 80.0), (None, 45.0)), 0, "Score"
)


def test_a_cell_has_the_shade_of_its_figure_and_what_is_missing_has_none():
    drawing = draw_grid(GRID, Look().room)
    assert [box.fill for box in marks(drawing.groups, Box)] == [
        "shade 0", "shade 6", "missing", "shade 3"
    ]  # fmt: skip
    assert texts(drawing.groups) == [
        "Arts", "Trade", "Atlantis", "10", "80", "Ys", "–", "45", "Score"
    ]  # fmt: skip
    assert drawing.groups[2].says == "Atlantis, Arts: 10"


def test_shares_of_nothing_are_left_blank():
    grid = GridChart("g", "", ("Atlantis",), ("1", "2"), ((0.0, 100.0),), 0, "Draws, %")
    assert "0" not in texts(draw_grid(grid, Look().room).groups)


@pytest.mark.parametrize("width", ["column", "text", "slide"])
def test_rows_and_columns_without_room_are_left_out(width):
    columns = tuple(f"A pillar with a name {at}" for at in range(60))
    rows = tuple(tuple(float(at * n) for at in range(60)) for n in range(90))
    labels = tuple(f"Saint Vincent and the Grenadines {at}" for at in range(90))
    room = Look(width).room
    drawing = draw_grid(GridChart("g", "", labels, columns, rows, 1, "Score"), room)
    assert drawing.height <= room.height
    assert "of 90 rows are drawn. The first" in drawing.left_out
    assert drawing.left_out.endswith("of 60 columns are drawn.")
    assert not touching(drawing.groups)
    assert not outside(drawing.groups, room.width, drawing.height)
