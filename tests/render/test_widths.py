from hypothesis import example, given
from hypothesis import strategies as st

from softpower.render.cells import line
from softpower.render.widths import cut, pad, width, wrap

from .imaginary import calm, texts


def test_an_east_asian_character_takes_two_columns():
    assert width("日本") == 4
    assert pad("日本", 6) == "日本  "
    assert pad("日本", 6, right=True) == "  日本"


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
