import pytest
from hypothesis import given

from helpers.drawn import parsed
from helpers.imaginary_answers import any_charts, calm
from softpower.render.figures import svg_of
from softpower.render.figures.scene import Box, Disc, Group, Path, Scene, Text
from softpower.render.figures.svg import number, to_svg
from softpower.render.figures.theme import LIGHT
from softpower.render.tabled import is_empty

SPACE = "{http://www.w3.org/2000/svg}"


def scene(*marks, says=""):
    return Scene(100, 50, (Group(marks, says),), "A <title>", "What is seen & heard")


def drawn(*marks, **more):
    return parsed(to_svg(scene(*marks, **more), LIGHT))


def test_a_figure_has_its_size_in_points_and_says_what_is_seen_to_who_does_not_see_it():
    root = drawn()
    assert (root.get("width"), root.get("height"), root.get("viewBox")) == (
        "100pt", "50pt", "0 0 100 50"
    )  # fmt: skip
    assert root.get("role") == "img"
    assert [root[0].tag, root[0].text] == [f"{SPACE}title", "A <title>"]
    assert [root[1].tag, root[1].text] == [f"{SPACE}desc", "What is seen & heard"]


def test_text_stays_text_with_its_size_and_its_baseline_below_its_middle():
    text = drawn(Text(10, 20, "Côte <d’Ivoire>", 8, "end", bold=True)).find(f"{SPACE}text")
    assert text.text == "Côte <d’Ivoire>"
    assert text.attrib == {
        "x": "10", "y": "22.8", "font-size": "8", "text-anchor": "end", "font-weight": "bold",
        "fill": "#1a1c20",
    }  # fmt: skip


def test_lines_are_straight_or_curved_and_shapes_are_closed():
    def path(**more):
        return drawn(Path((((0, 0), (10, 20)),), **more)).find(f"{SPACE}path").get("d")

    assert path(stroke="ink") == "M0,0L10,20"
    assert path(stroke="ink", curved=True) == "M0,0C5,0 5,20 10,20"
    assert path(fill="ink") == "M0,0l 10 20Z"


def test_an_outline_is_written_in_steps_that_lead_to_where_it_goes():
    places = ((1.04, 2.0), (1.06, 1.26), (1.07, 1.28), (0.5, 3.14))
    d = drawn(Path((places,), fill="ink")).find(f"{SPACE}path").get("d")
    assert d == "M1,2l 0.1-0.7-0.6 1.8Z"


def test_boxes_and_discs_are_filled_or_outlined():
    root = drawn(Box(1, 2, 3, 4, "hue 0", rounding=1), Disc(5, 6, 7, stroke="hue 1"), says="Two")
    group = root.find(f"{SPACE}g")
    assert group[0].text == "Two"
    assert group[1].attrib == {
        "x": "1", "y": "2", "width": "3", "height": "4", "fill": "#0072b2", "rx": "1"
    }  # fmt: skip
    assert (group[2].get("fill"), group[2].get("stroke")) == ("none", "#d55e00")


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (-0.001, "0"), (2.504, "2.5"), (100, "100")]
)
def test_a_length_has_as_many_decimals_as_can_be_seen(value, text):
    assert number(value) == text


@calm
@given(any_charts.filter(lambda chart: not is_empty(chart)))
def test_any_chart_is_sound_markup_in_a_page_without_colours_of_its_own(chart):
    svg = svg_of(chart)
    assert parsed(svg).tag == "svg"
    assert 'fill="#' not in svg
    assert svg == svg_of(chart)
