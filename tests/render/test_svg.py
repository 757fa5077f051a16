import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.imaginary_answers import BUMP, PARTS, SPANS, calm
from softpower.answer import Answer, Line, RankChart, StackedBars
from softpower.render.html import to_html
from softpower.render.svg import figure


@pytest.mark.parametrize("chart", [BUMP, PARTS, SPANS], ids=["ranks", "parts", "intervals"])
def test_each_kind_of_chart_is_drawn_in_the_page_and_always_the_same(chart):
    page = to_html(Answer("", (), (chart,)))
    assert page == to_html(Answer("", (), (chart,)))
    assert page.count("<svg") == 1
    assert '<p class="caption">Made up.</p>' in page


def test_an_empty_chart_leaves_no_trace():
    assert "<figure" not in to_html(Answer("", (), (RankChart("r", "Empty", ("a",), ()),)))


def test_chosen_lines_have_colours_and_discs_and_the_others_are_quiet():
    drawn = figure(BUMP)
    assert drawn.count('<g class="quiet">') == 2
    assert '<g class="chosen h0"><title>Atlantis: 2, 1, 2</title>' in drawn
    assert '<g class="chosen h1">' in drawn
    assert drawn.count("<circle") == 6
    assert drawn.index("quiet") < drawn.index("chosen")


def test_without_chosen_lines_all_have_colours():
    lines = tuple(Line(f"Place {at}", (at + 1.0, at + 1.0)) for at in range(10))
    drawn = figure(RankChart("r", "", ("a", "b"), lines))
    assert "quiet" not in drawn
    assert 'class="plain h7"' in drawn
    assert drawn.count('class="plain h0"') == 2
    assert drawn.count("stroke-dasharray") == 2


def test_two_runs_are_joined_by_straight_lines_and_more_by_curves():
    def paths(*places):
        runs = tuple("abc"[: len(places)])
        return re.findall(
            'path d="([^"]*)"', figure(RankChart("r", "", runs, (Line("x", places),)))
        )

    assert re.fullmatch(r"M[\d. ]+L[\d. ]+", paths(1.0, 2.0)[0])
    assert paths(1.0, 2.0, 1.0)[0].count("C") == 2
    assert paths(1.0, None, 1.0) == []


def test_a_break_cuts_all_lines_and_says_which_places_it_stands_for():
    far = RankChart("r", "", ("a", "b"), (Line("x", (1.0, 2.0)), Line("y", (40.0, 40.0))))
    drawn = figure(far)
    assert drawn.count('class="break"') == 1
    assert drawn.index(">places 3–39<") > drawn.index("<path")
    assert 'class="break"' not in figure(BUMP)


def test_a_long_label_is_not_cut():
    name = "Saint Vincent and the Grenadines in full"
    assert figure(RankChart("r", "", ("a", "b"), (Line(name, (1.0, 2.0)),))).count(f">{name}<") == 2


def test_every_label_stands_at_both_ends():
    assert figure(BUMP).count(">Freedonia<") == 2


def test_many_runs_make_a_drawing_wider_that_scrolls():
    lines = (Line("Atlantis", (1.0,) * 14),)
    drawn = figure(RankChart("r", "", tuple(f"run {at}" for at in range(14)), lines))
    size = float(re.search(r'viewBox="0 0 ([\d.]+)', drawn)[1])
    assert size > 1000
    assert f'style="min-width:{size:g}px"' in drawn


@calm
@given(st.lists(st.floats(-100, 100), min_size=1, max_size=6))
def test_parts_are_in_proportion_and_end_where_the_next_begins(values):
    chart = StackedBars("s", "", ("x",), tuple("abcdef"[: len(values)]), (tuple(values),), "Points")
    drawn = figure(chart)
    zero = float(re.search(r'<line x1="([\d.]+)"', drawn)[1])
    found = re.findall(r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="14"', drawn)
    rights, lefts, largest = zero, zero, max(map(abs, values))
    scale = max(float(width) for _, width in found) / largest if largest else 0.0
    for value, (x, width) in zip(values, found, strict=True):
        assert abs(float(width) - abs(value) * scale) < 0.02
        if value >= 0:
            assert abs(float(x) - rights) < 0.1
            rights += float(width)
        else:
            lefts -= float(width)
            assert abs(float(x) - lefts) < 0.1


def test_every_part_is_in_the_legend():
    drawn = figure(PARTS)
    for at, name in enumerate(PARTS.parts):
        assert re.search(f'class="h{at}"/><text [^>]*>{name}</text>', drawn)
