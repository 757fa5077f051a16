import builtins

import pytest
from hypothesis import given, settings

from helpers.imaginary_answers import ANSWER, BUMP, CHART, PARTS, RANKING, SPANS, any_charts
from softpower.answer import Answer, BarChart, Line, RankChart, StackedBars
from softpower.errors import MissingExtraError, UsageError
from softpower.render.cells import is_empty
from softpower.render.chart import PICTURES, to_picture
from softpower.render.chart_bars import legend_rows

STARTS = {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}


def drawn(*some):
    return Answer("", (), some)


def height(data):
    """Return the height of a PNG in pixels."""
    return int.from_bytes(data[20:24])


@pytest.mark.parametrize("picture", PICTURES)
def test_a_chart_becomes_a_picture_and_always_the_same(picture):
    first, second = to_picture(ANSWER, picture), to_picture(ANSWER, picture)
    assert first.startswith(STARTS[picture])
    assert first == second


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("chart", [BUMP, PARTS, SPANS], ids=["ranks", "parts", "intervals"])
def test_each_kind_of_chart_becomes_a_picture_and_always_the_same(chart, picture):
    first, second = (to_picture(drawn(chart), picture) for _ in range(2))
    assert first.startswith(STARTS[picture])
    assert first == second


def test_a_rank_chart_has_a_line_for_each_step_that_has_two_places():
    def curves(*places):
        lines = tuple(Line(f"Place {at}", each) for at, each in enumerate(places))
        svg = to_picture(drawn(RankChart("r", "Runs", ("a", "b", "c"), lines)), "svg")
        return svg.count(b"stroke-width: 1.1")

    assert curves((1.0, 1.0, 1.0), (2.0, 2.0, 2.0)) == 4
    assert curves((1.0, None, 1.0), (2.0, 2.0, None)) == 1


def test_a_break_says_which_places_it_stands_for_and_more_lines_than_colours_have_dashes():
    def svg(*lines):
        return to_picture(drawn(RankChart("r", "Runs", ("a", "b"), lines)), "svg").decode()

    assert "places 2–39" in svg(Line("x", (1.0, 1.0)), Line("y", (40.0, 40.0)))
    few, many = (
        svg(*(Line(f"Place {at}", (at + 1.0, at + 1.0)) for at in range(count))) for count in (8, 9)
    )
    assert "places" not in few
    dashes = [text.count("stroke-dasharray") for text in (few, many)]
    assert dashes[1] - dashes[0] == 1


def test_the_labels_of_a_rank_chart_have_the_room_that_they_need():
    def wide(label):
        lines = (Line(label, (1.0,) * 12),)
        return int.from_bytes(
            to_picture(drawn(RankChart("r", "Runs", ("a",) * 12, lines)), "png")[16:20]
        )

    assert wide("Saint Vincent and the Grenadines") > wide("Chad") + 300


def test_the_height_of_a_rank_chart_is_that_of_its_places():
    def chart(count):
        lines = tuple(Line(f"Place {at}", (at + 1.0, at + 1.0)) for at in range(count))
        return drawn(RankChart("r", "Runs", ("a", "b"), lines))

    assert height(to_picture(chart(60), "png")) > 5 * height(to_picture(chart(3), "png"))


def test_the_height_grows_with_the_number_of_bars():
    few = BarChart("c", "Few", ("a",) * 3, (1.0,) * 3, "Score")
    many = BarChart("c", "Many", ("a",) * 60, (1.0,) * 60, "Score")
    assert height(to_picture(drawn(many), "png")) > 5 * height(to_picture(drawn(few), "png"))


def test_the_names_of_parts_are_not_cut_and_long_ones_stand_below_one_another():
    def svg(*parts):
        bars = StackedBars("s", "", ("Atlantis",), parts, ((1.0,) * len(parts),), "Points")
        return to_picture(drawn(bars), "svg").decode(), legend_rows(bars)

    names = ("International relations and aid", "Education of the whole of the world")
    text, rows = svg(*names * 2)
    assert all(text.count(f"<!-- {name} -->") == 2 for name in names)
    assert rows == 2
    assert svg("Culture", "Digital", "Trade", "Media")[1] == 1


def test_several_charts_stand_one_below_the_other():
    one, two = (to_picture(drawn(*[CHART] * count), "png") for count in (1, 2))
    assert abs(height(two) - 2 * height(one)) <= 2


@settings(deadline=None, max_examples=15)
@given(any_charts.filter(lambda chart: not is_empty(chart)))
def test_any_text_can_be_drawn_without_a_warning(chart):
    assert to_picture(drawn(chart), "svg").startswith(b"<?xml")


def test_names_that_no_font_has_or_that_look_like_formulas_are_drawn_without_a_warning():
    chart = BarChart("c", r"$\frac", ("日本", "$x$", "ᚠᚢᚦ"), (1.0, 2.0, 3.0), "$", "$$")
    for picture in PICTURES:
        assert to_picture(drawn(chart), picture)


def test_an_answer_without_a_chart_is_refused():
    with pytest.raises(UsageError, match="no chart"):
        to_picture(Answer("", (RANKING,)), "svg")
    with pytest.raises(UsageError, match="no chart"):
        to_picture(drawn(RankChart("r", "Empty", ("a",), ())), "svg")


def test_without_matplotlib_the_error_says_what_to_install(monkeypatch):
    real = builtins.__import__

    def fake(name, *args, **more):
        if name.startswith("matplotlib"):
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", fake)
    with pytest.raises(MissingExtraError, match="-m pip install matplotlib"):
        to_picture(ANSWER, "svg")
