import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.imaginary_answers import BUMP, CHART, PARTS, SPANS, any_charts, calm, rank_charts
from softpower.charts import BarChart, IntervalChart, Line, OrderChart, RankChart, StackedBars
from softpower.render.cells import line
from softpower.render.plot import draw
from softpower.render.widths import cut, width

widths = st.one_of(st.just(80), st.integers(40, 200))
ESCAPES = re.compile("\x1b\\[[0-9;]*m")


@calm
@given(any_charts, widths, st.booleans())
def test_no_line_of_a_drawing_is_wider_than_it_may_be(chart, columns, unicode):
    assert max(map(width, draw(chart, columns, unicode=unicode))) <= columns


@calm
@given(any_charts, widths, st.booleans())
def test_colour_changes_nothing_but_the_look_of_a_drawing(chart, columns, unicode):
    plain = draw(chart, columns, unicode=unicode)
    coloured = draw(chart, columns, unicode=unicode, colour=True)
    assert [ESCAPES.sub("", text) for text in coloured] == plain


@calm
@given(any_charts, st.booleans())
def test_no_text_can_steer_the_terminal_and_no_line_ends_in_a_space(chart, unicode):
    for text in draw(chart, 80, unicode=unicode):
        assert line(text) == text
        assert text == text.rstrip()


@calm
@given(rank_charts(), widths, st.booleans())
def test_every_chosen_label_is_there(chart, columns, unicode):
    text = "\n".join(draw(chart, columns, unicode=unicode))
    ellipsis = "…" if unicode else "..."
    for each in chart.lines if chart.runs else ():
        if each.chosen:
            assert cut(line(each.label), 8, ellipsis).removesuffix(ellipsis).rstrip() in text


def ascii_only(chart):
    """Return a chart of the same figures whose labels are numbers."""
    if isinstance(chart, BarChart):
        labels = tuple(map(str, range(len(chart.labels))))
        return BarChart("b", "", labels, chart.values, "Score", caption="Note")
    if isinstance(chart, RankChart):
        runs = tuple(f"run-{at}" for at in range(len(chart.runs)))
        lines = tuple(
            Line(str(at), each.places, each.chosen) for at, each in enumerate(chart.lines)
        )
        return RankChart("r", "", runs, lines, caption="Note")
    if isinstance(chart, IntervalChart):
        labels = tuple(map(str, range(len(chart.labels))))
        terms = ("span", "middle", "mark")
        return replace(chart, labels=labels, terms=terms, axis="Rank", caption="Note")
    if isinstance(chart, OrderChart):
        labels = tuple(map(str, range(len(chart.labels))))
        return replace(chart, labels=labels, axis="Tier", caption="Note")
    labels, parts = (tuple(map(str, range(len(each)))) for each in (chart.labels, chart.parts))
    return StackedBars("s", "", labels, parts, chart.values, "Points", caption="Note")


@calm
@given(any_charts.map(ascii_only), widths)
def test_without_unicode_a_drawing_is_ascii(chart, columns):
    assert all(text.isascii() for text in draw(chart, columns, unicode=False))


@pytest.mark.parametrize(
    "chart", [CHART, BUMP, PARTS, SPANS], ids=["bars", "ranks", "parts", "intervals"]
)
def test_the_caption_is_the_last_line(chart):
    assert draw(chart, 80)[-1] == "Made up."


@pytest.mark.parametrize(
    "chart",
    [
        BarChart("b", "", (), (), ""),
        RankChart("r", "", (), ()),
        RankChart("r", "", ("a", "b"), ()),
        RankChart("r", "", (), (Line("Atlantis", (), chosen=True),)),
        StackedBars("s", "", (), (), (), ""),
        IntervalChart("i", "", (), (), (), (), (), ("", "", ""), ""),
    ],
)
def test_an_empty_chart_says_so(chart):
    assert draw(chart, 80) == ["no rows"]


def test_markup_is_taken_literally():
    lines = (Line("[red]x", (1.0, 1.0), chosen=True), Line("\x1b[31my", (2.0, 2.0)))
    text = "\n".join(draw(RankChart("r", "", ("[bold]a", "b"), lines), 80, colour=True))
    assert "[red]x" in text
    assert "\ufffd[31my" in text
    assert "[bold]a" in text
