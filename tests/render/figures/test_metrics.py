import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.imaginary_answers import calm
from softpower.render.figures.metrics import broken, length, packed, shorten

NAMES = "Saint Vincent and the Grenadines", "Côte d’Ivoire", "Türkiye", "Illinois", "WWW @ 100 %"


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_text_is_taken_for_a_little_wider_than_it_is(name, bold):
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    font = FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")
    drawn = TextPath((0, 0), name, size=100, prop=font).get_extents().width
    assert drawn <= length(name, 100, bold=bold) < 1.15 * drawn + 10


def test_the_marks_of_letters_take_no_room_and_a_wide_letter_takes_that_of_two():
    assert length("e\u0301", 10) == length("e", 10) == length("é", 10)
    assert length("日", 10) > 1.5 * length("n", 10)


@calm
@given(st.text(max_size=60), st.floats(20, 300))
def test_what_is_shortened_fits_and_what_fits_is_not_shortened(text, room):
    short = shorten(text, room, 8)
    assert length(short, 8) <= room
    assert short == text or short.endswith("…")


def test_a_text_is_broken_between_words():
    assert broken("one two three", length("one two", 8), 8) == ["one two", "three"]
    assert broken("", 100, 8) == []


def test_the_last_of_so_many_lines_is_cut():
    room = length("one two", 8)
    assert packed(["one ", "two ", "three ", "four"], room, 8, most=2) == ["one two", "three…"]
