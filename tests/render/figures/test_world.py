import pytest

from helpers.drawn import marks, outside, texts, touching
from softpower.charts import MapChart
from softpower.countries import all_countries
from softpower.render.figures.look import Look
from softpower.render.figures.scene import Disc, Path
from softpower.render.figures.world import _world, draw_map, equal_earth


def test_the_projection_is_that_of_its_authors():
    # Šavrič, Patterson & Jenny (2019): the equator is 2.7066 radii to the edge, the pole 1.3173 up.
    assert equal_earth(180, 0) == pytest.approx((2.70663, 0), abs=1e-5)
    assert equal_earth(0, 90) == pytest.approx((0, 1.31736), abs=1e-5)
    assert equal_earth(180, 90)[0] == pytest.approx(0.59276 * 2.70663, abs=0.02)


def test_a_small_piece_has_the_area_that_it_has_on_the_globe():
    from math import cos, radians

    for latitude in (0.0, 30.0, 60.0, 80.0):
        (left, low), (right, _) = equal_earth(0, latitude), equal_earth(1, latitude)
        high = equal_earth(0, latitude + 0.01)[1]
        area = (right - left) * (high - low)
        assert area == pytest.approx(radians(1) * radians(0.01) * cos(radians(latitude)), rel=1e-3)


def test_every_member_of_the_united_nations_is_on_the_map():
    shapes, points = _world()
    assert not [c.iso3 for c in all_countries() if c.un_member and c.iso3 not in shapes | points]


def test_no_shape_runs_across_the_map():
    shapes, _ = _world()
    wide = {
        code: max(max(x for x, _ in ring) - min(x for x, _ in ring) for ring in rings)
        for code, rings in shapes.items()
    }
    assert max(wide, key=wide.get) == "RUS"
    assert wide["RUS"] < 2.5
    assert wide["FJI"] < 0.05


def chart(**more):
    return MapChart(
        "map",
        "",
        ("France", "Nauru", "Ys"),
        ("FRA", "NRU", "XXX"),
        (80.0, 10.0, 45.0),
        "Score",
        **more,
    )


def test_a_country_has_the_shade_of_its_figure_and_others_are_grey():
    drawing = draw_map(chart(), Look().room)
    fills = {group.says: group.marks[0].fill for group in drawing.groups if group.says}
    assert fills["France: 80"] == "shade 6"
    assert fills["Nauru: 10"] == "shade 0"
    assert fills["no figure"] == "missing"
    assert len(marks(drawing.groups, Path)) == 176
    assert len(marks(drawing.groups, Disc)) == 1
    assert drawing.left_out == "Not on the map: Ys."
    assert drawing.says.startswith("Score of 3 on a map of the world. The best: France 80, Ys")


def test_a_low_rank_is_a_good_one():
    drawing = draw_map(chart(low_is_best=True), Look().room)
    fills = {group.says: group.marks[0].fill for group in drawing.groups if group.says}
    assert (fills["France: 80"], fills["Nauru: 10"]) == ("shade 0", "shade 6")


@pytest.mark.parametrize("width", ["column", "text", "slide"])
def test_the_legend_says_which_figures_a_shade_stands_for(width):
    room = Look(width).room
    drawing = draw_map(chart(), room)
    assert texts(drawing.groups) == [
        "Score", "10", "20", "30", "40", "50", "60", "70", "80", "no figure shown"
    ]  # fmt: skip
    assert not touching(drawing.groups)
    assert not outside(drawing.groups, room.width, drawing.height)
    assert drawing.height <= room.height


def test_the_legend_of_a_few_ranks_names_no_rank_twice():
    few = MapChart("map", "", ("FRA", "DEU"), ("France", "Germany"), (1.0, 5.0), "Rank")
    said = texts(draw_map(few, Look().room).groups)[1:-1]
    assert said == ["1.0", "1.6", "2.1", "2.7", "3.3", "3.9", "4.4", "5.0"]
