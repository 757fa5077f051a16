import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.imaginary_answers import calm
from softpower.render.canvas import Ascii, Braille

BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def dots(canvas, style=None):
    """Return the dots of a canvas as (x, y)."""
    return {
        (2 * column + x, 4 * row + y)
        for row in range(canvas.height)
        for column, (text, look) in enumerate(canvas.cells(row))
        for y in range(4)
        for x in range(2)
        if text != " " and (ord(text) - 0x2800) & BITS[y][x] and style in {None, look}
    }


def rows(canvas):
    return ["".join(text for text, _ in canvas.cells(row)) for row in range(canvas.height)]


@calm
@given(st.integers(1, 40), st.integers(0, 20), st.integers(0, 20))
def test_a_curve_has_no_gap_and_joins_both_rows(room, top, bottom):
    canvas = Braille(room, 21)
    canvas.curve(0, room, top, bottom, "", 1)
    drawn = dots(canvas)
    assert {x for x, _ in drawn} == set(range(2 * room))
    first = {y for x, y in drawn if x == 0}
    last = {y for x, y in drawn if x == 2 * room - 1}
    assert min(abs(y - (4 * top + 1)) for y in first) <= 4 * abs(top - bottom) / room + 1
    assert 4 * bottom + 1 in last
    for x in range(2 * room - 1):
        here, there = ({y for at, y in drawn if at == side} for side in (x, x + 1))
        assert min(abs(one - other) for one in here for other in there) <= 1


@calm
@given(st.integers(1, 40), st.integers(0, 20), st.integers(0, 20))
def test_an_ascii_curve_has_no_gap_and_joins_both_rows(room, top, bottom):
    canvas = Ascii(room, 21)
    canvas.curve(0, room, top, bottom, "", 1)
    text = rows(canvas)
    marks = [{row for row in range(21) if text[row][x] != " "} for x in range(room)]
    assert set().union(*marks) <= set(range(min(top, bottom), max(top, bottom) + 1))
    assert all(marks)
    if top == bottom:
        assert text[top] == "-" * room
    elif room > 10 + 2 * abs(top - bottom):
        assert (text[top][0], text[bottom][-1]) == ("-", "-")


def test_ascii_lines_cross_in_the_middle():
    canvas = Ascii(11, 3)
    canvas.curve(0, 11, 0, 2, "", 1)
    canvas.curve(0, 11, 2, 0, "", 1)
    assert rows(canvas) == [
        "---     ---",
        "   \\---/   ",
        "---/   \\---",
    ]


def test_ascii_slopes_that_meet_are_an_x():
    canvas = Ascii(3, 2)
    canvas.curve(0, 3, 0, 1, "", 1)
    canvas.curve(0, 3, 1, 0, "", 1)
    assert rows(canvas) == ["- -", "-X-"]


def test_what_is_emphasised_is_heavier_and_drawn_over_the_others():
    canvas = Braille(8, 3)
    canvas.curve(0, 8, 1, 1, "quiet", 0)
    quiet = len(dots(canvas))
    canvas.curve(0, 8, 0, 2, "loud", 2)
    assert quiet == 8
    assert len(dots(canvas, "loud")) > 2 * 16 - 1
    assert dots(canvas, "loud") >= dots(canvas) - dots(canvas, "quiet")
    before = dots(canvas)
    canvas.curve(0, 8, 0, 2, "quiet", 0)
    assert dots(canvas, "loud") == {dot for dot in before if dot in dots(canvas, "loud")}


def test_an_ascii_line_in_the_background_is_dotted_and_gives_way():
    canvas = Ascii(4, 1)
    canvas.curve(0, 4, 0, 0, "quiet", 0)
    assert rows(canvas) == ["...."]
    canvas.curve(0, 2, 0, 0, "loud", 2)
    canvas.curve(0, 4, 0, 0, "quiet", 0)
    assert rows(canvas) == ["--.."]


@pytest.mark.parametrize("kind", [Braille, Ascii])
def test_a_canvas_without_lines_is_blank(kind):
    assert rows(kind(3, 2)) == ["   ", "   "]
