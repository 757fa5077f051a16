import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.imaginary_answers import calm, texts
from softpower.render.cells import line
from softpower.render.widths import cut, pad, width, wrap


def test_an_east_asian_character_takes_two_columns():
    assert width("日本") == 4
    assert pad("日本", 6) == "日本  "
    assert pad("日本", 6, right=True) == "  日本"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("می\u200cخواهم", 7),  # a non-joiner between two parts of a Persian word
        ("क्\u200dष", 2),  # a joiner behind a virama: two letters, and two marks without a width
        ("ශ්\u200dරී ලංකාව", 6),
        ("👩\u200d👩\u200d👧", 2),
        ("e\u0301", 1),
    ],
)
def test_joiners_take_no_column_and_stay_where_they_are(text, columns):
    assert width(text) == columns
    assert line(text) == text
    assert pad(text, columns + 2) == text + "  "
    assert "".join(wrap(text, 2)) == text.replace(" ", "")


def test_a_cut_leaves_no_mark_without_its_letter():
    assert cut("क्\u200dषक्\u200dष", 3) == "क्\u200dष…"


def test_a_text_that_is_too_wide_ends_in_an_ellipsis():
    assert cut("Ruritania", 9) == "Ruritania"
    assert cut("Ruritania", 6) == "Rurit…"
    assert cut("New Ruritania", 5) == "New…"
    assert cut("Ruritania", 6, "...") == "Rur..."
    assert width(cut("日本日本日本", 6)) <= 6


@calm
@given(texts.map(line), st.integers(12, 60))
@example("日 本" * 20, 13)
def test_no_wrapped_line_is_too_wide(text, columns):
    assert all(width(part) <= columns for part in wrap(text, columns))
    assert all(width(part) <= columns for part in wrap(text, columns, hang=2))


@calm
@given(st.text("ab ", max_size=80), st.integers(4, 30))
def test_wrapping_loses_nothing_but_spaces(text, columns):
    assert "".join(wrap(text, columns)).replace(" ", "") == text.replace(" ", "")


def test_wrapped_lines_keep_the_indentation_of_a_tree():
    assert wrap("  one two three four", 12) == ["  one two", "  three four"]


def test_wrapped_lines_hang():
    assert wrap("one two three four", 10, hang=2) == ["one two", "  three", "  four"]


def test_a_word_that_is_too_long_is_broken():
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]
