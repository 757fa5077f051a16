import pytest
from hypothesis import given

from helpers.imaginary_answers import RANKING, calm, one, texts
from softpower.answer import Column
from softpower.render.cells import clean, heading, line, printed, shares, shown, unique
from softpower.render.html import to_html
from softpower.render.text import to_text


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        ("integer", 7, "7"),
        ("integer", 9999, "9999"),
        ("integer", 10000, "10,000"),
        ("number", 1 / 3, "0.3"),
        ("number", 7, "7.0"),
        ("number", -7.26, "−7.3"),
        ("number", -0.04, "0.0"),
        ("number", 9999.94, "9999.9"),
        ("number", 9999.96, "10,000.0"),
        ("number", 1e300, "1e+300"),
        ("number", -float("inf"), "−inf"),
        ("percent", 0.167, "16.7 %"),
        ("change", 1.24, "+1.2"),
        ("change", -0.4, "−0.4"),
        ("change", 0.0, "0.0"),
        ("movement", 3, "▲ 3"),
        ("movement", -2, "▼ 2"),
        ("movement", 0.5, "▲ 0.5"),
        ("movement", 0, "="),
        ("movement", None, ""),
        ("number", None, "–"),
        ("number", "not asked", "not asked"),
        ("text", 0.873456789, "0.873457"),
        ("text", -2.5, "−2.5"),
        ("text", 2024, "2024"),
    ],
)
def test_a_cell_prints_as_the_kind_of_its_column_says(kind, cell, text):
    assert shown(cell, Column("x", "X", kind)) == text


@pytest.mark.parametrize(
    ("kind", "cell", "text"),
    [
        ("movement", 3, "^3"),
        ("movement", -2, "v2"),
        ("change", -0.4, "-0.4"),
        ("number", -1, "-1.0"),
    ],
)
def test_without_unicode_a_figure_is_ascii(kind, cell, text):
    assert shown(cell, Column("x", "X", kind), unicode=False) == text


@pytest.mark.parametrize(("digits", "text"), [(0, "17 %"), (1, "16.7 %"), (2, "16.70 %")])
def test_the_column_decides_on_the_decimals(digits, text):
    assert shown(0.167, Column("x", "X", "percent", digits)) == text


def test_a_column_of_ranks_with_halves_prints_one_decimal_throughout():
    answer = one((1,), (2.5,), (2.5,), columns=(Column("rank", "Rank", "integer"),))
    assert printed(answer.tables[0]) == [["1.0"], ["2.5"], ["2.5"]]


def test_a_heading_has_the_unit_that_the_cells_do_not_show():
    assert heading(Column("x", "Spending", "number", unit="florins")) == "Spending (florins)"
    assert heading(Column("x", "Share", "percent", unit="%")) == "Share"


@pytest.mark.parametrize("bad", ["\x1b", "\x00", "\x7f", "\x9b", "\u202e", "\u2066", "\ud800"])
def test_characters_that_steer_a_terminal_are_made_visible(bad):
    assert clean(f"a{bad}b") == "a\ufffdb"


@calm
@given(texts)
def test_a_line_has_no_breaks_and_can_be_encoded(text):
    out = line(text)
    assert len(out.splitlines()) <= 1
    assert out.encode().decode() == out


def test_breaks_and_tabs_become_spaces():
    assert line("a\r\nb\tc\nd") == "a b c d"


def test_a_column_with_a_negative_figure_has_no_bars():
    column = Column("x", "X", "number", bar=True)
    assert shares(one((1.0,), (-1.0,), columns=(column,)).tables[0], 0) is None
    assert shares(one((0.0,), columns=(column,)).tables[0], 0) is None
    assert shares(one((1.0,), (None,), (4,), columns=(column,)).tables[0], 0) == [0.25, None, 1.0]
    assert shares(RANKING, 2)


def test_names_that_occur_twice_are_numbered():
    assert unique(["a", "b", "a", "a-2"]) == ["a", "b", "a-2", "a-2-2"]


def ranked(*rows):
    columns = (
        Column("rank", "Rank", "integer"),
        Column("score", "Score", "number", 1, apart="rank"),
    )
    return one(*rows, columns=columns)


def test_scores_of_different_ranks_print_with_as_many_digits_as_tell_them_apart():
    table = ranked((1, 70.0), (2, 63.238), (3, 63.236), (4, 63.1), (5, None))
    scores = [row[1] for row in printed(table.tables[0])]
    assert scores == ["70.0  ", "63.238", "63.236", "63.1  ", "–  "]


@pytest.mark.parametrize(
    "rows",
    [
        ((1, 63.2), (2, 63.2)),  # equal, and ranked by what a publisher knows
        ((1, 63.2380001), (2, 63.2380002)),  # too many digits to be read
        ((1, 63.238), (1, 63.236)),  # of one rank
        ((1, 63.24), (None, None)),
    ],
)
def test_other_scores_print_as_usual(rows):
    assert printed(ranked(*rows).tables[0])[0][1] == "63.2"


def test_what_is_written_for_a_machine_has_the_figures_as_they_are():
    answer = ranked((1, 63.238), (2, 63.236))
    assert to_text(answer, "csv").splitlines()[1:] == ["1,63.238", "2,63.236"]


@pytest.mark.parametrize(("form", "blank"), [("latex", r"70.0\phantom{0}"), ("html", "70.0\u2007")])
def test_a_page_leaves_room_for_the_digits_that_are_not_there(form, blank):
    answer = ranked((1, 70.0), (2, 63.24), (3, 63.22))
    text = to_html(answer) if form == "html" else to_text(answer, form)
    assert blank in text
    assert "63.24" in text


@pytest.mark.parametrize(
    ("figure", "text"),
    [(1234567.8, "1,234,568"), (-2e9, "−2,000,000,000"), (179.6, "179.6"), (1e15, "1e+15")],
)
def test_a_large_figure_among_others_is_printed_in_full(figure, text):
    assert shown(figure, Column("figure", "Figure")) == text
