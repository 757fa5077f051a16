"""A whole figure: title, charts, and what they are from."""

import pytest
from hypothesis import given, settings

from helpers.drawn import parsed
from helpers.imaginary_answers import ANSWER, BUMP, CHART, PARTS, RANKING, SPANS, any_charts
from softpower.answer import Answer
from softpower.charts import BarChart, RankChart
from softpower.errors import UsageError
from softpower.render.figures import left_out, to_picture
from softpower.render.figures.look import PICTURES, Look
from softpower.render.tabled import is_empty

SPACE = "{http://www.w3.org/2000/svg}"
RUN = {"run": "imaginary@equal", "index": "imaginary", "title": "Imaginary", "softpower": "1.2"}


def drawn(*some, **about):
    return Answer("", (), some, provenance=about)


def root(answer, **look):
    return parsed(to_picture(answer, "svg", Look(**look)))


def written(answer, **look):
    return [text.text for text in root(answer, **look).iter(f"{SPACE}text")]


@pytest.mark.parametrize("picture", PICTURES)
def test_charts_of_all_kinds_become_a_picture_and_always_the_same(picture):
    some = drawn(CHART, BUMP, PARTS, SPANS)
    assert to_picture(some, picture) == to_picture(some, picture)


def test_a_figure_says_its_title_and_index_run_and_version():
    texts = written(drawn(CHART, **RUN))
    assert texts[0] == "Scores of imaginary places"
    assert texts[-1] == "Made up. Imaginary (imaginary@equal). softpower 1.2."


def test_another_title_or_none_stands_in_its_place():
    assert written(ANSWER, title="A title of my own")[0] == "A title of my own"
    assert written(ANSWER, title="")[0] == "Ruritania"


@pytest.mark.parametrize("width", ["column", "text", "slide", "12.5"])
def test_a_figure_has_the_width_that_is_asked_for_and_letters_of_seven_to_nine_points(width):
    svg = root(drawn(CHART, BUMP, PARTS, SPANS, **RUN), width=width)
    wide = Look(width).room.width
    assert float(svg.get("width").removesuffix("pt")) == pytest.approx(wide, abs=0.01)
    sizes = {float(text.get("font-size")) for text in svg.iter(f"{SPACE}text")}
    assert 7 <= min(sizes) <= max(sizes) <= 9


def test_the_ground_is_that_of_the_theme():
    grounds = [
        root(ANSWER, theme=theme).find(f"{SPACE}rect").get("fill") for theme in ("light", "dark")
    ]
    assert grounds == ["#ffffff", "#16181c"]


def long_chart(count):
    return BarChart("c", "Many", ("a",) * count, (1.0,) * count, "Score")


@pytest.mark.parametrize("width", ["column", "text", "slide"])
def test_a_figure_is_never_taller_than_a_page_unless_asked_for(width):
    some = drawn(long_chart(500), long_chart(500), **RUN)
    high, tall = (
        float(root(some, width=width, tall=tall).get("height").removesuffix("pt"))
        for tall in (False, True)
    )
    assert high <= Look(width).room.height < tall


def test_what_is_left_out_is_said_in_the_figure_and_beside_it():
    some = drawn(long_chart(500))
    (said,) = left_out(some)
    assert any(text.startswith(said) for text in written(some))
    assert left_out(some, Look(tall=True)) == ()


@settings(deadline=None, max_examples=25)
@given(any_charts.filter(lambda chart: not is_empty(chart)))
def test_any_chart_is_a_sound_document(chart):
    assert root(drawn(chart)).tag == f"{SPACE}svg"


def test_an_answer_without_a_chart_is_refused():
    with pytest.raises(UsageError, match="no chart"):
        to_picture(Answer("", (RANKING,)), "svg")
    with pytest.raises(UsageError, match="no chart"):
        to_picture(drawn(RankChart("r", "Empty", ("a",), ())), "svg")
